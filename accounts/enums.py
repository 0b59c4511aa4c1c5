from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.enums import Level


class Role(models.TextChoices):
    """What somebody is in a government. The rights of each stand in accounts.policy."""

    MINISTRY_OFFICER = "ministry_officer", _("Petugas pusat")
    OBSERVER = "observer", _("Pengamat")
    GOVERNMENT_HEAD = "government_head", pgettext_lazy("role", "Pimpinan daerah")
    PROVINCE_STAFF = "province_staff", _("Staf gubernur")
    DINAS_HEAD = "dinas_head", _("Kepala dinas")
    OPERATOR = "operator", _("Operator dinas")


# What each does here, for those who invite.
DUTIES = {
    Role.MINISTRY_OFFICER: _("menyusun dan menerbitkan surat edaran, melihat semua daerah, mengundang pimpinan daerah"),
    Role.OBSERVER: _("membaca semua halaman pusat, tanpa mengubah apa pun"),
    Role.GOVERNMENT_HEAD: _("mengakui surat edaran, mengundang orang, melihat dan mengubah semua dinas"),
    Role.PROVINCE_STAFF: _("memantau kabupaten/kota di provinsi ini"),
    Role.DINAS_HEAD: _("membuka kantor layanan dinasnya, menyusun jadwal, mengundang operator"),
    Role.OPERATOR: _("mengisi kantor, petugas, dan jadwal dinasnya"),
}

MINISTRY_ROLES = frozenset({Role.MINISTRY_OFFICER, Role.OBSERVER})
PROVINCE_ROLES = frozenset({Role.GOVERNMENT_HEAD, Role.PROVINCE_STAFF, Role.DINAS_HEAD, Role.OPERATOR})
DISTRICT_ROLES = frozenset({Role.GOVERNMENT_HEAD, Role.DINAS_HEAD, Role.OPERATOR})
DINAS_ROLES = frozenset({Role.DINAS_HEAD, Role.OPERATOR})


def roles_at(level: str) -> frozenset[Role]:
    """The roles that exist in a government of this level, or in the ministry."""
    return {Level.NATION: MINISTRY_ROLES, Level.PROVINCE: PROVINCE_ROLES}.get(Level(level), DISTRICT_ROLES)


class Acting(models.TextChoices):
    """Whether the office is held, or held for its absent or missing holder (Permendagri on naskah dinas: Plt., Plh.)."""

    NONE = "", _("definitif")
    PLT = "plt", _("Pelaksana tugas (Plt.)")
    PLH = "plh", _("Pelaksana harian (Plh.)")


class Standing(models.TextChoices):
    """How a membership stands on a day. The keys sort in the order in which people are listed."""

    ACTIVE = "active", _("berlaku")
    COMING = "coming", _("akan berlaku")
    ENDED = "ended", _("berakhir")


class InvitationState(models.TextChoices):
    OPEN = "open", _("menunggu")
    EXPIRED = "expired", _("kedaluwarsa")
    ACCEPTED = "accepted", _("diterima")
    WITHDRAWN = "withdrawn", _("dibatalkan")


class KeyState(models.TextChoices):
    VALID = "valid", _("berlaku")
    EXPIRED = "expired", _("kedaluwarsa")
    REVOKED = "revoked", _("dicabut")
