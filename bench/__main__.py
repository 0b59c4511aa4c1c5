"""``make bench``: the figures. Each module here with a ``main`` runs in a process of its own; ``make bench ONLY=national``."""

import ast
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def modules() -> list[str]:
    """The names of the modules that have something to show, by name."""
    found = []
    for path in sorted(HERE.glob("*.py")):
        functions = {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
        if "main" in functions and path.stem != "__main__":
            found.append(path.stem)
    return found


def main(wanted: list[str]) -> int:
    unknown = set(wanted) - set(modules())
    if unknown:
        sys.stdout.write(f"No such figures: {', '.join(sorted(unknown))}. There are: {', '.join(modules())}.\n")
        return 2
    failed = []
    for name in wanted or modules():
        began = time.monotonic()
        code = subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=HERE.parent, check=False).returncode
        sys.stdout.write(f"({name}: {time.monotonic() - began:.0f} s)\n")
        sys.stdout.flush()
        failed += [name] if code else []
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
