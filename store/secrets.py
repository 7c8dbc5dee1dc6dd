"""Values of a space that nobody may read from the file alone, such as its bot token."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Space
from store.errors import StoreError
from store.keyring import Keyring
from store.tables import space_secrets as table
from store.upsert import upsert


class Secrets:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._keyring = connection, keyring

    async def put(self, space: Space, name: str, value: str) -> None:
        """Seals and keeps a value."""
        sealed = self._keys().seal(value, _about(space.key, name))
        values = {"space": space.key, "name": name, "ciphertext": sealed}
        await self._db.execute(upsert(self._db, table, values, ["space", "name"], ["ciphertext"]))

    async def get(self, space: Space, name: str) -> str | None:
        """The value, or None. Raises SecretUnreadable."""
        where = (table.c.space == space.key) & (table.c.name == name)
        sealed = (await self._db.execute(sa.select(table.c.ciphertext).where(where))).scalar_one_or_none()
        return None if sealed is None else self._keys().open(sealed, _about(space.key, name))

    async def forget(self, space: Space, name: str) -> None:
        """Deletes the value."""
        await self._db.execute(sa.delete(table).where((table.c.space == space.key) & (table.c.name == name)))

    async def reencrypt_all(self) -> int:
        """Seals every value anew with the first key, after a new key was put in front; gives back how many."""
        rows = (await self._db.execute(sa.select(table))).all()
        for row in rows:
            about = _about(row.space, row.name)
            sealed = self._keys().seal(self._keys().open(row.ciphertext, about), about)
            where = (table.c.space == row.space) & (table.c.name == row.name)
            await self._db.execute(sa.update(table).where(where).values(ciphertext=sealed))
        return len(rows)

    def _keys(self) -> Keyring:
        if self._keyring is None:
            raise StoreError(
                "STEPPINGSTONE_KEYS is not set: `python -m bot new-key` makes a key, keep it outside backups"
            )
        return self._keyring


def _about(space: str, name: str) -> str:
    return f"{space}|space_secrets.ciphertext|{name}"
