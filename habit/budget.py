"""Who goes first when several features would like to write on one day: one may (behaviour.md R2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

Kind = Literal["match_answer", "thanks", "weekly", "nudge", "follow_up", "offer"]

RANK: tuple[Kind, ...] = ("match_answer", "thanks", "weekly", "nudge", "follow_up", "offer")
"""The most important first; "weekly" is the weekly reflection."""
LAPSE_DAYS = 3


def first(kinds: Iterable[Kind]) -> Kind | None:
    """The one that goes; None of none.

    >>> first(["nudge", "thanks"])
    'thanks'
    """
    return min(kinds, key=RANK.index, default=None)


def lapsed(wanted_on: date, today: date) -> bool:
    """Whether a message wanted for one local day has waited too long: it may wait three days, then it is dropped.

    >>> lapsed(date(2026, 3, 1), date(2026, 3, 4)), lapsed(date(2026, 3, 1), date(2026, 3, 5))
    (False, True)
    """
    return (today - wanted_on).days > LAPSE_DAYS
