from django.apps import AppConfig


class PrintsConfig(AppConfig):
    name = "prints"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from offices import events
        from prints import kit, operations, panels

        events.listen(operations.note_changes)
        panels.register()
        kit.register()
