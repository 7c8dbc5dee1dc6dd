"""What an owner's change to a planned round would do: two members change places, with every hard rule checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from matching.eligible import shared, why_not
from matching.history import Blocks, History, Pair, pair
from matching.left_out import LeftOut
from matching.person import Level, Peer
from matching.rounds import Match, Meeting, Round
from matching.rules import Rules, alone_cost
from matching.score import points
from matching.week import ANY, Week


@dataclass(frozen=True, slots=True)
class Swapped:
    """The round after it. `score`: how many points of fit it gains, negative when it loses. `cost`: the same for the
    round's cost, where less is better."""

    round: Round
    score: int
    cost: int


@dataclass(frozen=True, slots=True)
class Refused:
    """These two cannot be in one match. Why is not said: a reason given for every rule but one would give blocks
    away."""

    pair: Pair


def swap(
    planned: Round,
    one: str,
    other: str,
    peers: Mapping[str, Peer],
    week: Week,
    *,
    blocks: Blocks,
    history: History,
    rules: Rules,
) -> Swapped | Refused:
    """`one` and `other` change places: of two matches, or of a match and those left out. `peers`: everyone in the
    round by id; the other arguments as they are now, so that a block since then counts. ValueError when the two are
    in the same match, both left out, or not in the round."""
    homes = {who: _home(planned, who) for who in (one, other)}
    if homes[one] == homes[other]:
        raise ValueError(f"{one!r} and {other!r} stand in the same place: choose members of two matches")
    changed: list[Match] = []
    for leaves, comes in ((one, other), (other, one)):
        home = homes[leaves]
        if home is not None:
            together = sorted({*home.members, comes} - {leaves})
            made = match_of([peers[id_] for id_ in together], week, blocks, history, rules, planned.seed)
            if isinstance(made, Refused):
                return made
            changed.append(made)
    kept = [match for match in planned.matches if match not in homes.values()]
    matches = tuple(sorted((*kept, *changed), key=lambda match: match.members))
    left = tuple(_changed_places(planned, one, other))
    alone = sum(_alone(peers[out.member]) for out in left if out.cause not in {"paused", "external"})
    after = replace(planned, matches=matches, left=left, cost=sum(match.cost(rules) for match in matches) + alone)
    return Swapped(after, after.score - planned.score, after.cost - planned.cost)


def match_at(together: Sequence[Peer], level: Level, week: Week, history: History, rules: Rules, seed: int) -> Match:
    """A match of these members as it stands, whether or not the hard rules allow it."""
    named = sorted(together, key=lambda peer: peer.id)
    common = ANY
    for peer in named:
        common &= week.mask(peer.zone, peer.local(level))
    meetings = tuple(_meeting(a, b, week, history, rules, seed) for a, b in combinations(named, 2))
    return Match(tuple(peer.id for peer in named), level, meetings, common)


def _home(planned: Round, who: str) -> Match | None:
    for match in planned.matches:
        if who in match.members:
            return match
    if any(out.member == who for out in planned.left):
        return None
    raise ValueError(f"{who!r} is not in this round")


def _changed_places(planned: Round, one: str, other: str) -> list[LeftOut]:
    outside = {out.member for out in planned.left}
    places = {one: other, other: one} if outside & {one, other} else {}
    left = [LeftOut(places[out.member], "taken") if out.member in places else out for out in planned.left]
    return sorted(left, key=lambda out: out.member)


def match_of(
    together: list[Peer], week: Week, blocks: Blocks, history: History, rules: Rules, seed: int
) -> Match | Refused:
    """Those members (sorted by id) as a match, on the strictest rung of the ladder where all may meet."""
    stuck = Refused(pair(together[0].id, together[1].id))
    if not frozenset[str].intersection(*(peer.languages for peer in together)):
        return stuck
    for level in rules.ladder:
        stuck_on = _stuck(together, week, level, blocks, history, rules)
        common = ANY
        for peer in together:
            common &= week.mask(peer.zone, peer.local(level))
        if stuck_on is None and (level is Level.ANY or common.bit_count() >= rules.least):
            return match_at(together, level, week, history, rules, seed)
        stuck = stuck_on or stuck
    return stuck


def _stuck(
    together: list[Peer], week: Week, level: Level, blocks: Blocks, history: History, rules: Rules
) -> Refused | None:
    for a, b in combinations(together, 2):
        if why_not(a, b, week, rules, level=level, blocks=blocks, history=history) is not None:
            return Refused(pair(a.id, b.id))
    return None


def _meeting(a: Peer, b: Peer, week: Week, history: History, rules: Rules, seed: int) -> Meeting:
    both = shared(a, b, week)
    ago = history.get(pair(a.id, b.id))
    return Meeting(
        pair(a.id, b.id),
        points(a, b, both.bit_count(), rules.weights, seed),
        both,
        ago if ago is not None and 0 < ago <= rules.remember else None,
    )


def _alone(peer: Peer) -> int:
    return alone_cost(peer.wait, peer.new)
