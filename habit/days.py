"""Days shown up: a total and n of the last 28, which nothing can break (behaviour.md section 4, R14)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

SPAN = 28
"""Days that are looked back on, today included."""
Cell = tuple[date, bool] | None


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


def month(days: Collection[date], today: date, first_weekday: int = 0) -> tuple[tuple[Cell, ...], ...]:
    """The last 28 days as a calendar, for members who ask for one: 4 or 5 weeks of 7, each day with whether they showed
    up, None outside the 28. `first_weekday`: 0 is Monday, 6 Sunday."""
    start = today - timedelta(days=SPAN - 1)
    marked = set(days)
    lead = (start.weekday() - first_weekday) % 7
    cells: list[Cell] = [None] * lead
    cells += [(day, day in marked) for day in (start + timedelta(days=n) for n in range(SPAN))]
    cells += [None] * (-len(cells) % 7)
    return tuple(tuple(cells[n : n + 7]) for n in range(0, len(cells), 7))
