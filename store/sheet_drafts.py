"""Forms of sheets that were sent and not saved yet, sealed: what a member typed is never lost, and goes with the
sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from store.errors import Conflict
from store.keyring import Keyring
from store.rows import is_person, lock
from store.sealed import Sealed
from store.sheet_tables import sheet_drafts as table
from store.sheet_tables import sheets
from store.upsert import upsert

Typed = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SheetDraft:
    """What one member typed into one form of a sheet. `stood`: the mark of what stood there when the form was opened;
    `answers` by question key."""

    stood: str
    answers: Typed
    kept_at: datetime


class SheetDrafts:
    """Bound to one transaction. Needs STEPPINGSTONE_KEYS. `form`: which one of a sheet, as the caller names it."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.answers, keyring)

    async def keep(self, person: Person, sheet: str, form: str, draft: SheetDraft) -> None:
        """In place of the one before. Raises Conflict when the member or the sheet is gone."""
        there = await lock(self._db, [person])
        held = sa.select(sheets.c.id).where((sheets.c.space == person.space.key) & (sheets.c.id == sheet))
        if not there or (await self._db.execute(held.with_for_update(key_share=True))).first() is None:
            raise Conflict("this person or this sheet is gone")
        sealed = self._seal.close(json.dumps(dict(draft.answers)), person.space.key, sheet, person.id, form)
        values = {
            "space": person.space.key, "sheet": sheet, "member": person.id, "form": form, "stood": draft.stood,
            "answers": sealed, "kept_at": draft.kept_at,
        }  # fmt: skip
        key = ["space", "sheet", "member", "form"]
        await self._db.execute(upsert(self._db, table, values, key, ["stood", "answers", "kept_at"]))

    async def get(self, person: Person, sheet: str, form: str) -> SheetDraft | None:
        """What waits to be sent once more. Raises SecretUnreadable."""
        row = (await self._db.execute(sa.select(table).where(_is(person, sheet, form)))).one_or_none()
        if row is None:
            return None
        opened = json.loads(self._seal.open(row.answers, row.space, row.sheet, row.member, row.form))
        typed = cast("Mapping[str, str | list[str]]", opened)
        answers = {key: value if isinstance(value, str) else tuple(value) for key, value in typed.items()}
        return SheetDraft(row.stood, answers, row.kept_at)

    async def drop(self, person: Person, sheet: str, form: str) -> None:
        """After it was saved, or what stands was kept."""
        await self._db.execute(sa.delete(table).where(_is(person, sheet, form)))


def _is(person: Person, sheet: str, form: str) -> sa.ColumnElement[bool]:
    return is_person(table, person) & (table.c.sheet == sheet) & (table.c.form == form)
