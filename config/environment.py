"""What the environment says: the only module that reads it. docs/admin/settings.md lists every variable."""

import os
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, str(default)).lower() in ("1", "true", "yes", "on")


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


# The data folder: the embedded database, uploaded files, generated secrets of the demonstration.
HOME = Path(text("LOKET_HOME", str(BASE / ".loket"))).expanduser().resolve()
# "demo" runs on one machine without further settings; "production" insists on every one that matters.
MODE = text("LOKET_MODE", "demo")
PRODUCTION = MODE == "production"
PORT = int(text("PORT", "8000"))
