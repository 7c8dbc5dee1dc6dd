"""Where senders are killed: a fleet, a database, its rows, and what was sent held against what is on record."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg  # pyright: ignore[reportMissingTypeStubs]  # ships none
import sqlalchemy as sa

from bench.crew import move_in, plan, today
from bench.fleet import Crew, Fleet, fleet
from bench.raw import post_json
from bot.slack.client import _NAMESPACE  # pyright: ignore[reportPrivateUsage]  # a row's key as Slack gets it
from faults._sender import Forks, Job, forks, hand_out
from store import Keyring, open_store
from store.tables import deliveries, nudges

SENDS = {"slack": "chat.postMessage", "discord": "/messages"}


@dataclass(frozen=True, slots=True)
class Mode:
    """A platform as it may be: `remembers`: Slack drops repeated keys and we are told so; `looks`: it lets us read."""

    platform: str
    remembers: bool = False
    looks: bool = False

    @property
    def name(self) -> str:
        """Short."""
        more = " remembers keys" if self.remembers else " lets look" if self.looks else " promises nothing"
        return self.platform + (more if self.platform == "slack" else "")

    @property
    def settles(self) -> bool:
        """Whether every doubt can be settled."""
        return self.platform == "discord" or self.remembers or self.looks


MODES = (Mode("discord"), Mode("slack", remembers=True), Mode("slack", looks=True), Mode("slack"))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the ledger, as far as it matters."""

    id: str
    state: str
    error: str | None
    message: str | None


@dataclass(slots=True)
class Ground:
    """`job` is what every child is told; `rows` how many were planned; `doubted` whose fate a killed one left open."""

    fleet: Fleet
    forks: Forks | None
    job: Job
    mode: Mode
    rows: int = 0
    doubted: set[str] = field(default_factory=set[str])

    @property
    def database(self) -> str:
        """SQLite or PostgreSQL."""
        return "PostgreSQL" if "://" in self.job.database else "SQLite"

    async def more(self, count: int) -> None:
        """So many due rows more, as if they had been planned just now."""
        now, store = datetime.now(UTC), await open_store(self.job.database, keyring=Keyring.parse(self.job.keys))
        first = self.rows + self.fleet.crew.members  # ordinal 0 is the planner's
        await plan(store, self.fleet.crew, now, count, first)
        async with store.begin() as tx:
            db: Any = tx.deliveries._db  # pyright: ignore[reportPrivateUsage]
            await db.execute(sa.update(deliveries).where(deliveries.c.state == "planned").values(not_before=now))
        await store.close()
        self.rows += count

    async def moments(self) -> None:
        """Every member's next moment is now."""
        now, store = datetime.now(UTC), await open_store(self.job.database, keyring=Keyring.parse(self.job.keys))
        async with store.begin() as tx:
            db: Any = tx.nudges._db  # pyright: ignore[reportPrivateUsage]
            await db.execute(sa.update(nudges).values(next_at=now, next_day=today(now)))
        await store.close()
        self.rows += self.fleet.crew.members

    async def run(self, **how: Any) -> int:
        """One child; notes afterwards whose fate it left open, and lets its leases run out."""
        assert self.forks is not None
        code = await self.forks.run(replace(self.job, **how))
        if code != 0:
            self.doubted |= {id_ for (id_,) in await self.sql("SELECT id FROM deliveries WHERE state = 'claimed'")}
            if self.database == "PostgreSQL":
                await self.sql("UPDATE deliveries SET lease_until = now() - interval '1 s' WHERE state = 'claimed'")
                await self.sql("DELETE FROM workers")
                await self.sql("UPDATE queue.pgqueuer SET heartbeat = now() - interval '1 hour'")
        return code

    async def grow_old(self, seconds: float) -> None:
        """Time passes, for the sandbox and for what we claimed."""
        await post_json(f"{self.fleet.told['url']}/sandbox/clock", {"advance": seconds})
        if self.database == "PostgreSQL":
            shift = f"first_claimed_at - interval '{seconds} s'"
        else:
            shift = f"strftime('%Y-%m-%d %H:%M:%f', first_claimed_at, '-{seconds} seconds') || '000'"
        await self.sql(f"UPDATE deliveries SET first_claimed_at = {shift} WHERE first_claimed_at IS NOT NULL")  # noqa: S608

    async def fault(self, kind: str, times: int, **more: Any) -> None:
        """The sandbox misbehaves at the next sends."""
        add = {"match": SENDS[self.mode.platform], "kind": kind, "times": times} | more
        await post_json(f"{self.fleet.told['url']}/sandbox/faults", {"platform": self.mode.platform, "add": add})

    async def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Straight from the database, while no child lives."""
        if self.database == "SQLite":
            with sqlite3.connect(self.job.database) as db:
                found = db.execute(statement).fetchall()
            db.close()
            return found
        library: Any = asyncpg
        connection: Any = await library.connect(self.job.database)
        try:
            return [tuple(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()

    async def settled(self) -> dict[str, Any]:
        """Lets a child finish, then holds the sandbox's ledger against ours."""
        assert await self.run() == 0, "the last sender did not come to an end"
        rows = {
            id_: Row(id_, state, error, message)
            for id_, state, error, message in await self.sql("SELECT id, state, error, message FROM deliveries")
        }
        return compare(rows, await self.fleet.ask("keys"), self)


def compare(rows: Mapping[str, Row], seen: Mapping[str, list[str]], ground: Ground) -> dict[str, Any]:
    """Raises AssertionError when something is lost, double or unaccounted for."""
    slack = ground.mode.platform == "slack"
    key = {id_: str(uuid.uuid5(_NAMESPACE, id_)) if slack else id_ for id_ in rows}
    states = Counter(row.state for row in rows.values())
    double = [id_ for id_ in rows if len(seen.get(key[id_], ())) > 1]
    unknown = set(seen) - set(key.values())
    sent = {id_ for id_, row in rows.items() if row.state == "sent"}
    unsent = [id_ for id_ in sent if rows[id_].message not in seen.get(key[id_], ())]
    doubt = {id_ for id_, row in rows.items() if row.state == "ambiguous"}
    lost = [id_ for id_ in rows if id_ not in sent | doubt]
    assert len(rows) == ground.rows, f"{len(rows)} rows instead of {ground.rows}"
    assert not double, f"double: {double[:5]}"
    assert not unknown, f"sent without a row: {sorted(unknown)[:5]}"
    assert not unsent, f"recorded as sent, but nobody saw it: {unsent[:5]}"
    assert not lost, f"lost: {[rows[id_] for id_ in lost[:5]]}"
    if ground.mode.settles:
        assert not doubt, f"not settled: {[rows[id_] for id_ in sorted(doubt)[:5]]}"
    else:
        assert doubt == ground.doubted, f"{len(doubt)} ambiguous rows, {len(ground.doubted)} doubts"
    return {"rows": len(rows), "states": dict(states), "left open": len(ground.doubted), "lost": 0, "double": 0,
            "ambiguous but arrived": sum(key[id_] in seen for id_ in doubt)}  # fmt: skip


@asynccontextmanager
async def ground(
    mode: Mode, database: str, *, members: int = 400, server: Forks | None = None
) -> AsyncGenerator[Ground]:
    """A fleet with its members in a fresh database; children are forked by `server`."""
    crew = Crew(mode.platform, 4, members)
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(fleet(crew, remembers=mode.remembers, all_scopes=mode.looks))
        keys = Keyring.generate()
        store = await open_store(database, keyring=Keyring.parse(keys))
        await move_in(store, crew, datetime.now(UTC))
        await hand_out(store, {crew.space(n).key: token for n, token in enumerate(crew.tokens())})
        await store.close()
        served = server or await stack.enter_async_context(forks())
        job = Job(database, keys, mode.platform, running.told, remembers=mode.remembers)
        yield Ground(running, served, job, mode)


def shown(figures: Mapping[str, Any]) -> str:
    """One line."""
    return json.dumps(figures)


def fresh(folder: Path) -> str:
    """The path of a new SQLite file."""
    return str(folder / f"{uuid.uuid4().hex[:8]}.sqlite3")
