"""Rounds run ahead on given members: how they go one after another, and for whom they never work out.

Attendance and newcomers are drawn by a seed; what a round does to the next one (who met, who waits, whose seats are
used up) is carried on as the real rounds carry it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from matching.history import NO_HISTORY, History, Pair, after
from matching.left_out import Cause, LeftOut, barred
from matching.person import Member, Peer
from matching.progress import Progress, Steps
from matching.rules import Rules
from matching.week import Week

STRANDED = 3
"""Rounds that somebody came to in a row without a match, at the end of the run, to count as stranded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """How far and how. `attend`: the probability that a member comes to a round. `join`: newcomers before each round
    after the first, each like a member drawn by lot. `weeks` from one round to the next; `rest`: rounds that somebody
    who was placed stays away for, because a circle runs on or a talk was had."""

    rounds: int = 12
    seed: int = 0
    attend: float = 1.0
    join: int = 0
    weeks: int = 2
    rest: int = 0

    def __post_init__(self) -> None:
        if self.rounds < 1 or self.weeks < 1 or self.join < 0 or self.rest < 0 or not 0 <= self.attend <= 1:
            raise ValueError("at least one round and week, nobody joins less than 0, attendance from 0 to 1")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One round as a planner made it: who meets (in an interview the seeker first), each group's fit, 0 to 1,000, and
    who is left out."""

    groups: tuple[tuple[str, ...], ...]
    fits: tuple[int, ...]
    left: tuple[LeftOut, ...]

    def met(self) -> list[Pair]:
        """Every two who meet."""
        return [
            (a, b) if a < b else (b, a)
            for group in self.groups
            for at, a in enumerate(group)
            for b in group[at + 1 :]
        ]  # fmt: skip


Planner = Callable[[Sequence[Member], Week, History, int], Drawn]
"""(who came, the round's week, who met how many rounds ago, seed) -> the round. See matching/rehearse.py."""


@dataclass(frozen=True, slots=True)
class RoundAhead:
    """One round: who came, how many of them were placed in how many groups, the causes of the others. `repeats`: pairs
    that met lately. `longest_wait`: rounds, this one included, of who waits longest of those left out. `mean_fit`: of
    the groups, 0 to 1,000."""

    number: int
    members: int
    placed: int
    groups: int
    left: dict[Cause, int]
    repeats: int
    longest_wait: int
    mean_fit: int


@dataclass(slots=True)
class MemberAhead:
    """What became of one member: rounds they came to and were placed in, the longest wait in rounds (one they began
    with included), the rounds in a row at the end without a match, why, and the last times that would help."""

    member: Member
    came: int = 0
    placed: int = 0
    longest_wait: int = 0
    in_vain: int = 0
    causes: Counter[Cause] = field(default_factory=Counter[Cause])
    times: tuple[datetime, ...] = ()

    @property
    def cause(self) -> Cause | None:
        """What bound most often."""
        return max(sorted(self.causes), key=lambda cause: self.causes[cause], default=None)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """All rounds, everybody by id (newcomers too), and how it was set up."""

    rounds: tuple[RoundAhead, ...]
    members: Mapping[str, MemberAhead]
    ahead: Ahead

    @property
    def stranded(self) -> tuple[MemberAhead, ...]:
        """For whom it does not work out, by id: the last STRANDED rounds they came to, or all there were, in vain."""
        least = min(STRANDED, self.ahead.rounds)
        return tuple(one for _, one in sorted(self.members.items()) if one.in_vain >= least)


def rehearse(
    members: Sequence[Member],
    planner: Planner,
    week: Week,
    ahead: Ahead,
    *,
    rules: Rules,
    history: History = NO_HISTORY,
    progress: Progress | None = None,
) -> Rehearsed:
    """The same arguments give the same rounds, in whatever order the members come. `week`: of the first round;
    `history`: as that one sees it. Raises Cancelled when `progress` says stop."""
    steps = Steps(progress)
    draw = Random(ahead.seed)  # noqa: S311  # lots, no secrets
    keep = 1_000_000 if rules.never_again else rules.remember
    pool = {member.id: member for member in sorted(members, key=lambda one: one.id)}
    models, rests = tuple(pool.values()), dict[str, int]()
    became = {id_: MemberAhead(member) for id_, member in pool.items()}
    rounds: list[RoundAhead] = []
    for number in range(1, ahead.rounds + 1):
        steps.stage(f"round {number}", number / ahead.rounds)
        for newcomer in _newcomers(models, ahead.join if number > 1 else 0, number, draw):
            pool[newcomer.id], became[newcomer.id] = newcomer, MemberAhead(newcomer)
        coming = [member for member in pool.values() if draw.random() < ahead.attend]
        here = [member for member in coming if rests.get(member.id, 0) < number and barred(member, rules) is None]
        drawn = planner(here, week, history, draw.randrange(1 << 31))
        rounds.append(_round(number, here, drawn, history, rules))
        _note(here, drawn, pool, became)
        left = {out.member for out in drawn.left}
        rests |= {member.id: number + ahead.rest for member in here if member.id not in left}
        history = after(history, drawn.met(), keep)
        week = Week(week.start + timedelta(weeks=ahead.weeks))
    steps.done()
    return Rehearsed(tuple(rounds), became, ahead)


def _newcomers(models: Sequence[Member], count: int, number: int, draw: Random) -> list[Member]:
    made: list[Member] = []
    for n in range(count if models else 0):
        newcomer = replace(draw.choice(models), id=f"new-{number}-{n + 1}", wait=0)
        made.append(replace(newcomer, new=True) if isinstance(newcomer, Peer) else newcomer)
    return made


def _round(number: int, here: Sequence[Member], drawn: Drawn, history: History, rules: Rules) -> RoundAhead:
    waits = {member.id: member.wait for member in here}
    return RoundAhead(
        number,
        members=len(here),
        placed=len(here) - len(drawn.left),
        groups=len(drawn.groups),
        left=dict(Counter(out.cause for out in drawn.left)),
        repeats=sum(rules.repeat(history.get(pair)) > 0 for pair in drawn.met()),
        longest_wait=max((waits[out.member] + 1 for out in drawn.left), default=0),
        mean_fit=sum(drawn.fits) // max(1, len(drawn.fits)),
    )


def _note(here: Sequence[Member], drawn: Drawn, pool: dict[str, Member], became: Mapping[str, MemberAhead]) -> None:
    """Who was placed waits no more and is new no more; who was left out waits a round longer."""
    left = {out.member: out for out in drawn.left}
    for member in here:
        one, out = became[member.id], left.get(member.id)
        one.came += 1
        if out is None:
            one.placed, one.in_vain = one.placed + 1, 0
            pool[member.id] = replace(member, wait=0, new=False)
            continue
        one.in_vain += 1
        one.longest_wait = max(one.longest_wait, member.wait + 1)
        one.causes[out.cause] += 1
        one.times = out.times or one.times
        pool[member.id] = replace(member, wait=member.wait + 1)
