"""Carries claimed rows of the ledger to their platforms: composed, sent once, and what came of it recorded.

States as in reliability.md: planned -> claimed(lease, attempt, key) -> sent | retry | ambiguous | dead. Nothing is
sent inside a transaction. Leaving this order loses messages or doubles them. Who claims which row is the dispatcher's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from chat.errors import DeliveryError, Rejected, Throttled, Unreachable
from chat.people import Person, Sent
from chat.platform import FindsMessages, Platform
from scheduler._rooms import Rooms
from scheduler.compose import Composed, compose_each
from scheduler.doubt import knows_key, look_up, look_up_refused
from scheduler.failpoints import point
from scheduler.figures import SENDING, note
from scheduler.outcome import Outcome, broken, certain, doubt_of, outcome, unsent, unsettled, waits
from scheduler.recorder import Recorder
from store.claims import Result
from store.deliveries import WAITED_FOR, Delivery, Ref

log = logging.getLogger(__name__)

OTHERS_PATIENCE = 200  # looks, 50 ms apart, at a row that somebody else carries
A_WHILE = timedelta(seconds=15)
OFF = timedelta(minutes=10)  # until a platform without credentials is asked again


class Courier:
    """`carry` takes rows that were claimed and committed; `deliver_now` one row at a member's own request."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms, self.pacer, self.worker = rooms, rooms.pacer, rooms.worker
        self.recorder = Recorder(rooms)
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def under_way(self) -> int:
        """Rows being carried now."""
        return len(self._under_way)

    async def carry(self, claimed: Sequence[Delivery]) -> None:
        """Composes these and starts their sends; returns without waiting for them: a slow one holds nobody up. Each was
        counted by `pacer.begin` when it was claimed."""
        if not claimed:
            return
        made = await compose_each(self._rooms.store, self._rooms.library, claimed, self._rooms.clock.now())
        point("composed")
        for one in made:
            task = asyncio.create_task(self._one(one))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def settle(self, patience: float | None = None) -> None:
        """Waits until nothing is under way, or for `patience` seconds."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=patience)

    async def breathe(self, patience: float, enough: Callable[[], bool] = bool) -> None:
        """Waits until so many of those under way are done that it is `enough`, or for `patience` seconds."""
        try:
            async with asyncio.timeout(patience):
                while self._under_way and not enough():
                    await asyncio.wait(set(self._under_way), return_when=asyncio.FIRST_COMPLETED)
        except TimeoutError:
            return

    async def deliver_now(self, person: Person, delivery_id: str) -> Delivery:
        """Carries one planned row at once, or waits for whoever is carrying it already."""
        ref = Ref(person, delivery_id)
        async with self._rooms.store.begin() as tx:
            claimed = await tx.claims.claim_these([ref], self.worker, self._rooms.clock.now())
        self.pacer.begin(delivery.person.space for delivery in claimed)
        await self.carry(claimed)
        row = await self._row(ref)
        for _ in range(OTHERS_PATIENCE):
            if row.state not in {"planned", "claimed"}:
                break
            await asyncio.sleep(0.05)
            row = await self._row(ref)
        return row

    async def _row(self, ref: Ref) -> Delivery:
        async with self._rooms.store.begin() as tx:
            row = await tx.deliveries.get(ref.person, ref.id)
        if row is None:
            raise LookupError(f"no delivery {ref.id}")
        return row

    async def _one(self, made: Composed) -> None:
        space = made.delivery.person.space
        try:
            try:
                came = await self._try(made)
            except Exception:
                log.exception("a delivery broke", extra=_fields(made.delivery))
                came = Outcome(broken(made.delivery, self._rooms.clock.now(), doubt=True))
            came = replace(came, counted=made.delivery.repeated)
            if came.failing:
                self.pacer.failed(space)
            elif came.result.state == "sent":
                self.pacer.answered(space)
            if came.rest:
                self.pacer.rest(came.rest.scope, came.rest.until)
            await self.recorder.put(came)
            note(came, self._rooms.clock.now())
            if came.result.state == "skipped_late":
                self._rooms.late.add(space.key)
            else:
                _log(came)
        finally:
            self.pacer.end(space)

    async def _try(self, made: Composed) -> Outcome:
        delivery, now = made.delivery, self._rooms.clock.now
        if made.until is not None:
            return Outcome(waits(delivery, "held", made.until))
        if made.message is None and not delivery.doubtful:
            return Outcome(unsent(delivery, made.nothing, now()))
        platform = self._rooms.platforms.get(delivery.person.space.platform)
        if platform is None:
            off = waits(delivery, "platform_off", now() + OFF)
            return Outcome(off if made.message is not None else unsent(delivery, made.nothing, now()))
        async with self.pacer.gate(delivery.person.space):
            if (rested := self._rested(delivery)) is not None:
                return rested
            try:
                return await self._ask(platform, made)
            except DeliveryError as error:
                return self._failed(platform, delivery, error)

    def _rested(self, delivery: Delivery) -> Outcome | None:
        """Whoever asked for quiet gets it, also from rows that were claimed before; who waits for an answer may try."""
        now = self._rooms.clock.now()
        until = self.pacer.rests(delivery.person.space, now)
        if until is None or delivery.kind in WAITED_FOR:
            return None
        # Not for longer: the rest in the store keeps the row from being claimed, and it may be ended early.
        return Outcome(waits(delivery, "rests", min(until, now + A_WHILE)))

    async def _ask(self, platform: Platform, made: Composed) -> Outcome:
        """What may have arrived is looked up first; a row without a message is looked up and never sent. That it is not
        there settles a row that ends here. One that goes on stays in doubt: a worker that stalled may still send."""
        delivery, now, absent = made.delivery, self._rooms.clock.now, False
        repeats = made.message is not None and (delivery.repeats or knows_key(platform, delivery, now()))
        if delivery.doubtful and not repeats:
            found = await look_up(platform, made)
            if isinstance(found, Sent):
                return Outcome(Result(delivery, "sent", sent=found, at=now()))
            absent = found == "absent"
            if not absent and made.message is not None:
                return Outcome(unsettled(delivery, doubt_of(delivery), now()))
        if made.message is None:
            ends = absent and made.nothing != "broke"
            return Outcome(unsent(certain(delivery) if ends else delivery, made.nothing, now()))
        if made.place is None and (until := self.pacer.openings_rest(platform.name, now())) is not None:
            return Outcome(waits(delivery, "openings_rest", until))
        await self.pacer.turn(delivery.person)
        if (rested := self._rested(delivery)) is not None:  # begun while this one waited for its turn
            return rested
        point("sending")
        try:
            with SENDING.labels(platform.name).time():
                sent = await platform.send(delivery.person, made.message, key=delivery.id, place=made.place)
        except (Unreachable, Rejected) as error:
            found = await look_up_refused(platform, made) if delivery.doubtful and not absent else "absent"
            if isinstance(found, Sent):
                closed = isinstance(error, Unreachable)
                return Outcome(Result(delivery, "sent", sent=found, at=now()), unreachable=closed)
            return self._failed(platform, certain(delivery) if found == "absent" else delivery, error)
        except DeliveryError as error:
            return self._failed(platform, delivery, error)
        point("accepted")
        opened = delivery.place is None and sent.place != made.place
        return Outcome(Result(delivery, "sent", sent=sent, at=now()), opened=opened)

    def _failed(self, platform: Platform, delivery: Delivery, error: DeliveryError) -> Outcome:
        now, failures = self._rooms.clock.now(), self.pacer.failures(delivery.person.space)
        settles = knows_key(platform, delivery, now) or isinstance(platform, FindsMessages)
        if isinstance(error, Throttled) and error.scope == "openings":
            self.pacer.close_openings(platform.name, now + timedelta(seconds=error.retry_after))
        return outcome(delivery, error, now, failures=failures, settles=settles)


def _log(came: Outcome) -> None:
    result = came.result
    if result.state == "sent":
        log.info("delivered", extra=_fields(result.delivery))
    elif result.state == "ambiguous":
        log.warning("it is unknown whether a delivery arrived; not repeated", extra=_fields(result.delivery))
    else:
        log.warning(
            "a delivery was not sent", extra=_fields(result.delivery) | {"state": result.state, "reason": result.error}
        )


def _fields(delivery: Delivery) -> dict[str, str | int | None]:
    return {"delivery": delivery.id, "space": delivery.person.space.key, "attempt": delivery.attempt}
