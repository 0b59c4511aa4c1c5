"""An office in Kota Bandung with something on every sheet, its workbook, and what fills it in."""

import datetime
import io
import uuid

import openpyxl
import pytest

from equipment import operations as equipment
from equipment import operations_supplies as supplies
from offices import operations_days, operations_layout
from offices.operations_layout import Placed
from tenants.context import mounted
from tests.offices.conftest import (  # noqa: F401 - fixtures
    WEEK,
    dinas,
    dinas_head,
    here,
    make_office,
    operator,
    other_dinas,
    other_head,
    query_count,
)
from tests.staffing.conftest import make_staff  # noqa: F401 - fixture
from workbooks import jobs, operations, scope, writing
from workbooks.models import ImportRun

ROOM = {"width": 400, "depth": 300, "note": ""}


@pytest.fixture
def office(make_office):  # noqa: F811
    return make_office(week=WEEK)


@pytest.fixture
def furnished(kota_bandung, office, dinas_head, make_staff, now):  # noqa: F811
    """The office with two rooms, two desks, three things, two supplies, special days and a person."""
    act = {"by": dinas_head, "at": now}
    with mounted(kota_bandung):
        hall = operations_layout.add_room(office=office, name="Ruang Depan", purpose="registration", **ROOM, **act)
        operations_layout.add_room(office=office, name="Ruang Belajar", purpose="training", **ROOM, **act)
        operations_layout.lay_out(room=hall, desks=[Placed("Meja 1", 0, 0), Placed("Meja 2", 240, 0)], version=None, **act)
        desk = hall.desks.get(name="Meja 1")
        equipment.add(office=office, kind="laptop", name="Acer A5", room=hall, desk=desk, item_code="3.10.01",
                      register_number="0007", **act)  # fmt: skip
        equipment.add(office=office, kind="chair", name="Kursi lipat", count=2, room=hall, **act)
        supplies.add_supply(office=office, kind="paper", name="Kertas A4", unit="rim", minimum=5, on_hand=12, **act)
        supplies.add_supply(office=office, kind="soap", name="Sabun", unit="botol", minimum=2, **act)
        operations_days.add_special_days(
            offices=[office], first_on=datetime.date(2026, 12, 24), last_on=datetime.date(2026, 12, 26), reason="Cuti bersama",
            hours=[], **act,
        )  # fmt: skip
    make_staff("Dewi Anggraini", nip="198001012005011001", phone="081234567890")
    return office


@pytest.fixture
def place(kota_bandung, dinas, now):  # noqa: F811
    """``place(office)`` or ``place()`` for the dinas -> the scope of a workbook."""

    def make(office=None):
        with mounted(kota_bandung):
            return scope.of(dinas=dinas, office=office, tenant=kota_bandung, today=kota_bandung.today(now))

    return make


@pytest.fixture
def export(kota_bandung, dinas_head, place, now):  # noqa: F811
    """``export(office)`` -> the bytes of its workbook."""

    def make(office=None, by=None):
        with mounted(kota_bandung):
            return writing.workbook(place(office), by=by or dinas_head, at=now)

    return make


class Filled:
    """A workbook that somebody fills in with openpyxl; sheets by title, columns by heading, rows from 3 on."""

    def __init__(self, content: bytes):
        self.book = openpyxl.load_workbook(io.BytesIO(content))

    def place(self, sheet: str, heading: str) -> int:
        return next(cell.column for cell in self.book[sheet][2] if cell.value == heading)

    def find(self, sheet: str, heading: str, value) -> int:
        """The line of the row with ``value`` under ``heading``."""
        page, place = self.book[sheet], self.place(sheet, heading)
        return next(line for line in range(3, page.max_row + 1) if page.cell(line, place).value == value)

    def set(self, sheet: str, line: int, **values) -> "Filled":
        for heading, value in values.items():
            self.book[sheet].cell(line, self.place(sheet, heading.replace("_", " "))).value = value
        return self

    def add(self, sheet: str, **values) -> int:
        """A row below the last one that says something."""
        page = self.book[sheet]
        filled = [line for line in range(3, page.max_row + 1) if any(cell.value not in (None, "") for cell in page[line])]
        line = max(filled, default=2) + 1
        self.set(sheet, line, **values)
        return line

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


@pytest.fixture
def fill():
    return Filled


@pytest.fixture
def upload(kota_bandung, dinas, dinas_head, now):  # noqa: F811
    """``upload(content, office)`` -> the run, checked."""

    def act(content, office=None, by=None, name="buku.xlsx") -> ImportRun:
        with mounted(kota_bandung):
            run = operations.receive(dinas=dinas, office=office, name=name, content=content, by=by or dinas_head, at=now)
        jobs.checked(kota_bandung, run.pk, at=now)
        with mounted(kota_bandung):
            return ImportRun.objects.select_related("dinas", "office").get(pk=run.pk)

    return act


@pytest.fixture
def apply(kota_bandung, dinas_head, now):  # noqa: F811
    """``apply(run)`` -> the run after its rows were made true, or not."""

    def act(run, by=None) -> ImportRun:
        with mounted(kota_bandung):
            operations.start(run=run, by=by or dinas_head, at=now)
        jobs.applied(kota_bandung, run.pk, at=now)
        with mounted(kota_bandung):
            return ImportRun.objects.get(pk=run.pk)

    return act


@pytest.fixture
def rows(kota_bandung):
    """``rows(run)`` -> (sheet, line, action, sentences) of each row, faults and warnings with their cells."""

    def read(run):
        with mounted(kota_bandung):
            return [
                (row.sheet, row.line, row.action, [f"{cell}: {text}" for cell, text in row.faults + row.warnings])
                for row in run.rows.order_by("number")
            ]

    return read


@pytest.fixture
def nobody():
    return uuid.UUID(int=0)
