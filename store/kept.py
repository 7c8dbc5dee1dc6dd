"""What we keep of a member: every column of theirs belongs to exactly one family here, or the tests fail.

`/mydata` shows, gives out and deletes by this list alone, so a table that is not in it cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from content.data_words import Family
from store.tables import budget, deliveries, drafts, members, nudges, recalls, reflections

KEYS = frozenset({"space", "member", "who"})
"""Columns that say whose a row is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A family and its columns. `alone`: it can be deleted by itself."""

    family: Family
    table: sa.Table
    columns: tuple[str, ...]
    alone: bool = True


def _all(table: sa.Table, *but: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in KEYS | set(but))


_ABOUT = ("language", "locale", "zone", "zone_source", "zone_seen", "role", "quiz", "track", "optins", "onboarded")
_REACH = ("created_at", "consent_at", "consent_version", "direct", "reachable", "left_at", "asked_at")

KEPT = (
    Kept("you", members, _ABOUT),
    Kept("reach", members, _REACH, alone=False),
    Kept("recipe", nudges, _all(nudges)),
    Kept("steps", deliveries, _all(deliveries, "note")),
    Kept("notes", deliveries, ("day", "note")),
    Kept("questions", recalls, _all(recalls)),
    Kept("weeks", reflections, _all(reflections)),
    Kept("drafts", drafts, _all(drafts)),
    Kept("day", budget, _all(budget), alone=False),
)
NOBODYS: Mapping[str, str] = {
    "spaces": "communities",
    "space_secrets": "tokens of communities",
    "inbox": "what a platform told us: the words stay until they are handled, seconds as a rule, the keys for 26 hours",
    "rests": "who asked for quiet: platforms and communities",
    "starts": "our own connections to Discord",
    "workers": "our own processes",
    "facts": "facts of the house",
}
"""Tables that hold nothing of one member, and what they hold."""

Row = dict[str, Any]


def whose(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    """The rows of a person in a table of KEPT."""
    if table is budget:
        return table.c.who == person.account
    return (table.c.space == person.space.key) & (table.c.member == person.id)


def rows_of(kept: Kept, person: Person) -> sa.ColumnElement[bool]:
    """The rows in which there is something of the family."""
    where = whose(kept.table, person)
    return where & kept.table.c.note.is_not(None) if kept.family == "notes" else where


class Having:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def counts(self, person: Person) -> dict[Family, int]:
        """How many rows of each family there are."""
        counts: dict[Family, int] = {}
        for kept in KEPT:
            statement = sa.select(sa.func.count()).select_from(kept.table).where(rows_of(kept, person))
            counts[kept.family] = (await self._db.execute(statement)).scalar_one()
        return counts

    async def rows(self, person: Person) -> dict[Family, list[Row]]:
        """Everything, oldest first where there is an order."""
        found: dict[Family, list[Row]] = {}
        for kept in KEPT:
            table = kept.table
            order = [table.c[name] for name in ("day", "planned_at", "due", "form") if name in table.c]
            statement = sa.select(*(table.c[name] for name in kept.columns)).where(rows_of(kept, person))
            result = await self._db.execute(statement.order_by(*order))
            found[kept.family] = [dict(row) for row in result.mappings()]
        return found
