"""One column whose values nobody may read from the file alone: sealed to their row, so that none opens in another."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.errors import StoreError
from store.keyring import Keyring

BATCH = 500


class Sealed:
    """`column`: whose primary key begins with the space."""

    def __init__(self, column: sa.Column[Any], keyring: Keyring | None) -> None:
        self._column, self._keyring = column, keyring

    def close(self, value: str, space: str, *key: str) -> bytes:
        """Sealed to one row, by its space's key and the rest of its own. Raises StoreError without keys."""
        return self._keys().seal(value, self._about(space, key))

    def open(self, sealed: bytes, space: str, *key: str) -> str:
        """The inverse of `close`. Raises SecretUnreadable."""
        return self._keys().open(sealed, self._about(space, key))

    async def renew(self, db: AsyncConnection) -> int:
        """Seals every value anew with the first key; gives back how many."""
        key = list(self._column.table.primary_key.columns)
        done, after = 0, None
        while True:
            statement = sa.select(*key, self._column).where(self._column.is_not(None)).order_by(*key).limit(BATCH)
            if after is not None:
                statement = statement.where(sa.tuple_(*key) > sa.tuple_(*map(sa.literal, after)))
            rows = (await db.execute(statement)).all()
            for *names, sealed in rows:
                anew = self.close(self.open(sealed, *names), *names)
                same = sa.and_(*(column == name for column, name in zip(key, names, strict=True)))
                await db.execute(sa.update(self._column.table).where(same).values({self._column.name: anew}))
            if len(rows) < BATCH:
                return done + len(rows)
            done, after = done + len(rows), tuple(rows[-1][: len(key)])

    def _about(self, space: str, key: tuple[str, ...]) -> str:
        return "|".join((space, f"{self._column.table.name}.{self._column.name}", *key))

    def _keys(self) -> Keyring:
        if self._keyring is None:
            raise StoreError(
                "STEPPINGSTONE_KEYS is not set: `python -m bot new-key` makes a key, keep it outside backups"
            )
        return self._keyring
