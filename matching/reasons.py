"""Why these two, and why not you: typed facts from which content/ makes sentences.

Nothing here tells of blocks, or of the waiting, idle days or rank of others. Whoever could only have met someone who
blocked them gets the same reason as someone whose possible partners were all taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from matching.person import Member
from matching.score import Points
from matching.week import Week, hours
from matching.weights import Term


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that suits both, as each of their clocks shows it."""

    yours: datetime
    theirs: datetime


@dataclass(frozen=True, slots=True)
class SharedHours:
    """So many hours in this week, and one of them."""

    points: int
    hours: float
    example: Slot


@dataclass(frozen=True, slots=True)
class Stages:
    """How many steps apart they are on the way: close ones where that counts ("stage"), or unlike ones ("mixed")."""

    points: int
    kind: Literal["stage", "mixed"]
    apart: int


@dataclass(frozen=True, slots=True)
class SharedTags:
    """What both have or one offers the other: goals; needs (theirs for you) and offers (yours for them); topics;
    paths."""

    points: int
    kind: Literal["goals", "needs", "offers", "topics", "paths"]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameName:
    """A role, second role, first language, industry or company in common."""

    points: int
    kind: Literal["role", "second", "native", "industry", "company"]
    name: str


@dataclass(frozen=True, slots=True)
class OtherTeams:
    """They work in different teams."""

    points: int
    yours: str
    theirs: str


Reason = SharedHours | Stages | SharedTags | SameName | OtherTeams


def why(you: Member, them: Member, points: Points, shared: int, week: Week, top: int = 3) -> tuple[Reason, ...]:
    """The terms that earned most, as facts seen from `you`, who was the first of the pair when `points` were counted
    (see `turned`). `shared`: the half hours both stated, in `week`. Luck and what is fair to hosts
    are no reasons and are left out."""
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))
    made = (_reason(term, worth, you, them, shared, week) for term, worth in ranked)
    return tuple(reason for reason in made if reason is not None)[:top]


def turned(points: Points) -> Points:
    """The points of a symmetric pair as the other one sees them.

    >>> turned({"needs": 100, "stage": 250})
    {'offers': 100, 'stage': 250}
    """
    other: dict[Term, Term] = {"needs": "offers", "offers": "needs"}
    return {other.get(term, term): worth for term, worth in points.items()}


def slot(at: datetime, yours: str, theirs: str) -> Slot:
    """An instant on the clocks of two zones."""
    return Slot(at.astimezone(ZoneInfo(yours)), at.astimezone(ZoneInfo(theirs)))


def _reason(term: Term, worth: int, a: Member, b: Member, shared: int, week: Week) -> Reason | None:
    match term:
        case "hours":
            return SharedHours(worth, hours(shared), slot(week.slots(shared, (a.zone, b.zone), 1)[0], a.zone, b.zone))
        case "stage" | "mixed":
            return Stages(worth, term, abs((a.stage or 0) - (b.stage or 0)))
        case "goals" | "needs" | "offers" | "topics" | "paths":
            return SharedTags(worth, term, tuple(sorted(_TAGS[term](a, b))))
        case "role" | "native" | "industry" | "second" | "company":
            return SameName(worth, term, _NAMES[term](b) or "")
        case "teams":
            return OtherTeams(worth, a.team or "", b.team or "")
        case "chance" | "idle":
            return None
        case _:
            assert_never(term)


_TAGS: dict[str, Callable[[Member, Member], frozenset[str]]] = {
    "goals": lambda a, b: a.goals & b.goals,
    "needs": lambda a, b: a.needs & b.offers,
    "offers": lambda a, b: b.needs & a.offers,
    "topics": lambda a, b: a.topics & b.topics,
    "paths": lambda a, b: a.paths & b.paths,
}
_NAMES: dict[str, Callable[[Member], str | None]] = {
    "role": lambda b: b.role,
    "second": lambda b: b.role,
    "native": lambda b: b.native,
    "industry": lambda b: b.industry,
    "company": lambda b: b.company,
}
