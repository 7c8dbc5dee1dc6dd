"""A sender whose disk breaks in the middle and is mended when stdin says so; see faults.disk."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from content.shelf import Shelf
from faults._sender import Job, work
from faults.disk import fill_up, limit_files

AFTER = 0.6  # seconds of sending


async def main(about: dict[str, Any]) -> None:
    """Prints "broken", waits for a line, and at the end what is on record."""
    folder, job = Path(about["folder"]), Job(**about["job"])
    small = folder / "small"
    small.mkdir(exist_ok=True)
    database = small / "store.sqlite3"
    shutil.copy(job.database, database)
    begun = asyncio.Event()
    working = asyncio.create_task(work(replace(job, database=str(database)), Shelf(), begun.set))
    await begun.wait()
    await asyncio.sleep(AFTER)
    filler: Path | None = None
    if about["kind"] == "no space":
        filler = fill_up(small)
    else:
        limit_files(4096)
    print("broken", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        recorded = db.execute("SELECT count(*) FROM deliveries WHERE state IN ('sent', 'ambiguous')").fetchone()[0]
    if filler is not None:
        filler.unlink()
    else:
        limit_files(-1)
    await working
    with sqlite3.connect(database) as db:
        rows = db.execute("SELECT id, state, error, message FROM deliveries").fetchall()
    print(json.dumps({"recorded": recorded, "rows": rows}), flush=True)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(json.loads(sys.argv[1])))
