from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from accounts import second_factor, sessions, signin

        second_factor.connect()
        sessions.connect()
        signin.connect()
