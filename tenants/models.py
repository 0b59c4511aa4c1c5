import datetime
import zoneinfo
from collections.abc import Mapping

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _
from django_tenants.models import TenantMixin

from tenants.enums import Level, State

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class TenantQuerySet(models.QuerySet["Tenant"]):
    def governments(self):
        """The 552 governments, without the ministry."""
        return self.exclude(level=Level.NATION)

    def reporting(self):
        """The 546 that have a government of their own: the denominator of every rate (design, section 2)."""
        return self.governments().filter(autonomous=True)

    def served(self):
        return self.filter(state=State.READY)

    def keep_reasons(self, failed: Mapping[str, str]) -> None:
        """Note, by slug, why a schema could not be made or brought up to date: it is not served, and the ministry sees it."""
        for slug, reason in failed.items():
            self.filter(slug=slug).update(state=State.FAILED, state_detail=reason)


class Tenant(TenantMixin):
    """
    A government (or the ministry, whose schema is ``public``).

    Its key is its own id: codes and names change by decree (see Region), the government stays.
    """

    auto_create_schema = False
    auto_drop_schema = False

    slug = models.SlugField(max_length=36, unique=True)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    timezone = models.CharField(max_length=32, choices=list(ZONES.items()))
    autonomous = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.NEW)
    state_detail = models.TextField(blank=True)
    provisioned_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=Level.NATION, parent=None) | ~Q(level=Level.NATION) & Q(parent__isnull=False),
                name="tenants_tenant_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.NATION, schema_name="public")
                | ~Q(level=Level.NATION) & Q(schema_name__regex=r"^(?!pg_)[a-z][a-z0-9_]{0,35}$") & ~Q(schema_name="public"),
                name="tenants_tenant_schema_name",
            ),
            models.CheckConstraint(condition=Q(timezone__in=list(ZONES)), name="tenants_tenant_timezone"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_ministry(self) -> bool:
        return self.level == Level.NATION

    @property
    def is_province(self) -> bool:
        return self.level == Level.PROVINCE

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    @property
    def zone_abbr(self) -> str:
        """WIB, WITA or WIT."""
        return ZONES[self.timezone]

    def local(self, at: datetime.datetime) -> datetime.datetime:
        """The moment ``at`` on this government's clocks."""
        return at.astimezone(self.zone)

    def today(self, at: datetime.datetime) -> datetime.date:
        """The local day at the moment ``at``: the day a duty, a deadline and an opening hour mean."""
        return self.local(at).date()

    def url(self, name: str, *args, **kwargs) -> str:
        """The address of a page of this government, from anywhere."""
        from tenants.urls import tenant_url

        return tenant_url(self, name, *args, **kwargs)


class Region(models.Model):
    """One entry of the Kemendagri code list, with the days it held: code and official name of a government."""

    code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="regions")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            ExclusionConstraint(
                name="tenants_region_code_once_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (Func("valid_from", "valid_until", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^\d\d(\.\d\d)?$"), name="tenants_region_code"),
        ]
        verbose_name = _("kode wilayah")

    def __str__(self):
        return f"{self.code} {self.name}"


class SchemaScript(models.Model):
    """The SQL that makes one tenant schema, captured from the migrations whose fingerprint it carries."""

    fingerprint = models.CharField(max_length=64, unique=True)
    sql = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self):
        return self.fingerprint
