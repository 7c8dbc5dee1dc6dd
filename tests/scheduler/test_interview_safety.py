"""What must not happen between a yes and a talk: two who may not meet, a question to who is quiet, a stop for all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sa

from chat.people import NOTHING_SAID, Person, Space
from scheduler import failpoints
from scheduler._rooms import Rooms
from scheduler.circle_room import look_in
from scheduler.due_introductions import BROKEN
from scheduler.interview_asking import ask
from scheduler.interview_pool import read_pool
from scheduler.introducing import LEASE
from scheduler.jobs import follow_introductions, introduce_coffees, introduce_pairs
from scheduler.letters import compose_letter
from scheduler.pacer import Pacer
from scheduler.post import hand_over, letter, moment_for
from store import Store, open_store, severing
from store import following as steps
from store.budget import Wish
from store.circles import Circle
from store.introductions import TELL_GONE, Introduction
from store.programmes import Programme
from store.proposals import INTERVIEWS, Terms
from tests.kit import migrated, postgres
from tests.kit.house import house, shipped
from tests.scheduler.matchmaking import Match
from tests.scheduler.test_interview_batch import NOON, Hand, host, seeker
from tests.scheduler.test_interviews import THREADS

BREE, BUCKLAND = Space("discord", "1"), Space("discord", "2")
FRODO, SAM, MERRY, PIPPIN = (Person(BREE, n) for n in ("10", "20", "30", "40"))


@pytest.fixture(params=["sqlite", "postgres"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Store]:
    """On both databases."""
    url = str(tmp_path / "store.sqlite3")
    if request.param == "postgres":
        server: postgres.Server = request.getfixturevalue("pg")
        url = await migrated.postgres(server)
    else:
        await migrated.sqlite(Path(url))
    opened = await open_store(url)
    yield opened
    await opened.close()


@pytest.fixture
async def clock() -> Hand:
    """At noon."""
    return Hand()


@pytest.fixture
async def rooms(store: Store, clock: Hand) -> Rooms:
    """Without platforms: what is planned is not sent, and no conversation can be opened."""
    async with store.begin() as tx:
        for person in (FRODO, SAM, MERRY, PIPPIN):
            await tx.members.meet(person, NOTHING_SAID, NOON)
        for person in (FRODO, MERRY):
            await tx.seekers.save(replace(seeker(person, NOON), state="matched"), NOON)
        for person in (SAM, PIPPIN):
            await tx.hosts.save(replace(host(person, NOON), capacity=2), NOON)
    return Rooms(store, shipped(), clock, {}, Pacer({}))


async def asked(rooms: Rooms, who: Person = FRODO, whom: Person = SAM) -> Introduction:
    """A question to a host, whose letter is written."""
    async with rooms.store.begin() as tx:
        terms = Terms(next=(steps.REMIND, NOON + steps.REMINDER_AFTER), expires_at=NOON + steps.ANSWER_WITHIN)
        made = await tx.proposals.propose(who, whom, terms, NOON)
        members = await tx.members.of([whom])
        moment = await moment_for(tx, members[whom], "ask-host", NOON)
        assert moment is not None
        await hand_over(rooms, tx, [letter(whom, "ask-host", made.id, moment)])
    return made


async def agreed(rooms: Rooms) -> Introduction:
    """The host has said yes."""
    made = await asked(rooms)
    async with rooms.store.begin() as tx:
        return await tx.proposals.accept(SAM, made.id, NOON, next=steps.accepted(NOON))


async def now_is(rooms: Rooms, was: Introduction) -> Introduction:
    async with rooms.store.begin() as tx:
        found = await tx.introductions.get(was.space, was.id)
    assert found is not None
    return found


async def letters(rooms: Rooms, person: Person) -> dict[str, str]:
    """What is written to somebody, and what would become of it now: "" where it goes out."""
    async with rooms.store.begin() as tx:
        rows = await tx.deliveries.recent(person, 9)
        return {
            row.subject.partition(" ")[0]: (
                await compose_letter(tx, rooms.library, row, rooms.clock.now())
            ).nothing for row in rows
        }  # fmt: skip


async def test_who_blocked_the_other_in_another_guild_is_not_introduced(rooms: Rooms) -> None:
    made = await agreed(rooms)
    async with rooms.store.begin() as tx:  # behind everything that closes
        await tx.blocks.block(Person(BUCKLAND, FRODO.id), Person(BUCKLAND, SAM.id), NOON)
    await introduce_pairs.run(rooms)
    assert (await now_is(rooms, made)).state in {"closed", "gone"}
    assert await letters(rooms, FRODO) == {}
    async with rooms.store.begin() as tx:
        row = await tx.seekers.get(FRODO)
    assert row is not None
    assert row.state == "open", "and is looked for elsewhere"


async def test_a_letter_about_both_is_not_sent_once_one_has_blocked_the_other(rooms: Rooms) -> None:
    await asked(rooms)
    assert await letters(rooms, SAM) == {"ask-host": ""}
    async with rooms.store.begin() as tx:
        await tx.blocks.block(Person(BUCKLAND, SAM.id), Person(BUCKLAND, FRODO.id), NOON)
    assert await letters(rooms, SAM) == {"ask-host": "not_true_any_more"}


async def test_a_host_who_wants_quiet_is_neither_asked_nor_reminded(rooms: Rooms, clock: Hand) -> None:
    made = await asked(rooms)
    async with rooms.store.begin() as tx:
        row = await tx.hosts.get(SAM)
        assert row is not None
        await tx.hosts.save(replace(row, state="paused", paused_until=NOON.date() + timedelta(days=28)), NOON)
    assert await letters(rooms, SAM) == {"ask-host": "not_true_any_more"}
    clock.time += steps.REMINDER_AFTER
    await follow_introductions.run(rooms)
    assert (await now_is(rooms, made)).next_step == steps.EXPIRE
    assert set(await letters(rooms, SAM)) == {"ask-host"}


async def test_a_step_that_breaks_keeps_nobody_else_waiting(rooms: Rooms, clock: Hand) -> None:
    one, two = await asked(rooms), await asked(rooms, MERRY, PIPPIN)
    async with rooms.store.begin() as tx:
        db = tx.members._db  # pyright: ignore[reportPrivateUsage]
        await db.execute(sa.text("update seekers set curiosities = '[1, 2, 3, 4]' where member = '10'"))
    clock.time += steps.ANSWER_WITHIN
    for _ in range(2):  # remind, expire
        await follow_introductions.run(rooms)
    broken = await now_is(rooms, one)
    assert (broken.state, (await now_is(rooms, two)).state) == ("proposed", "expired")
    assert broken.next_at == clock.time + BROKEN


async def test_while_talks_are_off_a_pair_waits_and_in_the_end_both_are_told(rooms: Rooms, clock: Hand) -> None:
    made = await agreed(rooms)
    async with rooms.store.begin() as tx:
        await tx.programmes.save(Programme(space=BREE, name=INTERVIEWS, zone="UTC", state="off"), NOON)
    await introduce_pairs.run(rooms)
    waits = await now_is(rooms, made)
    assert (waits.state, waits.next_at) == ("accepted", NOON + introduce_pairs.OFF)
    clock.time += introduce_pairs.WHILE_OFF + timedelta(hours=1)
    await introduce_pairs.run(rooms)
    assert (await now_is(rooms, made)).state == "gone"
    await follow_introductions.run(rooms)
    assert set(await letters(rooms, FRODO)) == {"gone"}


async def test_a_guest_is_not_introduced_where_guests_are_not_asked_any_more(rooms: Rooms) -> None:
    made = await agreed(rooms)
    async with rooms.store.begin() as tx:
        row = await tx.seekers.get(FRODO)
        assert row is not None
        await tx.seekers.save(replace(row, external=True), NOON)
    await introduce_pairs.run(rooms)
    assert (await now_is(rooms, made)).state == "gone"


async def test_one_process_at_a_time_opens_a_conversation(rooms: Rooms, clock: Hand) -> None:
    made = await agreed(rooms)
    async with rooms.store.begin() as tx:
        claimed = await tx.introductions.then(made, (steps.INTRODUCE, NOON + LEASE))
    await introduce_pairs.introduce(rooms, made, NOON)  # read before the other one took it
    await introduce_pairs.run(rooms)
    assert await now_is(rooms, made) == claimed, "in another's hand"
    clock.time += LEASE
    await introduce_pairs.run(rooms)
    assert (await now_is(rooms, made)).version > claimed.version


async def test_a_step_and_an_answer_do_not_wait_in_a_circle(rooms: Rooms, clock: Hand) -> None:
    made = await asked(rooms)
    clock.time += steps.ANSWER_WITHIN
    async with rooms.store.begin() as tx:
        made = await tx.introductions.then(made, (steps.EXPIRE, clock.time))
    has_it = asyncio.Event()

    async def not_now() -> None:
        async with rooms.store.begin() as tx:
            await tx.seekers.get(FRODO, lock=True)
            has_it.set()
            await asyncio.sleep(0.2)
            await tx.introductions.transition(
                BREE, made.id, ["proposed"], "declined", clock.time, next=steps.declined(clock.time)
            )

    async def expire() -> None:
        await has_it.wait()
        await follow_introductions.follow(rooms, made, clock.time)

    await asyncio.wait_for(asyncio.gather(not_now(), expire()), 20)
    assert (await now_is(rooms, made)).state == "declined"


async def test_a_question_and_a_letter_do_not_wait_in_a_circle(rooms: Rooms) -> None:
    made = await asked(rooms, FRODO, PIPPIN)
    async with rooms.store.begin() as tx:
        row = await tx.seekers.get(MERRY)
        assert row is not None
        await tx.seekers.save(replace(row, state="open"), NOON)
        pool = await read_pool(tx, BREE, NOON)
    assert pool is not None
    has_it = asyncio.Event()

    async def follow() -> None:
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(made)
            has_it.set()
            await asyncio.sleep(0.2)
            await tx.budget.take([Wish(PIPPIN.account, NOON.date() + timedelta(days=1), "how-was-it", NOON)])

    async def question() -> bool:
        await has_it.wait()
        return await ask(rooms, pool, MERRY.id, PIPPIN.id, NOON)

    done = await asyncio.wait_for(asyncio.gather(follow(), question()), 20)
    assert done == [None, True]


async def test_who_was_introduced_once_is_never_proposed_again(rooms: Rooms) -> None:
    made = await agreed(rooms)
    async with rooms.store.begin() as tx:
        await tx.met.remember([(FRODO, SAM)], INTERVIEWS, NOON)
        await tx.forget.family(SAM, "hosting", NOON)
        await tx.hosts.save(host(SAM, NOON), NOON)
        row = await tx.seekers.get(FRODO)
        assert row is not None
        await tx.seekers.save(replace(row, state="open"), NOON)
        assert await tx.introductions.paired(BREE) == frozenset()
        pool = await read_pool(tx, BREE, NOON)
    assert pool is not None
    assert pool.partners_never(FRODO.id) == {SAM.id}
    assert (await now_is(rooms, made)).state == "gone"


async def test_a_coffee_with_a_block_in_it_is_off_before_anybody_is_brought_together(rooms: Rooms) -> None:
    async with rooms.store.begin() as tx:
        terms = Terms(next=(steps.INTRODUCE, NOON))
        made = await tx.proposals.gather(BREE, "coffee", "coffee:C1", 1, [FRODO, SAM, MERRY], terms, NOON)
        assert made is not None
        await tx.blocks.block(MERRY, SAM, NOON)
    await introduce_coffees.run(rooms)
    found = await now_is(rooms, made)
    assert (found.state, found.next_step) == ("gone", TELL_GONE)


async def test_who_blocked_somebody_before_their_circle_began_is_not_in_it(rooms: Rooms) -> None:
    circle = Circle(space=BREE, id="c1", programme="circles", theme="learning", language="en", next_at=NOON)
    async with rooms.store.begin() as tx:
        await tx.circles.form(circle, [FRODO, SAM, MERRY], None, NOON)
        assert (await look_in(tx, circle)).persons == (FRODO, SAM, MERRY)
        await tx.blocks.block(SAM, MERRY, NOON)
        room = await look_in(tx, circle)
        assert (room.persons, [one.person for one in room.gone]) == ((FRODO, MERRY), [SAM])
        begun = await look_in(tx, replace(circle, state="running"))
        assert begun.persons == (FRODO, SAM, MERRY), "from then on each leaves by themselves"


async def test_a_block_while_a_conversation_is_opened_leaves_nobody_in_it(tmp_path: Path, pg: postgres.Server) -> None:
    async with house(tmp_path, changes={"database": await migrated.postgres(pg)}) as home:
        match = Match(home, "discord")
        async with match.rooms.store.begin() as tx:
            space = match.someone("Ada").space
            programme = Programme(space=space, name=INTERVIEWS, zone="UTC", state="on", place=THREADS)
            await tx.programmes.save(programme, home.sandbox.clock.now())
        await match.hosts("Kofi")
        await match.seeks("Ada")
        await match.jobs()
        rooms_seen: list[int] = []

        def blocks(name: str) -> None:
            if name == "gathered":
                rooms_seen.append(len(match.life("Ada").person.groups()))
                thread = Thread(target=lambda: asyncio.run(_block(home.settings.database, match)))
                thread.start()
                thread.join()

        failpoints.listen(blocks)
        try:
            await match.yes("Kofi")
        finally:
            failpoints.listen(None)
        assert rooms_seen == [1], "it was open already"
        assert match.life("Ada").person.groups() == match.life("Kofi").person.groups() == []
        assert "intro" not in await match.names("Ada")
        assert (await match.talk("Kofi")).state in {"closed", "gone"}


async def _block(url: str, match: Match) -> None:
    """From another process."""
    store = await open_store(url)
    async with store.begin() as tx:
        now = match.home.sandbox.clock.now()
        await severing.block(tx, match.someone("Kofi"), match.someone("Ada"), now)
    await store.close()
