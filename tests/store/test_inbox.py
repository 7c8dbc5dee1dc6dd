"""The inbox as a table: a key is new once, a body goes when its event is handled, a row outlives every repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store import Store
from store.inbox import Received

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


async def open_ones(store: Store, platform: str = "slack") -> list[Received]:
    async with store.begin() as tx:
        return list(await tx.inbox.open(platform, before=LATER))


async def test_an_event_is_new_once_also_among_many_and_on_another_day(store: Store) -> None:
    async with store.begin() as tx:
        assert await tx.inbox.keep("slack", [], NOW) == frozenset()
        assert await tx.inbox.keep("slack", [("a", "1")], NOW) == {"a"}
    async with store.begin() as tx:
        many = [("a", "2"), *((f"k{n}", "{}") for n in range(300)), ("k0", "again")]
        assert await tx.inbox.keep("slack", many, NOW) == {f"k{n}" for n in range(300)}
    async with store.begin() as tx:
        await tx.inbox.done(["a"], NOW)
        assert await tx.inbox.keep("slack", [("a", "3")], NOW + timedelta(hours=24)) == frozenset()
    assert "a" not in {event.key for event in await open_ones(store)}


async def test_a_handled_event_keeps_its_key_and_loses_its_body(store: Store) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("a", "secret words"), ("b", "{}")], NOW)
        await tx.inbox.done(["a", "nobody's"], LATER)
    assert [event.key for event in await open_ones(store)] == ["b"]
    async with store.begin() as tx:
        await tx.inbox.withdraw(["a", "b"])  # only what is not handled can be taken back
        assert await tx.inbox.keep("slack", [("a", "x"), ("b", "x")], NOW) == {"b"}


async def test_open_events_come_oldest_first_of_one_platform_and_not_from_the_future(store: Store) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("late", "{}")], LATER + timedelta(seconds=1))
        await tx.inbox.keep("slack", [("second", "{}")], NOW)
        await tx.inbox.keep("slack", [("first", "{}")], NOW - timedelta(seconds=1))
        await tx.inbox.keep("discord", [("other", "{}")], NOW)
    assert [event.key for event in await open_ones(store)] == ["first", "second"]
    assert [event.key for event in await open_ones(store, "discord")] == ["other"]


async def test_an_open_event_is_taken_by_one_of_two(store: Store) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("a", "{}")], NOW)
    (seen,) = await open_ones(store)
    async with store.begin() as tx:
        assert await tx.inbox.take(seen)
        assert not await tx.inbox.take(seen)
    (again,) = await open_ones(store)
    assert (seen.attempt, again.attempt) == (1, 2)
    async with store.begin() as tx:
        await tx.inbox.done(["a"], NOW)
        assert not await tx.inbox.take(again)


async def test_a_row_outlives_a_day_of_repetitions_and_then_goes(store: Store) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("a", "{}")], NOW)
        assert await tx.inbox.prune(NOW + timedelta(hours=26)) == 0
        assert await tx.inbox.prune(NOW + timedelta(hours=26, seconds=1)) == 1
        assert await tx.inbox.keep("slack", [("a", "{}")], NOW) == {"a"}


async def test_any_text_can_be_kept(store: Store) -> None:
    body = '{"text":"\\u0000\\ud800 quote\' \\" 雪 🌱"}'
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("a", body)], NOW)
    assert (await open_ones(store))[0].body == body
