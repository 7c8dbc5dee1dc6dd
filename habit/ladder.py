"""How big a step is: six rungs from ten seconds to half an hour, never climbed unasked (behaviour.md R6, R9)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

DOSES: tuple[int, ...] = (10, 30, 120, 300, 900, 1800)
"""Seconds of each rung."""
TOP = len(DOSES) - 1
WINDOW = timedelta(days=14)
ENOUGH = 10
"""Days shown up within WINDOW before a harder rung may be offered (R9)."""


def easier(rung: int) -> int:
    """One rung down; the lowest stays, for the ten-second version is complete (R6).

    >>> easier(2), easier(0)
    (1, 0)
    """
    return min(max(rung - 1, 0), TOP)


def harder(rung: int) -> int:
    """One rung up; the top stays. Only for a member who asked or accepted (R9).

    >>> harder(0), harder(TOP) == TOP
    (1, True)
    """
    return min(max(rung + 1, 0), TOP)


def may_offer_harder(rung: int, shown: Collection[date], today: date) -> bool:
    """Whether a harder rung may be offered: ten distinct days in the fourteen ending `today`, not at the top (R9).
    How often it is offered is `habit.taper`'s."""
    recent = {day for day in shown if today - WINDOW < day <= today}
    return rung < TOP and len(recent) >= ENOUGH
