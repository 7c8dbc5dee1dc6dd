"""A row and its dataclass, field by column, and the optimistic save of what a member edits in two open windows."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.people import Person, Space
from store.errors import Conflict
from store.tables import members
from store.upsert import upsert

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    class Versioned(DataclassInstance, Protocol):
        """What several windows may edit. `version` 0: never stored."""

        @property
        def version(self) -> int: ...

    T = TypeVar("T", bound=DataclassInstance)
    V = TypeVar("V", bound=Versioned)

log = logging.getLogger(__name__)

CHUNK = 5_000
"""How many keys one statement names at most: the databases count their parameters."""


def read(kind: type[T], row: sa.Row[Any], **more: object) -> T:
    """The dataclass of a row. Its field `person` takes the columns space and member, `space` the space; the others are
    named like their columns, and columns without a field are left. `more`: fields that have no column."""
    named = {field.name for field in fields(kind)}
    made = {name: getattr(row, name) for name in named - {"person", "space"} - set(more)} | more
    space = Space.parse(row.space)
    if "person" in named:
        made["person"] = Person(space, row.member)
    if "space" in named:
        made["space"] = space
    return kind(**made)


def readable(kind: type[T], rows: Iterable[sa.Row[Any]]) -> tuple[T, ...]:
    """Of many rows those that can be read: one that no longer can keeps nobody else waiting."""
    made: list[T] = []
    for row in rows:
        try:
            made.append(read(kind, row))
        except LimitError as error:
            fields = {"space": row.space, "kind": kind.__name__, "why": str(error)}
            log.warning("a row cannot be read", extra=fields | {"member": getattr(row, "member", None)})
    return tuple(made)


def columns_of(thing: DataclassInstance) -> dict[str, object]:
    """The inverse of `read`."""
    made: dict[str, object] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        match value:
            case Person():
                made |= {"space": value.space.key, "member": value.id}
            case Space():
                made["space"] = value.key
            case _:
                made[field.name] = value
    return made


async def save(db: AsyncConnection, table: sa.Table, thing: V, now: datetime) -> V:
    """Stores a thing as its editor left it and gives it back with its new version. Raises Conflict when somebody else
    stored it since the editor read it; `version` 0 says that there was nothing to read."""
    saved = replace(thing, version=thing.version + 1, updated_at=now)
    values = columns_of(saved)
    key = [column.name for column in table.primary_key.columns]
    if thing.version == 0:
        done = await db.execute(upsert(db, table, values, key, []))
    else:
        same = sa.and_(*(table.c[name] == values[name] for name in key), table.c.version == thing.version)
        done = await db.execute(sa.update(table).where(same).values(**values))
    if done.rowcount != 1:
        raise Conflict(f"this row of {table.name} is another one by now: read it again")
    return saved


def is_person(table: sa.Table, person: Person) -> sa.ColumnElement[bool]:
    """The rows of a person."""
    return (table.c.space == person.space.key) & (table.c.member == person.id)


def ids(persons: Collection[Person]) -> list[tuple[str, list[str]]]:
    """The ids of persons by their space's key, all sorted, in parts that one statement can name."""
    found: dict[str, list[str]] = {}
    for person in sorted(set(persons)):
        found.setdefault(person.space.key, []).append(person.id)
    return [(space, all_[n : n + CHUNK]) for space, all_ in found.items() for n in range(0, len(all_), CHUNK)]


async def lock(db: AsyncConnection, persons: Collection[Person]) -> frozenset[Person]:
    """Until this transaction ends nobody else locks any of these members or forgets them; gives back those there are.
    The first thing of a transaction that locks more."""
    there: set[Person] = set()
    for space, part in ids(persons):
        statement = sa.select(members.c.member).where((members.c.space == space) & members.c.member.in_(part))
        rows = await db.execute(statement.order_by(members.c.member).with_for_update(key_share=True))
        there |= {Person(Space.parse(space), member) for member in rows.scalars()}
    return frozenset(there)
