"""The three programmes as planners of a rehearsal: coffees, circles, interviews with their hosts' seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import combinations
from random import Random
from typing import cast

from matching.circles import plan_circles
from matching.eligible import shared
from matching.history import NO_BLOCKS, Blocks, History
from matching.interviews import plan_batch
from matching.peers import plan_round
from matching.person import Host, Member, Peer, Seeker
from matching.rules import Rules
from matching.score import fit, points
from matching.simulate import Drawn, Planner
from matching.week import Week

MONTH = 4
"""Weeks after which a host's seats are all there again, and a seeker asks anew."""


def coffees(rules: Rules, *, blocks: Blocks = NO_BLOCKS, size: int = 2) -> Planner:
    """Pairs, and threes for the odd one; or threes, with `size` 3."""

    def draw(here: Sequence[Member], week: Week, history: History, seed: int) -> Drawn:
        planned = plan_round(_peers(here), week, blocks=blocks, history=history, rules=rules, seed=seed, size=size)
        groups = tuple(match.members for match in planned.matches)
        return Drawn(groups, tuple(match.fit for match in planned.matches), planned.left)

    return draw


def circles(rules: Rules, *, blocks: Blocks = NO_BLOCKS, twos: Set[str] = frozenset()) -> Planner:
    """Circles of three to five; pairs among `twos`, who wish for one partner."""

    def draw(here: Sequence[Member], week: Week, history: History, seed: int) -> Drawn:
        peers = {peer.id: peer for peer in _peers(here)}
        rest = [peer for peer in peers.values() if peer.id not in twos]
        planned = plan_circles(rest, week, blocks=blocks, history=history, rules=rules, seed=seed)
        groups = tuple(circle.members for circle in planned.circles)
        fits = tuple(_mean_fit([peers[id_] for id_ in group], week, rules, seed) for group in groups)
        pairs = pair_up([peer for peer in peers.values() if peer.id in twos], week, history, seed)
        return Drawn((*groups, *pairs.groups), (*fits, *pairs.fits), (*planned.waiting, *pairs.left))

    pair_up = coffees(rules, blocks=blocks)
    return draw


def interviews(
    hosts: Sequence[Host],
    rules: Rules,
    *,
    weeks: int,
    seed: int = 0,
    attend: float = 1.0,
    capacity: Mapping[str, int] | None = None,
    blocks: Blocks = NO_BLOCKS,
) -> Planner:
    """Seekers to hosts, a round every `weeks`; made anew for each rehearsal, because it counts seats. `hosts`: with the
    seats they have left now; `capacity`: their talks a month, the same number where it is not given. `attend`: the
    probability that a host can be asked in a round."""
    ordered = sorted(hosts, key=lambda one: one.id)
    monthly = dict(capacity or {host.id: host.seats for host in ordered})
    seats = Counter({host.id: host.seats for host in ordered})
    lot = Random(seed)  # noqa: S311  # lots, no secrets
    first: list[Week] = []

    def draw(here: Sequence[Member], week: Week, history: History, seed: int) -> Drawn:
        passed = (week.start - first[0].start).days // 7 if first else 0
        if first and passed // MONTH != (passed - weeks) // MONTH:
            seats.update({id_: count - seats[id_] for id_, count in monthly.items()})
        first.extend([week] if not first else [])
        asked = [replace(host, seats=seats[host.id] if lot.random() < attend else 0) for host in ordered]
        batch = plan_batch(
            [cast("Seeker", one) for one in here], asked, week, blocks=blocks, met=history, rules=rules, seed=seed
        )
        seats.subtract(proposal.host for proposal in batch.proposals)
        groups = tuple((proposal.seeker, proposal.host) for proposal in batch.proposals)
        return Drawn(groups, tuple(proposal.fit for proposal in batch.proposals), batch.left)

    return draw


def _peers(here: Sequence[Member]) -> list[Peer]:
    return [cast("Peer", one) for one in here]


def _mean_fit(together: Sequence[Peer], week: Week, rules: Rules, seed: int) -> int:
    fits = [
        fit(points(a, b, shared(a, b, week).bit_count(), rules.weights, seed)) for a, b in combinations(together, 2)
    ]
    return sum(fits) // len(fits)
