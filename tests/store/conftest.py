"""Every store test runs on a real SQLite file and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from store import Keyring, Store, open_store
from tests.kit import migrated, postgres

KEY = Keyring.generate()


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database; where a test wants an open store too, it has its tables already."""
    tables = "store" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "store.sqlite3"
        if tables:
            await migrated.sqlite(path)
        return str(path)
    running: postgres.Server = request.getfixturevalue("pg")
    return await (migrated.postgres(running) if tables else running.new_database())


@pytest.fixture
async def store(url: str) -> AsyncGenerator[Store]:
    """An open store."""
    opened = await open_store(url, keyring=Keyring.parse(KEY))
    yield opened
    await opened.close()
