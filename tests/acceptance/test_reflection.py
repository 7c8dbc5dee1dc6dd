"""Once a week, from the second week on, a step's place is taken by a look back: three optional lines and a question."""

from __future__ import annotations

from datetime import date, timedelta

from sandbox.world import Seen
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import opt_in
from tests.kit.house import House, until

TRIED, NOTICED, NEXT = "One thing I tried", "One thing I noticed", "One tiny thing for next week"
SUNDAY = 6


async def second_sunday(life: Life, answer: str = "Done") -> Seen:
    """Every day answered until the first look back; gives it back, on the Sunday of the second week."""
    await life.set(reflect_day=SUNDAY)
    for _ in range(9):
        sunday = life.today.weekday() == SUNDAY - 1
        [came] = await life.morning()
        looks_back = "Write three lines" in labels(came) or "写三句" in labels(came)
        if looks_back:
            assert sunday
            return came
        if labels(came)[0] in {"Show answer", "看答案"}:  # a question in a step's place
            came = await life.person.press(came, labels(came)[0])
            answer_now = labels(came)[2]
        else:
            answer_now = answer
        await life.person.press(came, answer_now)
    raise AssertionError("no look back came")


async def test_the_first_comes_in_the_second_week_in_the_steps_place(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)  # on a Friday
    card = await second_sunday(ada)
    assert labels(card) == ["Write three lines", "Shrink it", "Not today", "Pause"]
    assert ada.today == date(2026, 11, 29)
    assert [row.kind for row in await ada.rows()].count("reflection") == 1
    assert len({row.day for row in await ada.rows()}) == len(await ada.rows()), "one message a day"


async def test_three_lines_become_the_week_and_the_tiny_thing_comes_on_monday(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    card = await second_sunday(ada)
    await ada.person.press(card, "Write three lines")
    await ada.fill({TRIED: "a talk", NOTICED: "<!here> it was *fun*", NEXT: "open the data"})
    await until(lambda: "a talk" in ada.person.dms()[-1].text, "the week")
    week = ada.person.dms()[-1]
    assert week.id == card.id, "in the card's place"
    assert "●●●●●●●" in week.text, "the look back is a day too"
    assert "I tried: a talk" in week.text
    assert "A question to take along:" in week.text
    assert "/step " in week.text, "one door on"
    assert sum(entry["pings"] for entry in ada.person.world.ledger()) == 0
    assert (await ada.nudge()).unanswered == 0

    [monday] = await ada.morning()
    assert "You wanted to: open the data" in monday.text
    await ada.person.press(monday, "Not today")
    [tuesday] = await ada.morning()
    assert "You wanted to:" not in tuesday.text


async def test_one_line_is_a_look_back_too_and_leaves_the_others_be(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    card = await second_sunday(ada)
    await ada.person.press(card, "Shrink it")
    assert [field.label for field in ada.person.dialog().fields] == [NOTICED]
    await ada.fill({NOTICED: "it was fun"})
    await until(lambda: "I noticed: it was fun" in ada.person.dms()[-1].text, "the week")
    week = ada.person.dms()[-1]
    assert week.id == card.id, "in the card's place"
    assert "●●●●●●●" in week.text, "it counts the same"
    await ada.person.press(week, "Change my lines")
    await ada.fill({TRIED: "a talk"})
    await until(lambda: "I tried: a talk" in ada.person.dms()[-1].text, "all three can still be written")
    assert "I noticed: it was fun" in ada.person.dms()[-1].text
    await ada.person.press(ada.person.dms()[-1], "Change my lines")
    await ada.fill({NOTICED: ""})
    await until(lambda: "I noticed" not in ada.person.dms()[-1].text, "a line taken back")
    assert "I tried: a talk" in ada.person.dms()[-1].text


async def test_nothing_written_is_fine_and_lines_can_be_changed(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    card = await second_sunday(ada, "Not today")  # no step done, so nothing is asked about either
    await ada.person.press(card, "Write three lines")
    await ada.fill({})
    await until(lambda: "Your week" in ada.person.dms()[-1].text.splitlines()[0], "the week")
    empty = ada.person.dms()[-1]
    assert "●○○○○○○" in empty.text
    assert "I tried" not in empty.text
    await ada.person.press(empty, "Change my lines")
    await ada.fill({NEXT: "ask Kofi"})
    await until(lambda: "Next week: ask Kofi" in ada.person.dms()[-1].text, "the line")
    async with ada.store.begin() as tx:
        assert [kept.next for kept in await tx.reflections.recent(ada.someone)] == ["ask Kofi"]


async def test_not_today_is_an_answer_too(home: House, platform: str) -> None:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    card = await second_sunday(ada)
    told = await ada.person.press(card, "Not today")
    assert "Noted. Tomorrow is fine." in told.text
    assert (await ada.nudge()).unanswered == 0


async def test_a_member_may_look_back_any_day_and_read_past_weeks(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    assert "No lines yet." in (await ada.type("/reflect list")).text
    await ada.type("/reflect")
    told = await ada.fill({TRIED: "asked @everyone", NEXT: "open the data"})
    assert "Your week" in told.text
    assert "●" not in told.text, "no days, no dots"
    await ada.type("/reflect")
    assert {field.label: field.value for field in ada.dialog().fields}[TRIED] == "asked @everyone", "the same week"
    await ada.fill({TRIED: "asked Kofi"})
    past = await ada.type("/reflect list")
    assert "asked Kofi" in past.text
    assert "asked @everyone" not in past.text
    life = Life(home, ada, platform)
    async with life.store.begin() as tx:
        assert [kept.day for kept in await tx.reflections.recent(life.someone)] == [life.today]
        other = await tx.reflections.of([life.someone], life.today - timedelta(days=8))
        assert other[life.someone].next == "open the data"


async def test_the_look_back_speaks_chinese(home: House, platform: str) -> None:
    lin = Life(home, home.person(platform, "林雨"), platform)
    await opt_in(lin.person, anchor="倒好茶", tiny="打开课程", at="08:30", lang="zh-CN")
    card = await second_sunday(lin, "做了")
    await lin.person.press(card, "写三句")
    await lin.fill({"下周的一件小事": "打开数据"})
    await until(lambda: "下周：打开数据" in lin.person.dms()[-1].text, "the week")
    assert "带走一个问题：" in lin.person.dms()[-1].text
