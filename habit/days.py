"""Days shown up: a total and n of the last 28, which nothing can break (behaviour.md section 4, R14)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SPAN = 28
"""Days that are looked back on, today included."""


def shown(days: Collection[date], today: date) -> tuple[int, int]:
    """How many days ever, and how many of the last 28. `days`: local dates with a step done or shrunk, twice is once.
    A date after `today` (the member flew over the date line) counts.

    >>> shown([date(2026, 1, 1), date(2026, 3, 4), date(2026, 3, 4)], date(2026, 3, 5))
    (2, 1)
    """
    distinct = set(days)
    return len(distinct), min(SPAN, sum(day > today - timedelta(days=SPAN) for day in distinct))


def dots(days: Collection[date], today: date) -> tuple[bool, ...]:
    """28 dots, the filled first: how many, never when (R14).

    >>> dots([date(2026, 3, 4), date(2026, 2, 20)], date(2026, 3, 5))[:4]
    (True, True, False, False)
    """
    filled = shown(days, today)[1]
    return (True,) * filled + (False,) * (SPAN - filled)
