"""The order of the rooms inside an app, read from the imports (between apps: import-linter, by ``make check``)."""

import ast
from pathlib import Path

import pytest

from config.environment import BASE

APPS = (
    "tenants", "audit", "portal", "accounts", "almanac", "guides", "circulars", "offices", "equipment", "staffing", "prints",
    "workbooks", "oversight",
)  # fmt: skip
# A module may import modules of the same step or a lower one; what is not named here may be imported by all.
STEPS = [{"enums"}, {"models", "fields"}, {"access", "queries"}, {"operations"}, {"forms", "api"}, {"views", "urls"}]


def step_of(module: str) -> int | None:
    name = module.split(".")[1] if "." in module else module
    return next((number for number, names in enumerate(STEPS) if name.split("_")[0] in names), None)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def modules() -> list[Path]:
    paths = [path for app in APPS for path in sorted((BASE / app).glob("*.py"))]
    return [path for path in paths if step_of(path.stem) is not None and path.parts[-2:] != ("tenants", "urls.py")]


@pytest.mark.parametrize("path", modules(), ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_module_imports_lower_steps_of_its_app_only(path):
    app, own = path.parent.name, step_of(path.stem)

    # tenants.urls is not a URL configuration: it builds addresses, and stands below the models that use it.
    imported = {name for name in imports_of(path) if name.startswith(f"{app}.") and not name.startswith("tenants.urls")}
    higher = {name for name in imported if (step_of(name) or 0) > own}

    assert higher == set()


def test_no_drawers():
    names = {path.stem for app in APPS for path in (BASE / app).rglob("*.py")}

    assert names & {"utils", "common", "helpers", "services", "misc", "tools"} == set()


def test_no_module_outgrows_its_subject():
    long = {}
    for app in (*APPS, "config", "bench", "tests"):
        for path in (BASE / app).rglob("*.py"):
            lines = path.read_text().count("\n")
            if lines > 400 and "migrations" not in path.parts:
                long[str(path.relative_to(BASE))] = lines

    assert long == {}
