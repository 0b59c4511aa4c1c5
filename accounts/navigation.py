"""What people and sign-in add to the shell: entries of the navigation, the menu of the account, the switcher."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.queries import by_government, governments_of
from portal.context import kind_of
from portal.navigation import Entry, Place, register, register_places

register(
    Entry(60, _("Orang"), "accounts:people", "users", right="people.view"),
    Entry(60, _("Orang"), "accounts:people", "users", right="people.view", mount="ministry"),
    Entry(70, _("Kunci API"), "accounts:keys", "key", right="keys.manage"),
    Entry(10, _("Akun"), "accounts:profile", "user", mount="account"),
    Entry(20, _("Faktor kedua"), "mfa_index", "shield-check", mount="account"),
    Entry(30, _("Sesi"), "accounts:sessions", "device-desktop", mount="account"),
    Entry(40, _("Pemerintahan Anda"), "accounts:governments", "switch-horizontal", mount="account"),
)


@register_places
def places(request) -> list[Place]:
    """The governments of the signed-in person; inside a government they came with the membership, and cost no query."""
    if request.member is not None and request.member.everywhere:
        found = by_government(request.member.everywhere)
    else:
        found = governments_of(request.user, timezone.now())
    return [
        Place(each.tenant.name, str(kind_of(each.tenant)), f"/{each.tenant.slug}/", ministry=each.tenant.is_ministry)
        for each in found
    ]
