"""What members report to their moderators: the words sealed, the reporter shown to nobody.

A report outlives both members: whoever did harm does not get rid of it by leaving.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.people import Person, Space
from store.errors import Conflict
from store.introduction_tables import reports as table
from store.keyring import Keyring
from store.sealed import Sealed

ReportState = Literal["open", "seen", "closed"]
LONGEST = 1_000
"""Characters of a report."""


@dataclass(frozen=True, slots=True)
class Report:
    """As a moderator may see it: `about` whom, None for somebody who was forgotten before it was filed; never from
    whom. `introduction`: where they met, if it was one."""

    space: Space
    id: str
    about: Person | None
    introduction: str | None
    reason: str
    words: str
    at: datetime
    state: ReportState
    handled_by: Person | None
    handled_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Filed:
    """That there is a report: about whom (the platform's id, "" for who was forgotten before), never from whom."""

    space: Space
    id: str
    about: str
    reason: str
    at: datetime
    state: ReportState


class Reports:
    """Bound to one transaction. Reading and writing need STEPPINGSTONE_KEYS."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._seal = connection, Sealed(table.c.words, keyring)

    async def file(
        self,
        reporter: Person,
        about: Person | None,
        reason: str,
        words: str,
        now: datetime,
        *,
        introduction: str | None = None,
    ) -> str:
        """Into the queue; gives back the report's id. `about` None: they were forgotten, and nobody is named. Raises
        LimitError when the words are too long."""
        if len(words) > LONGEST:
            raise LimitError(f"a report has at most {LONGEST} characters")
        if about is not None and reporter.space != about.space:
            raise ValueError("both are members of one space")
        id_, space = os.urandom(12).hex(), reporter.space.key
        values = {
            "space": space, "id": id_, "reporter": reporter.id, "about": about.id if about else "",
            "introduction": introduction, "reason": reason, "words": self._seal.close(words, space, id_), "at": now,
            "state": "open",
        }  # fmt: skip
        await self._db.execute(sa.insert(table).values(values))
        return id_

    async def get(self, space: Space, id_: str) -> Report | None:
        """One report. Raises SecretUnreadable."""
        row = (await self._db.execute(sa.select(table).where(_is(space, id_)))).one_or_none()
        return self._read(row) if row else None

    async def queue(
        self, space: Space, states: Collection[ReportState] = ("open", "seen"), limit: int = 50
    ) -> tuple[Report, ...]:
        """The moderators' queue, the oldest first. Raises SecretUnreadable."""
        where = (table.c.space == space.key) & table.c.state.in_(states)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.at, table.c.id).limit(limit))
        return tuple(map(self._read, rows))

    async def waiting(self, limit: int = 200) -> tuple[Filed, ...]:
        """What waits in all communities, the oldest first, for whoever runs the bot: somebody has to read reports about
        a community's only owner. Without the words."""
        columns = (table.c.space, table.c.id, table.c.about, table.c.reason, table.c.at, table.c.state)
        where = table.c.state != "closed"
        rows = await self._db.execute(sa.select(*columns).where(where).order_by(table.c.at, table.c.id).limit(limit))
        return tuple(Filed(Space.parse(row.space), *row[1:]) for row in rows)

    async def find(self, id_: str) -> Report | None:
        """One by its id alone, as `waiting` names it. Raises SecretUnreadable."""
        row = (await self._db.execute(sa.select(table).where(table.c.id == id_))).one_or_none()
        return self._read(row) if row else None

    async def counts(self, about: Person) -> int:
        """How many reports there are about somebody."""
        where = (table.c.space == about.space.key) & (table.c.about == about.id)
        return (await self._db.execute(sa.select(sa.func.count()).select_from(table).where(where))).scalar_one()

    async def state(self, space: Space, id_: str) -> ReportState | None:
        """How far it is; the words stay sealed."""
        return (await self._db.execute(sa.select(table.c.state).where(_is(space, id_)))).scalar_one_or_none()

    async def handle(
        self,
        space: Space,
        id_: str,
        of: Collection[ReportState],
        to: ReportState,
        by: Person,
        now: datetime,
        *,
        outcome: str | None = None,
    ) -> None:
        """A moderator looked at it, or closed it. Raises Conflict when another one was first."""
        values = {"state": to, "handled_by": by.id, "handled_at": now, "outcome": outcome}
        where = _is(space, id_) & table.c.state.in_(of)
        if by.space != space or (await self._db.execute(sa.update(table).where(where).values(values))).rowcount != 1:
            raise Conflict("this report was handled meanwhile: read it again")

    async def reporter(self, space: Space, id_: str) -> Person | None:
        """Whom the bot carries a moderator's answer to. Only for that: it is shown to nobody."""
        found = (await self._db.execute(sa.select(table.c.reporter).where(_is(space, id_)))).scalar_one_or_none()
        return Person(space, found) if found else None

    def _read(self, row: sa.Row[Any]) -> Report:
        space = Space.parse(row.space)
        return Report(
            space, row.id, Person(space, row.about) if row.about else None, row.introduction, row.reason,
            self._seal.open(row.words, row.space, row.id), row.at, row.state,
            Person(space, row.handled_by) if row.handled_by else None, row.handled_at, row.outcome,
        )  # fmt: skip


def _is(space: Space, id_: str) -> sa.ColumnElement[bool]:
    return (table.c.space == space.key) & (table.c.id == id_)
