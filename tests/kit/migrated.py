"""Databases that have today's tables already: migrated once a process, then copied. Few tests are about that."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from store import open_store
from tests.kit.postgres import Server


async def sqlite(path: Path) -> None:
    """A file at `path`; one that is there stays."""
    if path.exists():
        return
    template = Path(_room().name) / "template.sqlite3"
    if not template.exists():
        await (await open_store(str(template))).close()
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(template, path)


_TEMPLATES: dict[Server, str] = {}


async def postgres(server: Server) -> str:
    """A fresh database's address."""
    if server not in _TEMPLATES:
        address = await server.new_database(keep=True)
        await (await open_store(address)).close()
        _TEMPLATES[server] = address.rpartition("/")[2]
    return await server.new_database(_TEMPLATES[server])


@cache
def _room() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="steppingstone-migrated-")  # gone when the process ends
