"""The sandbox alone: interactions a second through each protocol, and its memory, with raw clients and no bot.

The sandbox runs in a process of its own, the client in this one. Members type a command; the raw client answers every
one over Socket Mode, or over the gateway and REST. `python -m bench.sandbox --count 1000000` is the long run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench.raw import Pipe, between, connect, post_json
from sandbox.discord.wire import dumps

COUNT, ROUNDS, AT_ONCE, PIPES, HEARTBEAT = 5_000, 5, 48, 8, 30.0
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Hello* again"}}]
ANSWER = {"response_type": "ephemeral", "text": "Hello", "blocks": BLOCKS}
REPLY = {"type": 4, "data": {"flags": 32768 | 64, "components": [{"type": 10, "content": "Hello again"}]}}


class Client:
    """A raw client: how many interactions it has answered, and what keeps its connection alive."""

    def __init__(self) -> None:
        self.answered = 0
        self.heart: asyncio.Task[None] | None = None


class Server:
    """`python -m sandbox` and its addresses."""

    def __init__(self, process: Process, told: dict[str, str]) -> None:
        self.process, self.told, self.url = process, told, told["page"].rstrip("/")

    def resident(self) -> float:
        """Its memory, MiB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(between(status.encode(), b"VmRSS:", b"kB")) / 1024

    async def load(self, platform: str, count: int, client: Client) -> float:
        """Interactions a second; every one has been answered."""
        body = {"platform": platform, "text": "/go", "count": count, "at_once": AT_ONCE}
        before = client.answered
        done: dict[str, Any] = await post_json(f"{self.url}/sandbox/load", body)
        assert client.answered - before == count, f"{client.answered - before} of {count} were answered"
        return count / float(done["seconds"])


@asynccontextmanager
async def server() -> AsyncGenerator[Server]:
    """Starts and ends the sandbox."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as manifest:
        json.dump({"features": {"slash_commands": [{"command": "/go", "description": "Goes"}]}}, manifest)
        manifest.flush()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "sandbox", "--port", "0", "--json", "--manifest", manifest.name, stdout=PIPE
        )
        assert process.stdout is not None
        line = await process.stdout.readline()
    try:
        yield Server(process, json.loads(line))
    finally:
        process.terminate()
        await process.wait()


async def slack(running: Server) -> Client:
    """A raw Socket Mode client that answers every envelope with blocks in its acknowledgement."""
    payload, client = json.dumps(ANSWER).encode(), Client()

    def on_text(text: bytes) -> None:
        if b'"envelope_id"' in text:
            client.answered += 1
            envelope = between(text, b'"envelope_id": "')
            socket.send(b'{"envelope_id": "' + envelope + b'", "payload": ' + payload + b"}")

    opened = await post_json(running.told["slack_api"] + "apps.connections.open", {}, "Bearer xapp-sandbox")
    socket = await connect(str(opened["url"]), on_text)
    return client


async def discord(running: Server) -> Client:
    """A raw gateway client that answers every interaction with a components v2 message over pipelined HTTP."""
    app = running.told["discord_application"]
    commands = [{"name": "go", "description": "Goes"}]
    token = f"Bot {running.told['discord_token']}"
    await post_json(f"{running.told['discord_api']}/applications/{app}/commands", commands, token)
    host = running.url.removeprefix("http://")
    loop = asyncio.get_running_loop()
    name, _, port = host.partition(":")
    pipes = [(await loop.create_connection(Pipe, name, int(port)))[1] for _ in range(PIPES)]
    reply, client = json.dumps(REPLY).encode(), Client()
    ready: asyncio.Future[None] = loop.create_future()

    def on_text(text: bytes) -> None:
        if b'"t":"INTERACTION_CREATE"' in text:
            id_, secret = between(text, b'"d":{"id":"').decode(), between(text, b'"token":"').decode()
            client.answered += 1
            pipes[client.answered % PIPES].post(host, f"/discord/api/v10/interactions/{id_}/{secret}/callback", reply)
        elif b'"t":"READY"' in text and not ready.done():
            ready.set_result(None)

    socket = await connect(running.told["discord_gateway"], on_text)
    identify: dict[str, Any] = {"token": running.told["discord_token"], "intents": 1, "properties": {}}
    socket.send(dumps({"op": 2, "d": identify}).encode())
    await ready

    async def beat() -> None:
        while True:  # Discord ends a connection that keeps silent
            await asyncio.sleep(HEARTBEAT)
            socket.send(b'{"op":1,"d":null}')

    client.heart = asyncio.create_task(beat())
    return client


async def main(count: int = COUNT, rounds: int = ROUNDS, only: str = "") -> None:
    """Prints one line a platform."""
    print(f"\nsandbox alone, raw clients, {rounds} rounds of {count:,} interactions, {AT_ONCE} members at once")
    print(f"{'':10}{'median/s':>12}{'slowest':>10}{'memory before':>16}{'after':>10}")
    for platform, connected in (("slack", slack), ("discord", discord)):
        if only not in {"", platform}:
            continue
        async with server() as running:
            client = await connected(running)
            await running.load(platform, 25_000, client)  # until every bounded memory is full
            before = running.resident()
            rates = [await running.load(platform, count, client) for _ in range(rounds)]
            after = running.resident()
            if client.heart is not None:
                client.heart.cancel()
            print(
                f"{platform:10}{statistics.median(rates):12,.0f}{min(rates):10,.0f}{before:12.1f} MiB{after:6.1f} MiB"
            )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.sandbox", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT * ROUNDS, help="interactions a platform, in rounds")
    parser.add_argument("--only", default="", choices=["", "slack", "discord"], help="one platform")
    given = parser.parse_args()
    asyncio.run(main(max(1, given.count // ROUNDS), only=given.only))
