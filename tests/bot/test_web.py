"""What a machine asks of the running bot: /healthz says what is up and what is stuck, /metrics counts without names."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.web import ask_health, serve_health
from faults._town import settle
from faults.platforms import MOMENT, match
from sandbox.world import Fault
from store.claims import Claims
from tests.kit.house import House, until

COUNTED = (
    "steppingstone_due_total", "steppingstone_deliveries_total", "steppingstone_lateness_seconds",
    "steppingstone_send_seconds", "steppingstone_loop_lag_seconds", "steppingstone_queue_age_seconds",
    "steppingstone_ledger_rows", "steppingstone_connected", "steppingstone_inbox_open",
)  # fmt: skip


@asynccontextmanager
async def asked(home: House) -> AsyncGenerator[tuple[aiohttp.ClientSession, int]]:
    """A client of the bot's own pages, and their port."""
    assert home.app is not None
    server = await serve_health(home.app, 0, "127.0.0.1")
    port = int(server.addresses[0][1])
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
            yield session, port
    finally:
        await server.cleanup()


async def healthz(session: aiohttp.ClientSession) -> tuple[int, dict[str, Any]]:
    """Status and body."""
    async with session.get("/healthz") as answer:
        return answer.status, await answer.json()


def connected(body: dict[str, Any]) -> dict[str, bool]:
    """By platform."""
    return {name: told["connected"] for name, told in body["platforms"].items()}


async def test_all_is_well_and_the_ledger_is_told(home: House) -> None:
    async with asked(home) as (session, port):
        status, body = await healthz(session)
        assert (status, body["trouble"]) == (200, [])
        assert connected(body) == {"slack": True, "discord": True}
        assert {"due", "oldest_due_seconds", "claimed", "ambiguous", "resting", "inbox", "loop_lag_seconds"} <= set(
            body
        )
        assert await ask_health(port)


async def test_a_platform_that_is_down_is_503_and_says_which(home: House) -> None:
    async with asked(home) as (session, port):
        home.sandbox.slack.sockets.refusal = "invalid_auth"
        await home.sandbox.slack.trouble("drop")
        assert home.app is not None
        await until(lambda: home.app is not None and not home.app.health()["slack"], "Slack is down")
        status, body = await healthz(session)
        assert status == 503
        assert {name: told["connected"] for name, told in body["platforms"].items()} == {
            "slack": False,
            "discord": True,
        }
        assert len(body["trouble"]) == 1
        assert "slack" in body["trouble"][0]
        assert not await ask_health(port)


async def test_results_that_cannot_be_written_are_503_and_nothing_more_is_sent(home: House, monkeypatch: Any) -> None:
    town = await settle(home, MOMENT, spaces=1, each=2)
    write = Claims.record

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    async with asked(home) as (session, _port):
        monkeypatch.setattr(Claims, "record", full)
        home.sandbox.clock.set(MOMENT)
        assert home.app is not None
        recorder = home.app.courier.recorder
        await until(lambda: recorder.stuck, "the first result")
        status, body = await healthz(session)
        assert status == 503
        assert any("cannot be written" in line for line in body["trouble"])
        monkeypatch.setattr(Claims, "record", write)
        await until(lambda: not recorder.stuck, "the disk has room again")
        await town.all_have("slack", 1)
        assert (await healthz(session))[0] == 200


async def test_metrics_count_and_name_nobody(home: House) -> None:
    town = await settle(home, MOMENT, spaces=2, each=2)
    throttled = town.people["slack"][0]
    town.world("slack").faults().add(Fault(match("slack", throttled), "rate_limit", seconds=600))
    home.sandbox.clock.set(MOMENT)
    await town.all_have("discord", 1)
    async with asked(home) as (session, _port):
        async with session.get("/metrics") as answer:
            assert answer.headers["Content-Type"].startswith("text/plain")
            text = await answer.text()
        body = (await healthz(session))[1]
    for name in COUNTED:
        assert f"# TYPE {name.removesuffix('_total')}" in text, name
    for state in ("sent", "retry"):
        assert f'steppingstone_deliveries_total{{platform="slack",state="{state}"}}' in text
    assert 'steppingstone_ledger_rows{what="ambiguous"}' in text
    assert body["resting"] >= 1
    for platform in ("slack", "discord"):
        for one in town.people[platform]:
            for secret in (one.person.id, one.person.space.id, one.place):
                assert secret not in text
                assert secret not in str(body)
