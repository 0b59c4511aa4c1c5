import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from offices import operations
from tenants.context import mounted
from tests.offices.conftest import OPENED


def listed(*arguments):
    out = io.StringIO()
    call_command("offices", "list", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def offices(make_office, dinas_head, now, kota_bandung):
    make_office("Loket A", whatsapp="+62 812-3456-7890", bring="=KTP")
    closed = make_office("Loket B")
    with mounted(kota_bandung):
        operations.close_office(office=closed, closed_on=OPENED, closed_reason="Pindah", version=None, by=dinas_head, at=now)


def test_offices_are_listed_as_csv_that_computes_nothing(offices):
    rows = list(csv.DictReader(io.StringIO(listed("--government", "kota-bandung"))))

    assert [(row["name"], row["state"], row["whatsapp"], row["bring"], row["closed_reason"]) for row in rows] == [
        ("Loket A", "serving", "'+62 812-3456-7890", "'=KTP", ""),
        ("Loket B", "closed", "", "", "Pindah"),
    ]


def test_offices_are_listed_as_json_by_state(offices):
    rows = json.loads(listed("--government", "kota-bandung", "--state", "serving", "--format", "json"))

    assert [(row["name"], row["whatsapp"], row["latitude"]) for row in rows] == [("Loket A", "+62 812-3456-7890", "")]


def test_another_governments_offices_are_not_listed(offices):
    assert json.loads(listed("--government", "kota-cimahi", "--format", "json")) == []


@pytest.mark.parametrize("government", ["tidak-ada", "pusat"])
def test_an_unknown_government_is_said(db, government):
    with pytest.raises(CommandError, match=f"Tidak ada pemerintah daerah dengan alamat {government}."):
        listed("--government", government)
