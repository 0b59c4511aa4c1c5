"""
Labels of things: what a sticker says and its QR code leads to, such as ``K7M4-P2``.

Six signs of an alphabet from which everything was left out that is taken for something else (O, Q and D for 0, I and L for 1,
Z, S, G, B for 2, 5, 6, 8, U, V and W for one another, Y for X). The last is a check over the others: with a prime number of
signs and different weights no single wrong sign and no two exchanged ones give another label.
"""

import re
import secrets

ALPHABET = "0123456789ACEFHJKMNPRTX"
SIGNS = 5
SPLIT = 4
MISTAKEN = str.maketrans({"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "G": "6", "B": "8"})
SPACERS = re.compile(r"[\s\-–—_.]+")


def make() -> str:
    """A label at random; the database says whether it is taken in this government (operations.add tries again)."""
    return completed("".join(secrets.choice(ALPHABET) for _sign in range(SIGNS)))


def completed(signs: str) -> str:
    """The label of five signs: with its check, and written in two parts."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(signs, start=2))
    whole = signs + ALPHABET[-total % len(ALPHABET)]
    return f"{whole[:SPLIT]}-{whole[SPLIT:]}"


def read(text: str) -> str | None:
    """
    The label that somebody typed or scanned, as it is kept; None where ``text`` is none of ours.

    Forgives small letters, blanks, dashes and look-alikes, and takes the address in a sticker's QR code.
    """
    last = text.strip().rstrip("/").rpartition("/")[2]
    signs = SPACERS.sub("", last).upper().translate(MISTAKEN)
    if len(signs) != SIGNS + 1 or not set(signs) <= set(ALPHABET):
        return None
    label = completed(signs[:SIGNS])
    return label if label[-1] == signs[-1] else None
