"""A coffee's conversation that comes to nothing while it is opened: nobody stays in it alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from chat.people import Profile
from scheduler import failpoints
from scheduler.jobs import introduce_coffees
from store import Tx, open_store
from store import following as steps
from store.introductions import Introduction
from store.participants import Participant
from store.programmes import Programme
from store.proposals import Terms
from store.rounds import Round
from tests.acceptance.days import Community
from tests.kit import migrated, postgres
from tests.kit.house import house
from tests.scheduler.matchmaking import THREADS

COFFEE, WEEK, PAIR = "coffee:C1", timedelta(weeks=1), ("Ada", "Kofi")


@dataclass(frozen=True, slots=True)
class Coffee(Community):
    """Two of them are to be introduced now, in a private thread."""

    async def planned(self) -> Introduction:
        """Their introduction, due a week from now, so that the house leaves it alone until it is asked."""
        now, space = self.home.sandbox.clock.now(), self.someone("Ada").space
        profile = {"languages": ("en",), "availability": "any"}
        this = Round(
            space=space, programme=COFFEE, number=1, seed=7, state="introduced", opens_at=now, matches_at=now,
            introduces_at=now, follows_at=now + 2 * WEEK, closes_at=now + 3 * WEEK,
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            programme = Programme(space=space, name=COFFEE, zone="UTC", state="on", place=THREADS)
            await tx.programmes.save(programme, now)
            await tx.rounds.plan(this)
            for name in PAIR:
                person = self.someone(name)
                await tx.members.meet(person, Profile(), now)
                await tx.members.set_zone(person, "Europe/London", "member")
                said = {"call_me": name, **profile}
                await tx.participants.save(Participant(person=person, programme=COFFEE, since=now, profile=said), now)
            await tx.rounds.join(this, {self.someone(name): 0 for name in PAIR})
            both = [self.someone(name) for name in PAIR]
            terms = Terms(next=(steps.INTRODUCE, now + WEEK), round=1)
            made = await tx.proposals.gather(space, "coffee", COFFEE, 1, both, terms, now)
        assert made is not None
        return made

    async def introduced(self, made: Introduction) -> str:
        """What became of it once its moment has come."""
        await introduce_coffees.introduce(self.rooms, made, self.home.sandbox.clock.now())
        async with self.rooms.store.begin() as tx:
            found = await tx.introductions.get(made.space, made.id)
        assert found is not None
        return found.state

    def groups(self) -> list[int]:
        """In how many conversations each of them is."""
        return [len(self.life(name).person.groups()) for name in PAIR]


@pytest.fixture
async def coffee(tmp_path: Path, pg: postgres.Server) -> AsyncGenerator[Coffee]:
    """On Discord, where one can leave a conversation, and on PostgreSQL, where another process may write."""
    async with house(tmp_path, changes={"database": await migrated.postgres(pg)}) as home:
        yield Coffee(home, "discord")


@contextmanager
def meanwhile(coffee: Coffee, change: Callable[[Tx], Awaitable[None]]) -> Generator[list[list[int]]]:
    """Another process writes something once the conversation is open; gives back who was in one then."""
    seen: list[list[int]] = []

    async def write() -> None:
        store = await open_store(coffee.home.settings.database)
        async with store.begin() as tx:
            await change(tx)
        await store.close()

    def reached(name: str) -> None:
        if name == "gathered":
            seen.append(coffee.groups())
            thread = Thread(target=lambda: asyncio.run(write()))
            thread.start()
            thread.join()

    failpoints.listen(reached)
    try:
        yield seen
    finally:
        failpoints.listen(None)


async def test_two_who_stay_are_introduced_in_their_conversation(coffee: Coffee) -> None:
    made = await coffee.planned()
    assert await coffee.introduced(made) == "introduced"
    assert coffee.groups() == [1, 1]


async def test_who_stays_when_the_other_leaves_the_community_is_not_left_in_it(coffee: Coffee) -> None:
    made = await coffee.planned()

    async def leaves(tx: Tx) -> None:
        await tx.leaving.left([coffee.someone("Kofi")], coffee.home.sandbox.clock.now())

    with meanwhile(coffee, leaves) as seen:
        assert await coffee.introduced(made) == "gone"
    assert seen == [[1, 1]], "it was open already"
    assert coffee.groups() == [0, 0]
