"""The pages for everyone in a browser: near me, the weight of a page, a telephone's width."""

import gzip

import pytest

pytestmark = pytest.mark.xdist_group("browser")

MOST_BYTES = 50_000  # of the whole page
HEADERS = 500
KUTA = {"latitude": -8.7180, "longitude": 115.1686}


def weight(page, address) -> int:
    """What the page and all it loads weigh with an empty cache, compressed as an installation sends it, headers included."""
    loaded = []
    page.on("response", lambda answer: loaded.append(answer))
    page.goto(address, wait_until="networkidle")
    return sum(len(gzip.compress(answer.body())) + HEADERS for answer in loaded if answer.ok)


def first_counter(page) -> str:
    page.goto("/kantor/?cari=badung")
    return page.locator("tbody th a").first.get_attribute("href")


@pytest.mark.parametrize("place", ["/", "/kantor/", "counter"])
def test_public_pages_are_light_on_a_bad_line(open_as, place):
    page = open_as()
    address = first_counter(page) if place == "counter" else place

    assert weight(page, address) < MOST_BYTES
    assert page.complaints == []


def test_near_me_lists_the_nearest_counters_first(open_as):
    page = open_as()
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(KUTA)
    page.goto("/")

    page.get_by_role("button", name="Dekat saya").click()

    page.locator("near-me li a").first.wait_for()
    away = [
        float(text.split()[0].replace(".", "").replace(",", ".")) for text in page.locator("near-me .away").all_inner_texts()
    ]
    assert away == sorted(away)
    assert "Badung" in page.locator("near-me li").first.inner_text()
    assert page.complaints == []


def test_who_does_not_tell_the_place_is_told_what_else_to_do(open_as):
    page = open_as()
    page.goto("/")

    page.get_by_role("button", name="Dekat saya").click()

    page.get_by_text("Cari dengan nama kabupaten").wait_for()


@pytest.mark.parametrize("width", [390, 320])
def test_counter_fits_a_telephone(open_as, width):
    page = open_as(width=width)
    page.goto(first_counter(page))

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
