"""A member's own notes around a talk: sealed, so that not even who runs the bot reads them in passing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.errors import Conflict
from store.introduction_tables import notes as table
from store.keyring import Keyring
from store.rows import is_person
from store.sealed import Sealed
from store.upsert import upsert

NoteKind = Literal["prep", "after", "thanks", "quote"]
"""`quote`: a host's wish not to be quoted from this talk; that there is one is all it says."""


@dataclass(frozen=True, slots=True)
class Note:
    """`introduction`: its id, or "own:<n>" for a talk found elsewhere. `version` 0: never stored."""

    person: Person
    introduction: str
    kind: NoteKind
    body: str
    updated_at: datetime | None = None
    version: int = 0


class Notes:
    """Bound to one transaction. Reading and writing need STEPPINGSTONE_KEYS."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.body, keyring)

    async def save(self, note: Note, now: datetime) -> Note:
        """The whole of it, as somebody who read `note.version` left it. Raises Conflict."""
        saved = replace(note, updated_at=now, version=note.version + 1)
        body = self._seal.close(note.body, note.person.space.key, note.person.id, note.introduction, note.kind)
        values = {
            "space": note.person.space.key, "member": note.person.id, "introduction": note.introduction,
            "kind": note.kind, "body": body, "updated_at": now, "version": saved.version,
        }  # fmt: skip
        if note.version == 0:
            done = await self._db.execute(upsert(self._db, table, values, _KEY, []))
        else:
            same = _is(note.person, note.introduction, note.kind) & (table.c.version == note.version)
            done = await self._db.execute(sa.update(table).where(same).values(**values))
        if done.rowcount != 1:
            raise Conflict("this note is another one by now: read it again")
        return saved

    async def get(self, person: Person, introduction: str, kind: NoteKind) -> Note | None:
        """One note. Raises SecretUnreadable."""
        row = (await self._db.execute(sa.select(table).where(_is(person, introduction, kind)))).one_or_none()
        return self._read(row) if row else None

    async def has(self, person: Person, introduction: str, kind: NoteKind) -> bool:
        """Whether there is one, without opening it."""
        return (
            await self._db.execute(sa.select(table.c.kind).where(_is(person, introduction, kind)))
        ).first() is not None

    async def of(self, person: Person) -> tuple[Note, ...]:
        """All of a member's, the newest first. Raises SecretUnreadable."""
        statement = sa.select(table).where(is_person(table, person))
        order = (table.c.updated_at.desc(), table.c.introduction, table.c.kind)
        return tuple(map(self._read, await self._db.execute(statement.order_by(*order))))

    async def drop(self, person: Person, introduction: str) -> None:
        """All the notes of one talk; the wish not to be quoted stays."""
        notes = is_person(table, person) & (table.c.introduction == introduction) & (table.c.kind != "quote")
        await self._db.execute(sa.delete(table).where(notes))

    def _read(self, row: sa.Row[Any]) -> Note:
        body = self._seal.open(row.body, row.space, row.member, row.introduction, row.kind)
        person = Person(Space.parse(row.space), row.member)
        return Note(person, row.introduction, row.kind, body, row.updated_at, row.version)


_KEY = ["space", "member", "introduction", "kind"]


def _is(person: Person, introduction: str, kind: NoteKind) -> sa.ColumnElement[bool]:
    return is_person(table, person) & (table.c.introduction == introduction) & (table.c.kind == kind)
