"""What tests of people need besides the cast: passwords, links out of mails, one connection per racing thread."""

import re

import pytest
from django.core.cache import cache
from django.db import connection

from accounts.models import Invitation, Membership, User
from audit.models import Event, Head
from portal.models import Mail
from tenants.context import as_owner
from tests.committed import elsewhere

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
def committed(db):
    """
    ``committed(work)`` runs work in a thread whose connection commits, for races. What has ``balapan`` in its address is taken
    away again, past the triggers, and the audit trail is cut back to where it stood.
    """
    head = elsewhere(_head)
    yield elsewhere
    elsewhere(_remove, head)


def _head():
    with as_owner():
        return Head.objects.filter(schema_name="public").values("sequence", "digest").first() or {"sequence": 0, "digest": ""}


def _remove(head):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        people = User.objects.filter(email__contains="balapan")
        Membership.objects.filter(user__in=people).delete()
        Invitation.objects.filter(email__contains="balapan").delete()
        cursor.execute("DELETE FROM accounts_user WHERE email LIKE '%balapan%'")
        Event.objects.filter(sequence__gt=head["sequence"]).delete()
        Head.objects.filter(schema_name="public").update(**head)
        cursor.execute("SET session_replication_role = origin")
        cache.clear()
