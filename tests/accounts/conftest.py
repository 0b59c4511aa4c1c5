"""What tests of people need besides the cast: passwords, links out of mails, one connection per racing thread."""

import re

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.models import Invitation, Membership, User
from portal.models import Mail
from tenants.context import as_owner

PASSWORD = "gajah mada naik becak"


@pytest.fixture
def with_password():
    """``with_password(user)`` gives the user PASSWORD and returns the user."""

    def give(user: User) -> User:
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        return user

    return give


@pytest.fixture
def sign_in(client):
    """``sign_in(user, next=…)`` by the form, as a person does."""

    def post(user, password=PASSWORD, address="10.0.0.1", **query):
        return client.post("/masuk/", {"login": user.email, "password": password}, query_params=query, REMOTE_ADDR=address)

    return post


@pytest.fixture
def link_in_mail():
    """``link_in_mail(to)`` is the path of the newest link that was posted to an address."""

    def find(to: str) -> str:
        mail = Mail.objects.filter(to=to).latest("posted_at", "id")
        return re.search(r"https?://[^/\s]+(/\S+)", mail.text)[1]

    return find


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """
    A database that commits, for races: each thread has its own connection. What has ``balapan`` in its address is removed
    afterwards, past the triggers, so that the audit trail of other tests stays what it was.
    """
    with django_db_blocker.unblock():
        yield
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            people = User.objects.filter(email__contains="balapan")
            Membership.objects.filter(user__in=people).delete()
            Invitation.objects.filter(email__contains="balapan").delete()
            cursor.execute("DELETE FROM accounts_user WHERE email LIKE '%balapan%'")
            cursor.execute("DELETE FROM portal_mail WHERE \"to\" LIKE '%balapan%'")
            cursor.execute("DELETE FROM audit_event WHERE table_name LIKE 'accounts_%' AND after::text LIKE '%balapan%'")
            cursor.execute("SET session_replication_role = origin")
        cache.clear()
