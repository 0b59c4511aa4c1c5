"""
From figures to what a meeting needs: what blocks, whom to call, the map. Every number leads to the rows it counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from oversight import tilemap
from oversight.enums import Condition
from oversight.nation import Figures, Province
from portal.dates import digits

MOST_CALLS = 6


@dataclass(frozen=True)
class Links:
    """Addresses of the lists behind the figures, for the circular in view; ``fixed`` goes into every one of them."""

    governments_name: str = "oversight:governments"
    offices_name: str = "oversight:offices"
    fixed: tuple[tuple[str, str], ...] = ()

    def governments(self, **query: str) -> str:
        return self._to(self.governments_name, query)

    def offices(self, **query: str) -> str:
        return self._to(self.offices_name, query)

    def province(self, slug: str) -> str:
        return self._with(reverse("oversight:province", args=[slug]), {})

    def _to(self, name: str, query: dict[str, str]) -> str:
        return self._with(reverse(name), query)

    def _with(self, address: str, query: dict[str, str]) -> str:
        given = urlencode({**query, **dict(self.fixed)})
        return f"{address}?{given}" if given else address


# What blocks ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps governments from serving, and how many it keeps."""

    kind: str
    label: str
    number: int
    hint: str
    url: str


OFFICE_OBSTACLES = (Condition.NOBODY, Condition.NO_HOURS, Condition.CROWDED, Condition.EMPTY, Condition.ALONE, Condition.ENDING)
OFFICE_LABELS = {
    Condition.NOBODY: gettext_lazy("Tidak ada petugas hari ini"),
    Condition.NO_HOURS: gettext_lazy("Jam layanan belum diisi"),
    Condition.EMPTY: gettext_lazy("Kantor baru tanpa jam dan jadwal"),
    Condition.CROWDED: gettext_lazy("Jarak antarmeja kurang dari satu meter"),
    Condition.ALONE: gettext_lazy("Hanya satu petugas hari ini"),
    Condition.ENDING: gettext_lazy("Jadwal piket habis dalam 7 hari"),
}


def obstacles(figures: Figures, links: Links) -> list[Obstacle]:
    """What blocks, the gravest first; only what there is."""
    governments = [
        ("late", _("Lewat tenggat, belum mengakui surat"), figures.overdue, {"jawaban": "overdue"}),
        ("none", _("Belum membuka surat"), figures.silent, {"jawaban": "silent"}),
        ("none", _("Belum punya kantor layanan"), figures.unequipped, {"kantor": "belum"}),
    ]
    found = [
        Obstacle(kind, label, number, government_words(number), links.governments(otonom="ya", **query))
        for kind, label, number, query in governments
    ]
    for condition in OFFICE_OBSTACLES:
        number, hit = figures.offices[condition], figures.hit[condition]
        words = ngettext("%(offices)s kantor · %(governments)s", "%(offices)s kantor · %(governments)s", number)
        hint = words % {"offices": digits(number), "governments": government_words(hit)}
        address = links.offices(otonom="ya", keadaan=condition.value)
        found.append(Obstacle(condition.kind, str(OFFICE_LABELS[condition]), number, hint, address))
    order = {"late": 0, "bad": 1, "warn": 2, "none": 3}
    return sorted((each for each in found if each.number), key=lambda each: order[each.kind])


def government_words(number: int) -> str:
    return ngettext("%(number)s pemerintah daerah", "%(number)s pemerintah daerah", number) % {"number": digits(number)}


# Whom to call -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A province in one line: its state and why, worst first."""

    province: Province
    kind: str
    word: str
    reason: str
    url: str

    @property
    def parts(self) -> list[tuple[str, int]]:
        return list(self.province.by_kind.items())


WORDS = {
    "late": gettext_lazy("terlambat"),
    "bad": gettext_lazy("terhambat"),
    "warn": gettext_lazy("perlu perhatian"),
    "ok": gettext_lazy("siap"),
    "none": gettext_lazy("belum ada data"),
}


# Kind, number and sentence, the gravest first.
REASONS: tuple[tuple[str, Callable[[Figures], int], str], ...] = (
    (
        "late",
        lambda each: each.overdue,
        ngettext_lazy("%(number)s daerah lewat tenggat", "%(number)s daerah lewat tenggat", "number"),
    ),
    (
        "bad",
        lambda each: each.hit[Condition.NOBODY],
        ngettext_lazy("kantor kosong di %(number)s daerah", "kantor kosong di %(number)s daerah", "number"),
    ),
    (
        "bad",
        lambda each: each.hit[Condition.NO_HOURS],
        ngettext_lazy("jam layanan kosong di %(number)s daerah", "jam layanan kosong di %(number)s daerah", "number"),
    ),
    (
        "bad",
        lambda each: each.hit[Condition.CROWDED],
        ngettext_lazy("meja terlalu rapat di %(number)s daerah", "meja terlalu rapat di %(number)s daerah", "number"),
    ),
    (
        "warn",
        lambda each: each.silent,
        ngettext_lazy("%(number)s daerah belum membuka surat", "%(number)s daerah belum membuka surat", "number"),
    ),
    (
        "warn",
        lambda each: each.unequipped,
        ngettext_lazy("%(number)s daerah belum punya kantor", "%(number)s daerah belum punya kantor", "number"),
    ),
    (
        "warn",
        lambda each: each.hit[Condition.ALONE],
        ngettext_lazy("satu petugas saja di %(number)s daerah", "satu petugas saja di %(number)s daerah", "number"),
    ),
    (
        "warn",
        lambda each: each.hit[Condition.ENDING],
        ngettext_lazy("jadwal segera habis di %(number)s daerah", "jadwal segera habis di %(number)s daerah", "number"),
    ),
)


def standing(province: Province, url: str) -> Standing:
    """State and reasons of one province."""
    found = [(kind, words % {"number": number}) for kind, count, words in REASONS if (number := count(province))]
    untouched = not province.office_count and not province.opened
    kind = "none" if untouched and not province.overdue else found[0][0] if found else "ok"
    reason = "; ".join(words for _kind, words in found[:2]) or _("lengkap")
    return Standing(province, kind, str(WORDS[kind]), reason, url)


def calls(provinces: Iterable[Province], addresses: dict[str, str]) -> list[Standing]:
    """The provinces that need a call: those with the largest part of their governments stuck."""
    waiting = [each for each in provinces if each.stuck]
    waiting.sort(key=lambda each: (-each.stuck / each.governments, -each.stuck, each.name))
    return [standing(each, addresses[each.slug]) for each in waiting[:MOST_CALLS]]


# The map ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Layer:
    """One measure that the map can show; ``grey`` says in the legend what a grey tile means, ``why`` what one of them means."""

    key: str
    label: str
    part: Callable[[Figures], int]
    whole: Callable[[Figures], int]
    grey: str = gettext_lazy("belum ada data")
    why: Callable[[Figures], str] | None = None


def service_words(figures: Figures) -> str:
    """Why nobody could be on duty today; empty where a government serves."""
    if figures.serving:
        return ""
    return _("bukan hari layanan") if figures.equipped else _("belum ada kantor")


LAYERS = (
    Layer("dibuka", gettext_lazy("Surat dibuka"), lambda each: each.opened, lambda each: each.addressed),
    Layer("diakui", gettext_lazy("Diakui"), lambda each: each.acknowledged, lambda each: each.addressed),
    Layer("kantor", gettext_lazy("Punya kantor"), lambda each: each.equipped, lambda each: each.governments),
    # Of those that serve today: on a Sunday nobody is behind.
    Layer(
        "dijaga",
        gettext_lazy("Dijaga hari ini"),
        lambda each: each.staffed,
        lambda each: each.serving,
        gettext_lazy("bukan hari layanan, atau belum ada kantor"),
        service_words,
    ),
)


def layer_of(key: str, whole: Figures) -> Layer:
    """The layer asked for; else who is served today, or on a day without service who has an office."""
    usual = "dijaga" if whole.serving else "kantor"
    by_key = {layer.key: layer for layer in LAYERS}
    return by_key.get(key, by_key[usual])


def tiles(provinces: Iterable[Province], layer: Layer, addresses: dict[str, str]) -> list[dict]:
    """The tiles of the map, each a link with its words."""
    return tilemap.tiles(_share(province, layer, addresses[province.slug]) for province in provinces)


def _share(province: Province, layer: Layer, url: str) -> tilemap.Share:
    part, whole = layer.part(province), layer.whole(province)
    if layer.why and not whole:
        words = _("%(province)s: %(why)s") % {"province": province.name, "why": layer.why(province)}
    else:
        words = ngettext(
            "%(province)s: %(measure)s %(part)s dari %(whole)s pemerintah daerah",
            "%(province)s: %(measure)s %(part)s dari %(whole)s pemerintah daerah",
            whole,
        ) % {
            "province": province.name,
            "measure": str(layer.label).lower(),
            "part": digits(part),
            "whole": digits(whole),
        }
    return tilemap.Share(province.code, part, whole, url, words)
