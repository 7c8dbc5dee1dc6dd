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
from store import Conflict, Store, Tx
from store.blocks import Blocks
from store.budget import Budget, Wish
from store.circles import Circle, Circles
from store.claims import Claims
from store.conducts import Conducts
from store.deliveries import Deliveries, NewDelivery
from store.drafts import Drafts
from store.engine import read_url
from store.hosts import Hosts
from store.introduction_tables import sides
from store.introductions import Introductions
from store.members import Members
from store.met import Met
from store.notes import Note, Notes
from store.nudges import Nudges
from store.participants import Participant, Participants
from store.programmes import Programme, Programmes
from store.proposals import Proposals, Terms
from store.recalls import Learned, Recalls
from store.reflections import Reflection, Reflections
from store.reports import Reports
from store.round_tables import round_members
from store.rounds import Group, Round, Rounds
from store.secrets import Secrets
from store.seekers import Seekers
from store.spaces import Spaces
from tests.store.shire import host, seeker

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
            await tx.forget.here(other, NOW)
        frodo = await tx.members.get(FRODO)
        assert frodo is not None
        assert (frodo.role, frodo.reachable) == (None, True)
        nudge = await tx.nudges.get(FRODO)
        assert nudge is not None
        assert (nudge.state, nudge.unanswered) == ("active", 0)
        assert await tx.drafts.get(FRODO, "recipe-given") == {"anchor": "a"}


async def settle_among_others(tx: Tx, one: Person, other: Person) -> str:
    """Two of a space have met, in every way; gives back their introduction."""
    space, at = one.space, NOW
    for person in (one, other):
        await tx.members.meet(person, NOTHING_SAID, NOW)
    await tx.seekers.save(seeker(one), NOW)
    await tx.hosts.save(host(other, 3), NOW)
    await tx.programmes.save(Programme(space=space, name="p", zone="UTC"), NOW)
    await tx.participants.save(Participant(person=one, programme="p", since=NOW), NOW)
    this = Round(
        space=space, programme="p", number=1, seed=1, opens_at=at, matches_at=at, introduces_at=at, follows_at=at,
        closes_at=at,
    )  # fmt: skip
    await tx.rounds.plan(this)
    await tx.rounds.join(this, {one: 0, other: 0})
    await tx.rounds.place(this, [Group(1, (one, other), 1)], [])
    made = await tx.proposals.propose(one, other, Terms(next=None), NOW)
    await tx.met.remember([(one, other)], "p", NOW, number=1)
    await tx.circles.form(
        Circle(space=space, id="c", programme="p", theme="x", language="en"), [one, other], one, NOW
    )  # fmt: skip
    await tx.notes.save(Note(one, "i", "prep", "words"), NOW)
    await tx.reports.file(one, other, "rude", "words", NOW)
    await tx.conducts.accept(one, "2026", NOW)
    if space.platform == "slack":
        await tx.blocks.block(one, other, NOW)
    return made.id


SMEAGOL = "U2"


async def test_what_two_share_in_one_space_is_unknown_in_every_other(store: Store) -> None:
    async with store.begin() as tx:
        id_ = await settle_among_others(tx, FRODO, Person(FRODO.space, SMEAGOL))
        for twin in (TWIN, COUSIN):
            space, friend = twin.space, Person(twin.space, SMEAGOL)
            for person in (twin, friend):
                await tx.members.meet(person, NOTHING_SAID, NOW)
            await tx.members.set_zone(twin, "Europe/London", "member")
            for found in (
                await tx.seekers.get(twin), await tx.hosts.get(friend), await tx.introductions.get(space, id_),
                await tx.programmes.get(space, "p"), await tx.participants.get(twin, "p"), await tx.notes.of(twin),
                await tx.rounds.get(space, "p", 1), await tx.circles.get(space, "c"), await tx.reports.queue(space),
                await tx.conducts.accepted(twin, "2026"), await tx.met.before(space, ["p"]), await tx.blocks.by(twin),
                await tx.seekers.open(space, NOW.date()), await tx.hosts.open(space, NOW.date()),
                await tx.introductions.of(twin), await tx.introductions.paired(space), await tx.blocks.within(space),
                await tx.participants.in_(space, "p", NOW.date()), await tx.hosts.seats(space, NOW),
                await tx.introductions.in_round(space, "p", 1), await tx.circles.of(twin),
                await tx.programmes.all(space),
                await tx.circles.all(space, ["forming"]), await tx.circles.members(space, "c"),
                await tx.blocks.between([twin, friend]), await tx.met.ever(twin, friend),
                await tx.reports.counts(friend),
                await tx.participants.of(twin), await tx.rounds.newest(space, "p"), await tx.hosts.given(friend, NOW),
                await tx.circles.leave(twin, "c", NOW), await tx.introductions.heard(twin, id_, "met", NOW),
                await tx.introductions.part(twin, friend, NOW), await tx.blocks.unblock(twin, friend),
            ):  # fmt: skip
                assert not found
            await tx.seekers.matched(twin, NOW)
            await tx.seekers.left_out([twin, friend], NOW)
            await tx.participants.left_out("p", [twin, friend], NOW)
            await tx.hosts.talked(friend, NOW, shown_up=False)
            await tx.notes.drop(twin, "i")
            with pytest.raises(Conflict):
                await tx.introductions.transition(space, id_, ["proposed"], "declined", NOW, next=None)
            assert await tx.members.zones(space) == {twin: "Europe/London"}
            await settle_among_others(tx, twin, friend)  # the same ids of everything, in a space of its own
            await tx.forget.here(twin, NOW)
            await tx.forget.here(friend, NOW)
        assert await tx.members.zones(FRODO.space) == {}
        mine = await tx.introductions.get(FRODO.space, id_)
        assert mine is not None
        assert (mine.state, len(mine.persons), mine.version) == ("proposed", 2, 1)
        frodo, smeagol = await tx.seekers.get(FRODO), await tx.hosts.get(Person(FRODO.space, SMEAGOL))
        assert frodo is not None
        assert smeagol is not None
        assert (frodo.version, frodo.state, smeagol.version) == (1, "open", 1)
        this = await tx.rounds.get(FRODO.space, "p", 1)
        assert this is not None
        assert [len(group.persons) for group in await tx.rounds.groups(this)] == [2]
        assert len(await tx.notes.of(FRODO)) == len(await tx.circles.of(FRODO)) == 1
        with pytest.raises(ValueError, match="its space"):
            await tx.rounds.join(this, {TWIN: 0})


def test_every_call_about_a_member_names_a_person() -> None:
    """There is no way to ask by a bare member id: the walk over every method finds none."""
    families = (
        Spaces, Secrets, Members, Nudges, Deliveries, Drafts, Claims, Budget, Recalls, Reflections, Seekers, Hosts,
        Proposals, Introductions, Met, Blocks, Programmes, Participants, Rounds, Circles, Notes, Reports, Conducts,
    )  # fmt: skip
    for family in families:
        for name, method in inspect.getmembers(family, inspect.isfunction):
            if not name.startswith("_"):
                names = set(inspect.signature(method).parameters)
                assert not names & {"member", "member_id", "user", "user_id"}, f"{family.__name__}.{name}"


async def test_forgetting_a_person_leaves_no_row_of_theirs(store: Store, url: str) -> None:
    async with store.begin() as tx:
        await settle(tx, FRODO)
        await settle(tx, TWIN)
        await tx.forget.here(FRODO, NOW)
        for table in ("members", "nudges", "deliveries", "drafts", "recalls", "reflections"):
            count = await tx.members._db.execute(sa.text(f"select count(*) from {table}"))  # pyright: ignore[reportPrivateUsage]
            assert count.scalar_one() == 1, table


async def test_a_row_cannot_point_into_another_space(store: Store, url: str) -> None:
    async with store.begin() as tx:
        await tx.members.meet(FRODO, NOTHING_SAID, NOW)
        id_ = await settle_among_others(tx, FRODO, Person(FRODO.space, SMEAGOL))
        await tx.members.meet(TWIN, NOTHING_SAID, NOW)
    side = {"space": TWIN.space.key, "introduction": id_, "member": TWIN.id, "side": "peer", "open": False}
    there = {"space": TWIN.space.key, "programme": "p", "number": 1, "member": TWIN.id, "state": "in", "wait": 0}
    for table, values in ((sides, side), (round_members, there)):
        with pytest.raises(IntegrityError):
            async with store.begin() as tx:
                await tx.members._db.execute(sa.insert(table).values(values))  # pyright: ignore[reportPrivateUsage]
    row = {"s": "slack:TROHAN", "m": "U1", "f": "x", "a": "{}", "k": NOW.replace(tzinfo=None)}
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
