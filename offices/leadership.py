"""Who leads a dinas on a day, who holds which of the five sectors, and whom the accounts know as head."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.enums import Acting, Role
from accounts.members import Member
from accounts.models import Membership
from accounts.queries import people
from offices.enums import HeadStanding, Sector
from offices.models import Dinas, DinasHead
from portal.dates import plain_date

STANDINGS = {Acting.NONE: HeadStanding.DEFINITIVE, Acting.PLT: HeadStanding.PLT, Acting.PLH: HeadStanding.PLH}


@dataclass(frozen=True)
class Leadership:
    """Head and acting head of a dinas on a day; either may be missing."""

    head: DinasHead | None = None
    acting: DinasHead | None = None

    @property
    def leader(self) -> DinasHead | None:
        """Who signs: the acting one before the head."""
        return self.acting or self.head

    @cached_property
    def sentence(self) -> str:
        if self.acting is not None:
            values = {
                "title": self.acting.get_standing_display(),
                "name": self.acting.name,
                "day": plain_date(self.acting.serves_from),
            }
            if self.head is None:
                return _("Dipimpin %(title)s %(name)s sejak %(day)s.") % values
            return _("Dipimpin %(title)s %(name)s sejak %(day)s, mewakili %(head)s.") % (values | {"head": self.head.name})
        if self.head is not None:
            values = {"name": self.head.name, "day": plain_date(self.head.serves_from)}
            return _("Dipimpin %(name)s sejak %(day)s.") % values
        return _("Hari ini tidak ada yang tercatat memimpin dinas ini.")


def on(heads: Iterable[DinasHead], day: datetime.date) -> Leadership:
    """Who of ``heads`` (all of one dinas) leads on ``day``."""
    serving = [head for head in heads if head.serves_on(day)]
    return Leadership(
        next((head for head in serving if head.standing == HeadStanding.DEFINITIVE), None),
        next((head for head in serving if head.standing != HeadStanding.DEFINITIVE), None),
    )


@dataclass(frozen=True)
class Suggestion:
    """A head whom the accounts know for the dinas and nobody has recorded: what one press records."""

    membership: Membership
    standing: HeadStanding

    @property
    def facts(self) -> dict:
        return {
            "name": self.membership.user.name,
            "standing": self.standing,
            "serves_from": self.membership.valid_from,
            "serves_until": self.membership.valid_until,
        }


def suggestions(member: Member, dinas: Dinas, day: datetime.date) -> list[Suggestion]:
    """The accounts of heads of ``dinas`` in force on ``day`` that are not recorded as leading it then. Two queries."""
    known = {(head.name.casefold(), head.standing) for head in dinas.heads.all() if head.serves_on(day)}
    accounts = people(member.tenant, day=day).filter(role=Role.DINAS_HEAD, dinas_id=dinas.pk).order_by("valid_from", "id")
    found = [
        Suggestion(entry, STANDINGS.get(Acting(entry.acting), HeadStanding.DEFINITIVE))
        for entry in accounts
        if entry.holds_on(day)
    ]
    return [each for each in found if (each.membership.user.name.casefold(), each.standing) not in known]


# Sectors ----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holding:
    """One of the five sectors of point 1, and the dinas that hold it: none and several are both worth a look."""

    sector: Sector
    dinas: tuple[Dinas, ...]

    @property
    def label(self) -> str:
        return str(self.sector.label)


def holdings() -> list[Holding]:
    """All five sectors in their order, each with its dinas. One query."""
    all_dinas = list(Dinas.objects.only("id", "name", "sectors").order_by("name", "id"))
    return [Holding(sector, tuple(each for each in all_dinas if sector in each.sectors)) for sector in Sector]


def vacant(found: Iterable[Holding]) -> list[Holding]:
    return [holding for holding in found if not holding.dinas]


def shared(found: Iterable[Holding]) -> list[Holding]:
    return [holding for holding in found if len(holding.dinas) > 1]
