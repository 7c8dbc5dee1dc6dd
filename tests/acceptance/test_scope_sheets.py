"""/scope where it does not go straight: a solution in place of a problem, no AI needed, too much typed, too many
sheets; and the worksheets beside it, each once."""

from __future__ import annotations

import pytest

from sandbox.world import Refused
from tests.acceptance.scopes import IDEAS, NAMES, Writer, given, to_the_second
from tests.kit.house import House

BAKERY = {"en": ("The bakery", "Tills", "The manager"), "zh-CN": ("面包房", "收银记录", "店长")}


def writer(home: House, platform: str, lang: str, slug: str = "scope") -> Writer:
    """Somebody whose platform says this language."""
    return Writer(home, home.person(platform, NAMES[lang]), lang, slug)


@pytest.mark.parametrize(
    ("platform", "lang", "wish"),
    [("slack", "zh-CN", "用大模型做客服"), ("discord", "en", "Build a chatbot for our shop")],
    ids=["slack-zh", "discord-en"],
)
async def test_a_solution_is_asked_about_and_may_stay(home: House, platform: str, lang: str, wish: str) -> None:
    ada = writer(home, platform, lang)
    await to_the_second(ada, {"wishes": wish})
    question = next(one.ask.get(lang) for one in ada.step("problem").checks if one.id == "solution-words")
    assert question in ada.text
    assert ada.form is None, "it is read before anything goes on"
    after = await ada.press(ada.say("Keep it as it is"))
    assert question not in after
    assert wish in after
    await ada.on_to("ideas")
    await ada.fill("ideas", IDEAS[lang])
    await ada.type("/scope open")
    assert question not in await ada.press(f"● {ada.step('problem').title.get(lang)}"), "asked once"


@pytest.mark.parametrize(("platform", "lang"), [("slack", "en"), ("discord", "zh-CN")], ids=["slack-en", "discord-zh"])
async def test_too_much_is_explained_and_kept_and_no_ai_is_a_good_end(home: House, platform: str, lang: str) -> None:
    ada = writer(home, platform, lang)
    await to_the_second(ada)
    await ada.on_to("ideas")
    pasted = {"en": "a word and ", "zh-CN": "一句一句又一句地写"}[lang] * 500
    with pytest.raises(Refused):  # more than a window takes: the client says so, and keeps it
        await ada.fill("ideas", {"no_ai": pasted[:4_000]})
    await ada.fill("ideas", {"no_ai": pasted[:2_900]})
    assert ada.say.number(300) in ada.wrong
    if ada.form is None:  # Discord closes a form that is sent
        await ada.press(ada.say("Try again"))
    else:
        await ada.away()
        await ada.type("/scope open")
        await ada.press(ada.say("Go on: {step}", step=ada.short("ideas")))
    assert ada.typed("ideas", "no_ai").strip() == pasted[:2_900].strip()
    await ada.fill("ideas", {"need": "none", "no_ai": pasted[:200]})
    assert ada.worksheet.finishes[0].say.get(lang) in ada.text
    assert ada.say("{n} of {all} done", n=2, all=2) in await ada.type("/scope list")


async def test_what_stays_blank_is_asked_about_once_and_holds_nobody_up(home: House) -> None:
    ada = writer(home, "slack", "en")
    await to_the_second(ada, {"who": "", "why_not": ""})
    for _ in range(2):
        assert "Next step: 2 Ideas" in ada.labels
        await ada.press("Keep it as it is")
    await ada.on_to("ideas")
    await ada.fill("ideas", IDEAS["en"])
    assert "1 of 5 done" in await ada.type("/scope open")


async def test_ten_sheets_are_open_at_most_and_one_can_be_put_away(home: House) -> None:
    ada = writer(home, "discord", "en")
    for _ in range(10):
        assert "Three questions" in await ada.type("/scope new")
        await ada.press("Yes")
    assert "10 sheets are open" in await ada.type("/scope new")
    assert "is put away" in await ada.press("Project scope sheet")
    assert "Three questions" in await ada.type("/scope new")


@pytest.mark.parametrize(("platform", "lang"), [("slack", "zh-CN"), ("discord", "en")], ids=["slack-zh", "discord-en"])
async def test_an_idea_is_found_chosen_and_aimed_at(home: House, platform: str, lang: str) -> None:
    ada = writer(home, platform, lang, "ideas")
    await ada.type("/scope ideas new")
    await ada.press(option(ada, "door", "door", "apply"))
    await ada.on_to("apply")
    bakery, tills, manager = BAKERY[lang]
    await ada.fill("apply", {"apply_topic": bakery, "apply_data": tills, "apply_person": manager})
    await ada.away()
    await ada.press(ada.say("The whole sheet"))
    starter = next(words for one in ada.card.controls for _, words in one.options if bakery in words)
    await ada.press(starter)
    ada.slug = "scope"
    assert ada.step("gate").intro.get(lang) in ada.text, "a scope sheet begins with it"
    assert starter in await ada.type("/scope list")

    ada.slug = "pick"
    await ada.type("/scope pick new")
    await ada.fill("projects", {"projects": f"{bakery}\n{tills}"})
    await ada.press(ada.say("Next step: {step}", step=ada.short("scores")))
    await ada.press(ada.say("Next: {line}", line=bakery))
    zero = {"growth": "2", "people": "0", "stone": "2", "ethics": "yes"}
    await ada.fill("scores", zero)
    if ada.form is None:
        await ada.press(ada.say("Next: {line}", line=tills))
    await ada.fill("scores", zero | {"people": "3"})
    assert "●●●●●●●○○" in ada.text
    assert "●●●●○○○○○" in ada.text

    ada.slug = "aim"
    await ada.type("/scope aim new")
    await ada.fill("situation", {"idea": bakery})
    await ada.press(ada.short("situation", "cost"))
    taps = {"place": "model", "cost": "days", "money": "none", "undo": "easily", "study": "yes-week", "hurt": "users"}
    for key, value in taps.items():
        await ada.press(option(ada, "situation", key, value))
    fired = {"en": "Fire first", "zh-CN": "先动手"}[lang]
    assert fired in ada.text


async def test_a_paper_is_read_in_three_passes(home: House) -> None:
    ada = writer(home, "slack", "en", "paper")
    await ada.type("/step paper new")
    await ada.fill("add", {"title": "Forecasting demand for fresh bread"})
    await ada.on_to("pass1")
    await ada.fill("pass1", {"sentence": "Yesterday is a strong guess", "verdict": "go"})
    await ada.on_to("pass2")
    await ada.fill("pass2", {"figure": "3", "verdict2": "stop"})
    assert "The sheet is complete." in ada.text
    await ada.type("/step paper export")
    await ada.press(ada.say("Text (Markdown)"))
    text = (await given(ada, "md"))[1].decode()
    assert "Yesterday is a strong guess" in text
    assert ada.step("pass3").title.get("en") not in text, "nobody asked for the third"


async def test_a_topic_grows_from_titles_to_questions(home: House) -> None:
    yu = writer(home, "discord", "zh-CN", "research")
    await yu.type("/step topic:选题 新建")
    await yu.fill("topic", {"topic": "面包房的浪费"})
    await yu.on_to("self", "titles")
    await yu.fill("self", {"titles": "新鲜面包的需求预测\n食物浪费综述"})
    await yu.press(yu.short("self", "feel"))
    await yu.press(option(yu, "self", "feel", "heart"), 0)
    await yu.type("/step topic:选题 导出")
    await yu.press(yu.say("Tables (CSV)"))
    table = (await given(yu, "csv"))[1].decode("utf-8-sig")
    assert "新鲜面包的需求预测" in table


def option(ada: Writer, step: str, field: str, value: str) -> str:
    """How a choice is called."""
    known = ada.step(step).field(field)
    assert known is not None
    return next(one.label.get(ada.lang) for one in known.options if one.value == value)
