"""A round in figures, for the owner of a community: no names, no reasons, nothing that tells of one member."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from matching.left_out import Cause
from matching.person import Level, Member
from matching.rounds import Round


@dataclass(frozen=True, slots=True)
class Report:
    """`placed` of `members` are in `pairs` and `trios`; `left` counts causes. `repeats`: pairs that met lately.
    `longest_wait`: rounds, this one included, of who waits longest among those left out. `mean_fit`: per match, 0 to
    1,000. `levels`: how many matches took which hours."""

    members: int
    placed: int
    pairs: int
    trios: int
    left: dict[Cause, int]
    repeats: int
    longest_wait: int
    mean_fit: int
    levels: dict[Level, int]


def report(planned: Round, members: Iterable[Member]) -> Report:
    """Of a round and the members it was planned for."""
    waited = {member.id: member.wait for member in members}
    sizes = Counter(len(match.members) for match in planned.matches)
    return Report(
        members=len(waited),
        placed=sum(size * many for size, many in sizes.items()),
        pairs=sizes[2],
        trios=sizes[3],
        left=dict(Counter(out.cause for out in planned.left)),
        repeats=planned.repeats,
        longest_wait=max((waited[out.member] + 1 for out in planned.left), default=0),
        mean_fit=planned.score // max(1, len(planned.matches)),
        levels=dict(Counter(match.level for match in planned.matches)),
    )
