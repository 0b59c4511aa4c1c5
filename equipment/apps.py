from django.apps import AppConfig


class EquipmentConfig(AppConfig):
    name = "equipment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from equipment import queries
        from offices import contents

        contents.register(queries.contents)
