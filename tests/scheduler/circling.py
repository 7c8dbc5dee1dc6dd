"""People of the demo community in circles, for the stories about them: wishes, a round, weeks that go by."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from chat.people import Person as Someone
from chat.people import Profile
from sandbox.world import Seen
from scheduler import circle_round
from scheduler.jobs import run_circles, run_rounds
from store.circles import Circle, CircleMember
from store.circling import CIRCLE, course_of
from store.deliveries import Delivery
from store.participants import Participant
from store.programmes import Programme
from store.round_pool import CIRCLES, read_round_pool
from store.rounds import Group, Round
from tests.acceptance.days import OPEN, Community

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
FOUR = ("Ada", "Kofi", "Priya", "林雨")
EVERYBODY = (*FOUR, "Sam")
THREADS = "700000000000000002"
STATES = ("forming", "running", "merging", "closing", "closed")


@dataclass(frozen=True, slots=True)
class Circling(Community):
    """`jobs` does what is due; `weeks` lets circles' hours come one by one."""

    place: str | None = THREADS

    async def wish(self, names: Sequence[str], zone: str | None = None, **profile: Any) -> None:
        """They wait for a circle; each on their own clock, or all on this one."""
        now = self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            space = self.someone(names[0]).space
            if await tx.programmes.get(space, CIRCLES) is None:
                made = Programme(space=space, name=CIRCLES, zone="UTC", state="on", size=4, place=self.place)
                await tx.programmes.save(made, now)
            for name in names:
                person = self.someone(name)
                resident = self.life(name).person.resident
                await tx.members.meet(person, Profile(locale=resident.locale), now)
                await tx.members.set_zone(person, zone or resident.zone, "member")
                said: Mapping[str, Any] = {
                    "call_me": name, "languages": ["en"], "availability": "any", "theme": "learning", "wish": CIRCLE,
                    "comfort": "text", **profile,
                }  # fmt: skip
                await tx.participants.save(Participant(person=person, programme=CIRCLES, since=now, profile=said), now)

    async def begin(self, names: Sequence[str], number: int = 1, **profile: Any) -> Circle:
        """They wish for a circle, a round makes it, and it has begun."""
        await self.wish(names, **profile)
        await self.introduce(await self.planned(names, number), number)
        await self.jobs()
        return await self.circle(names[0])

    async def planned(self, names: Sequence[str], number: int = 1) -> list[Group]:
        """A round with these, as it would be made."""
        now = self.home.sandbox.clock.now()
        this = Round(
            space=self.someone(names[0]).space, programme=CIRCLES, number=number, seed=7, opens_at=now, matches_at=now,
            introduces_at=now, follows_at=now + WEEK, closes_at=now + 2 * WEEK,
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            await tx.rounds.plan(this)
            await tx.rounds.join(this, {self.someone(name): 0 for name in names})
            programme = await tx.programmes.get(this.space, CIRCLES)
            assert programme is not None
            pool = await read_round_pool(tx, this, programme, now)
        groups, waiting = await circle_round.plan(pool)
        async with self.rooms.store.begin() as tx:
            await tx.rounds.place(this, groups, [Someone(this.space, out.member) for out in waiting])
        return groups

    async def introduce(self, groups: Sequence[Group], number: int = 1) -> None:
        """In one transaction, as the round's machine does it."""
        now = self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            space = self.someone("Ada").space
            this, programme = await tx.rounds.get(space, CIRCLES, number), await tx.programmes.get(space, CIRCLES)
            assert this is not None
            assert programme is not None
            pool = await read_round_pool(tx, this, programme, now)
            await circle_round.introduce(self.rooms, tx, pool, groups, now)

    async def became(self, person: Someone, number: int = 1) -> str:
        """What a round made of somebody."""
        async with self.rooms.store.begin() as tx:
            this = await tx.rounds.get(person.space, CIRCLES, number)
            present = await tx.rounds.presence(this, person) if this else None
        assert present is not None
        return present.state

    async def round(self) -> None:
        """The machine makes a round of whoever waits, from its plan to the introductions."""
        space, clock = self.someone("Ada").space, self.home.sandbox.clock
        async with self.rooms.store.begin() as tx:
            programme = await tx.programmes.get(space, CIRCLES)
            assert programme is not None
            await tx.programmes.save(replace(programme, next_round_at=clock.now()), clock.now())
        for _ in range(400):
            await run_rounds.run(self.rooms)
            async with self.rooms.store.begin() as tx:
                newest = await tx.rounds.newest(space, CIRCLES)
            if newest and newest[0].state == "introduced":
                await self.jobs()
                return
            if newest and newest[0].next_at is not None and newest[0].next_at > clock.now():
                clock.advance(newest[0].next_at - clock.now() + timedelta(seconds=1))
            await asyncio.sleep(0.02)
        raise AssertionError("the round never came")

    async def jobs(self) -> None:
        """Everything due. The house runs the same job by itself, so we look until nothing is left."""
        for _ in range(200):
            await run_circles.run(self.rooms)
            now = self.home.sandbox.clock.now()
            if not any(one.next_at and one.next_at <= now for one in await self.circles()):
                break
            await asyncio.sleep(0.02)
        else:
            raise AssertionError("a circle's step is never done")
        await self.settled()

    async def settled(self) -> None:
        """Nothing that is due waits in the ledger."""
        for _ in range(400):
            now = self.home.sandbox.clock.now()
            rows = [row for name in EVERYBODY for row in await self.letters(name)]
            if not any(row.state in OPEN and (row.not_before is None or row.not_before <= now) for row in rows):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("something due was not sent")

    async def next(self, circle: Circle, times: int = 1) -> Circle:
        """To the circle's next moment, so many times; gives it back as it is then."""
        for _ in range(times):
            circle = await self.get(circle)
            assert circle.next_at is not None
            clock = self.home.sandbox.clock
            clock.advance(max(circle.next_at - clock.now(), timedelta(0)) + timedelta(seconds=1))
            await self.jobs()
        return await self.get(circle)

    async def get(self, circle: Circle) -> Circle:
        """As stored now."""
        async with self.rooms.store.begin() as tx:
            found = await tx.circles.get(circle.space, circle.id)
        assert found is not None
        return found

    async def circles(self) -> tuple[Circle, ...]:
        """All of the community."""
        async with self.rooms.store.begin() as tx:
            return await tx.circles.all(self.someone("Ada").space, STATES)

    async def circle(self, name: str) -> Circle:
        """Somebody's own."""
        async with self.rooms.store.begin() as tx:
            (found,) = await tx.circles.of(self.someone(name))
        return found

    async def members(self, circle: Circle) -> tuple[CircleMember, ...]:
        """Who is in it."""
        async with self.rooms.store.begin() as tx:
            return await tx.circles.members(circle.space, circle.id)

    async def says(self, circle: Circle, vote: str, *names: str) -> None:
        """They press this button."""
        async with self.rooms.store.begin() as tx:
            for name in names:
                assert await tx.circles.vote(self.someone(name), circle.id, vote)

    async def leaves(self, circle: Circle, *names: str) -> None:
        """They are out."""
        async with self.rooms.store.begin() as tx:
            for name in names:
                await tx.circles.leave(self.someone(name), circle.id, self.home.sandbox.clock.now())

    async def letters(self, name: str) -> list[Delivery]:
        """The ledger's, oldest first."""
        return await self.life(name).rows(["letter"])

    async def names(self, circle: Circle, state: str = "sent") -> list[str]:
        """What letters the circle had, each once however many read it, in the order in which they were meant."""
        found: dict[str, Any] = {}
        for name in EVERYBODY:
            for row in await self.letters(name):
                if row.state == state and circle.id in row.subject:
                    found.setdefault(row.subject, row.planned_at)
        return [subject.partition(" ")[0] for subject in sorted(found, key=lambda one: found[one])]

    def reads(self, name: str) -> list[Seen]:
        """What somebody sees of us, wherever."""
        person = self.life(name).person
        return [*person.dms(), *(seen for room in person.groups() for seen in person.inside(room.id))]

    async def week(self, circle: Circle) -> tuple[int, int]:
        """(week, questions asked so far)."""
        now = await self.get(circle)
        return now.week, len(course_of(now).asked)
