"""What others say beside a sheet, step by step, sealed; its owner decides what is shown where it is given out."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.people import Person, Space
from store.keyring import Keyring
from store.sealed import Sealed
from store.sheet_tables import sheet_comments as table

LONGEST = 1_000
"""Characters of a comment."""


@dataclass(frozen=True, slots=True)
class Comment:
    """`step`: which one it is about, "" for the whole sheet. It goes when whoever wrote it is forgotten. `seen`: an
    owner has read it."""

    id: str
    sheet: str
    step: str
    by: Person
    text: str
    at: datetime
    shown: bool
    seen: bool = False


class SheetComments:
    """Bound to one transaction. Needs STEPPINGSTONE_KEYS. Who may comment on what is for the caller to know."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.text, keyring)

    async def add(
        self, by: Person, sheet: str, step: str, text: str, now: datetime, *, shown: bool = False,
        seen: bool = False,
    ) -> Comment:  # fmt: skip
        """One more. Raises LimitError when it is too long."""
        if not 0 < len(text) <= LONGEST:
            raise LimitError(f"a comment has 1 to {LONGEST} characters, this one {len(text)}")
        made = Comment(secrets.token_hex(8), sheet, step, by, text, now, shown, seen)
        values = {
            "space": by.space.key, "id": made.id, "sheet": sheet, "step": step, "member": by.id,
            "text": self._seal.close(text, by.space.key, made.id), "at": now, "shown": shown,
            "seen": seen,
        }  # fmt: skip
        await self._db.execute(sa.insert(table).values(values))
        return made

    async def of(self, space: Space, sheet: str, *, shown: bool | None = None) -> tuple[Comment, ...]:
        """A sheet's, the oldest first; `shown`: only those that are, or are not. Raises SecretUnreadable."""
        where = (table.c.space == space.key) & (table.c.sheet == sheet)
        where = where if shown is None else where & (table.c.shown == shown)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.at, table.c.id))
        return tuple(map(self._read, rows))

    async def get(self, space: Space, id_: str) -> Comment | None:
        """One. Raises SecretUnreadable."""
        row = (await self._db.execute(sa.select(table).where(_is(space, id_)))).one_or_none()
        return self._read(row) if row else None

    async def counts(self, space: Space, sheet: str) -> tuple[int, int]:
        """How many there are, and how many no owner has read."""
        new = sa.func.count().filter(table.c.seen.is_(False))
        where = (table.c.space == space.key) & (table.c.sheet == sheet)
        row = (await self._db.execute(sa.select(sa.func.count(), new).select_from(table).where(where))).one()
        return int(row[0]), int(row[1])

    async def read(self, space: Space, sheet: str) -> None:
        """An owner has all of them before their eyes."""
        new = (table.c.space == space.key) & (table.c.sheet == sheet) & table.c.seen.is_(False)
        await self._db.execute(sa.update(table).where(new).values(seen=True))

    async def show(self, space: Space, id_: str, *, shown: bool = True) -> bool:
        """The owner's word; False when it is gone."""
        return (await self._db.execute(sa.update(table).where(_is(space, id_)).values(shown=shown))).rowcount == 1

    async def drop(self, space: Space, id_: str) -> bool:
        """For good; False when it was gone."""
        return (await self._db.execute(sa.delete(table).where(_is(space, id_)))).rowcount == 1

    def _read(self, row: sa.Row[Any]) -> Comment:
        space = Space.parse(row.space)
        return Comment(
            row.id, row.sheet, row.step, Person(space, row.member), self._seal.open(row.text, row.space, row.id),
            row.at, row.shown, row.seen,
        )  # fmt: skip


def _is(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.id == id_)
