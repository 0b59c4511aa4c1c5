import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("menunggu")
    SENDING = "sending", _("sedang dikirim")
    SENT = "sent", _("terkirim")
    FAILED = "failed", _("gagal")
    UNCLEAR = "unclear", _("tidak pasti")


# The text of such a message was deleted after it had been sent.
FORGOTTEN = models.Q(state=MailState.SENT, secret=True)


class Mail(models.Model):
    """
    One message to one address, written in the transaction that causes it and sent by the job worker afterwards.

    ``key`` names the cause, so that a repeated operation posts nothing twice. A message whose sending was cut off in the middle
    becomes ``unclear`` and is not sent again by itself: twice is worse than late. One that is ``secret`` carries a link
    that opens a door to whoever reads it: its text is kept until it was sent, and no longer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    tenant = models.ForeignKey("tenants.Tenant", models.CASCADE, null=True, related_name="+")
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    secret = models.BooleanField(default=False, db_default=False)
    about = models.CharField(max_length=200, blank=True)
    posted_by_id = models.BigIntegerField(null=True)
    posted_by_name = models.CharField(max_length=200, blank=True)
    posted_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-posted_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="portal_mail_due"),
            models.Index(fields=["tenant", "-posted_at"], name="portal_mail_tenant"),
        ]
        constraints = [
            models.CheckConstraint(condition=~FORGOTTEN | models.Q(text="", html=""), name="portal_mail_forgotten"),
            models.CheckConstraint(condition=FORGOTTEN | ~models.Q(text=""), name="portal_mail_text"),
        ]

    def __str__(self):
        return f"{self.subject} → {self.to}"

    @property
    def is_forgotten(self) -> bool:
        """What FORGOTTEN says in SQL."""
        return self.secret and self.state == MailState.SENT


class IdempotencyKey(models.Model):
    """
    One POST that was sent under a key, and the answer it got: sent again, it gets the same answer and happens once.

    ``scope`` is who sent it (a person or an API key); ``tenant`` the government it went to, empty outside of all;
    ``fingerprint`` hashes method, path and body. Rows are kept for settings.IDEMPOTENCY_HOURS (portal.idempotency).
    """

    id = models.BigAutoField(primary_key=True)
    tenant = models.ForeignKey("tenants.Tenant", models.CASCADE, null=True, related_name="+")
    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "tenant", "key"], nulls_distinct=False, name="portal_idempotencykey_once")
        ]
        indexes = [models.Index(fields=["created_at"], name="portal_idempotencykey_age")]

    def __str__(self):
        return f"{self.scope} {self.key}"


class Allowance(models.Model):
    """
    How many requests a caller of the REST interface has made in its current minute; one row per caller.

    Counted by one statement (portal.throttling), so that two requests at once are two.
    """

    caller = models.CharField(max_length=80, primary_key=True)
    window = models.BigIntegerField()
    used = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(used__gt=0), name="portal_allowance_used")]

    def __str__(self):
        return f"{self.caller}: {self.used}"
