"""Why a member has no match this round, and what they can do: the rule that binds, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching._columns import Columns
from matching._vector import same_code, shared_hours, shares
from matching.person import Level, Member
from matching.problem import Index
from matching.rules import Rules
from matching.week import HALF_HOURS, Week

Cause = Literal["paused", "external", "alone", "language", "role", "team", "hours", "met", "taken"]
"""external: a stranger from a shared channel, where the owner did not let them in. alone: nobody else takes part. The
next ones: nobody shares a language, has a chosen role, is of another team, shares an hour, is still unknown. taken:
there was somebody, and all of them meet others; also said where blocks are the cause."""
Advice = Literal["resume", "ask the owner", "invite", "add a language", "add a role", "add hours", "wait"]
ADVICE: dict[Cause, Advice] = {
    "paused": "resume", "external": "ask the owner", "alone": "invite", "language": "add a language",
    "role": "add a role", "team": "invite", "hours": "add hours", "met": "invite", "taken": "wait",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A member without a match. `times`: with "add hours", up to three instants at which most of those who share a
    language with them are free."""

    member: str
    cause: Cause
    times: tuple[datetime, ...] = ()

    @property
    def advice(self) -> Advice:
        """What they can do about it."""
        return ADVICE[self.cause]


@dataclass(frozen=True, slots=True)
class Sides:
    """Two tables of members that may meet across, or one table twice."""

    rules: Rules
    week: Week
    a: Columns
    b: Columns


def barred(member: Member, rules: Rules) -> Cause | None:
    """Why a member takes no part at all."""
    if member.paused:
        return "paused"
    return "external" if member.external and not rules.external_allowed else None


def left_out(member: Member, sides: Sides, who: int, partners: Index, met: NDArray[np.bool_]) -> LeftOut:
    """The rule that binds for a member (index `who` among `sides.a`) among possible partners (indices among
    `sides.b`): the first, in the order of `Cause`, that nobody passes together with all before it. `met`: of each
    partner, whether they have met where nobody meets twice."""
    rules, a, b, me = sides.rules, sides.a, sides.b, np.array([who])

    def out(cause: Cause, times: tuple[datetime, ...] = ()) -> LeftOut:
        return LeftOut(member.id, cause, times)

    if not len(partners):
        return out("alone")
    speak = shares(a.languages, b.languages, me, partners)
    if not speak.any():
        return out("language")
    rest = speak
    if rules.role_needed:
        wanted = same_code(a.role, b.role, me, partners) | same_code(a.second, b.role, me, partners)
        rest = rest & wanted
        if not rest.any():
            return out("role")
    if rules.team_apart:
        rest = rest & ~same_code(a.team, b.team, me, partners)
        if not rest.any():
            return out("team")
    level = rules.ladder[-1]
    if level is not Level.ANY:
        enough = shared_hours(a, b, me, partners, level) >= rules.least
        before, rest = rest, rest & (enough | ~(a.calls[me] & b.calls[partners]))
        if not rest.any():
            return out("hours", _busy(sides, member.zone, partners[before]))
    if not (rest & ~met).any():
        return out("met")
    return out("taken")


def _busy(sides: Sides, zone: str, others: Index) -> tuple[datetime, ...]:
    """The half hours in which most of `others` are free, kind to the member's own clock."""
    raw = np.ascontiguousarray(sides.b.weeks[Level.STATED][:, others].T).astype("<u8").view(np.uint8)
    free: NDArray[np.int64] = np.unpackbits(raw, axis=1, bitorder="little")[:, :HALF_HOURS].sum(axis=0, dtype=np.int64)
    many = sum(1 << int(at) for at in np.flatnonzero((free == free.max()) & (free > 0)))
    return sides.week.slots(many, (zone,))
