"""A member's own moment: a local time on some weekdays in a zone, and one occurrence of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from chat.errors import LimitError

EVERY_DAY = frozenset(range(7))


@cache
def zones() -> frozenset[str]:
    """Every zone name a member may have: what zoneinfo knows, without aliases of the machine."""
    return frozenset(name for name in available_timezones() if "/" in name or name == "UTC")


@dataclass(frozen=True, slots=True)
class Schedule:
    """`at` is wall-clock time without zone; `days` are ISO weekdays minus one (Monday is 0)."""

    at: time
    zone: str
    days: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if self.zone not in zones():
            raise LimitError(f"{self.zone[:60]!r} is not a time zone: use an IANA name such as Europe/London")
        if self.at.tzinfo is not None or self.at.second or self.at.microsecond:
            raise LimitError("a schedule's time is a local minute without a zone")
        if not self.days or not self.days <= EVERY_DAY:
            raise LimitError("a schedule needs at least one weekday, 0 (Monday) to 6 (Sunday)")

    @property
    def tz(self) -> ZoneInfo:
        """The zone's rules."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """`day` is the nominal local date and the key of at most one message; `at` the instant, aware UTC."""

    day: date
    at: datetime


class NextMoment(Protocol):
    """`scheduler.when.next_moment`, as the rooms below the scheduler see it."""

    def __call__(self, schedule: Schedule, after: datetime, *, first_day: date | None = None) -> Occurrence: ...


def pack_days(days: Iterable[int]) -> int:
    """A bit per weekday, Monday lowest, for a table column."""
    return sum(1 << day for day in set(days))


def unpack_days(mask: int) -> frozenset[int]:
    """The inverse of `pack_days`."""
    return frozenset(day for day in range(7) if mask >> day & 1)
