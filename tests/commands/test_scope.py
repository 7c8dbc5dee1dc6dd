"""/scope as a member works with it, on the real store: from the first tap to a finished sheet, back, and put away."""

from __future__ import annotations

import pytest

from chat.message import File
from sheets.ways import SheetOpened, SheetPart, SheetStep
from store import Store
from tests.commands.desk import Desk
from tests.commands.scoping import IDEAS, METRICS, PROBLEM, only, to_the_end, to_the_second_step


async def test_five_steps_make_a_finished_sheet(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    assert "All five steps stand." in ada.card.plain()
    assert (await only(store, ada)).state == "done"
    whole = await ada.press("The whole sheet")
    assert "5 of 5" in whole.plain()
    assert "Bread thrown away" in whole.plain()
    assert whole.title.startswith("Managers guess tomorrow's bread")


async def test_on_discord_and_in_chinese_every_form_has_its_button(yu: Desk) -> None:
    card = await yu.type("scope", "新建")
    assert card.title == "先答三个问题"
    for answer in ("是", "不会", "可以"):
        card = await yu.press(answer)
    await yu.press("下一步")
    await yu.fill(PROBLEM | {"wishes": "店长每天猜备货量，周末总是不够"})
    assert yu.form is None
    assert yu.card.title == "第 1 步，共 5 步：用当事人的话，说一个业务问题"
    await yu.press("下一步")
    assert yu.form is not None
    assert yu.form.title == "2 点子"
    assert yu.form.intro.startswith("问题清楚了")


async def test_what_a_form_is_about_stands_beside_the_button_that_opens_it(yu: Desk) -> None:
    """Discord shows nothing above five questions."""
    await yu.type("scope", "新建")
    for answer in ("是", "不会", "可以"):
        await yu.press(answer)
    assert "先不提 AI" in yu.card.plain()
    whole = await yu.press("整张表")
    assert "先不提 AI" in whole.plain()


async def test_no_ai_needed_is_a_good_end_and_celebrated(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    card = await ada.fill({"no_ai": "A printed table by weekday does it", "baseline": "Last week's day"})
    assert "Is the other half missing?" in card.plain(), "words alone end nothing"
    await ada.press("Rewrite")
    await ada.fill({"need": ("none",)})
    assert (await only(store, ada)).state == "done"
    assert "No AI needed: that is a result to be proud of." in ada.card.plain()
    assert ada.form is None
    assert "Export" in ada.labels()
    whole = await ada.press("The whole sheet")
    assert "Go on:" not in " ".join(ada.labels())
    assert "A printed table by weekday does it" in whole.plain()


async def test_a_check_asks_once_and_the_member_decides(ada: Desk) -> None:
    await ada.type("scope", "new")
    for answer in ("Yes", "No", "Yes"):
        await ada.press(answer)
    await ada.press("Next step")
    card = await ada.fill(PROBLEM | {"wishes": "Build a chatbot for our shop"})
    assert ada.form is None, "advice is read before it goes on"
    assert "This may already be a solution." in card.plain()
    await ada.press("Rewrite")
    assert ada.form is not None
    await ada.fill({})
    kept = await ada.press("Keep it as it is")
    assert "This may already be a solution." not in kept.plain()
    await ada.type("scope", "open")
    again = await ada.press("● A business problem")
    assert "This may already be a solution." not in again.plain()


async def test_what_is_too_long_is_explained_and_no_word_is_lost(ada: Desk, store: Store) -> None:
    await to_the_second_step(ada)
    long = "A forecast " * 60
    await ada.fill({"ideas": f"{long}\nA table", "baseline": "Last week's day"})
    assert "there is room for 200" in ada.wrong["ideas"]
    assert "659" in ada.wrong["ideas"]
    assert ada.form is not None
    await ada.type("scope", "open")
    await ada.press("Go on: 2 Ideas")
    assert ada.typed("ideas").startswith(long.strip())
    assert ada.typed("baseline") == "Last week's day"
    await ada.fill(IDEAS)
    assert not ada.wrong
    async with store.begin() as tx:
        assert await tx.drafts.get(ada.person, f"sheet {(await tx.sheets.of(ada.person))[0].id}") is None


async def test_a_form_that_came_back_wrong_waits_only_for_its_own_part(ada: Desk) -> None:
    await to_the_second_step(ada)
    await ada.fill({"ideas": "x" * 500})
    await ada.type("scope", "open")
    await ada.press("● A business problem")
    await ada.press("Change: 1 The problem")
    assert ada.typed("who") == PROBLEM["who"]


async def test_back_from_four_to_one_marks_what_comes_later_once_something_changed(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    sheet = await only(store, ada)
    await ada.type("scope", f"open {sheet.id}")
    await ada.press("● Two numbers")
    await ada.press("Back to step 1")
    assert ada.form is not None
    await ada.fill({"reason": "why " * 50})
    assert "140" in ada.wrong["reason"]
    assert ada.typed("reason") == ("why " * 50).strip()
    await ada.fill({"reason": "the metric made no sense"})
    assert "Worth another look" not in (await ada.press("The whole sheet")).plain()
    assert all(not step.recheck for step in (await only(store, ada)).steps.values()), "looking marks nothing"
    await ada.press("● A business problem")
    await ada.press("Change: 1 The problem")
    await ada.fill({"who": "Shop managers and their bakers"})
    after = await only(store, ada)
    marked = {key for key, step in after.steps.items() if step.recheck}
    assert marked == {"ideas", "value", "milestones", "budget"}
    assert after.steps["ideas"].values == sheet.steps["ideas"].values
    assert [(one.to, one.reason) for one in after.history] == [("problem", "the metric made no sense")]
    whole = await ada.press("The whole sheet")
    assert "Gone back once" in whole.plain()
    step = await ada.press("Go on: 2 Ideas")
    assert "for a step before it changed: the metric made no sense" in step.plain()
    await ada.press("It still holds")
    assert not (await only(store, ada)).steps["ideas"].recheck


async def test_the_language_turns_in_the_middle_and_the_words_stay(ada: Desk) -> None:
    await to_the_second_step(ada)
    await ada.type("scope", "open")
    await ada.press("More…")
    turned = await ada.press("Headings in Chinese")
    assert "1 业务问题" in turned.plain()
    assert PROBLEM["who"] in turned.plain()
    await ada.press("继续：2 点子")
    assert ada.form is not None
    assert ada.form.title == "2 点子"


async def test_a_date_that_is_no_date_and_full_width_digits(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    await ada.type("scope", f"open {(await only(store, ada)).id}")
    await ada.press("● Two numbers")
    await ada.press("Change: 4 Milestones")
    await ada.fill({"date": "soon"})
    assert "date" in ada.wrong
    await ada.fill(METRICS | {"date": "２０２７年６月１日"})
    assert not ada.wrong
    assert (await only(store, ada)).value("milestones.date") == "2027-06-01"


@pytest.mark.parametrize("part", ["gone.form", "problem.gone", "nonsense"])
async def test_a_button_of_another_worksheet_is_told_kindly(ada: Desk, store: Store, part: str) -> None:
    await to_the_second_step(ada)
    card = await ada.act(SheetPart((await only(store, ada)).id, part).wire())
    assert "has changed since" in card.plain()


async def test_an_earlier_step_changed_from_the_whole_sheet_is_a_return_too(ada: Desk, store: Store) -> None:
    await to_the_end(ada)
    sheet = await only(store, ada)
    await ada.act(SheetPart(sheet.id, "problem.form").wire())
    await ada.fill({"who": "Truck drivers", "wishes": "Drivers cannot find the loading ramp at night"})
    changed = await only(store, ada)
    assert {key for key, one in changed.steps.items() if one.recheck} == {"ideas", "value", "milestones", "budget"}
    card = await ada.act(SheetStep(sheet.id, "budget").wire())
    assert "Worth another look, for a step before it changed: “1 The problem” was changed" in card.plain()
    await ada.press("It still holds")
    assert not (await only(store, ada)).steps["budget"].recheck
    await ada.act(SheetOpened(sheet.id).wire())
    await ada.press("Export")
    await ada.press("Text")
    (file,) = [part for part in ada.card.parts if isinstance(part, File)]
    assert "returned from 5 to 1: “1 The problem” was changed" in file.data.decode()


async def test_a_gate_that_stays_open_is_asked_about_and_stands_on_the_sheet(ada: Desk) -> None:
    await ada.type("scope", "new")
    for answer in ("No", "Yes", "No"):
        card = await ada.press(answer)
    assert "Whom does it not do good" in card.plain()
    assert "what harm, and who looks over it" in card.plain()
    assert "Who could say what would be" in card.plain()
    whole = await ada.press("The whole sheet")
    for question in ("Is it good for the people", "Could someone be harmed", "May I do this"):
        assert question in whole.plain().split("Open questions: ")[1].split("\n")[0]
    assert any("If it is wrong" in label or "What if it is wrong" in label for label in ada.labels())
