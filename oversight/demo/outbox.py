"""Examples of sent messages, so that the senders' pages show each state. None of them is ever sent."""

import datetime

from accounts.models import Membership
from portal.delivery import CUT_OFF
from portal.models import Mail, MailState

FATES = (
    (MailState.SENT, "seruni@contoh.test", ""),
    (MailState.FAILED, "alamat-salah@contoh.test", "550 5.1.1 mailbox unavailable"),
    (MailState.UNCLEAR, "pandan@contoh.test", CUT_OFF),
)
SENDERS = ("petugas@pusat.contoh.test", "walikota@bandung.contoh.test")


def enter(*, at: datetime.datetime) -> None:
    for sender in SENDERS:
        seat = Membership.objects.select_related("user", "tenant").get(user__email=sender)
        for hours, (state, to, error) in enumerate(FATES, start=1):
            then = at - datetime.timedelta(days=2, hours=hours)
            Mail.objects.get_or_create(
                key=f"contoh:{seat.tenant.slug}:{state}",
                defaults={
                    "tenant": seat.tenant,
                    "to": to,
                    "subject": f"Undangan ke {seat.tenant.name}",
                    "text": "Surel contoh.\n",
                    "posted_by_id": seat.user_id,
                    "posted_by_name": seat.user.name,
                    "posted_at": then,
                    "due_at": then,
                    "sent_at": then if state == MailState.SENT else None,
                    "state": state,
                    "attempts": 1,
                    "error": error,
                },
            )
