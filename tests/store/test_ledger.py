"""The ledger: planned once, claimed by one, recorded by the claimant, answered once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, time, timedelta

import pytest

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Sent, Space, SpaceInfo
from store import Conflict, Store
from store.deliveries import delivery_id

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = date(2026, 11, 20)
SAM = Person(Space("slack", "TSHIRE"), "USAM")
LEASE = timedelta(seconds=60)


async def _met(store: Store, *people: Person) -> None:
    async with store.begin() as tx:
        for person in people or (SAM,):
            await tx.spaces.joined(SpaceInfo(person.space, "x"), NOW)
            await tx.members.meet(person, NOTHING_SAID, NOW)


async def test_a_day_is_planned_once(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        made = await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.a", 1, NOW)
        assert made is not None
        assert made.id == delivery_id(SAM, "prompt", DAY, 0)
        assert len(made.id) <= 25
        assert await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.b", 1, NOW) is None
        assert await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.b", 1, NOW, ordinal=1) is not None


async def test_a_claim_is_one_workers_and_its_record_too(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.a", 1, NOW)
    async with store.begin() as tx:
        (first,) = await tx.deliveries.claim(NOW, lease=LEASE)
        assert await tx.deliveries.claim(NOW, lease=LEASE) == ()
    later = NOW + LEASE
    async with store.begin() as tx:  # the first worker died: its lease ran out
        (second,) = await tx.deliveries.claim(later, lease=LEASE)
        assert second.was_claimed
        assert second.attempt == 2
        assert second.first_claimed_at == NOW
        assert await tx.deliveries.record_sent(first, Sent("D", "1"), later) is False
        assert await tx.deliveries.record_sent(second, Sent("D", "2"), later) is True
        row = await tx.deliveries.get(SAM, second.id)
        assert row is not None
        assert row.sent == Sent("D", "2")
        assert await tx.deliveries.claim(later + LEASE, lease=LEASE) == ()
        assert await tx.deliveries.counts_by_state() == {"sent": 1}


async def test_a_retry_waits_for_its_time_and_the_dead_stay_dead(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.a", 1, NOW)
        (claimed,) = await tx.deliveries.claim(NOW, lease=LEASE)
        await tx.deliveries.record_retry(claimed, NOW + timedelta(minutes=5), "ratelimited")
        assert await tx.deliveries.claim(NOW + timedelta(minutes=4), lease=LEASE) == ()
        (again,) = await tx.deliveries.claim(NOW + timedelta(minutes=5), lease=LEASE)
        assert not again.was_claimed
        await tx.deliveries.record_dead(again, "50007")
        assert await tx.deliveries.claim(NOW + timedelta(days=1), lease=LEASE) == ()


async def test_nothing_is_claimed_in_a_space_we_left(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.a", 1, NOW)
        await tx.spaces.left(SAM.space, NOW)
        assert await tx.deliveries.claim(NOW, lease=LEASE) == ()
        await tx.spaces.joined(SpaceInfo(SAM.space, "x"), NOW)
        assert len(await tx.deliveries.claim(NOW, lease=LEASE)) == 1


async def test_eight_workers_get_each_row_once(store: Store) -> None:
    people = [Person(SAM.space, f"U{n}") for n in range(120)]
    await _met(store, *people)
    async with store.begin() as tx:
        for person in people:
            await tx.deliveries.plan(person, "prompt", DAY, "prompt.a", 1, NOW)

    async def worker() -> list[str]:
        got: list[str] = []
        while True:
            async with store.begin() as tx:
                rows = await tx.deliveries.claim(NOW, lease=LEASE, limit=7)
            got += [row.id for row in rows]
            if not rows:
                return got

    ids = [id_ for got in await asyncio.gather(*(worker() for _ in range(8))) for id_ in got]
    assert len(ids) == len(set(ids)) == 120


async def test_a_double_answer_counts_once_also_at_the_same_moment(store: Store) -> None:
    await _met(store)
    async with store.begin() as tx:
        made = await tx.deliveries.plan(SAM, "prompt", DAY, "prompt.a", 1, NOW)
    assert made is not None

    async def press() -> bool:
        async with store.begin() as tx:
            return await tx.deliveries.answer(SAM, made.id, "done", NOW, celebration="begun")

    assert sorted(await asyncio.gather(*(press() for _ in range(6)))) == [False] * 5 + [True]
    async with store.begin() as tx:
        assert await tx.deliveries.shown_up(SAM, date.min) == 1
        assert await tx.deliveries.answer(SAM, made.id, "not_today", NOW) is False


async def test_a_changed_nudge_is_not_planned_over(store: Store) -> None:
    await _met(store)
    moment = Occurrence(DAY, NOW)
    schedule = Schedule(time(8), "Europe/London", frozenset({0, 4}))
    async with store.begin() as tx:
        await tx.nudges.save(SAM, anchor="a", tiny="t", celebrate="", schedule=schedule, next=moment, now=NOW)
    async with store.begin() as tx:
        (due,) = await tx.nudges.due(NOW)
        assert due.schedule == schedule
        await tx.nudges.turn_off(SAM, NOW)
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.nudges.planned(due, None)
    async with store.begin() as tx:
        assert await tx.nudges.due(NOW) == ()


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
