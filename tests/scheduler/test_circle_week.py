"""A circle over its weeks as time does them: one letter a week, each step once, and kind ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduler import failpoints
from scheduler.jobs import run_circles
from store.circling import CIRCLE, PAIR, course_of
from store.round_pool import CIRCLES
from tests.kit.house import House
from tests.scheduler.circling import DAY, FOUR, WEEK, Circling

LETTERS = ["circle-welcome", *["circle-week"] * 6, "circle-last"]


@pytest.fixture
def circling(home: House) -> Circling:
    """On Slack; tests/acceptance/test_circles.py tells the story on both platforms."""
    return Circling(home, "slack")


async def test_six_weeks_six_questions_and_a_vote_to_go_on(home: House, platform: str) -> None:
    circling = Circling(home, platform)
    circle = await circling.begin(FOUR)
    assert (circle.state, circle.place is not None) == ("running", True)
    (first,) = [seen for seen in circling.reads("Kofi") if "Your circle begins" in seen.text]
    for name in FOUR:
        assert name in first.text
    circle = await circling.next(circle, 3)
    await circling.says(circle, "alive", "Ada")
    circle = await circling.next(circle, 4)
    assert await circling.names(circle) == LETTERS
    assert (circle.state, circle.week) == ("closing", 6)
    asked = course_of(circle).asked
    assert len(set(asked)) == 6
    await circling.says(circle, "on", "Ada", "Kofi")
    await circling.says(circle, "end", "Priya")
    circle = await circling.next(circle)
    assert (circle.state, circle.week, course_of(circle).term) == ("running", 1, 2)
    assert len(set(course_of(circle).asked)) == 7, "no question comes twice"


async def test_silence_after_the_last_week_ends_it_with_thanks(circling: Circling) -> None:
    circle = await circling.begin(FOUR)
    circle = await circling.next(circle, 4)
    await circling.says(circle, "alive", "Ada")
    circle = await circling.next(circle, 4)
    assert circle.state == "closed"
    assert await circling.names(circle) == [*LETTERS, "circle-closed"]
    assert any("This circle is closed" in seen.text for seen in circling.reads("林雨"))


async def test_nobody_presses_for_two_weeks_and_one_kind_message_comes_before_the_end(circling: Circling) -> None:
    circle = await circling.begin(FOUR)
    circle = await circling.next(circle, 3)
    third = [seen for seen in circling.reads("Ada") if "Week 3 of 6" in seen.text]
    assert [one.label for one in third[0].controls][:3] == ["We talk", "It is quiet", "Pause for two weeks"]
    circle = await circling.next(circle, 2)
    assert (circle.state, circle.quiet_weeks) == ("closing", 2)
    assert (await circling.names(circle))[-1] == "circle-quiet"
    circle = await circling.next(circle)
    assert circle.state == "closed"
    assert (await circling.names(circle))[-2:] == ["circle-quiet", "circle-closed"]


async def test_one_word_is_enough_for_a_quiet_circle_to_go_on(circling: Circling) -> None:
    circle = await circling.next(await circling.begin(FOUR), 5)
    await circling.says(circle, "alive", "Priya")
    circle = await circling.next(circle)
    assert (circle.state, circle.week, circle.quiet_weeks) == ("running", 5, 0)
    circle = await circling.next(circle)
    assert circle.week == 6
    assert "circle-closed" not in await circling.names(circle)


async def test_weeks_that_nobody_served_are_not_caught_up_with(circling: Circling) -> None:
    circle = await circling.begin(FOUR)
    circle = await circling.next(circle)
    await circling.home.stop()
    circling.home.sandbox.clock.advance(2 * WEEK + 2 * DAY)
    await circling.home.start()
    await circling.jobs()
    assert await circling.names(circle) == LETTERS[:2]
    circle = await circling.next(circle)
    assert (await circling.week(circle)) == (4, 2)
    assert await circling.names(circle) == LETTERS[:3]


async def test_nobody_is_written_to_at_night(circling: Circling, home: House) -> None:
    home.sandbox.clock.advance(timedelta(hours=2))  # ten in the evening in Shanghai
    await circling.wish(FOUR)
    await circling.introduce(await circling.planned(FOUR))
    await circling.jobs()
    (circle,) = await circling.circles()
    assert circle.state == "forming"
    assert circling.reads("Ada") == []
    assert circle.next_at is not None
    circle = await circling.next(circle)
    assert circle.state == "running"


async def test_where_no_conversation_can_be_opened_each_is_written_to_alone(home: House) -> None:
    circling = Circling(home, "discord", place=None)
    circle = await circling.begin(("Ada", "Kofi", "林雨"))
    assert (circle.place, course_of(circle).alone) == (None, True)
    for name in ("Ada", "Kofi"):
        (welcome,) = circling.life(name).person.dms()
        assert "Whoever likes writes the first line." in welcome.text
    assert "你们的圈子开始了" in circling.life("林雨").person.dms()[0].text
    circle = await circling.next(circle)
    assert "第 1 周，共 6 周" in circling.life("林雨").person.dms()[-1].text


async def test_who_left_reads_nothing_more_and_the_rest_goes_on(home: House, platform: str) -> None:
    circling = Circling(home, platform)
    circle = await circling.begin(FOUR)
    await circling.leaves(circle, "Kofi")
    before = len(circling.reads("Kofi"))
    circle = await circling.next(circle)
    assert "circle-week" in await circling.names(circle)
    assert len(circling.reads("Kofi")) <= before
    assert any("Week 1 of 6" in seen.text for seen in circling.reads("Ada"))


async def test_three_and_two_become_one_circle_when_both_say_so(circling: Circling) -> None:
    small = await circling.begin(("Ada", "Kofi", "Sam"), zone="Europe/London")
    await circling.leaves(small, "Sam")
    async with circling.rooms.store.begin() as tx:  # forgotten by the first circle, Sam begins anew
        await tx.forget.family(circling.someone("Sam"), "programmes", circling.home.sandbox.clock.now())
    large = await circling.begin(("Priya", "林雨", "Sam"), 2, zone="Europe/London")
    small = await circling.next(small)
    while small.state != "merging" or course_of(small).step != "merge":
        small = await circling.next(small)
    asked = [seen for seen in circling.reads("Ada") if "Shall you join it?" in seen.text]
    assert "3 people" in asked[0].text
    assert any("Shall its people join you, 2 people?" in seen.text for seen in circling.reads("Priya"))
    await circling.says(small, "merge", "Ada", "Kofi")
    await circling.says(large, "merge", "Priya", "林雨")
    await circling.says(large, "apart", "Sam")
    small = await circling.get(small)
    assert small.next_at is not None
    circling.home.sandbox.clock.advance(small.next_at - circling.home.sandbox.clock.now() + timedelta(seconds=1))
    await circling.jobs()
    assert (await circling.get(small)).state == "closed"
    assert len(await circling.members(large)) == 5
    assert "circle-grown" in await circling.names(large)
    assert any("Your circle has grown" in seen.text for seen in circling.reads("Ada"))
    assert (await circling.get(large)).state == "running"


async def test_votes_on_another_circle_outlive_the_week_that_asks_whether_they_talk(circling: Circling) -> None:
    circle = await circling.next(await circling.begin(FOUR[:3]), 2)
    async with circling.rooms.store.begin() as tx:
        asked = replace(course_of(circle), by="x" * 24).kept()
        await tx.circles.advance(circle, "running", next_at=circle.next_at, question=asked)
    await circling.says(circle, "merge", *FOUR[:3])
    circle = await circling.next(circle)
    assert circle.week == 3
    assert {one.vote for one in await circling.members(circle)} == {"merge"}


async def test_a_circle_that_waits_for_its_own_end_is_not_asked_by_another_for_ever(circling: Circling) -> None:
    small = await circling.begin(FOUR[:2], wish=PAIR)
    large = await circling.begin(("Priya", "林雨", "Sam"), 2)
    async with circling.rooms.store.begin() as tx:
        now = circling.home.sandbox.clock.now()
        offer = replace(course_of(small), step="merge", into=large.id, pair=False).kept()
        await tx.circles.advance(small, "merging", next_at=now, question=offer)
        asked = replace(course_of(large), step="renew", by=small.id).kept()
        await tx.circles.advance(large, "closing", next_at=large.next_at, question=asked)
    await circling.jobs()
    large = await circling.get(large)
    assert (large.state, course_of(large).by) == ("closing", "")


async def test_a_circle_whose_step_breaks_waits_ten_minutes(
    circling: Circling, caplog: pytest.LogCaptureFixture
) -> None:
    circle = await circling.begin(FOUR[:3])
    async with circling.rooms.store.begin() as tx:
        await tx.circles.advance(circle, "running", next_at=circle.next_at, question=5)
    circle = await circling.get(circle)
    broken = await circling.next(circle)
    now = circling.home.sandbox.clock.now()
    assert broken.next_at == now + run_circles.BROKEN
    assert "a circle's step broke" in caplog.text


@pytest.mark.parametrize(("yes", "state"), [(("Ada", "Kofi"), "running"), (("Ada",), "closed")])
async def test_two_who_both_like_it_go_on_as_two_and_else_it_ends(
    home: House, yes: tuple[str, ...], state: str
) -> None:
    circling = Circling(home, "slack")
    circle = await circling.begin(("Ada", "Kofi", "Priya"))
    await circling.leaves(circle, "Priya")
    circle = await circling.next(circle)
    assert (circle.state, course_of(circle).step) == ("merging", "pair")
    await circling.says(circle, "pair", *yes)
    circle = await circling.next(circle)
    assert circle.state == state
    if state == "running":
        circle = await circling.next(circle)
        assert (await circling.names(circle))[-1] == "circle-week"


async def test_a_pair_of_one_is_closed_kindly(home: House) -> None:
    circling = Circling(home, "slack")
    circle = await circling.begin(("Ada", "Kofi"), wish=PAIR)
    assert any("Meet your partner" in seen.text for seen in circling.reads("Ada"))
    async with circling.rooms.store.begin() as tx:
        await tx.leaving.left([circling.someone("Kofi")], home.sandbox.clock.now())
    circle = await circling.next(circle)
    assert circle.state == "closed"
    assert "This circle is closed" in circling.life("Ada").person.dms()[-1].text


@pytest.mark.parametrize(("names", "wish", "begins"), [(FOUR, CIRCLE, True), (FOUR[:2], PAIR, False)])
async def test_who_blocks_somebody_before_it_begins_looks_on_and_is_told(
    circling: Circling, names: tuple[str, ...], wish: str, begins: bool
) -> None:
    clock = circling.home.sandbox.clock
    clock.advance(timedelta(hours=2))  # night for all of them: it waits for the morning
    await circling.wish(names, zone="Asia/Shanghai", wish=wish)
    await circling.introduce(await circling.planned(names))
    async with circling.rooms.store.begin() as tx:
        await tx.blocks.block(circling.someone("Ada"), circling.someone("Kofi"), clock.now())
    await circling.jobs()
    (circle,) = await circling.circles()
    assert circle.state == "forming"
    circle = await circling.next(circle)
    assert circle.state == ("running" if begins else "closed")
    for name in names:
        falls = name == "Ada" or not begins
        async with circling.rooms.store.begin() as tx:
            part = await tx.participants.get(circling.someone(name), CIRCLES)
        assert part is not None
        assert (part.state, part.waited) == (("in", 1) if falls else ("out", 0))
        assert any("No circle this time" in seen.text for seen in circling.reads(name)) == falls
        assert not any("This circle is closed" in seen.text for seen in circling.reads(name))
        assert (await circling.became(circling.someone(name)) == "waiting") == falls


@pytest.mark.parametrize(
    ("point", "where"), [("circle-forming", "slack"), ("circle-gathered", "discord"), ("circle-week", "slack")]
)
async def test_a_step_that_is_cut_off_is_done_once_all_the_same(home: House, point: str, where: str) -> None:
    circling = Circling(home, where)
    cut: list[str] = []

    def dies(name: str) -> None:
        if name == point and not cut:
            cut.append(name)
            raise RuntimeError("cut off")

    await circling.wish(FOUR)
    groups = await circling.planned(FOUR)
    failpoints.listen(dies)
    try:
        for _ in range(2):
            try:
                await circling.introduce(groups)
            except RuntimeError:
                continue
        await circling.jobs()
    finally:
        failpoints.listen(None)
    assert cut == [point]
    (circle,) = await circling.circles()
    circle = await circling.next(circle, 1 if point == "circle-forming" else 2)  # a broken step waits ten minutes
    assert await circling.names(circle) == LETTERS[:2]
    for name in FOUR:
        assert len({room.id for room in circling.life(name).person.groups()}) == 1
