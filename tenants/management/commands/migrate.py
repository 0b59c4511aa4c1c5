from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.utils.module_loading import import_string

from tenants.context import as_owner
from tenants.privileges import apply_grants


class Command(migrate.Command):
    help = "Migrates the shared schema and sets the roles' privileges there. The governments' schemas: migrate_tenants."

    def handle(self, *args, **options):
        with as_owner():
            result = super().handle(*args, **options)
            if not options["plan"] and not options["check_unapplied"] and not options["app_label"]:
                call_command("createcachetable", verbosity=0)
                apply_grants(import_string(settings.GRANTS))
        return result
