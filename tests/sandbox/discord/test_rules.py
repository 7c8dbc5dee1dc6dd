"""Smaller rules of Discord that bots stumble over: each alone, each with what happens on both sides of it."""

from __future__ import annotations

import asyncio
import io
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.demo import GUILDS
from sandbox.discord.permissions import Overwrite, effective, mask
from sandbox.discord.rates import NEW_COMMANDS
from sandbox.discord.state import KEPT
from sandbox.discord.wire import REPLAY
from sandbox.server import Sandbox
from tests.sandbox.raw import Json, Web, callback, gateway, until

ADA, KOFI, PLACE = f"{GUILDS[0]}/800000000000000001", f"{GUILDS[0]}/800000000000000003", "700000000000000001"
MESSAGES = f"/channels/{PLACE}/messages"
GO: Json = {"name": "go", "description": "d"}


async def code(web: Web, method: str, path: str, body: Any = None) -> int:
    """The code of a refusal, 0 when there was none."""
    answer = await web.discord(method, path, body)
    return answer["code"] if web.status >= 400 else 0


async def test_a_bot_in_more_than_2500_guilds_must_shard(sandbox: Sandbox, web: Web) -> None:
    for number in range(2501):
        sandbox.discord.add_guild(str(910_000_000_000_000_000 + number), "g")
    async with gateway(web, {}) as gate:
        await gate.send(2, {"token": sandbox.discord.bot_token, "intents": 0})
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4011


async def test_a_session_that_missed_too_much_cannot_resume(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web) as gate:
        (ready,) = gate.events("READY")
        await sandbox.discord.trouble("drop")
        await until(lambda: not sandbox.discord.connected(), "cut")
    for _ in range(REPLAY + 1):
        await sandbox.discord.gateway.emit("TYPING_START", {})
    async with gateway(web, {}) as gate:
        await gate.send(6, {"token": sandbox.discord.bot_token, "session_id": ready["session_id"], "seq": 1})
        await until(lambda: 9 in gate.ops(), "op 9")


async def test_the_same_socket_may_identify_again_after_an_invalid_session(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web) as gate:
        await sandbox.discord.trouble("invalid_session")
        await until(lambda: 9 in gate.ops(), "op 9")
        await gate.send(2, {"token": sandbox.discord.bot_token, "intents": 1})
        await until(lambda: len(gate.events("READY")) == 2, "READY again")


async def test_without_the_guilds_intent_no_guild_comes(web: Web) -> None:
    async with gateway(web, {"intents": 0}) as gate:
        await asyncio.sleep(0.05)
        assert gate.events("GUILD_CREATE") == []


async def test_edits_and_deletions_are_told_and_mentions_named(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web, {"intents": 1 | 1 << 9}) as gate:
        made = await web.discord("POST", MESSAGES, {"content": "<@800000000000000003> @everyone"})
        assert [user["global_name"] for user in made["mentions"]] == ["Kofi"]
        assert made["mention_everyone"] is True
        quiet = {"content": "<@800000000000000003> @everyone", "allowed_mentions": {"parse": list[str]()}}
        edited = await web.discord("PATCH", f"{MESSAGES}/{made['id']}", quiet)
        assert (edited["mentions"], edited["mention_everyone"]) == ([], False)
        await web.discord("DELETE", f"{MESSAGES}/{made['id']}")
        await until(lambda: gate.events("MESSAGE_DELETE"), "all three")
        assert [len(gate.events(f"MESSAGE_{what}")) for what in ("CREATE", "UPDATE", "DELETE")] == [1, 1, 1]
        sandbox.discord.deny_bot(PLACE, "VIEW_CHANNEL")
        await sandbox.discord.say(ADA, PLACE, "behind a closed door")
        await asyncio.sleep(0.05)
        assert len(gate.events("MESSAGE_CREATE")) == 1
    sandbox.discord.guilds[GUILDS[0]].roles[GUILDS[0]].permissions &= ~mask(["MENTION_EVERYONE"])
    sandbox.discord.deny_bot(PLACE)
    assert (await web.discord("POST", MESSAGES, {"content": "@everyone"}))["mention_everyone"] is False


async def test_commands_keep_their_ids_and_a_day_has_two_hundred_creations(sandbox: Sandbox, web: Web) -> None:
    path = f"/applications/{sandbox.discord.bot.id}/commands"
    first = (await web.discord("PUT", path, [GO]))[0]["id"]
    assert (await web.discord("PUT", path, [GO | {"description": "other"}]))[0]["id"] == first
    await web.discord("POST", path, {"name": "new", "description": "d"})
    assert web.status == 201
    await web.discord("POST", path, {"name": "new", "description": "again"})
    assert web.status == 200
    created, refused, names = 2, 0, list[Json]()
    while not refused and created < 250:
        sandbox.clock.advance(timedelta(seconds=30))
        names = [{"name": f"n{created + n}", "description": "d"} for n in range(60)]
        refused = await code(web, "PUT", path, names)
        created += 0 if refused else 60
    assert (refused, created) == (30034, 182), "sixty more would have made it 242"
    assert created <= NEW_COMMANDS[0] < created + 60
    sandbox.clock.advance(timedelta(days=1))
    assert await code(web, "PUT", path, names) == 0


@pytest.mark.parametrize(
    "commands",
    [[GO | {"name": f"n{n}"} for n in range(101)], [GO, GO], [GO | {"options": [GO | {"type": 3}] * 2}],
     [GO | {"options": [GO | {"type": 3, "name": f"o{n}", "choices": [
         {"name": "x" * 90, "value": f"{c}" + "y" * 90} for c in range(25)]} for n in range(3)]}]],
    ids=["101 commands", "one name twice", "one option twice", "more than 8,000 characters"],
)  # fmt: skip
async def test_a_list_of_commands_has_its_bounds(sandbox: Sandbox, web: Web, commands: list[Json]) -> None:
    assert await code(web, "PUT", f"/applications/{sandbox.discord.bot.id}/commands", commands) == 50035


async def test_a_locked_thread_takes_nothing_and_eleven_files_are_too_many(sandbox: Sandbox, web: Web) -> None:
    thread = (await web.discord("POST", f"/channels/{PLACE}/threads", {"name": "t", "type": 11}))["id"]
    assert await code(web, "PATCH", f"/channels/{thread}", {"locked": True}) == 50013
    sandbox.discord.set_bot_permissions(GUILDS[0], "MANAGE_THREADS")
    assert await code(web, "PATCH", f"/channels/{thread}", {"locked": True}) == 0
    assert await code(web, "POST", f"/channels/{thread}/messages", {"content": "x"}) == 50083
    form = aiohttp.FormData()
    for number in range(11):
        form.add_field(f"files[{number}]", io.BytesIO(b"x"), filename=f"{number}.txt")
    headers = {"Authorization": f"Bot {sandbox.discord.bot_token}"}
    sandbox.discord.set_bot_permissions(GUILDS[0], "ATTACH_FILES")
    async with web.session.post(sandbox.discord_api + MESSAGES, data=form, headers=headers) as answer:
        assert (await answer.json())["code"] == 50035


async def test_an_interactions_token_reaches_its_own_messages_only(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    await web.discord("PUT", f"/applications/{discord.bot.id}/commands", [GO])
    other = await web.discord("POST", MESSAGES, {"content": "another's"})
    tokens: list[str] = []

    async def answer(interaction: Json) -> None:
        tokens.append(interaction["token"])
        await callback(web, interaction, 4, {"content": "mine"})

    async with gateway(web) as gate:
        gate.answer = answer
        await discord.say(ADA, PLACE, "/go")
        hook = f"/webhooks/{discord.bot.id}/{tokens[0]}"
        assert await code(web, "PATCH", f"{hook}/messages/{other['id']}", {"content": "x"}) == 10008
        for _ in range(50):
            await web.discord("GET", "/users/@me")
        assert await code(web, "GET", f"/channels/{PLACE}") == 0, "limited everywhere"
        assert web.status == 429
        assert (await web.discord("GET", f"{hook}/messages/@original"))["content"] == "mine", "but not here"


async def test_an_answer_to_a_thread_that_is_gone_is_refused(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    await web.discord("PUT", f"/applications/{discord.bot.id}/commands", [GO])
    thread = (await web.discord("POST", f"/channels/{PLACE}/threads", {"name": "t", "type": 11}))["id"]
    codes: list[int] = []

    async def answer(interaction: Json) -> None:
        await web.discord("DELETE", f"/channels/{thread}")
        codes.append((await callback(web, interaction, 4, {"content": "late"}))["code"])

    async with gateway(web) as gate:
        gate.answer = answer
        task = asyncio.create_task(discord.say(ADA, thread, "/go"))
        await until(lambda: codes, "the refusal")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert codes == [10003]


async def test_a_channel_remembers_so_many_messages(sandbox: Sandbox) -> None:
    for number in range(KEPT + 20):
        await sandbox.discord.say(ADA, PLACE, f"{number}")
    seen = sandbox.discord.messages(ADA, PLACE)
    assert (len(seen), seen[0].text) == (KEPT, "20")
    assert len(sandbox.discord.places) == KEPT


def test_a_roles_overwrite_gives_back_what_everyones_took() -> None:
    sends = mask(["SEND_MESSAGES"])
    everyone, role = Overwrite(deny=sends), Overwrite(allow=sends)
    assert effective([sends], [], everyone) == 0
    assert effective([sends], [role], everyone) == sends
    assert effective([sends], [Overwrite(deny=sends)], Overwrite(allow=sends)) == 0
    assert effective([mask(["ADMINISTRATOR"])], [], everyone) & sends
