"""The two long lists above the governments: governments, and offices; the same for ministry and province."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circulars.enums import DeliveryState
from circulars.models import Circular
from offices.enums import OfficeKind
from oversight import queries
from oversight.enums import IN_SERVICE, Condition
from oversight.states import Days
from portal.listing import Column, Empty, Filter, Listing
from tenants.enums import Level
from tenants.models import Tenant

LEVELS = [(each.value, each.label) for each in (Level.PROVINCE, Level.KABUPATEN, Level.KOTA)]
REPLIES: dict[str, tuple[str, dict[str, object]]] = {
    "silent": (_("belum dibuka"), {"opened_at": None}),
    "seen": (_("sudah dibuka"), {"opened_at__isnull": False}),
    "owing": (_("belum diakui"), {"acknowledged_at": None}),
    "acknowledged": (_("sudah diakui"), {"acknowledged_at__isnull": False}),
    "late": (_("diakui terlambat"), {"reply": DeliveryState.ACKNOWLEDGED_LATE}),
    "overdue": (_("lewat tenggat"), {"reply": DeliveryState.OVERDUE}),
}


def _replied(found: QuerySet, value: str) -> QuerySet:
    if value == queries.UNADDRESSED:
        return found.filter(reply=queries.UNADDRESSED)
    return found.filter(**REPLIES[value][1]).exclude(reply=queries.UNADDRESSED)


def _autonomous(way: str = "") -> Filter:
    choices = [("ya", _("pemerintah otonom")), ("tidak", _("wilayah administrasi"))]
    return Filter("otonom", _("Status"), choices, lambda found, value: found.filter(**{f"{way}autonomous": value == "ya"}))


def _equipped(days: Days):
    choices = [("ada", _("punya kantor")), ("belum", _("belum punya kantor"))]

    def lookup(found, value):
        has = queries.equipped(days)
        return found.filter(has if value == "ada" else ~has)

    return Filter("kantor", _("Kantor"), choices, lookup)


def _today(days: Days):
    choices = [
        ("dijaga", _("dijaga hari ini")),
        ("kosong", _("ada kantor tanpa petugas")),
        ("libur", _("tidak melayani hari ini")),
    ]

    def lookup(found, value):
        if value == "dijaga":
            return found.filter(queries.staffed(days))
        return (
            found.filter(queries.having(Condition.NOBODY, days)) if value == "kosong" else found.filter(~queries.serving(days))
        )

    return Filter("hari", _("Hari ini"), choices, lookup)


def provinces() -> list[tuple[str, str]]:
    """The provinces to filter by. One query."""
    return list(Tenant.objects.filter(level=Level.PROVINCE).order_by("name").values_list("slug", "name"))


def _within(way: str = ""):
    """A province with its districts."""
    return lambda found, slug: found.filter(Q(**{f"{way}slug": slug}) | Q(**{f"{way}parent__slug": slug}))


def governments(request, found: QuerySet, circular: Circular | None, days: Days, *, nationwide: bool, key: str = "") -> Listing:
    """The list of ``found`` (oversight.queries.governments); ``nationwide`` adds the province as column and filter."""
    filters = [_equipped(days), _today(days)]
    columns = [Column("name", _("Pemerintah daerah"), sort="name")]
    if circular is not None:
        replies = [(value, label) for value, (label, _lookup) in REPLIES.items()]
        filters.insert(0, Filter("jawaban", _("Surat edaran"), [*replies, (queries.UNADDRESSED, _("tidak dituju"))], _replied))
        columns.append(Column("reply", _("Surat edaran"), sort=("acknowledged_at", "opened_at")))
    if nationwide:
        places = Filter("provinsi", _("Provinsi"), provinces(), _within())
        filters = [places, Filter("tingkat", _("Tingkat"), LEVELS, "level"), _autonomous(), *filters]
        columns.insert(1, Column("province", _("Provinsi"), sort=("parent__name", "name")))
    columns += [
        Column("offices", _("Kantor"), sort="office_count", numeric=True),
        Column("standing", _("Keadaan kantor")),
        Column("today", _("Hari ini")),
        Column("zone", _("Waktu"), sort="timezone", shown=False),
    ]
    return Listing(
        request,
        found,
        columns,
        search=["name"],
        filters=filters,
        order="name",
        empty=Empty(
            _("Belum ada pemerintah daerah"), _("Daftar ini terisi setelah wilayah disiapkan."), icon="building-community"
        ),
        noun=_("pemerintah daerah"),
        search_label=_("Cari nama daerah"),
        key=key,
    )


# What an office can be filtered by: each Condition by what is the matter, and the four kinds of state.
OFFICE_STATES = [(each.value, each.label) for each in Condition if each is not Condition.READY]
KINDS = [("ok", _("siap")), ("warn", _("perlu perhatian")), ("bad", _("terhambat"))]


def _standing(found: QuerySet, value: str) -> QuerySet:
    if value == "melayani":
        return found.filter(condition__in=IN_SERVICE)
    wanted = [each for each in Condition if each.kind == value] if value in dict(KINDS) else [value]
    return found.filter(condition__in=wanted)


def offices(request, found: QuerySet, *, nationwide: bool) -> Listing:
    """The list of ``found`` (oversight.queries.offices)."""
    states = [("melayani", _("yang melayani")), *KINDS, *OFFICE_STATES]
    filters = [Filter("keadaan", _("Keadaan"), states, _standing), Filter("jenis", _("Jenis"), OfficeKind.choices, "kind")]
    if nationwide:
        filters = [Filter("provinsi", _("Provinsi"), provinces(), _within("tenant__")), _autonomous("tenant__"), *filters]
    columns = [
        Column("name", pgettext_lazy("one", "Kantor"), sort="name"),
        Column("government", _("Pemerintah daerah"), sort=("tenant__name", "name")),
        Column("dinas", _("Dinas"), sort=("dinas_name", "name"), shown=False),
        Column("today", _("Petugas hari ini"), sort=("is_full", "is_staffed")),
        Column("through", _("Jadwal sampai"), sort="rostered_through"),
        Column("state", _("Keadaan"), sort="condition"),
        Column("opened", _("Melayani sejak"), sort="opened_on", shown=False),
    ]
    return Listing(
        request,
        found,
        columns,
        search=["name", "tenant__name", "dinas_name", "address"],
        filters=filters,
        order="government",
        empty=Empty(_("Belum ada kantor"), _("Kantor muncul di sini begitu dinas mencatatnya."), icon="building-store"),
        noun=_("kantor"),
        search_label=_("Cari kantor, daerah, atau alamat"),
    )


def counters(request, found: QuerySet) -> Listing:
    """The public list of offices (oversight.queries.counters)."""
    return Listing(
        request,
        found,
        [
            Column("name", pgettext_lazy("one", "Kantor"), sort="name"),
            Column("government", _("Pemerintah daerah"), sort=("tenant__name", "name")),
            Column("hours", _("Jam layanan")),
            Column("phone", _("Telepon")),
        ],
        search=["name", "address", "tenant__name", "dinas_name"],
        filters=[
            Filter("provinsi", _("Provinsi"), provinces(), _within("tenant__")),
            Filter("jenis", _("Jenis"), OfficeKind.choices, "kind"),
        ],
        order="government",
        empty=Empty(_("Belum ada kantor layanan"), _("Kantor tampil di sini setelah dinas membukanya."), icon="building-store"),
        noun=_("kantor"),
        search_label=_("Cari nama, alamat, atau daerah"),
    )
