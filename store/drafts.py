"""Half-filled forms: what a member typed is never lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person
from store.tables import drafts
from store.upsert import upsert

Typed = Mapping[str, str | tuple[str, ...]]


class Drafts:
    """Bound to one transaction; `form` is the wire name of the form's action."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def keep(self, person: Person, form: str, answers: Typed, now: datetime) -> None:
        """The newest version replaces the one before."""
        values = {
            "space": person.space.key,
            "member": person.id,
            "form": form,
            "answers": dict(answers),
            "kept_at": now,
        }
        await self._db.execute(upsert(self._db, drafts, values, ["space", "member", "form"], ["answers", "kept_at"]))

    async def get(self, person: Person, form: str) -> Typed | None:
        """What was typed, by question key."""
        statement = sa.select(drafts.c.answers).where(_of(person) & (drafts.c.form == form))
        found = (await self._db.execute(statement)).scalar_one_or_none()
        if found is None:
            return None
        return {key: value if isinstance(value, str) else tuple(value) for key, value in found.items()}

    async def drop(self, person: Person, form: str) -> None:
        """After the form was accepted."""
        await self._db.execute(sa.delete(drafts).where(_of(person) & (drafts.c.form == form)))


def _of(person: Person) -> sa.ColumnElement[bool]:
    return (drafts.c.space == person.space.key) & (drafts.c.member == person.id)
