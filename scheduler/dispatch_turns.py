"""Several processes on PostgreSQL share the spaces' turns through PgQueuer; the ledger stays the truth.

A job says "somebody look after this space" and is enqueued in the transaction that makes rows of it due. Who takes it
claims the space's rows for a second, up to BATCH at once, and enqueues the next turn, behind those of others.
A lost job, or a whole lost queue, is made again from the ledger by `sweep`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chat.people import Space
from scheduler.dispatch import BATCH, LOOK, PATIENCE
from scheduler.failpoints import point
from store.deliveries import Delivery, Ref
from store.turns import JOB, LANES, key, pool, space_of

if TYPE_CHECKING:
    from pgqueuer.models import Job
    from pgqueuer.queries import Queries

    from scheduler._rooms import Rooms
    from scheduler.courier import Courier
    from store import Tx

log = logging.getLogger(__name__)

TURN = 1.0  # seconds a space keeps its turn while others wait for theirs
NO_ROOM = timedelta(milliseconds=200)  # until a space without room is looked at again
ELSEWHERE = timedelta(milliseconds=500)  # until a turn that this process has no use for is offered again
STUCK = timedelta(seconds=1)
HEARTBEAT = timedelta(seconds=6)  # a turn whose worker is silent for longer goes to another
HEARD = 2.0  # seconds until the queue's bell is listened to
SWEPT = "s"  # tag of a turn made by looking: never put off, so no other turn of the space can stand in its way
JOBS = 10  # turns taken from the queue at once


class TurnsDispatcher:
    """Implements `scheduler.dispatch.Dispatcher`."""

    def __init__(self, rooms: Rooms, *, pace: float = 1.0) -> None:
        self._rooms, self._look = rooms, LOOK * pace
        self._stopping = asyncio.Event()
        self._here: dict[Space, object] = {}  # whose turn it is in this process, and the job it is
        self._fair = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []

    async def planned(self, tx: Tx, counts: Mapping[str, int]) -> None:
        """As many turns of each space as its new rows are worth, at most one a lane."""
        await tx.turns.enqueue(
            (key(Space.parse(space), lane, "0"), timedelta(0))
            for space, n in counts.items()
            for lane in range(min(LANES, -(-n // BATCH)))
        )

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

        class Manager(QueueManager):
            async def _run_periodic_health_check(self, interval: timedelta = timedelta(seconds=10)) -> None:
                await asyncio.sleep(HEARD)  # the library asks before it listens, and then takes itself for deaf
                await super()._run_periodic_health_check(interval)

        manager = Manager(connected)
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
        """Goes on with the space for a while, as it has room; a second turn of the same space is for somebody else."""
        assert job.payload is not None  # every turn names its space
        space, lane, tag = space_of(job.payload)
        if self._stopping.is_set():  # another process takes it
            await self._enqueue(key(space, lane, _other(tag)), timedelta(0))
            return
        if space in self._here:
            if self._courier.pacer.share < 1:
                await self._enqueue(key(space, lane, _other(tag)), ELSEWHERE)
            return
        self._here[space] = job.id
        try:
            until = time.monotonic() + TURN
            while await self._take(space, lane, tag, last=time.monotonic() > until or self._stopping.is_set()):
                await self._courier.breathe(TURN, lambda: bool(self._courier.pacer.room(space)))
        finally:
            if self._here.get(space) == job.id:
                del self._here[space]

    async def _take(self, space: Space, lane: int, tag: str, *, last: bool) -> bool:
        """Claims what the space has room for. True: there is more, and this turn goes on; unless it is the `last` time
        or the space has to wait: then its next turn is enqueued in the same transaction."""
        now, courier = self._rooms.clock.now(), self._courier
        wait, more = timedelta(0), True
        claimed: list[Delivery] = []
        async with self._fair:  # one space after the other, as they asked
            with courier.pacer.claiming() as begin:
                async with self._rooms.store.begin() as tx:
                    room = 0 if courier.recorder.stuck else min(BATCH, courier.pacer.room(space))
                    rest = await tx.claims.rests_for(space, now)
                    if rest is not None or courier.recorder.stuck:
                        last, wait = True, STUCK if rest is None else rest
                    elif room:
                        claimed = await tx.claims.claim(space, courier.worker, now, limit=room)
                        begin(delivery.person.space for delivery in claimed)
                        more = len(claimed) == room
                    elif not courier.under_way:  # room comes with time alone
                        last, wait = True, NO_ROOM
                    if more and last:
                        self._here.pop(space, None)  # the next turn may begin before this one has carried its rows
                        await tx.turns.enqueue([(key(space, lane, _other(tag)), wait)])
            if claimed:
                point("claimed")
            await courier.carry(claimed)
        return more and not last

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
            await tx.turns.enqueue((key(space, 0, SWEPT), timedelta(0)) for space in due)
        return len(due)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()


def _other(tag: str) -> str:
    """A turn under way still holds its own key."""
    return "1" if tag == "0" else "0"
