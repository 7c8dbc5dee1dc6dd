"""A community moves to another database: every row and nothing twice, or nothing at all."""

from __future__ import annotations

import asyncio
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import NOTHING_SAID, Person, Space
from store import Keyring, Store, StoreError, open_store
from store.claims import Result
from store.columns import Codes, Days, Structured
from store.deliveries import NewDelivery
from store.engine import make_engine, read_url
from store.move import BATCH, LONG_AGO, move
from store.tables import metadata
from tests.kit import postgres
from tests.store.conftest import KEY

NOW = datetime(2026, 11, 20, 8, 30, 0, 123456, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@pytest.fixture(params=["sqlite to postgres", "postgres to sqlite"])
async def ways(request: pytest.FixtureRequest, tmp_path: Path, pg: postgres.Server) -> tuple[str, str]:
    """Where everything is, and an empty place."""
    file, server = str(tmp_path / "old.sqlite3"), await pg.new_database()
    return (file, server) if request.param == "sqlite to postgres" else (server, file)


def quiet(_table: str, _rows: int) -> None:
    """Nobody watches."""


async def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in an order of Python's own."""
    engine = make_engine(read_url(url))
    async with engine.begin() as db:
        found = {t.name: sorted(map(tuple, await db.execute(sa.select(t))), key=repr) for t in metadata.sorted_tables}
    await engine.dispose()
    return found


async def do(url: str, *statements: str) -> None:
    """SQL, as an operator or another program would."""
    engine = make_engine(read_url(url))
    async with engine.begin() as db:
        for statement in statements:
            await db.exec_driver_sql(statement)
    await engine.dispose()


def a_value(column: sa.Column[Any], n: int, luck: random.Random) -> object:
    """Something this column may hold; odd texts, microseconds and nulls among them."""
    if column.nullable and luck.random() < 0.3:
        return None
    match column.type:
        case sa.JSON():
            return {"after": f"茶 {n}", "times": [1, None, 2.5], "z": {"a": True}}
        case Structured():
            return ({"after": f"茶 {n}", "times": (1, None, 2.5)}, ())
        case Codes():
            return frozenset({"en", f"code-{n}"})
        case Days():
            return tuple(date(2026, 1, 1 + day) for day in range(n % 4))
        case sa.LargeBinary():
            return bytes(luck.randrange(256) for _ in range(40))
        case sa.Boolean():
            return luck.random() < 0.5
        case sa.Integer():
            return luck.randrange(-30_000, 30_000)
        case sa.Date():
            return date(2026, 1, 1) + timedelta(days=n)
        case sa.Time():
            return time(n % 24, 59, 58, luck.randrange(1_000_000))
        case sa.Text():
            return luck.choice(["", "plain ", "七点半 'o\"clock\\", "🐢\n\t\r", "NULL", "%s :b $1"]) + str(n)
        case _:
            return NOW - timedelta(microseconds=luck.randrange(10**12))


KEYS = {name: name for name in ("space", "member", "who", "key", "scope", "name", "id")} | {
    "a": "member", "b": "member", "programme": "name", "introduction": "id", "circle": "id",
    "sheet": "id",
}  # fmt: skip
"""What a column that is part of a key holds, so that the rows of all tables fit together."""


async def fill(store: Store, rows: int, seed: int) -> None:
    """Every table with `rows` rows, every column with values of its type; the keys fit together."""
    luck = random.Random(seed)
    async with store.begin() as tx:
        db: AsyncConnection = tx.members._db  # pyright: ignore[reportPrivateUsage]
        for table in metadata.sorted_tables:
            made = [{c.name: a_value(c, n, luck) for c in table.columns} for n in range(rows)]
            for n, row in enumerate(made):
                row |= {key: f"{KEYS[key]}{n}" for key in row if key in KEYS}
                row |= {key: n for key in ("number", "round") if key in row}
            await db.execute(sa.insert(table), made)


def person(n: int) -> Person:
    """Member n of one workspace."""
    return Person(Space("slack", "T1"), f"U{n}")


async def in_flight(store: Store, members: int = 6) -> None:
    """U1 sent, U2 claimed by a process that died, U3 waits for another try, U4 planned, U5 ambiguous."""
    async with store.begin() as tx:
        for n in range(members):
            await tx.members.meet(person(n), NOTHING_SAID, NOW)
        await tx.secrets.put(person(0).space, "bot_token", "xoxb-something")
        await tx.deliveries.plan([NewDelivery(person(n), "prompt", NOW.date(), NOW) for n in (1, 2, 3, 5)])
        taken = {row.person.id: row for row in await tx.claims.claim(person(0).space, "host/1", NOW, limit=9)}
        await tx.deliveries.plan([NewDelivery(person(4), "prompt", NOW.date(), NOW)])
        results = [
            Result(taken["U1"], "sent", at=NOW),
            Result(taken["U3"], "retry", "ratelimited", at=NOW + timedelta(minutes=3)),
            Result(taken["U5"], "ambiguous", "timeout"),
        ]
        await tx.claims.record(results)


async def test_every_value_of_every_table_arrives_as_it_was(ways: tuple[str, str]) -> None:
    old, new = ways
    store = await open_store(old)
    await fill(store, 40, seed=5)
    await store.close()
    before = await everything(old)
    assert all(len(rows) == 40 for rows in before.values())

    seen: list[tuple[str, int]] = []
    moved = await move(old, new, progress=lambda table, rows: seen.append((table, rows)))

    nobody: dict[str, list[tuple[Any, ...]]] = {"workers": []}  # no process is at work on the other side
    assert await everything(new) == before | nobody
    assert await everything(old) == before
    assert dict(moved) == {name: 40 for name in before if name != "workers"}
    assert [table for table, rows in seen if rows == 40] == [t.name for t in metadata.sorted_tables if t.name in moved]


async def test_what_is_in_flight_stays_in_flight_and_the_claims_of_the_old_process_are_found_at_once(
    ways: tuple[str, str],
) -> None:
    old, new = ways
    store = await open_store(old, keyring=Keyring.parse(KEY))
    await in_flight(store)
    await store.close()
    before = {row[1]: row for row in (await everything(old))["deliveries"]}

    await move(old, new, progress=quiet)

    after = {row[1]: row for row in (await everything(new))["deliveries"]}
    changed = {
        (id_, str(was), str(now))
        for id_ in before
        for was, now in zip(before[id_], after[id_], strict=True)
        if was != now
    }
    assert [(id_, now) for id_, _was, now in changed] == [("U2", str(LONG_AGO))]

    moved = await open_store(new, keyring=Keyring.parse(KEY))
    async with moved.begin() as tx:
        assert await tx.secrets.get(person(0).space, "bot_token") == "xoxb-something"
        await tx.house.seen("host/2")
        assert await tx.claims.recover(await tx.house.alive(), NOW) == 1
        due = await tx.claims.claim(person(0).space, "host/2", NOW, limit=9)
        assert {(row.person.id, row.doubtful, row.attempt) for row in due} == {("U2", True, 2), ("U4", False, 1)}
        later = await tx.claims.claim(person(0).space, "host/2", NOW + timedelta(minutes=3), limit=9)
        assert [(row.person.id, row.error) for row in later] == [("U3", "ratelimited")]
        again = NewDelivery(person(1), "prompt", NOW.date(), NOW)
        assert await tx.deliveries.plan([again]) == ()  # the ledger still knows what it sent
        assert dict(await tx.deliveries.counts_by_state()) == {"sent": 1, "claimed": 3, "ambiguous": 1}
    await moved.close()


async def test_a_running_bot_is_not_moved_from_under_itself(ways: tuple[str, str]) -> None:
    old, new = ways
    store = await open_store(old)
    async with store.begin() as tx:
        await tx.members.meet(person(1), NOTHING_SAID, NOW)
        await tx.house.seen("host/1")
    with pytest.raises(StoreError, match="stop it first"):
        await move(old, new, progress=quiet)
    async with store.begin() as tx:
        await tx.house.gone("host/1")
    await store.close()
    assert (await move(old, new, progress=quiet))["members"] == 1


async def test_only_an_empty_database_is_moved_into(ways: tuple[str, str]) -> None:
    old, new = ways
    for url, n in ((old, 1), (new, 2)):
        store = await open_store(url)
        async with store.begin() as tx:
            await tx.members.meet(person(n), NOTHING_SAID, NOW)
        await store.close()
    before = await everything(new)
    with pytest.raises(StoreError, match=r"has rows\): give an empty database"):
        await move(old, new, progress=quiet)
    assert await everything(new) == before


async def test_addresses_that_cannot_be_meant_are_refused(tmp_path: Path, pg: postgres.Server) -> None:
    new, path = await pg.new_database(), tmp_path / "old.sqlite3"
    with pytest.raises(StoreError, match="there is no database at"):
        await move(str(path), new, progress=quiet)
    assert list(tmp_path.iterdir()) == []
    await (await open_store(str(path))).close()
    with pytest.raises(StoreError, match="the same database"):
        await move(str(path), f"sqlite:///{tmp_path}/./old.sqlite3", progress=quiet)
    with pytest.raises(StoreError, match=r"nobody_made_it.* could not be opened.*does not exist"):
        await move(str(path), new.rpartition("/")[0] + "/nobody_made_it", progress=quiet)


DAMAGE = {
    "sqlite": [
        "create trigger t after insert on members when new.member = 'U3' begin "
        "update members set locale = 'xx' where member = 'U3'; end"
    ],
    "postgresql": [
        "create function t() returns trigger language plpgsql as "
        "$$ begin if new.member = 'U3' then new.locale = 'xx'; end if; return new; end $$",
        "create trigger t before insert on members for each row execute function t()",
    ],
}
LOSS = {
    "sqlite": ["create trigger t before insert on deliveries when new.member = 'U3' begin select raise(ignore); end"],
    "postgresql": [
        "create function t() returns trigger language plpgsql as "
        "$$ begin if new.member = 'U3' then return null; end if; return new; end $$",
        "create trigger t before insert on deliveries for each row execute function t()",
    ],
}


@pytest.mark.parametrize(("trouble", "table"), [(DAMAGE, "members"), (LOSS, "deliveries")])
async def test_a_target_that_keeps_something_else_is_found_out_and_left_empty(
    ways: tuple[str, str], trouble: Mapping[str, list[str]], table: str
) -> None:
    old, new = ways
    store = await open_store(old, keyring=Keyring.parse(KEY))
    await in_flight(store)
    await store.close()
    await (await open_store(new)).close()
    await do(new, *trouble["postgresql" if new.startswith("postgresql") else "sqlite"])
    before = await everything(old)

    with pytest.raises(StoreError, match=f"{table} came out different .* nothing was moved"):
        await move(old, new, progress=quiet)

    assert not any((await everything(new)).values())
    assert await everything(old) == before


async def test_a_text_postgresql_cannot_hold_is_told_by_its_table_and_shown_to_nobody(
    tmp_path: Path, pg: postgres.Server
) -> None:
    old, new = str(tmp_path / "old.sqlite3"), await pg.new_database()
    store = await open_store(old)
    async with store.begin() as tx:
        await tx.members.meet(person(1), NOTHING_SAID, NOW)
        await tx.members.set_quiz(person(1), "private\x00words")
    await store.close()
    with pytest.raises(StoreError, match="members could not be written, so nothing was moved") as caught:
        await move(old, new, progress=quiet)
    assert "private" not in str(caught.value)
    assert not any((await everything(new)).values())


CHILD = """
import asyncio, sys, time
from store.move import move

def progress(table, rows):
    if (table, rows) == (sys.argv[3], int(sys.argv[4])):
        print("here", flush=True)
        time.sleep(600)

asyncio.run(move(sys.argv[1], sys.argv[2], progress=progress))
"""


@pytest.mark.parametrize(("table", "rows"), [("members", BATCH), ("deliveries", 2 * BATCH), ("recalls", 0)])
async def test_killed_in_the_middle_it_leaves_nothing_behind_and_the_next_run_does_it(
    ways: tuple[str, str], table: str, rows: int
) -> None:
    old, new = ways
    store = await open_store(old, keyring=Keyring.parse(KEY))
    count = 2 * BATCH + 7
    await in_flight(store, count)
    async with store.begin() as tx:
        await tx.deliveries.plan([NewDelivery(person(n), "asked", NOW.date(), NOW) for n in range(count)])
    await store.close()
    before = await everything(old)

    command = [sys.executable, "-c", CHILD, old, new, table, str(rows)]
    child = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    said = await child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    await child.wait()
    assert (said, child.returncode) == (b"here\n", -signal.SIGKILL)

    assert not any((await everything(new)).values())
    assert await everything(old) == before
    moved = await move(old, new, progress=quiet)
    assert (moved["members"], moved["deliveries"]) == (count, count + 5)
    with pytest.raises(StoreError, match="in use already"):
        await move(old, new, progress=quiet)


async def test_the_command_says_what_to_set_next_and_no_password(tmp_path: Path, pg: postgres.Server) -> None:
    old, new = str(tmp_path / "old.sqlite3"), await pg.new_database()
    new = new.replace("postgres@", "postgres:very%20hush@")
    store = await open_store(old)
    async with store.begin() as tx:
        await tx.members.meet(person(1), NOTHING_SAID, NOW)
    command = [sys.executable, "-m", "bot", "migrate-store", old, new]
    busy = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, cwd=ROOT, check=False)
    await store.close()
    assert (busy.returncode, busy.stderr.count("\n")) == (2, 1)
    assert "in use by another steppingstone process: stop it first" in busy.stderr

    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "STEPPINGSTONE_DATABASE=postgresql://postgres:***@127.0.0.1" in done.stdout
    assert "hush" not in done.stdout + done.stderr
