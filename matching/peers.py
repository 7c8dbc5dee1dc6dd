"""A peer round: everyone in pairs that fit as well as possible, left-overs on wider terms, the rest told why not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching import pair
from matching._exchange import exchange, knew
from matching._pool import Pool, pool
from matching.candidates import candidates
from matching.history import NO_BLOCKS, NO_HISTORY, Blocks, History
from matching.left_out import LeftOut, Sides, barred, left_out
from matching.person import Level, Peer
from matching.problem import Index
from matching.progress import Progress, Steps
from matching.rounds import Match, Meeting, Round, Step
from matching.rules import PEER_RULES, Rules, alone_cost
from matching.score import points
from matching.trios import Pair, joined
from matching.week import Week

TRADES = 20
"""So often a trio may trade members."""


def plan_round(
    peers: Sequence[Peer],
    week: Week,
    *,
    blocks: Blocks = NO_BLOCKS,
    history: History = NO_HISTORY,
    rules: Rules = PEER_RULES,
    seed: int = 0,
    size: int = 2,
    progress: Progress | None = None,
) -> Round:
    """Who meets whom in the round whose shared hours are those of `week`. The same arguments give the same round, in
    whatever order the members come. With `size` 3 a third of them, drawn by lot, join pairs of the others. With
    `triad_before_repeat`, pairs that met lately are the last resort, else they cost their price among all others.
    Raises Cancelled when `progress` says stop."""
    if not rules.weights.symmetric:
        raise ValueError(
            "peers judge each other alike: needs and offers weigh the same; no second role, topics, company"
        )
    steps = Steps(progress)
    steps.stage("who", 0.05)
    here = [peer for peer in peers if barred(peer, rules) is None]
    away = [LeftOut(peer.id, cause) for peer in peers if (cause := barred(peer, rules)) is not None]
    plan = _Plan(pool(here, blocks, history, rules, week, seed), seed)
    if size == 3:
        plan.threes(steps)
    for repeats in (False, True) if rules.triad_before_repeat else (True,):
        for level in rules.ladder:
            plan.pair_up(level, repeats, steps)
        for level in rules.ladder if rules.trios else ():
            plan.take_in(level, repeats)
    plan.trade()
    steps.stage("reasons", 1.0)
    planned = plan.result(away, {peer.id: alone_cost(peer.wait, peer.new) for peer in peers})
    steps.done()
    return planned


class _Plan:
    """A round in the making: members (indices) still free, pairs, and who joined which pair."""

    def __init__(self, members: Pool, seed: int) -> None:
        self.pool, self.seed = members, seed
        self.rng = np.random.default_rng(seed)
        self.free: Index = np.arange(len(members), dtype=np.int32)
        self.pairs: list[Pair] = []
        self.thirds: dict[int, tuple[int, Level]] = {}
        self.steps: list[Step] = []
        self.done = 0.05

    def threes(self, steps: Steps) -> None:
        """Pairs within stated hours among two thirds, whom the others join; who finds no pair is free as before."""
        level, many = self.pool.rules.ladder[0], len(self.pool)
        held = many // 3 - (many % 3 == 1)  # nobody stays alone: four are two pairs
        thirds, self.free = self.free[:held], self.free[held:]
        self.pair_up(level, not self.pool.rules.triad_before_repeat, steps)
        self.free = np.sort(np.concatenate([self.free, thirds]))
        self.take_in(level, not self.pool.rules.triad_before_repeat)

    def pair_up(self, level: Level, repeats: bool, steps: Steps) -> None:
        """Pairs among those still free."""
        if len(self.free) < 2:
            return
        steps.stage(f"candidates, {level.name.lower()}", self._until(0.5))
        found = candidates(self.pool, self.free, level, self.rng, repeats=repeats, steps=steps)
        steps.stage(f"pairs, {level.name.lower()}", self._until(0.9))
        solved = pair.solve(
            found.problem(self.pool, self.free), progress=lambda done, _: steps.at(done), seed=self.seed
        )
        a, b = found.a[solved.chosen], found.b[solved.chosen]
        self.pairs += [Pair(one, other, level) for one, other in zip(a.tolist(), b.tolist(), strict=True)]
        self.steps.append(Step(level, len(self.free), len(found.a), len(a), solved.cost, solved.bound, solved.method))
        self.free = self.free[solved.left]

    def _until(self, fraction: float) -> float:
        """How far the next stage goes: the first rung takes nearly all the time, the others what is left of it."""
        self.done = fraction if self.done < fraction else (self.done + 0.99) / 2
        return self.done

    def take_in(self, level: Level, repeats: bool) -> None:
        """Thirds for pairs that have none, of those still free."""
        open_to = [number for number in range(len(self.pairs)) if number not in self.thirds]
        if not len(self.free) or not open_to:
            return
        pairs = [self.pairs[number] for number in open_to]
        for third, number in joined(self.pool, self.free, pairs, level, repeats=repeats):
            self.thirds[open_to[number]] = (third, max(level, pairs[number].level))
        taken = [third for third, _ in self.thirds.values()]
        self.free = self.free[~np.isin(self.free, taken)]

    def trade(self) -> None:
        """Trios in which two have met lately trade members with a pair, as long as that makes nothing dearer."""
        for number, (third, level) in self.thirds.items():
            made, been = self.pairs[number], set[tuple[int, int, int]]()
            a, b, c = sorted((made.a, made.b, third))
            trio = a, b, c
            while knew(self.pool, trio) and len(been) < TRADES:
                been.add(trio)
                open_to = [at for at in range(len(self.pairs)) if at not in self.thirds]
                others = [(self.pairs[at].a, self.pairs[at].b, self.pairs[at].level) for at in open_to]
                found = exchange(self.pool, trio, level, others, been)
                if found is None:
                    break
                trio, at = found.three, open_to[found.pair]
                self.pairs[at] = Pair(*found.two, self.pairs[at].level)
                self.pairs[number], self.thirds[number] = Pair(trio[0], trio[1], made.level), (trio[2], level)

    def result(self, away: list[LeftOut], alone: dict[str, int]) -> Round:
        """The round as data."""
        matches: list[Match] = []
        for number, made in enumerate(self.pairs):
            third = self.thirds.get(number)
            if third is None:
                matches.append(_match(self.pool, (made.a, made.b), made.level))
            else:
                matches.append(_match(self.pool, (made.a, made.b, third[0]), third[1]))
        left = [*away, *(self._left_out(who) for who in self.free.tolist())]
        rules, took_part = self.pool.rules, [out for out in left if out.cause not in {"paused", "external"}]
        return Round(
            matches=tuple(sorted(matches, key=lambda match: match.members)),
            left=tuple(sorted(left, key=lambda out: out.member)),
            cost=sum(match.cost(rules) for match in matches) + sum(alone[out.member] for out in took_part),
            bound=self.steps[0].bound if self.steps else sum(alone[out.member] for out in took_part),
            seed=self.seed,
            steps=tuple(self.steps),
        )

    def _left_out(self, who: int) -> LeftOut:
        everyone = np.arange(len(self.pool), dtype=np.int32)
        others, here = everyone[everyone != who], self.pool
        sides = Sides(here.rules, here.week, here.columns, here.columns)
        met = here.met_before(np.full(len(others), who, np.int32), others)
        return left_out(here.members[who], sides, who, others, met)


def _match(members: Pool, who: tuple[int, ...], level: Level) -> Match:
    named = sorted(who, key=lambda at: members.members[at].id)
    together = [(i, j) for at, i in enumerate(named) for j in named[at + 1 :]]
    shared = members.shared(named[0], named[1], level)
    for at in named[2:]:
        shared &= members.shared(named[0], at, level)
    return Match(
        members=tuple(members.members[at].id for at in named),
        level=level,
        meetings=tuple(_meeting(members, i, j) for i, j in together),
        shared=shared,
    )


def _meeting(members: Pool, i: int, j: int) -> Meeting:
    one, other, stated = members.members[i], members.members[j], members.shared(i, j)
    ago = int(members.agos(np.array([i], np.int32), np.array([j], np.int32))[0])
    earned = points(one, other, stated.bit_count(), members.rules.weights, members.seed)
    return Meeting((one.id, other.id), earned, stated, ago or None)
