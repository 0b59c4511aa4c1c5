"""Writes of the seasons and of the browsers' versions by the ministry."""

import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.members import Member
from almanac.enums import DaySource
from almanac.models import BrowserVersion, Season
from almanac.operations import check_reach
from portal.dates import plain_date
from portal.errors import DomainError, check_version, explain_integrity

LONGEST_SEASON = datetime.timedelta(days=60)


class SeasonBackwards(DomainError):
    message = _("Hari terakhir tidak boleh sebelum hari pertama, dan satu musim paling lama 60 hari.")
    field, code = "last_on", "season-backwards"


class SeasonTaken(DomainError):
    message = _("Masa itu bertumpang tindih dengan musim lain. Muat ulang daftarnya.")
    field, status, code = "first_on", 409, "season-taken"


class VersionKnown(DomainError):
    message = _("Versi itu sudah tercatat untuk peramban ini.")
    field, status, code = "major", 409, "version-known"


class ReleasedLater(DomainError):
    message = _("Tanggal terbit tidak boleh di depan hari ini.")
    field, code = "released_on", "released-later"


def _save(row, values: dict, *, fresh: bool):
    changed = fresh or any(getattr(row, name) != value for name, value in values.items())
    if not changed:
        return row
    for name, value in (values | {"source": DaySource.MINISTRY}).items():
        setattr(row, name, value)
    if not fresh:
        row.version += 1
    row.save()
    return row


# Seasons ----------------------------------------------------------------------------------------------------------------------


def _check_season(values: dict, but: int | None = None) -> None:
    first, last = values["first_on"], values["last_on"]
    check_reach(first_on=first, last_on=last)
    if not first <= last <= first + LONGEST_SEASON:
        raise SeasonBackwards
    clash = Season.objects.filter(first_on__lte=last, last_on__gte=first)
    other = (clash if but is None else clash.exclude(pk=but)).first()
    if other is not None:
        raise SeasonTaken(
            _("Bertumpang tindih dengan %(name)s, %(first)s sampai %(last)s."),
            name=other.name, first=plain_date(other.first_on), last=plain_date(other.last_on),
        )  # fmt: skip


SEASON_REASONS = {"almanac_season_no_overlap": SeasonTaken, "almanac_season_period": SeasonBackwards}


def add_season(*, by: Member, at: datetime.datetime, **values) -> Season:
    """Enter a season: name, first_on, last_on, provisional."""
    with transaction.atomic():
        _check_season(values)
        with explain_integrity(SEASON_REASONS):
            return _save(Season(), values, fresh=True)


def edit_season(*, season: Season, version: int | None, by: Member, at: datetime.datetime, **values) -> Season:
    """Correct a season, for instance when the first day of Ramadan has been declared."""
    with transaction.atomic():
        row = Season.objects.select_for_update().get(pk=season.pk)
        check_version(row, version, values)
        _check_season(values, but=row.pk)
        with explain_integrity(SEASON_REASONS):
            return _save(row, values, fresh=False)


def remove_season(*, season: Season, by: Member, at: datetime.datetime) -> None:
    """Take a season out; schedules of offices that were made from it stay."""
    Season.objects.filter(pk=season.pk).delete()


# Browsers ---------------------------------------------------------------------------------------------------------------------

BROWSER_REASONS = {"almanac_browserversion_once": VersionKnown}


def add_browser(*, by: Member, at: datetime.datetime, **values) -> BrowserVersion:
    """Enter a version: browser, major, released_on. What is released later is not known yet."""
    if values["released_on"] > by.tenant.today(at):
        raise ReleasedLater
    with transaction.atomic(), explain_integrity(BROWSER_REASONS):
        return _save(BrowserVersion(), values, fresh=True)


def edit_browser(
    *, release: BrowserVersion, version: int | None, by: Member, at: datetime.datetime, **values
) -> BrowserVersion:
    """Correct a version of a browser."""
    if values["released_on"] > by.tenant.today(at):
        raise ReleasedLater
    with transaction.atomic():
        row = BrowserVersion.objects.select_for_update().get(pk=release.pk)
        check_version(row, version, values)
        with explain_integrity(BROWSER_REASONS):
            return _save(row, values, fresh=False)


def remove_browser(*, release: BrowserVersion, by: Member, at: datetime.datetime) -> None:
    """Take a version out that was entered by mistake."""
    BrowserVersion.objects.filter(pk=release.pk).delete()
