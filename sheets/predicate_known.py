"""The predicates of the worksheets that ship: a sensitive field, lists that are long enough, what was kept as it is."""

from __future__ import annotations

from content.worksheet import Worksheet
from sheets.predicates import predicate
from sheets.progress import state_of, steps_of
from sheets.quotes import lines_at, text_at
from sheets.refs import answers_at
from sheets.sheet import Sheet
from sheets.word_lists import words


@predicate("sensitive")
def sensitive(worksheet: Worksheet, sheet: Sheet) -> bool:
    """Whether health, hiring, credit, police or children are touched: the field that was chosen, or who has the problem
    and the wishes, say so. A careful word too many only adds two questions."""
    if text_at(sheet, "problem.field") == "healthcare":
        return True
    said = (text_at(sheet, "problem.who"), *lines_at(sheet, "problem.wishes"), *lines_at(sheet, "ideas.ideas"))
    return any(words("sensitive").search(text) for text in said)


@predicate("hearts-and-yawns")
def hearts_and_yawns(worksheet: Worksheet, sheet: Sheet) -> bool:
    """Whether three titles make the heart beat faster and three bore (research.step2)."""
    step = worksheet.step("self")
    part = step.part("feel") if step is not None else None
    feels = [said.get("feel") for said in answers_at(sheet, "self", part)] if part is not None else []
    return min(feels.count("heart"), feels.count("bored")) >= 3


@predicate("few-papers-kept")
def few_papers_kept(worksheet: Worksheet, sheet: Sheet) -> bool:
    """Whether who has fewer than ten core papers decided that they are enough (research.step7.core-list)."""
    return "seed" in sheet.steps and "few-papers/papers" in sheet.steps["seed"].kept


@predicate("from-questions-on")
def from_questions_on(worksheet: Worksheet, sheet: Sheet) -> bool:
    """Whether the steps from the questions on are done: with a topic that was given one begins there."""
    keys = [step.key for step in steps_of(worksheet, sheet)]
    later = steps_of(worksheet, sheet)[keys.index("questions") :] if "questions" in keys else ()
    return bool(later) and all(state_of(worksheet, sheet, step) == "done" for step in later)
