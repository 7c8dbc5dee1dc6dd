"""Every store test runs on a real SQLite file and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from store import Keyring, Store, open_store
from tests.kit import postgres

KEY = Keyring.generate()


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return str(tmp_path / "store.sqlite3")
    running: postgres.Server = request.getfixturevalue("pg")
    return await running.new_database()


@pytest.fixture
async def store(url: str) -> AsyncGenerator[Store]:
    """An open store."""
    opened = await open_store(url, keyring=Keyring.parse(KEY))
    yield opened
    await opened.close()
