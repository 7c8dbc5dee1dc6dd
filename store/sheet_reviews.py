"""Sheets that look for a second pair of eyes: what is shown, until when, and when somebody is looked for next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Space
from store.errors import Conflict
from store.rows import columns_of, read
from store.sheet_tables import sheet_reviews as table
from store.sheet_tables import sheets

ReviewState = Literal["draft", "looking", "asked", "reading", "over"]
REVIEWS = "reviews"
"""The programme whose participants read the sheets of others."""
EDITION = "reviews-1"
"""Of the rules readers and writers agree to (sheets/reader_cards.py): a new one is agreed to anew."""
STANDS = timedelta(days=14)
"""How long somebody is looked for."""
ANSWER = timedelta(hours=48)
"""How long who was asked has to say yes."""
READS = timedelta(days=30)
"""How long a reader sees the sheet."""
TRIES = 5
"""Readers asked, one after the other, before its owner hears that nobody is free; from then on one a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetReview:
    """One sheet's. `draft`: its owner looks at what a reader would see. `asked`: a question to somebody is open;
    `reading`: somebody said yes. `shown`: keys of the steps whoever is asked now would see; `named`: who is asked sees
    what it is called; `field`: an industry's code or "". `draft_…`: the same of a request its owner looks at and has
    not sent off, beside one that may run; no steps for none. `told`: the owner knows that nobody is free. `version` 0:
    not stored."""

    space: Space
    sheet: str
    state: ReviewState
    shown: frozenset[str]
    named: bool
    field: str
    told: bool
    begun_at: datetime
    ends_at: datetime
    next_at: datetime | None
    draft_shown: frozenset[str] = frozenset()
    draft_named: bool = True
    draft_field: str = ""
    version: int = 0

    @property
    def looks(self) -> bool:
        """Whether somebody is looked for, or was asked."""
        return self.state in {"looking", "asked"}


class SheetReviews:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, space: Space, sheet: str) -> SheetReview | None:
        """A sheet's; None when nobody ever asked for one."""
        row = (await self._db.execute(sa.select(table).where(_is(space, sheet)))).one_or_none()
        return read(SheetReview, row) if row else None

    async def save(self, review: SheetReview) -> SheetReview:
        """As somebody who read `review.version` left it. Raises Conflict when it changed meanwhile, or the sheet is
        gone."""
        held = sa.select(sheets.c.id).where((sheets.c.space == review.space.key) & (sheets.c.id == review.sheet))
        if (await self._db.execute(held.with_for_update())).first() is None:
            raise Conflict("this sheet is gone")
        saved = replace(review, version=review.version + 1)
        values = columns_of(saved)
        if review.version == 0:
            known = await self.get(review.space, review.sheet)
            done = None if known else await self._db.execute(sa.insert(table).values(values))
        else:
            same = _is(review.space, review.sheet) & (table.c.version == review.version)
            done = await self._db.execute(sa.update(table).where(same).values(values))
        if done is None or done.rowcount != 1:
            raise Conflict("this request is another one by now: read it again")
        return saved

    async def again(self, space: Space, ids: Collection[str], now: datetime) -> None:
        """Who reads these, or was asked to, does not any more: somebody else is looked for, and where the first had
        said yes as long as from the beginning."""
        those = (table.c.space == space.key) & table.c.sheet.in_(ids)
        looks = {"state": "looking", "next_at": now, "version": table.c.version + 1}
        anew = {"begun_at": now, "ends_at": now + STANDS, "told": False}
        await self._db.execute(sa.update(table).where(those, table.c.state == "asked").values(looks))
        await self._db.execute(sa.update(table).where(those, table.c.state == "reading").values(looks | anew))

    async def due(self, now: datetime, most: int) -> tuple[SheetReview, ...]:
        """Those for which somebody is to be looked for, out of all spaces, the longest due first."""
        where = (table.c.next_at <= now) & table.c.state.in_(("looking", "asked"))
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.next_at).limit(most))
        return tuple(read(SheetReview, row) for row in rows)


def _is(space: Space, sheet: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.sheet == sheet)
