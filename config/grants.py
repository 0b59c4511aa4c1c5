"""
Who may touch which shared table: the one place where the privileges of the database roles stand.

Applied after every ``manage.py migrate``. A table that is not named here is closed to every role of the application; a test
compares this list with the tables that exist. Roles and row rules: tenants/roles.py.
"""

from tenants.roles import ALL, APP, MINE, MINE_OR_BELOW, MINISTRY, MINISTRYS, TENANTS, Grant, Policy, rows

READ = "SELECT"
WRITE = "SELECT, INSERT, UPDATE, DELETE"
ADD = "SELECT, INSERT"
# A government reads the circulars that were delivered to it or, for a province, to its districts; never a draft.
DELIVERED = "IN (SELECT circular_id FROM circulars_delivery)"
PUBLISHED = "published_at IS NOT NULL"
OF_DELIVERED = rows(tenants_read=f"circular_id {DELIVERED}", ministry=ALL)

GRANTS = [
    # tenants
    Grant("tenants_tenant", app=READ, tenants=READ, ministry=READ),
    Grant("tenants_region", app=READ, tenants=READ, ministry=READ),
    Grant("tenants_schemascript"),
    # audit: rows of public, written by the trigger alone
    Grant("audit_event", ministry=READ),
    Grant("audit_head", ministry=READ),
    # portal
    Grant(
        "portal_mail",
        app=WRITE,
        tenants="SELECT, INSERT, UPDATE",
        ministry=WRITE,
        policies=rows(app=ALL, tenants_read=MINE, tenants_write=MINE, ministry=ALL),
    ),
    Grant(
        "portal_idempotencykey",
        app=WRITE,
        tenants=WRITE,
        ministry=WRITE,
        policies=rows(app="tenant_id IS NULL", tenants_read=MINE, tenants_write=MINE, ministry=MINISTRYS),
    ),
    Grant("portal_allowance", app=WRITE),
    # accounts
    Grant(
        "accounts_user",
        app="SELECT, INSERT, UPDATE",
        tenants=READ,
        ministry=READ,
        policies=rows(
            app=ALL,
            tenants_read="id IN (SELECT user_id FROM accounts_membership WHERE tenant_id = (SELECT tenants_mine()))",
            ministry=ALL,
        ),
    ),
    Grant(
        "accounts_membership",
        app="SELECT, INSERT, UPDATE",
        tenants="SELECT, INSERT, UPDATE",
        ministry="SELECT, INSERT, UPDATE",
        policies=rows(app=ALL, tenants_read=MINE, tenants_write=MINE, ministry=ALL),
    ),
    Grant(
        "accounts_invitation",
        app="SELECT, UPDATE",
        tenants="SELECT, INSERT, UPDATE",
        ministry="SELECT, INSERT, UPDATE",
        policies=rows(app=ALL, tenants_read=MINE, tenants_write=MINE, ministry=ALL),
    ),
    Grant(
        "accounts_apikey",
        app="SELECT, UPDATE",
        tenants="SELECT, INSERT, UPDATE",
        ministry=READ,
        policies=rows(app=ALL, tenants_read=MINE, tenants_write=MINE, ministry=ALL),
    ),
    # almanac: the country's calendar and what else the ministry keeps for all
    Grant("almanac_publicday", app=READ, tenants=READ, ministry="SELECT, INSERT, UPDATE"),
    Grant("almanac_season", app=READ, tenants=READ, ministry=WRITE),
    Grant("almanac_browserversion", app=READ, tenants=READ, ministry=WRITE),
    # guides: a government reads what is published, never a draft
    Grant(
        "guides_guideversion",
        app=READ,
        tenants=READ,
        ministry=WRITE,
        policies=rows(app=PUBLISHED, tenants_read=PUBLISHED, ministry=ALL),
    ),
    Grant("guides_carecontact", app=READ, tenants=READ, ministry=ADD),
    # circulars
    Grant("circulars_circular", tenants=READ, ministry=WRITE, policies=rows(tenants_read=f"id {DELIVERED}", ministry=ALL)),
    Grant("circulars_circular_chosen", ministry=WRITE),
    Grant("circulars_point", tenants=READ, ministry=WRITE, policies=OF_DELIVERED),
    Grant("circulars_copy", tenants=READ, ministry=WRITE, policies=OF_DELIVERED),
    Grant("circulars_attachment", tenants=READ, ministry=WRITE, policies=OF_DELIVERED),
    Grant(
        "circulars_delivery",
        tenants="SELECT, UPDATE (opened_at, opened_by_id, opened_by_name, acknowledged_at)",
        ministry=ADD,
        policies=(
            Policy(TENANTS, "SELECT", MINE_OR_BELOW),
            Policy(TENANTS, "UPDATE", MINE),
            Policy(MINISTRY, "SELECT", ALL),
            Policy(MINISTRY, "INSERT", "opened_at IS NULL AND acknowledged_at IS NULL"),
        ),
    ),
    Grant(
        "circulars_acknowledgement",
        app=READ,
        tenants=ADD,
        ministry=READ,
        policies=(
            Policy(APP, "SELECT", ALL),
            Policy(TENANTS, "SELECT", MINE_OR_BELOW),
            Policy(TENANTS, "INSERT", MINE),
            Policy(MINISTRY, "SELECT", ALL),
        ),
    ),
    # oversight
    Grant(
        "oversight_officestatus",
        app=READ,
        tenants=WRITE,
        ministry=READ,
        policies=rows(app=ALL, tenants_read=MINE_OR_BELOW, tenants_write=MINE, ministry=ALL),
    ),
    Grant("oversight_check", ministry=READ),
    # Django and libraries
    # Sessions are read and written outside the mount: no government's page can take another person's session.
    Grant("django_session", app=WRITE),
    Grant("django_content_type", app=READ, tenants=READ, ministry=READ),
    Grant("django_migrations", app=READ),
    Grant("auth_permission"),
    Grant("auth_group"),
    Grant("auth_group_permissions"),
    Grant("loket_cache", app=WRITE, tenants=WRITE, ministry=WRITE),
    Grant("account_emailaddress", app=WRITE),
    Grant("account_emailconfirmation", app=WRITE),
    Grant("mfa_authenticator", app=WRITE),
    Grant("usersessions_usersession", app=WRITE),
    Grant("django_tasks_database_dbtaskresult", app=WRITE, tenants=ADD, ministry=ADD),
]
