"""A million moments of a virtual year, in every zone there is, each held against a second opinion on local time."""

from __future__ import annotations

import time as clock
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from chat.moment import Schedule, zones
from faults.zone_oracle import DAY, Wall, wall
from scheduler.when import next_moment

SPAN = datetime(2027, 7, 1, tzinfo=UTC), datetime(2028, 7, 1, tzinfo=UTC)
"""Both seasons of both hemispheres, and 2028-02-29."""
A_ZONE, SEED = 5, 20280229
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Figures:
    """What a walk found: `drift` is the largest difference to the second opinion, in seconds."""

    occurrences: int = 0
    missed: int = 0
    double: int = 0
    drift: int = 0
    leap_days: int = 0
    in_gap_or_fold: int = 0

    def hold(self) -> dict[str, float]:
        """The figures, when nothing is missed, double or off."""
        assert (self.missed, self.double, self.drift) == (0, 0, 0), self
        return {name: getattr(self, name) for name in self.__slots__}


def walk(schedule: Schedule, clocks: Wall, start: datetime, end: datetime, figures: Figures) -> None:
    """Plans one member's every day from `start` to `end`, as the planner does, and compares."""
    seen: list[tuple[date, int]] = []
    found = next_moment(schedule, start)
    while found.at < end:
        seen.append((found.day, int(found.at.timestamp())))
        found = next_moment(schedule, found.at, first_day=found.day + _DAY)
    days = (start.date() + _DAY * n for n in range(-2, (end - start).days + 3))
    due = {day: clocks.instant(day, schedule.at) for day in days}
    due = {day: at for day, at in due.items() if at is not None and start.timestamp() < at < end.timestamp()}
    times = Counter(day for day, _ in seen)
    figures.occurrences += len(seen)
    figures.missed += len(due.keys() - times.keys())
    figures.double += sum(times.values()) - len(times) + len(times.keys() - due.keys())
    figures.drift = max([figures.drift, *(abs(at - due[day]) for day, at in seen if day in due)])
    figures.leap_days += date(2028, 2, 29) in times
    minute = schedule.at.hour * 3600 + schedule.at.minute * 60
    figures.in_gap_or_fold += sum(any(local % DAY == minute for local in jump.local) for jump in clocks.jumps)


def moments(clocks: Wall, count: int, random: Random) -> Iterator[time]:
    """Half past eight, then minutes inside each gap and fold, then any minute of the day."""
    yield time(8, 30)
    inside = [random.choice(jump.local) for jump in clocks.jumps if jump.local][: count - 1]
    for second in inside + [random.randrange(0, DAY, 60) for _ in range(count - 1 - len(inside))]:
        yield time(second % DAY // 3600, second % 3600 // 60)


def year() -> Figures:
    """The whole of it: every zone, five moments each, every day of the year."""
    random, figures = Random(SEED), Figures()
    start, end = SPAN
    for zone in sorted(zones()):
        clocks = wall(zone, start - 3 * _DAY, end + 3 * _DAY)
        for at in moments(clocks, A_ZONE, random):
            walk(Schedule(at, zone), clocks, start, end, figures)
    return figures


def main() -> None:
    """Prints the figures."""
    began = clock.perf_counter()
    figures = year()
    print(f"\na virtual year in {len(zones())} zones, {A_ZONE} moments each (seed {SEED})")
    print(
        f"  {figures.occurrences:,} occurrences, {figures.in_gap_or_fold:,} transitions met inside the gap or fold, ",
        end="",
    )
    print(f"{figures.leap_days:,} on 29 February")
    print(f"  {figures.missed} missed, {figures.double} double, {figures.drift} s drift", end="")
    print(f"; {clock.perf_counter() - began:.0f} s with the second opinion")
    figures.hold()


if __name__ == "__main__":
    main()
