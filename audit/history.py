"""
The history of things as people read it: who changed what, when and why, from the trail that the triggers keep.

    history.of("offices_office", office.pk, within=[("offices_room", "office_id", [office.pk])])

Whoever asks must be allowed to see the thing; who that is, the caller knows. A column is shown when its field has been given a
``verbose_name``: versions, digests and other machinery have none. Rows of further tables are told by ``str`` of the row, with
the model's ``verbose_name`` before it where it has been given one.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, overload

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.paginator import Page, Paginator
from django.db import connection, models
from django.db.models import Case, Max, Q, Value, When
from django.db.models.functions import Cast, Concat, TruncSecond
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from audit.models import Action, Event
from audit.sql import SECRET

PER_PAGE = 25
MASK = "\N{BULLET}" * 4
NOTHING = "\N{EN DASH}"
SHORTENED = "sha256:"

_masked: set[tuple[str, str]] = set()


def mask(table: str, *columns: str) -> None:
    """From now on show of these columns the last three signs alone (NIP and telephone numbers of staff)."""
    _masked.update((table, column) for column in columns)


@dataclass(frozen=True)
class Entry:
    """One column: its label, and both values as text; ``–`` for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Part:
    """What became of one row. ``subject`` is empty for the row whose history it is, else "ruang: Ruang A"."""

    table: str
    row_id: str
    action: Action
    subject: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Change:
    """All that one request (or a command within a second) did to a thing. ``at`` is its last moment."""

    at: datetime.datetime
    by: str
    role: str
    reason: str
    parts: tuple[Part, ...]

    @property
    def action(self) -> Action:
        """What became of the thing itself; "diubah" where only what belongs to it changed."""
        own = [part.action for part in self.parts if not part.subject]
        return Action.DELETE if Action.DELETE in own else next(iter(own), Action.UPDATE)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for part in self.parts for entry in part.entries)


class History(Sequence[Change]):
    """The changes, newest first; lazy: counts in one query, reads a slice in two and one for each kind of thing referred to."""

    def __init__(self, table: str, row_id, where: Q):
        self.table, self.row_id = table, str(row_id)
        # A request may come from a proxy that numbers anew after a start: the same number of another person is another change.
        # Without a number (commands) the second, the person and the reason say what belongs together.
        text = models.CharField()
        numbered = Concat("request_id", Value(" "), Cast("actor_id", text), output_field=text)
        timed = Concat(
            Cast(TruncSecond("at"), text), Value(" "), Cast("actor_id", text), Value(" "), "reason", output_field=text
        )
        self.events = Event.objects.filter(where).annotate(change=Case(When(request_id="", then=timed), default=numbered))

    @cached_property
    def _keys(self):
        changes = self.events.order_by().values("change").annotate(newest=Max("sequence"))
        return changes.order_by("-newest").values_list("change", flat=True)

    def __len__(self) -> int:
        return self.count()

    def count(self, value=None) -> int:
        return self._keys.count()

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> list[Change]: ...
    def __getitem__(self, index):
        if isinstance(index, slice):
            return self._read(list(self._keys[index]))
        return self._read([self._keys[index]])[0]

    def __iter__(self) -> Iterator[Change]:
        return iter(self[:])

    def page(self, number="1") -> Page:
        """One page of 25 for the template ``audit/history.html``; the last one where there are not so many."""
        return Paginator(self, PER_PAGE).get_page(number or 1)

    def _read(self, keys: list[str]) -> list[Change]:
        found: dict[str, list[Event]] = {key: [] for key in keys}
        for event in self.events.filter(change__in=keys).order_by("sequence"):
            found[event.change].append(event)
        names = _names_of(event for events in found.values() for event in events)
        return [self._change(events, names) for events in found.values() if events]

    def _change(self, events: list[Event], names) -> Change:
        last = events[-1]
        told = (_part(event, names, own=(event.table_name, event.row_id) == (self.table, self.row_id)) for event in events)
        # An update of columns that are nobody's business says nothing.
        parts = tuple(part for part in told if part.entries or part.action != Action.UPDATE)
        return Change(last.at, last.actor_name or str(_("Sistem")), _roles(last.actor_role), last.reason, parts)


def of(table: str, row_id, *, also: Iterable = (), within: Iterable = ()) -> History:
    """
    The history of one row, newest first, grouped by request.

    ``also``: pairs (table, ids) of further rows; ``within``: (table, column, values) for all rows, also those that are gone,
    which referred to one of ``values`` before or after a change.
    """
    where = Q(table_name=table, row_id=str(row_id))
    for further, ids in also:
        where |= Q(table_name=further, row_id__in=[str(each) for each in ids])
    for further, column, values in within:
        where |= _referring(further, column, values)
    return History(table, row_id, where)


def rows_ever(table: str, column: str, values: Iterable) -> list[str]:
    """The ids of all rows of ``table`` that ever referred to one of ``values``; to reach what stood below them. One query."""
    found = Event.objects.filter(_referring(table, column, values)).order_by()
    return list(found.values_list("row_id", flat=True).distinct())


def _referring(table: str, column: str, values: Iterable) -> Q:
    sought = [str(value) for value in values]
    return Q(table_name=table) & (Q(**{f"after__{column}__in": sought}) | Q(**{f"before__{column}__in": sought}))


# One row ----------------------------------------------------------------------------------------------------------------------


@cache
def _model(table: str) -> type[models.Model] | None:
    return next((model for model in apps.get_models() if model._meta.db_table == table), None)


@cache
def _fields(table: str) -> dict[str | None, models.Field]:
    """The fields that people fill in, by column."""
    model = _model(table)
    own = model._meta.concrete_fields if model else ()
    return {
        field.column: field
        for field in own
        if getattr(field, "_verbose_name", None) and not isinstance(field, models.JSONField)
    }


def _value(field: models.Field, raw):
    """What the trail kept as JSON, as the field's own type; as it is where the field does not take it any more."""
    if raw is None or (isinstance(raw, str) and raw.startswith(SHORTENED)):
        return raw
    try:
        return field.to_python(str(raw) if isinstance(raw, float) else raw)
    except (ValidationError, ValueError, TypeError):
        return raw


def _names_of(events: Iterable[Event]) -> dict[tuple[type[models.Model], object], str]:
    """The names of all that the events refer to, one query for each kind of thing."""
    wanted: dict[type[models.Model], set] = {}
    for event in events:
        for column, field in _fields(event.table_name).items():
            if isinstance(field, models.ForeignKey):
                values = {_value(field, (row or {}).get(column)) for row in (event.before, event.after)}
                wanted.setdefault(field.related_model, set()).update(values - {None})
    found = {}
    for model, keys in wanted.items():
        for key, thing in model._default_manager.in_bulk(keys).items():
            found[model, key] = str(thing)
    return found


def _part(event: Event, names, *, own: bool) -> Part:
    before, after = event.before or {}, event.after or {}
    entries = []
    for column, field in _fields(event.table_name).items():
        old, new = before.get(column), after.get(column)
        if old == new:
            continue
        entry = Entry(
            capfirst(str(field.verbose_name)),
            _told(event.table_name, column, field, old, names),
            _told(event.table_name, column, field, new, names),
        )
        if (entry.before, entry.after) != (NOTHING, NOTHING):
            entries.append(entry)
    subject = "" if own else _subject(event.table_name, after or before)
    return Part(event.table_name, event.row_id, Action(event.action), subject, tuple(entries))


def _subject(table: str, row: dict) -> str:
    model = _model(table)
    if model is None:
        return table
    fields = {field.column: field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)}
    known = {fields[column].attname: _value(fields[column], raw) for column, raw in row.items() if column in fields}
    try:
        name = str(model(**known))
    except (ObjectDoesNotExist, AttributeError, TypeError):  # named after something that is gone, or that it had not yet
        name = ""
    noun = capfirst(str(model._meta.verbose_name)) if "verbose_name" in model._meta.original_attrs else ""
    return ": ".join(filter(None, (noun, name))) or str(_("catatan terkait"))


# One value --------------------------------------------------------------------------------------------------------------------


def _told(table: str, column: str | None, field: models.Field, raw, names) -> str:
    if raw in (None, "", []):
        return NOTHING
    if column in SECRET:
        return MASK
    if (table, column) in _masked:
        return f"{MASK} {str(raw)[-3:]}"
    if isinstance(field, models.ForeignKey):
        key = _value(field, raw)
        return names.get((field.related_model, key)) or str(_("(sudah dihapus)"))
    if isinstance(raw, list):
        labels = dict(getattr(getattr(field, "base_field", None), "flatchoices", ()))
        return ", ".join(str(labels.get(each, each)) for each in raw)
    value = _value(field, raw)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value) -> str:
    """Dates, times, yes and no, and numbers as the language of the page writes them."""
    indonesian = (get_language() or "id").startswith("id")
    if isinstance(value, bool):
        return str(_("ya") if value else _("tidak"))
    if isinstance(value, datetime.datetime):
        tenant: Any = getattr(connection, "tenant", None)
        there, zone = (tenant.local(value), tenant.zone_abbr) if hasattr(tenant, "zone_abbr") else (value, "UTC")
        return f"{formats.date_format(there, 'j F Y')} {formats.date_format(there, 'H.i' if indonesian else 'H:i')} {zone}"
    if isinstance(value, datetime.date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, datetime.time):
        return value.strftime("%H.%M" if indonesian else "%H:%M")
    if isinstance(value, Decimal):
        text = f"{value:f}"
        exact = -int(value.as_tuple().exponent or 0) > 4  # a coordinate, which is copied with its point
        return text.replace(".", ",") if indonesian and not exact else text
    if isinstance(value, str) and value.startswith(SHORTENED):
        return str(_("(isi panjang)"))
    return str(value)


def _roles(keys: str) -> str:
    """The roles' names from the keys that the trail keeps; accounts stands above this room and is asked by name."""
    labels = dict(apps.get_model("accounts", "Membership")._meta.get_field("role").flatchoices)
    return ", ".join(str(labels[key]) for key in keys.split(",") if key in labels)
