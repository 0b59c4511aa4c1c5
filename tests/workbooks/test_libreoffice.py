"""
A workbook that LibreOffice 7.4 has opened and saved: it changes other things in a file than Excel does.

``data/libreoffice.xlsx`` is the export of the furnished office (conftest), converted by
``soffice --headless --convert-to "xlsx:Calc MS Excel 2007 XML"``. Its passport is of the installation that made it.
"""

import datetime
from pathlib import Path

import pytest

from workbooks import reading, safety, signing

SAVED = (Path(__file__).parent / "data" / "libreoffice.xlsx").read_bytes()


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setattr(signing, "constant_time_compare", lambda given, computed: True)
    monkeypatch.setattr(signing, "check", lambda passport, scope: None)
    scope = type("Scope", (), {"office": object()})()
    return reading.read(SAVED, scope)


def cells(book, sheet, key):
    return [row.get(key) for _line, row in book.tables[sheet].rows()]


def test_every_sheet_is_recognised(book):
    assert list(book.tables) == ["offices", "hours", "special_days", "rooms", "desks", "items", "supplies", "staff"]
    assert (book.notices, book.passport.scope_name) == ([], "Loket Cikutra")


def test_texts_of_digits_and_dates_stay_what_they_are(book):
    assert cells(book, "staff", "nip") == ["198001012005011001"]
    assert cells(book, "staff", "phone") == ["081234567890"]
    assert cells(book, "staff", "serves_from") == [datetime.date(2026, 1, 5)]
    assert cells(book, "items", "register_number") == ["", "", "0007"]
    assert cells(book, "hours", "day_5") == ["08.00-12.00"]
    assert cells(book, "supplies", "on_hand") == [12.0, 0.0]


def test_nothing_in_it_is_taken_for_a_formula():
    assert {cell for survey in safety.unpacked(SAVED).surveys.values() for cell in survey.formulas + survey.errors} == set()
