"""Seekers and hosts of one batch as the engine sees them: two tables in one vocabulary, and who must not meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching._columns import Columns, columns
from matching._tags import Dictionary
from matching._tiles import Never
from matching._vector import judge
from matching.history import Blocks, Pair
from matching.person import Host, Level, Member, Seeker
from matching.problem import Index, Ints
from matching.rules import Rules
from matching.score import key
from matching.week import Week

M = TypeVar("M", bound=Member)


@dataclass(slots=True)
class Between:
    """Both sides in an order drawn by lot. `met` are pairs that met, `never` those and blocked ones and a member with
    themselves: both by seeker. Hosts without a free seat are here too, for reasons."""

    seekers: list[Seeker]
    hosts: list[Host]
    rules: Rules
    week: Week
    seed: int
    a: Columns
    b: Columns
    seats: Ints
    never: Never
    met: Never

    def tile(self, i: Index, j: Index, level: Level) -> NDArray[np.int16]:
        """The fit of pairs (seeker, host), -1 where the two may not meet; `never` left aside."""
        return judge(self.rules, self.a, self.b, i, j, level)

    def shared(self, i: int, j: int) -> int:
        """The half hours both stated, as a bit set of the week."""
        both = self.a.weeks[Level.STATED][:, i] & self.b.weeks[Level.STATED][:, j]
        return int.from_bytes(both.astype("<u8").tobytes(), "little")

    def met_by(self, i: int) -> Index:
        """The hosts that a seeker has met."""
        return self.met.other[self.met.start[i] : self.met.start[i + 1]]


def between(
    seekers: Sequence[Seeker],
    hosts: Sequence[Host],
    blocks: Blocks,
    met: Iterable[Pair],
    rules: Rules,
    week: Week,
    seed: int,
) -> Between:
    """Columns of both sides. Each id stands once on a side. `met` counts only where the rules say never again."""
    asking, answering = _by_lot(seekers, seed), _by_lot(hosts, seed)
    s_at = {m.id: at for at, m in enumerate(asking)}
    h_at = {m.id: at for at, m in enumerate(answering)}
    words = Dictionary.of([*asking, *answering])
    knew = _across(met if rules.never_again else (), s_at, h_at)
    self_ = [(at, h_at[id_]) for id_, at in s_at.items() if id_ in h_at]
    forbidden = [*knew, *_across(blocks, s_at, h_at), *self_]
    return Between(
        seekers=asking,
        hosts=answering,
        rules=rules,
        week=week,
        seed=seed,
        a=columns(asking, words, week, seed=seed, levels={Level.STATED, *rules.ladder}),
        b=columns(answering, words, week, seed=seed, levels={Level.STATED, *rules.ladder}),
        seats=np.array([max(0, host.seats) for host in answering], np.int64),
        never=_table(forbidden, len(asking)),
        met=_table(knew, len(asking)),
    )


def _by_lot(members: Sequence[M], seed: int) -> list[M]:
    ordered = sorted(members, key=lambda m: (key(m.id, seed), m.id))
    for one, other in pairwise(ordered):
        if one.id == other.id:
            raise ValueError(f"{one.id!r} stands twice on one side of the batch: give each member once")
    return ordered


def _across(pairs: Iterable[Pair], s_at: dict[str, int], h_at: dict[str, int]) -> list[tuple[int, int]]:
    return [
        (s_at[s], h_at[h]) for one, other in pairs for s, h in ((one, other), (other, one)) if s in s_at and h in h_at
    ]


def _table(pairs: list[tuple[int, int]], count: int) -> Never:
    listed = np.array(pairs, np.int32).reshape(-1, 2)
    return Never.of(listed[:, 0], listed[:, 1], count)
