"""What a member has learned and when to ask for it again; the card's words belong to habit.recall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.tables import recalls
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Learned:
    """One question a member may be asked. `rev` is the prompt's when it was learned: another meaning starts anew."""

    person: Person
    prompt: str
    rev: int
    card: str
    due: date


class Recalls:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def keep(self, learned: Learned) -> None:
        """Learned, or reviewed."""
        values = {
            "space": learned.person.space.key, "member": learned.person.id, "prompt": learned.prompt,
            "rev": learned.rev, "card": learned.card, "due": learned.due,
        }  # fmt: skip
        key = ["space", "member", "prompt"]
        await self._db.execute(upsert(self._db, recalls, values, key, ["rev", "card", "due"]))

    async def get(self, person: Person, prompt: str) -> Learned | None:
        """The card of one prompt."""
        where = (recalls.c.space == person.space.key) & (recalls.c.member == person.id) & (recalls.c.prompt == prompt)
        row = (await self._db.execute(sa.select(recalls).where(where))).one_or_none()
        return Learned(person, row.prompt, row.rev, row.card, row.due) if row else None

    async def due(self, persons: Sequence[Person], today: date) -> dict[Person, list[Learned]]:
        """For each person what is due on or before a day, the longest due first."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(recalls.c.space, recalls.c.member).in_(keys) & (recalls.c.due <= today)
        found: dict[Person, list[Learned]] = {person: [] for person in persons}
        statement = sa.select(recalls).where(where).order_by(recalls.c.due, recalls.c.prompt)
        for row in await self._db.execute(statement) if keys else ():
            person = Person(Space.parse(row.space), row.member)
            found[person].append(Learned(person, row.prompt, row.rev, row.card, row.due))
        return found
