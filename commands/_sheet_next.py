"""What a member sees after something was saved: the next form, the next question, or the step as it stands now."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chat.form import Answers, Form
from chat.message import Message
from chat.message import Part as MessagePart
from chat.platform import Edit, Onward, Reply
from commands._sheet_drafts import mark, standing
from commands._sheets import Own
from content.worksheet import Part, Step
from sheets.checks import Advice, advice
from sheets.flow import answered, next_item, next_part, parts_of, to_do
from sheets.forms import form_of
from sheets.part_cards import PAGE, items_card, taps_card
from sheets.progress import complete, finish_of
from sheets.refs import lines_over
from sheets.results import run_results
from sheets.sheet import Sheet
from sheets.step_cards import Now, sheet_step_card
from sheets.ways import SheetFilled


def asked(own: Own, step: Step) -> Sequence[Advice]:
    """What the checks ask now: of a step that is not filled in to its end, only about fields that are."""
    found = advice(own.worksheet, own.sheet, step, own.today)
    if next_part(own.worksheet, own.sheet, step) is None:
        return found
    there = [part for part in parts_of(own.worksheet, own.sheet, step) if answered(own.sheet, step, part)]
    fields = {field.key for part in there for field in part.fields}
    return [one for one in found if one.check.on in fields]


def step_page(
    own: Own, step: Step, *, saved: bool = False, quiet: bool = False, finished: str = "",
    told: Sequence[MessagePart] = (),
) -> Message:  # fmt: skip
    """The step's card. `quiet`: without advice; `told`: what else there is to read about it."""
    ref = own.worksheet.gather.into if own.worksheet.gather else ""
    now = Now(
        today=own.today, saved=saved, told=told, advice=() if quiet else asked(own, step), finished=finished,
        imports=ref if ref.startswith(f"{step.key}.") else "",
    )  # fmt: skip
    return sheet_step_card(own.say, own.worksheet, own.sheet, step, now)


def begin(own: Own, step: Step, part: Part) -> Form | Message:
    """The first thing of a part."""
    match part.kind:
        case "form":
            return form(own, step, part, 0)
        case "taps":
            return taps_card(own.say, own.worksheet, own.sheet, step, part, 0)
        case "each":
            return items_card(own.say, own.worksheet, own.sheet, step, part, 0)


def form(
    own: Own, step: Step, part: Part, item: int, typed: Answers | None = None, wrong: Collection[str] = (),
    stood: str = "",
) -> Form:  # fmt: skip
    """The form of a part, of one line where it goes through lines; above it what it is about. `stood`: the mark of what
    stood there when it was first opened, where that was before now."""
    then = SheetFilled(
        own.sheet.id, f"{step.key}.{part.key}", item, stood or mark(standing(own.sheet, step, part, item))
    )
    return form_of(own.say, own.worksheet, own.sheet, step, part, item or None, then, typed, wrong)


def after(
    own: Own, was: Sheet, step: Step, part: Part, item: int = 0, told: Sequence[MessagePart] = ()
) -> Reply:  # fmt: skip
    """After a save. A finished sheet, what there is to tell and what the checks ask are read first; else it goes on
    where something is open, in the same window where a platform can."""
    finished = finish_words(own) if complete(own.worksheet, own.sheet) and not complete(own.worksheet, was) else ""
    if finished or told or (asked(own, step) and not _more_lines(own, step, part)):
        return Edit(step_page(own, step, saved=True, finished=finished, told=told))
    if part.kind == "each" and item:
        lines = [line.id for line in lines_over(own.sheet, step.key, part)]
        card = items_card(own.say, own.worksheet, own.sheet, step, part, lines.index(item) // PAGE)
        following = next_item(own.sheet, step, part, item)
        return Onward(form(own, step, part, following), card) if following else Edit(step_page(own, step, saved=True))
    waits = next_part(own.worksheet, own.sheet, step)
    if part.kind == "taps" and waits is not None and waits.kind == "taps":
        return Edit(taps_card(own.say, own.worksheet, own.sheet, step, waits, 0))
    card = step_page(own, step, saved=True)
    read_first = run_results(own.say, own.worksheet, own.sheet, step.results, own.today)
    following = None if read_first else _next_form(own, step, part)
    return Onward(following, card) if following else Edit(card)


def finish_words(own: Own) -> str:
    """What is said of a sheet that is complete: early, or at its last step."""
    early = finish_of(own.worksheet, own.sheet)
    return (early.say if early else own.worksheet.finish).get(own.say.lang)


def _more_lines(own: Own, step: Step, part: Part) -> bool:
    return part.kind == "each" and next_item(own.sheet, step, part) is not None


def _next_form(own: Own, step: Step, saved: Part) -> Form | None:
    """The next part that waits, when it is a form and nothing stands in its step yet."""
    part = next_part(own.worksheet, own.sheet, step)
    if part is None or part == saved:  # a form that was sent blank does not come again by itself
        following = to_do(own.worksheet, own.sheet)
        if following is None or following.key in own.sheet.steps:
            return None
        step, part = following, next_part(own.worksheet, own.sheet, following)
    return form(own, step, part, 0) if part is not None and part.kind == "form" else None
