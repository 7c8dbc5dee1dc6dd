"""Letters in the ledger: one of a name about one thing, whenever that is, and a place they keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chat.people import NOTHING_SAID, Person, Sent, Space, SpaceInfo
from store import Store
from store.claims import Result
from store.deliveries import Delivery, NewDelivery

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAM = Person(Space("slack", "TSHIRE"), "USAM")


async def met(store: Store) -> None:
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SAM.space, "x"), NOW)
        await tx.members.meet(SAM, NOTHING_SAID, NOW)


def letter(subject: str, day: int = 0, place: str | None = None) -> NewDelivery:
    at = NOW + timedelta(days=day)
    return NewDelivery(SAM, "letter", at.date(), at, subject=subject, place=place)


async def claimed(store: Store, now: datetime = NOW) -> list[Delivery]:
    async with store.begin() as tx:
        return await tx.claims.claim(SAM.space, "w", now, limit=10)


async def record(store: Store, result: Result) -> None:
    async with store.begin() as tx:
        await tx.claims.record([result])


async def test_one_letter_of_a_name_about_one_thing_on_whatever_day(store: Store) -> None:
    await met(store)
    async with store.begin() as tx:
        assert len(await tx.deliveries.plan([letter("gone a"), letter("gone b"), letter("intro a")])) == 3
        assert await tx.deliveries.plan([letter("gone a", day=3)]) == ()


async def test_a_letter_goes_out_when_it_is_planned_for(store: Store) -> None:
    await met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([letter("gone a", day=2)])
    assert await claimed(store, NOW + timedelta(days=1)) == []
    assert len(await claimed(store, NOW + timedelta(days=2))) == 1


async def test_a_conversations_letter_goes_there_also_after_a_try_that_failed(store: Store) -> None:
    await met(store)
    async with store.begin() as tx:
        await tx.deliveries.plan([letter("intro a", place="G1")])
    (row,) = await claimed(store)
    assert (row.place, row.sent) == ("G1", None)
    await record(store, Result(row, "retry", "503", at=NOW))
    (again,) = await claimed(store)
    assert (again.place, again.attempt) == ("G1", 2)
    await record(store, Result(again, "sent", sent=Sent("G1", "17"), at=NOW))
    async with store.begin() as tx:
        after = await tx.deliveries.get(SAM, row.id)
    assert after is not None
    assert after.sent == Sent("G1", "17")
