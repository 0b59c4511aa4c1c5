from django.apps import AppConfig


class AlmanacConfig(AppConfig):
    name = "almanac"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from almanac import operations_filling
        from portal import jobs

        # At every start and every night: the year that has begun brings the next one into the calendar.
        jobs.register(jobs.Job("almanac", jobs.DAY, operations_filling.fill_ahead, after=jobs.AT_NIGHT))
