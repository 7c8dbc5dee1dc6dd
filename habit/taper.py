"""Getting out of the way: which single offer an answered card may carry (behaviour.md R9, R21; section 3 says why)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from habit.ladder import TOP, may_offer_harder
from habit.today import Standing

Offer = Literal["weekly", "stop", "harder"]

WEEKLY_FROM = timedelta(days=56)
STOP_FROM = timedelta(days=112)
DAYS_A_WEEK = 4
WEEKS = 4
REST = timedelta(days=28)
"""The same offer comes again only after this; a member who let it pass has answered (R9, R21)."""
APART = timedelta(days=7)
"""No two offers, whichever, closer than this: three in three days would be nagging (section 7)."""


def offer(standing: Standing, shown: Collection[date], today: date, offered: Mapping[str, date]) -> Offer | None:
    """What to offer after Done, or None. `shown`: local dates with a step, today's already in it; `offered`: offer ->
    the day it was last made. A reply to the member's own tap, so it costs no unsolicited message (R2). The first that
    fits of: stop (16 weeks on and still showing up), weekly (8 weeks on, four days in each of four weeks), harder."""
    if standing.state != "active" or any(abs(today - day) < APART for day in offered.values()):
        return None
    return next((one for one in _fitting(standing, shown, today) if _rested(one, today, offered)), None)


def easier_offer(last_answers: Sequence[str], rung: int = TOP) -> bool:
    """Whether to offer an easier rung: the last two answers (oldest first, newest last) were both "shrunk", and there
    is an easier one. Offered, never done by itself (R9).

    >>> easier_offer(["done", "shrunk", "shrunk"]), easier_offer(["shrunk", "done"])
    (True, False)
    """
    return rung > 0 and list(last_answers[-2:]) == ["shrunk", "shrunk"]


def _fitting(standing: Standing, shown: Collection[date], today: date) -> Iterator[Offer]:
    age = today - standing.started_on
    steady = by_itself(standing, shown, today)
    if age >= STOP_FROM and steady:
        yield "stop"
    if age >= WEEKLY_FROM and steady and standing.rhythm == "daily":
        yield "weekly"
    if may_offer_harder(standing.dose, shown, today):
        yield "harder"


def by_itself(standing: Standing, shown: Collection[date], today: date) -> bool:
    """Whether the habit seems to run: daily, four days in every one of the four weeks ending `today` (R21); weekly, a
    day in three of them."""
    weeks = [0] * WEEKS
    for day in set(shown):
        ago = (today - day).days
        if 0 <= ago < 7 * WEEKS:
            weeks[ago // 7] += 1
    if standing.rhythm == "weekly":
        return sum(count > 0 for count in weeks) >= WEEKS - 1
    return min(weeks) >= DAYS_A_WEEK


def _rested(one: Offer, today: date, offered: Mapping[str, date]) -> bool:
    return one not in offered or today - offered[one] > REST
