"""Notices what no part of the bot can see from inside: an event loop that stands still, and a wall clock that jumps.

A task beats in the loop; a thread looks whether it still does, because a blocked loop cannot report itself, and says
where the loop's thread stands. Durations are monotonic; the wall clock is only compared with it.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)

BEAT = 0.5  # seconds between two beats
ALARM = 10.0  # seconds without a beat, after which where the loop stands is logged
JUMP = 0.5  # seconds by which the wall clock may differ from what passed
KEPT = 60.0  # seconds a lag is remembered, so that who asks now and then sees it


class Pulse:
    """One for a process. `lag()`, `stalled()`, `stalls` and `jumps` are for /healthz and metrics."""

    def __init__(self, *, beat: float = BEAT, alarm: float = ALARM, wall: Callable[[], float] = time.time) -> None:
        self._beat, self._alarm, self._wall = beat, alarm, wall
        self._last = time.monotonic()
        self._offset = self._difference() or 0.0
        self._lags: deque[tuple[float, float]] = deque()
        self._stop = threading.Event()
        self._loop_thread = 0
        self._task: asyncio.Task[None] | None = None
        self._watch: threading.Thread | None = None
        self.stalls = 0  # since the start: how often the loop stood still for longer than the alarm
        self.jumps = 0  # since the start: how often the wall clock jumped
        self.on_jump: list[Callable[[float], None]] = []  # called in the loop after each, by how many seconds

    def start(self) -> None:
        """Begins to beat in the running loop."""
        self._loop_thread, self._last = threading.get_ident(), time.monotonic()
        self._stop.clear()
        self._task = asyncio.create_task(self._beats(), name="pulse")
        self._watch = threading.Thread(target=self._look, name="pulse watch", daemon=True)
        self._watch.start()

    async def stop(self) -> None:
        """Ends the task and the thread. Twice does no harm."""
        self._stop.set()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._watch is not None:
            await asyncio.to_thread(self._watch.join)
        self._task = self._watch = None

    def lag(self) -> float:
        """Seconds: the longest the loop kept its work waiting in the last minute, now included. Any thread may ask."""
        now = time.monotonic()
        overdue = max(0.0, now - self._last - self._beat) if self._task is not None else 0.0
        return max([overdue, *(late for at, late in tuple(self._lags) if now - at < KEPT)])

    def stalled(self) -> bool:
        """Whether the loop stands still now, or did for longer than the alarm within the last minute."""
        return self.lag() >= self._alarm

    async def _beats(self) -> None:
        while True:
            await asyncio.sleep(self._beat)
            now = time.monotonic()
            self._lags.append((now, max(0.0, now - self._last - self._beat)))
            while now - self._lags[0][0] >= KEPT:
                self._lags.popleft()
            self._last = now
            self._compare()

    def _compare(self) -> None:
        difference = self._difference()
        if difference is None:
            return
        by, self._offset = difference - self._offset, difference
        if abs(by) >= JUMP:
            self.jumps += 1
            log.warning("the wall clock jumped by %+.1f s; schedules follow it, durations do not", by)
            for call in self.on_jump:
                call(by)

    def _difference(self) -> float | None:
        """Wall minus monotonic; None when this thread was interrupted between the two looks."""
        before = time.monotonic()
        wall = self._wall()
        return wall - before if time.monotonic() - before < JUMP / 5 else None

    def _look(self) -> None:
        """In a thread of its own. One line a stall; when this thread slept too, it was not the loop's fault."""
        told_of = 0.0
        every = min(1.0, self._alarm / 4)
        looked = time.monotonic()
        while not self._stop.wait(every):
            now, last = time.monotonic(), self._last
            slept, looked = now - looked - every, now
            if now - last < self._alarm or last == told_of:
                continue
            told_of = last
            self.stalls += 1
            if slept >= self._alarm / 2:
                log.warning("the whole process stood still for %.0f s", slept)
                continue
            frame = sys._current_frames().get(self._loop_thread)  # no public way  # pyright: ignore[reportPrivateUsage]
            where = "".join(traceback.format_stack(frame)) if frame is not None else "nowhere"
            log.error("the event loop stands still for %.0f s already, at:\n%s", now - last, where)
