"""Every session start is remembered for a day, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store import Store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def known(store: Store, bot: str = "7", since: datetime = NOON - timedelta(days=400)) -> list[datetime]:
    async with store.begin() as tx:
        return list(await tx.starts.since(bot, since))


async def note(store: Store, *moments: datetime, bot: str = "7") -> None:
    for moment in moments:
        async with store.begin() as tx:
            await tx.starts.note(bot, moment)


async def test_starts_are_kept_in_order_and_apart_for_each_bot(store: Store) -> None:
    await note(store, NOON, NOON + SECOND)
    await note(store, NOON, bot="8")
    assert await known(store) == [NOON, NOON + SECOND]
    assert await known(store, since=NOON) == [NOON + SECOND]
    assert await known(store, "8") == [NOON]


async def test_what_is_older_than_a_day_is_forgotten(store: Store) -> None:
    await note(store, NOON, NOON + SECOND, bot="8")
    await note(store, NOON, NOON + SECOND, NOON + timedelta(days=1))
    assert await known(store) == [NOON + SECOND, NOON + timedelta(days=1)]
    assert len(await known(store, "8")) == 2


async def test_two_at_the_same_moment_are_two(store: Store) -> None:
    await note(store, NOON, NOON, NOON)
    assert len(await known(store)) == 3
    assert max(await known(store)) == NOON


async def test_a_clock_set_back_loses_no_start_and_keeps_none_for_ever(store: Store) -> None:
    wrong = NOON + timedelta(days=3650)
    await note(store, wrong, wrong + SECOND, NOON)
    found = await known(store)
    assert len(found) == 3
    assert NOON - SECOND < min(found) < max(found) == NOON
    await note(store, NOON + timedelta(days=2))
    assert await known(store) == [NOON + timedelta(days=2)]
