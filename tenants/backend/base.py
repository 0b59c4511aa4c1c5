"""
The database backend: django-tenants' own, with the role set beside the search_path.

One statement sets search_path, role and the acting person. It is sent before the next query when one of them has changed, and
again whenever the database may have forgotten them (new connection, rollback): what Python believes and what holds in the
database never differ.
"""

from typing import NamedTuple

from django.db.utils import InternalError
from django_tenants.postgresql_backend import base as tenants_base
from django_tenants.utils import quote_schema_name

from tenants import roles

default_role = roles.OWNER  # wsgi and the job worker lower it to loket_app before the first connection

TRANSACTION_FAILED = tenants_base.psycopg.extensions.TRANSACTION_STATUS_INERROR


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
        """
        Take ``role`` and ``schema_name`` from the next statement on; costs nothing where they already hold.

        Unlike ``set_tenant`` of django-tenants it leaves the ContentType cache alone (content types stand in ``public`` only)
        and the settings, which all threads share.
        """
        if (role, schema_name) != (self.role, self.schema_name) or not self.include_public_schema:
            self._forget()
        self.role, self.schema_name, self.include_public_schema = role, schema_name, True
        self.tenant = tenants_base.FakeTenant(schema_name=schema_name) if tenant is None else tenant

    def restore(self, standing: Standing):
        self.stand(role=standing.role, schema_name=standing.schema_name, tenant=standing.tenant)

    def set_actor(self, actor: str):
        if actor != self.actor:
            self.actor = actor
            self._forget()

    def get_new_connection(self, conn_params):
        self._forget()
        return super().get_new_connection(conn_params)

    def commit(self):
        """
        Commit, or say that there is nothing to commit.

        PostgreSQL answers COMMIT in a failed transaction with a silent ROLLBACK: whoever swallowed the error would report
        as saved what is not, and role and search_path would be those of before the transaction.
        """
        if self._failed:
            raise InternalError("the transaction had failed before its end: nothing of it was saved")
        super().commit()

    def _forget(self):
        self.search_path_set_schemas = None

    @property
    def _failed(self) -> bool:
        return self.connection is not None and self.connection.info.transaction_status == TRANSACTION_FAILED

    def _handle_search_path(self, cursor=None):
        if self._setting_search_path or self.search_path_set_schemas or self._failed:
            return  # a failed transaction accepts nothing but its rollback, which comes back here
        paths = self._get_cursor_search_paths()
        self._setting_search_path = True
        own = self.connection.cursor() if cursor is None else cursor
        try:
            own.execute(
                "SELECT set_config('search_path', %s, false), set_config('role', %s, false), "
                "set_config('loket.actor', %s, false)",
                [",".join(quote_schema_name(path) for path in paths), self.role, self.actor],
            )
            self.search_path_set_schemas = paths
        finally:
            self._setting_search_path = False
            if cursor is None:
                own.close()
