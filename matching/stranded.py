"""Who is stranded after a rehearsal and why, counted by what would help: a language, a role, hours, more people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from matching.eligible import why_not
from matching.explain import explain
from matching.history import NO_BLOCKS, NO_HISTORY
from matching.left_out import Cause
from matching.person import Member, Peer
from matching.rules import Rules
from matching.simulate import MemberAhead, Rehearsed
from matching.week import Week

Why = Cause | Literal["few"]
"""As Cause; few: others are there who speak and are free as they do, but fewer than a circle takes."""
Hour = tuple[int, int]
"""A weekday (Monday is 0) and an hour of the day, 0 to 23, on some clock."""
TIMES = 3


@dataclass(frozen=True, slots=True)
class Stranded:
    """Members with one cause. `languages`: all they speak, where that is the cause; `role`: the one they look for,
    where nobody has it; `times`: hours that would help most of them, on the clock asked for."""

    why: Why
    members: tuple[str, ...]
    languages: tuple[str, ...] = ()
    role: str | None = None
    times: tuple[Hour, ...] = ()


def stranded(
    run: Rehearsed, others: Sequence[Member], week: Week, rules: Rules, *, least: int = 2, zone: str = "UTC"
) -> tuple[Stranded, ...]:
    """The largest groups first. `others`: whom they could meet (hosts, for seekers). `least`: members of the smallest
    group. Blocks are never looked at: who is stranded by them counts as one whose partners all meet others."""
    found: dict[tuple[Why, tuple[str, ...], str | None], list[MemberAhead]] = {}
    for one in _explained(run, week, rules):
        why = _why(one, others, week, rules, least)
        languages = tuple(sorted(one.member.languages)) if why == "language" else ()
        found.setdefault((why, languages, one.member.role if why == "role" else None), []).append(one)
    made = [
        Stranded(why, tuple(one.member.id for one in those), languages, role, _times(those, zone))
        for (why, languages, role), those in found.items()
    ]
    return tuple(sorted(made, key=lambda group: (-len(group.members), group.why, group.languages, group.role or "")))


def short_of_hosts(wanted: Iterable[str], offered: Iterable[tuple[str, int]]) -> tuple[tuple[str, int, int], ...]:
    """(role, seekers, free seats) where there are more seekers than seats, the shortest of hosts first. `wanted`: the
    first choice of each seeker; `offered`: role and free seats of each host."""
    seats: Counter[str] = Counter()
    for role, free in offered:
        seats[role] += free
    short = ((role, count, seats[role]) for role, count in Counter(wanted).items() if count > seats[role])
    return tuple(sorted(short, key=lambda row: (row[2] - row[1], row[0])))


def _explained(run: Rehearsed, week: Week, rules: Rules) -> list[MemberAhead]:
    """The stranded. Equals are explained among everybody, those too whom a circle kept away at the time."""
    lost = {one.member.id: one for one in run.stranded}
    peers = [one.member for one in run.members.values() if isinstance(one.member, Peer)]
    outs = explain(peers, lost.keys(), week, blocks=NO_BLOCKS, history=NO_HISTORY, rules=rules)
    for out in outs:
        lost[out.member] = replace(lost[out.member], causes=Counter([out.cause]), times=out.times)
    return list(lost.values())


def _why(one: MemberAhead, others: Sequence[Member], week: Week, rules: Rules, least: int) -> Why:
    """A circle needs more than one other: so few of them that nobody can be placed is no "taken"."""
    cause = one.cause or "taken"
    if least <= 2 or cause != "taken":
        return cause
    level = rules.ladder[-1]
    partners = sum(why_not(one.member, other, week, rules, level=level) is None for other in others)
    return "few" if partners < least - 1 else "taken"


def _times(those: Sequence[MemberAhead], zone: str) -> tuple[Hour, ...]:
    """The hours named most often, in the order of the week."""
    clock = ZoneInfo(zone)
    local = (_hour(at.astimezone(clock)) for one in those for at in one.times)
    return tuple(sorted(hour for hour, _ in Counter(sorted(local)).most_common(TIMES)))


def _hour(at: datetime) -> Hour:
    return at.weekday(), at.hour
