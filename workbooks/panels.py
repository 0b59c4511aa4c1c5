"""The card of the workbook on an office's page."""

from offices.panels import Panel
from offices.panels import register as register_panel
from workbooks import queries


def office_workbook(request, office) -> dict | None:
    """Where the workbook is, and what became of the last upload. One query; None for who may not import."""
    if not request.member.may("workbooks.import", dinas=office.dinas_id):
        return None
    return {"office": office, "last": queries.runs(office.dinas, office).first()}


def register() -> None:
    register_panel(Panel("detail", 70, "workbooks/office_panel.html", office_workbook, right="workbooks.import"))
