"""The whole bot as a process of its own that dies at a named point: `python -m tests.kit.mortal settings.json point`.

Its one command, `/mark`, adds a line to the file named in the settings' folder: an effect that would show twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from bot.app import build
from bot.discord.platform import DiscordPlatform
from bot.settings import Settings
from bot.slack.platform import SlackPlatform
from chat.message import short
from chat.platform import Reply
from commands import _registry
from commands._call import Call
from commands._registry import command

LATE = 1.8  # seconds: the dispatcher has deferred by then, and the deferral has arrived
KILLED = 137


def with_mark(marks: Path, point: str = "") -> _registry.Registry:
    """Only `/mark`. At the point "acknowledged" the process dies after the deferral, before any work."""
    module = ModuleType("mark")

    @command("mark", "Leaves a mark")
    async def mark(call: Call) -> Reply:
        if point == "acknowledged":
            await asyncio.sleep(LATE)
            os._exit(KILLED)
        with marks.open("a") as file:  # one line
            file.write(f"{call.person.space.platform}\n")
            file.flush()
            os.fsync(file.fileno())
        return short("marked")

    mark.__module__ = "mark"
    module.mark = mark  # type: ignore[attr-defined]
    return _registry.collect([module])


async def main(settings: Settings, point: str) -> None:
    """Runs until it is killed, by itself or by whoever started it."""
    registry = with_mark(Path(settings.database).parent / "marks", point)
    app = await build(settings, registry=registry)

    def reached(at: str) -> None:
        if at == point:
            os._exit(KILLED)

    for platform in app.platforms.values():
        assert isinstance(platform, SlackPlatform | DiscordPlatform)
        platform.inbox.reached = reached
    await app.start()
    await asyncio.Event().wait()


@asynccontextmanager
async def mortal(settings: Settings, point: str = "") -> AsyncGenerator[asyncio.subprocess.Process]:
    """The process, killed with -9 at the end if it has not died by itself."""
    file = Path(settings.database).parent / f"settings-{point}.json"
    file.write_text(json.dumps(asdict(settings)))
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.kit.mortal", str(file), point)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


if __name__ == "__main__":
    asyncio.run(main(Settings(**json.loads(Path(sys.argv[1]).read_text())), sys.argv[2]))
