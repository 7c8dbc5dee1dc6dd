"""Shared hours: local half hours as a bit set over one concrete week of UTC, so that clock changes are right.

A local week has 336 half hours; bit 48 * weekday + half hour (Monday is 0). A week of UTC has as many, counted from its
start. Where a zone is a quarter off (Kathmandu, 45 minutes), a half hour of UTC touches two local ones and is free only
when both are. An hour that the clocks skip does not exist that week; one they repeat is free twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

DAY, HALF_HOURS, WORDS = 48, 336, 6
ANY = (1 << HALF_HOURS) - 1
_HALF = timedelta(minutes=30)
_EARLY, _LATE = 18, 40
"""Half hours of a local day between which (9 to 20 o'clock) a talk disturbs nobody."""
Bits = NDArray[np.uint64]


def span(days: Iterable[int], begin: float, end: float) -> int:
    """The half hours from `begin` to `end` o'clock (24 is midnight) on weekdays, 0 is Monday.

    >>> span([0], 0, 1.5)
    7
    """
    if not 0 <= begin < end <= 24 or begin * 2 % 1 or end * 2 % 1:
        raise ValueError(f"{begin} to {end} o'clock: give half hours, begin before end, and split what passes midnight")
    day = (1 << round(2 * end)) - (1 << round(2 * begin))
    return sum(day << DAY * weekday for weekday in set(days))


WAKING = span(range(7), 8, 22)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven times 24 hours of UTC from `start`, an aware instant on a full or half hour."""

    start: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.start.astimezone(UTC).minute % 30 or self.start.second:
            raise ValueError(f"a week starts on a half hour of an aware time, not {self.start.isoformat()}")

    def mask(self, zone: str, local: int) -> int:
        """The half hours of this week that are free for someone in an IANA zone with these local half hours."""
        first, second = _locals(zone, self.start)
        return sum(
            1 << at
            for at, (one, other) in enumerate(zip(first, second, strict=True))
            if local >> one & 1 and local >> other & 1
        )

    def masks(self, zones: Sequence[str], locals_: Sequence[int]) -> Bits:
        """`mask` of many at once: shape (6, members), word w holds the half hours 64 w and up."""
        kinds: dict[tuple[str, int], int] = {}
        which = np.array([kinds.setdefault(kind, len(kinds)) for kind in zip(zones, locals_, strict=True)], np.intp)
        by_zone: dict[str, list[tuple[int, int]]] = {}
        for (zone, local), number in kinds.items():
            by_zone.setdefault(zone, []).append((number, local))
        out = np.zeros((WORDS, len(kinds)), np.uint64)
        for zone, wanted in by_zone.items():
            raw = b"".join(local.to_bytes(HALF_HOURS // 8, "little") for _, local in wanted)
            free = np.unpackbits(np.frombuffer(raw, np.uint8).reshape(len(wanted), -1), axis=1, bitorder="little")
            first, second = (list(part) for part in _locals(zone, self.start))
            packed = np.zeros((len(wanted), WORDS * 8), np.uint8)
            packed[:, : HALF_HOURS // 8] = np.packbits(free[:, first] & free[:, second], axis=1, bitorder="little")
            out[:, [number for number, _ in wanted]] = packed.view("<u8").T
        return np.ascontiguousarray(out[:, which])

    def slots(self, shared: int, zones: Sequence[str], count: int = 3) -> tuple[datetime, ...]:
        """Up to `count` starts (UTC, in order of time) among shared half hours, kind to every zone: by day where that
        is possible, with the next half hour free too, on a full hour, and on different days while there are any."""
        tables = [_locals(zone, self.start)[0] for zone in zones]

        def burden(at: int) -> tuple[int, int, int, int]:
            clocks = [table[at] % DAY for table in tables]
            unkind = max(max(_EARLY - clock, clock - _LATE + 2, 0) for clock in clocks)
            return unkind, 1 - (shared >> at + 1 & 1), sum(clock % 2 for clock in clocks), at

        ranked = sorted((at for at in range(HALF_HOURS) if shared >> at & 1), key=burden)
        picked: list[int] = []
        for apart in (DAY, 4, 1):
            for at in ranked:
                if len(picked) < count and all(abs(at - other) >= apart for other in picked):
                    picked.append(at)
        return tuple(self.start.astimezone(UTC) + _HALF * at for at in sorted(picked))


def hours(shared: int) -> float:
    """How many hours a bit set of half hours is.

    >>> hours(span([0, 2], 18, 19.5))
    3.0
    """
    return shared.bit_count() / 2


@lru_cache(maxsize=4096)
def _locals(zone: str, start: datetime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """For each half hour of the week the local half hours in which its two quarters lie."""
    tz, at = ZoneInfo(zone), start.astimezone(UTC)
    quarters = [(at + timedelta(minutes=15 * quarter)).astimezone(tz) for quarter in range(2 * HALF_HOURS)]
    local = [DAY * when.weekday() + 2 * when.hour + when.minute // 30 for when in quarters]
    return tuple(local[::2]), tuple(local[1::2])
