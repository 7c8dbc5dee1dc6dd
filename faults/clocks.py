"""Case 24: the wall clock is set while the bot runs, by seconds and by years; the whole process stands still."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bench.crew import noon
from bot.demo import demo_settings
from bot.settings import Settings
from bot.slack.manifest import manifest
from chat.moment import Occurrence, Schedule
from chat.people import Person, Profile, Space
from commands._registry import load
from faults._town import POST, Town, settle
from sandbox.demo import populate
from sandbox.server import Sandbox
from sandbox.world import Fault
from store import Keyring, open_store
from tests.kit.house import START, house
from tests.kit.waiting import until

YEAR = timedelta(days=365.25)
STEPS = (
    *(timedelta(seconds=n) for n in (1, -1, 60, -60, 3600, -3600, 86_400, -86_400)),
    *(timedelta(days=7), -timedelta(days=7), 10 * YEAR, -10 * YEAR, -10 * YEAR, 10 * YEAR),
)
"""One after the other; together they lead back to where they began."""
MOMENT = START + timedelta(minutes=1)


async def set_clock(home: Town, by: timedelta) -> None:
    """The wall clock is set, as the bot's pulse would notice (tests/bot/test_pulse.py, and `with_real_clocks`)."""
    home.home.sandbox.clock.set(home.now + by)
    assert home.home.app is not None
    await home.home.app.follow_jump(by.total_seconds())
    await asyncio.sleep(0.4)


async def honest(home: Town, platform: str) -> set[date]:
    """No nominal date brought two messages, and the ledger knows each; gives back the dates, the same for everybody."""
    await asyncio.sleep(0.5)  # what was sent just now is being written down
    posts, found = home.posts(platform), set[frozenset[date]]()
    for one in home.people[platform]:
        days = [row.day for row in await home.rows(one) if row.state == "sent"]
        assert len(days) == len(set(days)) == len(posts.get(one.place, [])), days
        found.add(frozenset(days))
    assert len(found) == 1, found
    return set(found.pop())


async def steps(home: Town, platform: str, jumps: tuple[timedelta, ...] = STEPS) -> dict[str, Any]:
    """The clock is set again and again on a day whose message came already, and right at the end. No date brings
    two messages, and each of the days after brings its one. `home` is frozen just before the moment."""
    clock, today = home.home.sandbox.clock, MOMENT.date()
    clock.set(MOMENT)
    await home.all_have(platform, 1)
    for jump in jumps:
        await asyncio.sleep(0.2)
        await home.everybody_taps()
        await set_clock(home, jump)
        await honest(home, platform)
    assert abs(home.now - MOMENT) < timedelta(seconds=1)
    for _ in range(3):
        await home.everybody_taps()
        await home.step(timedelta(days=1), timedelta(hours=8), 0.15)
        await asyncio.sleep(0.4)
    days = await honest(home, platform)
    missed = [day for n in range(4) if (day := today + timedelta(days=n)) not in days]
    assert not missed, f"no message on {missed}"
    return {"jumps": len(jumps), "days": len(days), "twice": 0, "lost": 0}


async def rests_last(home: Town, platform: str, by: timedelta) -> None:
    """A space asked for ten minutes of quiet; the clock is set; it gets its ten minutes, and its messages after it."""
    space = home.spaces(platform)[0]
    quiet = home.of(space)
    for one in quiet if platform == "discord" else quiet[:1]:
        match = f"/channels/{one.place}/messages" if platform == "discord" else f"chat.postMessage {space.id}"
        times = 1 if platform == "discord" else 3
        home.world(platform).faults().add(Fault(match, "rate_limit", seconds=600, times=times))
    home.home.sandbox.clock.set(MOMENT)
    await until(lambda: len(home.posts(platform)) == len(home.people[platform]) - len(quiet), "the others", 20)
    await asyncio.sleep(0.5)
    home.world(platform).faults().clear()
    await home.step(timedelta(minutes=5), timedelta(minutes=1), 0.05)
    await set_clock(home, by)
    await home.step(timedelta(minutes=4, seconds=30), timedelta(seconds=30), 0.05)
    await asyncio.sleep(0.4)
    assert len(home.posts(platform)) == len(home.people[platform]) - len(quiet), "ten minutes are ten minutes"
    await home.step(timedelta(minutes=1), timedelta(seconds=15), 0.3)
    late = by > timedelta(hours=2) or abs(by) > timedelta(hours=8)
    if not late:  # what is late by the clock that is right now is skipped
        await home.all_have(platform, 1)
    assert max(home.count(platform)) == 1


async def with_a_clock_object() -> dict[str, Any]:
    """Steps of a second to ten years, back and forth, on both platforms; and a rest across each of them."""
    figures: dict[str, Any] = {}
    for platform in ("slack", "discord"):
        async with _town(platform) as home:
            figures |= {f"{platform}: {name}": value for name, value in (await steps(home, platform)).items()}
        for seconds in (1, -1, 3600, -3600):
            async with _town(platform) as home:
                await rests_last(home, platform, timedelta(seconds=seconds))
    return figures


@asynccontextmanager
async def _town(platform: str) -> AsyncGenerator[Town]:
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as folder:
        async with house(Path(folder)) as home:
            yield await settle(home, MOMENT, spaces=2, each=3, platforms=[platform])


LIBRARIES = tuple(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
OFFSETS = (1, -1, 60, -60, 3600, -3600, 86_400, -86_400, 315_576_000, -315_576_000, 0)  # seconds from the truth
STANDSTILL = 12.0  # seconds


async def with_real_clocks() -> dict[str, Any]:
    """The whole bot as a process of its own under libfaketime: SDKs, APScheduler and SQLite see the wrong clock."""
    if not LIBRARIES:
        raise AssertionError("libfaketime is not installed, the case was NOT run: apt-get install faketime")
    with tempfile.TemporaryDirectory(prefix="steppingstone-faults-") as name:
        folder = Path(name)
        async with Sandbox(bot_name="steppingstone") as sandbox:
            populate(sandbox)
            sandbox.slack.register_manifest(manifest(load()))
            settings = demo_settings(sandbox, folder)
            await _fill(settings, sandbox)
            async with _process(settings, folder) as child:
                return await _set_and_stop(child, sandbox, folder, Path(settings.database))


async def _set_and_stop(child: Process, sandbox: Sandbox, folder: Path, database: Path) -> dict[str, Any]:
    await until(lambda: len(_messages(sandbox)) == 4, "everybody's first message", 100)
    slowest = 0.0
    for offset in OFFSETS:
        (folder / "clock").write_text(f"{offset:+d}")
        began, seen = time.monotonic(), set[str]()
        while len(seen) < 3:
            seen.add(_seen(database))
            assert time.monotonic() - began < 30, f"no tick after the clock was set to {offset:+d} s"
            await asyncio.sleep(0.1)
        slowest = max(slowest, time.monotonic() - began)
        now = datetime.now(UTC) + timedelta(seconds=offset)
        assert abs(datetime.fromisoformat(_seen(database)).replace(tzinfo=UTC) - now) < timedelta(seconds=20)
    child.send_signal(signal.SIGSTOP)
    await asyncio.sleep(STANDSTILL)
    child.send_signal(signal.SIGCONT)
    stood, seen = _seen(database), set[str]()
    while len(seen) < 3:
        seen |= {_seen(database)} - {stood}
        await asyncio.sleep(0.1)
    assert child.returncode is None
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        (sent,) = db.execute("select count(*) from deliveries where state = 'sent'").fetchone()
        (dates,) = db.execute("select count(*) from (select distinct space, member, day from deliveries"
                              " where state = 'sent')").fetchone()  # fmt: skip
    assert sent == dates == len(_messages(sandbox)), (sent, dates, len(_messages(sandbox)))
    return {"clocks set": len(OFFSETS), "three ticks after at most, s": round(slowest, 1), "stood still, s": STANDSTILL,
            "messages": sent, "twice": 0}  # fmt: skip


def _messages(sandbox: Sandbox) -> set[str]:
    logs = [*sandbox.slack.ledger(20_000), *sandbox.discord.ledger(20_000)]
    return {e["message"] for e in logs if e["ok"] and e["method"] in POST.values()}


def _seen(database: Path) -> str:
    """When the process last said that it is alive, by its own clock."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        return str(db.execute("select max(seen_at) from workers").fetchone()[0])


async def _fill(settings: Settings, sandbox: Sandbox) -> None:
    """Two members of each platform in a zone in which it is about noon, due in a moment."""
    store, now = await open_store(settings.database, keyring=Keyring.parse(settings.keys)), datetime.now(UTC)
    due, zone = (now + timedelta(seconds=75)).replace(second=0, microsecond=0), noon(now)
    try:
        async with store.begin() as tx:
            for world in (sandbox.slack, sandbox.discord):
                for resident in list(world.residents())[:2]:
                    space, _, id_ = resident.id.partition("/")
                    person = Person(Space(world.platform, space), id_)
                    await tx.members.meet(person, Profile("en-US", zone), now)
                    await tx.members.set_zone(person, zone, "member")
                    local = due.astimezone(ZoneInfo(zone))
                    await tx.nudges.save(
                        person, anchor="pour my coffee", tiny="open the course", celebrate="smile", now=now,
                        schedule=Schedule(local.time(), zone), next=Occurrence(local.date(), due),
                    )  # fmt: skip
    finally:
        await store.close()


@asynccontextmanager
async def _process(settings: Settings, folder: Path) -> AsyncGenerator[Process]:
    """`python -m bot run` with the clock of the file "clock"."""
    (folder / "clock").write_text("+0")
    fake = {
        "LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1", "STEPPINGSTONE_HEALTH_PORT": "0",
    }  # fmt: skip
    own = {f.metadata["env"]: getattr(settings, f.name) for f in fields(settings) if "env" in f.metadata}
    root = str(Path(__file__).parent.parent)
    environment = os.environ | {name: value for name, value in own.items() if value} | fake | {"PYTHONPATH": root}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", env=environment, cwd=folder, stderr=(folder / "log").open("w")
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        await process.wait()


async def clocks() -> dict[str, Any]:
    """24: a clock object that jumps, then real ones."""
    return await with_a_clock_object() | await with_real_clocks()


CASES: dict[int, Callable[[], Awaitable[dict[str, Any]]]] = {24: clocks}
