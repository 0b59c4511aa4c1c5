"""
mypy, less what its view of Django cannot know.

A lazy sentence (``gettext_lazy``) stands for a ``str`` wherever one is shown, and our middleware gives each request its
government, member and day; the connection is of our backend. Everything else it finds counts.
"""

import re
import subprocess
import sys

from config.environment import BASE

UNKNOWN_TO_IT = re.compile(
    r"_StrPromise|_StrOrPromise|\"BaseDatabaseWrapper\" has no attribute"
    r"|\"(?:Http|WSGI)?Request\" has no attribute \"(?:member|tenant|today|htmx|id|key|started)\""
)


def main() -> int:
    said = subprocess.run([str(BASE / ".venv" / "bin" / "mypy")], cwd=BASE, capture_output=True, text=True, check=False)
    lines = [line for line in (said.stdout + said.stderr).splitlines() if not UNKNOWN_TO_IT.search(line)]
    errors = [line for line in lines if ": error: " in line]
    crashed = said.returncode not in (0, 1)
    if errors or crashed:
        sys.stdout.write("\n".join(lines if crashed else errors) + "\n")
    return 1 if errors or crashed else 0


if __name__ == "__main__":
    sys.exit(main())
