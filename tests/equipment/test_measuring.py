"""What figures and browsers mean: thresholds, versions with their dates, what the device says of itself."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almanac.models import BrowserVersion
from equipment import measuring
from tenants.context import as_owner

TODAY = datetime.date(2026, 11, 23)
figures = st.integers(0, 10_000_000).map(lambda number: number / 100)


@pytest.mark.parametrize(
    ("down", "up", "latency", "ok", "note"),
    [
        (2, 0.5, 300, True, ""),
        (1.94, 0.5, 300, False, "unduh 1,9 Mbit/s, perlu 2"),
        (2, 0.44, 300, False, "unggah 0,4 Mbit/s, perlu 0,5"),
        (2, 0.5, 301, False, "jeda 301 ms, paling lama 300"),
        (0, 0, 5000, False, "unduh 0 Mbit/s, perlu 2; unggah 0 Mbit/s, perlu 0,5; jeda 5.000 ms, paling lama 300"),
    ],
)
def test_line_is_judged_by_what_it_is_shown_with(down, up, latency, ok, note):
    verdict = measuring.internet(down=down, up=up, latency=latency)

    assert (verdict.ok, verdict.note) == (ok, note)


@given(figures, figures, figures)
def test_line_is_good_or_says_why(down, up, latency):
    verdict = measuring.internet(down=down, up=up, latency=latency)

    assert verdict.ok == (not verdict.note)
    assert len(verdict.note) <= 200


CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/157.0.0.0 Safari/537.36"
HINTS = '"Chromium";v="157", "{}";v="{}", "Not?A_Brand";v="8"'


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({"User-Agent": CHROME}, ("chrome", 157, False)),
        ({"User-Agent": CHROME, "Sec-CH-UA": HINTS.format("Google Chrome", 157)}, ("chrome", 157, False)),
        ({"User-Agent": CHROME, "Sec-CH-UA": HINTS.format("Microsoft Edge", 156)}, ("edge", 156, False)),
        ({"User-Agent": CHROME, "Sec-CH-UA": HINTS.format("Opera", 140)}, ("opera", 140, False)),
        ({"User-Agent": CHROME, "Sec-CH-UA": '"Chromium";v="155"'}, ("chrome", 155, False)),
        ({"User-Agent": f"{CHROME} Edg/156.0.0.0"}, ("edge", 156, False)),
        ({"User-Agent": "Mozilla/5.0 (Android 15; Mobile; rv:160.0) Gecko/160.0 Firefox/160.0"}, ("firefox", 160, True)),
        (
            {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
             " Version/26.0 Mobile/15E148 Safari/604.1"}, ("safari", 26, True),
        ),
        (
            {"User-Agent": "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0"
             " Chrome/140.0.0.0 Mobile Safari/537.36"}, ("samsung", 30, True),
        ),
        ({"User-Agent": "curl/8"}, ("", 0, False)),
        ({}, ("", 0, False)),
    ],
)  # fmt: skip
def test_browser_is_read_from_what_it_says(headers, found):
    agent = measuring.agent(headers)

    assert (agent.browser, agent.major, agent.handheld) == found


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_of_a_browser_are_read_without_harm(agent, hints):
    found = measuring.agent({"User-Agent": agent, "Sec-CH-UA": hints})

    assert 0 <= found.major < 10_000


@pytest.fixture
def versions(db):
    """Of Chrome one every two weeks up to 157, of Samsung's one that is old though the newest."""
    with as_owner():
        BrowserVersion.objects.all().delete()
        BrowserVersion.objects.bulk_create(
            BrowserVersion(browser="chrome", major=157 - back, released_on=TODAY - datetime.timedelta(days=10 + 14 * back))
            for back in range(20)
        )
        BrowserVersion.objects.create(browser="samsung", major=29, released_on=datetime.date(2025, 10, 25))
        BrowserVersion.objects.create(browser="safari", major=26, released_on=datetime.date(2025, 9, 15))
        BrowserVersion.objects.create(browser="safari", major=27, released_on=datetime.date(2026, 9, 14))


@pytest.mark.parametrize(
    ("browser", "major", "ok"),
    [
        ("chrome", 157, True),
        ("chrome", 158, True),
        ("chrome", 154, True),
        ("chrome", 153, False),
        ("chrome", 20, False),
        ("safari", 27, True),
        ("safari", 26, False),
        ("samsung", 29, True),
        ("", 0, False),
        ("firefox", 160, False),
    ],
)
def test_browser_is_current_by_the_list(versions, browser, major, ok):
    verdict = measuring.browser(measuring.Agent(browser, major, handheld=False), TODAY)

    assert (verdict.ok, bool(verdict.note)) == (ok, not ok)


def test_version_that_is_not_out_yet_counts_on_its_day(versions):
    agent = measuring.Agent("chrome", 154, handheld=False)
    with as_owner():
        BrowserVersion.objects.create(browser="chrome", major=158, released_on=TODAY + datetime.timedelta(days=1))

    assert measuring.browser(agent, TODAY).ok
    later = measuring.browser(agent, TODAY + datetime.timedelta(days=1))
    assert later.note == "Google Chrome 154; yang terbaru 158, terbit 24 November 2026"


def test_kind_of_device_is_compared_with_what_opens_the_page():
    phone, desk = (measuring.Agent("chrome", 157, handheld=each) for each in (True, False))

    assert [measuring.is_another_kind(phone, kind) for kind in ("laptop", "desktop", "tablet", "smartphone")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [measuring.is_another_kind(desk, kind) for kind in ("laptop", "tablet", "smartphone")] == [False, False, True]


def test_what_was_kept_is_told_again():
    assert measuring.spoken({"down": 12.4, "up": 3.1, "latency": 1240}) == "unduh 12,4 · unggah 3,1 Mbit/s · jeda 1.240 ms"
    assert measuring.spoken({"browser": "chrome", "major": 157}) == "Google Chrome 157"
    assert measuring.spoken({}) == ""
