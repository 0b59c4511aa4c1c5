"""What is exported comes back unchanged, whatever stands in it."""

import pytest

from workbooks.enums import RunState

pytestmark = pytest.mark.django_db


def test_untouched_workbook_changes_nothing(furnished, export, upload, rows):
    run = upload(export(furnished), furnished)

    assert (run.state, run.reason, rows(run)) == (RunState.CHECKED, "", [])
    assert run.counts == {
        "offices": {"same": 1, "warnings": 0},
        "hours": {"same": 1, "warnings": 0},
        "special_days": {"same": 1, "warnings": 0},
        "rooms": {"same": 2, "warnings": 0},
        "desks": {"same": 2, "warnings": 0},
        "items": {"same": 3, "warnings": 0},
        "supplies": {"same": 2, "warnings": 0},
        "staff": {"same": 1, "warnings": 0},
    }


def test_untouched_workbook_of_a_dinas_changes_nothing(furnished, export, upload, rows, make_office):
    make_office("Loket Gedebage")

    run = upload(export())

    assert (run.state, run.reason, rows(run)) == (RunState.CHECKED, "", [])
    assert (run.counts["offices"]["same"], run.counts["hours"]["same"]) == (2, 2)


def test_workbook_saved_by_another_program_changes_nothing(furnished, export, fill, upload, rows):
    run = upload(fill(export(furnished)).bytes(), furnished)

    assert (run.state, run.reason, rows(run)) == (RunState.CHECKED, "", [])
