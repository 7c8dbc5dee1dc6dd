"""Stays below the platforms' ceilings by itself, and knows how many more messages a space may have right now.

Leaky buckets by aiolimiter, one a scope (platform, space, conversation). Nothing waits here for a 429: who was throttled
rests in the store (`rests`), and only rows of others are claimed meanwhile.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime

from aiolimiter import AsyncLimiter

from chat.people import Person, Space
from chat.platform import Pace, Paced, Platform

SCOPES = 20_000  # limiters kept at once; a conversation's is idle after a second
AHEAD = 1.0  # seconds' worth of messages claimed ahead of their turn
UNPACED = 32  # messages under way at once on a platform that names no ceiling
PROBE = 1  # for a space that failed lately


class Pacer:
    """`share` is this process's part of a platform's ceiling when several processes send."""

    def __init__(self, platforms: Mapping[str, Platform], *, enabled: bool = True) -> None:
        self._platforms, self._enabled = platforms, enabled
        self._limiters: OrderedDict[str, AsyncLimiter] = OrderedDict()
        self._under_way: dict[str, int] = {}
        self._failures: dict[str, int] = {}
        self._openings: dict[str, datetime] = {}
        self.share = 1.0

    def room(self, space: Space) -> int:
        """How many messages of this space may be claimed now."""
        widest, pace, at_once = self._widest(space)
        here = self._under_way.get(widest, 0)
        room = at_once - here
        if pace is not None and self._enabled:
            room = min(room, max(1, int(pace.per_second * self.share * AHEAD)) - here)
        if self._failures.get(space.key):
            room = min(room, PROBE - self._under_way.get(space.key, 0))
        return max(0, room)

    async def turn(self, to: Person) -> None:
        """Waits until every scope of a message to this person has room for one more."""
        platform = self._platforms.get(to.space.platform)
        if self._enabled and isinstance(platform, Paced):
            for scope, pace in platform.paces(to):
                await self._limiter(scope, pace).acquire()

    def begin(self, space: Space) -> None:
        """One message of this space was claimed."""
        for scope in self._scopes(space):
            self._under_way[scope] = self._under_way.get(scope, 0) + 1

    def end(self, space: Space) -> None:
        """It was settled, one way or the other."""
        for scope in self._scopes(space):
            self._under_way[scope] -= 1
            if not self._under_way[scope]:
                del self._under_way[scope]

    def close_openings(self, platform: str, until: datetime) -> None:
        """The platform wants no new direct conversations before that instant."""
        self._openings[platform] = until

    def openings_rest(self, platform: str, now: datetime) -> datetime | None:
        """Until when no new direct conversation may be opened; None when one may."""
        until = self._openings.get(platform)
        return until if until is not None and until > now else None

    def failed(self, space: Space) -> None:
        """The space did not answer as it should."""
        self._failures[space.key] = self._failures.get(space.key, 0) + 1

    def answered(self, space: Space) -> None:
        """It did."""
        self._failures.pop(space.key, None)

    def failures(self, space: Space) -> int:
        """How often in a row."""
        return self._failures.get(space.key, 0)

    def _scopes(self, space: Space) -> set[str]:
        return {self._widest(space)[0], space.key}

    def _widest(self, space: Space) -> tuple[str, Pace | None, int]:
        """The widest scope a space's messages count against: its platform's (one bot account) or its own."""
        platform = self._platforms.get(space.platform)
        if not isinstance(platform, Paced):
            return space.platform, None, UNPACED
        scope, pace = platform.paces(Person(space, "-"))[0]
        return scope, pace, platform.at_once

    def _limiter(self, scope: str, pace: Pace) -> AsyncLimiter:
        rate = pace.per_second * (1.0 if "/" in scope else self.share)
        known = self._limiters.get(scope)
        if known is None or abs(known.max_rate / known.time_period - rate) > 1e-9:
            known = self._limiters[scope] = AsyncLimiter(pace.burst, pace.burst / rate)
        self._limiters.move_to_end(scope)
        if len(self._limiters) > SCOPES:
            self._limiters.popitem(last=False)
        return known
