"""Twelve rounds with history, ours beside the others' methods: what they are worth, repeats, who waits longest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart
from bench.matching_bound import most_fit
from bench.matching_others import METHODS, Room
from bench.matching_table import Row
from matching._pool import pool
from matching._tiles import blocks_of
from matching.history import NO_HISTORY, Blocks, Pair, after
from matching.peers import plan_round
from matching.person import Level, Peer
from matching.problem import Index
from matching.rounds import Round
from matching.rules import PEER_RULES, Rules

ROUNDS = 12
GOALS = {100: 1.3, 1_000: 1.75, 10_000: 2.0}


@dataclass(slots=True)
class Tally:
    """What so many rounds came to. `worth`: the fit of all matches, a trio as its average; `fresh`: of those that were
    no repeats. `wrong`: pairs without a shared language or hour, of one team, or blocked; they are worth nothing."""

    pairs: int = 0
    worth: int = 0
    fresh: int = 0
    repeats: int = 0
    wrong: int = 0
    left: int = 0
    waiting: Counter[int] = field(default_factory=Counter[int])
    longest: int = 0

    def placed(self, who: set[int], count: int) -> None:
        """Who had a match this round."""
        for one in range(count):
            self.waiting[one] = 0 if one in who else self.waiting[one] + 1
        self.left += count - len(who)
        self.longest = max(self.longest, *self.waiting.values())

    def figures(self) -> Figures:
        """As numbers."""
        return {
            name: getattr(self, name) for name in ("worth", "fresh", "pairs", "repeats", "wrong", "left", "longest")
        }


def rows(sizes: dict[int, int]) -> Iterator[Row]:
    """The rows of twelve rounds, for each size in so many communities."""
    for size, many in sizes.items():
        ours = apart(twelve, size, many)
        given, as_is = (
            {name: _named(found, name) for name in METHODS}
            for found in (apart(twelve_others, size, many, ruled) for ruled in (True, False))
        )
        best = max(given, key=lambda name: given[name]["worth"])
        ratio, goal = ours["worth"] / given[best]["worth"], GOALS.get(size)
        fresh = ours["fresh"] / max(took["fresh"] for took in given.values())
        most = apart(ceiling, size, many)["most"] / given[best]["worth"]
        told = (
            f"{ratio:.2f} times ({best}, given our hard rules); {fresh:.2f} without repeats; none can reach {most:.2f}"
        )
        met, aim = (ratio >= goal, f"{goal} times") if goal else (None, "")
        yield Row(f"fit of {ROUNDS} rounds, {size:,} members, over others", told, aim, met)
        yield Row("", "fit in thousands · meetings · repeats · left out · longest wait · against a hard rule")
        yield Row("  ours", _told(ours))
        for name in METHODS:
            yield Row(f"  {name}, given our hard rules", _told(given[name]))
        for name in METHODS:
            yield Row(f"  {name}, as it is", _told(as_is[name]))


def twelve(size: int, many: int) -> Figures:
    """Our rounds in so many communities."""
    return _sum(our_rounds(*_community(size, seed), ROUNDS, PEER_RULES, seed).figures() for seed in range(many))


def ceiling(size: int, many: int) -> Figures:
    """What no method can surpass within stated hours, even one that repeats its best round."""
    return {"most": sum(ROUNDS * sum(most_fit(communities.peers(size, seed))) for seed in range(many))}


def our_rounds(members: Sequence[Peer], blocks: Blocks, many: int, rules: Rules, seed: int) -> Tally:
    """So many rounds of ours, with history and waiting."""
    tally, known, place = Tally(), dict[Pair, int](), {member.id: at for at, member in enumerate(members)}
    for number in range(many):
        planned = plan_round(
            members, communities.WEEK, blocks=blocks, history=known, rules=rules, seed=1000 * seed + number
        )
        _count(tally, planned, place)
        left = {out.member for out in planned.left}
        members = [replace(m, wait=m.wait + 1 if m.id in left else 0, new=m.new and m.id in left) for m in members]
        known = after(known, planned.met(), rules.remember)
    return tally


def _count(tally: Tally, planned: Round, place: dict[str, int]) -> None:
    for match in planned.matches:
        again = sum(meeting.ago is not None for meeting in match.meetings)
        tally.pairs += len(match.meetings)
        tally.repeats += again
        tally.worth += match.fit
        tally.fresh += 0 if again else match.fit
    tally.placed({place[who] for match in planned.matches for who in match.members}, len(place))


def twelve_others(size: int, many: int, ruled: bool) -> Figures:
    """Rounds of each of the other methods, with our hard rules (stated hours, as they know no ladder) or without."""
    found: Figures = {}
    for method in METHODS:
        total = _sum(_others(size, seed, method, ruled=ruled).figures() for seed in range(many))
        found |= {f"{method} {name}": value for name, value in total.items()}
    return found


def _community(size: int, seed: int) -> tuple[list[Peer], frozenset[Pair]]:
    members = communities.peers(size, seed)
    return members, communities.blocks([member.id for member in members], seed=seed)


def _others(size: int, seed: int, method: str, *, ruled: bool) -> Tally:
    members, blocks = _community(size, seed)
    here = pool(members, blocks, NO_HISTORY, PEER_RULES, communities.WEEK, 1)
    may = np.ones((size, size), np.bool_)
    if ruled:
        everyone = np.arange(size, dtype=np.int32)
        for part in blocks_of(everyone):
            may[part] = here.tile(part[:, None], everyone[None, :], Level.STATED) >= 0
        places = {member.id: at for at, member in enumerate(here.members)}
        for one, other in blocks:
            may[places[one], places[other]] = may[places[other], places[one]] = False
    np.fill_diagonal(may, val=False)
    room, tally = Room(may, np.zeros((size, size), np.uint8)), Tally()
    draw = Random(seed)
    for _ in range(ROUNDS):
        pairs = METHODS[method](room, draw)
        i, j = (np.array(side, np.int32) for side in zip(*pairs, strict=True))
        fit, again = here.fits(i, j, Level.STATED), _again(room, i, j)
        tally.pairs += len(pairs)
        tally.repeats += int(again.sum())
        tally.wrong += int((fit < 0).sum())
        tally.worth += int(fit[fit >= 0].sum())
        tally.fresh += int(fit[(fit >= 0) & ~again].sum())
        tally.placed({who for both in pairs for who in both}, size)
        room.met(pairs)
    return tally


def _named(found: Figures, name: str) -> Figures:
    return {key.removeprefix(f"{name} "): value for key, value in found.items() if key.startswith(f"{name} ")}


def _sum(figures: Iterable[Figures]) -> Figures:
    """Of several communities; the wait is the longest of them."""
    total: Figures = {}
    for one in figures:
        total = {name: total.get(name, 0) + value for name, value in one.items()} | {
            "longest": max(total.get("longest", 0), one["longest"])
        }
    return total


def _again(room: Room, i: Index, j: Index) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    ago = room.ago[i, j]
    return (ago > 0) & (ago <= PEER_RULES.remember)


def _told(took: Figures) -> str:
    wrong = took["wrong"] / max(1.0, took["pairs"])
    return (
        f"{took['worth'] / 1000:,.0f} · {took['pairs']:,.0f} · {took['repeats']:,.0f} · {took['left']:,.0f} · "
        f"{took['longest']:.0f} · {wrong:.0%}"
    )
