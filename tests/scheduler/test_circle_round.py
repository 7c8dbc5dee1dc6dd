"""A round of circles: who sits together, who stays a pair, and that a circle begins once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.circling import PAIR, course_of
from store.round_pool import CIRCLES
from tests.kit.house import House
from tests.scheduler.circling import FOUR, Circling


@pytest.fixture
def circling(home: House) -> Circling:
    """On Slack: what a round decides has no platform."""
    return Circling(home, "slack")


async def test_four_who_fit_are_one_circle_and_look_for_no_other(circling: Circling) -> None:
    await circling.wish(FOUR[:3])
    await circling.wish(FOUR[3:], hosts=True, languages=["en", "zh"])
    (group,) = await circling.planned(FOUR)
    assert group.reasons["languages"] == ("en",)
    assert group.reasons["slot"] is not None
    for _ in range(2):  # killed after the commit, the machine may do it again
        await circling.introduce([group])
    (circle,) = await circling.circles()
    assert (circle.theme, circle.language, circle.round) == ("learning", "en", 1)
    members = {one.person: one.hosts for one in await circling.members(circle)}
    assert members == {circling.someone(name): name == "林雨" for name in FOUR}
    async with circling.rooms.store.begin() as tx:
        parts = [await tx.participants.get(circling.someone(name), CIRCLES) for name in FOUR]
        met = await tx.met.before(circle.space, [CIRCLES])
    assert {(part.state, part.new) for part in parts if part} == {("out", False)}
    assert len(met) == 6


async def test_who_wishes_one_partner_gets_one_and_sits_in_no_circle(circling: Circling) -> None:
    await circling.wish(("Ada", "Sam"), wish=PAIR)
    await circling.wish(("Kofi", "Priya", "林雨"))
    groups = await circling.planned(("Ada", "Kofi", "Priya", "Sam", "林雨"))
    sizes = sorted(len(group.persons) for group in groups)
    assert sizes == [2, 3]
    await circling.introduce(groups)
    pair = await circling.circle("Ada")
    assert course_of(pair).pair
    assert {one.person for one in await circling.members(pair)} == {circling.someone("Ada"), circling.someone("Sam")}


async def test_two_alone_are_no_circle_and_wait(circling: Circling) -> None:
    await circling.wish(("Ada", "Kofi"))
    assert await circling.planned(("Ada", "Kofi")) == []


async def test_who_changed_their_mind_or_was_blocked_since_sits_in_no_circle(circling: Circling) -> None:
    await circling.wish(FOUR)
    groups = await circling.planned(FOUR)
    async with circling.rooms.store.begin() as tx:
        await tx.blocks.block(circling.someone("Ada"), circling.someone("林雨"), circling.home.sandbox.clock.now())
    await circling.introduce(groups)
    (circle,) = await circling.circles()
    people = {one.person for one in await circling.members(circle)}
    assert len(people) == 3
    assert not {circling.someone("Ada"), circling.someone("林雨")} <= people


async def test_one_who_blocked_all_others_is_alone_without_a_circle_and_waits(circling: Circling) -> None:
    await circling.wish(FOUR)
    groups = await circling.planned(FOUR)
    first, *others = sorted(circling.someone(name) for name in FOUR)
    now = circling.home.sandbox.clock.now()
    async with circling.rooms.store.begin() as tx:
        for other in others:
            await tx.blocks.block(first, other, now)
    await circling.introduce(groups)
    (circle,) = await circling.circles()
    assert {one.person for one in await circling.members(circle)} == set(others)
    assert await circling.became(first) == "waiting"


async def test_three_of_whom_one_is_gone_are_no_circle_and_wait_on(circling: Circling) -> None:
    three = FOUR[:3]
    await circling.wish(three)
    groups = await circling.planned(three)
    async with circling.rooms.store.begin() as tx:
        part = await tx.participants.get(circling.someone("Ada"), CIRCLES)
        assert part is not None
        await tx.participants.save(replace(part, state="out"), circling.home.sandbox.clock.now())
    await circling.introduce(groups)
    assert await circling.circles() == ()
    assert [await circling.became(circling.someone(name)) for name in three[1:]] == ["waiting", "waiting"]


async def test_who_finds_no_place_reads_why_and_waits_on(circling: Circling) -> None:
    await circling.wish(("Ada", "Kofi"))
    await circling.round()
    assert await circling.circles() == ()
    await circling.settled()
    told = circling.life("Ada").person.dms()[-1]
    assert "No circle this time" in told.text
    async with circling.rooms.store.begin() as tx:
        part = await tx.participants.get(circling.someone("Ada"), CIRCLES)
    assert part is not None
    assert (part.state, part.waited) == ("in", 1)
