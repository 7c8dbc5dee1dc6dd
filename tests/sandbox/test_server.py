"""The control interface: for loopback tools and its own page only, with errors that say what is missing."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.steering import next_local

START = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """The demo's people, no bot."""
    async with Sandbox(START, frozen=True) as running:
        populate(running)
        yield running


async def ask(sandbox: Sandbox, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """GET without a body, POST with one."""
    async with aiohttp.ClientSession() as session:
        method = "GET" if body is None else "POST"
        async with session.request(method, f"{sandbox.url}/sandbox/{path}", json=body, headers=headers) as answer:
            return answer.status, await answer.json()


async def test_the_state_names_people_rooms_and_the_clock(sandbox: Sandbox) -> None:
    status, state = await ask(sandbox, "state?platform=discord")
    assert status == 200
    assert {"Ada", "林雨", "Kofi", "Priya", "Sam"} <= {resident["name"] for resident in state["residents"]}
    ada = state["residents"][0]["id"]
    _, mine = await ask(sandbox, f"state?platform=discord&member={ada}")
    assert [room["name"] for room in mine["rooms"]] == ["general", "learning"]
    assert state["clock"] == {"now": "2026-11-20T12:00:00+00:00", "speed": 0.0, "frozen": True, "connected": 0}


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Host": "evil.example"}],
)
async def test_another_site_cannot_steer_it(sandbox: Sandbox, headers: dict[str, str]) -> None:
    status, _ = await ask(sandbox, "clock", {"advance": 60}, **headers)
    assert status == 403
    assert sandbox.clock.now() == START


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("say", {"platform": "irc"}),
        ("say", {"platform": "slack", "member": "T01MAKERS/NOBODY", "place": "x", "text": "hi"}),
        ("say", {"platform": "slack", "member": 7}),
        ("clock", {"set": "2026-11-21T08:00:00"}),
        ("clock", {"next": "noon", "zone": "UTC"}),
        ("faults", {"platform": "slack", "add": {"wrong": 1}}),
        ("submit", {"platform": "slack", "member": "T01MAKERS/U001"}),
        ("press", {"platform": "slack", "member": "T01MAKERS/U001", "message": "1.1", "control": "a/b"}),
    ],
)
async def test_what_cannot_be_done_is_told(sandbox: Sandbox, path: str, body: Any) -> None:
    status, answer = await ask(sandbox, path, body)
    assert status == 400
    assert answer["error"]


async def test_the_clock_jumps_to_a_persons_next_morning(sandbox: Sandbox) -> None:
    _, answer = await ask(sandbox, "clock", {"next": "08:30", "zone": "America/Los_Angeles"})
    assert answer["now"] == "2026-11-20T16:30:00+00:00"
    _, answer = await ask(sandbox, "clock", {"next": "08:30", "zone": "America/Los_Angeles"})
    assert answer["now"] == "2026-11-21T16:30:00+00:00"
    spring = next_local(datetime(2026, 3, 28, 12, tzinfo=UTC), "08:00", "Europe/London")
    assert spring.astimezone(UTC) == datetime(2026, 3, 29, 7, tzinfo=UTC)


async def test_page_files_are_served_and_nothing_else(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{sandbox.url}/") as page:
            assert page.status == 200
            assert "default-src 'self'" in page.headers["Content-Security-Policy"]
        for path in ("page/../server.py", "page/%2e%2e%2fserver.py", "page/nothing.js"):
            async with session.get(f"{sandbox.url}/{path}") as answer:
                assert answer.status == 404
