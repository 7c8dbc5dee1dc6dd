"""How long a member waits for a step to be saved among very many sheets, on both databases that commit to the disk.

On a machine that does other things, look at the CPU: the rest is waiting, for the disk and for others.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from secrets import token_hex
from statistics import quantiles
from tempfile import TemporaryDirectory

from bench.matching_table import Row
from chat.form import Answers
from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from content.say import speaker
from sheets.answers import read_answers
from sheets.checks import advice
from sheets.filling import fill
from sheets.follows import moments
from sheets.printing import example_of
from sheets.sheet import Item, Value
from sheets.ways import SheetPart
from store import Keyring, Store, open_store
from tests.commands.desk import Desk
from tests.kit import postgres
from tests.kit.house import shipped

SPACE = Space("slack", "T0SHEETS")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
EACH, AT_ONCE, WARM_UP = 5, 500, 20  # sheets a member, sheets added in one transaction, saves before the clock runs
GOAL = 50.0
FORMS = {
    "problem.form": {
        "who": "Night-shift operators of grid {n}",
        "why_not": "Supply comes and goes with the weather {n}",
    },
    "milestones.form": {"ml": "error of tomorrow's forecast {n}", "date": "2031-05-31"},
    "budget.form": {"data": "Satellite images of {n} regions", "time": "{n} weeks, 3 of them for further tries"},
}


async def rows(sheets: int, saves: int) -> AsyncGenerator[Row]:
    """The 50th and the 99th percentile of each database."""
    async with _databases() as stores:
        for name, store in stores.items():
            for row in await _measured(name, store, sheets, saves):
                yield row
    if "PostgreSQL" not in stores:
        yield Row("a step saved, PostgreSQL", f"not measured: {postgres.missing()}")


async def _measured(name: str, store: Store, sheets: int, saves: int) -> tuple[Row, Row]:
    """The step saved, and beside it, without a goal, everything from the sent form to the card that answers it."""
    made = await _fill(store, sheets)
    draw, cpu = Random(7), time.process_time()
    alone = [await _saved(store, *draw.choice(made), n) for n in range(saves + WARM_UP)]
    cpu = (time.process_time() - cpu) / len(alone) * 1_000
    answered = [await _answered(store, *draw.choice(made), n) for n in range(saves // 4 + WARM_UP)]
    async with store.begin() as tx:
        kept = [await tx.sheets.get(SPACE, sheet) for _, sheet in made]
    assert sum(one.version - 1 for one in kept if one is not None) == len(alone) + len(answered), "a version each"
    p, whole = quantiles(alone[WARM_UP:], n=100), quantiles(answered[WARM_UP:], n=100)
    said = f"p50 {p[49]:.1f} ms, p99 {p[98]:.1f} ms, CPU {cpu:.1f} ms ({saves:,} saves)"
    return (
        Row(f"a step saved at {sheets:,} sheets, {name}, p99", said, f"< {GOAL:.0f} ms", p[98] < GOAL),
        Row(f"… from the form to its answer, {name}", f"p50 {whole[49]:.1f} ms, p99 {whole[98]:.1f} ms"),
    )


async def _saved(store: Store, person: Person, id_: str, n: int) -> float:
    """Milliseconds of one save: who may, read under a lock, put in, checked, sealed and saved, its reminder moved."""
    worksheet, now = shipped().library.worksheets["scope"], NOW + timedelta(minutes=20 * n)
    step_key, words = tuple(FORMS.items())[n % len(FORMS)]
    key, _, of_step = step_key.partition(".")
    step = worksheet.step(key)
    part = step.part(of_step) if step is not None else None
    assert step is not None
    assert part is not None
    began = time.perf_counter()
    async with store.begin() as tx:
        sheet = await tx.sheets.get(SPACE, id_, lock=True)
        assert sheet is not None
        assert await tx.sheet_people.take_pen(person, id_, now)
        stands = {one.key: _text(sheet.value(f"{key}.{one.key}")) for one in part.fields}
        typed = Answers({**stands, **{one: text.format(n=n % 90 + 3) for one, text in words.items()}})
        values = read_answers(speaker("en"), worksheet, sheet, step, part, typed, now.date())
        changed = fill(worksheet, sheet, key, of_step, None, values, now)
        saved = await tx.sheets.save(changed, now)
        await tx.sheet_follows.touch(saved, moments(worksheet, saved, "Europe/London"))
    advice(worksheet, saved, step, now.date())
    return (time.perf_counter() - began) * 1_000


async def _answered(store: Store, person: Person, sheet: str, n: int) -> float:
    """Milliseconds of the same through the dispatcher, with the reading of the member and the composing of the card."""
    desk = Desk(store, person, NOW + timedelta(days=365, minutes=20 * n))
    part, words = tuple(FORMS.items())[n % len(FORMS)]
    await desk.act(SheetPart(sheet, part, 0).wire())
    began = time.perf_counter()
    await desk.fill({key: text.format(n=n % 80 + 5) for key, text in words.items()})
    assert not desk.wrong, desk.wrong
    return (time.perf_counter() - began) * 1_000


def _text(value: Value | None) -> str:
    """As it stands in a form."""
    lines = () if value is None else (value,) if isinstance(value, str) else value
    return "\n".join(one.text if isinstance(one, Item) else one for one in lines)


async def _fill(store: Store, count: int) -> list[tuple[Person, str]]:
    """Whole sheets, each owner with a few, each with a reminder that a save moves on."""
    example = replace(example_of(shipped().library.worksheets["scope"], "en"), space=SPACE, state="open")
    people = [Person(SPACE, f"U{n:06}") for n in range(-(-count // EACH))]
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SPACE, "bench"), NOW)
        for person in people:
            await tx.members.meet(person, NOTHING_SAID, NOW)
    made = [(people[n // EACH], token_hex(8)) for n in range(count)]
    for some in _batches(made):
        async with store.begin() as tx:
            for person, id_ in some:
                await tx.sheets.add(replace(example, id=id_), person, NOW - timedelta(days=1))
                await tx.sheet_follows.ask(person, id_, "numbers", NOW + timedelta(days=900))
    return made


def _batches(made: list[tuple[Person, str]]) -> Iterator[list[tuple[Person, str]]]:
    for start in range(0, len(made), AT_ONCE):
        yield made[start : start + AT_ONCE]


@asynccontextmanager
async def _databases() -> AsyncGenerator[dict[str, Store]]:
    """A SQLite file with synchronous=FULL and, where it is installed, a PostgreSQL whose commits reach the disk."""
    keyring = Keyring.parse(Keyring.generate())
    with TemporaryDirectory() as folder:
        stores = {"SQLite": await open_store(str(Path(folder) / "bench.sqlite3"), keyring=keyring)}
        try:
            if postgres.missing():
                yield stores
                return
            with postgres.server(durable=True) as server:
                stores["PostgreSQL"] = await open_store(await server.new_database(), keyring=keyring)
                try:
                    yield stores
                finally:
                    await stores["PostgreSQL"].close()
        finally:
            await stores["SQLite"].close()
