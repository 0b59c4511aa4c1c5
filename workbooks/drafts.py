"""A row on its way from the sheet to the database: what stands in its cells, what that would change, what is wrong with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbooks.columns import Column
from workbooks.enums import Action
from workbooks.safety import column_letters

if TYPE_CHECKING:
    from workbooks.sheets.base import Sheet


@dataclass
class Current:
    """
    Something as it stands in the database: ``values`` by the keys of the sheet's columns (references as ids), ``names`` what is
    written for references. ``id`` is None for a row that the sheet offers to be filled in.
    """

    id: uuid.UUID | None
    office_id: uuid.UUID | None
    version: int | None
    values: dict[str, Any]
    names: dict[str, str] = field(default_factory=dict)
    thing: Any = None


@dataclass
class Draft:
    """
    One row of a sheet as it was read.

    ``places``: the number of the column by key; ``sheet_name`` is that of the file; ``typed`` what stands in the cells that
    name something. ``unreadable``: a cell could not be understood; ``touched``: it says something else than the database.
    """

    sheet: "Sheet"
    sheet_name: str
    line: int
    places: dict[str, int]
    id: uuid.UUID | None = None
    version: int | None = None
    removing: bool = False
    copied_from: int = 0
    values: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    office_id: uuid.UUID | None = None
    current: Current | None = None
    faults: list[list[str]] = field(default_factory=list)
    warnings: list[list[str]] = field(default_factory=list)
    target: uuid.UUID | None = None
    unreadable: bool = False
    touched: bool = True

    def cell(self, key: str = "") -> str:
        """``Inventaris!D14``, or the row where nothing narrower is known."""
        place = self.places.get(key)
        return f"{self.sheet_name}!{column_letters(place)}{self.line}" if place else f"{self.sheet_name}!{self.line}"

    def fault(self, key: str, sentence) -> None:
        self.faults.append([self.cell(key), str(sentence)])

    def warn(self, key: str, sentence) -> None:
        self.warnings.append([self.cell(key), str(sentence)])

    def changed(self, columns: Sequence[Column]) -> list[Column]:
        """The columns whose value differs from what stands in the database."""
        if self.current is None:
            return []
        return [
            column
            for column in columns
            if not column.read_only and self.values.get(column.key) != column.same(self.current.values.get(column.key))
        ]


@dataclass
class Row:
    """A row that does something, as it is kept until it is applied."""

    number: int
    sheet: str
    line: int
    action: Action
    title: str
    target: uuid.UUID | None
    office_id: uuid.UUID | None
    version: int | None
    values: dict[str, Any]
    changed: tuple[str, ...] = ()
