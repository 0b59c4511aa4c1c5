from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import registers
        from almanac import own_days
        from offices import panels, queries_calendar
        from offices.models import Dinas
        from offices.panel_layout import office_rooms

        panels.register(panels.Panel("detail", 20, "offices/rooms_panel.html", office_rooms, right="layout.view"))
        registers.offer_dinas(lambda tenant: Dinas.objects.values_list("pk", "name"))
        own_days.offer(queries_calendar.own_days, queries_calendar.own_days_url)
