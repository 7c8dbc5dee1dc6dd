"""Who works on which due row of the ledger. The row is the truth; a dispatcher only decides whose turn it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from chat.people import Space
from scheduler.failpoints import point
from store.deliveries import Delivery, Ref

if TYPE_CHECKING:
    from scheduler._rooms import Rooms
    from scheduler.courier import Courier
    from store import Tx

log = logging.getLogger(__name__)

BATCH = 200
LOOK = 1.0  # seconds between two looks at the ledger when nobody rings
BREATH = 0.2  # seconds to wait for a free slot before others are looked at again
PATIENCE = 20.0  # seconds a send under way may take to end when we stop


class Dispatcher(Protocol):
    """`planned` and `retried` are called in the transaction that writes the rows: what they add commits with them."""

    async def planned(self, tx: Tx, counts: Mapping[str, int]) -> None:
        """So many rows of each space (by key) are due now."""
        ...

    async def retried(self, tx: Tx, again: Sequence[tuple[Ref, datetime]]) -> None:
        """These rows are due again at an instant."""
        ...

    def wake(self) -> None:
        """Something was committed that may be due."""
        ...

    async def start(self, courier: Courier) -> None:
        """Begins giving work to the courier."""
        ...

    async def stop(self) -> None:
        """Gives no more, and waits for what is under way."""
        ...


class LedgerDispatcher:
    """One process: looks at the ledger itself, each space in its turn and never more of it than it has room for."""

    def __init__(self, rooms: Rooms, *, pace: float = 1.0) -> None:
        self._rooms, self._look = rooms, LOOK * pace
        self._bell = asyncio.Event()
        self._stopping = False
        self._task: asyncio.Task[None] | None = None
        self._last: Space | None = None

    async def planned(self, tx: Tx, counts: Mapping[str, int]) -> None:
        """Nothing to add: the row stands in the ledger."""

    async def retried(self, tx: Tx, again: Sequence[tuple[Ref, datetime]]) -> None:
        """Nothing to add: the row says when."""

    def wake(self) -> None:
        """Looks at once."""
        self._bell.set()

    async def start(self, courier: Courier) -> None:
        """In a task of its own."""
        self._courier = courier
        self._task = asyncio.create_task(self._run(), name="dispatcher")

    async def stop(self) -> None:
        """After the round under way, and after the sends under way."""
        self._stopping = True
        self._bell.set()
        if self._task is not None:
            await asyncio.wait([self._task], timeout=PATIENCE)
            await self._courier.settle(PATIENCE)

    async def _run(self) -> None:
        while not self._stopping:
            self._bell.clear()
            try:
                await self.drain(self._courier)
            except Exception:
                log.exception("the ledger could not be read; tried again")
            try:
                async with asyncio.timeout(self._look):
                    await self._bell.wait()
            except TimeoutError:
                continue

    async def drain(self, courier: Courier) -> None:
        """Claims and hands over until nothing is due or everything that is due has to wait."""
        while not self._stopping and not courier.recorder.stuck:
            claimed, due = await self._claim(courier)
            if claimed:
                point("claimed")
                await courier.carry(claimed)
            elif not due or not courier.under_way:
                return
            await courier.breathe(BREATH, lambda spaces=due: any(courier.pacer.room(space) for space in spaces))

    async def _claim(self, courier: Courier) -> tuple[list[Delivery], Sequence[Space]]:
        """One transaction of at most BATCH claims, shared fairly; and the spaces that had something due."""
        now, pacer, last = self._rooms.clock.now(), courier.pacer, self._last
        claimed: list[Delivery] = []
        with pacer.claiming() as begin:
            async with self._rooms.store.begin() as tx:
                due = await tx.claims.due_spaces(now)
                fair = -(-BATCH // len(due)) if due else 0
                for space in self._in_turn(due):
                    if len(claimed) >= BATCH:
                        break
                    if room := min(pacer.room(space), fair, BATCH - len(claimed)):
                        taken = await tx.claims.claim(space, courier.worker, now, limit=room)
                        begin(delivery.person.space for delivery in taken)
                        claimed += taken
                        last = space
        self._last = last
        return claimed, due

    def _in_turn(self, due: Sequence[Space]) -> list[Space]:
        """The one after the last comes first."""
        after = [space for space in due if self._last is not None and space > self._last]
        return [*after, *(space for space in due if space not in set(after))]
