"""What a group of members costs, and whether it may sit in one circle: looked up once, kept for the search."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

from matching._pool import Pool
from matching.person import Level, Peer
from matching.problem import Index

SIZES = range(3, 6)
Group = tuple[int, ...]


class Groups:
    """What a group costs, and whether it may be: kept for all groups that were looked at. Groups are sorted tuples of
    indices; one member alone is waiting, nobody costs nothing."""

    def __init__(self, members: Pool) -> None:
        self.pool = members
        self._level: Level = members.rules.ladder[-1]
        self._known: dict[Group, int | None] = {}
        words, people = members.columns.weeks[self._level], members.columns.languages.words
        self._hours = [int.from_bytes(column.tobytes(), "little") for column in np.ascontiguousarray(words.T)]
        self._tongues = [int.from_bytes(column.tobytes(), "little") for column in np.ascontiguousarray(people.T)]
        self._hosts = [isinstance(member, Peer) and member.hosts for member in members.members]
        self._pairs: dict[tuple[int, int], int | None] = {}

    def learn(self, part: Index) -> None:
        """Judges all pairs of a part at once."""
        at, to = np.triu_indices(len(part), 1)
        i, j = part[at], part[to]
        fit = self.pool.fits(i, j, self._level)
        cost = self.pool.costs(i, j, fit)
        listed = zip(i.tolist(), j.tolist(), fit.tolist(), cost.tolist(), strict=True)
        self._pairs = {(a, b): None if worth < 0 else price for a, b, worth, price in listed}

    def pair(self, a: int, b: int) -> int | None:
        """What a pair costs, None where it may not be."""
        who = (a, b) if a < b else (b, a)
        if who not in self._pairs:
            self.learn(np.array(who, np.int32))
        return self._pairs[who]

    def common(self, group: Group) -> int:
        """The half hours all have."""
        return _all(self._hours[at] for at in group)

    def cost(self, group: Group) -> int | None:
        """What a group costs, None where it may not be. Twos are judged like circles, for those that shrank."""
        if group not in self._known:
            self._known[group] = self._cost(group)
        return self._known[group]

    def sure_cost(self, group: Group) -> int:
        """Of a group that may be."""
        cost = self.cost(group)
        assert cost is not None
        return cost

    def _cost(self, group: Group) -> int | None:
        if len(group) < 2:
            return sum(int(self.pool.alone[at]) for at in group)
        if len(group) > SIZES[-1] or sum(self._hosts[at] for at in group) > 1:
            return None
        if self.common(group).bit_count() < self.pool.rules.least:
            return None
        if not _all(self._tongues[at] for at in group):
            return None
        total = 0
        for a, b in combinations(group, 2):
            cost = self.pair(a, b)
            if cost is None:
                return None
            total += cost
        return 2 * total // (len(group) - 1)


def _all(bits: Iterable[int]) -> int:
    common = -1
    for one in bits:
        common &= one
    return common
