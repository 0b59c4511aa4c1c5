import datetime
import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import DINAS_ROLES, Acting, InvitationState, KeyState, Role, Standing
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


def with_acting(acting: str, position: str) -> str:
    return {Acting.PLT.value: "Plt. ", Acting.PLH.value: "Plh. "}.get(acting, "") + position


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day):
        """Those in force on the local day ``day``; one that was ended at once holds no longer on the day it was ended."""
        lasting = Q(valid_until=None) | Q(valid_until__gt=day) | Q(valid_until=day, ended_at=None)
        return self.filter(lasting, valid_from__lte=day)

    def standing_on(self, day):
        """With ``standing``: how each stands on the local day ``day`` (Standing)."""
        over = Q(valid_until__lt=day) | Q(ended_at__isnull=False)
        return self.annotate(
            standing=Case(
                When(over, then=Value(Standing.ENDED.value)),
                When(valid_from__gt=day, then=Value(Standing.COMING.value)),
                default=Value(Standing.ACTIVE.value),
            )
        )


class Membership(models.Model):
    """
    What a person is in a government, from one day to another: role, dinas, position, acting or not.

    ``dinas_id`` names a dinas of the tenant's own schema (no foreign key leaves or enters a tenant); empty for roles that speak
    for the whole government, and for a head whose dinas is not recorded yet: such a one has rights over no dinas, records the
    own one and is bound to it (the database lets it be set once). ``ended_at`` is set when somebody ended it at once, before
    its last day was over.
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
    ended_at = models.DateTimeField(null=True)
    ended_by_id = models.BigIntegerField(null=True)
    ended_by_name = models.CharField(max_length=150, blank=True)
    end_reason = models.CharField(_("alasan"), max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["tenant_id", "role", "valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="accounts_membership_period"
            ),
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in DINAS_ROLES)) | Q(dinas_id=None),
                name="accounts_membership_dinas",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(valid_until__isnull=False) & ~Q(end_reason=""), name="accounts_membership_ending"
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
                condition=Q(ended_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.tenant}"

    def standing_at(self, day) -> Standing:
        """How it stands on the local day ``day``: what ``standing_on`` says in SQL."""
        if self.ended_at or (self.valid_until and self.valid_until < day):
            return Standing.ENDED
        return Standing.COMING if self.valid_from > day else Standing.ACTIVE

    def holds_on(self, day) -> bool:
        """Whether it is in force on the local day ``day``: what ``on`` says in SQL."""
        last = self.valid_until
        return self.valid_from <= day and (last is None or last > day or (last == day and self.ended_at is None))

    @property
    def title(self) -> str:
        """The position as it stands under a letter: ``Plt. Kepala Dinas Tenaga Kerja``."""
        return with_acting(self.acting, self.position)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def state_at(self, at):
        """With ``state``: how each stands at the moment ``at`` (InvitationState)."""
        return self.annotate(
            state=Case(
                When(accepted_at__isnull=False, then=Value(InvitationState.ACCEPTED.value)),
                When(withdrawn_at__isnull=False, then=Value(InvitationState.WITHDRAWN.value)),
                When(expires_at__lte=at, then=Value(InvitationState.EXPIRED.value)),
                default=Value(InvitationState.OPEN.value),
            )
        )


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
    accepted_by_id = models.BigIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="accounts_invitation_one_end"),
            models.CheckConstraint(
                condition=Q(role__in=sorted(role.value for role in DINAS_ROLES)) | Q(dinas_id=None),
                name="accounts_invitation_dinas",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "tenant",
                "role",
                Coalesce("dinas_id", Value(uuid.UUID(int=0))),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.email} · {self.tenant}"

    def state_at(self, at) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.OPEN if at < self.expires_at else InvitationState.EXPIRED

    @property
    def title(self) -> str:
        return with_acting(self.acting, self.position)


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

    @property
    def last_on(self):
        """The last local day on which it works."""
        return self.tenant.today(self.expires_at - datetime.timedelta(microseconds=1))

    def state_at(self, at) -> KeyState:
        if self.revoked_at:
            return KeyState.REVOKED
        return KeyState.VALID if at < self.expires_at else KeyState.EXPIRED
