"""Several processes on PostgreSQL share the spaces' turns through PgQueuer; the ledger stays the truth.

A job says "somebody look after this space" and is enqueued in the transaction that makes rows of it due. Who takes it
claims up to fifty of the space's rows, hands them to the courier and enqueues the next turn, behind those of others.
A lost job, or a whole lost queue, is made again from the ledger by `sweep`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chat.people import Space
from scheduler.dispatch import BATCH, LOOK, PATIENCE
from store.deliveries import Delivery, Ref
from store.turns import JOB, LANES, key, pool, space_of

if TYPE_CHECKING:
    from pgqueuer.models import Job
    from pgqueuer.queries import Queries

    from scheduler._rooms import Rooms
    from scheduler.courier import Courier
    from store import Tx

log = logging.getLogger(__name__)

NO_ROOM = timedelta(milliseconds=200)  # until a space without room is looked at again
STUCK = timedelta(seconds=1)
HEARTBEAT = timedelta(seconds=6)  # a turn whose worker is silent for longer goes to another
JOBS = 10  # turns taken from the queue at once


class TurnsDispatcher:
    """Implements `scheduler.dispatch.Dispatcher`."""

    def __init__(self, rooms: Rooms, *, pace: float = 1.0) -> None:
        self._rooms, self._look = rooms, LOOK * pace
        self._stopping = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def planned(self, tx: Tx, refs: Sequence[Ref]) -> None:
        """As many turns of each space as its new rows are worth, at most one a lane."""
        counts = Counter(ref.person.space for ref in refs)
        lanes = [(space, lane) for space, n in counts.items() for lane in range(min(LANES, -(-n // BATCH)))]
        await tx.turns.enqueue((key(space, lane, "0"), timedelta(0)) for space, lane in lanes)

    async def retried(self, tx: Tx, again: Sequence[tuple[Ref, datetime]]) -> None:
        """A turn when the rows are due again, one a space and second."""
        now = self._rooms.clock.now()
        turns = {key(ref.person.space, 0, at.strftime("%H%M%S")): max(at - now, timedelta(0)) for ref, at in again}
        await tx.turns.enqueue(turns.items())

    def wake(self) -> None:
        """PostgreSQL rings by itself (LISTEN/NOTIFY)."""

    async def start(self, courier: Courier) -> None:
        """Takes turns until `stop`."""
        self._courier = courier
        self._tasks = [
            asyncio.create_task(self._serve(), name="dispatcher"),
            asyncio.create_task(self._sweep(), name="sweeper"),
        ]

    async def stop(self) -> None:
        """Takes no more turns, then waits for the sends under way."""
        self._stopping.set()
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            await self._courier.settle(PATIENCE)

    async def _serve(self) -> None:
        while not self._stopping.is_set():
            try:
                async with pool(self._rooms.store.dsn) as connected:
                    await self._manage(connected)
            except Exception:
                log.exception("the queue could not be served; tried again")
                await self._pause(1.0)

    async def _manage(self, connected: Queries) -> None:
        from pgqueuer.core.qm import QueueManager

        manager = QueueManager(connected)
        manager.entrypoint(JOB, accepts_context=False)(self._turn)
        stopper = asyncio.create_task(self._stop_with(manager.shutdown))
        try:
            await manager.run(
                dequeue_timeout=timedelta(seconds=max(1.0, self._look)), batch_size=JOBS,
                heartbeat_timeout=HEARTBEAT, shutdown_on_listener_failure=True,
            )  # fmt: skip
        finally:
            stopper.cancel()
            await asyncio.gather(stopper, return_exceptions=True)

    async def _stop_with(self, shutdown: asyncio.Event) -> None:
        await self._stopping.wait()
        shutdown.set()

    async def _turn(self, job: Job) -> None:
        assert job.payload is not None  # every turn names its space
        space, lane, tag = space_of(job.payload)
        if self._stopping.is_set():  # another process takes it
            await self._enqueue(key(space, lane, _other(tag)), timedelta(0))
        else:
            await self._courier.carry(await self._take(space, lane, tag))

    async def _take(self, space: Space, lane: int, tag: str) -> list[Delivery]:
        """Claims what the space has room for, and enqueues its next turn in the same transaction if there is more."""
        now, pacer = self._rooms.clock.now(), self._courier.pacer
        room = 0 if self._courier.recorder.stuck else min(BATCH, pacer.room(space))
        claimed: list[Delivery] = []
        async with self._rooms.store.begin() as tx:
            rest = await tx.claims.rests_for(space, now)
            if rest is None and room:
                claimed = await tx.claims.claim(space, self._courier.worker, now, limit=room)
                for delivery in claimed:
                    pacer.begin(delivery.person.space)
            more = bool(claimed) and len(claimed) == room
            wait = timedelta(0)
            if rest is not None:
                more, wait = True, rest
            elif not room:
                more, wait = True, STUCK if self._courier.recorder.stuck else NO_ROOM
            if more:
                await tx.turns.enqueue([(key(space, lane, _other(tag)), wait)])
        return claimed

    async def _enqueue(self, name: str, after: timedelta) -> None:
        async with self._rooms.store.begin() as tx:
            await tx.turns.enqueue([(name, after)])

    async def _sweep(self) -> None:
        """Whatever is due and has no turn gets one: after a lost job, a lost queue, or a clock that jumped."""
        while not self._stopping.is_set():
            try:
                await self.sweep()
            except Exception:
                log.exception("the ledger could not be swept; tried again")
            await self._pause(2 * self._look)

    async def sweep(self) -> int:
        """Gives back how many spaces have something due."""
        async with self._rooms.store.begin() as tx:
            due = await tx.claims.due_spaces(self._rooms.clock.now())
            await tx.turns.enqueue((key(space, 0, "0"), timedelta(0)) for space in due)
        return len(due)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


def _other(tag: str) -> str:
    """A turn under way still holds its own key."""
    return "1" if tag == "0" else "0"
