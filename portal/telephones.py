"""
Telephone numbers as Indonesians write them, and the links by which a telephone dials them or opens WhatsApp.

``022 1234567``, ``(022) 123-4567 pes. 12``, ``+62 812-3456-7890``, ``62812…``, call centres (``1500 123``, ``112``), and
a link to WhatsApp (``wa.me/62812…``). What was written stays as it is; the link is made from it.
"""

import re

from django.utils.translation import gettext_lazy as _

from portal.errors import DomainError

COUNTRY = "62"
WRITTEN = re.compile(r"\+?[\d\s().\-/]+")
EXTENSION = re.compile(r"[\s,;]*(?:ext|ekst|pesawat|pes|psw)\.?\s*(\d{1,5})$", re.IGNORECASE)
WHATSAPP_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?(?:.*&)?phone=)(?:\+|%2B)?(\d+)[^\d]?.*",
    re.IGNORECASE,
)
# Without the trunk's zero: area code and number, 2 to 9 in front. There is no area 000: invented numbers have it.
NATIONAL = re.compile(r"[2-9]\d{6,11}|00\d{7}")
# Emergency and service numbers, call centres: dialled as they are.
SHORT = re.compile(r"1\d{2,4}|1500\d{3}|0800\d{6,8}")


class UnreadableTelephone(DomainError):
    message = _("Nomor telepon belum terbaca. Tulis dengan kode wilayahnya, misalnya 022 1234567 atau 0812-3456-7890.")
    field = "phone"
    code = "unreadable-telephone"


class UnreadableWhatsApp(DomainError):
    message = _("Nomor WhatsApp belum terbaca. Tulis nomor lengkapnya, misalnya 0812-3456-7890, atau tempel tautan wa.me.")
    field = "whatsapp"
    code = "unreadable-whatsapp"


def _digits(text: str) -> str | None:
    """The national number without its zero; None where the text is no number of Indonesia."""
    if not WRITTEN.fullmatch(text):
        return None
    digits = re.sub(r"\D", "", text)
    if text.startswith("+") or (digits.startswith(COUNTRY) and len(digits) > 9):
        if not digits.startswith(COUNTRY):
            return None
        digits = digits.removeprefix(COUNTRY)
    elif not digits.startswith("0"):
        return None
    digits = digits.removeprefix("0")
    return digits if NATIONAL.fullmatch(digits) else None


def one_line(text: str) -> str:
    return " ".join(text.split())


def check(text: str) -> str:
    """The number as it was written, tidied. Raises UnreadableTelephone; an empty one is no number and no error."""
    text = one_line(text)
    if text and not dial(text):
        raise UnreadableTelephone
    return text


def check_whatsapp(text: str) -> str:
    """The number as it was written, tidied; of a link its number. Raises UnreadableWhatsApp."""
    text = one_line(text)
    link = WHATSAPP_LINK.fullmatch(text)
    if link:
        text = f"+{link[1]}"
    if text and not chat(text):
        raise UnreadableWhatsApp
    return text


def dial(text: str) -> str:
    """``tel:+62221234567``; empty for what cannot be dialled."""
    extension = EXTENSION.search(text)
    number = text[: extension.start()] if extension else text
    after = f";ext={extension[1]}" if extension else ""
    plain = re.sub(r"[\s().\-/]", "", number)
    if SHORT.fullmatch(plain):
        return f"tel:{plain}"
    digits = _digits(number.strip())
    return f"tel:+{COUNTRY}{digits}{after}" if digits else ""


def chat(text: str) -> str:
    """``https://wa.me/628123456789``; empty for what is no whole number."""
    digits = _digits(text.strip())
    return f"https://wa.me/{COUNTRY}{digits}" if digits else ""
