"""The messages that a government has sent: what became of each, and sending again what failed."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from portal import mail
from portal.errors import DomainError
from portal.listing import Column, Empty, Filter, Listing
from portal.models import MailState
from portal.navigation import Entry, register

RIGHT = "mail.view"
KINDS = {
    MailState.QUEUED: "none",
    MailState.SENDING: "none",
    MailState.SENT: "ok",
    MailState.FAILED: "bad",
    MailState.UNCLEAR: "warn",
}

register(
    Entry(80, gettext_lazy("Surel"), "portal:mails", "send", right=RIGHT),
    Entry(80, gettext_lazy("Surel"), "portal:mails", "send", right=RIGHT, mount="ministry"),
)


def for_senders(view):
    """The mark of the pages here: members with the right. (The policy's own marks stand in a room above this one.)"""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.member is None or not request.member.may(RIGHT):
            raise PermissionDenied(_("Peran Anda di sini tidak mencakup daftar surel. Mintalah kepada pimpinan Anda."))
        return view(request, *args, **kwargs)

    guarded.access = RIGHT
    return guarded


@for_senders
@require_safe
def mails(request):
    listing = Listing(
        request,
        mail.sent_by(request.tenant),
        columns=[
            Column("subject", _("Perihal"), sort="subject"),
            Column("to", _("Kepada"), sort="to"),
            Column("posted", _("Dibuat"), sort="posted_at"),
            Column("state", _("Keadaan"), sort="state"),
            Column("action", _("Tindakan"), hideable=False),
        ],
        search=["subject", "to", "posted_by_name"],
        filters=[Filter("keadaan", _("Keadaan"), MailState.choices, "state")],
        order="-posted",
        noun=_("surel"),
        empty=Empty(
            _("Belum ada surel"), _("Undangan dan pemberitahuan yang dikirim dari sini muncul di daftar ini."), icon="send"
        ),
    )
    for each in listing.rows:
        each.kind, each.may_resend = KINDS[each.state], each.state in mail.AGAIN
    troubled = mail.sent_by(request.tenant).filter(state__in=mail.AGAIN).count()
    return listing.respond("portal/mails.html", {"troubled": troubled, "crumbs": [(_("Surel"), None)]})


@for_senders
@require_POST
def resend(request, pk):
    wanted = get_object_or_404(mail.sent_by(request.tenant), pk=pk)
    try:
        again = mail.resend(mail=wanted, by=request.member, at=timezone.now())
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Surel kepada %(to)s akan dikirim lagi.") % {"to": again.to})
    return redirect("portal:mails")
