"""What scripts add to pages that work without them: lists in place, focus, announcements, forms that survive a dropped line."""

import contextlib
import re

import pytest
from playwright.sync_api import Error as PlaywrightError

COMPONENTS = "/_/komponen/"
LIST = "#daftar-wilayah"
FORM = "form[data-draft=contoh]"

pytestmark = pytest.mark.xdist_group("browser")


def until(page, expression):
    """Wait until a JavaScript expression holds; asked from outside, since the CSP refuses to evaluate text in the page."""
    for _ in range(100):
        # A page that is just being left has no answer yet.
        with contextlib.suppress(PlaywrightError):
            if page.evaluate(expression):
                return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def counted(page) -> str:
    return page.locator(f"{LIST} [data-announce]").inner_text()


def focused(page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.className")


def announced(page) -> str:
    until(page, "document.getElementById('announcer').textContent !== ''")
    return page.locator("#announcer").text_content()


def test_a_list_changes_in_place_keeps_the_focus_and_says_what_it_shows(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    page.evaluate("window.stayed = true")

    page.locator(f"{LIST}-urut-number").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?wilayah-urut=number")

    assert (page.evaluate("window.stayed"), focused(page)) == (True, "daftar-wilayah-urut-number")
    assert announced(page) == "1–25 dari 552 pemerintah daerah"


def test_back_shows_the_list_as_it_was(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    before = counted(page)
    page.locator(f"{LIST}-tingkat").select_option("kota")
    page.wait_for_url("**?wilayah-tingkat=kota")
    filtered = counted(page)

    page.go_back()
    until(page, f"document.querySelector('{LIST}-tingkat').value === ''")

    assert (before, filtered, counted(page)) == ("1–25 dari 552 pemerintah daerah", "1–25 dari 98 pemerintah daerah", before)
    assert page.locator("header.bar").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_list_finds_and_clears_with_and_without_scripts(open_as, scripts):
    page = open_as(scripts=scripts)
    page.goto(COMPONENTS)

    page.locator(f"{LIST}-cari").fill("tidakada")
    page.keyboard.press("Enter")
    page.wait_for_url("**wilayah-cari=tidakada**")
    page.get_by_text("Hapus saringan").last.click()
    page.wait_for_url(lambda url: "tidakada" not in url)

    assert counted(page) == "1–25 dari 552 pemerintah daerah"


def test_a_list_that_cannot_be_loaded_says_so_and_stays(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    page.context.set_offline(True)

    page.locator("a[rel=next]").click()
    page.locator("#notice .message").wait_for()

    assert "Sambungan terputus" in page.locator("#notice").inner_text()
    assert counted(page) == "1–25 dari 552 pemerintah daerah"


def test_a_form_cut_off_keeps_its_entries_and_offers_them_again(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    name = page.locator(f"{FORM} input[name=name]")
    name.fill("Loket di ujung kabel")
    page.context.set_offline(True)

    page.locator(f"{FORM} .form-end button").click()
    page.locator("#notice .message").wait_for()
    said, kept = page.locator("#notice").inner_text(), name.input_value()
    page.context.set_offline(False)
    page.reload()
    offered = name.input_value()
    page.locator("[data-restore]").click()

    assert re.match("Belum terkirim", said)
    assert (kept, offered, name.input_value()) == ("Loket di ujung kabel", "Loket Cikutra", "Loket di ujung kabel")


def test_a_discarded_draft_is_not_offered_again(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    page.locator(f"{FORM} input[name=name]").fill("Sementara")
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('loket:draft:'))")
    page.reload()
    page.locator("[data-discard]").click()

    page.reload()

    assert page.locator(".draft-offer").count() == 0


def test_a_date_is_said_in_words(open_as):
    page = open_as()
    page.goto(COMPONENTS)

    page.locator(f"{FORM} input[name=opened_on]").fill("2026-11-23")

    assert page.locator(f"{FORM} .echo").inner_text() == "Senin, 23 November 2026"


def test_escape_closes_a_menu_and_gives_the_focus_back(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    page.locator("summary.pill").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    page.keyboard.press("Escape")

    assert (page.locator("details.menu[open]").count(), focused(page)) == (0, "pill")


def test_theme_changes_at_once_and_stays(open_as):
    page = open_as()
    page.goto(COMPONENTS)
    page.locator("summary.pill").nth(1).click()

    with page.expect_response("**/tampilan/"):
        page.locator("button[value=dark]").click()
    page.reload()

    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_stop_of_the_keyboard_leads_to_the_content(open_as, scripts):
    page = open_as(scripts=scripts)
    page.goto(COMPONENTS)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
