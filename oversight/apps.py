from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from offices import events
        from oversight import checks, rollup
        from portal import jobs

        events.listen(rollup.refresh)
        jobs.register(jobs.Job("rollup", jobs.DAY, checks.nightly, after=jobs.AT_NIGHT))
