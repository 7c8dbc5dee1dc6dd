"""A member's own moment: a local time on some weekdays in a zone, and one occurrence of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from chat.errors import LimitError

EVERY_DAY = frozenset(range(7))
_LARGEST = timedelta(hours=15)


@cache
def zones() -> frozenset[str]:
    """Every zone name a member may have: what zoneinfo knows, without aliases of the machine."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@cache
def _rules(zone: str) -> ZoneInfo:
    """Kept for good: zoneinfo itself keeps eight zones and reads the file of a ninth anew each time."""
    return ZoneInfo(zone)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`at` is wall-clock time without zone; `days` are ISO weekdays minus one (Monday is 0). `offset` (local minus UTC)
    is set where a stored zone is no longer in the zone data: its last known rule, until the member names another."""

    at: time
    zone: str
    days: frozenset[int] = EVERY_DAY
    offset: timedelta | None = None

    def __post_init__(self) -> None:
        if self.offset is None and self.zone not in zones():
            raise LimitError(f"{self.zone[:60]!r} is not a time zone: use an IANA name such as Europe/London")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise LimitError("a schedule's time is a local minute without a zone")
        if not self.days or not self.days <= EVERY_DAY:
            raise LimitError("a schedule needs at least one weekday, 0 (Monday) to 6 (Sunday)")

    @staticmethod
    @lru_cache(maxsize=1 << 13)
    def stored(at: time, zone: str, days: int, offset: timedelta | None = None) -> Schedule:
        """A schedule as a row keeps it, `days` packed. A zone that left the zone data stops nobody: it goes on with
        `offset`, see `offset_of`, or with UTC where there is none. Equal rows share one value.

        >>> Schedule.stored(time(8), "Mars/Olympus", 127, timedelta(hours=2)).tz.utcoffset(None)
        datetime.timedelta(seconds=7200)
        """
        lost = zone not in zones()
        return Schedule(at, zone, unpack_days(days), (offset or timedelta()) if lost else None)

    @property
    def tz(self) -> tzinfo:
        """The zone's rules."""
        return _rules(self.zone) if self.offset is None else timezone(self.offset)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`day` is the nominal local date and the key of at most one message; `at` the instant, aware UTC."""

    day: date
    at: datetime


class Times(Protocol):
    """`scheduler.when`, as the rooms below the scheduler see it. `schedules`: one member's week, see `Nudge.week`."""

    def next_of(
        self, schedules: Sequence[Schedule], after: datetime, *, first_day: date | None = None
    ) -> Occurrence: ...

    def upcoming(
        self, schedules: Sequence[Schedule], after: datetime, count: int = 7, *, first_day: date | None = None
    ) -> tuple[Occurrence, ...]: ...

    def after_move(
        self,
        schedules: Sequence[Schedule],
        *,
        last_day: date | None,
        last_at: datetime | None,
        now: datetime,
        first_day: date | None = None,
    ) -> Occurrence: ...


def pack_days(days: Iterable[int]) -> int:
    """A bit per weekday, Monday lowest, for a table column."""
    return sum(1 << day for day in set(days))


@cache
def unpack_days(mask: int) -> frozenset[int]:
    """The inverse of `pack_days`."""
    return frozenset(day for day in range(7) if mask >> day & 1)


def hour(minute: int) -> str:
    """A minute of a day, 0 to 1440, as a clock shows it.

    >>> hour(545), hour(1440)
    ('09:05', '24:00')
    """
    return f"{minute // 60:02}:{minute % 60:02}"


def offset_of(at: time, occurrence: Occurrence) -> timedelta:
    """The offset (local minus UTC) a moment was computed with: what is left of a zone that nobody knows any more.

    >>> str(offset_of(time(8), Occurrence(date(2026, 7, 1), datetime(2026, 7, 1, 6, tzinfo=UTC))))
    '2:00:00'
    """
    offset = datetime.combine(occurrence.day, at, UTC) - occurrence.at
    return max(-_LARGEST, min(_LARGEST, timedelta(minutes=round(offset / timedelta(minutes=1)))))
