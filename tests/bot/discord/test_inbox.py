"""Discord tells an interaction again after a RESUME, and never one that was lost: kept first, done once."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.discord import inbound
from bot.discord.inbox import dump, load
from chat.event import CommandUsed
from chat.message import short
from chat.platform import Responder
from store import Store
from tests.bot.discord.conftest import NOW, House, running
from tests.bot.discord.wire import Wire
from tests.kit.locked import locked
from tests.kit.waiting import until

HELP: dict[str, Any] = {"id": "5", "name": "help", "type": 1, "options": []}


async def show(event: Any, responder: Responder) -> None:
    await responder.show(short("answered"), private=True)


def rows(tmp_path: Path) -> dict[str, tuple[str | None, bool]]:
    other = sqlite3.connect(tmp_path / "test.db")
    try:
        found = other.execute("SELECT key, body, handled_at FROM inbox").fetchall()
    finally:
        other.close()
    return {key: (body, handled is not None) for key, body, handled in found}


def told(id_: str, **more: Any) -> dict[str, Any]:
    """An interaction as it is told again."""
    return {
        "id": id_, "token": f"token-{id_}", "application_id": "7", "version": 1, "type": 2, "data": HELP,
        "channel_id": "300", "locale": "en-US", "member": {"user": {"id": "9"}}, "guild_id": "100", **more,
    }  # fmt: skip


async def test_an_interaction_told_again_is_handled_once(
    discord: Wire, store: Store, house: House, tmp_path: Path
) -> None:
    house.answer = show
    async with running(discord, store, house):
        for _ in range(3):
            await discord.push("INTERACTION_CREATE", told("4001"))
        await until(lambda: discord.to("POST", "/callback"), "an answer")
    async with running(discord, store, house):  # another process
        await discord.push("INTERACTION_CREATE", told("4001"))
        await discord.push("INTERACTION_CREATE", told("4002"))
        await until(lambda: discord.to("POST", "/token-4002/callback"), "the new one's answer")
    assert len(house.heard(CommandUsed)) == 2
    assert rows(tmp_path) == {"discord:4001": (None, True), "discord:4002": (None, True)}


async def test_while_the_database_is_locked_nothing_is_answered_and_nothing_happens(
    discord: Wire, store: Store, house: House, tmp_path: Path
) -> None:
    house.answer = show
    async with running(discord, store, house):
        await discord.push("INTERACTION_CREATE", told("4000"))
        await until(lambda: discord.to("POST", "/token-4000/callback"), "the guild is known")
        async with locked(tmp_path / "test.db"):
            await discord.push("INTERACTION_CREATE", told("4001"))
            await asyncio.sleep(2.0)
        await discord.push("INTERACTION_CREATE", told("4002"))
        await until(lambda: discord.to("POST", "/token-4002/callback"), "later ones are answered")
    assert not discord.to("POST", "/token-4001/callback")
    assert len(house.heard(CommandUsed)) == 2
    assert set(rows(tmp_path)) == {"discord:4000", "discord:4002"}


async def test_one_that_a_dead_process_left_is_answered_where_it_had_deferred(
    discord: Wire, store: Store, house: House, tmp_path: Path
) -> None:
    async with store.begin() as tx:
        await tx.inbox.keep("discord", [("discord:4001", dump(told("4001")))], NOW)
    house.answer = show
    async with running(discord, store, house):
        await until(lambda: rows(tmp_path) == {"discord:4001": (None, True)}, "handled")
    assert len(house.heard(CommandUsed)) == 1
    assert not discord.to("POST", "/callback"), "its three seconds are over"
    assert discord.to("DELETE", "/messages/@original"), "a thinking that may have been public is taken away"
    assert len(discord.to("POST", "/webhooks/7/token-4001")) == 1


async def test_typing_an_option_is_not_kept(discord: Wire, store: Store, house: House, tmp_path: Path) -> None:
    async def suggest(event: Any, responder: Responder) -> None:
        await responder.suggest(())

    house.answer = suggest
    async with running(discord, store, house):
        option = {"name": "role", "type": 3, "value": "m", "focused": True}
        await discord.push("INTERACTION_CREATE", told("4001", type=4, data={**HELP, "options": [option]}))
        await until(lambda: discord.to("POST", "/callback"), "suggestions")
    assert rows(tmp_path) == {}


async def test_what_belongs_to_nobody_is_turned_away_and_not_kept(
    discord: Wire, store: Store, house: House, tmp_path: Path
) -> None:
    house.answer = show
    in_a_dm = {key: value for key, value in told("4001").items() if key not in {"guild_id", "member"}}
    stranger = {**in_a_dm, "type": 3, "user": {"id": "9"}, "data": {"custom_id": "999~x|1", "component_type": 2}}
    async with running(discord, store, house):
        await discord.push("INTERACTION_CREATE", stranger)
        await discord.push("INTERACTION_CREATE", {**in_a_dm, "id": "4002", "user": {"id": "9"}})
        await until(lambda: len(discord.to("POST", "/callback")) == 2, "both turned away")
    assert not house.heard(CommandUsed)
    assert rows(tmp_path) == {}


WORDS = st.text(max_size=20)
OPTION = st.fixed_dictionaries({"name": WORDS, "type": st.just(3), "value": WORDS})
MESSAGE = st.fixed_dictionaries({"id": st.just("8"), "channel_id": st.just("300"), "content": WORDS})


@given(
    data=st.one_of(
        st.fixed_dictionaries({"name": WORDS, "options": st.lists(OPTION, max_size=3)}),
        st.fixed_dictionaries({"custom_id": WORDS, "values": st.lists(WORDS, max_size=3)}),
    ),
    kind=st.sampled_from([2, 3, 5]),
    message=st.none() | MESSAGE,
    rights=st.sampled_from(["0", "32", "x"]),
)
def test_what_is_kept_reads_as_what_came(data: Any, kind: int, message: Any, rights: str) -> None:
    member = {"user": {"id": "9", "username": "sam"}, "permissions": rights, "nick": "Samwise"}
    payload = told("4001", data=data, type=kind, member=member, **({"message": message} if message else {}))
    kept = dump(payload)
    assert inbound.read(load(kept)) == inbound.read(payload)
    assert "Samwise" not in kept
    assert "content" not in json.loads(kept).get("message", {})
