"""What Discord refuses, refused here too: asked over REST as any client would ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.demo import GUILDS
from sandbox.server import Sandbox

ADA, PRIYA, PLACE = "800000000000000001", "800000000000000004", "700000000000000001"
TEXT = {"type": 10, "content": "words"}


async def call(sandbox: Sandbox, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
    """One REST request with the bot's token."""
    headers = {"Authorization": f"Bot {token or sandbox.discord.bot_token}"}
    session = aiohttp.ClientSession(headers=headers)
    async with session, session.request(method, sandbox.discord_api + path, json=body) as answer:
        assert "Via" in answer.headers, "discord.py takes a 429 without it for a ban"
        return answer.status, await answer.json() if answer.status != 204 else None


@pytest.mark.parametrize(
    ("components", "where"),
    [
        ([], "components"),
        ([TEXT | {"content": "x" * 4001}], "content"),
        ([TEXT | {"content": "x" * 2001}, TEXT | {"content": "x" * 2001}], "components"),
        ([{"type": 1, "components": [{"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}]}], "label"),
        ([{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a" * 101}]}], "custom_id"),
        ([{"type": 1, "components": [{"type": 2, "style": 1, "label": "x", "custom_id": "a"}] * 2}], "custom_id"),
        ([{"type": 17, "components": [TEXT] * 40}], "components"),
        ([{"type": 99}], "type"),
        ([{"type": 2, "style": 1, "label": "bare", "custom_id": "a"}], "type"),
    ],
)
async def test_components_are_read_strictly(sandbox: Sandbox, components: list[Any], where: str) -> None:
    body = {"flags": 32768, "components": components}
    status, answer = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body)
    assert (status, answer["code"]) == (400, 50035)
    assert where in str(answer["errors"])


ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "b", "custom_id": "b"}]}
IMAGE = {"media": {"url": "https://b.org/i.png"}}
GOOD: list[dict[str, Any]] = [
    ROW, TEXT, {"type": 14}, {"type": 12, "items": [IMAGE]},
    {"type": 9, "components": [TEXT], "accessory": {"type": 11} | IMAGE},
    {"type": 17, "components": [TEXT, ROW], "accent_color": 0x2F5D50},
    {"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url": "https://b.org"}]},
    {"type": 1, "components": [{"type": 2, "style": 2, "emoji": {"name": "🌱"}, "custom_id": "e", "disabled": True}]},
    {"type": 1, "components": [{"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}]}]},
    *({"type": 1, "components": [{"type": kind, "custom_id": "s", "max_values": 3}]} for kind in (5, 6, 7, 8)),
]  # fmt: skip


@pytest.mark.parametrize("component", GOOD, ids=[str(n) for n in range(len(GOOD))])
async def test_every_good_component_is_taken_and_answered_as_described(
    sandbox: Sandbox, component: dict[str, Any]
) -> None:
    """As described: the fixture holds the answer against Discord's own document."""
    body = {"flags": 32768, "components": [component]}
    status, answer = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body)
    assert status == 200, answer
    assert answer["components"][0]["id"]


EMBEDS: list[tuple[dict[str, Any], str]] = [
    ({"title": "x" * 257}, "title"), ({"description": "x" * 4097}, "description"), ({"fields": [{}] * 26}, "fields"),
    ({"fields": [{"name": "", "value": "v"}]}, "name"), ({"footer": {"text": "x" * 2049}}, "text"),
    ({"description": "x" * 4000, "footer": {"text": "x" * 2001}}, "6000"),
]  # fmt: skip


@pytest.mark.parametrize(("embed", "where"), EMBEDS)
async def test_embeds_are_read_strictly(sandbox: Sandbox, embed: dict[str, Any], where: str) -> None:
    good = {"embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}]}]}
    assert (await call(sandbox, "POST", f"/channels/{PLACE}/messages", good))[0] == 200
    status, answer = await call(sandbox, "POST", f"/channels/{PLACE}/messages", {"embeds": [embed]})
    assert (status, answer["code"]) == (400, 50035)
    assert where in str(answer["errors"])


async def test_version_two_messages_carry_no_content(sandbox: Sandbox) -> None:
    body = {"flags": 32768, "components": [TEXT], "content": "both"}
    assert (await call(sandbox, "POST", f"/channels/{PLACE}/messages", body))[1]["code"] == 50035
    assert (await call(sandbox, "POST", f"/channels/{PLACE}/messages", {}))[1]["code"] == 50006


async def test_closed_messages_and_strangers(sandbox: Sandbox) -> None:
    status, channel = await call(sandbox, "POST", "/users/@me/channels", {"recipient_id": PRIYA})
    assert status == 200, "opening succeeds, only sending tells"
    status, answer = await call(sandbox, "POST", f"/channels/{channel['id']}/messages", {"content": "hi"})
    assert (status, answer["code"]) == (403, 50007)
    assert (await call(sandbox, "POST", "/users/@me/channels", {"recipient_id": "1"}))[1]["code"] == 10013
    assert (await call(sandbox, "GET", "/channels/1"))[1]["code"] == 10003
    assert (await call(sandbox, "GET", f"/guilds/{GUILDS[0]}/members/1"))[1]["code"] == 10007
    assert (await call(sandbox, "GET", "/users/@me", token="wrong"))[0] == 401


async def test_the_same_nonce_is_the_same_message(sandbox: Sandbox) -> None:
    body = {"content": "once", "nonce": "n1", "enforce_nonce": True}
    first = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body)
    second = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body)
    assert first[1]["id"] == second[1]["id"]
    third = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body | {"enforce_nonce": False})
    assert third[1]["id"] != first[1]["id"]
    sandbox.clock.advance(timedelta(minutes=6))
    later = await call(sandbox, "POST", f"/channels/{PLACE}/messages", body)
    assert later[1]["id"] != first[1]["id"], "Discord remembers a few minutes"


async def test_mentions_count_unless_they_are_disallowed(sandbox: Sandbox) -> None:
    words = f"@everyone <@{ADA}> <@&{GUILDS[0]}>"
    nobody: dict[str, Any] = {"allowed_mentions": {"parse": list[str]()}}
    users: dict[str, Any] = {"allowed_mentions": {"parse": ["users"]}}
    for allowed in (dict[str, Any](), nobody, users):
        await call(sandbox, "POST", f"/channels/{PLACE}/messages", {"content": words} | allowed)
    assert [entry["pings"] for entry in sandbox.discord.ledger()] == [3, 0, 1]


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Bad", "description": "d"},
        {"name": "ok", "description": ""},
        {"name": "ok", "description": "d" * 101},
        {"name": "ok", "description": "d", "options": [{"type": 3, "name": "a", "description": "d"}, {"type": 1, "name": "b", "description": "d"}]},  # noqa: E501
        {"name": "ok", "description": "d", "options": [{"type": 3, "name": "a", "description": "d"}, {"type": 3, "name": "b", "description": "d", "required": True}]},  # noqa: E501
    ],
)  # fmt: skip
async def test_commands_are_read_strictly(sandbox: Sandbox, command: dict[str, Any]) -> None:
    status, answer = await call(sandbox, "PUT", f"/applications/{sandbox.discord.bot.id}/commands", [command])
    assert (status, answer["code"]) == (400, 50035)


async def test_an_interaction_that_never_was_cannot_be_answered(sandbox: Sandbox) -> None:
    status, answer = await call(sandbox, "POST", "/interactions/1/none/callback", {"type": 4, "data": {"content": "x"}})
    assert (status, answer["code"]) == (404, 10062)
    assert (await call(sandbox, "POST", "/webhooks/1/none", {"content": "x"}))[0] == 401
