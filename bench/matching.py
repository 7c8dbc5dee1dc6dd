"""Every figure of the goals of matching, measured now, beside how others do it: `python -m bench.matching [--quick]`.

Each measurement runs in a process of its own. `--quick` takes under two minutes and leaves the large sizes out; goals
are compared only at the sizes they are for. On a machine that does other things, look at the seconds of CPU."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from bench import (
    matching_interviews,
    matching_online,
    matching_peers,
    matching_repeats,
    matching_rounds,
    matching_solvers,
    matching_waits,
)
from bench.matching_table import Row, show


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured: members of rounds, of the matching step, of twelve rounds (and communities of each); seeds
    of repeats; members of batches; hosts of the index, of days, and where seats are scarce."""

    peers: tuple[int, ...]
    step: int
    twelve: dict[int, int]
    seeds: int
    interviews: tuple[int, ...]
    index: int
    days: tuple[int, ...]
    scarce: int


FULL = Sizes(
    peers=(1_000, 10_000, 100_000),
    step=1_000,
    twelve={100: 5, 1_000: 2, 10_000: 1},
    seeds=20,
    interviews=(10_000, 100_000),
    index=100_000,
    days=(220, 2_000, 34_000),
    scarce=300,
)
QUICK = Sizes(
    peers=(1_000,),
    step=300,
    twelve={100: 1},
    seeds=2,
    interviews=(1_000,),
    index=10_000,
    days=(220,),
    scarce=60,
)


def rows(sizes: Sizes) -> Iterator[Row]:
    """All rows, each as soon as it is measured."""
    yield from matching_peers.rows(sizes.peers)
    yield from matching_solvers.rows(sizes.step)
    yield from matching_rounds.rows(sizes.twelve)
    yield from matching_repeats.rows(sizes.seeds)
    yield from matching_interviews.rows(sizes.interviews)
    yield from matching_online.rows(sizes.index, sizes.days)
    yield from matching_waits.rows(sizes.scarce)


def main(sizes: Sizes = FULL) -> None:
    """Prints the table."""
    show(rows(sizes))


if __name__ == "__main__":
    main(QUICK if "--quick" in sys.argv else FULL)
