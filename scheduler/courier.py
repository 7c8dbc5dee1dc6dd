"""Carries planned rows of the ledger to their platforms: claim and commit, send once, record what came of it.

States as in reliability.md: planned -> claimed(lease, attempt, key) -> sent | retry | ambiguous | dead. Nothing is
sent inside a transaction. Leaving this order loses messages or doubles them.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.people import Person, Sent
from chat.platform import Platform, RemembersKeys
from scheduler._rooms import Rooms
from scheduler.compose import NothingToSend, compose
from scheduler.when import LATEST
from store.deliveries import Delivery

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
BATCH = 50
AT_ONCE = 8  # sends under way at the same time; each platform's own pacing comes on top
OTHERS_PATIENCE = 200  # looks, 50 ms apart, at a row that somebody else carries
PARKED = timedelta(hours=1)  # how long a space with a revoked token rests


class Courier:
    """`round()` carries what is due; `deliver_now` carries one row at a member's own request."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def round(self) -> int:
        """Claims and carries until nothing is due; gives back how many rows were carried."""
        carried = 0
        while True:
            now = self._rooms.clock.now()
            async with self._rooms.store.begin() as tx:
                claimed = await tx.deliveries.claim(now, limit=BATCH, lease=LEASE)
            await asyncio.gather(*(self._carry(delivery) for delivery in claimed))
            carried += len(claimed)
            if len(claimed) < BATCH:
                return carried

    async def deliver_now(self, person: Person, delivery_id: str) -> Delivery:
        """Carries one planned row at once, or waits for whoever is carrying it already."""
        async with self._rooms.store.begin() as tx:
            claimed = await tx.deliveries.claim_one(person, delivery_id, self._rooms.clock.now(), LEASE)
        if claimed is not None:
            await self._carry(claimed)
        row = await self._row(person, delivery_id)
        for _ in range(OTHERS_PATIENCE):
            if row.state not in {"planned", "claimed"}:
                break
            await asyncio.sleep(0.05)
            row = await self._row(person, delivery_id)
        return row

    async def _row(self, person: Person, delivery_id: str) -> Delivery:
        async with self._rooms.store.begin() as tx:
            row = await tx.deliveries.get(person, delivery_id)
        if row is None:
            raise LookupError(f"no delivery {delivery_id}")
        return row

    async def _carry(self, delivery: Delivery) -> None:
        async with self._gate:
            platform = self._rooms.platforms.get(delivery.person.space.platform)
            if platform is None:
                await self._retry(delivery, "platform_off", timedelta(minutes=10))
                return
            if delivery.was_claimed and not self._may_repeat(platform, delivery):
                await self._ambiguous(delivery, "lease_expired")
                return
            try:
                message = await compose(self._rooms.store, self._rooms.library, delivery)
                sent = await platform.send(delivery.person, message, key=delivery.id)
            except NothingToSend as error:
                await self._dead(delivery, str(error))
            except DeliveryError as error:
                await self._failed(platform, delivery, error)
            else:
                await self._sent(delivery, sent)

    async def _failed(self, platform: Platform, delivery: Delivery, error: DeliveryError) -> None:
        log.warning("a delivery failed", extra=_fields(delivery) | {"reason": error.reason})
        match error:
            case Unreachable():
                async with self._rooms.store.begin() as tx:
                    await tx.deliveries.record_dead(delivery, error.reason)
                    await tx.members.set_reachable(delivery.person, False)
                    await tx.nudges.halt(delivery.person, self._rooms.clock.now())
            case Throttled(retry_after=seconds):
                await self._retry(delivery, error.reason, timedelta(seconds=max(1.0, seconds)))
            case Unavailable():
                await self._retry(delivery, error.reason, timedelta(seconds=min(600, 5 * 2**delivery.attempt)))
            case Revoked():
                await self._retry(delivery, error.reason, PARKED)
            case Uncertain() if self._may_repeat(platform, delivery):
                await self._retry(delivery, error.reason, timedelta(seconds=2))
            case Uncertain():
                await self._ambiguous(delivery, error.reason)
            case Rejected() | _:
                await self._dead(delivery, error.reason)

    def _may_repeat(self, platform: Platform, delivery: Delivery) -> bool:
        """Whether the platform would still recognise this delivery's key and not show the message twice."""
        if not isinstance(platform, RemembersKeys) or delivery.first_claimed_at is None:
            return False
        return self._rooms.clock.now() - delivery.first_claimed_at < platform.key_window

    async def _sent(self, delivery: Delivery, sent: Sent) -> None:
        async with self._rooms.store.begin() as tx:
            await tx.deliveries.record_sent(delivery, sent, self._rooms.clock.now())
            await tx.members.set_reachable(delivery.person, True)
        log.info("delivered", extra=_fields(delivery))

    async def _retry(self, delivery: Delivery, reason: str, wait: timedelta) -> None:
        again: datetime = self._rooms.clock.now() + wait
        if again - delivery.planned_at > LATEST:
            await self._dead(delivery, reason)
            return
        async with self._rooms.store.begin() as tx:
            await tx.deliveries.record_retry(delivery, again, reason)

    async def _ambiguous(self, delivery: Delivery, reason: str) -> None:
        log.warning("it is unknown whether a delivery arrived; not repeated", extra=_fields(delivery))
        async with self._rooms.store.begin() as tx:
            await tx.deliveries.record_ambiguous(delivery, reason)

    async def _dead(self, delivery: Delivery, reason: str) -> None:
        async with self._rooms.store.begin() as tx:
            await tx.deliveries.record_dead(delivery, reason)


def _fields(delivery: Delivery) -> dict[str, str | int]:
    return {"delivery": delivery.id, "space": delivery.person.space.key, "attempt": delivery.attempt}
