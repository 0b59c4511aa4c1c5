"""A real SMTP server on loopback that says what a test tells it to say."""

import socket
import threading

from aiosmtpd.controller import Controller


class Postman:
    """Takes messages; ``answers`` are given in turn before that, and ``at_data`` runs when a message has arrived whole."""

    def __init__(self):
        self.taken: list[str] = []
        self.answers: list[str] = []
        self.at_data = None
        self._lock = threading.Lock()

    async def handle_RCPT(self, server, session, envelope, address, options):
        with self._lock:
            if self.answers:
                return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        with self._lock:
            self.taken.append(envelope.content.decode())
        if self.at_data:
            self.at_data(server)
        return "250 OK"


class MailServer(Controller):
    def __init__(self):
        super().__init__(Postman(), hostname="127.0.0.1", port=free_port())

    @property
    def taken(self) -> list[str]:
        return self.handler.taken


def mailers(port: int) -> dict:
    """The setting MAILERS that leads to a server on loopback."""
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
