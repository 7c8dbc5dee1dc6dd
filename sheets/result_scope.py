"""What a scope sheet shows at a glance: what speaks for the idea, and which lines of the budget are thought of."""

from __future__ import annotations

from datetime import date

from content.document import Dot
from content.say import Say
from content.worksheet import Worksheet
from sheets.quotes import lines_with, option_of, text_at, text_of
from sheets.results import badge, dots
from sheets.sheet import Sheet


@badge("evidence")
def evidence(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> str:
    """What shows that the picked idea can work, as its option says it; "" while that is open."""
    if text_at(sheet, "ideas.need") == "none":
        return say("No AI needed")
    picked = text_at(sheet, "value.picked")
    for item, said in lines_with(worksheet, sheet, "value.evidence"):
        if str(item.id) == picked and (kind := text_of(said.get("evidence"))):
            return say("No evidence yet") if kind == "none" else option_of(worksheet, "value.evidence", kind, say.lang)
    return ""


@dots("budget")
def budget(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Dot, ...]:
    """The five lines of the budget, filled where something is written ("none" too); none where no AI is
    needed, for then there is no budget."""
    if text_at(sheet, "ideas.need") == "none":
        return ()
    labels = {
        "data": say("Data"),
        "people": say("People"),
        "time": say("Time"),
        "integrations": say("Integrations"),
        "help": say("Other teams"),
    }
    return tuple(Dot(label, bool(text_at(sheet, f"budget.{key}"))) for key, label in labels.items())
