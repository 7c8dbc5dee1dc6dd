"""Opting in, the step at the own minute, Done, a restart, an old button, a double click, a pause that ends."""

from __future__ import annotations

import asyncio

from tests.acceptance.steps import go_to, nudges, opt_in, steps
from tests.kit.house import House, until


async def test_a_member_opts_in_and_the_step_comes_at_their_own_minute(home: House, platform: str) -> None:
    sam = home.person(platform, "Sam")  # Los Angeles
    kept = await opt_in(sam)
    assert "Kept" in kept.text
    assert "pour my coffee" in kept.text
    assert "Your step will arrive here" in sam.dms()[-1].text

    await go_to(home, sam, 8, 29, second=59)
    await asyncio.sleep(0.5)  # several ticks pass, one second early
    assert steps(sam) == []
    await go_to(home, sam, 8, 30)
    step = await nudges(sam, 1)
    assert [control.label for control in step.controls] == ["Done", "Shrink it", "Not today", "Pause"]

    await home.person(platform, "Ada").type("/help")  # others saw nothing of it
    assert home.person(platform, "Ada").dms() == []


async def test_done_edits_that_message_and_counts_once_also_by_double_click_and_after_a_restart(
    home: House, platform: str
) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 1)

    await home.restart()
    done = next(control.id for control in step.controls if control.label == "Done")
    await asyncio.gather(*(ada.world.press(ada.id, step.id, done) for _ in range(2)), return_exceptions=True)
    await until(lambda: "1 day shown up" in ada.dms()[-1].text, "the message should celebrate")
    assert ada.dms()[-1].id == step.id
    after = {"What did you do?", "Where is this from?", "More on this topic"}
    assert {control.label for control in ada.dms()[-1].controls} == after
    first = ada.dms()[-1].text

    await go_to(home, ada, 8, 30)
    second = await nudges(ada, 2)
    if (answer := next((c.label for c in second.controls if c.label == "Show answer"), None)) is not None:
        await ada.press(await ada.press(second, answer), "Good")  # what was done yesterday may be asked about
    else:
        await ada.press(second, "Done")
    await until(lambda: "2 days shown up · 2 of the last 28" in ada.dms()[-1].text, "two days")
    lines = [text.splitlines() for text in (first, ada.dms()[-1].text)]
    cheers = [each[next(n for n, line in enumerate(each) if "shown up" in line) - 1] for each in lines]
    assert cheers[0] != cheers[1], "the same celebration twice in a week"


async def test_a_pause_stops_it_and_it_goes_on_by_itself(home: House, platform: str) -> None:
    kofi = home.person(platform, "Kofi")
    await opt_in(kofi)
    paused = await kofi.type("/nudge pause 3d")
    assert "Quiet until Monday, 23 November" in paused.text

    for _ in range(2):  # Saturday and Sunday
        await go_to(home, kofi, 8, 30)
        await asyncio.sleep(0.3)
        assert steps(kofi) == []
    await go_to(home, kofi, 8, 30)
    await nudges(kofi, 1)


async def test_a_step_can_be_shrunk_refused_and_paused_by_its_buttons(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 1)
    shrunk = await ada.press(step, "Shrink it")
    assert "Opening the tab counts." in shrunk.text  # ten seconds is the size everybody begins with
    not_today = await ada.press(shrunk, "Not today")
    assert "Noted. Tomorrow is fine." in not_today.text

    await go_to(home, ada, 8, 30)
    step = await nudges(ada, 2)
    offer = await ada.press(step, "Pause")
    quiet = await ada.press(offer, "1 week")
    assert "Quiet until" in quiet.text
    await ada.press(quiet, "I am back")
    await go_to(home, ada, 8, 30)
    await until(lambda: len(ada.dms()) == 4, "welcome, two steps, and one more after the pause was ended")


async def test_off_means_off_and_the_way_back_keeps_the_recipe(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada, anchor="water the basil")
    stopped = await ada.type("/nudge off")
    assert "No more steps" in stopped.text
    await go_to(home, ada, 8, 30)
    await asyncio.sleep(0.3)
    assert steps(ada) == []

    await ada.type("/nudge on")
    fields = {field.label: field.value for field in ada.dialog().fields}
    assert fields["After I …"] == "water the basil"


async def test_everything_speaks_chinese_to_a_chinese_reader(home: House, platform: str) -> None:
    lin = home.person(platform, "林雨")
    kept = await opt_in(lin, anchor="倒好茶", tiny="打开课程", at="晚上9:05", lang="zh-CN")
    assert "记下了" in kept.text
    assert "倒好茶" in kept.text
    assert "21:05" in lin.dms()[-1].text
    await go_to(home, lin, 21, 5)
    step = await nudges(lin, 1)
    assert [control.label for control in step.controls] == ["做了", "再小一点", "今天不了", "暂停"]
    await lin.press(step, "做了")
    await until(lambda: "出现过 1 天" in lin.dms()[-1].text, "counted")
    card = await lin.type("/role 算法工程师")
    assert card.text.removeprefix("## ").startswith("机器学习工程师")


async def test_only_chosen_days(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await ada.type("/nudge on")
    await ada.fill({"On which days?": ["0", "2"]})  # Monday and Wednesday
    for _ in range(2):
        await go_to(home, ada, 8, 30)  # Saturday, Sunday
        await asyncio.sleep(0.3)
        assert steps(ada) == []
    await go_to(home, ada, 8, 30)
    await nudges(ada, 1)
