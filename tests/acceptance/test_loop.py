"""The daily loop: a step at its size, its four answers, a line of one's own, offers one may let pass, graduation."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from chat.people import Profile
from content.library import Library
from sandbox.world import Seen
from store.deliveries import with_choice
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import opt_in
from tests.kit.house import House, until

DAY = timedelta(days=1)


async def ready(home: House, platform: str, name: str = "Ada") -> Life:
    """Somebody who opted in."""
    life = Life(home, home.person(platform, name), platform)
    await opt_in(life.person)
    return life


@pytest.mark.parametrize(
    ("rung", "lead", "longer"),
    [
        (0, "With a little more time:", "About 10 seconds."),
        (1, "Only ten seconds?", "seconds."),
        (2, "Only ten seconds?", "About "),
        (3, "Only ten seconds?", "up to 5 minutes"),
        (4, "Only ten seconds?", "up to 15 minutes"),
        (5, "Only ten seconds?", "up to 30 minutes"),
    ],
)
async def test_a_step_has_the_size_the_member_chose(
    home: House, platform: str, rung: int, lead: str, longer: str
) -> None:
    ada = await ready(home, platform)
    await ada.set(dose=rung)
    [step] = await ada.morning()
    assert lead in step.text
    assert longer in step.text
    assert "After I pour my coffee" in step.text
    [row] = await ada.rows()
    assert row.subject in step.text, "the footer says where it is from"
    assert row.dose == rung
    seconds = home_library(home).prompts[row.subject].seconds
    assert rung == 0 or (seconds <= 30) == (rung == 1), "the step itself is of that size"


async def test_harder_changes_what_comes(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    await ada.set(dose=1)
    prompts = home_library(home).prompts
    [small] = await ada.morning()
    await ada.person.press(small, "Not today")
    await ada.person.type("/nudge harder")
    [big] = await ada.morning()
    rows = await ada.rows()
    assert prompts[rows[0].subject].seconds <= 30 < prompts[rows[1].subject].seconds
    assert "About 30 seconds." not in big.text


async def test_shrink_it_is_the_ten_second_version_and_counts_the_same(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    await ada.set(dose=2)
    [step] = await ada.morning()
    shrunk = await ada.person.press(step, "Shrink it")
    assert "Ten seconds is plenty today." in shrunk.text
    assert labels(shrunk) == ["Done", "Not today"]
    assert "1 day shown up" in (await ada.person.press(shrunk, "Done")).text

    await ada.set(dose=0)
    [smallest] = await _step(ada)
    assert "Opening the tab counts." in (await ada.person.press(smallest, "Shrink it")).text


async def test_two_shrunk_in_a_row_bring_an_offer_and_no_more_than_that(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    await ada.set(dose=3)
    [step] = await ada.morning()
    first = await ada.person.press(step, "Shrink it")
    assert "Yes" not in labels(first)
    await ada.person.press(first, "Done")
    [step] = await _step(ada)
    second = await ada.person.press(step, "Shrink it")
    assert "Shall the steps come smaller from the start, 2 minutes?" in second.text
    kept = await ada.person.press(second, "No thanks")
    assert "Good, all stays as it is." in kept.text
    assert (await ada.nudge()).dose == 3

    [step] = await _step(ada)
    third = await ada.person.press(step, "Shrink it")
    assert "Yes" not in labels(third), "asked once, not each time"
    await ada.set(offered={})
    [step] = await _step(ada)
    fourth = await ada.person.press(step, "Shrink it")
    smaller = await ada.person.press(fourth, "Yes")
    assert "From the next one on: 2 minutes." in smaller.text
    assert (await ada.nudge()).dose == 2
    assert labels(smaller) == ["Done", "Not today"]


async def test_what_did_you_do_is_a_line_that_can_be_changed_and_taken_away(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    [step] = await ada.morning()
    done = await ada.person.press(step, "Done")
    await ada.person.press(done, "What did you do?")
    await ada.fill({"What did you do?": "read <!channel> @everyone *twice*"})
    await until(lambda: "You wrote: read" in ada.person.dms()[-1].text, "the line stands on the card")
    assert ada.person.dms()[-1].id == done.id
    assert sum(entry["pings"] for entry in ada.person.world.ledger()) == 0

    await ada.person.press(ada.person.dms()[-1], "Change my line")
    assert ada.person.dialog().fields[0].value == "read <!channel> @everyone *twice*"
    assert ada.person.dialog().fields[0].max_length == 140
    await ada.fill({"What did you do?": ""})
    await until(lambda: "You wrote" not in ada.person.dms()[-1].text, "the line is gone")
    assert (await ada.rows())[0].note is None


async def test_an_old_step_counts_for_the_day_it_came_and_says_so(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    [first] = await ada.morning()
    sent_on = ada.today
    await ada.morning()
    await ada.morning(days=3)
    control = next(control.id for control in first.controls if control.label == "Done")
    presses = (ada.person.world.press(ada.person.id, first.id, control) for _ in range(2))
    await asyncio.gather(*presses, return_exceptions=True)
    await until(lambda: "Counted for Saturday, 21 November, when it came." in ada.person.dms()[1].text, "a kind word")
    assert "1 day shown up · 1 of the last 28" in ada.person.dms()[1].text, "once, by a double click"
    async with ada.store.begin() as tx:
        assert await tx.deliveries.days(ada.someone) == (sent_on,)


async def test_a_step_that_the_pack_has_lost_meanwhile_counts_all_the_same(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    [step] = await ada.morning()
    [row] = await ada.rows()
    async with ada.store.begin() as tx:
        await tx.deliveries.chosen([with_choice(row, "prompt.retired", 1, "", "")])
    done = await ada.person.press(step, "Done")
    assert "1 day shown up" in done.text
    assert labels(done) == []


async def test_the_celebration_is_another_one_each_day_of_a_week_and_the_own_words_come(
    home: House, platform: str
) -> None:
    ada = await ready(home, platform)
    await ada.person.type("/nudge off")
    await ada.person.type("/nudge on")
    await ada.person.fill({"then I …": "say “begun”"})
    lines: list[str] = []
    for _ in range(8):
        [step] = await _step(ada)
        done = await ada.person.press(step, "Done")
        told = done.text.splitlines()
        lines.append(told[next(n for n, line in enumerate(told) if "shown up" in line) - 1])
    assert len(set(lines)) == len(lines)
    own = [line for line in lines if "say “begun”" in line]
    assert 1 <= len(own) < len(lines), "mostly one's own, now and then the step's"


async def test_the_way_out_is_named_once_a_week(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    named = 0
    for _ in range(14):
        [step] = await ada.morning()
        named += "/nudge off" in step.text
        await ada.person.press(step, "Not today")
    assert named == 2


@pytest.mark.parametrize("answer", ["Yes", "No thanks"])
async def test_after_eight_good_weeks_weekly_is_offered_once(home: House, platform: str, answer: str) -> None:
    ada = await ready(home, platform)
    await ada.set(started_on=ada.today - 57 * DAY)
    await ada.done_on(ada.today - n * DAY for n in range(1, 30) if n % 7 < 5)
    [step] = await ada.morning()
    done = await ada.person.press(step, "Done")
    assert "This may run without me now. Weekly instead of daily?" in done.text
    told = await ada.person.press(done, answer)
    assert "What did you do?" in labels(told), "the answered card stays what it is"
    assert "Yes" not in labels(told)
    assert (await ada.nudge()).rhythm == ("weekly" if answer == "Yes" else "daily")
    if answer == "Yes":
        assert "Once a week from now on." in told.text
        return
    for _ in range(3):
        [step] = await _step(ada)
        assert "Yes" not in labels(await ada.person.press(step, "Done")), "who let it pass has answered"


async def test_after_sixteen_weeks_it_may_stop_and_stopping_is_graduation(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    await ada.set(started_on=ada.today - 113 * DAY)
    await ada.done_on(ada.today - n * DAY for n in range(1, 30) if n % 7 < 5)
    [step] = await ada.morning()
    done = await ada.person.press(step, "Done")
    assert "This seems to run by itself. Shall I stop here?" in done.text
    graduated = await ada.person.press(done, "Yes")
    assert "It runs without me. Well built." in graduated.text
    assert ((await ada.nudge()).state, (await ada.nudge()).next_at) == ("graduated", None)
    assert [await ada.morning() for _ in range(5)] == [[]] * 5

    step = await ada.person.type("/nudge now")  # a step by oneself is welcome, and brings nothing back
    await ada.person.press(step, "Done")
    assert (await ada.nudge()).state == "graduated"


async def test_a_bigger_size_is_offered_after_ten_of_fourteen_days_and_never_taken_by_itself(
    home: House, platform: str
) -> None:
    ada = await ready(home, platform)
    await ada.done_on(ada.today - n * DAY for n in range(1, 11))
    [step] = await ada.morning()
    done = await ada.person.press(step, "Done")
    assert "Would you like 30 seconds?" in done.text
    assert (await ada.nudge()).dose == 0
    yes = next(control.id for control in done.controls if control.label == "Yes")
    presses = (ada.person.world.press(ada.person.id, done.id, yes) for _ in range(2))
    await asyncio.gather(*presses, return_exceptions=True)
    await until(lambda: "From the next one on: 30 seconds." in ada.person.dms()[-1].text, "said once")
    assert (await ada.nudge()).dose == 1, "one rung, also by a double click"


@pytest.mark.parametrize("offer", ["weekly", "stop", "harder", "easier"])
async def test_a_yes_that_fails_once_works_at_the_next_press(home: House, platform: str, offer: str) -> None:
    ada = await ready(home, platform)
    await ada.set(dose=2, started_on=ada.today - (113 if offer == "stop" else 57) * DAY)
    if offer in {"weekly", "stop"}:
        await ada.done_on(ada.today - n * DAY for n in range(1, 30) if n % 7 < 5)
    elif offer == "harder":
        await ada.done_on(ada.today - n * DAY for n in range(1, 11))
    else:
        [step] = await ada.morning()
        await ada.person.press(await ada.person.press(step, "Shrink it"), "Done")
    [step] = await _step(ada)
    asked = await ada.person.press(step, "Shrink it" if offer == "easier" else "Done")
    assert "Yes" in labels(asked)
    before = await ada.nudge()
    async with ada.store.begin() as tx:
        await tx.nudges._db.exec_driver_sql(FAILS_ONCE)  # pyright: ignore[reportPrivateUsage]
    await ada.person.world.press(ada.person.id, asked.id, next(c.id for c in asked.controls if c.label == "Yes"))
    await until(lambda: any("Something went wrong on my side" in seen.text for seen in ada.person.dms()), "an apology")
    assert await ada.nudge() == before, "nothing of it was kept"
    async with ada.store.begin() as tx:
        await tx.nudges._db.exec_driver_sql("DROP TRIGGER fails_once")  # pyright: ignore[reportPrivateUsage]
    await ada.person.press(asked, "Yes")
    after = await ada.nudge()
    assert (after.rhythm, after.state, after.dose) == {
        "weekly": ("weekly", "active", 2), "stop": ("daily", "graduated", 2), "harder": ("daily", "active", 3),
        "easier": ("daily", "active", 1),
    }[offer]  # fmt: skip


FAILS_ONCE = """
CREATE TRIGGER fails_once BEFORE UPDATE OF rhythm, state, dose ON nudges
WHEN NEW.rhythm <> OLD.rhythm OR NEW.state <> OLD.state OR NEW.dose <> OLD.dose
BEGIN SELECT RAISE(ABORT, 'the effect fails'); END
"""


async def test_a_moved_clock_is_asked_about_below_the_step(home: House, platform: str) -> None:
    ada = await ready(home, platform)
    async with ada.store.begin() as tx:
        at = home.sandbox.clock.now()
        known = await tx.members.get(ada.someone)
        assert known is not None
        assert known.zone is not None
        await tx.members.set_zone(ada.someone, known.zone, "profile")
        await tx.members.meet(ada.someone, Profile(zone="Asia/Tokyo"), at)
    [step] = await ada.morning()
    assert "Your clock moved. Keep 08:30 there or here?" in step.text
    there, here = labels(step)[4:]
    assert there.startswith("08:30 in ")
    assert here == "08:30 in Tokyo"
    await ada.person.press(step, here)
    assert (await ada.nudge()).schedule.zone == "Asia/Tokyo"


async def test_the_loop_speaks_chinese(home: House, platform: str) -> None:
    lin = Life(home, home.person(platform, "林雨"), platform)
    await opt_in(lin.person, anchor="倒好茶", tiny="打开课程", at="08:30", lang="zh-CN")
    [step] = await lin.morning()
    assert "多一点时间的话：" in step.text
    done = await lin.person.press(step, "做了")
    assert "出现过 1 天" in done.text
    await lin.person.press(done, "做了什么？")
    await lin.fill({"做了什么？": "看了两页"})
    await until(lambda: "你写了：看了两页" in lin.person.dms()[-1].text, "the line stands on the card")


def home_library(home: House) -> Library:
    """What the house teaches."""
    assert home.app is not None
    return home.app.shelf.library


async def _step(life: Life) -> list[Seen]:
    """The next morning's message; a question that comes in a step's place is put away and the morning after taken."""
    for _ in range(8):
        new = await life.morning()
        if "Done" in labels(new[0]):
            return new
        await life.person.press(new[0], "Not today")
    raise AssertionError("no step came")
