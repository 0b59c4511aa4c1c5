class PublicOnlyRouter:
    """The heads of the chains and the trigger's functions stand in ``public`` alone; the events in every schema."""

    def allow_migrate(self, db, app_label, model_name=None, **hints):
        from django.db import connections

        if app_label == "audit" and (model_name == "head" or hints.get("public_only")):
            return connections[db].schema_name == "public"
        return None
