"""The members of one round as the engine sees them: in an order drawn by lot, blocks and history as indices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching._columns import Columns, columns
from matching._tags import Dictionary
from matching._tiles import Never
from matching._vector import At, judge
from matching.history import Blocks, History, Pair
from matching.person import Level, Member
from matching.problem import Index, Ints
from matching.rules import Rules, alone_cost
from matching.score import key
from matching.week import Week
from matching.weights import BEST

CHUNK = 1 << 15
Fits = NDArray[np.int16]


@dataclass(slots=True)
class Pool:
    """`members` stand in an order that depends on their ids and the seed only, so neither the caller's order nor the
    alphabet favours anyone. `blocked` (where nobody meets twice, those who met too) and `met` are codes of pairs
    (`pair_codes`), sorted; `ago[e]` goes with `met[e]`."""

    members: list[Member]
    rules: Rules
    week: Week
    seed: int
    columns: Columns
    alone: Ints
    blocked: Ints
    met: Ints
    ago: Ints

    def __len__(self) -> int:
        return len(self.members)

    def tile(self, i: Index, j: Index, level: Level) -> Fits:
        """The fit of pairs (arrays that broadcast), -1 where the two may not meet; blocks and history left aside."""
        return judge(self.rules, self.columns, self.columns, i, j, level)

    def fits(self, i: Index, j: Index, level: Level) -> Fits:
        """The fit of listed pairs, -1 where any hard rule forbids them, blocks too."""
        parts = [
            self.tile(i[at : at + CHUNK], j[at : at + CHUNK], level) for at in range(0, len(i), CHUNK)
        ]  # in parts, because the temporaries of millions of pairs are larger than the answer
        fit = np.concatenate(parts) if parts else np.zeros(0, np.int16)
        if len(self.blocked):
            fit[_within(pair_codes(i, j), self.blocked)[1]] = -1
        return fit

    def agos(self, i: Index, j: Index) -> Ints:
        """Rounds since each pair met, 0 for never or too long ago to count."""
        found = np.zeros(len(i), np.int64)
        if len(self.met):
            at, known = _within(pair_codes(i, j), self.met)
            found[known] = self.ago[at[known]]
        return found

    def costs(self, i: Index, j: Index, fit: Fits) -> Ints:
        """`Rules.pair_cost` of listed pairs."""
        repeat = np.array([0, *(self.rules.repeat(ago) for ago in range(1, self.rules.remember + 1))], np.int64)
        return BEST - fit.astype(np.int64) + repeat[self.agos(i, j)]

    def never(self, repeats_too: bool) -> Never:
        """Blocked pairs, and with `repeats_too` those that met."""
        codes = np.concatenate((self.blocked, self.met)) if repeats_too else self.blocked
        a, b = _decode(np.unique(codes))
        return Never.of(np.concatenate((a, b)), np.concatenate((b, a)), len(self))

    def met_pairs(self) -> tuple[Index, Index]:
        """The pairs that would be repeats."""
        return _decode(self.met)

    def shared(self, i: int, j: int, level: Level = Level.STATED) -> int:
        """The half hours both have on this level, as a bit set of the week."""
        both = self.columns.weeks[level][:, i] & self.columns.weeks[level][:, j]
        return int.from_bytes(both.astype("<u8").tobytes(), "little")

    def met_before(self, i: Index, j: Index) -> NDArray[np.bool_]:
        """Whether listed pairs have met and therefore never meet again."""
        return (self.agos(i, j) > 0) & self.rules.never_again


def pool(members: Sequence[Member], blocks: Blocks, history: History, rules: Rules, week: Week, seed: int) -> Pool:
    """Columns of all members, who must have different ids. Blocks and history of others are passed over."""
    ordered = sorted(members, key=lambda m: (key(m.id, seed), m.id))
    place = {m.id: at for at, m in enumerate(ordered)}
    if len(place) < len(ordered):
        twice = next(m.id for at, m in enumerate(ordered) if place[m.id] != at)
        raise ValueError(f"{twice!r} stands in the round twice: give each member once")
    met = {who: ago for who, ago in history.items() if rules.never_again or 0 < ago <= rules.remember}
    blocked = _placed((*blocks, *met), place) if rules.never_again else _placed(blocks, place)
    return Pool(
        members=ordered,
        rules=rules,
        week=week,
        seed=seed,
        columns=columns(ordered, Dictionary.of(ordered), week, seed=seed, levels={Level.STATED, *rules.ladder}),
        alone=np.array([alone_cost(m.wait, m.new) for m in ordered], np.int64),
        blocked=np.unique(pair_codes(*blocked[:2])),
        **_remembered(met, place),
    )


def _remembered(met: History, place: dict[str, int]) -> dict[str, Ints]:
    i, j, which = _placed(met, place)
    codes = pair_codes(i, j)
    order = np.argsort(codes)
    agos = np.array(list(met.values()), np.int64)
    return {"met": codes[order], "ago": agos[which][order]}


def _placed(pairs: Iterable[Pair], place: dict[str, int]) -> tuple[Index, Index, Ints]:
    """The pairs both of whom are here, as indices, and their numbers."""
    here = [(place[a], place[b], at) for at, (a, b) in enumerate(pairs) if a in place and b in place]
    table = np.array(here, np.int64).reshape(-1, 3)
    return table[:, 0].astype(np.int32), table[:, 1].astype(np.int32), table[:, 2]


def pair_codes(i: At, j: At) -> Ints:
    """One number a pair, whichever comes first."""
    return np.minimum(i, j).astype(np.int64) << 32 | np.maximum(i, j)


def _decode(codes: Ints) -> tuple[Index, Index]:
    return (codes >> 32).astype(np.int32), (codes & 0xFFFFFFFF).astype(np.int32)


def _within(codes: Ints, known: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each code stands in the sorted known ones, and whether it does."""
    at = np.minimum(np.searchsorted(known, codes), len(known) - 1)
    return at, known[at] == codes
