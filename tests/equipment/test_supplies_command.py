"""The command that lists supplies."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests.equipment.supplies import add


def listed(*arguments) -> tuple[int, list[dict]]:
    out, code = io.StringIO(), 0
    try:
        call_command("supplies", "list", *arguments, stdout=out)
    except SystemExit as ended:
        code = ended.code
    return code, list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.fixture
def stocked(office, dinas_head, now):
    add(office, dinas_head, now, on_hand=9)
    add(office, dinas_head, now, kind="pen", name="Bolpoin", unit="buah", on_hand=3)


def test_all_are_listed(stocked):
    code, rows = listed("--government", "kota-bandung")

    assert (code, [(row["barang"], row["sisa"], row["keadaan"]) for row in rows]) == (
        0,
        [("Kertas A4", "9", "belum dapat dihitung"), ("Bolpoin", "3", "di bawah minimum")],
    )


def test_what_runs_out_makes_it_fail(stocked):
    code, rows = listed("--government", "kota-bandung", "--low")

    assert (code, [(row["barang"], row["perlu dibeli"]) for row in rows]) == (1, [("Bolpoin", "2")])


def test_other_governments_show_nothing_of_it(stocked):
    assert listed("--government", "kota-cimahi", "--low") == (0, [])


@pytest.mark.parametrize("slug", ["pusat", "tidak-ada"])
def test_unknown_government_is_refused(db, slug):
    with pytest.raises(CommandError):
        listed("--government", slug)
