"""Two spaces with the same member ids never meet, whatever is called; the database itself keeps them apart."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime, time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import create_async_engine

from chat.moment import Occurrence, Schedule
from chat.people import NOTHING_SAID, Person, Space
from store import Store, Tx
from store.budget import Budget, Wish
from store.claims import Claims
from store.deliveries import Deliveries, NewDelivery
from store.drafts import Drafts
from store.engine import read_url
from store.members import Members
from store.nudges import Nudges
from store.recalls import Learned, Recalls
from store.reflections import Reflection, Reflections
from store.secrets import Secrets
from store.spaces import Spaces

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FRODO = Person(Space("slack", "TSHIRE"), "U1")
TWIN = Person(Space("slack", "TBREE"), "U1")  # the same id in another workspace
COUSIN = Person(Space("discord", "TSHIRE"), "U1")  # and on another platform
EIGHT = Schedule(time(8), "Europe/London")


async def settle(tx: Tx, person: Person) -> str:
    """Gives a person something in every table."""
    await tx.members.meet(person, NOTHING_SAID, NOW)
    await tx.nudges.save(
        person, anchor="a", tiny="t", celebrate="c", schedule=EIGHT, next=Occurrence(date(2026, 11, 21), NOW), now=NOW
    )
    made = await tx.deliveries.plan_one(NewDelivery(person, "prompt", date(2026, 11, 20), NOW, subject="prompt.x"))
    assert made is not None
    await tx.deliveries.answer(person, made.id, "done", NOW, celebration="begun")
    await tx.drafts.keep(person, "recipe-given", {"anchor": "a"}, NOW)
    await tx.recalls.keep(Learned(person, "prompt.x", 1, "{}", NOW.date()))
    await tx.reflections.keep(person, Reflection(NOW.date(), "tried", "noticed", "next", "q"))
    await tx.budget.take([Wish(person.account, NOW.date(), "prompt", NOW)])
    return made.id


async def test_no_call_sees_or_touches_a_twin(store: Store) -> None:
    async with store.begin() as tx:
        mine = await settle(tx, FRODO)
        for other in (TWIN, COUSIN):
            await tx.members.meet(other, NOTHING_SAID, NOW)
            assert await tx.nudges.get(other) is None
            assert await tx.deliveries.get(other, mine) is None
            assert await tx.deliveries.recent(other, 10) == ()
            assert await tx.deliveries.seen([other]) == {other: {}}
            assert await tx.deliveries.shown_up(other, date.min) == 0
            assert await tx.deliveries.answer(other, mine, "not_today", NOW) is False
            assert await tx.drafts.get(other, "recipe-given") is None
            assert await tx.recalls.due([other], NOW.date()) == {other: []}
            assert await tx.recalls.get(other, "prompt.x") is None
            assert await tx.reflections.recent(other) == ()
            assert await tx.nudges.of([other]) == {}
            await tx.nudges.arrived([other])
            await tx.nudges.turn_off(other, NOW)
            await tx.drafts.drop(other, "recipe-given")
            await tx.members.set_role(other, "role.data-analyst")
            await tx.members.unreachable([other])
            await tx.forget.here(other)
        frodo = await tx.members.get(FRODO)
        assert frodo is not None
        assert (frodo.role, frodo.reachable) == (None, True)
        nudge = await tx.nudges.get(FRODO)
        assert nudge is not None
        assert (nudge.state, nudge.unanswered) == ("active", 0)
        assert await tx.drafts.get(FRODO, "recipe-given") == {"anchor": "a"}


def test_every_call_about_a_member_names_a_person() -> None:
    """There is no way to ask by a bare member id: the walk over every method finds none."""
    families = (Spaces, Secrets, Members, Nudges, Deliveries, Drafts, Claims, Budget, Recalls, Reflections)
    for family in families:
        for name, method in inspect.getmembers(family, inspect.isfunction):
            if not name.startswith("_"):
                names = set(inspect.signature(method).parameters)
                assert not names & {"member", "member_id", "user", "user_id"}, f"{family.__name__}.{name}"


async def test_forgetting_a_person_leaves_no_row_of_theirs(store: Store, url: str) -> None:
    async with store.begin() as tx:
        await settle(tx, FRODO)
        await settle(tx, TWIN)
        await tx.forget.here(FRODO)
        for table in ("members", "nudges", "deliveries", "drafts", "recalls", "reflections"):
            count = await tx.members._db.execute(sa.text(f"select count(*) from {table}"))  # pyright: ignore[reportPrivateUsage]
            assert count.scalar_one() == 1, table


async def test_a_row_cannot_point_into_another_space(store: Store, url: str) -> None:
    async with store.begin() as tx:
        await tx.members.meet(FRODO, NOTHING_SAID, NOW)
    row = {"s": "slack:TBREE", "m": "U1", "f": "x", "a": "{}", "k": NOW.replace(tzinfo=None)}
    row |= {"k": NOW} if store.dialect == "postgresql" else {"k": "2026-11-20 12:00:00"}
    with pytest.raises(IntegrityError):
        async with store.begin() as tx:
            await tx.members._db.execute(  # pyright: ignore[reportPrivateUsage]
                sa.text("insert into drafts (space, member, form, answers, kept_at) values (:s, :m, :f, :a, :k)"), row
            )


async def test_an_unknown_person_has_nothing(store: Store) -> None:
    async with store.begin() as tx:
        assert await tx.members.get(FRODO) is None
        assert await tx.nudges.get(FRODO) is None


def test_addresses_are_read_and_refused_with_advice() -> None:
    assert read_url("some/file.sqlite3").drivername == "sqlite+aiosqlite"
    assert read_url("postgresql://u@h/d").drivername == "postgresql+asyncpg"
    for bad in (":memory:", "mysql://h/d"):
        with pytest.raises(Exception, match=r"file's path|PostgreSQL"):
            read_url(bad)
    assert create_async_engine(read_url("x.sqlite3")).dialect.name == "sqlite"
