"""`python -m sandbox` is of use on its own: it tells where it listens, takes a manifest, and ends when asked."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import aiohttp
import pytest

MANIFEST = {"features": {"slash_commands": [{"command": "/hello", "description": "Says hello"}],
                         "bot_user": {"display_name": "greeter"}}}  # fmt: skip


@pytest.mark.parametrize("as_json", [True, False])
async def test_it_tells_its_addresses_serves_and_ends(tmp_path: Path, as_json: bool) -> None:
    manifest = tmp_path / "app.json"
    manifest.write_text(json.dumps(MANIFEST), encoding="utf-8")
    arguments = ["--port", "0", "--manifest", str(manifest), *(["--json"] if as_json else [])]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", *arguments, stdout=PIPE)
    assert process.stdout is not None
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        page = json.loads(first)["page"] if as_json else first.split()[1]
        async with aiohttp.ClientSession() as session:
            async with session.get(page) as answer:
                assert "Sandbox" in await answer.text()
            query = {"platform": "slack", "member": "T01MAKERS/U001"}
            async with session.get(f"{page}sandbox/state", params=query) as answer:
                state = await answer.json()
        assert [command["name"] for command in state["commands"]] == ["hello"]
        assert "greeter" in {room["name"] for room in state["rooms"]}
    finally:
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 30) == 0
