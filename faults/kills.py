"""Cases 1 to 6, 28 and 30: senders that die at every moment, answers that get lost, disks that fill up.

Each case raises AssertionError when a message is lost, double or unaccounted for, and else gives back its figures.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

from faults._ground import MODES, Ground, Mode, fresh, ground
from faults._sender import DIED, Forks, forks
from faults.bot import killed_bot
from faults.disk import full_disk, two_processes
from scheduler.failpoints import DELIVERY
from tests.kit import postgres

SEED, KILLS, ROWS_A_KILL, BATCH = 1, 2_000, 24, 50
LATEST = {"SQLite": 90.0, "PostgreSQL": 320.0}  # ms after a sender begins: until then its rows are surely sent
LOST: tuple[tuple[str, int, dict[str, float]], ...] = (("drop", 6, {}), ("stall", 2, {"seconds": 30}))
WHERE = ("SQLite", "PostgreSQL")


@asynccontextmanager
async def places(*wanted: str) -> AsyncGenerator[Callable[[str], Awaitable[str]]]:
    """`await place("SQLite")` is the address of a fresh database."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="steppingstone-kills-")))
        server = stack.enter_context(postgres.server()) if "PostgreSQL" in wanted else None

        async def place(which: str) -> str:
            return fresh(folder) if server is None or which == "SQLite" else await server.new_database()

        yield place


async def random_kills(kills: int = KILLS) -> dict[str, Any]:
    """1: a sender is killed again and again at random moments, on both databases, on every kind of platform."""
    found: dict[str, Any] = {"seed": SEED, "kills": 0, "in the middle": 0}
    async with places(*WHERE) as place, forks() as server:
        each = -(-kills // (len(MODES) * len(WHERE)))
        for where in WHERE:
            for mode in MODES:
                random, rows, opened, done = Random(f"{SEED} {where} {mode.name}"), 0, 0, 0
                while done < each:
                    batch = min(BATCH, each - done)
                    told = await _batch(mode, await place(where), server, random, batch)
                    rows, opened, done = rows + told["rows"], opened + told["left open"], done + batch
                    found["in the middle"] += told["in the middle"]
                found["kills"] += done
                found[f"{mode.name}, {where}"] = {"kills": done, "rows": rows, "left open": opened}
    return found | {"lost": 0, "double": 0}


async def _batch(mode: Mode, database: str, server: Forks, random: Random, kills: int) -> dict[str, Any]:
    middle = 0
    async with ground(mode, database, server=server) as here:
        await here.moments()
        for _ in range(kills):
            await here.more(ROWS_A_KILL)
            early, before = random.random() < 0.1, len(here.doubted)
            code = await here.run(kill_ms=random.uniform(0, LATEST[here.database]), early=early)
            assert code in {0, -9}, f"a sender ended with {code}"
            middle += len(here.doubted) > before
        return await here.settled() | {"in the middle": middle}


async def failpoints(where: tuple[str, ...] = WHERE, modes: tuple[Mode, ...] = MODES) -> dict[str, Any]:
    """2: a sender dies at every named point, at its first and at a later passing."""
    found: dict[str, Any] = {}
    async with places(*where) as place, forks() as server:
        for which in where:
            for mode in modes:
                async with ground(mode, await place(which), server=server, members=40) as here:
                    await every_point(here)
                    found[f"{mode.name}, {which}"] = await here.settled()
    return {"points": len(DELIVERY)} | found


async def every_point(here: Ground, hits: tuple[int, ...] = (1, 2), rows: int = 60) -> None:
    """Dies everywhere once for each of `hits`, with so many `rows` more each time."""
    await here.moments()
    for point in DELIVERY:
        for hit in (1,) if point.startswith("plann") else hits:
            await here.more(rows)
            if point.startswith("plann"):
                here.rows -= here.fleet.crew.members  # the same members' moment, which is one row a day
                await here.moments()
            code = await here.run(point=point, hit=hit)
            assert code == DIED, f"{point} was not reached {hit} times: {code}"


async def after_acceptance(rounds: int = 20) -> dict[str, Any]:
    """3: Slack, which promises nothing, took the message and we died: never again, and every doubt is on record."""
    random = Random(3)
    async with places() as place, ground(MODES[3], await place("SQLite")) as here:
        for _ in range(rounds):
            await here.more(20)
            assert await here.run(point="accepted", hit=random.randint(1, 15)) == DIED
        return {"seed": 3, "deaths": rounds} | await here.settled()


async def lost_answers(quick: bool = False) -> dict[str, Any]:
    """4: accepted, then the connection ends, or nothing is said for thirty seconds: one message."""
    found: dict[str, Any] = {}
    async with places() as place, forks() as server:
        for mode in (MODES[0], MODES[1], MODES[3]):
            for kind, times, more in LOST[: 1 if quick else 2]:
                async with ground(mode, await place("SQLite"), server=server) as here:
                    await here.more(20)
                    await here.fault(kind, times, **more)
                    await _doubts(here, times)
                    await asyncio.sleep(20 if kind == "stall" else 0)  # what was stalled is carried out at last
                    found[f"{mode.name}, {kind}"] = await here.settled()
    return found


async def bad_gateways() -> dict[str, Any]:
    """5: Discord carries out and answers 502 or 504: one message."""
    found: dict[str, Any] = {}
    async with places() as place, forks() as server:
        for status in (502, 504):
            async with ground(MODES[0], await place("SQLite"), server=server) as here:
                await here.more(20)
                await here.fault("lose", 6, status=status)
                found[str(status)] = await here.settled()
    return found


async def after_the_window() -> dict[str, Any]:
    """6: a row in doubt comes up when Discord has forgotten its nonce: looked up, and sent only if it is not there."""
    found: dict[str, Any] = {}
    async with places() as place, forks() as server:
        for point in ("sending", "accepted"):
            async with ground(MODES[0], await place("SQLite"), server=server) as here:
                await here.more(40)
                assert await here.run(point=point, hit=3) == DIED
                await here.grow_old(600)
                found[f"died {point}"] = await here.settled()
    return found


async def _doubts(here: Ground, count: int) -> None:
    """Where nothing can be settled, the answers that get lost become doubts; which rows that meets is chance."""
    await here.run()
    if not here.mode.settles:
        rows = await here.sql("SELECT id FROM deliveries WHERE state = 'ambiguous'")
        assert len(rows) == count, f"{len(rows)} ambiguous rows after {count} lost answers"
        here.doubted |= {id_ for (id_,) in rows}


CASES: dict[int | str, Callable[[], Awaitable[dict[str, Any]]]] = {
    1: random_kills, 2: failpoints, 3: after_acceptance, 4: lost_answers, 5: bad_gateways, 6: after_the_window,
    28: full_disk, 30: two_processes, "bot": killed_bot,
}  # fmt: skip
QUICK: dict[int | str, Callable[[], Awaitable[dict[str, Any]]]] = {
    1: lambda: random_kills(160), 4: lambda: lost_answers(quick=True), "bot": lambda: killed_bot(4),
}  # fmt: skip
"""The same in less time, where there is such a way."""
