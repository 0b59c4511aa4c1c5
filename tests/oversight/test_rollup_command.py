import io

import pytest
from django.core.management import CommandError, call_command

from oversight.models import Check, OfficeStatus
from tests.oversight.conftest import build_office


def run(*args):
    out = io.StringIO()
    call_command("rollup", *args, "--jobs", "1", stdout=out, stderr=out)
    return out.getvalue().splitlines()


@pytest.fixture
def drifted(kota_bandung, kota_cimahi, make_office):
    office = make_office(kota_bandung)
    make_office(kota_cimahi, name="Loket Durian")
    OfficeStatus.objects.filter(office_id=office.pk).update(name="Loket Lama")
    return office


def test_check_prints_each_office_that_differs_and_fails(drifted):
    out = io.StringIO()

    with pytest.raises(CommandError, match="--rebuild"):
        call_command("rollup", "--check", "--jobs", "1", stdout=out)

    assert out.getvalue().splitlines() == [
        f"kota-bandung · Loket Cikutra ({drifted.pk}): name tercatat 'Loket Lama', seharusnya 'Loket Cikutra'",
        "2 kantor di 7 pemerintah daerah diperiksa; 1 berbeda.",
    ]
    kept = Check.objects.get(kind="rollup")
    assert (kept.governments, kept.rows, kept.faults, kept.findings) == (7, 2, 1, ["kota-bandung · Loket Cikutra"])


def test_rebuild_mends_and_the_next_check_finds_nothing(drifted):
    assert run("--rebuild")[-1] == "2 kantor di 7 pemerintah daerah diperiksa; 1 diperbaiki."

    assert run("--check") == ["2 kantor di 7 pemerintah daerah diperiksa; 0 berbeda."]
    assert Check.objects.get(kind="schemas").faults == 0


def test_named_governments_alone_are_checked(drifted):
    assert run("--check", "kota-cimahi") == ["1 kantor di 1 pemerintah daerah diperiksa; 0 berbeda."]
    assert not Check.objects.exists()


def test_unknown_government_is_named(db):
    with pytest.raises(CommandError, match=r"Tidak dikenal atau belum disiapkan: kota-atlantis\."):
        run("--check", "kota-atlantis")


def test_check_works_on_committed_rows_in_parallel(scratch):
    build_office(scratch)

    out = io.StringIO()
    call_command("rollup", "--check", "--jobs", "2", stdout=out)

    assert out.getvalue() == "1 kantor di 8 pemerintah daerah diperiksa; 0 berbeda.\n"
