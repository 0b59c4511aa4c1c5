"""A floor plan under the finger, the mouse and the keyboard, and without a script."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import is_too_wide, violations
from tests.browser.test_journeys import submit

OPERATOR = "operator@bandung.contoh.test"

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def plan(open_as):
    """``plan(scripts=True, **more)`` -> a page with the empty plan of a new room of 8 by 6 metres."""

    def draw(*, scripts=True, **more):
        page = open_as(OPERATOR, scripts=scripts, **more)
        page.goto("/kota-bandung/kantor/")
        page.get_by_role("link", name="Loket Cikutra", exact=True).first.click()
        page.wait_for_url(re.compile("/kantor/[0-9a-f-]{36}/$"))
        page.goto(page.url + "ruang/baru/")
        page.get_by_label("Nama ruang").fill(f"Ruang {uuid.uuid4().hex[:6]}")
        page.get_by_label("pendaftaran").check()
        page.get_by_label("Lebar").fill("8")
        page.get_by_label("Panjang").fill("6")
        submit(page, "Simpan ruang")
        page.wait_for_url("**/denah/")
        return page

    return draw


def press(page, name):
    """A button that changes the rows and saves nothing."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def place(page, row):
    return tuple(int(page.locator(f"[name=meja-{row}-{name}]").input_value()) for name in ("x", "y", "width", "depth"))


def desk(page, row):
    return page.locator(f".desk[data-row='{row}']")


def faults(page):
    return [text.strip() for text in page.locator("[data-faults] li").all_inner_texts()]


def on_screen(page, x, y):
    """Where centimetres of the room lie on the screen."""
    return page.evaluate(
        """([x, y]) => { const point = new DOMPoint(x, y).matrixTransform(document.querySelector("svg.plan").getScreenCTM());
            return [point.x, point.y]; }""",
        [x, y],
    )


def drag(page, start, end):
    page.mouse.move(*on_screen(page, *start))
    page.mouse.down()
    page.mouse.move(*on_screen(page, *((a + b) / 2 for a, b in zip(start, end, strict=True))))
    page.mouse.move(*on_screen(page, *end))
    page.mouse.up()


def test_desk_is_dragged_undone_and_saved_with_the_distance_that_was_shown(plan):
    page = plan()
    for _desk in range(2):
        press(page, "Tambah meja")
    assert (place(page, 0), place(page, 1)) == ((100, 100, 120, 60), (325, 100, 120, 60))

    drag(page, (385, 130), (342, 131))

    assert place(page, 1) == (280, 100, 120, 60)
    assert faults(page) == ["Meja 1 dan Meja 2: 60 cm, kurang 40 cm"]
    assert page.locator(".gap text").text_content() == "60 cm"
    drag(page, (340, 130), (2000, 2000))
    assert place(page, 1) == (680, 540, 120, 60)
    page.get_by_role("button", name="Urungkan").click()
    assert place(page, 1) == (280, 100, 120, 60)
    shown = faults(page)
    submit(page, "Simpan denah")
    assert shown[0] in page.get_by_role("main").inner_text()
    assert not page.complaints


def test_desk_is_moved_turned_and_given_back_by_keyboard_and_it_is_spoken(plan):
    page = plan()
    for _desk in range(2):
        press(page, "Tambah meja")
    desk(page, 1).focus()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    assert place(page, 1) == (320, 150, 120, 60)
    page.keyboard.press("r")
    assert place(page, 1) == (350, 120, 60, 120)
    expect(page.locator("#announcer")).to_have_text(
        "diputar. Meja 2: 350 cm dari kiri, 120 cm dari atas; terdekat Meja 1: 130 cm"
    )
    page.keyboard.press("Escape")
    assert place(page, 1) == (325, 100, 120, 60)
    for _step in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    assert faults(page) == ["Meja 1 dan Meja 2: bertumpuk"]
    for _step in range(9):
        page.keyboard.press("Shift+ArrowUp")
    assert place(page, 1)[:2] == (175, 0)
    assert re.search("Meja 2: 175 cm dari kiri", desk(page, 1).get_attribute("aria-label"))
    assert violations(page) == []


def test_what_is_typed_is_drawn(plan):
    page = plan()
    press(page, "Tambah meja")

    page.locator("[name=meja-0-x]").fill("700")

    assert desk(page, 0).get_attribute("transform") == "translate(700 100)"
    assert faults(page) == ["Meja 1 berada di luar lantai ruang"]


def test_who_leaves_an_unsaved_plan_is_asked_first(plan):
    page, asked = plan(), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    press(page, "Tambah meja")
    desk(page, 0).click()

    page.get_by_role("link", name="Batal").click()
    page.wait_for_url(lambda url: not url.endswith("/denah/"))

    assert asked == ["beforeunload"]


def test_desk_follows_the_finger_on_a_phone(plan):
    page = plan(width=390)
    press(page, "Tambah meja")
    touch = page.context.new_cdp_session(page)
    desk(page, 0).scroll_into_view_if_needed()

    def send(kind, *at):
        points = [dict(zip("xy", on_screen(page, *at), strict=True))] if at else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    send("touchStart", 160, 130)
    send("touchMove", 200, 200)
    send("touchMove", 260, 330)
    send("touchEnd")

    assert place(page, 0) == (200, 300, 120, 60)
    assert not is_too_wide(page)


def test_plan_without_a_script_is_numbers_and_the_servers_drawing(plan):
    page = plan(scripts=False)
    page.get_by_label("Jumlah meja").fill("3")
    press(page, "Atur otomatis")
    assert [place(page, row)[:2] for row in range(3)] == [(100, 100), (320, 100), (540, 100)]
    page.locator("[name=meja-1-x]").fill("282")

    press(page, "Lihat di gambar")

    assert page.locator(".gap text").text_content() == "62 cm"
    submit(page, "Simpan denah")
    assert "Meja 1 dan Meja 2: 62 cm, kurang 38 cm" in page.get_by_role("main").inner_text()
