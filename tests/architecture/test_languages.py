"""Both languages are complete: every message has its English, and the compiled catalogue is the written one."""

import os
import shutil
import subprocess
import sys

import polib
import pytest

from config.environment import BASE

ROOMS = (*sorted(path.parent.name for path in BASE.glob("*/apps.py")), "config", "templates", "locale")
CATALOGUE = BASE / "locale" / "en" / "LC_MESSAGES" / "django.po"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The English catalogue as ``makemessages`` would write it now, made in a copy of the project."""
    if not shutil.which("xgettext"):
        pytest.fail("gettext is needed: apt-get install gettext")
    copy = tmp_path_factory.mktemp("project")
    for room in ROOMS:
        if (BASE / room).exists():
            shutil.copytree(BASE / room, copy / room, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    shutil.copy(BASE / "manage.py", copy)
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "makemessages", "--locale", "en", "--no-location", "--no-obsolete"],
        cwd=copy,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOKET_HOME": str(copy / "home"),
            "LOKET_SECRET_KEY": "x",
        },
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def test_every_message_has_its_english(fresh):
    lacking = [entry.msgid for entry in fresh if not entry.translated() or entry.fuzzy]

    assert lacking == []


def test_english_keeps_the_placeholders(fresh):
    import re

    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    differing = []
    for entry in fresh:
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            if set(placeholder.findall(text)) - set(placeholder.findall(entry.msgid + entry.msgid_plural)):
                differing.append(entry.msgid)

    assert differing == []


def test_compiled_catalogue_is_the_written_one():
    written = polib.pofile(str(CATALOGUE))
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert {_key(entry): _text(entry) for entry in compiled} == {
        _key(entry): _text(entry) for entry in written.translated_entries()
    }


def _key(entry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _text(entry) -> str | dict:
    return entry.msgstr_plural or entry.msgstr
