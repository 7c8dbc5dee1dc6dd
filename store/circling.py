"""The course of a circle, kept in its row: what it was asked, which vote is open, when its weekly hour comes again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from store.circles import Circle, CircleMember

Step = Literal["", "renew", "quiet", "look", "merge", "pair", "grown"]
"""What a circle waits for; "" is its next week. renew: the vote after the last week; quiet: anybody's word; look: a
circle to join; merge and pair: votes; grown: to greet who joined."""
WEEKS, ALIVE_WEEK, QUIET_WEEKS = 6, 3, 2
WEEK, PAUSE, VOTE = timedelta(weeks=1), timedelta(weeks=2), timedelta(days=5)
FIRST = timedelta(hours=12)
"""Between the welcome and the first question there is this at least."""
CIRCLE, PAIR = "circle", "pair"
"""What a member may wish for: three to five, or one partner."""
BELONGS: Mapping[str, tuple[str, ...]] = {
    "renew": ("on", "end"), "quiet": ("alive",), "merge": ("merge", "apart"), "pair": ("pair", "end"),
}  # fmt: skip
"""The votes of each step; while weeks go by these are `WEEKLY`."""
WEEKLY = ("alive", "quiet", "pause")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """`asked`: ids of questions, the oldest first. `polls`: letters so far besides the weekly ones; the last of them
    may ask for votes. `term`: the how manyth six weeks. `pair`: two who wish to be two. `gathered`: so many were in the
    conversation when it was opened; `alone`: none could be opened. `alive_at`: with which question, counted from 1, it
    was asked whether they talk. `into`: the circle that is asked whether both become one; `by`: the one that asked.
    `settled`: everybody has said whether it goes on, before the date."""

    asked: tuple[str, ...] = ()
    polls: int = 0
    term: int = 1
    pair: bool = False
    gathered: int = 0
    alone: bool = False
    alive_at: int = 0
    step: Step = ""
    into: str = ""
    by: str = ""
    settled: bool = False

    def kept(self) -> dict[str, Any]:
        """As `Circle.question` keeps it."""
        return asdict(self)


def course_of(circle: Circle) -> Course:
    """As kept; a circle of which nothing is kept begins."""
    kept = cast("Mapping[str, Any]", circle.question or {})
    known = {field.name for field in fields(Course)}
    return Course(**{name: value for name, value in kept.items() if name in known})


def slot_of(at: datetime, zone: str) -> dict[str, str]:
    """As `Circle.slot` keeps it: the first time, and the clock it stays true to when clocks change."""
    return {"at": at.astimezone(UTC).isoformat(), "zone": zone}


def next_slot(circle: Circle, after: datetime) -> datetime:
    """The circle's weekly hour strictly after an instant (UTC), the same local time on its clock in every week."""
    slot = cast("Mapping[str, str]", circle.slot)
    zone = ZoneInfo(slot["zone"])
    first = datetime.fromisoformat(slot["at"]).astimezone(zone)
    weeks = max(0, (after - first) // WEEK - 1)
    while True:
        # Local arithmetic: the wall clock stays, the instant moves with the zone.
        found = (first.replace(fold=0) + weeks * WEEK).astimezone(UTC)
        if found > after:
            return found
        weeks += 1


def too_small(course: Course, members: int) -> bool:
    """Whether a circle has become too few to go on as it is."""
    return members < (2 if course.pair else 3)


def votes_open(circle: Circle) -> tuple[str, ...]:
    """What may be voted in it now."""
    course = course_of(circle)
    if circle.state == "running":
        return (*WEEKLY, *(BELONGS["merge"] if course.by else ()))
    return BELONGS.get(course.step, ()) if circle.state in {"closing", "merging"} else ()


def count(members: Sequence[CircleMember], vote: str) -> int:
    """How many of them say so."""
    return sum(member.vote == vote for member in members)


def carried(members: Sequence[CircleMember], yes: str, no: str) -> bool:
    """Whether more of those who answered want it than not."""
    return count(members, yes) > count(members, no)


def alive(members: Sequence[CircleMember]) -> bool:
    """Whether somebody said in any way that there is life in it: by any word but that it is quiet."""
    return any(member.vote not in {None, "", "quiet"} for member in members)


def all_answered(members: Sequence[CircleMember], votes: Collection[str]) -> bool:
    """Whether everybody in it has said one of these."""
    return bool(members) and all(member.vote in votes for member in members)
