"""Figures of the matching engine on synthetic communities: `python -m bench.matching_draft [members…]`."""

from __future__ import annotations

import resource
import sys
import time

from bench import communities
from matching.interviews import plan_batch
from matching.online import Online
from matching.peers import plan_round
from matching.report import report

ASKED = 3_000


def main(sizes: list[int]) -> None:
    """Prints the lines. Peak memory is of the process so far."""
    for size in sizes:
        _peers(size)
        _interviews(size)
        _online(size)


def _peers(size: int) -> None:
    members = communities.peers(size)
    blocks = communities.blocks([member.id for member in members])
    begin, spent = time.perf_counter(), time.process_time()
    planned = plan_round(members, communities.WEEK, blocks=blocks, seed=1)
    wall, cpu = time.perf_counter() - begin, time.process_time() - spent
    figures, first = report(planned, members), planned.steps[0]
    print(f"peers {size:7}: {wall:6.2f} s ({cpu:.2f} s of CPU), {_peak()} MB, {first.candidates} candidates")
    said = f"  {first.method}, cost {first.cost}, bound {first.bound:.0f}"
    print(f"{said}, fit {figures.mean_fit}, left {figures.left}")


def _interviews(size: int) -> None:
    hosts = communities.hosts(size // 2)
    seekers = communities.seekers(size - len(hosts))
    begin, spent = time.perf_counter(), time.process_time()
    batch = plan_batch(seekers, hosts, communities.WEEK)
    wall, cpu = time.perf_counter() - begin, time.process_time() - spent
    print(f"interviews {size:7}: {wall:6.2f} s ({cpu:.2f} s of CPU), {_peak()} MB, {batch.method}")
    print(
        f"  {len(batch.proposals)} of {len(seekers)} placed at mean fit {batch.score // max(1, len(batch.proposals))}"
    )


def _online(size: int) -> None:
    index, took = Online(communities.hosts(size), communities.WEEK), list[float]()
    for seeker in communities.seekers(ASKED):
        begin = time.perf_counter()
        offers = index.best(seeker)
        took.append((time.perf_counter() - begin) * 1e3)
        if offers:
            index.reserve(offers[0].host)
    took.sort()
    print(
        f"online {size:7} hosts: p50 {took[ASKED // 2]:.2f} ms, p99 {took[ASKED * 99 // 100]:.2f} ms, {took[-1]:.1f} ms"
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
