"""One unsolicited message a person and local day, over all features and all spaces: the table's key is the rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from store.bulk import insert_new
from store.tables import budget

KEPT = timedelta(days=14)


class Wish(NamedTuple):
    """Somebody would like to write to a person unasked on a local day; `at` is the instant it was due, `account` the
    human as far as the platform tells (`Person.account`)."""

    account: str
    day: date
    kind: str
    at: datetime


class Budget:
    """Bound to one transaction. Every unsolicited message asks here first; answers to a member's own act do not."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def take(self, wishes: Sequence[Wish]) -> frozenset[tuple[str, date]]:
        """The (account, day) pairs that may be used; a day that is taken already is left out. Of several wishes for
        one day the first counts."""
        rows = {(wish.account, wish.day): wish for wish in reversed(wishes)}
        new = await insert_new(self._db, budget, ("who", "day", "kind", "at"), list(rows.values()), ("who", "day"))
        return frozenset((str(who), day) for who, day in new)

    async def prune(self, today: date) -> int:
        """Forgets days long gone."""
        return (await self._db.execute(sa.delete(budget).where(budget.c.day < today - KEPT))).rowcount
