"""What tests of supplies begin with."""

from equipment import operations_supplies as operations
from tenants.context import mounted

PAPER = {"kind": "paper", "name": "Kertas A4", "unit": "rim", "minimum": 5}


def add(office, by, at, on_hand=0, **facts):
    with mounted(by.tenant):
        return operations.add_supply(office=office, on_hand=on_hand, by=by, at=at, **(PAPER | facts))
