"""Whether ``config/requirements.txt``, the hash-locked export for plain pip, says what ``uv.lock`` says (``make check``)."""

import shutil
import subprocess
import sys
from difflib import unified_diff

from config.environment import BASE

EXPORT = BASE / "config" / "requirements.txt"
OPTIONS = ["export", "--frozen", "--no-dev", "--no-header", "--quiet"]
AGAIN = f"config/requirements.txt does not follow uv.lock. Write it anew: uv {' '.join(OPTIONS)} -o config/requirements.txt"
SKIPPED = 77
MOST_LINES = 20


def find_uv() -> str | None:
    """The uv of the path, else the project's own."""
    return shutil.which("uv") or shutil.which(str(BASE / ".uv" / "bin" / "uv"))


def main() -> int:
    uv = find_uv()
    if uv is None:
        sys.stdout.write("uv is not here, so config/requirements.txt was not compared with uv.lock.\n")
        return SKIPPED
    said = subprocess.run([uv, *OPTIONS], cwd=BASE, capture_output=True, text=True, check=False)
    if said.returncode:
        sys.stdout.write(said.stderr)
        return 1
    kept = EXPORT.read_text()
    if kept == said.stdout:
        return 0
    lines = list(unified_diff(kept.splitlines(), said.stdout.splitlines(), "requirements.txt", "uv.lock", lineterm="", n=0))
    sys.stdout.write("\n".join([*lines[:MOST_LINES], AGAIN]) + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
