from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "offices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import registers
        from offices.models import Dinas

        registers.offer_dinas(lambda tenant: Dinas.objects.values_list("pk", "name"))
