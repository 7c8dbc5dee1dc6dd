"""The whole bot as a process of its own in which time stands still, and which dies where its clock's work has a point.

Forked from a server that has imported everything and read the pack: a death costs a moment, not ten seconds.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from datetime import datetime

from bot.app import build
from bot.settings import Settings
from commands._registry import load as load_commands
from scheduler import failpoints
from tests.kit.house import shipped

KILLED = 137
PATIENCE = 60.0  # seconds
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.kit.mortal_clock", "tests.kit.forked"])


class Stopped:
    """A clock that shows one instant."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """Always the same."""
        return self._now


async def dies(settings: Settings, point: str, now: datetime) -> None:
    """A bot comes up at `now`, does what is due, and is gone at `point`, without a last word to anybody. Raises
    AssertionError when it does not come by there."""
    process = _context.Process(target=_live, args=(settings, point, now), daemon=True)
    process.start()
    await asyncio.to_thread(process.join, PATIENCE)
    try:
        assert process.exitcode == KILLED, f"{point} was not reached: {process.exitcode}"
    finally:
        process.kill()


def _live(settings: Settings, point: str, now: datetime) -> None:
    def reached(at: str) -> None:
        if at == point:
            os._exit(KILLED)

    failpoints.listen(reached)
    asyncio.run(_run(settings, now))


async def _run(settings: Settings, now: datetime) -> None:
    app = await build(settings, Stopped(now), load_commands(), shipped())
    await app.start()
    await asyncio.Event().wait()
