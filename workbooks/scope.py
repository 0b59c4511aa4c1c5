"""What a workbook is about: one office, or all offices of a dinas."""

import datetime
import uuid
from dataclasses import dataclass

from offices.models import Dinas, Office
from tenants.models import Tenant


@dataclass(frozen=True)
class Scope:
    """``offices``: those that are not closed on ``today``; ``office`` is None for the whole dinas."""

    tenant: Tenant
    dinas: Dinas
    office: Office | None
    offices: tuple[Office, ...]
    today: datetime.date

    @property
    def name(self) -> str:
        return self.office.name if self.office else self.dinas.name

    @property
    def office_ids(self) -> list[uuid.UUID]:
        return [office.pk for office in self.offices]

    def office_name(self, pk: uuid.UUID | str) -> str:
        return next((office.name for office in self.offices if str(office.pk) == str(pk)), "")


def of(*, dinas: Dinas, office: Office | None, tenant: Tenant, today: datetime.date) -> Scope:
    """The scope of a page or a run. One query for a dinas, none for an office."""
    offices = [office] if office else list(dinas.offices.not_closed_on(today).order_by("name", "id"))
    return Scope(tenant, dinas, office, tuple(offices), today)
