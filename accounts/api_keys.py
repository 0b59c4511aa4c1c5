"""
Endpoints of a government's own keys.

Only a person with a session makes and revokes them, never a key: ``keys.manage`` is no scope (accounts.policy.API_SCOPES).
"""

from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from accounts import access, keys, policy, queries
from accounts.enums import KeyState
from accounts.gate import GovernmentEndpoint
from portal.api import page_of
from portal.api_fields import Choice, Day, Entries, Line, Moment
from portal.api_filters import Filters, Search
from portal.openapi import example, operation

SCOPES = list(policy.API_SCOPES)
ENTRIES = {"name": "SIMPEG", "scopes": ["duties.view", "offices.view"], "expires_on": "2027-06-30"}
KEY = {
    "id": "8c1f0e7a-4b0d-4b53-9f0e-2d3c4b5a6f70", "prefix": "k7m2qxr9", **ENTRIES, "state": "valid",
    "expires_at": "2027-06-30T17:00:00Z", "created_at": "2026-11-23T03:00:00Z", "created_by": "Wali Kota Bandung",
    "revoked_at": None, "last_used_on": None,
}  # fmt: skip
NEW = {**KEY, "secret": "loket_k7m2qxr9_…"}


class KeySerializer(serializers.Serializer):
    """A key without the key: only its hash is kept."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    prefix = serializers.CharField(help_text="The first letters, by which a program's key is found: `loket_<prefix>_…`.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES))
    state = serializers.SerializerMethodField()
    expires_on = serializers.DateField(source="last_on", help_text="The last local day on which it works.")
    expires_at = Moment()
    created_at = Moment()
    created_by = serializers.CharField(source="created_by_name")
    revoked_at = Moment(allow_null=True)
    last_used_on = serializers.DateField(allow_null=True)

    def get_state(self, key) -> KeyState:
        return key.state_at(self.context["view"].at)


class NewKeySerializer(KeySerializer):
    secret = serializers.CharField(
        allow_null=True, help_text="The key itself, told this once; a repetition under the same Idempotency-Key gets null."
    )


class KeyEntries(Entries):
    name = Line(max_length=100)
    scopes = serializers.ListField(child=Choice(choices=SCOPES), min_length=1, max_length=len(policy.API_SCOPES))
    expires_on = Day(help_text="The last local day on which it works, within a year.")


class KeyFilters(Filters):
    q = Search(lookups=["name__icontains", "prefix__icontains"], help_text="In name and prefix.")


class Keys(GovernmentEndpoint):
    rights = {"GET": "keys.manage", "POST": "keys.manage"}
    filters = KeyFilters
    orders = {"name": ("name", "pk"), "created_at": ("created_at", "pk"), "expires_at": ("expires_at", "pk")}
    paged = True

    @operation(
        "listKeys",
        gives=page_of(KeySerializer),
        examples=[example("One key", {"count": 1, "page": 1, "per_page": 25, "results": [KEY]})],
    )
    def get(self, request, government):
        """
        List the keys of a government

        Valid, expired and revoked ones.
        """
        return self.page(queries.api_keys(request.tenant), KeySerializer)

    @operation(
        "makeKey", takes=KeyEntries, gives=NewKeySerializer, status=201,
        examples=[example("A key that reads", ENTRIES, sent=True), example("A new key", NEW)],
    )  # fmt: skip
    def post(self, request, government):
        """
        Make a key

        For a program of the government. Its `secret` is in this answer and nowhere else. By a person with a session.
        """
        entries = self.read(KeyEntries)
        expires_at = keys.end_of(entries.pop("expires_on"), request.tenant)
        key, key.secret = keys.issue(tenant=request.tenant, expires_at=expires_at, by=request.member, at=self.at, **entries)
        response = self.shown(key, NewKeySerializer, status=201, location=f"{request._request.path}/{key.pk}")
        response["Cache-Control"] = "private, no-store"
        response.kept = JSONRenderer().render({**response.data, "secret": None})
        return response


class Key(GovernmentEndpoint):
    rights = {"GET": "keys.manage", "DELETE": "keys.manage"}

    @operation("getKey", gives=KeySerializer, examples=[example("A key", KEY)])
    def get(self, request, government, pk):
        """Read what is known of a key"""
        return self.shown(access.get_key(request.member, pk), KeySerializer)

    @operation("revokeKey", gives=KeySerializer)
    def delete(self, request, government, pk):
        """
        Revoke a key

        It opens nothing from now on. One that was revoked before is 409.
        """
        key = access.get_key(request.member, pk)
        return self.shown(keys.revoke(key=key, by=request.member, at=self.at), KeySerializer)
