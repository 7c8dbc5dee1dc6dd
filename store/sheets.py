"""Sheets: what members wrote on a worksheet, sealed, stored as a whole under a version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from sheets.body import of_json, to_json
from sheets.sheet import OPEN_MOST, Sheet, SheetState
from store.errors import Conflict, TooLarge, TooMany
from store.keyring import Keyring
from store.rows import is_person, lock
from store.sealed import Sealed
from store.sheet_tables import sheet_people
from store.sheet_tables import sheets as table

LARGEST = 512 * 1024
"""Bytes of what is written on one sheet, as JSON: a worksheet filled in to its limits has to fit (sheets.fullest)."""
UNTOUCHED, NOTICE = timedelta(days=180), timedelta(days=30)
"""How long a sheet that is not done waits for somebody, and how long after the one notice it is deleted."""


class Sheets:
    """Bound to one transaction. Reading and writing need STEPPINGSTONE_KEYS; that there is a sheet is no secret."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.body, keyring)

    async def add(self, sheet: Sheet, owner: Person, now: datetime) -> Sheet:
        """A new one; gives it back with its first version. Raises TooMany when its owner has ten open ones, also when
        two windows begin the tenth at once; TooLarge; Conflict when the owner left meanwhile."""
        await self._seat(owner)
        made = replace(sheet, created_at=now, updated_at=now, version=1)
        values = {
            "space": sheet.space.key, "id": sheet.id, "worksheet": sheet.worksheet, "lang": sheet.lang,
            "state": sheet.state, "body": self._sealed(made), "created_at": now, "updated_at": now, "version": 1,
        }  # fmt: skip
        await self._db.execute(sa.insert(table).values(values))
        part = {
            "space": sheet.space.key, "sheet": sheet.id, "member": owner.id, "part": "owner", "state": "in",
            "added_at": now,
        }  # fmt: skip
        await self._db.execute(sa.insert(sheet_people).values(part))
        return made

    async def get(self, space: Space, id_: str, *, lock: bool = False) -> Sheet | None:
        """One sheet. `lock`: nobody else changes it before this transaction ends. Raises SecretUnreadable."""
        statement = sa.select(table).where(_is(space, id_))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return self._read(row) if row else None

    async def save(self, sheet: Sheet, now: datetime) -> Sheet:
        """The whole of it, as somebody who read `sheet.version` left it; gives it back with the next version. Raises
        Conflict when it was saved, put away or finished meanwhile (to open it again: `reopen`), and TooLarge."""
        return await self._store(sheet, now, [table.c.state == "open"] if sheet.state == "open" else [])

    async def reopen(self, sheet: Sheet, now: datetime) -> Sheet:
        """One that was put away or done is open again. It locks its owner: who locks the sheet before calls `hold`
        first. Raises TooMany when its owner has ten, and as `save` does."""
        for owner in await self._owners(sheet.space, sheet.id):
            await self._seat(owner)
        return await self._store(replace(sheet, state="open"), now, [table.c.state != "open"])

    async def hold(self, space: Space, id_: str) -> None:
        """Locks its owner, before the sheet itself is locked: by then it may be opened again (`reopen`)."""
        await lock(self._db, await self._owners(space, id_))

    async def of(
        self,
        person: Person,
        *,
        worksheet: str = "",
        states: Collection[SheetState] = ("open", "done"),
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Sheet, ...]:
        """Those this person owns or co-owns, the newest first. Raises SecretUnreadable."""
        where = _owned(person) & table.c.state.in_(states)
        where = where & (table.c.worksheet == worksheet) if worksheet else where
        order = (table.c.updated_at.desc(), table.c.id)
        rows = await self._db.execute(sa.select(table).where(where).order_by(*order).limit(limit).offset(offset))
        return tuple(map(self._read, rows))

    async def count_open(self, person: Person) -> int:
        """Of how many open ones this person is the owner; of those, ten are allowed."""
        where = _owned(person, "owner") & (table.c.state == "open")
        return (await self._db.execute(sa.select(sa.func.count()).select_from(table).where(where))).scalar_one()

    async def delete(self, space: Space, id_: str) -> bool:
        """For good, for everybody on it, with every comment and reminder. False when it was gone."""
        return (await self._db.execute(sa.delete(table).where(_is(space, id_)))).rowcount == 1

    async def stay(self, space: Space, id_: str, now: datetime) -> bool:
        """Somebody wants to keep it: it counts as touched, as it stands. False when it is gone."""
        values = {"updated_at": now, "warned_at": None}
        return (await self._db.execute(sa.update(table).where(_is(space, id_)).values(values))).rowcount == 1

    async def untouched(self, now: datetime, limit: int) -> tuple[tuple[Space, str], ...]:
        """Unfinished ones, open or put away, that nobody touched for half a year and whose owners were not told."""
        where = (table.c.state != "done") & (table.c.updated_at < now - UNTOUCHED) & table.c.warned_at.is_(None)
        return await self._ids(where, table.c.updated_at, limit)

    async def warn(self, space: Space, id_: str, now: datetime) -> bool:
        """Its owners are told now. False when it was touched, finished or deleted meanwhile, or others told them."""
        still = (table.c.state != "done") & (table.c.updated_at < now - UNTOUCHED) & table.c.warned_at.is_(None)
        done = await self._db.execute(sa.update(table).where(_is(space, id_) & still).values(warned_at=now))
        return done.rowcount == 1

    async def warned_at(self, space: Space, id_: str) -> datetime | None:
        """When its owners were told that it goes; None once it was touched."""
        return (await self._db.execute(sa.select(table.c.warned_at).where(_is(space, id_)))).scalar_one_or_none()

    async def overdue(self, now: datetime, limit: int) -> tuple[tuple[Space, str], ...]:
        """Those whose owners were told thirty days ago and did not touch them since."""
        where = (table.c.state != "done") & (table.c.warned_at < now - NOTICE)
        return await self._ids(where, table.c.warned_at, limit)

    async def expire(self, space: Space, id_: str, now: datetime) -> bool:
        """Deletes one of those; False when somebody touched it after all."""
        overdue = (table.c.state != "done") & (table.c.warned_at < now - NOTICE)
        return (await self._db.execute(sa.delete(table).where(_is(space, id_) & overdue))).rowcount == 1

    async def _ids(
        self, where: sa.ColumnElement[bool], order: sa.Column[datetime], limit: int
    ) -> tuple[tuple[Space, str], ...]:
        statement = sa.select(table.c.space, table.c.id).where(where).order_by(order).limit(limit)
        return tuple((Space.parse(space), id_) for space, id_ in await self._db.execute(statement))

    async def _owners(self, space: Space, id_: str) -> list[Person]:
        on = (sheet_people.c.space == space.key) & (sheet_people.c.sheet == id_) & (sheet_people.c.part == "owner")
        members = (await self._db.execute(sa.select(sheet_people.c.member).where(on))).scalars().all()
        return [Person(space, member) for member in members]

    async def _seat(self, owner: Person) -> None:
        """Room for one open sheet more; the owner is locked, so that nobody else takes it before us."""
        if not await lock(self._db, [owner]):
            raise Conflict("the owner of this sheet left")
        if await self.count_open(owner) >= OPEN_MOST:
            raise TooMany(f"a member has {OPEN_MOST} open sheets at most: put one away or finish one first")

    async def _store(self, sheet: Sheet, now: datetime, allowed: list[sa.ColumnElement[bool]]) -> Sheet:
        saved = replace(sheet, updated_at=now, version=sheet.version + 1)
        values = {
            "lang": sheet.lang, "state": sheet.state, "body": self._sealed(saved), "updated_at": now,
            "warned_at": None, "version": saved.version,
        }  # fmt: skip
        same = sa.and_(_is(sheet.space, sheet.id), table.c.version == sheet.version, *allowed)
        if (await self._db.execute(sa.update(table).where(same).values(values))).rowcount != 1:
            raise Conflict("this sheet is another one by now, or not open any more: read it again")
        return saved

    def _sealed(self, sheet: Sheet) -> bytes:
        body = to_json(sheet)
        if (size := len(body.encode())) > LARGEST:
            raise TooLarge(f"a sheet of {size:,} bytes, {LARGEST:,} is the most: shorten some answers")
        return self._seal.close(body, sheet.space.key, sheet.id)

    def _read(self, row: sa.Row[Any]) -> Sheet:
        return of_json(
            Space.parse(row.space), row.id, self._seal.open(row.body, row.space, row.id), worksheet=row.worksheet,
            lang=row.lang, state=row.state, created_at=row.created_at, updated_at=row.updated_at, version=row.version,
        )  # fmt: skip


def _is(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.id == id_)


def _owned(person: Person, *parts: str) -> sa.ColumnElement[bool]:
    mine = is_person(sheet_people, person) & (sheet_people.c.state == "in")
    mine &= sheet_people.c.part.in_(parts or ("owner", "co-owner"))
    return (table.c.space == person.space.key) & table.c.id.in_(sa.select(sheet_people.c.sheet).where(mine))
