"""Desks of members, on a real database."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chat.people import Person, Space, SpaceInfo
from store import Keyring, Store, open_store
from tests.commands.desk import Desk
from tests.kit import migrated

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPACE = Space("slack", "T01MAKERS")


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[Store]:
    """A fresh file."""
    await migrated.sqlite(tmp_path / "store.sqlite3")
    opened = await open_store(str(tmp_path / "store.sqlite3"), keyring=Keyring.parse(Keyring.generate()))
    async with opened.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SPACE, "Makers", NOON), NOON)
    yield opened
    await opened.close()


@pytest.fixture
def ada(store: Store) -> Desk:
    """Ada, in English, where a sent form turns into the next one."""
    return Desk(store, Person(SPACE, "U001"), NOON)


@pytest.fixture
def yu(store: Store) -> Desk:
    """林雨, in Chinese, where a sent form is answered by a message."""
    return Desk(store, Person(SPACE, "U002"), NOON, lang="zh-CN", as_="discord")
