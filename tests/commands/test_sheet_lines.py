"""Lists that only grow can be put right: a line in other words, or taken out, and nobody's words are overwritten."""

from __future__ import annotations

from sheets.line_ways import SheetLine
from sheets.sheet import Sheet
from sheets.ways import SheetItems, SheetPart
from store import Store
from tests.commands.conftest import NOON
from tests.commands.desk import Desk
from tests.commands.scoping import only

QUESTIONS = "Who bakes at night\nHow much braed is thrown away\nSince when"


async def asked(desk: Desk, store: Store) -> Sheet:
    """A research sheet with three small questions, its third step on the card."""
    await desk.type("step", "research new")
    await desk.fill({"topic": "Bread that is thrown away"})
    if desk.form is not None:
        desk.close()
    await desk.act(SheetPart((await only(store, desk)).id, "questions.form").wire())
    await desk.fill({"questions": QUESTIONS})
    return await only(store, desk)


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.items("questions.questions")]


async def test_a_slip_in_a_question_is_mended_where_it_stands(ada: Desk, store: Store) -> None:
    sheet = await asked(ada, store)
    await ada.press("2. How much braed")
    assert ada.typed("questions") == "How much braed is thrown away"
    card = await ada.fill({"questions": "How much bread is thrown away"})
    assert "How much bread" in card.plain()
    after = await only(store, ada)
    assert texts(after) == ["Who bakes at night", "How much bread is thrown away", "Since when"]
    assert [one.id for one in after.items("questions.questions")] == [
        one.id for one in sheet.items("questions.questions")
    ]


async def test_sent_empty_a_line_goes(ada: Desk, store: Store) -> None:
    await asked(ada, store)
    await ada.press("1. Who bakes")
    await ada.fill({"questions": " "})
    assert texts(await only(store, ada)) == ["How much braed is thrown away", "Since when"]


async def test_what_cannot_be_is_said_and_the_words_stay(ada: Desk, store: Store) -> None:
    await asked(ada, store)
    await ada.press("1. Who bakes")
    await ada.fill({"questions": "since WHEN"})
    assert ada.wrong == {"questions": "This line stands in the list already."}
    await ada.fill({"questions": "x" * 201})
    assert "room for 200" in ada.wrong["questions"]
    ada.close()
    await ada.press("1. Who bakes")
    assert ada.typed("questions") == "x" * 201
    assert texts(await only(store, ada))[0] == "Who bakes at night"


async def test_a_line_changed_in_another_window_is_not_overwritten(ada: Desk, store: Store) -> None:
    sheet = await asked(ada, store)
    first = sheet.items("questions.questions")[0]
    wire = SheetLine(sheet.id, "questions.questions", first.id).wire()
    other = Desk(store, ada.person, NOON)
    for desk in (ada, other):
        await desk.act(wire)
    await other.fill({"questions": "Who bakes on Sundays"})
    card = await ada.fill({"questions": "Who bakes for whom"})
    assert "Who bakes on Sundays" in card.plain()
    assert texts(await only(store, ada))[0] == "Who bakes on Sundays"
    mine, theirs = ada.wire("Use mine"), ada.wire("Keep what stands")
    await ada.act(mine)
    assert texts(await only(store, ada))[0] == "Who bakes for whom"
    assert "no longer waiting" in (await ada.act(mine)).plain()
    await ada.act(theirs)
    assert texts(await only(store, ada))[0] == "Who bakes for whom"


async def test_words_about_a_line_that_is_gone_are_given_back(ada: Desk, store: Store) -> None:
    sheet = await asked(ada, store)
    wire = SheetLine(sheet.id, "questions.questions", sheet.items("questions.questions")[0].id).wire()
    other = Desk(store, ada.person, NOON)
    for desk in (ada, other):
        await desk.act(wire)
    await other.fill({"questions": ""})
    assert "Who bakes for whom" in (await ada.fill({"questions": "Who bakes for whom"})).plain()
    assert len(texts(await only(store, ada))) == 2


async def test_a_stranger_changes_no_line(ada: Desk, yu: Desk, store: Store) -> None:
    sheet = await asked(ada, store)
    wire = SheetLine(sheet.id, "questions.questions", sheet.items("questions.questions")[0].id).wire()
    assert yu.form is None
    await yu.act(wire)
    assert yu.form is None


async def test_a_question_in_better_words_is_the_one_the_next_steps_show(ada: Desk, store: Store) -> None:
    sheet = await asked(ada, store)
    first = sheet.items("questions.questions")[0].id
    await ada.act(SheetPart(sheet.id, "rephrase.checks", first).wire())
    await ada.fill({"better": "Who bakes bread between midnight and six"})
    if ada.form is not None:
        ada.close()
    card = await ada.act(SheetItems(sheet.id, "hypotheses.table").wire())
    assert "Who bakes bread between midnight and six" in card.plain()
    assert "Who bakes at night" not in card.plain()
    assert texts(await only(store, ada))[0] == "Who bakes at night"
