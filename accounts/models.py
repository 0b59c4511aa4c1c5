import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import DINAS_ROLES, Acting, Role
from tenants.models import Tenant


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person's account: signs in with the e-mail address; what it may do comes from its memberships alone."""

    email = models.EmailField(_("alamat surel"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="id")
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_user_email_once")]

    def __str__(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day):
        """Those in force on the local day ``day``."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))


class Membership(models.Model):
    """
    What a person is in a government, from one day to another: role, dinas, position, acting or not.

    ``dinas_id`` names a dinas of the tenant's own schema (no foreign key leaves or enters a tenant); empty for roles that speak
    for the whole government.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    dinas_id = models.UUIDField(null=True, blank=True)
    dinas_name = models.CharField(max_length=150, blank=True)
    position = models.CharField(_("jabatan"), max_length=150)
    acting = models.CharField(_("status jabatan"), max_length=3, choices=Acting.choices, blank=True, default=Acting.NONE)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=150, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["tenant_id", "role", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="accounts_membership_period"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in DINAS_ROLES)) | Q(dinas_id=None), name="accounts_membership_dinas"
            ),
            ExclusionConstraint(
                name="accounts_membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("tenant", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("dinas_id", Value(uuid.UUID(int=0))), RangeOperators.EQUAL),
                    (Func("valid_from", "valid_until", Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.tenant}"

    @property
    def title(self) -> str:
        """The position as it stands under a letter: ``Plt. Kepala Dinas Tenaga Kerja``."""
        prefix = {Acting.PLT: "Plt. ", Acting.PLH: "Plh. "}.get(self.acting, "")
        return f"{prefix}{self.position}"


class Invitation(models.Model):
    """An e-mail with a link by which somebody gets a membership; the link works once and until ``expires_at``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("alamat surel"))
    name = models.CharField(_("nama"), max_length=150)
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="invitations")
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    dinas_id = models.UUIDField(null=True, blank=True)
    dinas_name = models.CharField(max_length=150, blank=True)
    position = models.CharField(_("jabatan"), max_length=150)
    acting = models.CharField(_("status jabatan"), max_length=3, choices=Acting.choices, blank=True, default=Acting.NONE)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    invited_by_id = models.BigIntegerField()
    invited_by_name = models.CharField(max_length=150)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-invited_at", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "tenant",
                "role",
                Coalesce("dinas_id", Value(uuid.UUID(int=0))),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_open_once",
            )
        ]

    def __str__(self):
        return f"{self.email} · {self.tenant}"


class ApiKey(models.Model):
    """A government's own key to the REST interface. Only its hash is kept; the key itself is shown once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("nama kunci"), max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    key_digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=50), verbose_name=_("lingkup"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    created_by_id = models.BigIntegerField()
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return f"{self.name} ({self.prefix}…)"
