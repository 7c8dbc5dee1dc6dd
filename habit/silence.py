"""What unanswered messages lead to: smaller, one look at the design, longer quiet, an end (behaviour.md R18, R19)."""

from __future__ import annotations

from typing import Literal

from chat.errors import LimitError

Turn = Literal["step", "tiny", "trouble", "weekly", "last"]

MOST_UNANSWERED = 6
"""So many messages in a row may stay unanswered; then none comes, ever, until the member acts (R19)."""

_TURNS: tuple[Turn, ...] = ("step", "step", "tiny", "trouble", "weekly", "last")
_SILENT_DAYS = (0, 0, 0, 1, 3, 7)


def turn(unanswered: int) -> Turn | None:
    """The message after so many unanswered in a row; None is dormancy. "trouble": shall we fix the design? "weekly":
    the smallest step and "weekly instead?". "last": the goodbye. Raises LimitError below zero.

    >>> [turn(n) for n in range(7)]
    ['step', 'step', 'tiny', 'trouble', 'weekly', 'last', None]
    """
    _natural(unanswered)
    return _TURNS[unanswered] if unanswered < MOST_UNANSWERED else None


def silent_days(unanswered: int) -> int:
    """Days without a message before that one (R19: 1, 3, 7). Raises LimitError where no message comes.

    >>> [silent_days(n) for n in range(6)]
    [0, 0, 0, 1, 3, 7]
    """
    _natural(unanswered)
    if unanswered >= MOST_UNANSWERED:
        raise LimitError(f"after {MOST_UNANSWERED} unanswered no message comes: ask turn() first")
    return _SILENT_DAYS[unanswered]


def _natural(unanswered: int) -> None:
    if unanswered < 0:
        raise LimitError("a number of unanswered messages is 0 or more")
