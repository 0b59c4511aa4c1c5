"""
Database roles: what a connection may see is decided by the role it has taken, not by a filter in a query.

``loket_app``     public pages, sign-in, jobs: shared tables only, and of the tenants' rows none by default
``loket_tenant``  group of all tenants: what any tenant may do to shared tables (row level security applies)
``loket_t_…``     one per tenant, member of ``loket_tenant``: its own schema and its own rows
``loket_pusat``   the ministry, taken only for /pusat/

The connection's login role ("owner") migrates and provisions; no request ever runs as it. The four are fixed names:
one PostgreSQL cluster serves one installation.
"""

from dataclasses import dataclass

APP = "loket_app"
TENANTS = "loket_tenant"
MINISTRY = "loket_pusat"
OWNER = "none"
PREFIX = "loket_t_"

# Which rows of a shared table a role sees. tenants_mine() and tenants_below() read current_user, which no setting can forge;
# as subselects they are evaluated once per query, so that the indexes on tenant_id serve.
MINE = "tenant_id = (SELECT tenants_mine())"
MINE_OR_BELOW = "tenant_id = ANY ((SELECT tenants_below())::bigint[])"
MINISTRYS = "tenant_id = (SELECT id FROM tenants_tenant WHERE level = 'nation')"
ALL = "true"


def tenant_role(schema_name: str) -> str:
    return PREFIX + schema_name


@dataclass(frozen=True)
class Policy:
    """Row level security on one shared table for one role and one command."""

    role: str
    command: str
    using: str

    def sql(self, table: str) -> str:
        name = f"{self.role}_{self.command.lower()}"
        rows = f"USING ({self.using})" if self.command != "INSERT" else ""
        check = f"WITH CHECK ({self.using})" if self.command in ("INSERT", "UPDATE", "ALL") else ""
        return f'CREATE POLICY "{name}" ON public."{table}" FOR {self.command} TO {self.role} {rows} {check}'.rstrip()


@dataclass(frozen=True)
class Grant:
    """
    What the roles may do to one shared table: comma-separated privileges, empty for none.

    With ``policies`` the table stands under row level security; a role without a policy sees no row.
    """

    table: str
    app: str = ""
    tenants: str = ""
    ministry: str = ""
    policies: tuple[Policy, ...] = ()

    def sql(self) -> list[str]:
        statements = []
        for role, privileges in ((APP, self.app), (TENANTS, self.tenants), (MINISTRY, self.ministry)):
            statements.append(f'REVOKE ALL ON public."{self.table}" FROM {role}')
            if privileges:
                statements.append(f'GRANT {privileges} ON public."{self.table}" TO {role}')
        switch = "ENABLE" if self.policies else "DISABLE"
        statements.append(f'ALTER TABLE public."{self.table}" {switch} ROW LEVEL SECURITY')
        return statements + [policy.sql(self.table) for policy in self.policies]


def rows(*, app: str = "", tenants_read: str = "", tenants_write: str = "", ministry: str = "") -> tuple[Policy, ...]:
    """Policies of a table with a ``tenant_id``: the rows that each role reads (SELECT) and writes (everything else)."""
    policies = []
    if app:
        policies.append(Policy(APP, "ALL", app))
    if tenants_read:
        policies.append(Policy(TENANTS, "SELECT", tenants_read))
    if tenants_write:
        policies += [Policy(TENANTS, command, tenants_write) for command in ("INSERT", "UPDATE", "DELETE")]
    if ministry:
        policies.append(Policy(MINISTRY, "ALL", ministry))
    return tuple(policies)
