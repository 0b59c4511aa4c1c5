"""The page of components, and what every page is made of: style sheets, icons, weight."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from portal.compression import PageCompressionMiddleware

ADDRESS = "/_/komponen/"
TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])
SPRITE = "vendor/tabler/icons.svg"


def icons():
    return set(re.findall(r'<symbol id="([\w-]+)"', Path(finders.find(SPRITE)).read_text()))


def named_in(pattern, *suffixes):
    root = TEMPLATES.parent
    rooms = ["templates", *(room for room in settings.TENANT_APPS + settings.SHARED_APPS if (root / room).is_dir())]
    files = [file for room in dict.fromkeys(rooms) for file in (root / room).rglob("*") if file.suffix in suffixes]
    return {name for file in files for name in re.findall(pattern, file.read_text())}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_page_shows_every_component(client, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    body = client.get(ADDRESS).content.decode()

    shown = {
        "c-state": "state ok",
        "c-late": "state late",
        "c-figure": "card-x figure",
        "c-meter": 'class="meter"',
        "c-tiles": "tiles",
    }
    shown |= {"c-empty": 'class="empty"', "c-tasks": "tasks", "c-facts": "facts", "c-message": "message warn", "form": "faults"}
    assert {name for name, mark in shown.items() if mark not in body} == set()


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    asked = named_in(r'<c-icon name="([\w-]+)"', ".html") | named_in(r'icon="([\w-]+)"', ".html", ".py")

    assert asked - icons() == set()


def test_vendored_files_are_those_written_down():
    rows = re.findall(r"\| `(vendor/[^`]+)` \| `([0-9a-f]{64})` \|", Path(finders.find("VENDOR.md")).read_text())

    found = {path: hashlib.sha256(Path(finders.find(path)).read_bytes()).hexdigest() for path, _sum in rows}

    assert (found, len(rows)) == (dict(rows), 4)


def test_the_list_of_icons_is_the_sprite():
    text = Path(finders.find("VENDOR.md")).read_text()
    listed = set(re.search(r"^Icons: (.*)\.$", text, re.MULTILINE)[1].split(", "))

    assert listed == icons()


@pytest.mark.django_db
def test_every_class_of_the_page_is_in_a_style_sheet(client):
    body = client.get(ADDRESS).content.decode()
    sheets = "".join(Path(finders.find(path)).read_text() for path in re.findall(r'href="/static/([^"]+\.css)"', body))
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))

    used = {name for names in re.findall(r'\sclass="([^"]+)"', body) for name in names.split()}

    assert used - styled == {"info"}  # a message's usual look


@pytest.mark.django_db
def test_a_page_asks_no_other_host(client):
    body = client.get(ADDRESS).content.decode()

    assert re.findall(r'(?:src|href|action|hx-get)="(?:https?:)?//[^"]*"', body) == []


@pytest.fixture
def sent(rf):
    """What travels of an answer to a browser that takes gzip."""

    def send(content, content_type="text/html; charset=utf-8"):
        answer = HttpResponse(content, content_type=content_type, headers={"ETag": '"1"'})
        return PageCompressionMiddleware(lambda request: answer)(rf.get("/", headers={"Accept-Encoding": "gzip, br"}))

    return send


def test_pages_are_compressed_and_other_answers_keep_their_strong_etag(sent):
    page, data = sent("x" * 2000), sent("x" * 2000, "application/json")

    assert (page["Content-Encoding"], "Content-Encoding" in data, data["ETag"]) == ("gzip", False, '"1"')


@pytest.mark.django_db
def test_first_page_weighs_less_than_150_kb_and_the_next_less_than_30(client, sent):
    page = client.get(ADDRESS).content
    files = [Path(finders.find(path)) for path in set(re.findall(r'(?:src|href)="/static/([^"#]+)', page.decode()))]

    next_page = len(sent(page).content)
    first_page = next_page + sum(len(gzip.compress(file.read_bytes())) for file in files)

    assert (first_page < 150_000, next_page < 30_000) == (True, True), (first_page, next_page)
