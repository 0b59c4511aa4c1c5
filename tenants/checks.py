"""
What the database server must be like, said in words before anything is built on it.

Run by ``manage.py check --database default``, by ``migrate`` and by ``prepare``. An error is something with which Loket would
do wrong; a warning something with which it will fail some day.
"""

from collections.abc import Callable
from contextlib import closing
from functools import partial

import psycopg2
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.db.utils import OperationalError as DatabaseAway

from tenants import roles
from tenants.context import as_owner

OLDEST = 150000
LOCKS = 512
LOCKS_WISHED = 1024


@register(Tags.database)
def check_server(app_configs=None, databases=None, **_kwargs) -> list:
    found = []
    for alias in databases or []:
        connection = connections[alias]
        try:
            with as_owner(), connection.cursor() as cursor:
                for check in (version, encoding, locks, jit, extension, login):
                    found += check(cursor)
            found += pooler(partial(psycopg2.connect, **plain(connection.get_connection_params())))
        except (DatabaseAway, psycopg2.OperationalError) as error:
            hint = "Periksa DATABASE_URL, dan apakah PostgreSQL berjalan."
            found.append(Error(f"Basis data tidak dapat dihubungi: {error}".strip(), hint=hint, id="tenants.E001"))
    return found


def plain(parameters: dict) -> dict:
    """The parameters of a connection without Django's own kind of cursor."""
    return {name: value for name, value in parameters.items() if name != "cursor_factory"}


def version(cursor) -> list:
    number = int(setting(cursor, "server_version_num"))
    if number >= OLDEST:
        return []
    return [Error(f"PostgreSQL {number // 10000} terlalu lama; Loket memerlukan versi 15 atau lebih baru.", id="tenants.E002")]


def encoding(cursor) -> list:
    name = setting(cursor, "server_encoding")
    if name == "UTF8":
        return []
    hint = "Buatlah basis data dengan ENCODING 'UTF8' TEMPLATE template0."
    return [Error(f"Basis data memakai pengodean {name}, bukan UTF8.", hint=hint, id="tenants.E003")]


def locks(cursor) -> list:
    number = int(setting(cursor, "max_locks_per_transaction"))
    if number >= LOCKS:
        return []
    hint = f"ALTER SYSTEM SET max_locks_per_transaction = {LOCKS_WISHED}; lalu mulai ulang PostgreSQL."
    text = f"max_locks_per_transaction = {number} tidak cukup untuk 552 skema: pencadangan penuh (pg_dump) akan gagal."
    return [Warning(text, hint=hint, id="tenants.W001")]


def jit(cursor) -> list:
    if setting(cursor, "jit") == "off":
        return []
    hint = "Loket mematikannya pada setiap sambungan; jika sambungan melalui pooler: ALTER ROLE … SET jit = off."
    return [Warning("jit menyala: kueri atas banyak skema menjadi belasan kali lebih lambat.", hint=hint, id="tenants.W002")]


def extension(cursor) -> list:
    cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'btree_gist'")
    if cursor.fetchone():
        return []
    hint = "Pasang paket postgresql-contrib pada server basis data."
    return [Error("Ekstensi btree_gist tidak tersedia.", hint=hint, id="tenants.E004")]


def login(cursor) -> list:
    """The login role makes one role for each government, and takes each of them."""
    cursor.execute("SELECT rolname, rolsuper, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user")
    name, is_super, may_create = cursor.fetchone()
    if not may_create:
        hint = f'ALTER ROLE "{name}" CREATEROLE; sebagai administrator basis data.'
        return [Error(f"Peran {name} tidak boleh membuat peran pemerintah daerah.", hint=hint, id="tenants.E005")]
    missing = [role for role in (roles.APP, roles.TENANTS, roles.MINISTRY) if not is_super and not may_take(cursor, role)]
    if not missing:
        return []
    hint = "Peran itu dibuat oleh peran masuk lain. Sebagai administrator: " + " ".join(
        f'GRANT {role} TO "{name}" WITH ADMIN OPTION;' for role in missing
    )
    return [Error(f"Peran {name} tidak boleh memakai peran {', '.join(missing)}.", hint=hint, id="tenants.E006")]


def may_take(cursor, role: str) -> bool:
    """Whether the login role can take ``role``, or will be able to since it is not there yet."""
    cursor.execute("SELECT to_regrole(%s) IS NULL OR pg_has_role(session_user, to_regrole(%s), 'MEMBER')", [role, role])
    return cursor.fetchone()[0]


def pooler(connect: Callable) -> list:
    """
    A pooler between us and the server must keep role, search_path and actor with the connection that set them.

    With transaction pooling the next statement may come to another session, which stands in another government: the wrong
    rows, without an error. Provoked by a second connection that takes the session which the first one used last.
    """
    with closing(connect()) as first, closing(connect()) as second:
        first.autocommit = True
        with first.cursor() as one, second.cursor() as two:
            one.execute(
                "SELECT set_config('search_path', 'pg_catalog', false), set_config('loket.actor', 'probe', false), "
                "set_config('role', session_user::text, false)"
            )
            two.execute("SELECT 1")  # opens a transaction, which keeps its session
            one.execute("SELECT current_setting('search_path'), current_setting('loket.actor', true), current_setting('role')")
            search_path, actor, role = one.fetchone()
            if (search_path, actor) == ("pg_catalog", "probe") and role != "none":
                return []
    hint = "Pakailah pool_mode = session, atau hubungkan Loket langsung ke PostgreSQL."
    text = "Pooler di depan basis data melupakan peran dan search_path di antara dua perintah; baris orang lain akan terbaca."
    return [Error(text, hint=hint, id="tenants.E007")]


def setting(cursor, name: str) -> str:
    cursor.execute("SELECT current_setting(%s)", [name])
    return cursor.fetchone()[0]
