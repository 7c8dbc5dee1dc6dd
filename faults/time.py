"""Cases 25 to 27 of the fault list and the virtual year: time itself as the fault."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bench.years import Figures, year
from chat.moment import Schedule, zones
from faults.traveller import DATE_LINE, Traveller, some_day
from faults.zone_data import lived_through_updates
from faults.zone_oracle import DAY, Jump, Wall, wall
from scheduler.when import next_moment

SEED = 26
_DAY = timedelta(days=1)


async def every_transition() -> dict[str, float]:
    """25: every zone and transition of 2020 to 2037, each minute of its gap or fold, and the minute on either side."""
    figures, transitions = Figures(), 0
    for zone in sorted(zones()):
        clocks = wall(zone, datetime(2020, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC))
        transitions += len(clocks.jumps)
        for jump in clocks.jumps:
            _around(zone, clocks, jump, figures)
    return {"zones": len(zones()), "transitions": transitions, **figures.hold()}


def _around(zone: str, clocks: Wall, jump: Jump, figures: Figures) -> None:
    for local in range(jump.local.start - 60, jump.local.stop + 60, 60):
        shown = datetime.fromtimestamp(local, UTC)
        schedule, day = Schedule(shown.time(), zone), shown.date()
        figures.in_gap_or_fold += local in jump.local
        after, expected = datetime.fromtimestamp(local - 3 * DAY, UTC), day - _DAY
        first_day: date | None = expected
        for _ in range(3):
            found = next_moment(schedule, after, first_day=first_day)
            figures.occurrences += 1
            figures.missed += found.day > expected
            figures.double += found.day < expected
            truth = clocks.instant(found.day, schedule.at)
            figures.drift = max(figures.drift, DAY if truth is None else abs(int(found.at.timestamp()) - truth))
            after, first_day, expected = found.at, None, expected + _DAY


async def random_moves(members: int = 2_000, days: int = 60) -> dict[str, float]:
    """26: members who change zones at random hours, half of the time over the date line."""
    random, pool = Random(SEED), sorted(zones())  # to be repeated, not to be secret
    moves, gaps = 0, list[timedelta]()
    for _ in range(members):
        traveller = Traveller(time(random.randrange(24), random.randrange(60)), random.choice(pool), some_day())
        pace = random.choice([3, 12, 40, 100])
        while traveller.now < some_day() + days * _DAY:
            traveller.wait(timedelta(minutes=random.randrange(1, pace * 60)))
            if not traveller.overdue:
                traveller.move(random.choice(DATE_LINE if random.random() < 0.5 else pool))
                moves += 1
        gaps += traveller.gaps
    hours = [gap / timedelta(hours=1) for gap in gaps]
    return {
        "seed": SEED, "members": members, "moves": moves, "delivered": len(gaps) + members,
        "shortest gap, h": min(hours), "longest gap, h": max(hours), "held by a night": sum(h > 48 for h in hours),
    }  # fmt: skip


async def whole_year() -> dict[str, float]:
    """A million occurrences."""
    figures = year().hold()
    assert figures["occurrences"] >= 1_000_000
    return figures


CASES: dict[int | str, Callable[[], Awaitable[dict[str, float]]]] = {
    25: every_transition, 26: random_moves, 27: lived_through_updates, "year": whole_year,
}  # fmt: skip


async def main() -> None:
    """All of them, with their figures."""
    for name, case in CASES.items():
        print(json.dumps({"case": name, **await case()}), flush=True)  # this is what it is for


if __name__ == "__main__":
    asyncio.run(main())
