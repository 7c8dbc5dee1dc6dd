"""Draining very many due nudges: messages a second beside a bare loop of the same client library, memory, and pacing.

The sandbox, the senders and this driver are processes of their own. The bare loop has no store and builds nothing: it
posts one message again and again, with as many sends under way. Ratios are medians of rounds in one run.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.fleet import Crew, Fleet, fleet
from bot.settings import Settings
from store import Keyring
from tests.kit import postgres

COUNT, ROUNDS, SECONDS = 100_000, 5, 90.0
CREWS = {"slack": Crew("slack", 4, 20_000), "discord": Crew("discord", 4, 20_000)}
AT_ONCE = {"slack": 12, "discord": 8}  # as the bot: three a workspace, eight for a bot account
CEILINGS = {"slack": 300 / 60, "discord": 50.0}  # messages a second: a workspace, a bot account
AIMS = {"SQLite": 0.4, "PostgreSQL, 1": 0.5, "PostgreSQL, 2": 0.5, "PostgreSQL, 4": 0.5}


class Sender:
    """A child of bench.sender; one question at a time."""

    def __init__(self, process: Process) -> None:
        self.process = process

    async def ask(self, question: str) -> dict[str, Any]:
        """Its answer; with `at`, when it gave it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{question}\n".encode())
        line = await self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"a sender ended at {question!r}")
        return json.loads(line)

    def memory(self, field: str = "VmRSS") -> float:
        """MB resident now (VmRSS) or at most so far (VmHWM)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.split(f"{field}:")[1].split()[0]) * 1024 / 1e6


@asynccontextmanager
async def sender(crew: Crew, settings: Settings, **more: object) -> AsyncGenerator[Sender]:
    """Starts a child, waits until it is ready, kills it at the end."""
    about = {"crew": asdict(crew), "settings": asdict(settings)} | more
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.sender", json.dumps(about), stdin=PIPE, stdout=PIPE
    )
    try:
        assert process.stdout is not None
        await process.stdout.readline()
        yield Sender(process)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def settings_of(running: Fleet, database: str, *, paced: bool) -> Settings:
    """The bot pointed at the fleet."""
    told, crew = running.told, running.crew
    one = (
        Settings(slack_app_token=told["slack_app_token"], slack_api=told["slack_api"],
                 slack_bot_tokens=" ".join(crew.tokens()))
        if crew.platform == "slack"
        else Settings(discord_token=told["discord_token"], discord_api=told["discord_api"],
                      discord_gateway=told["discord_gateway"])
    )  # fmt: skip
    return replace(one, database=database, keys=Keyring.generate(), paced=paced, fast_start=True)


class Team:
    """Some senders on one database."""

    def __init__(self, name: str, senders: list[Sender], running: Fleet) -> None:
        self.name, self.senders, self._fleet = name, senders, running
        self._planned = 0
        self.peak = 0.0  # MB, the largest process while draining

    async def ready(self) -> None:
        """Members in the store, platforms connected."""
        await self.senders[0].ask("members")
        for one in self.senders:
            await one.ask("start")

    async def drain(self, count: int) -> float:
        """Messages a second from the moment `count` rows are due to the acceptance of the last."""
        first, (self._planned) = self._planned, self._planned + count
        chief = self.senders[0]
        await chief.ask(f"plan {first} {count}")
        before = await self._fleet.ask("tally")
        started = (await chief.ask(f"go {first} {count}"))["at"]
        sampling = asyncio.create_task(self._sample())
        after = await self._fleet.accepted(before["accepted"] + count)
        sampling.cancel()
        states: dict[str, Any] = {}
        for _ in range(100):
            states = await chief.ask("states")
            if states.get("sent") == self._planned:
                break
            await asyncio.sleep(0.1)
        assert states.get("sent") == self._planned, states
        assert after["posts"] - before["posts"] == count, "something was posted twice"
        return count / (after["last"] - started)

    async def _sample(self) -> None:
        while True:
            self.peak = max(self.peak, *(one.memory() for one in self.senders))
            await asyncio.sleep(0.2)


async def team(
    stack: AsyncExitStack, name: str, running: Fleet, database: str, processes: int, *, paced: bool = False
) -> Team:
    """Starts it and fills its store."""
    settings = settings_of(running, database, paced=paced)
    senders = [await stack.enter_async_context(sender(running.crew, settings)) for _ in range(processes)]
    made = Team(name, senders, running)
    await made.ready()
    return made


async def _bare(running: Fleet, one: Sender, count: int) -> float:
    before = await running.ask("tally")
    told = await one.ask(f"go 0 {count}")
    after = await running.ask("tally")
    assert after["posts"] - before["posts"] == count
    return count / (after["last"] - told["started"])


async def throughput(platform: str, count: int, rounds: int, sizes: tuple[int, ...]) -> None:
    """Limits off: every store beside the bare loop, in turns."""
    crew, each = CREWS[platform], max(100, count // rounds)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="steppingstone-drain-"))
        running = await stack.enter_async_context(fleet(crew))
        teams: list[Team] = []
        if 0 in sizes:
            teams.append(await team(stack, "SQLite", running, f"{folder}/drain.sqlite3", 1))
        if any(sizes):
            server = stack.enter_context(postgres.server(durable=True))
            for processes in filter(None, sizes):
                address = await server.new_database()
                teams.append(await team(stack, f"PostgreSQL, {processes}", running, address, processes))
        for one in teams:
            await one.drain(200)  # warms up, and gives the message to compare with
        how = {"bare": AT_ONCE[platform], "sample": await running.ask("sample")}
        alone = await stack.enter_async_context(sender(crew, settings_of(running, "", paced=False), **how))
        rates: dict[str, list[float]] = {one.name: [] for one in teams}
        bare: list[float] = []
        for _ in range(rounds):
            bare.append(await _bare(running, alone, each))
            for one in teams:
                rates[one.name].append(await one.drain(each))
        print(
            f"\n{platform}: {each * rounds:,} due nudges in {rounds} rounds, limits off, {AT_ONCE[platform]} under way"
        )
        print(f"  {'bare client library':22}{statistics.median(bare):8,.0f}/s   {alone.memory('VmHWM'):4.0f} MB")
        for one in teams:
            ratio = statistics.median(a / b for a, b in zip(rates[one.name], bare, strict=True))
            rate = statistics.median(rates[one.name])
            low = "" if ratio >= AIMS.get(one.name, 0.5) else "   below its aim"
            print(f"  {one.name:22}{rate:8,.0f}/s   {one.peak:4.0f} MB   ratio {ratio:.2f}{low}")


async def ceiling(platform: str, seconds: float, processes: int) -> None:
    """Limits on, pacing on, more due than can be sent: the share of the platform's ceiling reached, and the 429s."""
    crew = replace(CREWS[platform], spaces=1)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="steppingstone-drain-"))
        running = await stack.enter_async_context(fleet(crew, limits=True))
        address = f"{folder}/drain.sqlite3"
        if processes:
            address = await stack.enter_context(postgres.server(durable=True)).new_database()
        made = await team(stack, "paced", running, address, max(1, processes), paced=True)
        if processes > 1:
            await asyncio.sleep(6)  # until each knows of the others
        count = int(CEILINGS[platform] * seconds * 1.5)
        await made.senders[0].ask(f"plan 0 {count}")
        started = (await made.senders[0].ask(f"go 0 {count}"))["at"]
        await asyncio.sleep(max(0.0, started + seconds - time.monotonic()))
        sent = await running.ask(f"between {started} {started + seconds}")
        told = await running.ask("tally")
        share = sent / (CEILINGS[platform] * seconds)
        where = f"PostgreSQL, {processes}" if processes else "SQLite"
        print(f"  {platform}, limits on, {where}: {sent} in {seconds:.0f} s, {share:.1%} of the ceiling, "
              f"{told['throttled']} times 429, {told['refused']} refused otherwise", flush=True)  # fmt: skip


async def main(count: int = COUNT, rounds: int = ROUNDS, seconds: float = SECONDS, **given: Any) -> None:
    """Both platforms."""
    for platform in given.get("on") or sorted(CREWS):
        sizes = tuple(given.get("sizes") or (0, 1, 2, 4))
        if count:
            await throughput(platform, count, rounds, sizes)
        for processes in (0, 2) if seconds else ():
            await ceiling(platform, seconds, processes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.drain", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="due nudges a store, over all rounds; 0: none")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="with limits on; 0: not")
    parser.add_argument("--on", nargs="*", choices=sorted(CREWS), help="platforms")
    parser.add_argument("--sizes", nargs="*", type=int, help="0 is SQLite, else processes on PostgreSQL")
    asked = parser.parse_args()
    asyncio.run(main(asked.count, asked.rounds, asked.seconds, on=asked.on, sizes=asked.sizes))
