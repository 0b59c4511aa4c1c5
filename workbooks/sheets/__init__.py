"""The sheets of a workbook, in the order in which they stand there and are applied."""

from workbooks.sheets.base import Sheet
from workbooks.sheets.desks import DesksSheet
from workbooks.sheets.hours import HoursSheet
from workbooks.sheets.items import ItemsSheet
from workbooks.sheets.offices import OfficesSheet
from workbooks.sheets.rooms import RoomsSheet
from workbooks.sheets.special_days import SpecialDaysSheet
from workbooks.sheets.staff import StaffSheet
from workbooks.sheets.supplies import SuppliesSheet

SHEETS: tuple[Sheet, ...] = (
    OfficesSheet(),
    HoursSheet(),
    SpecialDaysSheet(),
    RoomsSheet(),
    DesksSheet(),
    ItemsSheet(),
    SuppliesSheet(),
    StaffSheet(),
)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}

__all__ = ["BY_KEY", "SHEETS", "Sheet"]
