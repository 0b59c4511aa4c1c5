from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EquipmentConfig(AppConfig):
    name = "equipment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from equipment import panel_inventory, panel_rounds, panel_supplies, queries, queries_stocktakes
        from equipment.operations_supplies import copy_supplies
        from equipment.views_kits import office_card, room_card
        from offices import contents, copying, panels

        copying.register(40, _("Daftar persediaan, tanpa stoknya"), copy_supplies)
        contents.register(queries.contents)
        contents.register(queries_stocktakes.contents)
        panels.register(panels.Panel("detail", 25, "equipment/kits_panel.html", office_card, right="equipment.view"))
        panels.register(panels.Panel("room", 10, "equipment/kits_panel.html", room_card, right="equipment.view"))
        panel_inventory.show()
        panel_rounds.show()
        panel_supplies.show()
