"""When to ask again for something learned: FSRS in whole local days, one question a day at most (behaviour.md R22).

The library's learning steps of minutes are off, for a daily bot cannot keep them, and so is its fuzz, which draws from
the process's own randomness and could not be replayed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from fsrs import Card, Rating, Scheduler

from chat.errors import LimitError

Grade = Literal["again", "hard", "good", "easy"]

LONGEST = 180
"""Days between two questions of one card at most."""
FIRST = timedelta(days=3)
_DAY = timedelta(days=1)
_RATINGS: dict[Grade, Rating] = {
    "again": Rating.Again,
    "hard": Rating.Hard,
    "good": Rating.Good,
    "easy": Rating.Easy,
}
_SCHEDULER = Scheduler(
    desired_retention=0.9, learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False
)


def new_card(id: str, today: date) -> str:  # noqa: A002  # the prompt's own word
    """The card (JSON) of prompt `id`, first asked after three days: soon enough to be found again, late enough to be
    recalled, and nobody's second message is a question (behaviour.md section 5: a fifth to two fifths of a week).

    >>> due_on(new_card("learn.two-passes", date(2026, 3, 4)))
    datetime.date(2026, 3, 7)
    """
    number = int.from_bytes(hashlib.sha256(id.encode()).digest()[:6], "big")
    return Card(card_id=number, due=_noon(today + FIRST)).to_json()


def due_on(card: str) -> date:
    """The local date on which it may be asked. Raises LimitError when it is no card."""
    return _read(card).due.date()


def review(card: str, grade: Grade, now: datetime) -> tuple[str, date]:
    """The card after an answer, and the date it is due again, at least a day on. `now` is aware and in the member's
    zone: its date is the day of the answer, its hour does not matter. Raises LimitError when naive or no card."""
    if now.tzinfo is None:
        raise LimitError("review takes an aware datetime, in the member's zone")
    after, _ = _SCHEDULER.review_card(_read(card), _RATINGS[grade], _noon(now.date()))
    return after.to_json(), after.due.date()


def after_pause(due: Sequence[tuple[str, date]], today: date) -> tuple[tuple[str, date], ...]:
    """(id, due date) pairs spread anew from `today` on: one a day, the longest due first, none earlier than it was, so
    that whoever comes back meets one question and no backlog (R22).

    >>> a, b, c = (("a", date(2026, 3, 2)), ("b", date(2026, 3, 1)), ("c", date(2026, 3, 20)))
    >>> [(id_, day.day) for id_, day in after_pause([a, b, c], date(2026, 3, 9))]
    [('b', 9), ('a', 10), ('c', 20)]
    """
    spread: list[tuple[str, date]] = []
    free = today
    for id_, was in sorted(due, key=lambda pair: (pair[1], pair[0])):
        spread.append((id_, max(was, free)))
        free = spread[-1][1] + _DAY
    return tuple(spread)


def _noon(day: date) -> datetime:
    """The library counts whole periods of 24 hours; noon to noon they are calendar days."""
    return datetime.combine(day, time(12), tzinfo=UTC)


def _read(card: str) -> Card:
    try:
        return Card.from_json(card)
    except (ValueError, KeyError, TypeError) as error:
        raise LimitError("this text is no recall card: make a new one with new_card") from error
