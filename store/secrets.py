"""Values of a space that nobody may read from the file alone, such as its bot token."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Space
from store.introduction_tables import notes, reports
from store.keyring import Keyring
from store.round_tables import circle_members
from store.sealed import Sealed
from store.sheet_tables import sheet_comments, sheet_drafts, sheets
from store.tables import space_secrets as table
from store.upsert import upsert


class Secrets:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.ciphertext, keyring)
        of_sheets = (sheets.c.body, sheet_comments.c.text, sheet_drafts.c.answers)
        words = (notes.c.body, reports.c.words, circle_members.c.goal, *of_sheets)
        self._all = (self._seal, *(Sealed(column, keyring) for column in words))

    async def put(self, space: Space, name: str, value: str) -> None:
        """Seals and keeps a value."""
        values = {"space": space.key, "name": name, "ciphertext": self._seal.close(value, space.key, name)}
        await self._db.execute(upsert(self._db, table, values, ["space", "name"], ["ciphertext"]))

    async def get(self, space: Space, name: str) -> str | None:
        """The value, or None. Raises SecretUnreadable."""
        where = (table.c.space == space.key) & (table.c.name == name)
        sealed = (await self._db.execute(sa.select(table.c.ciphertext).where(where))).scalar_one_or_none()
        return None if sealed is None else self._seal.open(sealed, space.key, name)

    async def forget(self, space: Space, name: str) -> None:
        """Deletes the value."""
        await self._db.execute(sa.delete(table).where((table.c.space == space.key) & (table.c.name == name)))

    async def reencrypt_all(self) -> int:
        """Seals every value anew with the first key, members' private words too, after a new key was put in front;
        gives back how many."""
        return sum([await sealed.renew(self._db) for sealed in self._all])
