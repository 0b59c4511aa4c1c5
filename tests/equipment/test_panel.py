"""The card of the inventory on an office's page: what is ready, what blocks, what needs attention."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import set_urlconf

from equipment import operations_checks, panel_inventory
from equipment.enums import CheckKind
from equipment.operations_checks import Answer
from offices.enums import OfficeKind
from tenants.context import mounted

TODAY = datetime.date(2026, 11, 23)
WELL = {kind: Answer(ok=True) for kind in CheckKind}


@pytest.fixture(autouse=True)
def monday(time_machine, now, settings):
    """A Monday, and the addresses of a government without a request."""
    time_machine.move_to(now, tick=False)
    set_urlconf(settings.GOVERNMENT_URLCONF)
    yield
    set_urlconf(None)


@pytest.fixture
def check(kota_bandung, dinas_head, now):
    def look(item, answers=WELL, on=TODAY):
        with mounted(kota_bandung):
            operations_checks.record(item=item, answers=answers, on=on, by=dinas_head, at=now)

    return look


@pytest.fixture
def outlook(kota_bandung):
    def look(office):
        with mounted(kota_bandung):
            found = panel_inventory.outlook(office, TODAY)
            return [text for text, _url in found.hindrances], [text for text, _url in found.attention]

    return look


def test_office_without_anything_is_blocked_by_all_three(office, outlook):
    hindrances, attention = outlook(office)

    no_device, *others = hindrances
    assert no_device == "Tidak ada perangkat pendaftaran di inventaris"
    assert (others, attention) == (["Termometer inframerah belum ada", "Tempat cuci tangan belum ada"], [])


def test_office_with_all_that_works_is_not_blocked(office, add_item, check, outlook):
    check(add_item())
    add_item("thermometer", "Termometer")
    add_item("washbasin", "Wastafel")

    assert outlook(office) == ([], [])


def test_telephone_counter_needs_its_device_only(make_office, outlook):
    line = make_office("Telepon", kind=OfficeKind.PHONE, phone="(000) 555-0100")

    assert outlook(line) == (["Tidak ada perangkat pendaftaran di inventaris"], [])


def test_reason_of_the_device_is_told(office, add_item, check, outlook):
    check(add_item(), WELL | {CheckKind.CAMERA: Answer(ok=False, note="gelap")})

    hindrances, _attention = outlook(office)

    assert hindrances[0] == "Tidak ada perangkat pendaftaran yang siap: Laptop 14 inci kamera bermasalah: gelap"


def test_broken_things_are_told_by_room(office, add_item, room, outlook):
    add_item("thermometer", "Termometer", condition="broken")
    add_item("washbasin", "Wastafel", condition="fair")
    for _number in range(2):
        add_item("socket", "Stopkontak", condition="broken", room=room)
    add_item("chair", "Kursi", condition="broken")
    add_item("printer", "Pencetak", condition="fair", room=room)

    hindrances, attention = outlook(office)

    assert hindrances[1:] == ["Termometer inframerah rusak"]
    assert attention == ["Ruang Pendaftaran: 2 stopkontak rusak berat", "belum ditempatkan: 1 kursi rusak berat"]


@pytest.mark.parametrize("count", [1, 3])
def test_card_costs_five_queries_with_unready_devices(kota_bandung, office, add_item, django_assert_num_queries, count):
    for number in range(count):
        add_item(name=f"Laptop {number}")

    with mounted(kota_bandung), django_assert_num_queries(5):
        panel_inventory.outlook(office, TODAY)


def test_page_of_the_office_names_what_blocks(client, kota_bandung, office, dinas_head, add_item):
    client.force_login(dinas_head.user)
    add_item()

    text = client.get(kota_bandung.url("offices:detail", office.pk)).content.decode()

    assert "0 dari 1 perangkat pendaftaran siap" in text
    assert "Termometer inframerah belum ada" in text


def test_command_lists_what_is_due_and_says_so_by_its_exit(kota_bandung, add_item, check, capsys):
    check(add_item(name="Segar"))
    due = add_item(name="Baru")

    with pytest.raises(SystemExit) as exit_code:
        call_command("equipment", "check-due", government="kota-bandung")

    said = capsys.readouterr().out
    assert exit_code.value.code == 1
    assert f"Loket Cikutra · Baru ({due.label}): kamera belum diperiksa" in said
    assert "Segar" not in said

    call_command("equipment", "list", government="kota-bandung")
    assert [line.split(",")[3] for line in capsys.readouterr().out.splitlines()] == ["nama", "Baru", "Segar"]
