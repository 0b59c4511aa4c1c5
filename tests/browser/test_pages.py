"""Every page that links lead to, as each role sees it: sound for axe in both themes, nowhere too wide, a quiet console."""

import re

import pytest

from tests.browser.conftest import is_too_wide, violations

ROLES = {
    "nobody": ("", "/"),
    "officer": ("petugas@pusat.contoh.test", "/pusat/"),
    "observer": ("pengamat@pusat.contoh.test", "/pusat/"),
    "governor's staff": ("staf@jabar.contoh.test", "/jawa-barat/"),
    "head": ("walikota@bandung.contoh.test", "/kota-bandung/"),
    "dinas head": ("kepala@bandung.contoh.test", "/kota-bandung/"),
    "operator": ("operator@bandung.contoh.test", "/kota-bandung/"),
    "first day": ("walikota@jayapura.contoh.test", "/kota-jayapura/"),
}
# Not pages: files, the raw document of the interface, and what other tests open.
PASS_OVER = re.compile(r"\.(pdf|json|yaml|xlsx|csv|ics)(\?|$)|/static/|/metrics|openapi|^mailto:|^tel:")
MOST = 70
AUDITED: set[tuple[str, str]] = set()  # kinds of government and shapes that an earlier role has been through
pytestmark = pytest.mark.xdist_group("browser")


def shape(address: str) -> str:
    """An address without its ids, dates, numbers, slugs of districts and query: pages of one shape are one page."""
    address = address.split("?")[0].split("#")[0]
    address = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", address)
    address = re.sub(r"\d{4}-\d\d(-\d\d)?", "<date>", address)
    address = re.sub(r"/\d+(?=/)", "/<number>", address)
    return re.sub(r"/wilayah/[a-z-]+/([a-z-]+/)?", lambda match: "/wilayah/<slug>/" + ("<slug>/" if match[1] else ""), address)


def links(page) -> list[str]:
    return page.eval_on_selector_all("a[href]", "links => links.map(link => link.getAttribute('href'))")


def audit(page) -> list[str]:
    """What axe finds in either theme, and where the page scrolls sideways; leaves the page wide and light."""
    found = [f"light {finding}" for finding in violations(page)]
    page.emulate_media(color_scheme="dark")
    page.reload()  # as somebody who works in the dark gets it
    found += [f"dark {finding}" for finding in violations(page)]
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if is_too_wide(page):
            found.append(f"wider than {width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_sound(open_as, role):
    email, start = ROLES[role]
    page, seen, waiting, wrong = open_as(email), {shape(start)}, [start], {}

    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        page.complaints.clear()
        response = page.goto(address)
        found = [] if response.status == 200 else [f"status {response.status}"]
        if (place := (start.split("-")[0], shape(address))) not in AUDITED:
            AUDITED.add(place)
            found += audit(page)
        found += page.complaints
        if found:
            wrong[address] = found
        for link in links(page):
            if link.startswith("/") and not PASS_OVER.search(link) and shape(link) not in seen:
                seen.add(shape(link))
                waiting.append(link)

    assert wrong == {}
