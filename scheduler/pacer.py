"""Stays below the platforms' ceilings by itself, and knows how many more messages a space may have right now.

Leaky buckets by aiolimiter, one a scope (platform, space, conversation). Nothing waits here for a 429: who was
throttled rests in the store (`rests`), and only rows of others are claimed meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from aiolimiter import AsyncLimiter

from chat.people import Person, Space
from chat.platform import GATHERINGS, Pace, Paced, Platform

SCOPES = 20_000  # limiters kept at once; a conversation's is idle after a second
AHEAD = 1.0  # seconds' worth of messages claimed ahead of their turn
UNPACED = 100  # messages claimed at once where nothing is paced
AT_ONCE = 32  # of them sent at once on a platform that names no ceiling
UNWRITTEN = 10.0  # seconds a rest may be on its way to the store
PROBE = 1  # for a space that failed lately


class Pacer:
    """`share` is this process's part of a platform's ceiling when several processes send."""

    def __init__(self, platforms: Mapping[str, Platform], *, enabled: bool = True) -> None:
        self._platforms, self._enabled = platforms, enabled
        self._paced: dict[str, Paced | None] = {}  # asked once: isinstance of a Protocol is slow
        self._widest_of: dict[Space, tuple[str, Pace | None, int]] = {}
        self._limiters: OrderedDict[str, AsyncLimiter] = OrderedDict()
        self._under_way: dict[str, int] = {}
        self._failures: dict[str, int] = {}
        self._openings: dict[str, datetime] = {}
        self._rests: dict[str, datetime] = {}
        self._rested: dict[str, float] = {}  # when they were begun, monotonic
        self._gates: dict[str, asyncio.Semaphore] = {}
        self.share = 1.0

    def room(self, space: Space) -> int:
        """How many messages of this space may be claimed now; none until half of what there may be is done, so that
        claims come many at a time."""
        widest, pace, _ = self._widest(space)
        if self._failures.get(space.key):
            return max(0, PROBE - self._under_way.get(space.key, 0))
        most = UNPACED
        if pace is not None and self._enabled:
            most = max(1, int(pace.per_second * self.share * AHEAD))
        free = most - self._under_way.get(widest, 0)
        return free if 2 * free >= most else 0

    def gate(self, space: Space) -> asyncio.Semaphore:
        """Lets through as many sends at once as the platform takes: a dead token or host is asked no more often."""
        widest, _, at_once = self._widest(space)
        return self._gates.setdefault(widest, asyncio.Semaphore(at_once))

    def rest(self, scope: str, until: datetime) -> None:
        """A space or platform is to be left in peace: what is claimed of it already is not sent either."""
        self._rests[scope], self._rested[scope] = until, time.monotonic()

    def follow(self, resting: Mapping[str, datetime]) -> None:
        """The rests as the store has them: some ended early, some were begun by another process or before a restart.
        One begun just now may not be there yet."""
        now = time.monotonic()
        kept = {scope: until for scope, until in self._rests.items() if now - self._rested[scope] < UNWRITTEN}
        known = {scope: until for scope, until in resting.items() if _of_all(scope)}
        self._rests = known | kept
        self._rested = {scope: self._rested.get(scope, 0.0) for scope in self._rests}
        for scope, until in resting.items():
            platform, _, what = scope.partition("/")
            if what == "openings":
                self.close_openings(platform, until)

    def shift(self, by: timedelta) -> None:
        """The wall clock was set by so much: rests last as long as they would have."""
        self._rests = {scope: until + by for scope, until in self._rests.items()}
        self._openings = {platform: until + by for platform, until in self._openings.items()}

    def rests(self, space: Space, now: datetime) -> datetime | None:
        """Until when; None when it may be written to."""
        until = max((self._rests[s] for s in (space.key, space.platform) if s in self._rests), default=None)
        return until if until is not None and until > now else None

    def gatherings_rest(self, space: Space, now: datetime) -> datetime | None:
        """Until when no conversation for several may be opened there; None when one may."""
        own = self._rests.get(f"{space.key}{GATHERINGS}", now)
        until = max(own, self.rests(space, now) or now)
        return until if until > now else None

    async def turn(self, to: Person) -> None:
        """Waits until every scope of a message to this person has room for one more."""
        platform = self._of(to.space)
        if platform is not None:
            await self.turns(platform.paces(to))

    async def turns(self, paces: Sequence[tuple[str, Pace]]) -> None:
        """Waits until each of these has room for one more."""
        if self._enabled:
            for scope, pace in paces:
                await self._limiter(scope, pace).acquire()

    def has_turn(self, paces: Sequence[tuple[str, Pace]]) -> bool:
        """Whether the narrowest of these, the last, has room at once."""
        return not self._enabled or self._limiter(*paces[-1]).has_capacity()

    def begin(self, spaces: Iterable[Space]) -> None:
        """One message of each of these was claimed."""
        for space in spaces:
            for scope in self._scopes(space):
                self._under_way[scope] = self._under_way.get(scope, 0) + 1

    @contextmanager
    def claiming(self) -> Generator[Callable[[Iterable[Space]], None]]:
        """`begin` for claims within a transaction: they count at once, and not at all when its commit is refused."""
        begun: list[Space] = []

        def begin(spaces: Iterable[Space]) -> None:
            new = list(spaces)
            self.begin(new)
            begun.extend(new)

        try:
            yield begin
        except BaseException:
            for space in begun:
                self.end(space)
            raise

    def end(self, space: Space) -> None:
        """It was settled, one way or the other."""
        for scope in self._scopes(space):
            self._under_way[scope] -= 1
            if not self._under_way[scope]:
                del self._under_way[scope]

    def close_openings(self, platform: str, until: datetime) -> None:
        """The platform wants no new direct conversations before that instant; a longer rest stays."""
        self._openings[platform] = max(until, self._openings.get(platform, until))

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

    def _scopes(self, space: Space) -> tuple[str, ...]:
        widest = self._widest(space)[0]
        return (space.key,) if widest == space.key else (widest, space.key)

    def _widest(self, space: Space) -> tuple[str, Pace | None, int]:
        """The widest scope a space's messages count against: its platform's (one bot account) or its own."""
        known = self._widest_of.get(space)
        if known is None:
            platform = self._of(space)
            if platform is None:
                return space.platform, None, AT_ONCE
            scope, pace = platform.paces(Person(space, "-"))[0]
            known = self._widest_of[space] = scope, pace, platform.at_once
        return known

    def _of(self, space: Space) -> Paced | None:
        known = self._platforms.get(space.platform)
        if known is not None and space.platform not in self._paced:
            self._paced[space.platform] = known if isinstance(known, Paced) else None
        return self._paced.get(space.platform)

    def _limiter(self, scope: str, pace: Pace) -> AsyncLimiter:
        rate = pace.per_second * (self.share if _of_all(scope) else 1.0)
        known = self._limiters.get(scope)
        if known is None or abs(known.max_rate / known.time_period - rate) > 1e-9:
            known = self._limiters[scope] = AsyncLimiter(pace.burst, pace.burst / rate)
        self._limiters.move_to_end(scope)
        if len(self._limiters) > SCOPES:
            self._limiters.popitem(last=False)
        return known


def _of_all(scope: str) -> bool:
    """Whether all processes share it: only one of them writes to a conversation at a time."""
    return "/" not in scope or scope.endswith(GATHERINGS)
