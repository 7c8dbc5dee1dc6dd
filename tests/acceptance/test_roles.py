"""/help and /role as members meet them: the six roles, two beside each other, the quiz, the tools, the teams."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from content.library import Library
from sandbox.world import Seen
from tests.kit.house import House, until
from tests.kit.people import Person

TOOLS = "Which of these do you know a little?"


async def test_help_lists_every_command(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    first = await ada.type("/help")
    rest = await ada.press(first, "More")
    for name in ("/help", "/nudge now", "/nudge off", "/nudge on", "/nudge pause", "/nudge show", "/role", "/step"):
        assert name in first.text + rest.text
    assert (await ada.press(rest, "Earlier")).text == first.text


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("mle", "Machine learning engineer"),
        ("machin lerning enginer", "Machine learning engineer"),
        ("数据科学家", "Data scientist"),
        ("data analist", "Data analyst"),
        ("SWE", "Software engineer"),
    ],
)
async def test_a_role_is_found_by_nickname_typo_and_in_the_other_language(
    home: House, platform: str, words: str, title: str
) -> None:
    shown = await home.person(platform, "Ada").type(f"/role {words}")
    assert shown.text.removeprefix("## ").splitlines()[0] == title


async def test_an_unknown_role_is_answered_honestly(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type("/role prompt engineer")
    assert "is not among the roles" in shown.text
    card = await ada.press(shown, "Machine learning engineer")
    assert "Train models" in card.text


async def test_a_role_is_chosen_and_remembered_over_a_restart(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.press(await ada.type("/role"), "Data analyst")
    chosen = await ada.press(card, "I am growing into this")
    assert "This is the role you are growing into." in chosen.text
    await home.restart()
    assert "You are growing into: Data analyst" in (await ada.type("/role")).text


async def test_discord_completes_role_names(home: House) -> None:
    ada = home.person("discord", "Ada")
    choices = await ada.world.complete(ada.id, "/role name:mach")
    assert ("role.ml-engineer", "Machine learning engineer") in choices
    lin = home.person("discord", "林雨")
    assert ("role.data-scientist", "数据科学家") in await lin.world.complete(lin.id, "/role name:数据")


async def test_discord_completes_what_else_role_can_do(home: House) -> None:
    ada, lin = home.person("discord", "Ada"), home.person("discord", "林雨")
    offered = [value for value, _ in await ada.world.complete(ada.id, "/role name:")]
    assert offered == [*_library(home).roles, "compare", "quiz", "fit", "org"]
    assert ("compare", "Compare two roles") in await ada.world.complete(ada.id, "/role name:comp")
    assert ("quiz", "A few taps to a role") in await ada.world.complete(ada.id, "/role name:qui")
    assert ("fit", "Which of its tools I know") in await ada.world.complete(ada.id, "/role name:tools")
    assert ("org", "Two kinds of AI teams") in await ada.world.complete(ada.id, "/role name:team")
    assert ("compare", "对比两个岗位") in await lin.world.complete(lin.id, "/role name:对比")
    pairs = await ada.world.complete(ada.id, "/role name:compare data")
    assert ("compare data-analyst data-scientist", "Data analyst / Data scientist") in pairs
    beside = await ada.world.complete(ada.id, "/role name:compare mle")
    assert all(value.startswith("compare ml-engineer ") for value, _ in beside[:5]), beside[:5]
    chosen = await ada.type("/role name:compare data-analyst data-scientist")
    assert _title(chosen) == "Data analyst · Data scientist", "what was completed opens"


async def test_the_same_member_id_in_two_spaces_is_two_members(home: House, platform: str) -> None:
    here, there = home.person(platform, "Ada"), home.person(platform, "Ada", space=1)
    assert here.id.rpartition("/")[2] == there.id.rpartition("/")[2]
    card = await here.press(await here.type("/role"), "Data analyst")
    await here.press(card, "I am growing into this")
    await until(lambda: "growing into." in here.here()[-1].text, "chosen")
    assert "growing into" not in (await there.type("/role")).text


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("compare mle data scientist", "Machine learning engineer · Data scientist"),
        ("mle vs data analyst", "Machine learning engineer · Data analyst"),
        ("mle or swe", "Machine learning engineer · Software engineer"),
        ("对比 数据科学家 机器学习工程师", "Data scientist · Machine learning engineer"),
        ("数据分析师和算法工程师", "Data analyst · Machine learning engineer"),
        ("compare data scientist, ml researcher", "Data scientist · Machine learning researcher"),
        ("compare software engineer software engineer ml", "Software engineer · Software engineer, ML"),
        ("compare data analist / machin lerning enginer", "Data analyst · Machine learning engineer"),
    ],
)
async def test_two_roles_are_compared_however_one_types_it(home: House, platform: str, words: str, title: str) -> None:
    assert _title(await home.person(platform, "Ada").type(f"/role {words}")) == title


async def test_a_comparison_says_what_both_share_and_what_only_one_has(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type("/role compare mle data analyst")
    assert "Put trained models into production" in shown.text
    assert "Work mostly in spreadsheets" in shown.text
    assert _fact(shown, "Tools of both") == {"Python", "SQL"}
    assert "AWS" in _fact(shown, "Tools of ML engineer")
    assert "Excel" in _fact(shown, "Tools of Data analyst")
    assert _fact(shown, "Main work of ML engineer").isdisjoint(_fact(shown, "Main work of Data analyst"))
    assert "Firms draw the lines differently" in shown.text
    card = await ada.press(shown, "Data analyst")
    assert (card.id, _title(card)) == (shown.id, "Data analyst")

    same = await ada.type("/role compare mle ml researcher")
    assert "The source prints the same tools for both." in same.text


async def test_two_roles_are_compared_by_buttons_and_pickers(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    listed = await ada.type("/role")
    asked = await ada.press(listed, "Compare two roles")
    assert "Which role first?" in asked.text
    asked = await ada.press(asked, "Data analyst")
    assert "Data analyst and …?" in asked.text
    assert "Data analyst" not in _options(asked), "never beside itself"
    shown = await ada.press(asked, "Data scientist")
    assert _title(shown) == "Data analyst · Data scientist"
    assert shown.id == listed.id

    await home.restart()
    asked = await ada.press(shown, "Compare others")
    assert "Which role first?" in asked.text
    card = await ada.type("/role mle")
    shown = await ada.press(await ada.press(card, "Compare"), "Software engineer, ML")
    assert _title(shown) == "Machine learning engineer · Software engineer, ML"


async def test_the_same_role_twice_is_told_kindly(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    for words in ("compare mle mle", "mle vs 算法工程师"):
        assert "That is the same role twice." in (await ada.type(f"/role {words}")).text


@pytest.mark.parametrize("words", ["compare mle plumber", "compare plumber mle", "plumber vs mle", "compare mle"])
async def test_a_half_that_is_no_role_is_asked_for_again(home: House, platform: str, words: str) -> None:
    ada = home.person(platform, "Ada")
    asked = await ada.type(f"/role {words}")
    assert ("“plumber” is not among the roles I know." in asked.text) == ("plumber" in words)
    assert "Machine learning engineer and …?" in asked.text
    assert _title(await ada.press(asked, "Data analyst")) == "Machine learning engineer · Data analyst"


async def test_six_taps_give_two_roles_with_reasons_and_leave_nothing_behind(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    begun = await ada.type("/role quiz")
    remembered = await _everything_stored(home)
    result = await _tap_through(ada, begun)
    assert result.id == begun.id
    names = [role.name.en for role in _library(home).roles.values()]
    offered = [label for label in _labels(result) if label in names]
    assert len(offered) == 2
    for name in offered:
        assert f"{name}\nBecause " in result.text.replace("*", "")
    assert "Nothing is stored unless you keep it." in result.text
    assert not any(sign in result.text for sign in ("%", "score", "points"))
    assert _title(await ada.press(result, offered[0])) == offered[0]

    assert await _everything_stored(home) == remembered
    assert "1 of 6" in (await ada.type("/role quiz")).text


async def test_one_back_takes_a_tap_back(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    first = await ada.press(await ada.type("/role"), "A few taps to a role")
    assert "1 of 6" in first.text
    assert "One back" not in _labels(first)
    second = await ada.press(first, _labels(first)[0])
    assert "2 of 6" in second.text
    back = await ada.press(second, "One back")
    assert (back.text, _labels(back)) == (first.text, _labels(first))
    result = await _tap_through(ada, back, option=1)
    assert "Two roles worth a look" in result.text
    again = await ada.press(result, "Start again")
    assert "1 of 6" in again.text


async def test_a_result_that_is_kept_survives_a_restart_until_it_is_forgotten(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    result = await _tap_through(ada, await ada.type("/role quiz"))
    roles, before = _labels(result)[:2], await _everything_stored(home)
    kept = await ada.press(result, "Keep this")
    assert "Kept for you alone." in kept.text
    assert await _everything_stored(home) != before, "only now"
    assert "Keep this" not in _labels(kept)

    await home.restart()
    shown = await ada.type("/role quiz")
    assert _labels(shown)[:2] == roles
    assert "Kept for you alone." in shown.text
    kofi = home.person(platform, "Kofi")
    assert "1 of 6" in (await kofi.type("/role quiz")).text

    forgotten = await ada.press(shown, "Forget this")
    assert "1 of 6" in forgotten.text
    await home.restart()
    assert "1 of 6" in (await ada.type("/role quiz")).text


async def test_a_quiz_that_was_begun_goes_on_after_a_restart(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    first = await ada.type("/role quiz")
    second = await ada.press(first, _labels(first)[0])
    await home.restart()
    third = await ada.press(second, _labels(second)[0])
    assert "3 of 6" in third.text


async def test_ticked_tools_show_what_is_named_what_is_open_and_the_smallest_next_one(
    home: House, platform: str
) -> None:
    ada = home.person(platform, "Ada")
    await ada.type("/role fit")
    remembered = await _everything_stored(home)
    assert ada.dialog().title == "Tools and a role"
    shown = await ada.fill({"Which role?": "role.ml-engineer", TOOLS: _ticks(ada, "Python", "Excel")})
    assert _title(shown) == "Machine learning engineer"
    assert _fact(shown, "Named for it, and yours already") == {"Python"}
    open_ = _fact(shown, "Named for it besides")
    assert {"SQL", "Git"} <= open_
    assert "Python" not in open_
    next_one = shown.text.partition("The smallest next one: ")[2].partition(" (")[0].strip("*")
    assert next_one in open_
    assert "Ten seconds of it" in shown.text
    assert "%" not in shown.text
    assert await _everything_stored(home) == remembered, "nothing of it is kept"

    await ada.press(shown, "Tick again")
    assert {field.label: field.value for field in ada.dialog().fields}["Which role?"] == "role.ml-engineer"
    whole = await ada.fill({TOOLS: _ticks(ada, *open_, "Python")})
    assert "Every tool the source names for this role is yours already." in whole.text
    assert "%" not in whole.text
    assert _title(await ada.press(whole, "ML engineer")) == "Machine learning engineer"
    assert await _everything_stored(home) == remembered


async def test_no_tool_at_all_is_a_fine_beginning(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await ada.type("/role fit data analyst")
    shown = await ada.fill({})
    assert _title(shown) == "Data analyst"
    assert "Excel" in _fact(shown, "Named for it besides")
    assert "yours already" not in shown.text
    assert "The smallest next one: " in shown.text
    assert "%" not in shown.text


async def test_the_form_of_the_tools_knows_the_role_one_comes_from(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type("/role data scientist")
    await ada.press(card, "My tools")
    assert {field.label: field.value for field in ada.dialog().fields}["Which role?"] == "role.data-scientist"
    await ada.world.dismiss(ada.id)
    await ada.press(card, "I am growing into this")
    await home.restart()
    await ada.type("/role fit")
    assert {field.label: field.value for field in ada.dialog().fields}["Which role?"] == "role.data-scientist"


async def test_the_two_kinds_of_teams_and_whom_one_meets_there(home: House, platform: str) -> None:
    ada, library = home.person(platform, "Ada"), _library(home)
    shown = await ada.type("/role org")
    kinds = [card for card in library.cards.values() if card.kind == "organisation"]
    assert len(kinds) == 2
    for card in kinds:
        assert card.title.en in shown.text
    assert shown.text.count("Often met there: ") == 2
    assert "Titles differ from firm to firm." in shown.text
    opened = await ada.press(shown, kinds[0].short.en)
    assert _title(opened) == kinds[0].title.en
    assert kinds[0].body.en in opened.text
    by_button = await ada.press(await ada.type("/role"), "Two kinds of AI teams")
    assert by_button.text == shown.text
    assert _title(await ada.press(by_button, "Data scientist")) == "Data scientist"


async def test_ask_a_real_one_gives_six_questions_and_the_way_back(home: House, platform: str) -> None:
    ada, library = home.person(platform, "Ada"), _library(home)
    card = await ada.type("/role mle")
    asked = await ada.press(card, "Ask a real one")
    assert "I can look for somebody here who is: Machine learning engineer." in asked.text
    points = library.cards[library.roles["role.ml-engineer"].ask].points
    assert len(points) == 6
    for point in points:
        assert point.en in asked.text
    back = await ada.press(asked, "Machine learning engineer")
    assert (back.id, back.text) == (card.id, card.text)


async def test_a_role_and_advice_about_changing_one_lead_to_somebody_to_talk_with(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await ada.press(await ada.type("/interview-match rules"), "I agree")
    card = await ada.type("/role data scientist")
    await ada.press(card, "Find someone who does this")
    assert "role.data-scientist" in str([field.value for field in ada.dialog().fields])
    await ada.world.dismiss(ada.id)
    await ada.press(await ada.press(card, "Ask a real one"), "Find someone who does this")
    assert "role.data-scientist" in str([field.value for field in ada.dialog().fields])
    await ada.world.dismiss(ada.id)
    library = _library(home)
    advice = next(card for card in library.cards.values() if card.topic == "jobsearch")
    await ada.press(await ada.type(f"/step {advice.title.en}"), "Find someone to talk with")
    assert ada.dialog().title == "A talk I would like"


async def test_ten_seconds_of_a_role_count_like_any_step(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type("/role mle")
    await ada.press(card, "Try ten seconds of it")
    step = ada.here()[-1]
    assert step.id != card.id
    assert "Ten seconds is plenty today." in step.text
    assert "1 day shown up" in (await ada.press(step, "Done")).text


@pytest.mark.parametrize(
    "role", ["data analyst", "data scientist", "mle", "ml researcher", "software engineer ml", "swe"]
)
async def test_every_role_says_where_it_is_from(home: House, platform: str, role: str) -> None:
    ada = home.person(platform, "Ada")
    card = await ada.type(f"/role {role}")
    origin = await ada.press(card, "Where is this from?")
    assert "How to Build Your Career in AI" in origin.text
    assert "chapter 12, on pathways and roles" in origin.text
    assert "This entry is role." in origin.text
    assert (await ada.press(origin, "Back")).text == card.text


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("data engineer", "Software engineer"),
        ("数据工程师", "Software engineer"),
        ("product manager", "Data analyst"),
        ("mlops enginer", "Machine learning engineer"),
    ],
)
async def test_a_title_that_is_none_of_the_six_leads_to_roles_with_near_tasks(
    home: House, platform: str, words: str, near: str
) -> None:
    ada = home.person(platform, "Ada")
    shown = await ada.type(f"/role {words}")
    assert f"“{words}” is not among the roles I know." in shown.text
    offered = _options(shown)
    assert near in offered
    assert len(offered) < 6, "only those with near tasks"
    assert _title(await ada.press(shown, near)) == near


@pytest.mark.parametrize("words", ["what does an mle earn", "data scientist salary", "数据分析师工资多少"])
async def test_a_question_about_pay_is_answered_honestly(home: House, platform: str, words: str) -> None:
    told = await home.person(platform, "Ada").type(f"/role {words}")
    assert "My sources say nothing about pay." in told.text


async def test_a_chinese_reader_gets_the_four_aids_in_chinese(home: House, platform: str) -> None:
    lin, library = home.person(platform, "林雨"), _library(home)
    assert _title(await lin.type("/role 对比 数据科学家 机器学习工程师")) == "数据科学家 · 机器学习工程师"
    assert "两者都用" in lin.here()[-1].text
    assert "两边是同一个岗位。" in (await lin.type("/role 对比 mle 算法工程师")).text
    asked = await lin.type("/role 对比")
    assert "先选哪个岗位？" in asked.text

    result = await _tap_through(lin, await lin.type("/role 测试"))
    assert _title(result) == "值得看看的两个岗位"
    assert "因为" in result.text
    assert "已留下，只有你自己看得到。" in (await lin.press(result, "留下这次结果")).text

    await lin.type("/role 工具 mle")
    shown = await lin.fill({"下面哪些你会一点？": _ticks(lin, "SQL", label="下面哪些你会一点？")})
    assert "SQL" in _fact(shown, "列出了，你也会", "、")
    assert "下一个最小的：" in shown.text
    assert "%" not in shown.text

    teams = await lin.type("/role 团队")
    assert all(card.title.zh in teams.text for card in library.cards.values() if card.kind == "organisation")
    assert "我的资料里没有谈薪水。" in (await lin.type("/role 数据分析师工资多少")).text
    assert "我知道的岗位里没有“数据工程师”。" in (await lin.type("/role 数据工程师")).text


async def _tap_through(person: Person, seen: Seen, option: int = 0) -> Seen:
    """Answers every question that is left with the same option, as far as there is one."""
    for _ in range(6):
        seen = await person.press(seen, _labels(seen)[option])
    return seen


def _library(home: House) -> Library:
    """The pack as it is served right now, so that writers may go on writing."""
    assert home.app is not None
    return home.app.shelf.library


async def _everything_stored(home: House) -> list[str]:
    """Every row of the database as SQL, once each event is handled; of those only that there was one remains, and is
    forgotten a day later."""
    for _ in range(200):
        with closing(sqlite3.connect(f"file:{home.settings.database}?mode=ro", uri=True)) as database:
            lines = [line for line in database.iterdump() if not line.startswith('INSERT INTO "workers"')]
        events = [line for line in lines if line.startswith('INSERT INTO "inbox"')]
        if all("',NULL,'" in line for line in events):
            return [line for line in lines if line not in events]
        await asyncio.sleep(0.02)
    raise AssertionError("an event stays open")


def _ticks(person: Person, *tools: str, label: str = TOOLS) -> list[str]:
    """The values of these tools in the open form."""
    field = next(field for field in person.dialog().fields if field.label == label)
    found = [value for value, name in field.options if name in tools]
    assert len(found) == len(set(tools)), f"the form should offer {tools}: {field.options}"
    return found


def _title(seen: Seen) -> str:
    return seen.text.removeprefix("## ").splitlines()[0]


def _labels(seen: Seen) -> list[str]:
    """What its buttons say."""
    return [control.label for control in seen.controls if control.kind == "button"]


def _options(seen: Seen) -> list[str]:
    """What its pickers offer."""
    return [label for control in seen.controls for _value, label in control.options]


def _fact(seen: Seen, name: str, between: str = ", ") -> set[str]:
    """The items under a bold name: Slack shows them below it, Discord behind it."""
    _before, found, after = seen.text.replace("*", "").partition(name)
    assert found, f"nothing is called {name!r}: {seen.text}"
    return set(after.lstrip().partition("\n")[0].split(between))
