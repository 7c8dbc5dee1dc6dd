"""Nobody answers: smaller, one look at the design, longer quiet, a goodbye, nothing. Any tap brings it all back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox.world import Seen
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import opt_in
from tests.kit.house import House

TABLE = [1, 2, 3, 5, 9, 17]
STEP = ["Done", "Shrink it", "Not today", "Pause"]


async def silence(life: Life, days: int) -> dict[int, Seen]:
    """So many mornings without an answer: day -> the one message that came on it."""
    came: dict[int, Seen] = {}
    for day in range(1, days + 1):
        new = await life.morning()
        assert len(new) <= 1, "one unsolicited message a day"
        if new:
            came[day] = new[0]
    return came


async def test_six_messages_in_seventeen_days_then_none_ever(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.set(dose=2)
    came = await silence(ada, 60)

    assert list(came) == TABLE
    assert [labels(seen) for seen in came.values()] == [
        STEP, STEP, STEP, ["Another moment", "Make it smaller", "Stop"], [*STEP, "Weekly instead?"], ["Keep it going"],
    ]  # fmt: skip
    assert ["Only ten seconds?" in came[day].text for day in (1, 2, 3, 9)] == [True, True, False, False]
    assert "With a little more time:" in came[3].text, "the ten-second version, by itself and without a word about it"
    assert "Shall we fix the design?" in came[5].text
    assert "Let's change the plan, not you." in came[5].text
    assert "I will be quiet now. /nudge on whenever you like." in came[17].text.replace("`", "")
    nudge = await ada.nudge()
    assert (nudge.state, nudge.unanswered, nudge.next_at) == ("dormant", 6, None)


@pytest.mark.parametrize(
    ("day", "label"),
    [(5, "Make it smaller"), (9, "Not today"), (17, "Keep it going"), (21, "Shrink it")],
)
async def test_a_tap_brings_it_back_from_every_depth(home: House, platform: str, day: int, label: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.set(dose=2)
    came = await silence(ada, day)
    pressed = came[day] if day in came else came[9]  # days after the goodbye, an old step is all there is
    answer = await ada.person.press(pressed, label)
    warm = "Noted. Tomorrow is fine." if label == "Not today" else "Good to see you."
    assert warm in answer.text

    nudge = await ada.nudge()
    assert (nudge.state, nudge.unanswered, nudge.dose) == ("active", 0, 0), "back, and in its smallest size"
    [step] = await ada.morning()
    assert labels(step) == STEP, "on the very next morning"
    assert "With a little more time:" in step.text
    again = await silence(ada, 20)
    assert list(again) == [day - 1 for day in TABLE[1:]], "a silence after it begins anew"


async def test_a_step_asked_for_after_the_goodbye_is_a_return(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await silence(ada, 18)
    step = await ada.person.type("/nudge now")
    assert "Good to see you. Ten seconds?" in step.text
    assert len(await ada.morning()) == 1


async def test_an_answer_on_time_is_no_return(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.set(dose=2)
    await ada.morning()
    [step] = await ada.morning()
    done = await ada.person.press(step, "Done")
    assert "Good to see you." not in done.text
    assert ((await ada.nudge()).dose, (await ada.nudge()).unanswered) == (2, 0)


async def test_the_third_message_answered_before_the_next_is_due_is_no_return(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.set(dose=2)
    smallest = (await silence(ada, 3))[3]
    assert "With a little more time:" in smallest.text
    done = await ada.person.press(smallest, "Done")
    assert "Good to see you." not in done.text, "two stayed unanswered, and this one did not"
    nudge = await ada.nudge()
    assert (nudge.state, nudge.unanswered, nudge.dose) == ("active", 0, 2)
    assert nudge.next_day == ada.today + timedelta(days=1), "the quiet day after it was for a longer silence"
    [step] = await ada.morning()
    assert "Only ten seconds?" in step.text, "at the size that was chosen"


WAYS_BACK = ["/nudge pause 3d", "/nudge off", "form", "/nudge dose", "/nudge easier", "/nudge time 08:30", "/nudge now"]


@pytest.mark.parametrize("way", WAYS_BACK)
async def test_every_way_back_from_a_silence_leads_to_the_smallest_size(home: House, platform: str, way: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.set(dose=4)
    await silence(ada, 6)  # the look at the design came on the fifth day
    if way in {"form", "/nudge off"}:
        if way == "/nudge off":
            await ada.person.type(way)
        await ada.person.type("/nudge on")
        await ada.person.fill({})
    elif way == "/nudge pause 3d":
        paused = await ada.person.type(way)
        await ada.person.press(paused, "I am back")
    elif way == "/nudge dose":
        ladder = await ada.person.type(way)
        await ada.person.press(ladder, "30 seconds")
        assert (await ada.nudge()).dose == 1, "a size asked for stays"
        await ada.person.type("/nudge easier")
    else:
        await ada.person.type(way)
    nudge = await ada.nudge()
    assert (nudge.state, nudge.unanswered, nudge.dose) == ("active", 0, 0)
    [step] = await ada.morning()
    assert "With a little more time:" in step.text


async def test_the_design_can_be_changed_by_its_moment_or_ended(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    came = await silence(ada, 5)
    trouble = came[5]
    await ada.person.press(trouble, "Another moment")
    assert "pour my coffee" in [field.value for field in ada.person.dialog().fields]
    await ada.person.world.dismiss(ada.person.id)
    assert (await ada.nudge()).state == "active", "to look is to be back"

    stopped = await ada.person.press(trouble, "Stop")
    assert "Off. No more steps from me." in stopped.text
    assert await silence(ada, 10) == {}
    old = await ada.person.press(came[1], "Done")
    assert "1 day shown up" in old.text, "an old step counts"
    assert (await ada.nudge()).state == "off", "and off stays off"
    assert await silence(ada, 3) == {}


async def test_weekly_instead_is_one_tap(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    smallest = (await silence(ada, 9))[9]
    weekly = await ada.person.press(smallest, "Weekly instead?")
    assert "Once a week from now on." in weekly.text
    assert labels(weekly) == STEP
    done = await ada.person.press(weekly, "Done")
    assert "1 day shown up" in done.text
    nudge = await ada.nudge()
    assert (nudge.rhythm, nudge.state) == ("weekly", "active")
    came = await silence(ada, 14)
    assert [later - earlier for earlier, later in zip(came, list(came)[1:], strict=False)] == [7]


async def test_a_pause_is_no_silence(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await silence(ada, 2)
    await ada.person.type("/nudge pause 2w")
    came = await silence(ada, 15)
    assert len(came) >= 1
    assert all(labels(seen) == STEP for seen in came.values())
    assert (await ada.nudge()).unanswered == len(came)


async def test_the_silence_speaks_chinese_too(home: House, platform: str) -> None:
    lin = Life(home, home.person(platform, "林雨"), platform)
    await opt_in(lin.person, anchor="倒好茶", tiny="打开课程", at="08:30", lang="zh-CN")
    came = await silence(lin, 17)
    assert "改方案，不改你。" in came[5].text
    assert labels(came[5]) == ["换个时刻", "再小一点点", "停止"]
    assert "改成每周一次？" in labels(came[9])
    assert "我先安静了。想开始时输入 /nudge on。" in came[17].text.replace("`", "")
    back = await lin.person.press(came[17], "继续发给我")
    assert "又见到你了。" in back.text
    tomorrow = lin.today + timedelta(days=1)
    assert (await lin.nudge()).next_day == tomorrow
