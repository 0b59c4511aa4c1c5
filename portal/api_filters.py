"""
What a list of the REST interface can be narrowed by, declared per list; every filter says its own schema for the document.

A parameter that is not declared, stands twice or is empty is refused: a misspelt filter would otherwise give the whole list.
"""

import datetime
import re
from collections.abc import Mapping

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.api_fields import DAY, DAY_PATTERN, TEXT, UUID
from portal.problems import Problem

PER_PAGE = 25
MOST_PER_PAGE = 200
LAST_PAGE = 100_000
SLUG = re.compile(r"[a-z][a-z0-9-]{0,35}")
NUMBER = re.compile(r"[1-9]\d{0,5}")


class Pattern(forms.CharField):
    """A form field that takes what its expression matches as a whole, and nothing that only resembles it."""

    def __init__(self, *, expression, message, **kwargs):
        super().__init__(strip=False, **kwargs)
        self.validators.append(lambda value: self.refuse(message) if not expression.fullmatch(value) else None)

    def refuse(self, message):
        raise forms.ValidationError(message)


class UuidField(Pattern):
    def __init__(self, **kwargs):
        super().__init__(expression=UUID, message=gettext_lazy("Nilai ini bukan UUID."), **kwargs)


class SlugField(Pattern):
    def __init__(self, **kwargs):
        super().__init__(expression=SLUG, message=gettext_lazy("Nilai ini bukan slug pemerintah daerah."), **kwargs)


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value):
        if value and not DAY.fullmatch(str(value)):
            raise forms.ValidationError(_("Tulis tanggal sebagai 2026-11-23."))
        return super().to_python(value)


class Described:
    """Takes ``help_text``, the description in the document, and knows its ``schema``."""

    schema: dict = {"type": "string"}

    def __init__(self, *args, help_text="", **kwargs):
        self.description = help_text
        super().__init__(*args, **kwargs)


class Ref(Described, django_filters.Filter):
    """By the id of something."""

    field_class = UuidField
    schema = {"type": "string", "format": "uuid"}


class OnDay(Described, django_filters.Filter):
    field_class = DayField
    schema = {"type": "string", "format": "date", "pattern": DAY_PATTERN}


class OneOf(Described, django_filters.ChoiceFilter):
    """One of fixed values."""

    def __init__(self, *args, choices, **kwargs):
        self.schema = {"type": "string", "enum": [str(value) for value, _label in choices]}
        super().__init__(*args, choices=choices, **kwargs)


class YesNo(Described, django_filters.Filter):
    field_class = forms.ChoiceField
    schema = {"type": "boolean"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, choices=[("true", "true"), ("false", "false")], **kwargs)

    def filter(self, queryset, value):
        return super().filter(queryset, {"true": True, "false": False}.get(value))


class Slug(Described, django_filters.Filter):
    """By the slug of a government."""

    field_class = SlugField
    schema = {"type": "string", "pattern": f"^{SLUG.pattern}$"}


class Search(Described, django_filters.CharFilter):
    """Part of a text; ``lookups`` names the fields that are looked in."""

    schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": TEXT}

    def __init__(self, *, lookups, **kwargs):
        self.lookups = lookups
        super().__init__(max_length=100, **kwargs)

    def filter(self, queryset, value):
        wanted = Q()
        for lookup in self.lookups:
            wanted |= Q(**{lookup: value})
        return queryset.filter(wanted) if value else queryset


class Filters(django_filters.FilterSet):
    """Base of all filter sets."""

    @classmethod
    def parameters(cls) -> list[str]:
        return list(cls.base_filters)


def refuse_unknown(params, known) -> None:
    """Raises ``invalid`` for parameters that nobody declared, that stand twice or that are empty."""
    faults = {}
    for name, values in params.lists():
        if name not in known:
            faults[str(name)[:100]] = [_("Parameter ini tidak dikenal.")]
        elif len(values) > 1:
            faults[name] = [_("Parameter ini disebut lebih dari sekali.")]
        elif not values[0].strip():
            faults[name] = [_("Parameter ini kosong.")]
    if faults:
        raise Problem("invalid", errors=faults)


def narrowed(filters: type[Filters] | None, request, queryset):
    """``queryset`` by the declared filters. Raises ``invalid`` with the errors by parameter."""
    if filters is None:
        return queryset
    bound = filters(data=request.GET, queryset=queryset, request=request)
    if not bound.is_valid():
        raise Problem("invalid", errors={name: [str(text) for text in texts] for name, texts in bound.errors.items()})
    return bound.qs


def ordered(orders: Mapping[str, tuple[str, ...]], default: str, params, queryset):
    """``queryset`` in one of the declared orders, ``-name`` the other way round."""
    if not orders:
        return queryset
    wanted = params.get("order", default)
    columns = orders.get(wanted.removeprefix("-"))
    if columns is None:
        raise Problem("invalid", errors={"order": [_("Urutan ini tidak tersedia.")]})
    return queryset.order_by(*(opposite(column) for column in columns) if wanted.startswith("-") else columns)


def day(params, name: str) -> datetime.date | None:
    """A date among the parameters, outside the filters; None where it is not said. Raises ``invalid``."""
    try:
        return DayField(required=False).clean(params.get(name))
    except forms.ValidationError as error:
        raise Problem("invalid", errors={name: error.messages}) from None


def period(params, first: datetime.date, last: datetime.date, most: datetime.timedelta) -> tuple[datetime.date, datetime.date]:
    """
    The days ``from`` to ``until`` among the parameters, each where it is not said as given here.

    Raises ``refused`` where they stand the wrong way round or more than ``most`` apart.
    """
    first, last = day(params, "from") or first, day(params, "until") or last
    if not first <= last <= first + most:
        sentence = _("Hari terakhir ada pada atau setelah hari pertama, paling jauh %(days)d hari.") % {"days": most.days}
        raise Problem("refused", sentence, errors={"until": [sentence]})
    return first, last


def opposite(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def number(params, name: str, default: int, most: int) -> int:
    text = params.get(name)
    if text is None:
        return default
    if not NUMBER.fullmatch(text) or int(text) > most:
        raise Problem("invalid", errors={name: [_("Nilai ini bilangan bulat dari 1 sampai %(most)d.") % {"most": most}]})
    return int(text)
