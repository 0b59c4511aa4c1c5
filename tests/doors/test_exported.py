"""The export for plain pip is held against the lock; a stand-in for uv says what the lock would give."""

import pytest

from config import exported

LOCKED = "argon2-cffi==25.1.0 \\\n    --hash=sha256:00\n"


@pytest.fixture
def uv(tmp_path, monkeypatch):
    """``uv(text, status=0)``: from now on uv prints ``text``; its options are in the file ``called``."""

    def stand_in(text: str, status: int = 0):
        program, said = tmp_path / "uv", tmp_path / "said"
        said.write_text(text)
        program.write_text(f'#!/bin/sh\necho "$@" > "{tmp_path}/called"\ncat "{said}"\nexit {status}\n')
        program.chmod(0o755)
        monkeypatch.setattr(exported, "find_uv", lambda: str(program))

    monkeypatch.setattr(exported, "EXPORT", tmp_path / "requirements.txt")
    (tmp_path / "requirements.txt").write_text(LOCKED)
    return stand_in


def test_export_that_says_what_the_lock_says_passes(uv, tmp_path):
    uv(LOCKED)

    assert exported.main() == 0
    assert "--frozen" in (tmp_path / "called").read_text()


def test_stale_export_is_found_and_told(uv, capsys):
    uv(LOCKED.replace("25.1.0", "25.1.1"))

    assert exported.main() == 1
    said = capsys.readouterr().out
    assert "-argon2-cffi==25.1.0" in said
    assert said.endswith(f"{exported.AGAIN}\n")


def test_uv_that_fails_is_no_pass(uv):
    uv("", status=2)

    assert exported.main() == 1


def test_without_uv_it_is_skipped_in_words(monkeypatch, capsys):
    monkeypatch.setattr(exported, "find_uv", lambda: None)

    assert (exported.main(), "was not compared" in capsys.readouterr().out) == (exported.SKIPPED, True)
