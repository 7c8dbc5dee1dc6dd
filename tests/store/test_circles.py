"""A circle over six weeks: formed once, each week opened once, left without notice, merged with its goals."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from chat.people import Person
from store import Conflict, Keyring, Store, StoreError, open_store
from store.circles import Circle
from store.round_tables import circle_members
from tests.store.conftest import KEY
from tests.store.racing import kinds, race
from tests.store.shire import BILBO, DAY, FRODO, MERRY, NOW, PIPPIN, ROSIE, SAM, SHIRE, gather

WEEK = 7 * DAY


def circle(id_: str = "c1") -> Circle:
    """About to begin."""
    return Circle(
        space=SHIRE, id=id_, programme="circles", theme="learning", language="en", slot=("Tue", 18), next_at=NOW
    )


async def test_a_circle_is_formed_once_and_each_week_opened_once(store: Store) -> None:
    await gather(store)
    formed = await race(store, lambda tx: tx.circles.form(circle(), [FRODO, SAM, MERRY], SAM, NOW), times=2)
    assert sorted(map(bool, formed)) == [False, True]
    async with store.begin() as tx:
        assert await tx.circles.due(NOW) == (circle(),)
        assert [one.person for one in await tx.circles.members(SHIRE, "c1") if one.hosts] == [SAM]
        running = await tx.circles.advance(circle(), "running", next_at=NOW + WEEK, week=1, question={"id": "q1"})
    assert kinds(
        await race(store, lambda tx: tx.circles.advance(running, "running", next_at=NOW + 2 * WEEK, week=2), times=3)
    ) == ["Circle", "Conflict", "Conflict"]
    async with store.begin() as tx:
        (now_is,) = await tx.circles.of(FRODO)
        assert (now_is.week, now_is.question, now_is.next_at) == (2, {"id": "q1"}, NOW + 2 * WEEK)
        assert await tx.circles.all(SHIRE, ["running"]) == (now_is,)
        assert await tx.circles.due(NOW + WEEK) == ()
        with pytest.raises(Conflict):
            await tx.circles.form(circle("c2"), [FRODO, Person(SHIRE, "UNOBODY")], None, NOW)


async def test_leaving_needs_no_word_and_takes_the_goal_along(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.circles.form(circle(), [FRODO, SAM, MERRY], None, NOW)
        assert await tx.circles.set_goal(FRODO, "c1", "throw it into the fire") is True
        assert await tx.circles.vote(FRODO, "c1", "renew") is True
        assert await tx.circles.goal(FRODO, "c1") == "throw it into the fire"
        assert await tx.circles.goal(SAM, "c1") is None
        assert await tx.circles.leave(FRODO, "c1", NOW + DAY) is True
        assert await tx.circles.leave(FRODO, "c1", NOW + DAY) is False
        for refused in (tx.circles.vote(FRODO, "c1", "pause"), tx.circles.set_goal(BILBO, "c1", "another")):
            assert await refused is False
        assert await tx.circles.of(FRODO) == ()
        assert await tx.circles.goal(FRODO, "c1") is None
        assert [one.person for one in await tx.circles.members(SHIRE, "c1")] == [MERRY, SAM]
        assert len(await tx.circles.members(SHIRE, "c1", left=True)) == 3
        await tx.circles.join(FRODO, "c1", NOW + 2 * DAY)
        assert [one.person for one in await tx.circles.members(SHIRE, "c1")] == [FRODO, MERRY, SAM]


async def test_votes_are_about_one_thing_and_begin_anew_with_the_next_state(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.circles.form(circle(), [FRODO, SAM], None, NOW)
        await tx.circles.vote(FRODO, "c1", "renew")
        await tx.circles.vote(FRODO, "c1", "pause")
        still = await tx.circles.advance(circle(), "forming", next_at=None, quiet_weeks=1)
        assert [one.vote for one in await tx.circles.members(SHIRE, "c1")] == ["pause", None]
        await tx.circles.advance(still, "closing", next_at=None)
        assert [one.vote for one in await tx.circles.members(SHIRE, "c1")] == [None, None]


async def test_two_who_are_left_move_into_another_circle_with_their_goals(store: Store) -> None:
    await gather(store)
    async with store.begin() as tx:
        await tx.circles.form(circle("small"), [FRODO, SAM], None, NOW)
        await tx.circles.form(circle("large"), [MERRY, PIPPIN, ROSIE], ROSIE, NOW)
        await tx.circles.set_goal(SAM, "small", "a garden")
        moved = await tx.circles.merge(circle("small"), circle("large"), NOW + DAY)
        assert moved.version == 2
        assert len(await tx.circles.members(SHIRE, "large")) == 5
        assert await tx.circles.members(SHIRE, "small") == ()
        assert await tx.circles.goal(SAM, "large") == "a garden"
        assert await tx.circles.goal(SAM, "small") is None
        assert [found.id for found in await tx.circles.of(SAM)] == ["large"]
        with pytest.raises(Conflict):
            await tx.circles.merge(circle("small"), moved, NOW)


async def test_a_goal_does_not_stand_in_the_database_and_needs_a_key(url: str) -> None:
    store = await open_store(url, keyring=Keyring.parse(KEY))
    await gather(store)
    async with store.begin() as tx:
        await tx.circles.form(circle(), [FRODO], None, NOW)
        await tx.circles.set_goal(FRODO, "c1", "in plain words")
        raw = await tx.members._db.execute(sa.select(circle_members.c.goal))  # pyright: ignore[reportPrivateUsage]
        assert b"plain" not in raw.scalar_one()
    await store.close()
    keyless = await open_store(url)
    with pytest.raises(StoreError, match="new-key"):
        async with keyless.begin() as tx:
            await tx.circles.set_goal(FRODO, "c1", "x")
    await keyless.close()
