"""Events kept before they are acknowledged and handled once: what both platforms share.

An event goes `keep` (one row, committed) -> acknowledged -> `handling` (the row is emptied at the end). A row that
nobody finishes, because the process died or the database refused, is begun again by `sweep`. Writes of several events
share a transaction: on SQLite the disk is the limit, not the statements.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chat.event import EVENT
from store import Store
from store.inbox import KEPT

log = logging.getLogger(__name__)

PATIENCE = 1.5  # seconds to store an event; the platforms wait 3 for the acknowledgement, and it must still travel
BATCH = 200  # events a transaction
PAUSE = 0.2  # seconds before marks that the database refused are tried again
EVERY = 30.0  # seconds between looks for events that nobody finished
TOO_OLD = timedelta(minutes=15)  # after that nobody waits for the answer, and no way to show it is left
OTHERS = timedelta(minutes=2)  # where processes share the database, a younger event may be under way in another one
TRIES = 3

Point = Literal["kept", "begun", "worked", "done"]
Again = Callable[[str, str], Awaitable[None]]
"""Handles a kept event once more, by its key and body; calls `handling` or `drop`."""


class NotKept(Exception):
    """The event is not stored: it must not be acknowledged, so that it comes again or its sender sees it."""


@dataclass(frozen=True, slots=True)
class _Keep:
    key: str
    body: str
    answer: asyncio.Future[Literal["new", "known", "lost"]]  # cancelled: nobody waits any more
    settled: asyncio.Future[None]  # nothing of it is in the store, or its answer stands


class Inbox:
    """One platform's events in one process. `reached` is called at each named point: a test may die there."""

    def __init__(self, store: Store, platform: str, clock: Callable[[], datetime]) -> None:
        self._store, self._platform, self._clock = store, platform, clock
        self._keeps: list[_Keep] = []
        self._finished: list[str] = []
        self._withdrawn: list[str] = []
        self._waiting: dict[str, _Keep] = {}
        self._under_way: set[str] = set()
        self._writer: asyncio.Task[None] | None = None
        self._sweeper: asyncio.Task[None] | None = None
        self._stopping = asyncio.Event()
        self.reached: Callable[[Point], None] = _pass

    async def keep(self, key: str, body: str, *, within: float = PATIENCE) -> bool:
        """Stores an event. True: new, and now the caller's to handle; False: a repetition, to be acknowledged and no
        more. Raises NotKept after `within` seconds."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within
        while (before := self._waiting.get(key)) is not None:  # the same event, its fate not yet known
            waited_for = before.settled if before.answer.cancelled() else before.answer
            await asyncio.wait({waited_for}, timeout=until - loop.time())
            if not waited_for.done():
                raise NotKept(key)
        if key in self._under_way:
            return False
        entry = _Keep(key, body, loop.create_future(), loop.create_future())
        self._waiting[key] = entry
        self._keeps.append(entry)
        self._wake()
        try:
            await asyncio.wait({entry.answer}, timeout=until - loop.time())
        except asyncio.CancelledError:
            self._under_way.discard(key)
            raise
        finally:
            entry.answer.cancel()  # too late for the writer to say yes; without effect when it has answered
        if entry.answer.cancelled() or entry.answer.result() == "lost":
            raise NotKept(key)
        if entry.answer.result() == "known":
            return False
        self.reached("kept")
        return True

    @asynccontextmanager
    async def handling(self, key: str) -> AsyncGenerator[None]:
        """Around the handler of a kept event. When it raises, the event stays open and is begun again later."""
        self.reached("begun")
        token = EVENT.set(key)
        try:
            yield
            self.reached("worked")
        except BaseException:
            self._under_way.discard(key)
            raise
        finally:
            EVENT.reset(token)
        self.drop(key)

    def drop(self, key: str) -> None:
        """Nothing more is to be done about this event."""
        self._finished.append(key)
        self._wake()

    def start(self, again: Again, *, pace: float = 1.0) -> None:
        """Begins again what an earlier process left, now, and looks from time to time."""
        self._stopping.clear()
        self._sweeper = asyncio.create_task(self._look(again, pace), name=f"{self._platform}-inbox")

    async def stop(self, patience: float) -> None:
        """Waits at most `patience` seconds for the handlers under way and their marks. Nothing of ours is cancelled
        before: a transaction that is cut off would leave the only connection inside it."""
        self._stopping.set()
        try:
            async with asyncio.timeout(patience):
                if self._sweeper is not None:
                    await asyncio.shield(self._sweeper)
                while self._under_way or self._keeps or self._writer is not None:  # noqa: ASYNC110  # three causes
                    await asyncio.sleep(0.01)
        except TimeoutError:
            log.warning("events were not finished in time", extra={"events": len(self._under_way)})

    async def sweep(self, again: Again) -> int:
        """Begins again what nobody finished; gives back how many. What is too old is let go and counted in the log."""
        now = self._clock()
        before = now + KEPT if self._store.dialect == "sqlite" else now - OTHERS
        async with self._store.begin() as tx:
            found = await tx.inbox.open(self._platform, before=before)
            left = [event for event in found if event.key not in self._under_way and event.key not in self._waiting]
            late = {event.key for event in left if now - event.received_at > TOO_OLD or event.attempt > TRIES}
            if late:
                await tx.inbox.done(late, now)
            taken = [event for event in left if event.key not in late and await tx.inbox.take(event)]
            self._under_way.update(event.key for event in taken)
        if late:
            log.warning("events were let go: too old, or tried too often", extra={"events": len(late)})
        for event in taken:
            if self._stopping.is_set():
                self._under_way.discard(event.key)  # the next process has it
                continue
            log.info("an event is begun again", extra={"key": event.key, "attempt": event.attempt + 1})
            try:
                await again(event.key, event.body)
            except Exception:
                self._under_way.discard(event.key)
                log.exception("an event could not be begun again", extra={"key": event.key})
        return len(taken)

    async def _look(self, again: Again, pace: float) -> None:
        while not self._stopping.is_set():
            try:
                await self.sweep(again)
            except Exception:  # the next look may do better; a dead sweeper would never
                log.exception("the inbox could not be looked through")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), EVERY * pace)

    def _wake(self) -> None:
        if self._writer is None:
            self._writer = asyncio.create_task(self._write(), name=f"{self._platform}-inbox-writer")

    async def _write(self) -> None:
        try:
            while self._keeps or self._finished or self._withdrawn:
                if not await self._one_transaction():
                    if self._stopping.is_set():
                        return
                    await asyncio.sleep(PAUSE)
        finally:
            self._writer = None

    async def _one_transaction(self) -> bool:
        """Everything that waits, at most 200 of a kind. False when the database refused."""
        keeps, self._keeps = self._keeps[:BATCH], self._keeps[BATCH:]
        finished, withdrawn = self._finished[:BATCH], self._withdrawn[:BATCH]
        asked: list[_Keep] = []
        fresh: frozenset[str] = frozenset()
        try:
            async with self._store.begin() as tx:
                asked = [entry for entry in keeps if not entry.answer.done()]  # the lock may have taken seconds
                fresh = await tx.inbox.keep(self._platform, [(e.key, e.body) for e in asked], self._clock())
                if finished:
                    await tx.inbox.done(finished, self._clock())
                if withdrawn:
                    await tx.inbox.withdraw(withdrawn)
        except Exception:  # whatever it is: nobody may be told that an event is kept
            log.exception("the inbox could not be written", extra={"events": len(keeps), "marks": len(finished)})
            for entry in keeps:
                self._answer(entry, "lost")
            return False
        del self._finished[: len(finished)], self._withdrawn[: len(withdrawn)]
        self._under_way.difference_update(finished)
        for key in withdrawn:
            self._settle(key)
        for entry in keeps:
            if entry.key in fresh and entry.answer.cancelled():
                self._withdrawn.append(entry.key)  # until it is gone, a repetition is refused as well
            else:
                self._answer(entry, "new" if entry.key in fresh else "known")
        if finished:
            self.reached("done")
        return True

    def _answer(self, entry: _Keep, answer: Literal["new", "known", "lost"]) -> None:
        if not entry.answer.done():
            entry.answer.set_result(answer)
            if answer == "new":
                self._under_way.add(entry.key)
        self._settle(entry.key)

    def _settle(self, key: str) -> None:
        self._waiting.pop(key).settled.set_result(None)


def _pass(point: Point) -> None:
    """The points matter to tests only."""
