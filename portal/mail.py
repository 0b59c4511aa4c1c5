"""
The outbox: a message is written in the transaction that causes it, so that it stands or falls with it.

Sending is the job worker's (portal.delivery). The text of a message is ``templates/mail/<template>.txt``; its first line is the
subject. A template ``<template>.html`` beside it, where there is one, becomes the message's HTML.
"""

import datetime
import json
import uuid

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.template import Context, TemplateDoesNotExist, engines
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from portal.delivery import deliver
from portal.errors import DomainError
from portal.models import Mail, MailState
from tenants.models import Tenant

AGAIN = (MailState.FAILED, MailState.UNCLEAR)


class NotToBeSentAgain(DomainError):
    message = _("Surel ini tidak perlu dikirim ulang: sudah terkirim atau masih menunggu giliran.")
    status = 409
    code = "mail-not-failed"


def post(
    *,
    to: str,
    template: str,
    context: dict | None = None,
    subject: str = "",
    tenant: Tenant | None = None,
    about: str = "",
    key: str = "",
    secret: bool = False,
    language: str = "id",
    by=None,
    at: datetime.datetime | None = None,
) -> Mail:
    """
    Put one message to one address into the outbox and tell the worker; returns its row.

    ``key`` names the cause: posted again under the same key, the first row is returned and nothing is sent a second time.
    ``subject`` overrides the template's first line (which then is text). ``tenant`` is who sees what became of it; inside a
    government, by default that one. ``about`` is an address or a name for the sender's list. ``secret``: the text opens a door
    and is deleted as soon as it was sent. ``by`` is a Member or a User; by default who acts on the connection. Templates see
    ``site_url`` besides ``context``.
    """
    at = at or timezone.now()
    subject, text, html = _written(template, {"site_url": settings.SITE_URL, **(context or {})}, language, subject)
    sender_id, sender_name = _sender(by)
    return _queued(
        Mail(
            key=key or f"{template}:{uuid.uuid4()}",
            tenant=tenant or _mounted_tenant(),
            to=to,
            subject=subject,
            text=text,
            html=html,
            secret=secret,
            about=about,
            posted_by_id=sender_id,
            posted_by_name=sender_name,
            posted_at=at,
            due_at=at,
        )
    )


def _queued(mail: Mail) -> Mail:
    """``mail`` with its job; under a key that is known, the message that was posted first."""
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
            deliver.enqueue(str(mail.pk))
    except IntegrityError:
        earlier = Mail.objects.filter(key=mail.key).first()
        if earlier is None:
            raise
        return earlier
    return mail


def sent_by(tenant: Tenant) -> QuerySet[Mail]:
    """The messages of a government or of the ministry itself. Their texts may hold secret links: they are never shown."""
    return Mail.objects.filter(tenant=tenant).defer("text", "html")


def resend(*, mail: Mail, by, at: datetime.datetime) -> Mail:
    """Send a message again that failed or of which nobody knows; ``by`` decides that twice is better than never."""
    with transaction.atomic():
        mail = Mail.objects.select_for_update().get(pk=mail.pk)
        if mail.state not in AGAIN:
            raise NotToBeSentAgain
        mail.state, mail.attempts, mail.due_at, mail.error = MailState.QUEUED, 0, at, ""
        mail.save(update_fields=["state", "attempts", "due_at", "error"])
        deliver.enqueue(str(mail.pk))
    return mail


def _written(template: str, context: dict, language: str, subject: str) -> tuple[str, str, str]:
    engine = engines["django"]
    with translation.override(language):
        text = _drawn(engine.get_template(f"mail/{template}.txt"), context, autoescape=False)
        try:
            html = _drawn(engine.get_template(f"mail/{template}.html"), context, autoescape=True)
        except TemplateDoesNotExist:
            html = ""
    if not subject:
        subject, _line, text = text.partition("\n")
    return " ".join(subject.split())[:200], text.strip() + "\n", html


def _drawn(template, context: dict, *, autoescape: bool) -> str:
    return template.template.render(Context(context, autoescape=autoescape)).strip()


def _mounted_tenant() -> Tenant | None:
    return connection.tenant if isinstance(connection.tenant, Tenant) else None


def _sender(by) -> tuple[int | None, str]:
    if by is not None:
        user = getattr(by, "user", by)
        return user.pk, by.name
    actor = json.loads(connection.actor or "{}")
    return actor.get("id"), actor.get("name", "")
