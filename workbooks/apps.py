from django.apps import AppConfig


class WorkbooksConfig(AppConfig):
    name = "workbooks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import datetime

        from portal.jobs import MINUTE, Job
        from portal.jobs import register as register_job
        from workbooks import jobs, panels

        panels.register()
        register_job(
            Job("workbooks", MINUTE, jobs.resume),
            Job("workbooks_forget", datetime.timedelta(hours=1), jobs.forget),
        )
