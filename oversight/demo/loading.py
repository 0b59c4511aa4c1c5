"""Enters the demonstration, step by step; each step does only what is missing."""

import datetime
from collections.abc import Callable

from oversight.demo import people
from tenants.context import as_owner


def load(*, at: datetime.datetime, tell: Callable[[str], object]) -> None:
    with as_owner():
        people.enter(today=at.date())
