"""What was done is asked about later, in a step's place: at most twice a week, one tap a day, no backlog, no shame."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from habit.recall import due_on, new_card, review
from sandbox.world import Seen
from store.deliveries import NewDelivery
from store.next_prompt import Wanted, next_prompts
from store.recalls import Learned
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import go_to, local, opt_in
from tests.kit.house import House, shipped, until

PROMPT = "prompt.adversity.three-endings"
QUESTION = "What is the first step of planning when the future is unclear?"
ANSWER = "List the ways things could plausibly go"
DAY = timedelta(days=1)


async def learned(home: House, platform: str) -> Life:
    """Somebody who opted in and did a step that has a question."""
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    page = await ada.person.type(f"/step {PROMPT}")
    await ada.person.press(page, "Try ten seconds of it")
    await ada.person.press(ada.person.here()[-1], "Done")
    await until_due_tomorrow(ada)
    return ada


async def until_due_tomorrow(ada: Life) -> None:
    """It is asked after three days; the stories do not wait for them."""
    async with ada.store.begin() as tx:
        kept = await tx.recalls.get(ada.someone, PROMPT)
        assert kept is not None
        assert kept.due == ada.today + 3 * DAY
        await tx.recalls.keep(replace(kept, due=ada.today + DAY))


async def card(ada: Life) -> Learned | None:
    """What the store holds of it."""
    async with ada.store.begin() as tx:
        return await tx.recalls.get(ada.someone, PROMPT)


async def question(ada: Life) -> Seen:
    """The question, on the morning after."""
    [asked] = await ada.morning()
    assert QUESTION in asked.text
    return asked


async def test_a_step_done_is_asked_about_and_one_refused_is_not(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.person.type(f"/step {PROMPT}")
    await ada.person.press(ada.person.here()[-1], "Try ten seconds of it")
    await ada.person.press(ada.person.here()[-1], "Not today")
    assert await card(ada) is None
    ada = await learned(home, platform)
    kept = await card(ada)
    assert kept is not None
    assert kept.due == ada.today + DAY


@pytest.mark.parametrize(("grade", "gap"), [("Again", 1), ("Hard", 1), ("Good", 2), ("Easy", 8)])
async def test_think_look_and_say_how_it_was(home: House, platform: str, grade: str, gap: int) -> None:
    ada = await learned(home, platform)
    asked = await question(ada)
    assert labels(asked) == ["Show answer", "Not today", "Pause"]
    assert asked.text.replace("*", "")[:60] == QUESTION[:60], "useful on a lock screen"
    assert ANSWER not in asked.text
    shown = await ada.person.press(asked, "Show answer")
    assert ANSWER in shown.text
    assert labels(shown) == ["Again", "Hard", "Good", "Easy", "This question is wrong", "Stop asking this one"]
    assert (await ada.nudge()).unanswered == 0, "looking is a tap"

    told = await ada.person.press(shown, grade)
    assert "2 days shown up" in told.text, "whatever the grade, the day counts"
    assert "If you like, ten seconds of it:" in told.text, "a fact leads to an act"
    kept = await card(ada)
    assert kept is not None
    assert (kept.due - ada.today).days >= gap
    assert "due" not in told.text


async def test_of_two_presses_at_once_the_first_counts(home: House, platform: str) -> None:
    ada = await learned(home, platform)
    before = await card(ada)
    shown = await ada.person.press(await question(ada), "Show answer")
    ids = [control.id for control in shown.controls if control.label in {"Good", "Easy"}]
    await asyncio.gather(*(ada.person.world.press(ada.person.id, shown.id, id_) for id_ in ids), return_exceptions=True)
    await until(lambda: "2 days shown up" in ada.person.dms()[-1].text, "the card of the answer")
    kept = await card(ada)
    assert before is not None
    assert kept is not None
    now = local(home, ada.person)
    assert kept.card in {review(before.card, "good", now)[0], review(before.card, "easy", now)[0]}, "not both"


async def test_a_question_is_silent_after_not_today_and_comes_again(home: House, platform: str) -> None:
    ada = await learned(home, platform)
    told = await ada.person.press(await question(ada), "Not today")
    assert "Noted. Tomorrow is fine." in told.text
    again = await ada.morning()
    assert QUESTION in again[0].text


async def test_a_wrong_question_is_put_away_and_the_log_hears_its_id_alone(
    home: House, platform: str, caplog: pytest.LogCaptureFixture
) -> None:
    ada = await learned(home, platform)
    shown = await ada.person.press(await question(ada), "Show answer")
    await ada.person.press(shown, "This question is wrong")
    with caplog.at_level(logging.WARNING, logger="commands.recall"):
        await ada.fill({"What is wrong with it?": "my secret reason"})
        await until(lambda: "put this question away" in ada.person.dms()[-1].text, "put away")
    said = [record for record in caplog.records if record.name == "commands.recall"]
    assert [record.__dict__["prompt"] for record in said] == [PROMPT]
    assert "my secret reason" not in caplog.text
    assert [row.note for row in await ada.rows()] == ["my secret reason"]
    kept = await card(ada)
    assert kept is not None
    assert kept.due == date.max


async def test_one_that_was_stopped_does_not_come_back_by_doing_its_step_again(home: House, platform: str) -> None:
    ada = await learned(home, platform)
    shown = await ada.person.press(await question(ada), "Show answer")
    stopped = await ada.person.press(shown, "Stop asking this one")
    assert "Put away. I will not ask this one again." in stopped.text
    page = await ada.person.type(f"/step {PROMPT}")
    await ada.person.press(page, "Try ten seconds of it")
    await ada.person.press(ada.person.here()[-1], "Done")
    kept = await card(ada)
    assert kept is not None
    assert kept.due == date.max


async def test_a_question_whose_meaning_changed_starts_anew(home: House, platform: str) -> None:
    ada = await learned(home, platform)
    old = await card(ada)
    assert old is not None
    async with ada.store.begin() as tx:  # learned long ago, as it was before the pack changed
        await tx.recalls.keep(replace(old, rev=0, card=old.card))
    shown = await ada.person.press(await question(ada), "Show answer")
    await ada.person.press(shown, "Good")
    kept = await card(ada)
    assert kept is not None
    assert kept.rev != 0
    assert kept.due == ada.today + 2 * DAY, "the gap of a first answer"


async def test_at_most_two_a_week_over_sixty_days_though_thirty_are_due(home: House) -> None:
    ada = Life(home, home.person("slack", "Ada"), "slack")
    await opt_in(ada.person)
    assert home.app is not None
    library = home.app.shelf.library
    asks = [prompt for prompt in library.prompts.values() if prompt.recall and not prompt.requires_optin][:30]
    start, chance = ada.today + DAY, Random(7)  # a story's days off, not a secret
    async with ada.store.begin() as tx:
        for prompt in asks:
            new = new_card(prompt.id, start - 2 * DAY)
            await tx.recalls.keep(Learned(ada.someone, prompt.id, prompt.rev, new, due_on(new)))
        member = await tx.members.get(ada.someone)
        assert member is not None
        on: list[date] = []
        for day in (start + n * DAY for n in range(60)):
            if chance.random() < 0.15:
                continue
            [choice] = await next_prompts(tx, library, [Wanted(member, day, recall=True)])
            extra = "recall" if choice.recall else ""
            on += [day] if choice.recall else []
            at = home.sandbox.clock.now()
            row = NewDelivery(ada.someone, "prompt", day, at, 0, choice.prompt.id, 1, extra=extra, state="sent")
            await tx.deliveries.plan_one(row)
    assert len(on) >= 14
    assert max(sum(day <= other < day + timedelta(days=7) for other in on) for day in on) == 2


async def test_after_a_pause_questions_come_one_a_day_and_not_all_at_once(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    asks = sorted(id_ for id_, prompt in shipped().current.library.prompts.items() if prompt.recall)[:5]
    async with ada.store.begin() as tx:
        for n, id_ in enumerate(asks):
            card = new_card(id_, ada.today + n % 2 * DAY)  # due in three or four days
            await tx.recalls.keep(Learned(ada.someone, id_, 1, card, due_on(card)))
    paused = await ada.person.type("/nudge pause 1w")
    assert sorted(await _dues(ada)) == [7, 8, 9, 10, 11], "when it ends by itself"
    await go_to(home, ada.person, 12, 30, days=4)
    await ada.person.press(paused, "I am back")
    assert sorted(await _dues(ada)) == [0, 1, 2, 3, 4], "ended early: from here on"


async def _dues(ada: Life) -> list[int]:
    """In how many days each question is due."""
    async with ada.store.begin() as tx:
        due = (await tx.recalls.due([ada.someone], ada.today + 99 * DAY))[ada.someone]
    return [(one.due - ada.today).days for one in due]


async def test_questions_speak_chinese(home: House, platform: str) -> None:
    lin = Life(home, home.person(platform, "林雨"), platform)
    await opt_in(lin.person, anchor="倒好茶", tiny="打开课程", at="08:30", lang="zh-CN")
    page = await lin.person.type(f"/step {PROMPT}")
    await lin.person.press(page, "试十秒")
    await lin.person.press(lin.person.here()[-1], "做了")
    await until_due_tomorrow(lin)
    [asked] = await lin.morning()
    assert "前景不明时做计划，第一步是什么？" in asked.text
    shown = await lin.person.press(asked, "看答案")
    assert "没想起来" in labels(shown)
    assert "出现过 2 天" in (await lin.person.press(shown, "有点难")).text
