"""Two people of the demo community, one looking for a talk and one giving them, for the stories about interviews."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chat.people import NOTHING_SAID
from chat.people import Person as Someone
from sandbox.world import Seen
from scheduler.introducing import LEASE
from scheduler.jobs import follow_introductions, introduce_pairs, propose_interviews
from store import following as steps
from store.deliveries import Delivery
from store.hosts import Host
from store.introductions import Introduction, State
from store.programmes import Programme
from store.proposals import INTERVIEWS
from store.seekers import Seeker
from tests.acceptance.days import OPEN, Community

DAY = timedelta(days=1)
THREADS = "700000000000000002"
PEOPLE = ("Ada", "Kofi", "林雨", "Sam")
EVERY: tuple[State, ...] = (
    "proposed", "accepted", "declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed",
    "gone",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match(Community):
    """`jobs` does what is due; `passes` lets time go by first."""

    async def seeks(self, name: str, **changes: Any) -> None:
        """Wants to ask somebody something."""
        now, person = self.home.sandbox.clock.now(), await self.meet(name)
        row = Seeker(
            person=person, call_me=name, languages=frozenset({"en"}), role="role.ml-engineer",
            curiosities=("How is a week?",), topics=("portfolio",), availability="any", state="open", since=now,
            asked=(now.date(),), rules_at=now,
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            await tx.seekers.save(replace(row, **changes), now)

    async def hosts(self, name: str, **changes: Any) -> None:
        """Answers questions."""
        now, person = self.home.sandbox.clock.now(), await self.meet(name)
        row = Host(
            person=person, call_me=name, languages=frozenset({"en"}), role="role.ml-engineer", topics=("portfolio",),
            about="gardens", availability="any", state="open", idle_since=now, rules_at=now,
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            await tx.hosts.save(replace(row, **changes), now)

    async def begin(self) -> None:
        """Talks are on, private threads may stand in one place, and Kofi has been asked by Ada."""
        now, space = self.home.sandbox.clock.now(), self.someone("Ada").space
        talks = Programme(space=space, name=INTERVIEWS, zone="UTC", state="on", place=THREADS)
        async with self.rooms.store.begin() as tx:
            await tx.programmes.save(talks, now)
        await self.hosts("Kofi")
        await self.seeks("Ada")
        await self.jobs()

    async def meet(self, name: str) -> Someone:
        """They have used us once, and their zone is known."""
        now, life = self.home.sandbox.clock.now(), self.life(name)
        async with self.rooms.store.begin() as tx:
            await tx.members.meet(life.someone, NOTHING_SAID, now)
            await tx.members.set_zone(life.someone, life.person.resident.zone, "member")
        return life.someone

    async def jobs(self) -> None:
        """Everything due, as far as it goes now. The house runs the same jobs by itself: what it has in hand on
        PostgreSQL is not seen by us, so we look until nothing is left."""
        for _ in range(100):
            await follow_introductions.run(self.rooms)
            await propose_interviews.run(self.rooms)
            await introduce_pairs.run(self.rooms)
            if not await self.due():
                break
            await asyncio.sleep(0.02)
        await propose_interviews.run(self.rooms)
        await self.settled()

    async def due(self) -> bool:
        """Whether anybody's introduction waits for its step, or the house has one in hand."""
        now = self.home.sandbox.clock.now()
        talks = [talk for name in PEOPLE for talk in await self.talks(name)]
        until = {steps.INTRODUCE: now + LEASE}
        return any(talk.next_at is not None and talk.next_at <= until.get(talk.next_step, now) for talk in talks)

    async def passes(self, time: timedelta) -> None:
        """Time, and what it brings."""
        self.home.sandbox.clock.advance(time)
        await self.jobs()

    async def settled(self) -> None:
        """Nothing that is due waits in the ledger."""
        for _ in range(400):
            now = self.home.sandbox.clock.now()
            rows = [row for name in PEOPLE for row in await self.letters(name)]
            if not any(row.state in OPEN and (row.not_before is None or row.not_before <= now) for row in rows):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("something due was not sent")

    async def letters(self, name: str) -> list[Delivery]:
        """The ledger's, oldest first."""
        return await self.life(name).rows(["letter"])

    async def names(self, name: str, state: str = "sent") -> list[str]:
        """What letters went to somebody."""
        return [row.subject.partition(" ")[0] for row in await self.letters(name) if row.state == state]

    async def talks(self, name: str) -> Sequence[Introduction]:
        """The newest first."""
        async with self.rooms.store.begin() as tx:
            found = await tx.introductions.of(self.someone(name), states=EVERY)
        return sorted(found, key=lambda one: (one.proposed_at, one.attempt), reverse=True)

    async def talk(self, name: str) -> Introduction:
        """The newest."""
        return (await self.talks(name))[0]

    async def seeker(self, name: str) -> Seeker:
        """As stored."""
        async with self.rooms.store.begin() as tx:
            found = await tx.seekers.get(self.someone(name))
        assert found is not None
        return found

    async def yes(self, name: str) -> None:
        """The host says so, and both are introduced."""
        talk, now = await self.talk(name), self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            await tx.proposals.accept(self.someone(name), talk.id, now, next=steps.accepted(now))
        await self.jobs()

    async def no(self, name: str) -> None:
        """The host says not now."""
        talk, now = await self.talk(name), self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            next_ = steps.declined(now)
            await tx.introductions.transition(talk.space, talk.id, ["proposed"], "declined", now, next=next_)
        await self.jobs()

    def reads(self, name: str) -> list[Seen]:
        """What somebody sees of us, wherever."""
        person = self.life(name).person
        return [*person.dms(), *(seen for room in person.groups() for seen in person.inside(room.id))]
