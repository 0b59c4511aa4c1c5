"""
Sending what stands in the outbox: once.

A message is claimed in a transaction of its own (queued -> sending), sent outside of any, and settled in another. What the mail
server clearly did not take is tried again, later each time; what it refused for good has failed; where the line broke after the
message was handed over, or the worker died in between, nobody knows: ``unclear``, and only a person sends it again.
"""

import datetime
import smtplib
from contextlib import suppress
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.models import Mail, MailState
from tenants.context import as_public

WAITS = (
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=6),
)
# Longer than the longest conversation with a mail server (twenty seconds' patience for each of its steps).
LEASE = datetime.timedelta(minutes=10)
OVERDUE = datetime.timedelta(minutes=1)
MOST_AT_ONCE = 500
CUT_OFF = "Pengiriman terputus di tengah jalan."


@task(queue_name="mail")
def deliver(mail_id: str) -> str:
    """The job of one message; answers with the state it left the message in, empty where it was not its turn."""
    with as_public():
        return attempt(mail_id, at=timezone.now())


def attempt(mail_id: str, *, at: datetime.datetime) -> str:
    """Try once to send the message if it is queued and due; two workers at the same time send it once."""
    mail = _claim(mail_id, at)
    if mail is None:
        return ""
    state, error = _send(mail)
    if state == MailState.QUEUED and mail.attempts > len(WAITS):
        state = MailState.FAILED
    _settle(mail, state, error, at)
    return state


def sweep(*, at: datetime.datetime) -> dict[str, int]:
    """Every minute: messages whose worker died become unclear, due ones whose job was lost get a new job."""
    stuck = Mail.objects.filter(state=MailState.SENDING, due_at__lt=at).update(state=MailState.UNCLEAR, error=CUT_OFF)
    waiting = DBTaskResult.objects.filter(status="READY", task_path=deliver.module_path)
    known = set(waiting.values_list("args_kwargs__args__0", flat=True))
    late = Mail.objects.filter(state=MailState.QUEUED, due_at__lt=at - OVERDUE).order_by("due_at").values_list("pk", flat=True)
    lost = [str(pk) for pk in late[:MOST_AT_ONCE] if str(pk) not in known]
    for pk in lost:
        deliver.enqueue(pk)
    return {"unclear": stuck, "again": len(lost)}


def _claim(mail_id: str, at: datetime.datetime) -> Mail | None:
    with transaction.atomic():
        due = Mail.objects.filter(pk=mail_id, state=MailState.QUEUED, due_at__lte=at)
        mail = due.select_for_update(skip_locked=True, of=("self",)).first()
        if mail is not None:
            mail.state, mail.attempts, mail.due_at = MailState.SENDING, mail.attempts + 1, at + LEASE
            mail.save(update_fields=["state", "attempts", "due_at"])
        return mail


def _settle(mail: Mail, state: str, error: str, at: datetime.datetime) -> None:
    """Write down what became of the claim; ``due_at`` is its mark: a message that was claimed anew since is left alone."""
    due_at = at + WAITS[mail.attempts - 1] if state == MailState.QUEUED else mail.due_at
    changes: dict[str, object] = {"state": state, "error": error[:1000], "due_at": due_at}
    if state == MailState.SENT:
        changes["sent_at"] = at
    if state == MailState.SENT and mail.secret:
        changes |= {"text": "", "html": ""}
    claimed = Mail.objects.filter(pk=mail.pk, due_at=mail.due_at, state__in=[MailState.SENDING, MailState.UNCLEAR])
    with transaction.atomic():
        if claimed.update(**changes) and state == MailState.QUEUED:
            deliver.using(run_after=due_at).enqueue(str(mail.pk))


def _send(mail: Mail) -> tuple[str, str]:
    mailer = mailers["default"]
    try:
        mailer.open()
    except OSError as error:  # smtplib's own errors are OSErrors, too
        return MailState.QUEUED, _said(error)
    try:
        mailer.send_messages([_message(mail)])
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError, ValueError) as error:
        return (MailState.QUEUED if _is_temporary(error) else MailState.FAILED), _said(error)
    except OSError as error:
        return MailState.UNCLEAR, _said(error)
    finally:
        with suppress(OSError):
            mailer.close()
    return MailState.SENT, ""


def _message(mail: Mail) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    # The same for every attempt: a server that got it twice after all can see that.
    headers = {"Message-ID": f"<{mail.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _reply(error: Exception) -> tuple[int, str] | None:
    """Code and words of the mail server, where it answered."""
    words: bytes | str
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return None
    return code, words.decode(errors="replace") if isinstance(words, bytes) else str(words)


def _is_temporary(error: Exception) -> bool:
    reply = _reply(error)
    return reply is not None and 400 <= reply[0] < 500


def _said(error: Exception) -> str:
    reply = _reply(error)
    return f"{reply[0]} {reply[1]}" if reply else f"{type(error).__name__}: {error}"
