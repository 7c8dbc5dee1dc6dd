"""What the scheduler promises, it promises on both databases."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.kit import migrated, postgres
from tests.kit.house import House, house


@pytest.fixture(params=["sqlite", "postgres"])
async def home(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[House]:
    """The sandbox and the real bot in it, on a SQLite file and on PostgreSQL with PgQueuer."""
    changes: dict[str, str] = {}
    if request.param == "postgres":
        server: postgres.Server = request.getfixturevalue("pg")
        changes["database"] = await migrated.postgres(server)
    async with house(tmp_path, changes=changes) as running:
        yield running
