"""Rounds by trying everything: what the engine is measured by in small pools."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from matching.eligible import shared, why_not
from matching.history import Blocks, History, Pair, pair
from matching.person import Level, Peer
from matching.rounds import Match, Round
from matching.rules import Rules, alone_cost
from matching.score import fit, points
from matching.week import ANY, Week

Matching = list[tuple[Peer, Peer]]


def matchings(members: Sequence[Peer], allowed: Callable[[Peer, Peer], bool]) -> Iterator[Matching]:
    """Every set of disjoint allowed pairs."""
    if len(members) < 2:
        yield []
        return
    first, rest = members[0], members[1:]
    yield from matchings(rest, allowed)
    for at, other in enumerate(rest):
        if allowed(first, other):
            for more in matchings([*rest[:at], *rest[at + 1 :]], allowed):
                yield [(first, other), *more]


class Oracle:
    """The rules and costs of a pool, one pair at a time."""

    def __init__(
        self, members: Sequence[Peer], week: Week, rules: Rules, blocks: Blocks, history: History, seed: int = 0
    ) -> None:
        self.members, self.week, self.rules = members, week, rules
        self.blocks, self.history, self.seed = blocks, history, seed
        self._allowed: dict[tuple[str, str, Level], bool] = {}
        self._fit: dict[tuple[str, str], int] = {}

    def allowed(self, a: Peer, b: Peer, level: Level = Level.STATED) -> bool:
        who = (a.id, b.id, level)
        if who not in self._allowed:
            why = why_not(a, b, self.week, self.rules, level=level, blocks=self.blocks, history=self.history)
            self._allowed[who] = why is None
        return self._allowed[who]

    def fit(self, a: Peer, b: Peer) -> int:
        who = (a.id, b.id)
        if who not in self._fit:
            both = shared(a, b, self.week).bit_count()
            self._fit[who] = fit(points(a, b, both, self.rules.weights, self.seed))
        return self._fit[who]

    def ago(self, a: Peer, b: Peer) -> int | None:
        ago = self.history.get(pair(a.id, b.id))
        return ago if ago is not None and ago <= self.rules.remember else None

    def cost(self, a: Peer, b: Peer) -> int:
        return self.rules.pair_cost(self.fit(a, b), self.ago(a, b))

    def total(self, chosen: Matching) -> int:
        """The one cost of a round."""
        return sum(self.cost(a, b) for a, b in chosen) + sum(alone_cost(m.wait, m.new) for m in self.left(chosen))

    def left(self, chosen: Matching) -> list[Peer]:
        placed = {peer.id for two in chosen for peer in two}
        return [peer for peer in self.members if peer.id not in placed]

    def strict(self, chosen: Matching) -> tuple[int, int, int, int]:
        """The order of importance, one after the other: left out; their waiting; repeats; fit."""
        left = self.left(chosen)
        waiting = sum(alone_cost(m.wait, m.new) - alone_cost(0, False) for m in left)
        repeats = sum(self.rules.repeat(self.ago(a, b)) for a, b in chosen)
        return len(left), waiting, repeats, sum(1000 - self.fit(a, b) for a, b in chosen)

    def best(self) -> int:
        """The least cost of any round of pairs: of all subsets of members, smaller ones first."""
        pairs = {
            (x, y): self.cost(a, b)
            for x, a in enumerate(self.members)
            for y, b in enumerate(self.members)
            if x < y and self.allowed(a, b)
        }
        cheapest = [0]
        for some in range(1, 1 << len(self.members)):
            last = some.bit_length() - 1
            rest = some ^ 1 << last
            alone = cheapest[rest] + alone_cost(self.members[last].wait, self.members[last].new)
            joined = (cheapest[rest ^ 1 << x] + cost for (x, y), cost in pairs.items() if y == last and rest >> x & 1)
            cheapest.append(min(alone, *joined, alone))
        return cheapest[-1]


def met(planned: Round) -> set[Pair]:
    return set(planned.met())


def verify(planned: Round, oracle: Oracle) -> None:
    """All that must hold of any round, whatever the arguments."""
    by_id = {peer.id: peer for peer in oracle.members}
    placed = [id_ for match in planned.matches for id_ in match.members]
    everyone = sorted([*placed, *(out.member for out in planned.left)])
    assert everyone == sorted(by_id), "each member stands once: in a match or among those left out"
    for match in planned.matches:
        _verify_match(match, [by_id[id_] for id_ in match.members], oracle)
    assert planned.cost == sum(match.cost(oracle.rules) for match in planned.matches) + sum(
        alone_cost(by_id[out.member].wait, by_id[out.member].new)
        for out in planned.left
        if out.cause not in {"paused", "external"}
    )


def _verify_match(match: Match, people: list[Peer], oracle: Oracle) -> None:
    assert len(people) == 2 or (len(people) == 3 and oracle.rules.trios)
    assert frozenset[str].intersection(*(peer.languages for peer in people))
    common = ANY
    for peer in people:
        common &= oracle.week.mask(peer.zone, peer.local(match.level))
    assert match.shared == common
    assert match.level is Level.ANY or common.bit_count() >= oracle.rules.least
    pairs = list(combinations(people, 2))
    assert [meeting.pair for meeting in match.meetings] == [pair(a.id, b.id) for a, b in pairs]
    for meeting, (a, b) in zip(match.meetings, pairs, strict=True):
        assert oracle.allowed(a, b, match.level)
        assert meeting.fit == oracle.fit(a, b)
        assert meeting.ago == oracle.ago(a, b)
