"""What figures are compared with: the packages of the dependency group ``bench``, installed when a figure needs them."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).parents[1]


def at_hand(module: str) -> bool:
    """Whether ``module`` can be imported, after an attempt to install the group; says so where it cannot."""
    uv = shutil.which("uv") or shutil.which(str(BASE / ".uv" / "bin" / "uv"))
    if importlib.util.find_spec(module) is None and uv:
        subprocess.run([uv, "sync", "--frozen", "--inexact", "--group", "bench", "--quiet"], cwd=BASE, check=False)
        importlib.invalidate_caches()
    if importlib.util.find_spec(module) is None:
        sys.stdout.write(f"{module} is not installed (uv sync --group bench): no peer to compare with.\n")
        return False
    return True
