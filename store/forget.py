"""Real deletion: rows go, nothing is marked; what others share is closed politely (store/parting.py). What a decision
names as staying stands in store/kept.py (NOBODYS)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from content.data_words import Family
from store.errors import StoreError
from store.kept import KEPT, Having, rows_of, whose
from store.members import Members
from store.parting import leave_introductions, leave_programmes, part, take_back
from store.rows import lock
from store.sheet_leaving import leave_sheets
from store.sheet_tables import sheet_asked, sheet_drafts
from store.tables import budget, deliveries, drafts, members, nudges

DRAFTS_KEPT = timedelta(days=180)
ASKED_KEPT = timedelta(days=90)
"""How long it counts that somebody was asked onto a sheet, also when that is gone."""

_AS_NEW: dict[str, Any] = {
    "language": "auto", "locale": None, "zone": None, "zone_source": None, "zone_seen": None, "role": None,
    "quiz": None, "track": "any", "optins": "", "onboarded": "",
}  # fmt: skip
"""A member of whom only that they exist is known."""


class Forget:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def here(self, person: Person, now: datetime) -> None:
        """Everything of a person in this space. What they share with others is closed. What keeps the same account at
        one message a day stays while it is known in another space: it says no more than a date.

        The locks are taken in the order members, nudges, deliveries, then what is shared (see `Tx`), the first weakly:
        whoever plans holds the nudge and looks at the member, whoever records goes the same way, so nobody waits in a
        circle, and no row is written behind the deletion. Introductions begin under the same lock of the member.
        """
        if self._db.dialect.name == "postgresql":
            for table, weakly in ((members, True), (nudges, False), (deliveries, False)):
                held = sa.select(sa.literal(1)).select_from(table).where(whose(table, person))
                await self._db.execute(held.with_for_update(key_share=weakly))
        await part(self._db, person, now)
        await self._db.execute(sa.delete(members).where(whose(members, person)))  # the rest by the foreign keys
        if await Members(self._db).accounts(person) == (person,):  # known nowhere else
            await self._db.execute(sa.delete(budget).where(whose(budget, person)))

    async def family(self, person: Person, family: Family, now: datetime) -> int:
        """One family alone; gives back how many rows held something of it. Whoever waits for the person in what is
        closed by it can be told."""
        kept = next(kept for kept in KEPT if kept.family == family)
        if not kept.alone:
            raise StoreError(f"{family} goes with another family, or with everything")
        where = rows_of(kept, person)
        match family:
            case "seeking" | "hosting":
                await lock(self._db, [person])
                return await take_back(self._db, person, now, "seeker" if family == "seeking" else "host")
            case "talks":
                await lock(self._db, [person])
                return await leave_introductions(self._db, person, now)
            case "programmes":
                return await leave_programmes(self._db, person)
            case "sheets":
                await lock(self._db, [person])
                owned = await Having(self._db, None).count(kept, person)
                await leave_sheets(self._db, person)
                return owned
            case "you":
                return (await self._db.execute(sa.update(members).where(where).values(**_AS_NEW))).rowcount
            case "notes":
                return (await self._db.execute(sa.update(deliveries).where(where).values(note=None))).rowcount
            case _:
                return (await self._db.execute(sa.delete(kept.table).where(where))).rowcount

    async def drafts(self, now: datetime) -> int:
        """Half-typed forms nobody touched for long, and what counts no more of questions about sheets; gives back how
        many."""
        old = [sa.delete(table).where(table.c.kept_at < now - DRAFTS_KEPT) for table in (drafts, sheet_drafts)]
        old.append(sa.delete(sheet_asked).where(sheet_asked.c.at < now - ASKED_KEPT))
        return sum([(await self._db.execute(statement)).rowcount for statement in old])
