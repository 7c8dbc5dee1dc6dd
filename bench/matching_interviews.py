"""Figures of a batch of interviews: seconds and memory with OR-tools and with SciPy alone, what the candidates lose
against all pairs, and what greedy and first come, first served reach."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import cast

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart, timed
from bench.matching_table import Row
from matching import assign
from matching._between import between
from matching.interviews import plan_batch
from matching.person import Host, Level, Seeker
from matching.problem import Assignment, Ints
from matching.rules import INTERVIEW_RULES, alone_cost

GOALS = {10_000: 1, 100_000: 20}
TIMES = {1_000: 5, 10_000: 3, 100_000: 1}
LEAST = 0.999
COMPARED = 10_000
"""Up to so many members all feasible pairs are solved too."""


def rows(sizes: tuple[int, ...]) -> Iterator[Row]:
    """The rows of the batches: half of the members ask, half answer; then one ask for every seat and a tenth more."""
    for size in sizes:
        times = TIMES.get(size, 3)
        for using, scarce in (("OR-tools", False), ("SciPy", False), ("SciPy", True)):
            took = apart(batch, size, times, using == "SciPy", scarce)
            seconds = GOALS.get(size)
            runs = f"median of {times}" if times > 1 else "one run"
            spent = f"{took['wall']:.2f} s ({took['cpu']:.2f} s of CPU, {runs}), {took['peak']:.0f} MB, "
            left = f"{took['left']:,.0f} of {took['asked']:,.0f} left out at {took['seats']:,.0f} seats"
            name = f"interviews, {size:,} members, {using}{', scarce' if scarce else ''}"
            goal = f"{seconds} s" if seconds and not scarce else ""
            yield Row(name, spent + left, goal, took["wall"] <= seconds if seconds and not scarce else None)
    size = max((size for size in sizes if size <= COMPARED), default=0)
    for scarce in (False, True) if size else ():
        took = apart(against_all, size, scarce)
        share, goal = took["ours"] / took["all"], size in GOALS
        kind = f"{size:,} members{', scarce' if scarce else ''}"
        told = f"{share:.3%} of the fit, cost {took['over']:,.0f} above it, {took['left']:,.0f} left out"
        yield Row(
            f"  beside the optimum of all pairs, {kind}", told, f"{LEAST:.1%}" if goal else "", _least(share, goal)
        )
        for name in ("greedy", "first come"):
            told = f"{took[name] / took['all']:.1%} of the fit, {took[f'{name} left']:,.0f} left out"
            yield Row(f"    {name}, on all pairs", told)


def batch(size: int, times: int, alone: bool, scarce: bool) -> Figures:
    """A whole batch; `alone`: as if OR-tools were not installed."""
    if alone:
        sys.modules["ortools"] = cast("ModuleType", None)  # what Python itself sets for a module that must not be found
    seekers, hosts = _sides(size, scarce)
    ids = [who.id for who in (*seekers, *hosts)]
    blocks = communities.blocks(ids)
    took, planned = timed(times, lambda: plan_batch(seekers, hosts, communities.WEEK, blocks=blocks))
    assert ("scipy" in planned.method) == alone, planned.method
    seats = sum(host.seats for host in hosts)
    return took | {"left": len(planned.left), "asked": len(seekers), "seats": seats, "fit": planned.score}


def against_all(size: int, scarce: bool) -> Figures:
    """The fit of a batch, and of others, beside the optimum over every pair that may be."""
    seekers, hosts = _sides(size, scarce)
    planned = plan_batch(seekers, hosts, communities.WEEK)
    table = between(seekers, hosts, frozenset(), (), INTERVIEW_RULES, communities.WEEK, 0)
    parts = list[tuple[Ints, Ints, Ints]]()
    everyone, each = np.arange(len(hosts), dtype=np.int32), np.arange(len(seekers), dtype=np.int32)
    for rows in np.array_split(each, max(1, len(seekers) // 500)):
        fit = table.tile(rows[:, None], everyone[None, :], Level.STATED).astype(np.int64)
        at, to = np.nonzero(fit >= 0)
        parts.append((rows[at].astype(np.int64), to, fit[at, to]))
    seeker, host, fit = (np.concatenate(column) for column in zip(*parts, strict=True))
    alone = np.array([alone_cost(one.wait, one.new) for one in table.seekers], np.int64)
    problem = Assignment(seeker.astype(np.int32), host.astype(np.int32), 1000 - fit, alone, table.seats)
    best = assign.solve(problem)
    figures: Figures = {"ours": planned.score, "over": planned.cost - best.cost, "left": len(planned.left)}
    figures["all"] = float(fit[best.chosen].sum())
    rng = np.random.default_rng(1)
    by_lot = np.lexsort((-fit, rng.permutation(len(seekers))[seeker]))  # each in turn takes the best seat there is
    for name, order in (("greedy", np.argsort(-fit, kind="stable")), ("first come", by_lot)):
        taken = _one_by_one(problem, order.tolist())
        figures |= {name: float(fit[taken].sum()), f"{name} left": len(seekers) - len(taken)}
    return figures


def _sides(size: int, scarce: bool) -> tuple[list[Seeker], list[Host]]:
    """As many who ask as who answer, who have two seats on average; where they are scarce, half as many who answer."""
    hosts = communities.hosts(size // 3 if scarce else size // 2)
    return communities.seekers(size - len(hosts)), hosts


def _one_by_one(problem: Assignment, order: Iterable[int]) -> list[int]:
    free, open_, taken = problem.seats.tolist(), [True] * len(problem.alone), list[int]()
    seeker, host = problem.seeker.tolist(), problem.host.tolist()
    for edge in order:
        if open_[seeker[edge]] and free[host[edge]]:
            open_[seeker[edge]] = False
            free[host[edge]] -= 1
            taken.append(edge)
    return taken


def _least(share: float, goal: bool) -> bool | None:
    return share >= LEAST if goal else None
