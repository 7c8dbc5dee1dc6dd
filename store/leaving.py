"""Who has left: a member, or the bot a whole space. What we keep of them goes thirty days later, unless they come back.

Slack tells when an account is deactivated. Discord tells only with a privileged intent, so each member is asked about
once a week, and soon after a message did not arrive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.kept import whose
from store.nudges import Nudges
from store.tables import members, spaces

GRACE = timedelta(days=30)
ASKED_EVERY = timedelta(days=7)


class Leaving:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def to_ask(self, platform: str, now: datetime, limit: int) -> tuple[Person, ...]:
        """Members of spaces we are in of whom the platform said nothing for a week, whoever waits longest first."""
        old = members.c.asked_at.is_(None) | (members.c.asked_at < now - ASKED_EVERY)
        statement = (
            sa.select(members.c.space, members.c.member)
            .join(spaces, spaces.c.space == members.c.space)
            .where(spaces.c.platform == platform, spaces.c.left_at.is_(None), old)
            .order_by(members.c.asked_at.is_not(None), members.c.asked_at, members.c.space, members.c.member)
            .limit(limit)
        )
        return _persons((await self._db.execute(statement)).all())

    async def asked(self, persons: Sequence[Person], now: datetime) -> None:
        """The platform could not say whether these are here; next week again."""
        await self._set(persons, {"asked_at": now})

    async def here(self, persons: Sequence[Person], now: datetime) -> None:
        """These are here (again)."""
        await self._set(persons, {"asked_at": now, "left_at": None})

    async def left(self, persons: Sequence[Person], now: datetime) -> None:
        """These have left: their daily step is off, and the thirty days run from when we first knew."""
        first = sa.func.coalesce(members.c.left_at, sa.literal(now, members.c.left_at.type))
        await self._set(persons, {"asked_at": now, "left_at": first})
        for person in persons:
            await Nudges(self._db).turn_off(person, now)

    async def overdue(self, now: datetime, limit: int) -> tuple[Person, ...]:
        """Members who left, or whose space we left, more than thirty days ago."""
        statement = (
            sa.select(members.c.space, members.c.member)
            .join(spaces, spaces.c.space == members.c.space)
            .where((members.c.left_at < now - GRACE) | (spaces.c.left_at < now - GRACE))
            .order_by(members.c.space, members.c.member)
            .limit(limit)
        )
        return _persons((await self._db.execute(statement)).all())

    async def is_overdue(self, person: Person, now: datetime) -> bool:
        """The same of one, who may have come back meanwhile; their row is held to the end of the transaction."""
        statement = (
            sa.select(members.c.left_at, spaces.c.left_at)
            .join(spaces, spaces.c.space == members.c.space)
            .where(whose(members, person))
            .with_for_update(of=members, key_share=True)
        )
        row = (await self._db.execute(statement)).one_or_none()
        return row is not None and any(at is not None and at < now - GRACE for at in row)

    async def forget_spaces(self, now: datetime) -> int:
        """Spaces we left as long ago, their tokens with them, once nobody of them is known any more."""
        empty = ~sa.exists().where(members.c.space == spaces.c.space)
        gone = sa.delete(spaces).where(spaces.c.left_at < now - GRACE, empty)
        return (await self._db.execute(gone)).rowcount

    async def _set(self, persons: Sequence[Person], values: dict[str, object]) -> None:
        for person in persons:
            await self._db.execute(sa.update(members).where(whose(members, person)).values(**values))


def _persons(rows: Sequence[Any]) -> tuple[Person, ...]:
    return tuple(Person(Space.parse(space), member) for space, member in map(tuple, rows))
