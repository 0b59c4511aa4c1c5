"""``make check``: each check by name, what it says when it finds something or cannot look, and a closing line. All run."""

import shutil
import subprocess
import sys
import time

from config import exported
from config.environment import BASE

BIN = BASE / ".venv" / "bin"
MANAGE = [sys.executable, "manage.py"]


def checks() -> dict[str, list[str]]:
    return {
        "lock file": [exported.find_uv() or "uv", "lock", "--check", "--quiet"],
        "export": [sys.executable, "-m", "config.exported"],
        "ruff": [str(BIN / "ruff"), "check", "--quiet", "."],
        "form": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "rooms": [str(BIN / "lint-imports")],
        "types": [sys.executable, "-m", "config.typecheck"],
        "templates": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
        "settings": [*MANAGE, "check", "--fail-level", "WARNING"],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "translations": [sys.executable, "-m", "config.translations"],
    }


def main() -> int:
    wrong = []
    for name, command in checks().items():
        began = time.monotonic()
        if shutil.which(command[0]) is None:
            done = subprocess.CompletedProcess(command, 127, "", f"{command[0]} is missing; remove .venv/ready and try again")
        else:
            done = subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=False)
        took = f"{time.monotonic() - began:5.1f} s"
        verdict = {0: "ok", exported.SKIPPED: "skip"}.get(done.returncode, "WRONG")
        sys.stdout.write(f"{verdict:<6} {took}  {name}\n")
        if verdict != "ok":
            sys.stdout.write(done.stdout + done.stderr + "\n")
        if verdict == "WRONG":
            wrong.append(name)
        sys.stdout.flush()
    sys.stdout.write(
        f"{len(wrong)} of {len(checks())} checks found something: {', '.join(wrong)}\n" if wrong else "All checks pass.\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
