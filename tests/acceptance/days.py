"""Whole days of a member's life in a story: the clock moves to the morning, and all that is due has happened."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Unpack

from chat.people import Person as Someone
from chat.people import Space
from sandbox.world import Seen
from scheduler._rooms import Rooms
from store import Store
from store.deliveries import Delivery, NewDelivery
from store.nudges import Changes, Nudge
from tests.acceptance.steps import go_to, local
from tests.kit.house import House
from tests.kit.people import Person

OPEN = {"planned", "claimed", "retry"}


@dataclass(frozen=True, slots=True)
class Life:
    """One person in a running house, with a look into the store."""

    home: House
    person: Person
    platform: str

    @property
    def someone(self) -> Someone:
        """As the store knows them."""
        return Someone(Space(self.platform, self.person.resident.space), self.person.id.rpartition("/")[2])

    @property
    def store(self) -> Store:
        """The house's own."""
        assert self.home.app is not None
        return self.home.app.store

    async def nudge(self) -> Nudge:
        """As it stands."""
        async with self.store.begin() as tx:
            nudge = await tx.nudges.get(self.someone)
        assert nudge is not None
        return nudge

    async def set(self, **changes: Unpack[Changes]) -> None:
        """What a story takes for given."""
        async with self.store.begin() as tx:
            await tx.nudges.change(self.someone, self.home.sandbox.clock.now(), **changes)

    async def rows(self, kinds: Iterable[str] = ("prompt", "reflection", "trouble", "last")) -> list[Delivery]:
        """The ledger of one's unsolicited messages, oldest first."""
        async with self.store.begin() as tx:
            found = await tx.deliveries.recent(self.someone, 500)
        return [row for row in reversed(found) if row.kind in set(kinds)]

    async def done_on(self, days: Iterable[date]) -> None:
        """Steps taken on days before the story."""
        async with self.store.begin() as tx:
            for day in days:
                at = self.home.sandbox.clock.now() - timedelta(days=(self.today - day).days)
                row = NewDelivery(self.someone, "asked", day, at, 90, "prompt.habit.ten-seconds", 1, state="sent")
                await tx.deliveries.plan_one(row)
                await tx.deliveries.answer(self.someone, row.id, "done", at, celebration="counts")

    @property
    def today(self) -> date:
        """What the person's calendar shows."""
        return local(self.home, self.person).date()

    async def morning(self, hour: int = 8, minute: int = 30, *, days: int = 0) -> list[Seen]:
        """The next such minute; gives back what came by direct message then."""
        before = {seen.id for seen in self.person.dms()}
        await go_to(self.home, self.person, hour, minute, days=days)
        await self.settled()
        return [seen for seen in self.person.dms() if seen.id not in before]

    async def fill(self, answers: Mapping[str, str]) -> None:
        """Fills the open form by its labels and sends it; the answer appears where the form was opened."""
        fields = {field.label: field for field in self.person.dialog().fields}
        await self.person.world.submit(self.person.id, {fields[label].id: value for label, value in answers.items()})

    async def settled(self) -> None:
        """Waits until everything due has been planned, carried and written down."""
        for _ in range(600):
            async with self.store.begin() as tx:
                nudge = await tx.nudges.get(self.someone)
                states = await tx.deliveries.counts_by_state()
            due = nudge is not None and nudge.next_at is not None and nudge.next_at <= self.home.sandbox.clock.now()
            if not due and not OPEN & set(states):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("something due is not done")


@dataclass(frozen=True, slots=True)
class Community:
    """The people of a running house on one platform."""

    home: House
    platform: str

    @property
    def rooms(self) -> Rooms:
        """Of the running house."""
        assert self.home.app is not None
        return self.home.app.rooms

    def life(self, name: str) -> Life:
        """Somebody of the community."""
        return Life(self.home, self.home.person(self.platform, name), self.platform)

    def someone(self, name: str) -> Someone:
        """As the store knows them."""
        return self.life(name).someone


def labels(seen: Seen) -> list[str]:
    """What its controls say."""
    return [control.label for control in seen.controls]
