"""The ledger: planned once, claimed by one, recorded by the claimant, answered once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Sent, Space, SpaceInfo
from store import Store, tables
from store.budget import Wish
from store.claims import Result
from store.deliveries import Delivery, NewDelivery, Ref, delivery_id
from store.moments import Moved

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
SAM = Person(Space("slack", "TSHIRE"), "USAM")


async def _met(store: Store, *people: Person) -> None:
    async with store.begin() as tx:
        for person in people or (SAM,):
            await tx.spaces.joined(SpaceInfo(person.space, "x"), NOW)
            await tx.members.meet(person, NOTHING_SAID, NOW)


def _row(person: Person = SAM, ordinal: int = 0) -> NewDelivery:
    return NewDelivery(person, "prompt", DAY, NOW, ordinal)


async def _claim(store: Store, now: datetime = NOW, worker: str = "w1", limit: int = 50) -> list[Delivery]:
    async with store.begin() as tx:
        return await tx.claims.claim(SAM.space, worker, now, limit=limit)


async def _record(store: Store, *results: Result) -> None:
    async with store.begin() as tx:
        await tx.claims.record(results)


async def _state(store: Store) -> Delivery:
    async with store.begin() as tx:
        (row,) = await tx.deliveries.recent(SAM, 5)
    return row


async def test_a_day_is_planned_once(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        made = await tx.deliveries.plan_one(_row())
        assert made is not None
        assert made.id == delivery_id(SAM.space.key, SAM.id, "prompt", DAY, 0)
        assert len(made.id) <= 25
        assert await tx.deliveries.plan_one(_row()) is None
        assert await tx.deliveries.plan([_row(), _row(ordinal=1)]) == (Ref(SAM, _row(ordinal=1).id),)


async def test_a_claim_is_one_workers_and_its_record_too(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row()])
    (first,) = await _claim(store)
    assert await _claim(store, worker="w2") == []
    async with store.begin() as tx:  # on PostgreSQL the lease must have run out too, by the database's clock
        assert await tx.claims.recover({"w1", "w2"}, NOW) == 0
        where = sa.update(tables.deliveries).values(lease_until=NOW - timedelta(days=365))
        await tx.claims._db.execute(where)  # pyright: ignore[reportPrivateUsage]
        assert await tx.claims.recover({"w2"}, NOW) == 1
    (second,) = await _claim(store, worker="w2")
    assert (second.doubtful, second.attempt, second.first_claimed_at) == (True, 2, NOW)
    await _record(store, Result(first, "sent", sent=Sent("D", "1"), at=NOW))
    assert (await _state(store)).state == "claimed", "the first worker's record comes too late"
    await _record(store, Result(second, "sent", sent=Sent("D", "2"), at=NOW))
    row = await _state(store)
    assert (row.state, row.sent, row.sent_at) == ("sent", Sent("D", "2"), NOW)
    assert await _claim(store, NOW + timedelta(days=1)) == []
    async with store.begin() as tx:
        assert await tx.deliveries.counts_by_state() == {"sent": 1}


async def test_a_living_workers_lease_is_extended_and_a_dead_ones_is_not(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row()])
    async with store.begin() as tx:
        await tx.claims.claim(SAM.space, "w1", NOW, limit=1, lease=timedelta(0))
    async with store.begin() as tx:
        await tx.claims.extend("w1")
        if store.dialect == "sqlite":  # one process: a worker that is not this one is dead, whatever its lease says
            assert await tx.claims.recover({"w1"}, NOW) == 0
            assert await tx.claims.recover({"w2"}, NOW) == 1
            return
        assert await tx.claims.recover(set(), NOW) == 0, "its lease still runs, whoever is alive"
        await tx.claims.extend("w1", timedelta(seconds=-1))
        assert await tx.claims.recover(set(), NOW) == 1


async def test_a_retry_waits_for_its_time_and_the_dead_stay_dead(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row()])
    (claimed,) = await _claim(store)
    await _record(store, Result(claimed, "retry", "ratelimited", at=NOW + timedelta(minutes=5)))
    assert await _claim(store, NOW + timedelta(minutes=4)) == []
    (again,) = await _claim(store, NOW + timedelta(minutes=5))
    assert not again.doubtful
    await _record(store, Result(again, "dead", "50007"))
    assert await _claim(store, NOW + timedelta(days=1)) == []


async def test_what_waits_for_a_space_we_left_is_never_sent(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row()])
        await tx.spaces.left(SAM.space, NOW)
        assert await tx.claims.due_spaces(NOW) == ()
        assert await tx.claims.space_left(SAM.space) == 1
        await tx.spaces.joined(SpaceInfo(SAM.space, "x"), NOW)
        assert await tx.claims.due_spaces(NOW) == ()
    assert (await _state(store)).error == "space_left"


async def test_a_space_or_platform_that_rests_is_passed_over(store: Store) -> None:
    other = Person(Space("slack", "TBREE"), "U1")
    await _met(store, SAM, other)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row(), _row(other)])
        assert await tx.claims.due_spaces(NOW) == (other.space, SAM.space)
        await tx.claims.rest("slack:TBREE", NOW + timedelta(seconds=30), "ratelimited")
        await tx.claims.rest("slack:TBREE", NOW + timedelta(seconds=10), "shorter")
        assert await tx.claims.due_spaces(NOW + timedelta(seconds=20)) == (SAM.space,)
        assert await tx.claims.due_spaces(NOW + timedelta(seconds=30)) == (other.space, SAM.space)
        await tx.claims.rest("slack", NOW + timedelta(seconds=60), "global")
        assert await tx.claims.due_spaces(NOW + timedelta(seconds=30)) == ()
        assert set(await tx.claims.resting(NOW + timedelta(seconds=30))) == {"slack"}


async def test_eight_workers_get_each_row_once(store: Store) -> None:
    people = [Person(SAM.space, f"U{n}") for n in range(120)]
    await _met(store, *people)
    async with store.begin() as tx:
        await tx.deliveries.plan([_row(person) for person in people])

    async def worker(name: str) -> list[str]:
        got: list[str] = []
        while rows := await _claim(store, worker=name, limit=7):
            got += [row.id for row in rows]
        return got

    ids = [id_ for got in await asyncio.gather(*(worker(f"w{n}") for n in range(8))) for id_ in got]
    assert len(ids) == len(set(ids)) == 120


async def test_named_rows_are_claimed_as_far_as_they_are_free(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        refs = await tx.deliveries.plan([_row(), _row(ordinal=1)])
        assert len(await tx.claims.claim_these(refs[:1], "w1", NOW)) == 1
        assert [row.id for row in await tx.claims.claim_these(refs, "w2", NOW)] == [refs[1].id]
        assert await tx.claims.claim_these((), "w2", NOW) == []


async def test_one_unsolicited_message_a_person_and_day(store: Store) -> None:
    first, second = Person(Space("discord", "1"), "7"), Person(Space("discord", "2"), "7")  # one account, two guilds
    await _met(store, SAM, first, second)

    async def take(*people: Person) -> set[str]:
        async with store.begin() as tx:
            return {who for who, _ in await tx.budget.take([Wish(p.account, DAY, "prompt", NOW) for p in people])}

    assert await take(first) == {"discord:7"}
    assert await take(second, SAM) == {"slack:TSHIRE/USAM"}
    async with store.begin() as tx:
        assert await tx.budget.take([Wish(second.account, DAY, "reflection", NOW)]) == frozenset()
        assert await tx.budget.prune(DAY + timedelta(days=30)) == 2


async def test_a_double_answer_counts_once_also_at_the_same_moment(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        made = await tx.deliveries.plan_one(_row())
    assert made is not None

    async def press() -> bool:
        async with store.begin() as tx:
            return await tx.deliveries.answer(SAM, made.id, "done", NOW, celebration="begun")

    assert sorted(await asyncio.gather(*(press() for _ in range(6)))) == [False] * 5 + [True]
    async with store.begin() as tx:
        assert await tx.deliveries.shown_up(SAM, date.min) == 1
        assert await tx.deliveries.answer(SAM, made.id, "not_today", NOW) is False


async def test_a_due_moment_is_moved_on_and_one_turned_off_is_no_longer_due(store: Store) -> None:
    await _met(store)
    moment = Occurrence(DAY, NOW)
    schedule = Schedule(time(8), "Europe/London", frozenset({0, 4}))
    async with store.begin() as tx:
        await tx.nudges.save(SAM, anchor="a", tiny="t", celebrate="", schedule=schedule, next=moment, now=NOW)
    async with store.begin() as tx:
        (due,) = await tx.moments.due(NOW)
        assert (due.shape.schedule, due.shape.present, due.shape.unanswered) == (schedule, True, 0)
        later = Occurrence(DAY + timedelta(days=3), NOW + timedelta(days=3))
        await tx.moments.planned([Moved(due.space, due.member, "active", DAY, later.day, later.at, NOW)])
        await tx.nudges.arrived([SAM])
    async with store.begin() as tx:
        assert await tx.moments.due(NOW) == []
        (due,) = await tx.moments.due(NOW + timedelta(days=3))
        assert (due.shape.last_day, due.shape.unanswered) == (DAY, 1)
        nudge = await tx.nudges.get(SAM)
        assert nudge is not None
        assert nudge.last_at == NOW
        await tx.nudges.turn_off(SAM, NOW)
        assert await tx.moments.due(NOW + timedelta(days=3)) == []


async def test_a_moment_in_a_space_we_left_is_due_but_marked(store: Store) -> None:
    await _met(store)
    schedule = Schedule(time(8), "Europe/London")
    async with store.begin() as tx:
        await tx.nudges.save(SAM, anchor="a", tiny="t", celebrate="", schedule=schedule, next=Occurrence(DAY, NOW),
                             now=NOW)  # fmt: skip
        await tx.spaces.left(SAM.space, NOW)
        (due,) = await tx.moments.due(NOW)
        assert not due.shape.present


async def test_an_error_leaves_nothing_half(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        async with store.begin() as tx:
            await tx.members.meet(SAM, NOTHING_SAID, NOW)
            raise ZeroDivisionError
    async with store.begin() as tx:
        assert await tx.members.get(SAM) is None


async def test_naive_moments_are_refused(store: Store) -> None:
    with pytest.raises(Exception, match="naive"):
        async with store.begin() as tx:
            await tx.members.meet(SAM, NOTHING_SAID, NOW.replace(tzinfo=None))
