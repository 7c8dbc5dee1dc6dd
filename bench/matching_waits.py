"""How long seekers wait where hosts are scarce: a queue that only fairness can clear, over many rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from random import Random

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart
from bench.matching_table import Row
from matching.interviews import plan_batch
from matching.online import Online
from matching.person import Host, Seeker

ROUNDS, MOST, GOAL_FROM = 24, 6, 300
"""The goal is for `GOAL_FROM` hosts and more: with fewer it tells of chance, whether somebody has a role's one host."""
BACKLOG, LOAD = 3, 1.0
"""Three rounds' worth of seekers wait at the start, and each round as many come as there are seats: the queue
never ends."""
Taken = dict[str, int]
"""Who was placed, and at which fit."""


def rows(hosts: int) -> Iterator[Row]:
    """The rows of three ways to give seats away."""
    for name in WAYS:
        took, goal = apart(rounds, hosts, name), name == "ours" and hosts >= GOAL_FROM
        told = f"p95 {took['p95']:.0f} rounds, longest {took['longest']:.0f}, {took['late']:,.0f} waited 8 or more; "
        told += f"{took['placed']:,.0f} placed at mean fit {took['fit']:.0f}"
        yield Row(
            f"wait where seats are scarce, {name}" if name == "ours" else f"  {name}", told,
            f"p95 {MOST}" if goal else "", took["p95"] <= MOST if goal else None,
        )  # fmt: skip


def rounds(size: int, name: str) -> Figures:
    """So many rounds of seekers whom at least one host suits. The wait counts for who was placed, and for who waits in
    the end."""
    hosts, draw = communities.hosts(size), Random(1)
    seats, index = sum(host.seats for host in hosts), Online(hosts, communities.WEEK)
    crowd = (seeker for seeker in _endless() if index.best(seeker, 1))
    waiting = [replace(next(crowd), wait=draw.randrange(2)) for _ in range(BACKLOG * seats)]
    waited, fit = list[int](), 0
    for _ in range(ROUNDS):
        taken = WAYS[name](waiting, hosts)
        waited += [seeker.wait for seeker in waiting if seeker.id in taken]
        fit += sum(taken.values())
        waiting = [replace(seeker, wait=seeker.wait + 1) for seeker in waiting if seeker.id not in taken]
        waiting += [replace(next(crowd), wait=0) for _ in range(int(LOAD * seats))]
    placed = len(waited)
    waited += [seeker.wait for seeker in waiting]
    late = sum(wait >= 8 for wait in waited)
    return {
        "p95": float(np.percentile(waited, 95)), "longest": max(waited), "late": late, "placed": placed,
        "fit": fit / placed,
    }  # fmt: skip


def _endless() -> Iterator[Seeker]:
    for seed in count():
        yield from (replace(seeker, id=f"{seeker.id}-{seed}") for seeker in communities.seekers(1_000, seed))


def _ours(waiting: Sequence[Seeker], hosts: Sequence[Host]) -> Taken:
    planned = plan_batch(waiting, hosts, communities.WEEK)
    return {proposal.seeker: proposal.fit for proposal in planned.proposals}


def _all_alike(waiting: Sequence[Seeker], hosts: Sequence[Host]) -> Taken:
    return _ours([replace(seeker, wait=0) for seeker in waiting], hosts)


def _in_line(waiting: Sequence[Seeker], hosts: Sequence[Host]) -> Taken:
    index, taken, seats = Online(hosts, communities.WEEK), Taken(), sum(host.seats for host in hosts)
    for seeker in sorted(waiting, key=lambda seeker: -seeker.wait):
        if len(taken) < seats and (offers := index.best(seeker, 1)):
            index.reserve(offers[0].host)
            taken[seeker.id] = offers[0].fit
    return taken


WAYS: dict[str, Callable[[Sequence[Seeker], Sequence[Host]], Taken]] = {
    "ours": _ours, "without looking at the wait": _all_alike, "first come, first served": _in_line,
}  # fmt: skip
