"""Faults on demand, the same on both platforms: what the bot is told, what really happened, what is written down."""

from __future__ import annotations

import itertools
import time
from typing import Any, Literal

import aiohttp
import pytest

from sandbox import rates
from sandbox.clock import SandboxClock
from sandbox.ledger import KEPT, Ledger
from sandbox.rates import Limits, Window
from sandbox.server import Sandbox
from sandbox.world import Fault, Refused, World
from tests.sandbox.raw import Web

Platform = Literal["slack", "discord"]
ADA = {"slack": "T01MAKERS/U001", "discord": "900000000000000001/800000000000000001"}
PLACE = {"slack": "C01GENERAL", "discord": "700000000000000001"}
MATCH = {"slack": "chat.postMessage", "discord": "/messages"}
PLATFORMS = pytest.mark.parametrize("platform", ["slack", "discord"])


def world_of(sandbox: Sandbox, platform: str) -> World:
    """Either world."""
    return sandbox.slack if platform == "slack" else sandbox.discord


async def post(web: Web, platform: str) -> Any:
    """One message into the channel."""
    if platform == "slack":
        return await web.slack("chat.postMessage", channel=PLACE["slack"], text="x")
    return await web.discord("POST", f"/channels/{PLACE['discord']}/messages", {"content": "x"})


async def try_to_post(web: Web, platform: str) -> int:
    """The status the bot is told; 0 when the line went dead."""
    try:
        await post(web, platform)
    except aiohttp.ClientError:
        return web.status if web.status >= 500 else 0
    return web.status


@PLATFORMS
@pytest.mark.parametrize(
    ("fault", "told", "really"),
    [
        (Fault("", "drop"), 0, 1), (Fault("", "drop_before"), 0, 0), (Fault("", "status", status=502), 502, 0),
        (Fault("", "lose", status=504), 504, 1), (Fault("", "rate_limit", seconds=7), 429, 0),
    ],
    ids=["drop", "drop_before", "status", "lose", "rate_limit"],
)  # fmt: skip
async def test_what_the_bot_is_told_and_what_really_happened(
    sandbox: Sandbox, web: Web, platform: Platform, fault: Fault, told: int, really: int
) -> None:
    world = world_of(sandbox, platform)
    armed = Fault(MATCH[platform], fault.kind, 1, fault.status, fault.seconds)
    world.faults().add(armed)
    assert await try_to_post(web, platform) == told
    assert len(world.messages(ADA[platform], PLACE[platform])) == really
    (entry,) = world.ledger()
    assert entry["fault"] == fault.kind
    assert entry["ok"] == bool(really)
    if fault.kind == "rate_limit":
        assert web.headers["Retry-After"] == "7"
    assert world.faults().pending() == (), "used up"
    assert await try_to_post(web, platform) == 200


@PLATFORMS
@pytest.mark.parametrize(("text", "header"), [("", None), ("7.25", "7.25"), ("soon", "soon"), ("-3", "-3")])
async def test_a_refusal_has_the_platforms_own_code_and_a_429_any_retry_after(
    sandbox: Sandbox, web: Web, platform: Platform, text: str, header: str | None
) -> None:
    faults, code = world_of(sandbox, platform).faults(), {"slack": "is_archived", "discord": "50007"}[platform]
    faults.add(Fault(MATCH[platform], "rate_limit", retry_after=text))
    answer = await post(web, platform)
    assert (web.status, web.headers.get("Retry-After")) == (429, header)
    assert answer.get("retry_after") == (
        {"7.25": 7.25, "-3": -3.0}.get(text, header) if platform == "discord" else None
    )
    faults.add(Fault(MATCH[platform], "refuse", status=403, code=code))
    answer = await post(web, platform)
    assert (web.status, str(answer.get("error") or answer.get("code"))) == (
        {"slack": 200, "discord": 403}[platform],
        code,
    )
    assert world_of(sandbox, platform).ledger()[-1]["error"] == code


async def test_the_hashes_of_buckets_may_change(sandbox: Sandbox, web: Web) -> None:
    seen: list[str] = []
    for sandbox.discord.rates.hashes in ("", "other", ""):
        await post(web, "discord")
        seen.append(web.headers["X-RateLimit-Bucket"])
    assert seen[0] == seen[2] != seen[1]


@PLATFORMS
async def test_a_stall_only_takes_time(sandbox: Sandbox, web: Web, platform: Platform) -> None:
    world_of(sandbox, platform).faults().add(Fault(MATCH[platform], "stall", seconds=0.2))
    started = time.monotonic()
    assert await try_to_post(web, platform) == 200
    assert time.monotonic() - started >= 0.2


@PLATFORMS
async def test_a_fault_hits_only_what_it_matches_and_as_often_as_it_says(
    sandbox: Sandbox, web: Web, platform: Platform
) -> None:
    faults = world_of(sandbox, platform).faults()
    faults.add(Fault(MATCH[platform], "status", times=2))
    await web.slack("auth.test")
    await web.discord("GET", "/users/@me")
    assert [await try_to_post(web, platform) for _ in range(3)] == [500, 500, 200]
    faults.add(Fault(MATCH[platform], "status"))
    faults.clear()
    assert await try_to_post(web, platform) == 200


@PLATFORMS
@pytest.mark.parametrize(
    "wrong", [Fault("x", "status", status=200), Fault("x", "drop", times=0), Fault("x", "stall", seconds=-1),
              Fault("x", "refuse"), Fault("x", "status", code="50007")]
)  # fmt: skip
def test_a_fault_that_could_never_act_is_refused(sandbox: Sandbox, platform: Platform, wrong: Fault) -> None:
    with pytest.raises(Refused):
        world_of(sandbox, platform).faults().add(wrong)


def test_what_is_remembered_is_bounded() -> None:
    clock = SandboxClock(frozen=True)
    ledger = Ledger(clock, itertools.count(1), lambda: None)
    for number in range(KEPT + 5):
        ledger.note(f"m{number}", ok=True)
    assert (len(ledger.entries()), ledger.entries()[0]["method"], ledger.entries(1)[0]["n"]) == (KEPT, "m5", KEPT + 5)
    limits: Limits[Window] = Limits()
    for number in range(rates.KEPT + 1):
        assert not limits.take(number, 0.0, lambda: Window(1, 60.0)).wait
    assert not limits.take(0, 0.0, lambda: Window(1, 60.0)).wait, "the one not used for longest was forgotten"
    assert limits.take(rates.KEPT, 0.0, lambda: Window(1, 60.0)).wait, "the newest was not"
