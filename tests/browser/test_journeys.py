"""The paths people came for, from sign-in to done, with and without JavaScript."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from oversight.demo import cast

MAYOR = "walikota@jayapura.contoh.test"
OFFICER = "petugas@pusat.contoh.test"
both = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def word():
    return f"Uji {uuid.uuid4().hex[:6]}"


def submit(page, name, *, moves=True):
    """Press a button and wait for the answer: another page if it ``moves``, else this one without the button."""
    before = page.url
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        button.last.click()
    if moves:
        page.wait_for_url(lambda url: url != before)
    else:
        expect(button).to_have_count(0)
    page.wait_for_load_state("networkidle")


def open_office(page, word) -> str:
    """From nothing to an office with hours; returns the address of the office."""
    page.goto("/kota-jayapura/dinas/baru/")
    page.get_by_label("Nama dinas").fill(f"Dinas {word}")
    page.get_by_label("ketenagakerjaan").check()
    submit(page, "Simpan dinas")
    page.goto("/kota-jayapura/kantor/baru/")
    dinas = page.get_by_label("Dinas", exact=True)
    if dinas.count():
        dinas.select_option(label=f"Dinas {word}")
    page.get_by_label("Nama kantor").fill(f"Loket {word}")
    page.get_by_label("Alamat").fill("Jl. Contoh 1")
    page.get_by_label("Koordinat").fill("-2.5337, 140.7181")
    submit(page, "Simpan kantor")
    office = re.search(r"/kota-jayapura/kantor/[0-9a-f-]{36}/", page.url)[0]
    page.goto(f"{office}jam/")
    for day in ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"):
        page.get_by_label(day).first.fill("08.00-12.00, 13.00-15.00")
    submit(page, "Simpan jam")
    assert page.url.endswith(office)
    return office


def add_staff(page, word, names):
    for name in names:
        page.goto("/kota-jayapura/petugas/baru/")
        dinas = page.get_by_label("Dinas", exact=True)
        if dinas.count():
            dinas.select_option(label=f"Dinas {word}")
        page.get_by_label("Nama", exact=True).fill(f"{name} {word}")
        submit(page, "Simpan petugas")


@both
def test_office_comes_to_life_and_shows_above(open_as, word, scripts):
    page = open_as(MAYOR, scripts=scripts)
    office = open_office(page, word)
    add_staff(page, word, ["Mawar", "Melur", "Menur"])
    page.goto(f"{office}jadwal/")
    page.locator("a[href*='/jadwal/2']").locator("visible=true").first.wait_for()
    day = page.evaluate("new Date().toLocaleDateString('sv', {timeZone: 'Asia/Jayapura'})") if scripts else today_in_jayapura()
    page.goto(f"{office}jadwal/{day}/")
    for name in ("Mawar", "Melur"):
        submit(page, f"Tugaskan {name} {word}", moves=False)

    assert page.get_by_role("button", name=re.compile("^Tugaskan ")).count() == 0
    assert "Dua petugas" in page.get_by_role("main").inner_text()
    above = open_as(OFFICER, scripts=scripts)
    above.goto("/pusat/wilayah/kota-jayapura/")
    row = above.get_by_role("row").filter(has_text=f"Loket {word}")
    assert "2 orang" in row.inner_text()


def test_third_person_is_refused_in_a_tab_that_did_not_know(open_as, word):
    page = open_as(MAYOR)
    office = open_office(page, word)
    add_staff(page, word, ["Mawar", "Melur", "Menur"])
    day = today_in_jayapura()
    late = page.context.new_page()
    late.goto(f"{office}jadwal/{day}/")
    page.goto(f"{office}jadwal/{day}/")
    for name in ("Mawar", "Melur"):
        submit(page, f"Tugaskan {name} {word}", moves=False)

    submit(late, f"Tugaskan Menur {word}", moves=False)

    said = late.get_by_role("main").inner_text()
    assert f"Mawar {word}" in said
    assert f"Melur {word}" in said
    assert re.search("dua petugas", said, re.IGNORECASE)
    page.reload()
    assert page.locator("ul.people").first.get_by_role("listitem").count() == 2


@both
def test_circular_goes_out_is_opened_acknowledged_and_confirmed(open_as, word, scripts):
    officer = open_as(OFFICER, scripts=scripts)
    officer.goto("/pusat/surat/baru/")
    script = officer.get_by_role("group", name="Naskah")
    script.get_by_label("Nomor").fill(f"1/{word}")
    script.get_by_label("Tanggal surat").fill("2026-11-20")
    script.get_by_label("Perihal").fill(f"Perihal {word}")
    points = officer.get_by_role("group", name="Butir")
    points.get_by_label("Nomor").first.fill("1")
    points.get_by_label("Isi").first.fill("Membuka satu loket percobaan.")
    submit(officer, "Simpan konsep")
    letter = re.search(r"/pusat/surat/[0-9a-f-]{36}/", officer.url)[0]
    officer.goto(f"{letter}terbitkan/")
    submit(officer, "Terbitkan sekarang")
    head = open_as("walikota@bandung.contoh.test", scripts=scripts)
    head.goto("/kota-bandung/surat/")
    head.get_by_role("link", name=re.compile(word)).first.click()
    head.get_by_role("main").get_by_role("link", name=re.compile("^Akui")).first.click()
    submit(head, "Saya mengakui")
    head.goto(re.sub("(akui|resi)/$", "", head.url) + "resi/")
    confirm = head.locator("a[href*='/resi/']").evaluate_all(
        "all => all.map(a => a.href).find(h => !h.includes('kota-bandung'))"
    )
    anyone = open_as(scripts=scripts)
    anyone.goto(confirm)

    said = anyone.get_by_role("main").inner_text()
    assert "Kota Bandung" in said
    assert f"1/{word}" in said


def test_sign_in_by_keyboard_alone(open_as, site):
    page = open_as()
    page.goto("/kota-bandung/kantor/")
    assert "/masuk/" in page.url
    page.locator("input[name=login]").focus()
    page.keyboard.type("kepala@bandung.contoh.test")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.type") != "password":
        page.keyboard.press("Tab")
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kota-bandung/kantor/")

    page.keyboard.press("Tab")
    assert "isi" in page.evaluate("document.activeElement.textContent").lower()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") != ""


def today_in_jayapura() -> str:
    import datetime
    import zoneinfo

    return datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Jayapura")).date().isoformat()
