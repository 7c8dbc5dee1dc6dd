"""A throw-away PostgreSQL from Debian's package: own folder, own port, loopback only, one fresh database a test."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest


@dataclass(frozen=True)
class Server:
    """A running server; `port` on 127.0.0.1, user postgres, no password."""

    port: int
    programs: Path

    async def new_database(self, template: str = "template1", *, keep: bool = False) -> str:
        """A fresh database's address; a copy of `template`, which nobody may be connected to. Unless it is to `keep`,
        it goes when `KEPT` younger ones are there: the server may stand in memory."""
        name = f"t{uuid4().hex[:12]}"
        words = [f'create database "{name}" template "{template}" strategy file_copy']
        made = _MADE.setdefault(self.port, deque())
        if not keep:
            made.append(name)
        if len(made) > KEPT:
            words.append(f'drop database if exists "{made.popleft()}" with (force)')
        orders = [part for word in words for part in ("-c", word)]
        psql = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-q", *orders]
        await asyncio.to_thread(subprocess.run, [self.programs / "psql", *psql], check=True, capture_output=True)
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


LIGHT = ("fsync=off", "jit=off", "autovacuum=off")
"""For databases that live a second: nothing to keep, nothing to clean up; compiling a statement costs more than it."""
KEPT = 20
_MADE: dict[int, deque[str]] = {}


def missing() -> str:
    """Why there can be no server, or ""."""
    return "" if _bin() else "PostgreSQL is not installed: `apt-get install postgresql`, or run `make test` as root"


def skip_or_fail(reason: str) -> None:
    """Loud where a person looks, an error where a machine does."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def _bin() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return found[0].parent if found else None


@contextmanager
def server(*, durable: bool = False) -> Generator[Server]:
    """Starts a server and stops it by its own pid. `durable`: commits reach the disk, as in production."""
    programs = _bin()
    assert programs is not None, missing()
    folder = Path(tempfile.mkdtemp(prefix="steppingstone-pg-", dir=None if durable else _memory()))
    user: int | None = None
    group: int | None = None
    if os.geteuid() == 0:  # postgres refuses root
        account = pwd.getpwnam("postgres")
        user, group = account.pw_uid, account.pw_gid
        os.chown(folder, user, group)
    data = folder / "data"
    try:
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
            group=group,
        )
        port = _free_port()
        settings = (f"unix_socket_directories={folder}", "max_connections=150", *(() if durable else LIGHT))
        options = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
                group=group,
            )
        try:
            _wait_ready(programs / "pg_isready", port)
            yield Server(port, programs)
        finally:
            process.terminate()
            process.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> str | None:
    """A folder in memory where there is room for it: there a database is made ten times as fast."""
    memory = Path("/dev/shm")  # noqa: S108  # mkdtemp makes a folder of our own in it
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy else None


def _wait_ready(program: Path, port: int) -> None:
    end = time.monotonic() + 30
    while subprocess.run([program, "-q", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode != 0:
        if time.monotonic() > end:
            raise TimeoutError("PostgreSQL did not come up in 30 s")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
