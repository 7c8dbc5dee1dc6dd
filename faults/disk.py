"""Cases 28 and 30: the disk is full or broken while we send; two processes were started on one database."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE
from dataclasses import asdict
from pathlib import Path
from typing import Any

from faults._ground import MODES, Ground, Row, compare, ground
from faults._sender import forks
from scheduler.pacer import UNPACED
from tests.kit import postgres

ROWS, WHILE = 4_000, 3.0  # seconds the disk stays as it is
SIZE, SHARED = "8m", 600


async def full_disk() -> dict[str, Any]:
    """28: no space left (a small file system of its own), or writes that fail (RLIMIT_FSIZE: SQLite's I/O error)."""
    found: dict[str, Any] = {}
    for kind in ("no space", "write error"):
        for mode in (MODES[0], MODES[3]):
            with tempfile.TemporaryDirectory(prefix="steppingstone-disk-") as folder:
                async with ground(mode, f"{folder}/seed.sqlite3") as here:
                    await here.more(ROWS)
                    found[f"{kind}, {mode.name}"] = await _suffer(here, kind, folder)
    return found


async def _suffer(here: Ground, kind: str, folder: str) -> dict[str, Any]:
    about = json.dumps({"kind": kind, "folder": folder, "job": asdict(here.job)})
    command = [sys.executable, "-m", "faults._on_disk", about]
    if kind == "no space":
        inside = f'mkdir -p {folder}/small && mount -t tmpfs -o size={SIZE} tmpfs {folder}/small && exec "$@"'
        command = ["unshare", "-m", "sh", "-c", inside, "sh", *command]
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line == b"broken\n", line
        await asyncio.sleep(1.0)  # what was under way has ended
        stopped = await here.fleet.ask("tally")
        await asyncio.sleep(WHILE)
        still = await here.fleet.ask("tally")
        process.stdin.write(b"mend\n")
        told = json.loads(await asyncio.wait_for(process.stdout.readline(), 120))
        assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert 0 < stopped["posts"] < ROWS, f"{stopped['posts']} of {ROWS} were sent before the disk broke"
    assert still["posts"] == stopped["posts"], "sent although it could not be recorded"
    open_ = stopped["posts"] - told["recorded"]
    assert open_ <= 4 * UNPACED, f"{open_} sends were not on record"
    rows = {row[0]: Row(*row) for row in told["rows"]}
    figures = compare(rows, await here.fleet.ask("keys"), here)
    return figures | {"sent before": stopped["posts"], "of them not yet on record": open_}


async def two_processes() -> dict[str, Any]:
    """30: on a SQLite file the second process ends with advice; on PostgreSQL two share the rows."""
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="steppingstone-two-") as folder:
        found["SQLite, the second says"] = await _second(Path(folder))
    with postgres.server() as server:
        for mode in MODES[:2]:
            async with ground(mode, await server.new_database()) as here, forks() as other:
                await here.more(SHARED)
                codes = await asyncio.gather(*(one.run(here.job) for one in (here.forks, other) if one))
                assert codes == [0, 0], codes
                figures = await here.settled()
                found[f"PostgreSQL, {mode.name}"] = figures
    return found


async def _second(folder: Path) -> str:
    environment = os.environ | {
        "STEPPINGSTONE_DATABASE": str(folder / "one.sqlite3"), "DISCORD_TOKEN": "x" * 30,
        "DISCORD_API_URL": "http://127.0.0.1:9", "STEPPINGSTONE_HEALTH_PORT": "0",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }  # fmt: skip
    from store import open_store

    store = await open_store(environment["STEPPINGSTONE_DATABASE"])
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environment, cwd=folder, stdout=PIPE, stderr=PIPE
        )
        _out, told = await asyncio.wait_for(process.communicate(), 30)
    finally:
        await store.close()
    words = told.decode().strip().splitlines()[-1]
    assert process.returncode == 2, (process.returncode, words)
    assert "in use by another steppingstone process" in words, words
    return words


def limit_files(bytes_: int) -> None:
    """Writes past this size fail, as on a broken disk; -1: no more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if bytes_ < 0 else bytes_, hard))


def fill_up(folder: Path) -> Path:
    """Takes all the space there is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1 << 9):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler
