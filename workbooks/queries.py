"""Reads of imports: for the pages and the REST interface."""

from dataclasses import dataclass

from offices.models import Dinas, Office
from workbooks.enums import Action
from workbooks.models import ImportRow, ImportRun
from workbooks.sheets import SHEETS


def runs(dinas: Dinas, office: Office | None = None):
    """The imports of an office, or of a dinas as a whole; the newest first."""
    return ImportRun.objects.filter(dinas=dinas, office=office).select_related("dinas", "office").order_by("-received_at", "id")


def rows(run: ImportRun):
    """The rows of a run that do something or are wrong, as they stand in the file."""
    return ImportRow.objects.filter(run=run).order_by("number")


@dataclass(frozen=True)
class Tally:
    """What a sheet of a run comes to."""

    key: str
    title: str
    new: int
    change: int
    remove: int
    fault: int
    same: int
    warnings: int

    @property
    def touched(self) -> bool:
        return bool(self.new or self.change or self.remove or self.fault)


def tallies(run: ImportRun) -> list[Tally]:
    """The counts of each sheet that was in the file, in order. No query."""
    found = []
    for sheet in SHEETS:
        counts = run.counts.get(sheet.key)
        if counts is not None:
            numbers = {action.value: counts.get(action.value, 0) for action in Action}
            found.append(Tally(sheet.key, str(sheet.title), warnings=counts.get("warnings", 0), **numbers))
    return found
