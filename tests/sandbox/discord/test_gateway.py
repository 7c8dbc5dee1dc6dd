"""The gateway's rules: identifying, shards, intents, heartbeats, resuming, budgets, close codes."""

from __future__ import annotations

import asyncio
import json
import zlib
from datetime import timedelta
from typing import Any

import pytest

from sandbox.demo import GUILDS
from sandbox.discord.rates import INVALID
from sandbox.server import Sandbox
from sandbox.world import Refused
from tests.sandbox.raw import Json, Web, gateway, until

ADA = f"{GUILDS[0]}/800000000000000001"
PLACE = "700000000000000001"
MEMBERS = 1 << 1


async def closed_with(web: Web, identify: Json) -> int | None:
    """The code an IDENTIFY is answered with."""
    async with gateway(web, identify) as gate:
        await until(lambda: gate.ws.closed, "closed")
        return gate.ws.close_code


async def test_hello_ready_and_a_guild_each(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web) as gate:
        assert gate.payloads[0] == {"op": 10, "d": {"heartbeat_interval": 41_250}, "s": None, "t": None}
        (ready,) = gate.events("READY")
        await until(lambda: len(gate.events("GUILD_CREATE")) == 2, "both guilds")
        assert [guild["unavailable"] for guild in ready["guilds"]] == [True, True]
        guild = gate.events("GUILD_CREATE")[0]
        assert [member["user"]["id"] for member in guild["members"]] == [sandbox.discord.bot.id]
        assert guild["member_count"] == 6, "counted, though not named without the privileged intent"
        await gate.send(1, None)
        await until(lambda: 11 in gate.ops(), "a heartbeat is acknowledged")


@pytest.mark.parametrize(
    ("identify", "code"),
    [({"token": "wrong"}, 4004), ({"intents": MEMBERS}, 4014), ({"intents": 1 << 40}, 4013), ({"intents": "all"}, 4013),
     ({"shard": [2, 2]}, 4010)],
)  # fmt: skip
async def test_a_wrong_identify_is_closed_with_its_code(web: Web, identify: Json, code: int) -> None:
    assert await closed_with(web, identify) == code


@pytest.mark.parametrize(
    ("raw", "code"),
    [("{nonsense", 4002), ('{"op": 99, "d": null}', 4001), ('{"op": 3, "d": {}}', 4003), ("[]", 4002),
     (json.dumps({"op": 3, "d": "x" * 5000}), 4002)],
)  # fmt: skip
async def test_a_wrong_payload_is_closed_with_its_code(web: Web, raw: str, code: int) -> None:
    async with gateway(web, {}) as gate:
        await gate.ws.send_str(raw)
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == code


async def test_identifying_twice_and_an_old_version(web: Web) -> None:
    async with gateway(web) as gate:
        await gate.send(2, {"token": "again", "intents": 1})
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4005
    async with gateway(web, {}, query="?v=6") as gate:
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4012


async def test_more_than_120_payloads_a_minute_are_too_many(web: Web) -> None:
    async with gateway(web) as gate:
        for _ in range(121):
            await gate.send(1, None)
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4008


async def test_guilds_are_spread_over_shards_and_direct_messages_come_to_the_first(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    discord.gateway.recommended = 2
    far = str(int(GUILDS[0]) ^ (1 << 22))
    discord.add_guild(far, "Far")
    discord.add_member(far, "800000000000000001", "Ada", "en-GB", "Europe/London")
    discord.add_channel(far, "700000000000009001", "general")
    assert (await web.discord("GET", "/gateway/bot"))["shards"] == 2
    async with gateway(web, {"shard": [0, 2]}) as zero, gateway(web, {"shard": [1, 2]}) as one:
        await until(lambda: zero.events("GUILD_CREATE") and one.events("GUILD_CREATE"), "guilds on both")
        ids = [{guild["id"] for guild in gate.events("GUILD_CREATE")} for gate in (zero, one)]
        assert ids[0] | ids[1] == {*GUILDS, far}
        assert not ids[0] & ids[1]
        for gate, mine in zip((zero, one), ids, strict=True):
            assert {str(int(guild) >> 22 & 1) for guild in mine} == {str((zero, one).index(gate))}
        assert discord.connected() == 2
        discord.commands_global = [{"id": "1", "name": "go", "description": "d", "type": 1}]
        home = one if far in ids[1] else zero
        await asyncio.gather(discord.say(f"{far}/800000000000000001", "700000000000009001", "/go"), _seen(home))
        other = zero if home is one else one
        assert other.events("INTERACTION_CREATE") == []


async def _seen(gate: Any) -> None:
    await until(lambda: gate.events("INTERACTION_CREATE"), "the interaction on the guild's shard")


async def test_a_lost_connection_resumes_and_misses_nothing(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web) as gate:
        (ready,) = gate.events("READY")
        await until(lambda: len(gate.events("GUILD_CREATE")) == 2, "guilds")
        last = gate.payloads[-1]["s"]
        await sandbox.discord.trouble("drop")
        await until(lambda: gate.ws.closed or not sandbox.discord.connected(), "cut")
    sandbox.discord.kick_bot(GUILDS[1])
    token = sandbox.discord.bot_token
    async with gateway(web, {}) as gate:
        await gate.send(6, {"token": token, "session_id": ready["session_id"], "seq": 10_000})
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4007
    async with gateway(web, {}) as gate:
        await gate.send(6, {"token": token, "session_id": ready["session_id"], "seq": last})
        await until(lambda: gate.events("RESUMED"), "RESUMED")
        assert [guild["id"] for guild in gate.events("GUILD_DELETE")] == [GUILDS[1]]
        assert gate.events("READY") == []


@pytest.mark.parametrize("session", ["unknown", ""])
async def test_a_session_that_is_no_more_is_invalid(sandbox: Sandbox, web: Web, session: str) -> None:
    async with gateway(web, {}) as gate:
        await gate.send(6, {"token": sandbox.discord.bot_token, "session_id": session, "seq": 1})
        await until(lambda: 9 in gate.ops(), "op 9")


async def test_a_clean_goodbye_ends_the_session(sandbox: Sandbox, web: Web) -> None:
    async with gateway(web) as gate:
        (ready,) = gate.events("READY")
        await gate.ws.close(code=1000)
    await until(lambda: not sandbox.discord.gateway.sessions, "forgotten")
    async with gateway(web, {}) as gate:
        await gate.send(6, {"token": sandbox.discord.bot_token, "session_id": ready["session_id"], "seq": 1})
        await until(lambda: 9 in gate.ops(), "op 9")


async def test_the_stream_is_one_deflate_context(web: Web) -> None:
    url = web.sandbox.discord_gateway + "?v=10&encoding=json&compress=zlib-stream"
    inflate, seen = zlib.decompressobj(), list[int]()
    async with web.session.ws_connect(url) as ws:
        await ws.send_json({"op": 2, "d": {"token": web.sandbox.discord.bot_token, "intents": 1}})
        while len(seen) < 4:
            data = await ws.receive_bytes(timeout=5)
            assert data.endswith(b"\x00\x00\xff\xff")
            seen.append(json.loads(inflate.decompress(data))["op"])
    assert seen == [10, 0, 0, 0]


async def test_reconnect_invalid_session_silence_and_revoking_on_demand(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    async with gateway(web) as gate:
        await discord.trouble("reconnect")
        await until(lambda: 7 in gate.ops(), "op 7")
        await discord.trouble("invalid_session")
        await until(lambda: 9 in gate.ops(), "op 9")
    async with gateway(web) as gate:
        await discord.trouble("half_open")
        await gate.send(1, None)
        await asyncio.sleep(0.1)
        assert 11 not in gate.ops(), "not even heartbeats are answered"
        await discord.trouble("revoke")
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4004
    assert await web.discord("GET", "/users/@me") == {"message": "401: Unauthorized", "code": 0}
    await discord.trouble("restore")
    assert (await web.discord("GET", "/users/@me"))["id"] == discord.bot.id
    with pytest.raises(Refused):
        await discord.trouble("link_disabled")


async def test_a_connection_without_heartbeats_is_closed(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.gateway.heartbeat_ms = -3200  # the server waits half as long again and five seconds
    async with gateway(web) as gate:
        await until(lambda: gate.ws.closed, "closed")
        assert gate.ws.close_code == 4009


async def test_one_identify_in_five_seconds_and_a_thousand_a_day(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.enforce_pace = True
    async with gateway(web):
        async with gateway(web) as hasty:
            assert 9 in hasty.ops()
        sandbox.clock.advance(timedelta(seconds=5))
        async with gateway(web) as patient:
            assert patient.events("READY")
    left = (await web.discord("GET", "/gateway/bot"))["session_start_limit"]["remaining"]
    assert left == 997
    sandbox.discord.gateway.identifies.limit = 3
    assert await closed_with(web, {"intents": 1}) == 4004
    assert (await web.discord("GET", "/users/@me"))["code"] == 0, "the token was reset"


async def test_members_come_and_go_for_those_who_may_hear_it(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    discord.gateway.allow_privileged = True
    async with gateway(web, {"intents": 1 | MEMBERS}) as one, gateway(web, {"intents": 1 | MEMBERS}) as two:
        await discord.join(f"{GUILDS[0]}/800000000000000099", "Noa", "fr", "Europe/Paris")
        await discord.leave(f"{GUILDS[0]}/800000000000000003")
        for gate in (one, two):
            await until(lambda gate=gate: gate.events("GUILD_MEMBER_REMOVE"), "two sessions of one shard both hear it")
            assert len(gate.events("GUILD_MEMBER_ADD")) == 1
    async with gateway(web, {"intents": 1 | MEMBERS}) as gate:
        await discord.join(f"{GUILDS[0]}/800000000000000003", "Kofi", "en-US", "Africa/Accra")
        await discord.change_member(ADA, name="Ada L")
        await discord.leave(ADA)
        await until(lambda: gate.events("GUILD_MEMBER_REMOVE"), "all three")
        assert gate.events("GUILD_MEMBER_ADD")[0]["user"]["id"] == "800000000000000003"
        assert gate.events("GUILD_MEMBER_UPDATE")[0]["user"]["global_name"] == "Ada L"
        await gate.send(8, {"guild_id": GUILDS[0], "query": "", "limit": 0})
        await until(lambda: gate.events("GUILD_MEMBERS_CHUNK"), "the list")
        assert len(gate.events("GUILD_MEMBERS_CHUNK")[0]["members"]) == 5
    async with gateway(web) as gate:
        await discord.join(ADA, "Ada", "en-GB", "Europe/London")
        await asyncio.sleep(0.05)
        assert gate.events("GUILD_MEMBER_ADD") == [], "not without the intent"


async def test_words_of_others_are_left_out_without_the_intent(sandbox: Sandbox, web: Web) -> None:
    discord, guild_messages, content = sandbox.discord, 1 << 9, 1 << 15
    async with gateway(web, {"intents": 1 | guild_messages}) as gate:
        await discord.say(ADA, PLACE, "secret words")
        await discord.say(ADA, PLACE, f"hello <@{discord.bot.id}>")
        await until(lambda: len(gate.events("MESSAGE_CREATE")) == 2, "both")
        assert [message["content"] for message in gate.events("MESSAGE_CREATE")] == ["", f"hello <@{discord.bot.id}>"]
    discord.gateway.allow_privileged = True
    async with gateway(web, {"intents": 1 | guild_messages | content}) as gate:
        await discord.say(ADA, PLACE, "open words")
        await until(lambda: gate.events("MESSAGE_CREATE"), "it")
        assert gate.events("MESSAGE_CREATE")[0]["content"] == "open words"


async def test_ten_thousand_invalid_requests_close_the_door(sandbox: Sandbox, web: Web) -> None:
    now = sandbox.clock.age()
    for _ in range(INVALID[0]):
        sandbox.discord.rates.note_invalid(now)
    await web.discord("GET", "/users/@me", token="wrong")
    async with web.session.get(sandbox.discord_api + "/users/@me") as answer:
        assert (answer.status, "Via" in answer.headers) == (429, False), "Cloudflare answers, not Discord"
    sandbox.clock.advance(timedelta(minutes=11))
    assert (await web.discord("GET", "/users/@me"))["id"] == sandbox.discord.bot.id
