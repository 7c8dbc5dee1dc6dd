"""The sandbox's clock: time a person or a test may move, stop or let run faster. The bot in demo mode reads it too."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

log = logging.getLogger(__name__)

FASTEST = 86_400.0  # a day a second
MOST_DUE = 20_000  # timers at once; nobody listens and time stands still, then


class SandboxClock:
    """Runs from `start` at `speed` (0 stands still, 1 is real time); `advance` and `set` jump, `run` changes the speed.

    `age()` is for things that grow old (a response_url, a rate limit): it follows real seconds and jumps, not the
    speed, so a fast clock does not take the three seconds away in which a real bot has to answer.
    """

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        self.speed = 0.0 if frozen else 1.0
        self._at = start or datetime.now(UTC)
        self._since = time.monotonic()
        self._jumped = 0.0
        self._listeners: list[Callable[[datetime], None]] = []
        self._due: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Aware UTC."""
        return self._at + timedelta(seconds=(time.monotonic() - self._since) * self.speed)

    def age(self) -> float:
        """Seconds: real ones and those jumped over. It never goes back."""
        return time.monotonic() + self._jumped

    def set(self, moment: datetime) -> None:
        """Jumps to an aware moment."""
        if moment.tzinfo is None:
            raise ValueError("the sandbox clock takes aware datetimes: add tzinfo")
        self._jumped += max(0.0, (moment - self.now()).total_seconds())
        self._restart(moment.astimezone(UTC))

    def advance(self, by: timedelta) -> None:
        """Jumps by a span."""
        self.set(self.now() + by)

    def run(self, speed: float) -> None:
        """Goes on at `speed`, 0 to 86,400 seconds a second."""
        if not 0 <= speed <= FASTEST:
            raise ValueError(f"a speed is between 0 (stands still) and {FASTEST:.0f} (a day a second)")
        moment, self.speed = self.now(), speed
        self._restart(moment)

    def _restart(self, moment: datetime) -> None:
        self._at, self._since = moment, time.monotonic()
        self._moved.set()
        for listener in self._listeners:
            listener(moment)

    def on_jump(self, listener: Callable[[datetime], None]) -> None:
        """Calls `listener(now)` after every jump and change of speed."""
        self._listeners.append(listener)

    def call_at(self, moment: datetime, work: Callable[[], None]) -> None:
        """Runs `work` once when this clock has reached `moment`, however it got there."""
        if len(self._due) >= MOST_DUE:
            log.warning("more than %d things wait for the sandbox's clock: one more is forgotten", MOST_DUE)
            return
        heapq.heappush(self._due, (moment, next(self._numbers), work))
        self._moved.set()

    async def serve(self) -> None:
        """Runs what falls due, until cancelled; the server starts it."""
        while True:
            while self._due and self._due[0][0] <= self.now():
                work = heapq.heappop(self._due)[2]
                try:
                    work()
                except Exception:  # one broken timer must not stop the others
                    log.exception("something that was due in the sandbox failed")
            await self._pause()

    async def _pause(self) -> None:
        self._moved.clear()
        seconds = None
        if self._due and self.speed:
            seconds = max(0.001, (self._due[0][0] - self.now()).total_seconds() / self.speed)
        try:
            await asyncio.wait_for(self._moved.wait(), seconds)
        except TimeoutError:
            return
