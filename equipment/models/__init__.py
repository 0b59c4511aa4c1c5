"""The nouns of this room: the inventory and its checks, desk kits, stock-takes, supplies."""

from equipment.models.inventory import Check, Item
from equipment.models.kits import KitAnswer
from equipment.models.stocktakes import LabelPrint, StockTake, StockTakeLine
from equipment.models.supplies import Movement, Supply

__all__ = ["Check", "Item", "KitAnswer", "LabelPrint", "Movement", "StockTake", "StockTakeLine", "Supply"]
