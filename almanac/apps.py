from django.apps import AppConfig


class AlmanacConfig(AppConfig):
    name = "almanac"
    default_auto_field = "django.db.models.BigAutoField"
