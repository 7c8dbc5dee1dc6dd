"""`python -m bot run` killed with -9 again and again while moments come due, and how soon it sends after each start."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from bench.crew import move_in, today
from bench.fleet import Crew, fleet
from faults._ground import Ground, Mode, Row, compare
from faults._sender import Job
from store import Keyring, open_store
from store.tables import nudges

SEED, KILLS, SOON = 9, 50, 10.0  # seconds
EARLY, BORN, A_LIFE = 0.2, 4.0, 2.0  # so many are killed before they send; else within two seconds after
A_SECOND = 8  # moments that come due
ROOT = Path(__file__).parent.parent


async def killed_bot(kills: int = KILLS) -> dict[str, Any]:
    """Half of the kills on each platform, on SQLite."""
    return {"seed": SEED} | {
        mode.name: await _platform(mode, -(-kills // 2)) for mode in (Mode("discord"), Mode("slack", remembers=True))
    }


async def _platform(mode: Mode, kills: int) -> dict[str, Any]:
    random, span = Random(f"{SEED} {mode.name}"), kills * 5.0 + 4
    crew = Crew(mode.platform, 4, int(span * A_SECOND))
    with tempfile.TemporaryDirectory(prefix="steppingstone-bot-") as folder:
        async with fleet(crew, remembers=mode.remembers) as running:
            told, keys, database = running.told, Keyring.generate(), f"{folder}/bot.sqlite3"
            environment = os.environ | {
                "STEPPINGSTONE_DATABASE": database, "STEPPINGSTONE_KEYS": keys, "STEPPINGSTONE_HEALTH_PORT": "0",
                "STEPPINGSTONE_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT),
            }  # fmt: skip
            if mode.platform == "slack":
                environment |= {
                    "SLACK_APP_TOKEN": told["slack_app_token"], "SLACK_BOT_TOKEN": " ".join(crew.tokens()),
                    "SLACK_API_URL": told["slack_api"], "SLACK_REMEMBERS_KEYS": "yes",
                }  # fmt: skip
            else:
                environment |= {
                    "DISCORD_TOKEN": told["discord_token"], "DISCORD_API_URL": told["discord_api"],
                    "DISCORD_GATEWAY_URL": told["discord_gateway"],
                }  # fmt: skip
            store = await open_store(database, keyring=Keyring.parse(keys))
            await move_in(store, crew, datetime.now(UTC))
            await _spread(store, crew, datetime.now(UTC))
            await store.close()
            here = Ground(running, None, Job(database, keys, mode.platform, told), mode, crew.members)
            recoveries: list[float] = []
            for _ in range(kills):
                recoveries += await _life(environment, folder, here, random)
            process = await _start(environment, folder)
            try:
                await running.accepted(crew.members, patience=span + 120)
                await asyncio.sleep(2)
                process.terminate()
                assert await asyncio.wait_for(process.wait(), 40) == 0
            finally:
                if process.returncode is None:
                    process.kill()
            found = _rows(database)
            figures = compare(found, await running.ask("keys"), here)
            slowest = max(recoveries)
            assert slowest < SOON, f"the first message came {slowest:.1f} s after a start"
            return figures | {
                "kills": kills, "starts that sent": len(recoveries),
                "first send after exec, s": {"median": round(statistics.median(recoveries), 2),
                                             "slowest": round(slowest, 2)},
            }  # fmt: skip


async def _start(environment: dict[str, str], folder: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=folder, stdout=DEVNULL
    )


async def _life(environment: dict[str, str], folder: str, here: Ground, random: Random) -> list[float]:
    """Until the kill; how many seconds after exec the first message came, unless it was killed before."""
    began = time.monotonic()
    process = await _start(environment, folder)
    first: float | None = None
    if random.random() < EARLY:
        await asyncio.sleep(random.uniform(0, BORN))
    else:
        while first is None and time.monotonic() < began + 3 * SOON:
            await asyncio.sleep(0.05)
            first = await here.fleet.ask(f"first {began}")
        await asyncio.sleep(random.uniform(0, A_LIFE))
    assert process.returncode is None, f"the bot ended by itself with {process.returncode}"
    process.kill()
    await process.wait()
    return [] if first is None else [first - began]


async def _spread(store: Any, crew: Crew, now: datetime) -> None:
    """Everybody's moment comes at an instant of its own."""
    async with store.begin() as tx:
        for n in range(crew.members):
            person, at = crew.person(n), now + timedelta(seconds=3 + n / A_SECOND)
            mine = (nudges.c.space == person.space.key) & (nudges.c.member == person.id)
            await tx.nudges._db.execute(sa.update(nudges).where(mine).values(next_at=at, next_day=today(now)))


def _rows(database: str) -> dict[str, Row]:
    with sqlite3.connect(database) as db:
        found = db.execute("SELECT id, state, error, message FROM deliveries").fetchall()
    db.close()
    return {row[0]: Row(*row) for row in found}
