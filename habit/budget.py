"""Who goes first when several messages of one person fall on one day: one may (behaviour.md R2)."""

from __future__ import annotations

from habit.today import Kind

ORDER: tuple[Kind, ...] = ("reflection", "prompt", "trouble", "last")
"""The most important first: the weekly look back, then the nudge and what may stand in its place."""


def rank(kind: Kind) -> int:
    """Where a kind stands in the order; the lowest goes.

    >>> rank("reflection") < rank("prompt")
    True
    """
    return ORDER.index(kind)
