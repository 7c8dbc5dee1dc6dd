"""From proposal to thank-you: each step once, a host never beyond their seats, whoever races whom."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chat.people import Person
from store import Conflict, NoSeat, Store, Tx, open_store
from store.introduction_tables import sides
from store.introductions import MOVES, Introduction, Side
from store.proposals import Terms
from tests.kit import migrated, postgres
from tests.store.racing import kinds, race
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, PIPPIN, ROSIE, SAM, SHIRE, gather, offers, propose


async def asked(store: Store, who: Person = FRODO, whom: Person = SAM) -> Introduction:
    """An open proposal."""
    async with store.begin() as tx:
        return await propose(tx, who, whom)


async def test_an_interview_goes_its_way_and_remembers_every_date(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    made = await asked(store)
    assert (made.state, made.next_step, made.next_at) == ("proposed", "remind", NOW + 3 * DAY)
    assert made.reasons == ({"term": "topics", "tags": ("pipelines",)},)
    assert (made.the("seeker"), made.the("host"), made.persons) == (FRODO, SAM, (FRODO, SAM))
    async with store.begin() as tx:
        assert await tx.introductions.get(SHIRE, made.id) == made
        assert await tx.hosts.seats_left(SAM, NOW) == 0, "a proposal keeps its seat"
        yes = await tx.proposals.accept(SAM, made.id, NOW + DAY, next=("introduce", NOW + DAY))
        assert (yes.state, yes.decided_at, yes.version) == ("accepted", NOW + DAY, 2)
        step = tx.introductions.transition
        there = await step(SHIRE, made.id, ["accepted"], "introduced", NOW + 2 * DAY, next=None, place="G1")
        assert (there.place, there.introduced_at, there.next_step, there.next_at) == ("G1", NOW + 2 * DAY, "", None)
        assert await tx.introductions.of(FRODO) == (there,)
        assert await tx.introductions.heard(SAM, made.id, "met", NOW + 5 * DAY) is True
        assert await tx.introductions.heard(SAM, made.id, "met", NOW + 6 * DAY) is False, "said already"
        assert await tx.introductions.heard(MERRY, made.id, "met", NOW) is False, "not in it"
        day = (NOW + 5 * DAY).date()
        met = await step(SHIRE, made.id, ["introduced", "scheduled"], "met", NOW + 5 * DAY, next=None, met_on=day)
        assert (met.state, met.met_on, met.closed_at) == ("met", day, NOW + 5 * DAY)
        assert Side(SAM, "host", "met", NOW + 5 * DAY) in met.sides
        assert await tx.introductions.of(FRODO) == (), "it is not open any more"
        thanked = await step(SHIRE, made.id, ["met"], "thanked", NOW + 6 * DAY, next=None)
        assert (thanked.state, thanked.closed_at) == ("thanked", NOW + 5 * DAY)
        assert await tx.introductions.paired(SHIRE) == {("UFRODO", "USAM")}
        assert await tx.introductions.paired(SHIRE, "coffee") == frozenset()


async def test_two_taps_at_once_take_a_step_once(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    made = await asked(store)

    def decline(tx: Tx) -> Awaitable[object]:
        return tx.introductions.transition(SHIRE, made.id, ["proposed"], "declined", NOW, next=None)

    def expire(tx: Tx) -> Awaitable[object]:
        return tx.introductions.transition(SHIRE, made.id, ["proposed"], "expired", NOW, next=None)

    def accept(tx: Tx) -> Awaitable[object]:
        return tx.proposals.accept(SAM, made.id, NOW, next=None)

    results = await race(store, decline, expire, decline, accept)
    assert kinds(results) == ["Conflict", "Conflict", "Conflict", "Introduction"]
    async with store.begin() as tx:
        now_is = await tx.introductions.get(SHIRE, made.id)
    assert now_is is not None
    assert now_is.version == 2


async def test_a_host_who_lowered_their_month_is_not_talked_into_more(store: Store) -> None:
    await gather(store)
    await offers(store, BILBO, 4)
    made = [await asked(store, who, BILBO) for who in (FRODO, SAM, MERRY, PIPPIN)]
    await offers(store, BILBO, 2)

    def accept(id_: str) -> Callable[[Tx], Awaitable[object]]:
        return lambda tx: tx.proposals.accept(BILBO, id_, NOW, next=None)

    results = await race(store, *(accept(one.id) for one in made))
    assert kinds(results) == ["Introduction", "Introduction", "NoSeat", "NoSeat"]
    async with store.begin() as tx:
        assert await tx.hosts.given(BILBO, NOW) == 2
        assert await tx.hosts.seats_left(BILBO, NOW) == 0


async def test_seekers_who_ask_at_once_share_the_seats_there_are(store: Store) -> None:
    await gather(store)
    await offers(store, BILBO, 2)
    hobbits = (FRODO, SAM, MERRY, PIPPIN, ROSIE)

    def ask(who: Person) -> Callable[[Tx], Awaitable[object]]:
        return lambda tx: propose(tx, who, BILBO)

    assert kinds(await race(store, *map(ask, hobbits))) == ["Introduction"] * 2 + ["NoSeat"] * 3


async def test_a_seeker_has_one_open_introduction_also_when_two_processes_find_a_host(store: Store) -> None:
    await gather(store)
    for whom in (SAM, BILBO, ROSIE):
        await offers(store, whom, 4)

    def ask(whom: Person) -> Callable[[Tx], Awaitable[object]]:
        return lambda tx: propose(tx, FRODO, whom)

    results = await race(store, ask(SAM), ask(BILBO), ask(ROSIE))
    assert kinds(results) == ["Conflict", "Conflict", "Introduction"]
    (open_,) = [result for result in results if isinstance(result, Introduction)]
    with pytest.raises(IntegrityError):  # the database itself knows it, whatever the code says
        async with store.begin() as tx:
            others = sa.insert(sides).values(space=SHIRE.key, introduction=open_.id, side="seeker", open=True)
            db = tx.members._db  # pyright: ignore[reportPrivateUsage]
            await db.execute(sa.delete(sides).where(sides.c.member == "UFRODO"))
            await db.execute(others.values(member="UFRODO"))
            made = await tx.proposals.gather(SHIRE, "peer", "interviews", 1, [MERRY, PIPPIN], Terms(next=None), NOW)
            assert made is not None
            await db.execute(others.values(member="UFRODO", introduction=made.id))
    async with store.begin() as tx:
        await tx.introductions.transition(SHIRE, open_.id, ["proposed"], "declined", NOW, next=None)
        assert (await propose(tx, FRODO, ROSIE)).attempt == 1, "a no frees the seeker"


async def test_a_seat_is_used_in_the_month_of_the_yes_and_comes_back_with_a_no(store: Store) -> None:
    eve = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
    new_month = eve + timedelta(minutes=1)
    await gather(store)
    await offers(store, SAM, 1)
    async with store.begin() as tx:
        made = await propose(tx, FRODO, SAM, eve)
        assert await tx.hosts.seats(SHIRE, new_month) == {SAM: 0}, "the proposal may still become one of December"
        await tx.proposals.accept(SAM, made.id, eve, next=None)
        assert await tx.hosts.seats_left(SAM, eve) == 0
        assert await tx.hosts.seats_left(SAM, new_month) == 1
        second = await propose(tx, MERRY, SAM, new_month)
        await tx.introductions.transition(SHIRE, second.id, ["proposed"], "closed", new_month, next=None)
        assert await tx.hosts.seats_left(SAM, new_month) == 1, "withdrawn"
        third = await propose(tx, MERRY, SAM, new_month)
        await tx.introductions.transition(SHIRE, third.id, ["proposed"], "expired", new_month, next=None)
        assert await tx.hosts.seats_left(SAM, new_month) == 1
        assert await tx.hosts.seats_left(ROSIE, new_month) == 0, "no host at all"


async def test_nobody_accepts_what_is_not_theirs_and_no_step_goes_backwards(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    await offers(store, BILBO, 1)
    made = await asked(store)
    for who in (FRODO, BILBO):
        async with store.begin() as tx:
            with pytest.raises(Conflict):
                await tx.proposals.accept(who, made.id, NOW, next=None)
    async with store.begin() as tx:
        with pytest.raises(ValueError, match="never goes from thanked to met"):
            await tx.introductions.transition(SHIRE, made.id, ["thanked"], "met", NOW, next=None)
        with pytest.raises(Conflict):
            await tx.introductions.transition(SHIRE, "nobody-made-it", ["proposed"], "declined", NOW, next=None)
    assert {to for moves in MOVES.values() for to in moves} - set(MOVES) == {"declined", "expired", "gone"}
    assert MOVES["closed"] == ("met",), "closed for want of an answer, and they met after all"


async def test_time_finds_what_is_due_and_moves_it_on_once(store: Store) -> None:
    await gather(store)
    for whom in (SAM, BILBO):
        await offers(store, whom, 1)
    first, second = await asked(store, FRODO, SAM), await asked(store, MERRY, BILBO)
    async with store.begin() as tx:
        assert await tx.introductions.due(NOW + 3 * DAY - timedelta(seconds=1)) == ()
        assert {found.id for found in await tx.introductions.due(NOW + 3 * DAY)} == {first.id, second.id}
        assert len(await tx.introductions.due(NOW + 3 * DAY, limit=1)) == 1
    later = ("expire", NOW + 5 * DAY)
    results = await race(store, lambda tx: tx.introductions.then(first, later), times=3)
    assert kinds(results) == ["Conflict", "Conflict", "Introduction"]
    async with store.begin() as tx:
        assert [found.id for found in await tx.introductions.due(NOW + 4 * DAY)] == [second.id]
        assert {found.next_step for found in await tx.introductions.due(NOW + 5 * DAY)} == {"remind", "expire"}


async def test_two_clocks_never_hold_the_same_row_on_postgresql(pg: postgres.Server) -> None:
    store = await open_store(await migrated.postgres(pg))
    await gather(store)
    await offers(store, SAM, 1)
    await asked(store)
    async with store.begin() as one:
        assert len(await one.introductions.due(NOW + 3 * DAY)) == 1
        async with store.begin() as other:
            assert await other.introductions.due(NOW + 3 * DAY) == ()
    await store.close()


async def test_a_rounds_group_is_introduced_once_also_a_trio(store: Store) -> None:
    await gather(store)
    terms = Terms(next=("introduce", NOW), score=512)
    trio = [MERRY, PIPPIN, ROSIE]
    results = await race(
        store, lambda tx: tx.proposals.gather(SHIRE, "coffee", "coffee:C1", 1, trio, terms, NOW), times=2
    )
    assert kinds(results) == ["Introduction", "NoneType"]
    (made,) = [result for result in results if isinstance(result, Introduction)]
    assert (made.state, made.persons, made.sides[0].side) == ("accepted", tuple(trio), "peer")
    assert (made.the("seeker"), made.the("host")) == (None, None)
    async with store.begin() as tx:
        assert await tx.introductions.paired(SHIRE, "coffee") == {
            ("UMERRY", "UPIPPIN"), ("UMERRY", "UROSIE"), ("UPIPPIN", "UROSIE"),
        }  # fmt: skip
        with pytest.raises(Conflict):
            await tx.proposals.gather(SHIRE, "coffee", "coffee:C1", 2, [SAM, Person(SHIRE, "UNOBODY")], terms, NOW)


async def test_a_refusal_leaves_the_transaction_as_it_was(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 1)
    await asked(store)
    async with store.begin() as tx:  # the caller goes on with the next candidate, in the same transaction
        with pytest.raises(NoSeat):
            await propose(tx, MERRY, SAM)
        assert await tx.introductions.of(MERRY) == ()
        assert len(await tx.introductions.of(SAM)) == 1
