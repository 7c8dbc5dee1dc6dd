"""What members typed about themselves, as far as it decides who should meet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from matching.week import ANY, WAKING

Format = Literal["call", "chat", "async"]
"""How a seeker wants to talk. Only a call needs a shared hour."""
Path = Literal["switched role", "switched industry", "same school", "first AI job"]
NOTHING: frozenset[str] = frozenset()


class Level(IntEnum):
    """Which hours count: those a member stated, also 8 to 22 o'clock, or any. A rung of the ladder for left-overs."""

    STATED = 0
    WAKING = 1
    ANY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of a programme. What was not said is None or empty and earns no points.

    `hours`: local half hours of a week as a bit set (see matching.week); None counts as waking hours. `wait`: rounds
    without a match so far. `new`: never had one. `native`: the first language. `team`: whoever shares it does not
    meet. `companies`: where a seeker would like to work. `paths`: a Path, or "same school: <name as typed>".
    """

    id: str
    languages: frozenset[str]
    zone: str = "UTC"
    hours: int | None = None
    native: str | None = None
    stage: int | None = None
    goals: frozenset[str] = NOTHING
    needs: frozenset[str] = NOTHING
    offers: frozenset[str] = NOTHING
    role: str | None = None
    second: str | None = None
    industry: str | None = None
    topics: frozenset[str] = NOTHING
    company: str | None = None
    companies: frozenset[str] = NOTHING
    paths: frozenset[str] = NOTHING
    team: str | None = None
    wait: int = 0
    new: bool = False
    paused: bool = False
    external: bool = False

    def local(self, level: Level) -> int:
        """The local half hours that count on this rung."""
        stated = WAKING if self.hours is None else self.hours
        match level:
            case Level.STATED:
                return stated
            case Level.WAKING:
                return stated | WAKING
            case Level.ANY:
                return ANY


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer(Member):
    """Someone who meets equals, in pairs or circles. `hosts`: willing to host a circle."""

    hosts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker(Member):
    """Someone who wants to ask. `role` and `second` are the roles they are growing into, `topics` their curiosities."""

    format: Format = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host(Member):
    """Someone who answers. `role` is what they do, `topics` what they can talk about, `seats` the talks left, `idle`
    the days since they last gave one or began to offer them."""

    seats: int = 1
    idle: int = 0
