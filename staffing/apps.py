from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "staffing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from audit import history
        from offices import events, first_day
        from staffing import operations, queries
        from staffing.panels import register

        history.mask("staffing_staff", "nip", "phone")
        events.listen_before(operations.follow_office)
        first_day.register(20, queries.own_steps)
        register()
