from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from offices import events
        from oversight import rollup

        events.listen(rollup.refresh)
