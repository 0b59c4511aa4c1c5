from django.apps import AppConfig


class CircularsConfig(AppConfig):
    name = "circulars"
    default_auto_field = "django.db.models.BigAutoField"
