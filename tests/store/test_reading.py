"""A database opened to be read: on both kinds it refuses every write by itself, and one of another version is named."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from store import Store, StoreError
from store.reading import open_to_read
from tests.store.shire import EVERYBODY, FRODO, NOW, SHIRE, gather


async def test_it_reads_beside_the_one_who_writes_and_writes_nothing(store: Store, url: str) -> None:
    await gather(store)
    reader = await open_to_read(url)
    async with reader.begin() as tx:
        assert set(await tx.members.of(EVERYBODY)) == set(EVERYBODY)
    with pytest.raises(DBAPIError):
        async with reader.begin() as tx:
            await tx.spaces.left(SHIRE, NOW)
    async with store.begin() as tx:
        await tx.members.set_role(FRODO, "role.gardener")
    async with reader.begin() as tx:
        assert (await tx.members.of([FRODO]))[FRODO].role == "role.gardener", "the next look sees it"
    await reader.close()
    async with store.begin() as tx:
        found = await tx.spaces.get(SHIRE)
        assert found is not None
        assert found.left_at is None


async def test_a_database_of_another_version_is_not_read(store: Store, url: str) -> None:
    async with store._engine.begin() as connection:  # pyright: ignore[reportPrivateUsage]
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreError, match="another version"):
        await open_to_read(url)


async def test_where_nothing_answers_it_says_so() -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        await open_to_read("postgresql://nobody@127.0.0.1:9/nothing")
