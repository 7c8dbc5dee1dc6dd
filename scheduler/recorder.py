"""Writes down what came of sends, many in one transaction: whatever is ready while one is written goes with the next.

Nothing sent is forgotten: when the store cannot take a record, it is kept and tried again, and nothing more is claimed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from chat.people import Space
from content.letters import letter_of
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.outcome import Outcome
from store.claims import Result
from store.deliveries import UNSOLICITED, Ref
from store.following import EXPIRE

log = logging.getLogger(__name__)

GATHER = 0.02  # seconds the first result waits for others to share its transaction with
AGAIN = 0.5  # seconds before a record that the store refused is tried again
MOST = 500  # records in one transaction


class Recorder:
    """`put` returns when the record is safe."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._waiting: list[tuple[Outcome, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None
        self.stuck = False

    async def put(self, outcome: Outcome) -> None:
        """Waits until this outcome is in the store."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, written))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_all())
        await written

    async def _write_all(self) -> None:
        try:
            await asyncio.sleep(GATHER)
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                try:
                    await self._write([outcome for outcome, _ in batch])
                except Exception:
                    if not self.stuck:
                        log.exception("results of sends could not be written; kept, and tried again")
                    self.stuck = True
                    self._waiting = batch + self._waiting
                    await asyncio.sleep(AGAIN)
                else:
                    self.stuck = False
                    for _, written in batch:
                        if not written.done():
                            written.set_result(None)
        finally:
            self._writer = None

    async def _write(self, outcomes: Sequence[Outcome]) -> None:
        results = [outcome.result for outcome in outcomes]
        arrived = [  # perhaps: better one too few
            o.result.delivery for o in outcomes if o.result.state in {"sent", "ambiguous"} and not o.counted
        ]
        opened = [(o.result.delivery.person, o.result.sent.place) for o in outcomes if o.opened and o.result.sent]
        closed = sorted(outcome.result.delivery.person for outcome in outcomes if outcome.unreachable)
        again = [(Ref(r.delivery.person, r.delivery.id), r.at) for r in results if r.state == "retry" and r.at]
        async with self._rooms.store.begin() as tx:
            await tx.rounds.hold([*closed, *(person for person, _ in opened)])  # in everybody's order: see Tx
            await tx.members.reached(opened)
            await tx.members.unreachable(closed)
            await tx.nudges.arrived([d.person for d in arrived if d.kind in UNSOLICITED])
            await tx.nudges.halt(closed, self._rooms.clock.now())
            await tx.claims.record(results)
            await tx.introductions.at_once(unasked(results), "proposed", EXPIRE, self._rooms.clock.now())
            for rest in {o.rest.scope: o.rest for o in outcomes if o.rest}.values():
                await tx.claims.rest(rest.scope, rest.until, rest.reason)
            await self._rooms.dispatcher.retried(tx, again)
            point("recording")
        point("recorded")


def unasked(results: Sequence[Result]) -> set[tuple[Space, str]]:
    """Introductions whose host will not read the question: another one is asked."""
    dead = [result.delivery for result in results if result.state == "dead" and result.delivery.kind == "letter"]
    named = {(delivery.person.space, *letter_of(delivery.subject)) for delivery in dead}
    return {(space, id_) for space, name, id_ in named if name == "ask-host"}
