"""Who never meets whom again: by account, in every space of theirs, for ever, also after leaving and coming back.

Nobody but the one who blocked can read it, and nothing else the bot says may let it be guessed.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space, account_of
from store.introduction_tables import blocks as table
from store.rows import CHUNK, lock
from store.tables import members
from store.upsert import upsert

Pairs = frozenset[tuple[str, str]]


class Blocks:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def block(self, who: Person, whom: Person, now: datetime) -> bool:
        """From now on. False when it stood already. What is open between them is for `Introductions.part` to close.
        Introductions begin and are accepted under the same lock, so none slips through in this space."""
        if who.account == whom.account:
            raise ValueError("nobody blocks themselves")
        await lock(self._db, [who, whom])  # whoever is about to introduce them waits, and sees it
        values = {"who": who.account, "whom": whom.account, "at": now}
        return (await self._db.execute(upsert(self._db, table, values, ["who", "whom"], []))).rowcount == 1

    async def unblock(self, who: Person, whom: Person) -> bool:
        """Takes one's own block back; the other's, if there is one, stays."""
        where = (table.c.who == who.account) & (table.c.whom == whom.account)
        return (await self._db.execute(sa.delete(table).where(where))).rowcount == 1

    async def by(self, who: Person) -> frozenset[str]:
        """The accounts this person blocked, for their eyes only."""
        return frozenset((await self._db.execute(sa.select(table.c.whom).where(table.c.who == who.account))).scalars())

    async def between(self, persons: Collection[Person]) -> Pairs:
        """Which of these few (a candidate list, a circle) may not meet, whoever blocked: pairs of ids, each sorted."""
        names = {person.account: person.id for person in persons}
        if len(names) > CHUNK:
            raise ValueError("for a whole community ask `within`")
        where = table.c.who.in_(names) & table.c.whom.in_(names)
        rows = await self._db.execute(sa.select(table.c.who, table.c.whom).where(where))
        return frozenset(_pair(names[who], names[whom]) for who, whom in rows)

    async def within(self, space: Space) -> Pairs:
        """Which members of a space may not meet, whoever blocked: pairs of ids, each sorted."""
        prefix = account_of(space.key, "")
        who, whom = members.alias("one"), members.alias("other")
        rest = len(prefix) + 1
        ours = sa.func.substr(table.c.who, 1, len(prefix)) == prefix
        one = (who.c.space == space.key) & (who.c.member == sa.func.substr(table.c.who, rest))
        other = (whom.c.space == space.key) & (whom.c.member == sa.func.substr(table.c.whom, rest))
        joined = table.join(who, ours & one).join(whom, other)
        rows = await self._db.execute(sa.select(who.c.member, whom.c.member).select_from(joined))
        return frozenset(_pair(a, b) for a, b in rows)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
