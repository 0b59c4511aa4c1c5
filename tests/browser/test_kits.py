"""Working off the kits of an office on a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import is_too_wide, violations

OPERATOR = "operator@bandung.contoh.test"

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def kits(open_as):
    """``kits(scripts=True, dark=False)`` -> the page of the kits of Loket Cikutra on a phone."""

    def show(**more):
        page = open_as(OPERATOR, width=390, **more)
        page.goto("/kota-bandung/kantor/")
        page.get_by_role("link", name="Loket Cikutra", exact=True).first.click()
        page.wait_for_url(re.compile("/kantor/[0-9a-f-]{36}/$"))
        page.goto(page.url + "meja/")
        return page

    return show


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_part_is_answered_by_one_tap(kits, scripts):
    page = kits(scripts=scripts)
    for word, state in (("Tidak ada", "tidak ada"), ("Ada", "ada")):
        line = page.locator(".kit > li").filter(has_text="kertas").first

        with page.expect_response(lambda answer: answer.request.method == "POST"):
            line.get_by_role("button", name=re.compile(f"^{word}: kertas")).click()
        page.wait_for_load_state("networkidle")

        expect(line.locator(".state")).to_have_text(state)
        expect(line.get_by_role("button", name=re.compile(f"^{word}: kertas"))).to_have_attribute("aria-pressed", "true")
        expect(page.locator("#ringkasan")).to_have_count(1)
    if scripts:
        expect(page.locator("#announcer")).to_have_text(re.compile("kertas ada"))
        expect(line.get_by_role("button", name=re.compile("^Ada: kertas"))).to_be_focused()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_page_is_accessible_and_fits_a_phone(kits, dark):
    page = kits(dark=dark)

    assert violations(page) == []
    assert not is_too_wide(page)
