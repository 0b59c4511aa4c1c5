"""What the environment says: the only module that reads it. docs/admin/pengaturan.md lists every variable."""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
MODES = ("demo", "production")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "") or default


def flag(name: str, default: bool = False) -> bool:
    return text(name, str(default)).lower() in ("1", "true", "yes", "on", "ya")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise SystemExit(f"{name} harus berupa angka, bukan “{value}”.")
    return int(value)


def tile_url(name: str) -> str:
    """
    The template of a tile server (``https://peta.contoh.go.id/{z}/{x}/{y}.png``) or of tiles below our own address; empty for
    no map. Pictures are fetched by the readers' browsers, so nothing but HTTPS will do outside of a demonstration.
    """
    value = text(name)
    lacking = [part for part in ("{z}", "{x}", "{y}") if part not in value]
    plain = value.startswith("http://") and not PRODUCTION
    if value and (lacking or "{s}" in value or not (plain or value.startswith(("https://", "/")))):
        raise SystemExit(
            f"{name} harus alamat https dengan {{z}}, {{x}}, dan {{y}}, tanpa {{s}}, "
            f"misalnya https://peta.contoh.go.id/{{z}}/{{x}}/{{y}}.png; bukan “{value}”."
        )
    return value


def is_private(path: Path) -> bool:
    """Whether other users of the machine cannot reach ``path``: a folder on the way there (or it) is closed to them."""
    return any(folder.exists() and not folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def data_folder() -> Path:
    """
    LOKET_HOME, else ``.loket`` in the project.

    PostgreSQL refuses to run as root and steps down to a user of its own, who must be able to reach the data. Where root keeps
    the project in a private folder, the data goes to /var/lib: a private folder is never opened for it.
    """
    if text("LOKET_HOME"):
        return Path(text("LOKET_HOME")).expanduser().resolve()
    if os.geteuid() == 0 and is_private(BASE):
        return Path("/var/lib/loket") / f"{BASE.name}-{hashlib.sha256(str(BASE).encode()).hexdigest()[:8]}"
    return BASE / ".loket"


def kept_secret(name: str) -> str:
    """A secret of the demonstration: made once, kept in the data folder, readable by its owner alone."""
    file = HOME / name
    if not file.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was quicker
            file.hardlink_to(new)
        new.unlink()
    return file.read_text()


# The data folder: the embedded database, uploaded files, generated secrets of the demonstration.
HOME = data_folder()
# "demo" runs on one machine without further settings; "production" insists on every one that matters.
MODE = text("LOKET_MODE", "demo")
if MODE not in MODES:
    raise SystemExit(f"LOKET_MODE harus salah satu dari {', '.join(MODES)}, bukan “{MODE}”.")
PRODUCTION = MODE == "production"
PORT = number("PORT", 8000)
# Which of the machine's addresses the web server listens on; 0.0.0.0 is all of them.
BIND = text("LOKET_BIND", "127.0.0.1")
