"""What we keep of a member: every column of theirs belongs to exactly one family here, or the tests fail.

`/mydata` shows, gives out and deletes by this list alone, so a table that is not in it cannot be forgotten. Sealed
words are opened for their own author.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from content.data_words import Family
from store.errors import StoreError
from store.introduction_tables import conducts, hosts, introductions, met, notes, seekers, sides
from store.keyring import Keyring
from store.round_tables import circle_members, programme_members, round_members
from store.rows import is_person
from store.sealed import Sealed
from store.sheet_people import WRITERS
from store.sheet_tables import (
    sheet_asked,
    sheet_asks,
    sheet_comments,
    sheet_drafts,
    sheet_follows,
    sheet_people,
    sheets,
)
from store.tables import budget, deliveries, drafts, members, nudges, recalls, reflections

log = logging.getLogger(__name__)

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
_LETTERS = (
    "id", "subject", "day", "extra", "state", "attempt", "not_before", "claimed_by", "lease_until", "first_claimed_at",
    "place", "message", "error", "planned_at", "sent_at",
)  # fmt: skip
"""What a letter has of the ledger's columns: its rows are apart from those of steps, see rows_of."""
_REACH = ("created_at", "consent_at", "consent_version", "direct", "reachable", "left_at", "asked_at")

KEPT = (
    Kept("you", members, _ABOUT),
    Kept("reach", members, _REACH, alone=False),
    Kept("recipe", nudges, _all(nudges)),
    Kept("steps", deliveries, _all(deliveries, "note")),
    Kept("letters", deliveries, _LETTERS),
    Kept("notes", deliveries, ("day", "note")),
    Kept("questions", recalls, _all(recalls)),
    Kept("weeks", reflections, _all(reflections)),
    Kept("drafts", drafts, _all(drafts)),
    Kept("day", budget, _all(budget), alone=False),
    Kept("seeking", seekers, _all(seekers)),
    Kept("hosting", hosts, _all(hosts)),
    Kept("talks", introductions, _all(introductions)),
    Kept("said", sides, _all(sides), alone=False),
    Kept("met", met, _all(met)),
    Kept("talk_notes", notes, _all(notes)),
    Kept("programmes", programme_members, _all(programme_members)),
    Kept("rounds", round_members, _all(round_members), alone=False),
    Kept("circles", circle_members, _all(circle_members)),
    Kept("conduct", conducts, _all(conducts), alone=False),
    Kept("sheets", sheets, _all(sheets)),
    Kept("sheet_parts", sheet_people, _all(sheet_people), alone=False),
    Kept("sheet_comments", sheet_comments, _all(sheet_comments)),
    Kept("sheet_follows", sheet_follows, _all(sheet_follows), alone=False),
    Kept("sheet_asks", sheet_asks, _all(sheet_asks), alone=False),
    Kept("sheet_asked", sheet_asked, _all(sheet_asked), alone=False),
    Kept("sheet_drafts", sheet_drafts, _all(sheet_drafts)),
)
NOBODYS: Mapping[str, str] = {
    "spaces": "communities",
    "space_secrets": "tokens of communities",
    "inbox": "what a platform told us: the words stay until they are handled, seconds as a rule, the keys for 26 hours",
    "rests": "who asked for quiet: platforms and communities",
    "starts": "our own connections to Discord",
    "workers": "our own processes",
    "facts": "facts of the house",
    "programmes": "what a community offers and when, as its owner set it",
    "rounds": "dates, seeds and figures of a community's rounds, and why groups fit, by group and not by name",
    "circles": "what a circle shares: theme, language, hour, questions; who is in it stands in circle_members",
    "sheet_shares": "in which channels a sheet was shared; it names nobody and goes with the sheet",
    "sheet_reviews": "what of a sheet its readers see, and until when; it names nobody and goes with the sheet",
    "blocks": "by account, and stays: whoever is blocked does not get round it by leaving or by deleting what is kept",
    "reports": "for moderators, and stays: whoever did harm does not get rid of it; the reporter is shown to nobody",
}
"""Tables that hold nothing of one member, or what stays for the safety of others, and why."""
_ORDER = (
    "day", "planned_at", "due", "form", "proposed_at", "programme", "number", "joined_at", "created_at", "added_at",
    "asked_at", "at", "introduction", "circle", "sheet", "kind",
)  # fmt: skip

Row = dict[str, Any]


def whose(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    """The rows of a person in a table of KEPT."""
    if table is budget:
        return table.c.who == person.account
    if table is met:
        return (table.c.space == person.space.key) & ((table.c.a == person.id) | (table.c.b == person.id))
    if table is sheets:
        written = is_person(sheet_people, person) & sheet_people.c.part.in_(WRITERS) & (sheet_people.c.state == "in")
        return (table.c.space == person.space.key) & table.c.id.in_(sa.select(sheet_people.c.sheet).where(written))
    if table is introductions:
        own = sa.select(sides.c.introduction).where(is_person(sides, person))
        return (table.c.space == person.space.key) & table.c.id.in_(own)
    return is_person(table, person)


def rows_of(kept: Kept, person: Person) -> sa.ColumnElement[bool]:
    """The rows in which there is something of the family."""
    where = whose(kept.table, person)
    match kept.family:
        case "notes":
            return where & deliveries.c.note.is_not(None)
        case "letters":
            return where & (deliveries.c.kind == "letter")
        case "steps":
            return where & (deliveries.c.kind != "letter")
        case _:
            return where


class Having:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring | None) -> None:
        self._db, self._keyring = connection, keyring

    async def counts(self, person: Person) -> dict[Family, int]:
        """How many rows of each family there are."""
        counts: dict[Family, int] = {}
        for kept in KEPT:
            counts[kept.family] = await self.count(kept, person)
        return counts

    async def count(self, kept: Kept, person: Person) -> int:
        """Of one family."""
        statement = sa.select(sa.func.count()).select_from(kept.table).where(rows_of(kept, person))
        return (await self._db.execute(statement)).scalar_one()

    async def rows(self, person: Person) -> dict[Family, list[Row]]:
        """Everything, oldest first where there is an order. What was sealed stands open; None where no key of ours
        opens it any more."""
        found: dict[Family, list[Row]] = {}
        for kept in KEPT:
            table = kept.table
            order = [table.c[name] for name in _ORDER if name in table.c]
            result = await self._db.execute(sa.select(table).where(rows_of(kept, person)).order_by(*order))
            rows = [self._opened(table, dict(row)) for row in result.mappings()]
            found[kept.family] = [{name: row[name] for name in kept.columns} for row in rows]
        return found

    def _opened(self, table: sa.Table, row: Row) -> Row:
        key = [row[column.name] for column in table.primary_key.columns]
        for column in table.columns:
            if isinstance(column.type, sa.LargeBinary) and row[column.name] is not None:
                try:
                    row[column.name] = Sealed(column, self._keyring).open(row[column.name], *key)
                except StoreError:
                    log.warning(
                        "sealed words do not open for their author", extra={"table": table.name, "space": key[0]}
                    )
                    row[column.name] = None
        return row
