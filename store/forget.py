"""Real deletion: rows go, nothing is marked. What a decision names as staying stands in store/kept.py (NOBODYS)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from content.data_words import Family
from store.errors import StoreError
from store.kept import KEPT, rows_of, whose
from store.members import Members
from store.tables import budget, deliveries, drafts, members, nudges

DRAFTS_KEPT = timedelta(days=180)

_AS_NEW: dict[str, Any] = {
    "language": "auto", "locale": None, "zone": None, "zone_source": None, "zone_seen": None, "role": None,
    "quiz": None, "track": "any", "optins": "", "onboarded": "",
}  # fmt: skip
"""A member of whom only that they exist is known."""


class Forget:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def here(self, person: Person) -> None:
        """Everything of a person in this space. What keeps the same account at one message a day stays while it is
        known in another space: it says no more than a date.

        The locks are taken in the order members, nudges, deliveries, the first weakly: whoever plans holds the nudge
        and looks at the member, whoever records goes the same way, so nobody waits in a circle, and no row is written
        behind the deletion.
        """
        if self._db.dialect.name == "postgresql":
            for table, weakly in ((members, True), (nudges, False), (deliveries, False)):
                held = sa.select(sa.literal(1)).select_from(table).where(whose(table, person))
                await self._db.execute(held.with_for_update(key_share=weakly))
        await self._db.execute(sa.delete(members).where(whose(members, person)))  # the rest by the foreign keys
        if await Members(self._db).accounts(person) == (person,):  # known nowhere else
            await self._db.execute(sa.delete(budget).where(whose(budget, person)))

    async def family(self, person: Person, family: Family) -> int:
        """One family alone; gives back how many rows held something of it."""
        kept = next(kept for kept in KEPT if kept.family == family)
        where = rows_of(kept, person)
        match family:
            case "reach" | "day":
                raise StoreError(f"{family} goes with everything")
            case "you":
                return (await self._db.execute(sa.update(members).where(where).values(**_AS_NEW))).rowcount
            case "notes":
                return (await self._db.execute(sa.update(deliveries).where(where).values(note=None))).rowcount
            case _:
                return (await self._db.execute(sa.delete(kept.table).where(where))).rowcount

    async def drafts(self, now: datetime) -> int:
        """Half-typed forms nobody touched for long; gives back how many."""
        return (await self._db.execute(sa.delete(drafts).where(drafts.c.kept_at < now - DRAFTS_KEPT))).rowcount
