"""A SQLite file that somebody else writes to, without coming to an end."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path


@asynccontextmanager
async def locked(file: Path) -> AsyncGenerator[sqlite3.Connection]:
    """Begun in a thread: on the loop it would wait for a transaction of ours that then could not go on."""
    other = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.rollback()
        other.close()
