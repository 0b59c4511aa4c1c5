"""Whether each compiled catalogue says what the written one says, and every message keeps its placeholders. Without gettext."""

import re
import sys

import polib

from config.environment import BASE

NAMED = re.compile(r"%\((\w+)\)")


def said(entries) -> dict:
    return {(entry.msgctxt, entry.msgid): entry.msgstr_plural or entry.msgstr for entry in entries}


def faults() -> list[str]:
    found = []
    for written in sorted((BASE / "locale").rglob("*.po")):
        name, compiled, catalogue = written.relative_to(BASE), written.with_suffix(".mo"), polib.pofile(str(written))
        if not compiled.exists() or said(polib.mofile(str(compiled))) != said(catalogue.translated_entries()):
            found.append(f"{name}: the compiled catalogue is another; run make messages")
        for entry in catalogue:
            forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
            lost = [
                form
                for form in forms
                if form and set(NAMED.findall(form)) - set(NAMED.findall(entry.msgid + entry.msgid_plural))
            ]
            found += [f"{name}: unknown placeholder in “{form}”" for form in lost]
    return found


if __name__ == "__main__":
    wrong = faults()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.exit(bool(wrong))
