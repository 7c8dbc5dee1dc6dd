"""A record of sends, which frees a question that its host will not read, beside whatever else the same two may do at
the same moment: on PostgreSQL nobody waits in a circle, whoever comes first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import replace

import pytest

from chat.people import NOTHING_SAID, Sent
from scheduler._rooms import Rooms
from scheduler.outcome import Outcome
from scheduler.pacer import Pacer
from scheduler.post import hand_over, letter, moment_for
from scheduler.recorder import Recorder
from store import Conflict, open_store, severing
from store import following as steps
from store.claims import Result
from store.introductions import Introduction
from tests.kit import migrated, postgres
from tests.kit.house import shipped
from tests.scheduler.test_interview_batch import NOON, Hand, host, seeker
from tests.scheduler.test_interview_safety import BREE, MERRY, SAM, asked, now_is

ENOUGH = 20  # seconds; PostgreSQL finds a circle after one
Act = Callable[[Rooms, Introduction], Awaitable[None]]


@pytest.fixture
async def rooms(pg: postgres.Server) -> AsyncGenerator[Rooms]:
    """On PostgreSQL alone: SQLite lets in one at a time."""
    store = await open_store(await migrated.postgres(pg))
    async with store.begin() as tx:
        for person in (SAM, MERRY):
            await tx.members.meet(person, NOTHING_SAID, NOON)
        await tx.seekers.save(replace(seeker(MERRY, NOON), state="matched"), NOON)
        await tx.hosts.save(replace(host(SAM, NOON), capacity=2), NOON)
    yield Rooms(store, shipped(), Hand(), {}, Pacer({}))
    await store.close()


async def accept(rooms: Rooms, made: Introduction) -> None:
    async with rooms.store.begin() as tx:
        await tx.proposals.accept(SAM, made.id, NOON, next=steps.accepted(NOON))


async def block(rooms: Rooms, made: Introduction) -> None:
    async with rooms.store.begin() as tx:
        await severing.block(tx, MERRY, SAM, NOON)


async def forget_host(rooms: Rooms, made: Introduction) -> None:
    async with rooms.store.begin() as tx:
        await tx.forget.here(SAM, NOON)


async def forget_seeker(rooms: Rooms, made: Introduction) -> None:
    async with rooms.store.begin() as tx:
        await tx.forget.here(MERRY, NOON)


ACTS: Mapping[str, Act] = {
    "accept": accept, "block": block, "forget the host": forget_host, "forget the seeker": forget_seeker,
}  # fmt: skip


async def sent(rooms: Rooms) -> list[Outcome]:
    """What came of two claimed letters: the seeker's arrived in a new conversation, the host's direct messages are
    closed."""
    async with rooms.store.begin() as tx:
        member = (await tx.members.of([MERRY]))[MERRY]
        moment = await moment_for(tx, member, "not-available", NOON)
        assert moment is not None
        await hand_over(rooms, tx, [letter(MERRY, "not-available", "another", moment)])
    async with rooms.store.begin() as tx:
        rows = {row.person: row for row in await tx.claims.claim(BREE, rooms.worker, NOON, limit=9)}
    arrived = Result(rows[MERRY], "sent", sent=Sent("D1", "1"), at=NOON)
    return [Outcome(arrived, opened=True), Outcome(Result(rows[SAM], "dead", "closed"), unreachable=True)]


async def first_holds(rooms: Rooms, held: str, made: Introduction, let_go: asyncio.Event) -> None:
    """Somebody else has what both want, so that both wait where they are."""
    async with rooms.store.begin() as tx:
        if held == "the host":
            await tx.rounds.hold([SAM])
        else:
            await tx.introductions.get(made.space, made.id, lock=True)
        await let_go.wait()


@pytest.mark.parametrize("held", ["the host", "the introduction"])
@pytest.mark.parametrize("recorded_first", [True, False])
@pytest.mark.parametrize("act", ACTS)
async def test_a_record_and_an_act_do_not_wait_in_a_circle(
    rooms: Rooms, caplog: pytest.LogCaptureFixture, act: str, held: str, *, recorded_first: bool
) -> None:
    made = await asked(rooms, MERRY, SAM)
    outcomes, recorder, let_go = await sent(rooms), Recorder(rooms), asyncio.Event()

    async def record() -> None:
        await asyncio.gather(*map(recorder.put, outcomes))

    async def do() -> None:
        try:
            await ACTS[act](rooms, made)
        except Conflict:
            assert act == "accept", "the question was taken back in between"

    both = [record, do] if recorded_first else [do, record]
    holder = asyncio.create_task(first_holds(rooms, held, made, let_go))
    await asyncio.sleep(0.1)
    begun = list[asyncio.Task[None]]()
    for one in both:
        begun.append(asyncio.create_task(one()))
        await asyncio.sleep(0.3)
    let_go.set()
    with caplog.at_level(logging.WARNING):
        await asyncio.wait_for(asyncio.gather(holder, *begun), ENOUGH)
    assert "could not be written" not in caplog.text
    found = await now_is(rooms, made)
    if act == "accept":
        assert found.state == "accepted"
