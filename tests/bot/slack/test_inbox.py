"""Slack tells things more than once, at bad moments, in bad shape: each is done once, and had only when it is kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncGenerator, Generator, Mapping
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.slack import inbound
from bot.slack.inbox import read_request
from bot.slack.platform import SlackPlatform
from bot.slack.receipt import receipt
from faults.inbox import schedule
from sandbox.server import Sandbox
from store import Keyring, Store, open_store
from tests.kit import migrated
from tests.kit.listening import KINDS, TEAM, Counting, command, deliver, event, form, press, slack, workspace
from tests.kit.locked import locked
from tests.kit.waiting import until

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    await migrated.sqlite(tmp_path / "store.sqlite3")
    opened = await open_store(str(tmp_path / "store.sqlite3"), keyring=Keyring.parse(Keyring.generate()))
    yield opened
    await opened.close()


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    async with workspace() as made:
        yield made


@pytest.fixture
def handle(store: Store) -> Counting:
    return Counting(store)


@pytest.fixture
async def running(store: Store, sandbox: Sandbox, handle: Counting) -> AsyncGenerator[SlackPlatform]:
    async with slack(store, handle, sandbox) as made:
        yield made


def rows(tmp_path: Path) -> dict[str, str | None]:
    """Key -> body."""
    other = sqlite3.connect(tmp_path / "store.sqlite3")
    try:
        return dict(other.execute("SELECT key, body FROM inbox").fetchall())
    finally:
        other.close()


@pytest.mark.parametrize("make", KINDS)
async def test_what_is_told_again_is_acknowledged_and_done_once(
    store: Store, sandbox: Sandbox, tmp_path: Path, make: Any
) -> None:
    handle = Counting(store)
    async with slack(store, handle, sandbox):
        for attempt in range(4):
            assert await deliver(sandbox, make("once"), attempt)
    async with slack(store, handle, sandbox):  # another process, hours later
        assert await deliver(sandbox, make("once"), 1)
        assert await deliver(sandbox, make("another"))
        await until(lambda: handle.seen["another"], "handled")
    assert handle.seen == {"once": 1, "another": 1}
    assert set(rows(tmp_path).values()) == {None}, "no words are left"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**64))
async def test_any_order_of_repetitions_has_each_effect_once(
    running: SlackPlatform, handle: Counting, sandbox: Sandbox, seed: int
) -> None:
    before, name = set(handle.seen), f"s{seed}x{len(handle.seen)}"
    told = await schedule(sandbox, Random(seed), name)
    await until(lambda: len(set(handle.seen) - before) == told, "all handled")
    assert set(handle.seen.values()) == {1}


async def test_a_form_sent_again_after_a_mistake_is_a_new_one(store: Store, sandbox: Sandbox) -> None:
    handle = Counting(store)
    async with slack(store, handle, sandbox):
        kind, payload = form("mistaken")
        assert await deliver(sandbox, (kind, payload))
        assert await deliver(sandbox, (kind, dict(payload) | {"trigger_id": "another"}))
    assert handle.seen == {"mistaken": 2}


async def test_nothing_is_acknowledged_while_it_cannot_be_kept(
    store: Store, sandbox: Sandbox, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    handle = Counting(store)
    async with slack(store, handle, sandbox):
        async with locked(tmp_path / "store.sqlite3"):
            assert not await deliver(sandbox, event("Early"), window=2.5)
        await until(lambda: rows(tmp_path) == {}, "nothing is kept of it")
        assert await deliver(sandbox, event("Early"), 1)
        await until(lambda: handle.seen["Early"], "told again, it is handled")
    assert handle.seen == {"Early": 1}
    assert "could not be kept" in caplog.text


async def test_an_uninstall_whose_handling_broke_is_done_a_little_later(store: Store, sandbox: Sandbox) -> None:
    handle, tries = Counting(store), 0

    async def broken_once() -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError("the database is away")

    async with slack(store, handle, sandbox):
        handle.work = broken_once
        assert await deliver(sandbox, event("gone", "app_uninstalled"))
        await until(lambda: handle.seen, "begun again")
    assert handle.seen == {f"slack:{TEAM}": 1}


async def test_what_belongs_to_nobody_is_acknowledged_and_not_kept(
    store: Store, sandbox: Sandbox, tmp_path: Path
) -> None:
    handle = Counting(store)
    async with slack(store, handle, sandbox):
        for kind in ("app_home_opened", "app_uninstalled", "tokens_revoked", "user_change"):
            assert await deliver(sandbox, event(kind, kind, team="TNOBODY"))
        for odd in ({}, {"type": "event_callback"}, {"type": "shortcut", "team": {"id": TEAM}, "user": {"id": "U1"}}):
            assert await deliver(sandbox, ("interactive", odd)), odd
        for make, hole in ((press, "user"), (form, "view"), (command, "channel_id")):
            kind, payload = make("holed")
            assert await deliver(sandbox, (kind, {k: v for k, v in payload.items() if k != hole})), hole
    assert not handle.seen
    assert rows(tmp_path) == {}


def paths(payload: Mapping[str, Any], *before: str) -> Generator[tuple[str, ...]]:
    """Where a payload holds something."""
    for key, value in payload.items():
        yield (*before, key)
        if isinstance(value, dict):
            yield from paths(cast("dict[str, Any]", value), *before, key)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_no_shape_of_a_payload_is_answered_with_an_error(data: st.DataObject, running: SlackPlatform) -> None:
    make = data.draw(st.sampled_from(KINDS))
    payload: dict[str, Any] = json.loads(json.dumps(make("odd")[1]))
    for _ in range(data.draw(st.integers(1, 3))):
        holes = list(paths(payload))
        *way, last = data.draw(st.sampled_from(holes))
        inner = payload
        for key in way:
            inner = inner[key]
        inner[last] = data.draw(JSON)
    request = read_request(payload)
    if request is not None:
        assert running.app is not None
        response = await running.app.async_dispatch(request)
        assert response.status == 200, payload


@pytest.mark.parametrize("make", KINDS)
def test_what_is_kept_reads_as_what_came_and_holds_no_more_than_needed(make: Any) -> None:
    payload = make("words")[1]
    kept = receipt(payload)
    assert kept is not None
    assert kept.key.startswith(f"slack:{TEAM}:")
    again = json.loads(kept.body)
    assert "token" not in again
    assert "message" not in again
    assert read_request(again) is not None
    for read in (inbound.command, inbound.action, inbound.form, inbound.home):
        try:
            expected = read(payload)
        except KeyError:
            continue
        assert read(again) == expected


def test_a_changed_profile_is_kept_without_names_and_addresses() -> None:
    payload = event("U1", "user_change")[1]
    user = {"id": "U1", "tz": "Asia/Shanghai", "name": "ada", "real_name": "Ada L", "profile": {"email": "a@b.c"}}
    kept = receipt({**payload, "event": {"type": "user_change", "user": user}})
    assert kept is not None
    assert json.loads(kept.body)["event"]["user"] == {"id": "U1", "tz": "Asia/Shanghai"}


async def test_every_listener_stands_behind_the_inbox(running: SlackPlatform) -> None:
    listeners: Any = vars(running.app)["_async_listeners"]
    names = {listener.ack_function.__qualname__ for listener in listeners}
    assert names == {"Gate.once.<locals>.run"}
