"""What rounds, labels and the inventory card show on the page of a room."""

from equipment import queries_stocktakes as queries
from offices.panels import Panel, register


def room_card(request, room) -> dict:
    """The newest rounds of the room, and what can be printed for it."""
    rounds = list(queries.stock_takes().filter(room=room)[:3])
    going_on = next((each for each in rounds if each.finished_at is None), None)
    return {
        "room": room,
        "office": room.office_id,
        "going_on": going_on,
        "last": next(iter(queries.tallies([each for each in rounds if each.finished_at is not None][:1])), None),
        "may_edit": request.member.may("equipment.edit", dinas=room.office.dinas_id),
    }


def show() -> None:
    register(Panel("room", 20, "equipment/rounds_panel.html", room_card, right="equipment.view"))
