"""The deeds of the control interface beyond talking: clock, members, faults, trouble, limits, load; their errors."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import Sandbox
from tests.sandbox.raw import Json, Web, socket_mode, until
from tests.sandbox.slack.test_views import COMMANDS

ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"


async def deed(web: Web, name: str, expected: int = 200, **body: Any) -> Json:
    """POST /sandbox/<name>."""
    async with web.session.post(f"{web.sandbox.url}/sandbox/{name}", json=body) as answer:
        assert answer.status == expected, await answer.text()
        return await answer.json()


async def state(web: Web, **query: str) -> Json:
    """GET /sandbox/state."""
    async with web.session.get(f"{web.sandbox.url}/sandbox/state", params=query) as answer:
        return await answer.json()


async def test_the_clock_jumps_stops_and_runs(sandbox: Sandbox, web: Web) -> None:
    await deed(web, "clock", advance=3600)
    assert (await state(web, platform="slack"))["clock"]["now"].startswith("2026-11-20T13:00")
    ran = await deed(web, "clock", speed=3600)
    assert ran["speed"] == 3600
    await until(lambda: sandbox.clock.now().hour == 13 and sandbox.clock.now().minute > 1, "an hour a second")
    assert (await deed(web, "clock", speed=0))["speed"] == 0
    for wrong in (
        {"speed": -1},
        {"speed": "fast"},
        {"advance": "x"},
        {"set": "2026"},
        {"next": "25:00", "zone": "UTC"},
    ):
        assert (await deed(web, "clock", 400, **wrong))["error"]


@pytest.mark.parametrize("platform", ["slack", "discord"])
async def test_members_move_join_and_leave(sandbox: Sandbox, web: Web, platform: str) -> None:
    people = (await state(web, platform=platform))["residents"]
    me, new = people[2]["id"], people[0]["space"] + "/812345"
    await deed(web, "members", platform=platform, member=me, change={"zone": "Asia/Tokyo", "locale": "ja"})
    await deed(
        web, "members", platform=platform, member=new, join={"name": "Noa", "locale": "fr", "zone": "Europe/Paris"}
    )
    await deed(web, "members", platform=platform, member=people[3]["id"], leave=True)
    after = {r["id"]: r for r in (await state(web, platform=platform))["residents"]}
    assert (after[me]["zone"], after[me]["locale"]) == ("Asia/Tokyo", "ja")
    assert after[new]["name"] == "Noa"
    assert after[people[3]["id"]]["gone"] is True
    for wrong in (
        {"member": me}, {"member": me, "change": {"zone": "Mars/Base"}}, {"member": "x/y", "leave": True},
        {"member": new, "join": {"name": "Again", "locale": "fr", "zone": "Europe/Paris"}},
        {"member": me, "join": {"name": "No zone"}},
    ):  # fmt: skip
        assert (await deed(web, "members", 400, platform=platform, **wrong))["error"]


async def test_a_timeline_has_both_directions_in_one_row(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        bot.answer = lambda _payload: {"text": "hello"}
        await deed(web, "say", platform="slack", member=ADA, place=PLACE, text="/go")
    seen = await state(web, platform="slack", member=ADA, place=PLACE)
    numbers = {entry["n"]: entry["method"] for entry in seen["ledger"] + seen["deliveries"]}
    assert [numbers[n] for n in sorted(numbers)] == ["apps.connections.open", "/go", "ack of /go"]
    assert (seen["deliveries"][0]["member"], seen["deliveries"][0]["attempt"]) == (ADA, 0)
    assert seen["names"]["U003"] == "Kofi"


async def test_a_thread_is_shown_apart(sandbox: Sandbox, web: Web) -> None:
    root = (await web.slack("chat.postMessage", channel=PLACE, text="root"))["ts"]
    await deed(web, "say", platform="slack", member=ADA, place=PLACE, text="reply", thread=root)
    seen = await state(web, platform="slack", member=ADA, place=PLACE, thread=root)
    assert [m["text"] for m in seen["messages"]] == ["root"]
    assert [m["text"] for m in seen["thread"]] == ["root", "reply"]
    assert seen["messages"][0]["replies"] == 1


async def test_limits_trouble_faults_and_homes(sandbox: Sandbox, web: Web) -> None:
    await deed(web, "limits", platform="slack", enforce=False)
    assert sandbox.slack.enforce_limits is False
    await deed(web, "trouble", platform="discord", kind="revoke")
    assert sandbox.discord.revoked
    await deed(web, "home", platform="slack", member=ADA)
    await until(sandbox.slack.deliveries, "app_home_opened was tried")
    assert sandbox.slack.deliveries()[0]["method"] == "event app_home_opened"
    pending = await deed(web, "faults", platform="slack", add={"match": "chat", "kind": "drop", "times": 2})
    assert pending["pending"] == [{"match": "chat", "kind": "drop", "times": 2, "status": 500, "seconds": 0.0,
                                       "code": "", "retry_after": None}]  # fmt: skip
    assert (await deed(web, "faults", platform="slack", clear=True))["pending"] == []
    unknown: list[tuple[str, Json]] = [
        ("trouble", {"platform": "slack", "kind": "earthquake"}),
        ("trouble", {"platform": "slack", "kind": "reconnect"}),
        ("faults", {"platform": "slack", "add": {"match": "x", "kind": "haunt"}}),
        ("nothing", {}),
        ("load", {"platform": "slack", "text": "/go", "count": 0}),
        ("home", {"platform": "irc"}),
    ]
    for name, wrong in unknown:
        assert (await deed(web, name, 400, **wrong))["error"]


async def test_a_load_is_typed_by_members_in_turns(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        bot.answer = lambda _payload: {"text": "hello"}
        done = await deed(web, "load", platform="slack", text="/go", count=50, at_once=8)
        assert done["count"] == len(bot.payloads) == 50
        assert len({payload["user_id"] for payload in bot.payloads}) > 4
