"""
Tables that sort, search, filter, page and choose their columns by the query string.

The same address gives the same list with and without htmx; htmx only fetches the list instead of the page. Two queries, however
long the list: one counts, one reads the page.

    def office_list(request):
        listing = Listing(
            request,
            queries.offices(),
            columns=[Column("name", _("Kantor"), sort="name"), Column("rooms", _("Ruang"), sort="room_count", numeric=True)],
            search=["name", "address"],
            filters=[Filter("keadaan", _("Keadaan"), State.choices, "state")],
            order="name",
            noun=_("kantor"),
            empty=Empty(_("Belum ada kantor"), _("Tambahkan kantor pertama."), reverse("offices:create"), _("Tambah kantor")),
        )
        return listing.respond("offices/office_list.html", {"crumbs": []})
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F, Q
from django.db.models.query import ModelIterable, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

PAGE_SIZES = (25, 50, 100)
LONGEST_SEARCH = 100
MOST_WORDS = 6


@dataclass(frozen=True)
class Column:
    """
    One column. ``sort`` names the field (or fields) that order the list by it; without it the column has no order.

    The first column of a list is always shown; the reader can hide others unless ``hideable`` is false, and they start hidden
    when ``shown`` is false.
    """

    key: str
    label: str
    sort: str | Sequence[str] | None = None
    numeric: bool = False
    hideable: bool = True
    shown: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else tuple(self.sort or ())


@dataclass(frozen=True)
class Filter:
    """
    One filter: a choice among ``choices`` (pairs of value and label).

    ``lookup`` is a field lookup, or a function ``(queryset, value) -> queryset``. A value outside the choices is ignored.
    """

    key: str
    label: str
    choices: Iterable[tuple[str, str]]
    lookup: str | Callable[[QuerySet, str], QuerySet]

    def apply(self, queryset: QuerySet, value: str) -> QuerySet:
        return self.lookup(queryset, value) if callable(self.lookup) else queryset.filter(**{self.lookup: value})


@dataclass(frozen=True)
class Empty:
    """What stands in place of a list that has no rows at all: what it is for, and the first step."""

    title: str
    text: str = ""
    url: str = ""
    action: str = ""
    icon: str = "inbox"


@dataclass(frozen=True)
class BoundFilter:
    key: str
    name: str
    label: str
    value: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Head:
    column: Column
    id: str
    url: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool = False


class Listing:
    """
    See the module. ``key`` tells several lists of one page apart: it becomes the element's id and prefixes the parameters.

    ``noun`` is what the rows are ("kantor"), for the sentence that counts them; ``order`` a column's key, "-" for downwards, or
    a field of the queryset.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        columns: Sequence[Column],
        *,
        search: Sequence[str] = (),
        filters: Sequence[Filter] = (),
        order: str = "",
        per_page: int = PAGE_SIZES[0],
        empty: Empty | str | None = None,
        key: str = "",
        noun: str = "",
        search_label: str = "",
    ):
        self.request, self.queryset, self.columns = request, queryset, list(columns)
        self.searched, self.filter_list, self.default_order, self.default_size = search, filters, order, per_page
        self.empty = empty if isinstance(empty, Empty) else Empty(empty or _("Belum ada data"))
        self.key, self.noun, self.search_label = key, noun or _("baris"), search_label or _("Cari")
        self.id = f"daftar-{key}" if key else "daftar"
        self.row = ""

    def name(self, parameter: str) -> str:
        return f"{self.key}-{parameter}" if self.key else parameter

    def _given(self, parameter: str) -> str:
        return self.request.GET.get(self.name(parameter), "").replace("\x00", "").strip()

    @cached_property
    def search_value(self) -> str:
        return self._given("cari")[:LONGEST_SEARCH] if self.searched else ""

    @cached_property
    def filters(self) -> list[BoundFilter]:
        bound = []
        for each in self.filter_list:
            given, choices = self._given(each.key), [(str(value), label) for value, label in each.choices]
            value = given if given in dict(choices) else ""
            options = [(choice, label, choice == value) for choice, label in choices]
            bound.append(BoundFilter(each.key, self.name(each.key), each.label, value, options))
        return bound

    @cached_property
    def filtered(self) -> bool:
        return bool(self.search_value or any(each.value for each in self.filters))

    @cached_property
    def order(self) -> str:
        """The key of the column in order, with "-" downwards; only columns that can be sorted are listened to."""
        given = self._given("urut")
        sortable = {column.key for column in self.columns if column.fields}
        return given if given.removeprefix("-") in sortable else self.default_order

    @cached_property
    def size(self) -> int:
        given = self._given("per")
        return int(given) if given in map(str, PAGE_SIZES) else self.default_size

    @cached_property
    def shown(self) -> set[str]:
        """The keys of the columns that are shown."""
        chosen = self.request.GET.getlist(self.name("kolom"))
        fixed = {column.key for number, column in enumerate(self.columns) if number == 0 or not column.hideable}
        if chosen:
            return fixed | {column.key for column in self.columns if column.key in chosen}
        return fixed | {column.key for column in self.columns if column.shown}

    def _matching(self) -> QuerySet:
        queryset = self.queryset
        for word in self.search_value.split()[:MOST_WORDS]:
            queryset = queryset.filter(reduce(or_, (Q(**{f"{lookup}__icontains": word}) for lookup in self.searched)))
        for each, bound in zip(self.filter_list, self.filters, strict=True):
            if bound.value:
                queryset = each.apply(queryset, bound.value)
        return queryset

    def _ordered(self, queryset: QuerySet) -> QuerySet:
        if not self.order:
            return queryset
        downwards, key = self.order.startswith("-"), self.order.removeprefix("-")
        fields = next((column.fields for column in self.columns if column.key == key and column.fields), (key,))
        terms = [F(field).desc(nulls_last=True) if downwards else F(field).asc(nulls_last=True) for field in fields]
        if issubclass(queryset._iterable_class, ModelIterable):  # grouped rows have no key of their own
            terms.append(F("pk").asc())
        return queryset.order_by(*terms)

    @property
    def everything(self) -> QuerySet:
        """All rows that match, in order: what an export of the list as it is seen holds."""
        return self._ordered(self._matching())

    @cached_property
    def page(self):
        """The page asked for; the last one where there are not so many."""
        return Paginator(self.everything, self.size).get_page(self._given("hal") or 1)

    @cached_property
    def rows(self) -> list:
        return list(self.page.object_list)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    def state(self, **changes) -> list[tuple[str, str]]:
        """The parameters of this list as it stands, with ``changes``; without those that say nothing new."""
        values: dict[str, str | list[str]] = {"cari": self.search_value}
        values |= {each.key: each.value for each in self.filters}
        values |= {
            "urut": "" if self.order == self.default_order else self.order,
            "per": "" if self.size == self.default_size else str(self.size),
            "kolom": self._chosen_columns(),
            "hal": "",
        }
        values |= {key: str(value) for key, value in changes.items()}
        return [
            (self.name(key), each)
            for key, value in values.items()
            for each in (value if isinstance(value, list) else [value])
            if each
        ]

    def _chosen_columns(self) -> list[str]:
        usual = {column.key for number, column in enumerate(self.columns) if number == 0 or column.shown or not column.hideable}
        return [] if self.shown == usual else [column.key for column in self.columns if column.key in self.shown]

    def _elsewhere(self) -> list[tuple[str, str]]:
        """The parameters of the page that belong to others: other lists, the page itself."""
        own = {self.name(each) for each in ("cari", "urut", "per", "kolom", "hal", *(each.key for each in self.filter_list))}
        return [(key, value) for key, values in self.request.GET.lists() if key not in own for value in values]

    def url(self, **changes) -> str:
        query = urlencode(self._elsewhere() + self.state(**changes))
        return f"{self.request.path}?{query}" if query else self.request.path

    @property
    def current_url(self) -> str:
        return self.url(hal=self.page.number if self.page.number > 1 else "")

    @property
    def clear_url(self) -> str:
        return self.url(cari="", **{each.key: "" for each in self.filters})

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form of this list must carry along besides its own fields."""
        left = {self.name(each) for each in without}
        return [(key, value) for key, value in self._elsewhere() + self.state() if key not in left]

    @property
    def tools_hidden(self):
        return self.hidden("cari", *(each.key for each in self.filters))

    @property
    def columns_hidden(self):
        return self.hidden("kolom")

    @cached_property
    def heads(self) -> list[Head]:
        heads = []
        for column in self.columns:
            if column.key not in self.shown:
                continue
            ident = f"{self.id}-urut-{column.key}"
            if not column.fields:
                heads.append(Head(column, ident))
                continue
            direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(self.order, "")
            wanted = f"-{column.key}" if direction == "ascending" else column.key
            heads.append(Head(column, ident, self.url(urut="" if wanted == self.default_order else wanted), direction))
        return heads

    @property
    def choosable(self) -> list[tuple[Column, bool]]:
        """The columns a reader may hide, each with whether it is shown."""
        return [(column, column.key in self.shown) for column in self.columns[1:] if column.hideable]

    @property
    def fixed(self) -> list[str]:
        """The columns that are always shown: the form that chooses sends them, so that choosing none is a choice too."""
        return [column.key for number, column in enumerate(self.columns) if number == 0 or not column.hideable]

    @property
    def pages(self) -> list[Link | None]:
        """Links to the pages near the current one; None where some are left out."""
        numbers = self.page.paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        return [
            Link(str(number), self.url(hal=number if number > 1 else ""), number == self.page.number)
            if isinstance(number, int)
            else None
            for number in numbers
        ]

    @property
    def previous_url(self) -> str:
        number = self.page.number - 1
        return self.url(hal=number if number > 1 else "") if number else ""

    @property
    def next_url(self) -> str:
        return self.url(hal=self.page.number + 1) if self.page.has_next() else ""

    @property
    def sizes(self) -> list[Link]:
        choices = sorted({*PAGE_SIZES, self.default_size})
        if self.total <= choices[0]:
            return []
        return [Link(str(each), self.url(per="" if each == self.default_size else each), each == self.size) for each in choices]

    def respond(self, template: str, context: dict | None = None, *, row: str = "") -> HttpResponse:
        """
        The page ``template``; for a request of this list by htmx the list alone, under its own address.

        The rows are drawn by the partial ``row`` of the page's template (or by the template named here), each as ``item``.
        """
        self.row = row or f"{template}#row"
        context = {**(context or {}), "listing": self, "row": self.row}
        wanted = (self.request.headers.get("HX-Target") or "").endswith(f"#{self.id}")
        if self.request.headers.get("HX-Request") == "true" and wanted:
            response = render(self.request, "portal/listing.html", context)
            response["HX-Push-Url"] = self.current_url
        else:
            response = render(self.request, template, context)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response
