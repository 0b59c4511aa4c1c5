"""
The whole product as ``make run`` starts it, in a browser: Debian's chromium through Playwright.

One site serves all browser tests of a run; tests that change something use words of their own.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from config import environment
from config.environment import BASE
from oversight.demo import cast

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
START_SECONDS = 240


@pytest.fixture(scope="session")
def site():
    """The address of a running Loket with the demonstration: an own one, or that which LOKET_TEST_SITE names."""
    if environment.text("LOKET_TEST_SITE"):
        yield environment.text("LOKET_TEST_SITE")
        return
    if not CHROMIUM:
        pytest.skip("chromium is not installed")
    # Not below pytest's own folder: it is private, and as root the database runs as another user.
    home = environment.HOME / f"site-{os.getpid()}"
    home.mkdir(parents=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environ = {**os.environ, "LOKET_HOME": str(home), "PORT": str(port), "LOKET_URL": address}
    environ.pop("DATABASE_URL", None)
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    with (home / "log").open("w") as log:
        command = [sys.executable, "-m", "config.run"]
        process = subprocess.Popen(command, cwd=BASE, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(process, f"{address}/readyz", home / "log")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)
            shutil.rmtree(home, ignore_errors=True)


def _wait(process, address, log):
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    pytest.fail("the site did not start:\n" + log.read_text()[-3000:])


@pytest.fixture(scope="session")
def browser(site):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def signed_in(browser, site):
    """``signed_in(email)`` -> the browser state of this account of the demonstration, signed in once."""
    states = {}

    def state_of(email):
        if email not in states:
            context = browser.new_context(base_url=site, locale="id-ID")
            page = context.new_page()
            page.goto("/masuk/")
            page.locator("input[type=email], input[name=login]").first.fill(email)
            page.locator("input[type=password]").first.fill(cast.PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/masuk/" not in url)
            states[email] = context.storage_state()
            context.close()
        return states[email]

    return state_of


@pytest.fixture
def open_as(browser, site, signed_in):
    """``open_as(email, width=1280, dark=False, scripts=True)`` -> a page signed in as this account; email "" for nobody."""
    contexts = []

    def open_page(email="", *, width=1280, dark=False, scripts=True):
        context = browser.new_context(
            base_url=site,
            locale="id-ID",
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            storage_state=signed_in(email) if email else None,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()


def violations(page) -> list[str]:
    """What axe finds on the page: rule and the first element, one line each."""
    page.evaluate(AXE)
    return page.evaluate(
        """async () => {
            const only = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
            const result = await axe.run(document, {runOnly: only});
            return result.violations.map(found =>
                found.id + ": " + found.nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | "));
        }"""
    )


def is_too_wide(page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
