"""Cases 11 to 14: what platforms tell us again, at bad moments, while the database is away, or in bad shape."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any, cast

from bot.slack.inbox import read_request
from sandbox.server import Sandbox
from store import Keyring, Store, open_store
from tests.kit.listening import KINDS, Counting, command, deliver, slack, workspace

SEED, SCHEDULES, AT_ONCE, RESTARTS = 11, 10_000, 40, 20
RATE, SECONDS, LOCK = 200, 60, 5.0


async def schedule(sandbox: Sandbox, random: Random, name: str) -> int:
    """Up to four events, each told up to five times in a random order, some at the same moment; gives back how many
    events there were. Every one is acknowledged at least once, or this raises."""
    told = [random.choice(KINDS)(f"{name}-{n}") for n in range(random.randint(1, 4))]
    tries = [(n, attempt) for n in range(len(told)) for attempt in range(random.randint(1, 5))]
    random.shuffle(tries)
    acknowledged: set[int] = set()

    async def one(n: int, attempt: int) -> None:
        if await deliver(sandbox, told[n], attempt):
            acknowledged.add(n)

    while tries:
        together = [tries.pop() for _ in range(min(len(tries), random.choice((1, 1, 2, 5))))]
        await asyncio.gather(*(one(n, attempt) for n, attempt in together))
    if len(acknowledged) != len(told):
        raise RuntimeError(f"schedule {name}: something was never acknowledged")
    return len(told)


async def redeliveries() -> dict[str, Any]:
    """Case 11: 10,000 random schedules through the real Bolt app, the process restarted 20 times on its database."""
    events, wrong, started = 0, 0, time.perf_counter()
    async with _store() as (store, _file), workspace() as sandbox:
        handle = Counting(store)
        for part in range(RESTARTS):
            async with slack(store, handle, sandbox):
                numbers = range(part, SCHEDULES, RESTARTS)
                gate = asyncio.Semaphore(AT_ONCE)

                async def one(number: int, gate: asyncio.Semaphore = gate) -> int:
                    async with gate:
                        return await schedule(sandbox, Random(SEED * 1_000_003 + number), f"n{number}")

                events += sum(await asyncio.gather(*(one(number) for number in numbers)))
        wrong = sum(count != 1 for count in handle.seen.values()) + abs(events - len(handle.seen))
    return {"seed": SEED, "schedules": SCHEDULES, "events": events, "lost or doubled": wrong,
            "seconds": round(time.perf_counter() - started, 1)}  # fmt: skip


async def slow() -> dict[str, Any]:
    """Case 13: 200 events a second for a minute, to a handler that takes five seconds, the database locked for five
    seconds in the middle. Milliseconds until each was acknowledged or refused; each refused one is told again."""
    took: list[tuple[float, float]] = []  # begun at, milliseconds
    refused: list[float] = []
    again: list[int] = []
    async with AsyncExitStack() as stack:
        store, file = await stack.enter_async_context(_store())
        handle = Counting(store)
        handle.slow = 5.0
        sandbox = await stack.enter_async_context(workspace())
        platform = await stack.enter_async_context(slack(store, handle, sandbox))

        async def ask(number: int) -> None:
            request = read_request(command(f"n{number}")[1])
            assert request is not None
            assert platform.app is not None
            start = time.perf_counter()
            response = await platform.app.async_dispatch(request)
            took_ms = (time.perf_counter() - start) * 1000
            if response.status == 200:
                took.append((start, took_ms))
            else:
                refused.append(took_ms)
                again.append(number)

        tasks: list[asyncio.Task[None]] = []
        lock = asyncio.create_task(_lock(file, SECONDS / 2))
        begun = time.perf_counter()
        for number in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, begun + number / RATE - time.perf_counter()))
            tasks.append(asyncio.create_task(ask(number)))
        begins, ends = await lock
        await asyncio.gather(*tasks)
        repeated, again = again, []
        for number in repeated:
            await ask(number)
        lost = len(again)
    wrong = sum(count != 1 for count in handle.seen.values()) + RATE * SECONDS - len(handle.seen)
    return {"events": RATE * SECONDS, "rate": RATE, "lock s": LOCK, "acknowledged": len(took), "refused": len(repeated),
            "ack ms": _quantiles([ms for _, ms in took]),
            "ack ms outside the lock": _quantiles([ms for at, ms in took if not begins <= at <= ends]),
            "refusal ms": _quantiles(refused), "refused twice": lost,
            "lost or doubled": wrong}  # fmt: skip


async def malformed() -> dict[str, Any]:
    """Case 14: payloads with random holes and values of the wrong shape, unknown workspaces among them."""
    random, statuses = Random(SEED), dict[int, int]()
    odd: tuple[Any, ...] = (None, 0, "", "x", [], {}, [None], {"id": 5}, True, "T0NOBODY", "é" * 300, "\x00")
    async with _store() as (store, file), workspace() as sandbox:
        handle = Counting(store)
        async with slack(store, handle, sandbox) as platform:
            for number in range(20_000):
                payload: dict[str, Any] = json.loads(json.dumps(random.choice(KINDS)(f"n{number}")[1]))
                for _ in range(random.randint(1, 3)):
                    _spoil(payload, random, odd)
                request = read_request(payload)
                assert platform.app is not None
                status = 200 if request is None else (await platform.app.async_dispatch(request)).status
                statuses[status] = statuses.get(status, 0) + 1
        strangers = _count(file, "key LIKE 'slack:%' AND key NOT LIKE 'slack:T01MAKERS:%'")
    return {"seed": SEED, "payloads": 20_000, "statuses": statuses, "kept of strangers": strangers}


def _spoil(payload: dict[str, Any], random: Random, odd: tuple[Any, ...]) -> None:
    """Puts something odd anywhere."""
    while payload:
        key = random.choice(sorted(payload))
        if not isinstance(payload[key], dict) or random.random() < 0.5:
            payload[key] = random.choice(odd)
            return
        payload = cast("dict[str, Any]", payload[key])


@asynccontextmanager
async def _store() -> AsyncGenerator[tuple[Store, Path]]:
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        file = Path(folder) / "store.sqlite3"
        store = await open_store(str(file), keyring=Keyring.parse(Keyring.generate()))
        try:
            yield store, file
        finally:
            await store.close()


async def _lock(file: Path, after: float) -> tuple[float, float]:
    """When it began and ended. From another thread with a connection of its own, as a backup tool would."""
    await asyncio.sleep(after)

    def hold() -> tuple[float, float]:
        other = sqlite3.connect(file, isolation_level=None, timeout=10)
        other.execute("BEGIN IMMEDIATE")
        begun = time.perf_counter()
        time.sleep(LOCK)
        other.rollback()
        other.close()
        return begun, time.perf_counter()

    return await asyncio.to_thread(hold)


def _count(file: Path, where: str) -> int:
    other = sqlite3.connect(file)
    try:
        return int(other.execute(f"SELECT count(*) FROM inbox WHERE {where}").fetchone()[0])  # noqa: S608
    finally:
        other.close()


def _quantiles(samples: list[float]) -> dict[str, float]:
    if len(samples) < 2:
        return {}
    cuts = statistics.quantiles(samples, n=1000)
    return {name: round(cuts[n], 1) for name, n in (("p50", 499), ("p99", 989), ("p99.9", 998))} | {
        "max": round(max(samples), 1)
    }


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {11: redeliveries, 13: slow, 14: malformed}
