"""Starts the platforms side by side, tries those that are away again, and knows when none is left."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import MutableMapping

from chat.errors import PlatformAway, SteppingstoneError
from chat.platform import Handle, Platform

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 5.0, 30.0  # seconds between two tries of a platform that is away
PATIENCE = 5.0  # seconds after which the others no longer wait for a platform's first connection


class Keeper:
    """One task a platform. A refused one is taken out of `platforms` and stops nothing but itself."""

    def __init__(self, platforms: MutableMapping[str, Platform], *, pace: float = 1.0) -> None:
        self._platforms, self._pace = platforms, pace
        self._tasks: list[asyncio.Task[None]] = []
        self._tried: dict[str, asyncio.Event] = {}
        self.refused: dict[str, SteppingstoneError] = {}
        self.ended = asyncio.Event()  # no platform is left, and none will come back by itself

    def start(self, handle: Handle) -> None:
        """Begins; see `connected` and `tried`."""
        for name, platform in self._platforms.items():
            self._tried[name] = asyncio.Event()
            self._tasks.append(asyncio.create_task(self._keep(name, platform, handle), name=f"keep {name}"))

    async def tried(self, patience: float | None = None) -> None:
        """Until every platform was tried once, or for so many seconds. Raises what refused us when all did."""
        waits = [asyncio.create_task(event.wait()) for event in self._tried.values()]
        if waits:
            _done, late = await asyncio.wait(waits, timeout=patience)
            for task in late:
                task.cancel()
        if self.refused and not self._platforms:
            raise next(iter(self.refused.values()))

    async def stop(self) -> None:
        """Ends the tasks, then the platforms."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for platform in self._platforms.values():
            await platform.stop()

    async def _keep(self, name: str, platform: Platform, handle: Handle) -> None:
        try:
            await self._connect(name, platform, handle)
            self._tried[name].set()
            log.info("connected to %s", name)
            await platform.ended()
        except SteppingstoneError as error:
            self._refuse(name, error)
            del self._platforms[name]
        else:
            if platform.failure is not None:
                self._refuse(name, platform.failure)
        finally:
            self._tried[name].set()

    async def _connect(self, name: str, platform: Platform, handle: Handle) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                await platform.start(handle)
            except PlatformAway as error:
                log.warning("%s is away, tried again in %.0f s: %s", name, pause * self._pace, error)
                self._tried[name].set()
                await asyncio.sleep(pause * self._pace)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                return

    def _refuse(self, name: str, error: SteppingstoneError) -> None:
        log.error("%s refuses us for good: %s", name, error)
        self.refused[name] = error
        if len(self.refused) == len(self._tasks):
            self.ended.set()
