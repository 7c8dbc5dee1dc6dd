"""A sandbox in a process of its own with very many members, that counts what it accepted: `python -m bench.fleet`.

Whom it holds follows from three numbers, so a sender's database can be filled with the same people. Every member's
direct conversation exists already, as after a welcome, unless `--unopened`.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import logging
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot.slack.manifest import manifest
from chat.people import Person, Space
from commands._registry import load
from sandbox.discord.model import Channel
from sandbox.ledger import Ledger
from sandbox.server import Sandbox

MESSAGES = {"slack": "chat.postMessage", "discord": "POST /channels/{channel}/messages"}
LONGEST_LINE = 64 << 20  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Crew:
    """Who is there: member n is in space n % spaces."""

    platform: str
    spaces: int
    members: int

    def space(self, n: int) -> Space:
        """The n-th workspace or guild."""
        return Space(self.platform, f"T{n:05}" if self.platform == "slack" else f"9000000000000{n:05}")

    def person(self, n: int) -> Person:
        """The n-th member."""
        return Person(self.space(n % self.spaces), f"U{n:07}" if self.platform == "slack" else f"80000000000{n:07}")

    def direct(self, n: int) -> str:
        """Our conversation with the n-th member."""
        person = self.person(n)
        return f"D{person.space.id[1:]}{person.id}" if self.platform == "slack" else f"70000000000{n:07}"

    def tokens(self) -> list[str]:
        """A bot token for each workspace."""
        return [f"xoxb-fleet-{n:05}" for n in range(self.spaces)] if self.platform == "slack" else []


class Tally(Ledger):
    """Besides the ledger's last entries: every accepted message by its key, and when the first and last came."""

    def __init__(self, world: Any, method: str) -> None:
        super().__init__(world.clock, itertools.count(1), world.changed)
        self._method = method
        self.messages: dict[str, set[str]] = {}
        self.times: list[float] = []  # of accepted messages, monotonic, in this process's order
        self.posts, self.throttled, self.refused = 0, 0, 0

    def note(self, method: str, *, ok: bool, error: str = "", **more: Any) -> None:
        """Counts messages."""
        super().note(method, ok=ok, error=error, **more)
        if method != self._method:
            return
        if ok:
            self.posts += 1
            self.messages.setdefault(str(more.get("key")), set()).add(str(more.get("message")))
            self.times.append(time.monotonic())
        elif "limited" in error:
            self.throttled += 1
        else:
            self.refused += 1

    def told(self) -> dict[str, Any]:
        """`accepted` counts messages that people see; `posts` counts requests, a repeated key once more."""
        seen = sum(len(ids) for ids in self.messages.values())
        return {"accepted": seen, "posts": self.posts, "keys": len(self.messages), "throttled": self.throttled,
                "refused": self.refused, "last": self.times[-1] if self.times else 0.0}  # fmt: skip


def people(sandbox: Sandbox, crew: Crew, *, opened: bool) -> None:
    """Fills the platform's world."""
    if crew.platform == "slack":
        world = sandbox.slack
        for n, token in enumerate(crew.tokens()):
            world.add_space(crew.space(n).id, f"Space {n}", token)
        for n in range(crew.members):
            person = crew.person(n)
            world.add_member(person.space.id, person.id, f"M{n}", "en-US", "UTC")
            if opened:
                world.spaces[person.space.id].dm_with(person.id)
        return
    guilds = sandbox.discord
    for n in range(crew.spaces):
        guilds.add_guild(crew.space(n).id, f"Space {n}")
    for n in range(crew.members):
        person = crew.person(n)
        guilds.add_member(person.space.id, person.id, f"M{n}", "en-US", "UTC")
        if opened:
            guilds.dms[person.id] = crew.direct(n)
            guilds.channels[crew.direct(n)] = Channel(crew.direct(n), "", "dm", "", person.id)


def sample(sandbox: Sandbox, crew: Crew) -> dict[str, Any]:
    """The newest message somebody got, as the bot sent it."""
    if crew.platform == "slack":
        newest = [m for s in sandbox.slack.spaces.values() for c in s.channels.values() for m in c.messages.values()]
        return {"text": newest[-1].text, "blocks": newest[-1].blocks}
    inside = [m for c in sandbox.discord.channels.values() for m in c.messages.values()]
    return {"components": inside[-1].components}


async def serve(crew: Crew, given: argparse.Namespace) -> None:
    """Prints its addresses, then answers each line on stdin with one line, until stdin ends."""
    sandbox = Sandbox(bot_name="steppingstone")
    world = sandbox.slack if crew.platform == "slack" else sandbox.discord
    world.enforce_limits = given.limits
    sandbox.discord.enforce_pace = False
    sandbox.slack.dedupe_keys = given.remembers
    people(sandbox, crew, opened=not given.unopened)
    if crew.platform == "slack" and not given.all_scopes:
        sandbox.slack.register_manifest(manifest(load()))
    tally = Tally(world, MESSAGES[crew.platform])
    world.log = tally
    await sandbox.start()
    print(json.dumps({"url": sandbox.url, "slack_api": sandbox.slack_api, "discord_api": sandbox.discord_api,
                      "discord_gateway": sandbox.discord_gateway, "slack_app_token": sandbox.slack.app_token,
                      "discord_token": sandbox.discord.bot_token}), flush=True)  # fmt: skip
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        match line.decode().split():
            case ["tally"]:
                answer: object = tally.told()
            case ["keys"]:
                answer = {key: sorted(ids) for key, ids in tally.messages.items()}
            case ["between", start, end]:
                answer = sum(float(start) <= at < float(end) for at in tally.times)
            case ["first", after]:
                answer = next((at for at in tally.times if at > float(after)), None)
            case ["sample"]:
                answer = sample(sandbox, crew)
            case ["limits", state]:
                world.enforce_limits = state == "on"
                answer = state
            case other:
                answer = {"error": f"no such question: {other}"}
        print(json.dumps(answer), flush=True)
    await sandbox.stop()


class Fleet:
    """The driver's side of a running fleet."""

    def __init__(self, crew: Crew, process: Process, told: dict[str, str]) -> None:
        self.crew, self.process, self.told = crew, process, told
        self._lock = asyncio.Lock()

    async def ask(self, question: str) -> Any:
        """One of the questions of `serve`."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        async with self._lock:
            self.process.stdin.write(f"{question}\n".encode())
            return json.loads(await self.process.stdout.readline())

    async def accepted(self, count: int, patience: float = 900.0) -> dict[str, Any]:
        """Waits until so many messages were accepted in all."""
        until = time.monotonic() + patience
        while (told := await self.ask("tally"))["accepted"] < count:
            if time.monotonic() > until:
                raise TimeoutError(f"{told} instead of {count}")
            await asyncio.sleep(0.25)
        return told


def flags(**given: bool) -> Iterator[str]:
    """`remembers=True` -> "--remembers"."""
    return (f"--{name.replace('_', '-')}" for name, wanted in given.items() if wanted)


@asynccontextmanager
async def fleet(
    crew: Crew, *, limits: bool = False, remembers: bool = False, all_scopes: bool = False, unopened: bool = False
) -> AsyncGenerator[Fleet]:
    """Starts and ends the process. `remembers`: Slack drops repeated keys; `all_scopes`: our app may read history."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.fleet", crew.platform, str(crew.spaces), str(crew.members),
        *flags(limits=limits, remembers=remembers, all_scopes=all_scopes, unopened=unopened),
        stdin=PIPE, stdout=PIPE, limit=LONGEST_LINE,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        line = await process.stdout.readline()
        yield Fleet(crew, process, json.loads(line))
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.fleet", description=__doc__)
    parser.add_argument("platform", choices=sorted(MESSAGES))
    parser.add_argument("spaces", type=int)
    parser.add_argument("members", type=int)
    for name, about in (
        ("limits", "the platform's rate limits are on"),
        ("remembers", "Slack drops repeated keys"),
        ("all-scopes", "our Slack app may read its conversations"),
        ("unopened", "no direct conversation is open yet"),
    ):
        parser.add_argument(f"--{name}", action="store_true", help=about)
    told = parser.parse_args()
    logging.disable(logging.CRITICAL)  # senders are killed in the middle of a request
    asyncio.run(serve(Crew(told.platform, told.spaces, told.members), told))
