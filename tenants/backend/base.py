"""
The database backend: django-tenants' own, with the role set beside the search_path.

One statement sets search_path, role and the acting person, and is sent when any of them has changed (TENANT_LIMIT_SET_CALLS):
a page costs one such statement, and no state of an earlier request can survive into the next.
"""

from typing import NamedTuple

from django.db.utils import DatabaseError
from django_tenants.postgresql_backend import base as tenants_base
from django_tenants.utils import quote_schema_name

from tenants import roles

default_role = roles.OWNER  # wsgi and the job worker lower it to loket_app before the first connection


class Standing(NamedTuple):
    role: str
    schema_name: str
    tenant: object


class DatabaseWrapper(tenants_base.DatabaseWrapper):
    def __init__(self, *args, **kwargs):
        self.role = default_role
        self.actor = ""
        super().__init__(*args, **kwargs)

    @property
    def standing(self) -> Standing:
        return Standing(self.role, self.schema_name, self.tenant)

    def stand(self, *, role, schema_name, tenant=None):
        """Take ``role`` and ``schema_name`` from the next statement on; costs nothing where they already hold."""
        if (role, schema_name) == (self.role, self.schema_name) and tenant in (None, self.tenant):
            return
        self.role = role
        if tenant is None:
            tenant = tenants_base.FakeTenant(schema_name=schema_name)
        self.set_tenant(tenant)
        self.set_settings_schema(schema_name)
        self.schema_name = schema_name

    def restore(self, standing: Standing):
        self.stand(role=standing.role, schema_name=standing.schema_name, tenant=standing.tenant)

    def set_actor(self, actor: str):
        if actor != self.actor:
            self.actor = actor
            self.search_path_set_schemas = None

    def _handle_search_path(self, cursor=None):
        if self._setting_search_path or self.search_path_set_schemas:
            return
        paths = self._get_cursor_search_paths()
        self._setting_search_path = True
        own = self.connection.cursor() if cursor is None else cursor
        try:
            own.execute(
                "SELECT set_config('search_path', %s, false), set_config('role', %s, false), set_config('loket.actor', %s, false)",
                [",".join(quote_schema_name(path) for path in paths), self.role, self.actor],
            )
        except (DatabaseError, tenants_base.psycopg.InternalError):
            # In an aborted transaction nothing can be set; the rollback forgets the cached path, so the next cursor sets it.
            self.search_path_set_schemas = None
            if not self._in_failed_transaction():
                raise
        else:
            self.search_path_set_schemas = paths
        finally:
            self._setting_search_path = False
            if cursor is None:
                own.close()

    def _in_failed_transaction(self) -> bool:
        status = self.connection.info.transaction_status
        return status == tenants_base.psycopg.extensions.TRANSACTION_STATUS_INERROR
