"""Figures of the best host at once: how long an answer takes, and how near a day of answers comes to hindsight."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench import communities
from bench.matching_apart import Figures, apart
from bench.matching_table import Row
from matching.interviews import plan_batch
from matching.online import Online

ASKED, MOST_MS = 3_000, 5
LOAD, LEAST, GOAL_FROM = 0.9, 0.95, 2_000
"""The goal on hindsight is for communities of `GOAL_FROM` hosts and more: in small ones nobody can know enough."""
PRICED_BY = 4_000
"""Prices come from so many seekers of days before, or from one day as busy as this one."""


def rows(indexed: int, days: tuple[int, ...]) -> Iterator[Row]:
    """The rows of an index of so many hosts, and of days with so many hosts each."""
    took = apart(latency, indexed)
    told = f"p99 {took['p99']:.2f} ms, p50 {took['p50']:.2f} ms, {took['p99cpu']:.2f} ms of CPU, {took['peak']:.0f} MB"
    yield Row(f"online, {indexed:,} hosts, {ASKED:,} asked", told, f"p99 {MOST_MS} ms", took["p99"] < MOST_MS)
    for hosts in days:
        took, goal = apart(day, hosts), hosts >= GOAL_FROM
        told = f"{took['priced']:.1%} ({took['placed']:,.0f} placed, in hindsight {took['could']:,.0f})"
        least = f"{LEAST:.0%}" if goal else ""
        yield Row(
            f"  of hindsight at load {LOAD}, {hosts:,} hosts", f"{told}; without prices {took['plain']:.1%}",
            least, took["priced"] >= LEAST if goal else None,
        )  # fmt: skip


def latency(hosts: int) -> Figures:
    """Of finding the best eight and taking a seat of the first."""
    index = Online(communities.hosts(hosts), communities.WEEK)
    walls, cpus = list[float](), list[float]()
    for seeker in communities.seekers(ASKED, seed=7):
        begin, spent = time.perf_counter(), time.thread_time()
        if offers := index.best(seeker):
            index.reserve(offers[0].host)
        walls.append((time.perf_counter() - begin) * 1e3)
        cpus.append((time.thread_time() - spent) * 1e3)
    (p50, p99), p99cpu = np.percentile(walls, [50, 99]).tolist(), float(np.percentile(cpus, 99))
    return {"p50": p50, "p99": p99, "p99cpu": p99cpu}


def day(count: int) -> Figures:
    """Seekers come one by one, for nine of ten seats; each gets the best there is. Beside it, the same seekers in one
    batch: what could have been, had all been known."""
    hosts = communities.hosts(count, 1)
    many = int(LOAD * sum(host.seats for host in hosts))
    asking = communities.seekers(many, 11)
    days = -(-PRICED_BY // many)
    before = plan_batch(
        communities.seekers(many * days, 20), [replace(host, seats=host.seats * days) for host in hosts],
        communities.WEEK,
    )  # fmt: skip
    hindsight = plan_batch(asking, hosts, communities.WEEK)
    found: Figures = {"could": len(hindsight.proposals)}
    for name, prices in (("plain", {}), ("priced", before.prices)):
        index, total, placed = Online(hosts, communities.WEEK, prices=prices), 0, 0
        for seeker in asking:
            if offers := index.best(seeker, 1):
                assert index.reserve(offers[0].host)
                total, placed = total + offers[0].fit, placed + 1
        found |= {name: total / hindsight.score, "placed": placed}
    return found
