"""The inbox in a process: what is not stored is refused in time, what is stored is handled once, whatever breaks."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.inbox import TOO_OLD, TRIES, Inbox, NotKept
from store import Store, Tx, open_store
from tests.kit import migrated
from tests.kit.locked import locked
from tests.kit.waiting import until

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    await migrated.sqlite(tmp_path / "store.sqlite3")
    opened = await open_store(str(tmp_path / "store.sqlite3"))
    yield opened
    await opened.close()


@pytest.fixture
async def inbox(store: Store) -> AsyncGenerator[Inbox]:
    made = Inbox(store, "slack", lambda: NOW)
    yield made
    await made.stop(1)


def rows(tmp_path: Path) -> dict[str, tuple[str | None, bool]]:
    """Key -> (body, handled)."""
    other = sqlite3.connect(tmp_path / "store.sqlite3")
    try:
        found = other.execute("SELECT key, body, handled_at FROM inbox").fetchall()
    finally:
        other.close()
    return {key: (body, handled is not None) for key, body, handled in found}


async def test_an_event_is_the_callers_once_however_often_it_comes(inbox: Inbox, tmp_path: Path) -> None:
    answers = await asyncio.gather(*(inbox.keep("a", "words") for _ in range(20)))
    assert sorted(answers) == [False] * 19 + [True]
    assert rows(tmp_path) == {"a": ("words", False)}
    async with inbox.handling("a"):
        assert not await inbox.keep("a", "words"), "while it is handled"
    await until(lambda: rows(tmp_path) == {"a": (None, True)}, "handled and emptied")
    assert not await inbox.keep("a", "words"), "and afterwards"


async def test_many_events_at_once_are_all_kept(inbox: Inbox, tmp_path: Path) -> None:
    assert all(await asyncio.gather(*(inbox.keep(f"k{n}", "{}") for n in range(1_000))))
    assert len(rows(tmp_path)) == 1_000


async def test_a_locked_database_refuses_in_time_and_keeps_nothing(inbox: Inbox, tmp_path: Path) -> None:
    async with locked(tmp_path / "store.sqlite3"):
        first = asyncio.create_task(inbox.keep("a", "{}", within=0.3))
        with pytest.raises(NotKept):
            await first
        with pytest.raises(NotKept):  # the same again, while nobody knows what becomes of the first
            await inbox.keep("a", "{}", within=0.3)
    await until(lambda: not inbox._waiting, "the writer has its turn")  # pyright: ignore[reportPrivateUsage]
    assert rows(tmp_path) == {}
    assert await inbox.keep("a", "{}"), "sent again, it is new"


async def test_what_was_committed_too_late_is_taken_back(inbox: Inbox, tmp_path: Path, store: Store) -> None:
    """A disk that is slow to commit, after the writer has looked who still waits."""
    hold = asyncio.Event()
    begin = store.begin

    @asynccontextmanager
    async def slow_commit() -> AsyncGenerator[Tx]:
        async with begin() as tx:
            yield tx
            await hold.wait()

    store.begin = slow_commit  # the same store, its disk slow
    with pytest.raises(NotKept):
        await inbox.keep("a", "{}", within=0.1)
    with pytest.raises(NotKept):
        await inbox.keep("a", "{}", within=0.1)
    hold.set()
    await until(lambda: not inbox._waiting, "withdrawn")  # pyright: ignore[reportPrivateUsage]
    assert rows(tmp_path) == {}
    assert await inbox.keep("a", "{}")


async def test_a_mark_that_the_database_refused_is_made_later(
    inbox: Inbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert await inbox.keep("a", "{}")
    async with locked(tmp_path / "store.sqlite3") as other:
        other.execute("DROP TABLE inbox")
        async with inbox.handling("a"):
            pass
        other.commit()
        await until(lambda: "could not be written" in caplog.text, "a refusal")
        other.execute(
            "CREATE TABLE inbox (key TEXT PRIMARY KEY, platform TEXT, body TEXT, received_at TEXT, handled_at TEXT, "
            "attempt INTEGER)"
        )
        other.execute("INSERT INTO inbox VALUES ('a', 'slack', '{}', '2026-11-20 12:00:00.000000', NULL, 1)")
    await until(lambda: rows(tmp_path).get("a") == (None, True), "marked")


async def test_a_handler_that_raises_is_begun_again_and_a_cancelled_one_too(inbox: Inbox, tmp_path: Path) -> None:
    seen: list[str] = []
    for key in ("a", "b"):
        assert await inbox.keep(key, "{}")
    with pytest.raises(ValueError, match="once"):
        async with inbox.handling("a"):
            raise ValueError("once")

    async def endless() -> None:
        async with inbox.handling("b"):
            await asyncio.sleep(60)

    task = asyncio.create_task(endless())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    async def again(key: str, body: str) -> None:
        async with inbox.handling(key):
            seen.append(key)

    assert await inbox.sweep(again) == 2
    assert sorted(seen) == ["a", "b"]
    await until(lambda: all(handled for _, handled in rows(tmp_path).values()), "marked")
    assert await inbox.sweep(again) == 0


async def test_what_is_under_way_is_left_alone(inbox: Inbox) -> None:
    async def never(key: str, body: str) -> None:
        raise AssertionError(key)

    assert await inbox.keep("a", "{}")
    assert await inbox.sweep(never) == 0
    async with inbox.handling("a"):
        assert await inbox.sweep(never) == 0


async def test_events_of_a_process_that_died_are_handled_unless_too_old(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("fresh", "1")], NOW - TOO_OLD)
        await tx.inbox.keep("slack", [("old", "2")], NOW - TOO_OLD - timedelta(seconds=1))
        await tx.inbox.keep("discord", [("other", "3")], NOW)
    seen: list[tuple[str, str]] = []
    inbox = Inbox(store, "slack", lambda: NOW)

    async def again(key: str, body: str) -> None:
        async with inbox.handling(key):
            seen.append((key, body))

    inbox.start(again)
    await until(lambda: rows(tmp_path)["fresh"][1], "handled")
    await inbox.stop(5)
    assert seen == [("fresh", "1")]
    assert rows(tmp_path) == {"fresh": (None, True), "old": (None, True), "other": ("3", False)}
    assert "let go" in caplog.text


async def test_an_event_that_always_breaks_is_given_up(store: Store, tmp_path: Path) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("slack", [("a", "{}")], NOW)
    begun = 0
    inbox = Inbox(store, "slack", lambda: NOW)

    async def again(key: str, body: str) -> None:
        nonlocal begun
        begun += 1
        raise RuntimeError("always")

    for _ in range(10):
        await inbox.sweep(again)
    assert begun == TRIES
    assert rows(tmp_path) == {"a": (None, True)}
    await inbox.stop(5)


async def test_stopping_waits_for_the_marks(store: Store, tmp_path: Path) -> None:
    inbox = Inbox(store, "slack", lambda: NOW)
    assert await inbox.keep("a", "{}")

    async def slow() -> None:
        async with inbox.handling("a"):
            await asyncio.sleep(0.2)

    task = asyncio.create_task(slow())
    await inbox.stop(5)
    assert rows(tmp_path) == {"a": (None, True)}
    await task
