"""A second opinion on local times, to hold `scheduler.when` against: it only asks what local time a UTC instant is,
finds where that answer jumps, and solves for the instant in whole seconds. No fold, no local-to-UTC conversion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

DAY = 86_400
_EPOCH = date(1970, 1, 1)
_STEP = DAY // 4  # no zone changes its offset twice within six hours


@dataclass(frozen=True, slots=True)
class Jump:
    """At the UTC second `at` the offset (seconds, local minus UTC) changes."""

    at: int
    before: int
    after: int

    @property
    def local(self) -> range:
        """The local seconds since 1970 inside the gap or the fold, a whole minute each."""
        return range(self.at + min(self.before, self.after), self.at + max(self.before, self.after), 60)


@dataclass(frozen=True, slots=True)
class Wall:
    """The local times of a zone over a span: the offset at its start, then its jumps."""

    first: int
    jumps: tuple[Jump, ...]

    def around(self, local: int) -> Wall:
        """The same, without the jumps more than five days from a local second."""
        near = tuple(jump for jump in self.jumps if abs(jump.at - local) < 5 * DAY)
        past = [jump for jump in self.jumps if jump.at <= local - 5 * DAY]
        return Wall(past[-1].after if past else self.first, near)

    def instant(self, day: date, at: time) -> int | None:
        """The UTC second of a local time by RFC 5545: the first pass of a fold, the offset before a gap; None for a
        date no clock of the zone ever showed."""
        midnight = (day - _EPOCH).days * DAY
        local = midnight + at.hour * 3600 + at.minute * 60
        near = self.around(local)
        since, offset = -(1 << 62), near.first
        for jump in near.jumps:
            if since <= local - offset < jump.at:
                return local - offset
            if jump.at + offset <= local < jump.at + jump.after:
                whole = jump.at + offset <= midnight and midnight + DAY <= jump.at + jump.after
                return None if whole else local - offset
            since, offset = jump.at, jump.after
        return local - offset


def wall(zone: str, start: datetime, end: datetime) -> Wall:
    """What the clocks of a zone show between two instants, found by looking every six hours and halving."""
    rules = ZoneInfo(zone)

    def offset(second: int) -> int:
        shown = datetime.fromtimestamp(second, rules)
        return int(shown.replace(tzinfo=UTC).timestamp()) - second

    second, last = int(start.timestamp()), int(end.timestamp())
    first = before = offset(second)
    jumps: list[Jump] = []
    while second < last:
        later = second + _STEP
        after = offset(later)
        if after != before:
            low, high = second, later
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == before else (low, middle)
            jumps.append(Jump(high, before, after))
        second, before = later, after
    return Wall(first, tuple(jumps))
