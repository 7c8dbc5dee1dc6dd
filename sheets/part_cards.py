"""A part of a step that is answered by buttons: one question after the other, or line by line."""

from __future__ import annotations

from collections.abc import Iterable

from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Row, Text
from content.say import Say
from content.worksheet import Part as WorksheetPart
from content.worksheet import Step, Worksheet
from sheets.buttons import LABEL, picker, rows
from sheets.flow import EMPTY, next_item, way_into
from sheets.heading import heading
from sheets.naming import shortened
from sheets.refs import full_ref, lines_over
from sheets.sheet import Item, Sheet
from sheets.shown import about_line, inert
from sheets.ways import SheetItems, SheetOpened, SheetPart, SheetQuick, SheetStep, SheetTapped, SheetTaps

PAGE = 5
LINE = 250  # characters of a line, and of what was said of it


def taps_card(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: WorksheetPart, at: int) -> Message:
    """One question of a part of taps, its options as buttons."""
    field = part.fields[at]
    name, there = f"{step.key}.{field.key}", sheet.steps.get(step.key, EMPTY).values.get(field.key)
    question = f"**{escape(field.label.get(say.lang))}**"
    hint = f"\n{escape(field.hint.get(say.lang))}" if field.hint else ""
    options = [
        Button(
            shortened(option.label.get(say.lang), 75), SheetTapped(sheet.id, name, option.value),
            "primary" if option.value == there else "plain",
        )
        for option in field.options
    ]  # fmt: skip
    parts: list[Part] = [Text(escape(step.intro.get(say.lang)))] if at == 0 else []
    parts += [Text(question + hint), *rows(options)]
    parts.append(Note(say("Question {n} of {all}", n=at + 1, all=len(part.fields))))
    back = [Button(say("Question before"), SheetTaps(sheet.id, f"{step.key}.{part.key}", at - 1))] if at else []
    parts.append(Row((*back, Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)))))
    return Message(heading(say, worksheet, sheet, step), tuple(parts))


def items_card(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: WorksheetPart, page: int) -> Message:
    """The lines an `each` part goes through, a page of them: what was said of each, and the ways to say it."""
    name, lines = f"{step.key}.{part.key}", lines_over(sheet, step.key, part)
    if not lines:
        return _nothing_to_go_through(say, worksheet, sheet, step, part)
    page = max(0, min(page, (len(lines) - 1) // PAGE))
    shown = lines[page * PAGE : (page + 1) * PAGE]
    parts: list[Part] = [Text(escape(step.intro.get(say.lang)))] if page == 0 else []
    for n, line in enumerate(shown, page * PAGE + 1):
        about = about_line(say, sheet, step, part, line.id, LINE)
        parts.append(Text(f"{n}. **{inert(line.text, LINE)}**" + (f"\n{about}" if about else "")))
        parts += _quick(say, sheet, step, part, line.id, page)
    following = next_item(sheet, step, part, lines[page * PAGE - 1].id if page else 0)
    turn: list[Button] = []
    if following is not None and not part.quick:
        words = shortened(next(line.text for line in lines if line.id == following), LABEL)
        turn.append(Button(say("Next: {line}", line=words), SheetPart(sheet.id, name, following), "primary"))
    if any(field.key != part.quick for field in part.fields):
        parts += _picker(say, name, sheet, enumerate(shown, page * PAGE + 1), following if turn else None)
    turn += [Button(say("Earlier"), SheetItems(sheet.id, name, page - 1))] if page else []
    turn += [Button(say("More"), SheetItems(sheet.id, name, page + 1))] if (page + 1) * PAGE < len(lines) else []
    turn.append(Button(say("To the step"), SheetStep(sheet.id, step.key), "plain" if turn else "primary"))
    return Message(heading(say, worksheet, sheet, step), (*parts, Row(tuple(turn))))


def _picker(
    say: Say, name: str, sheet: Sheet, lines: Iterable[tuple[int, Item]], but: int | None
) -> list[Part]:  # fmt: skip
    """Any line of the page, except the one that has a button of its own."""
    choices = [
        Choice(shortened(f"{n}. {line.text}", 75), SheetPart(sheet.id, name, line.id))
        for n, line in lines
        if line.id != but
    ]
    return picker(say("Write about one of them"), choices)


def _quick(say: Say, sheet: Sheet, step: Step, part: WorksheetPart, item: int, page: int) -> list[Part]:
    """The one field that needs no form, as buttons beside its line."""
    field = step.field(part.quick) if part.quick else None
    if field is None:
        return []
    there = sheet.steps.get(step.key, EMPTY).each.get(part.key, {}).get(item, {}).get(field.key)
    name = f"{step.key}.{part.key}"
    buttons = [
        Button(
            shortened(option.label.get(say.lang), LABEL), SheetQuick(sheet.id, name, item, option.value, page),
            "primary" if option.value == there else "plain",
        )
        for option in field.options
    ]  # fmt: skip
    return rows(buttons)


def _nothing_to_go_through(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: WorksheetPart) -> Message:
    text = Text(escape(say("This goes through the lines of a list that is still empty.")))
    source = worksheet.step(full_ref(part.over, step.key).partition(".")[0])
    label = say("First: {step}", step=shortened(source.short.get(say.lang), LABEL)) if source else ""
    back = [Button(label, way_into(worksheet, sheet, source), "primary")] if source else []
    row = Row((*back, Button(say("The whole sheet"), SheetOpened(sheet.id, here=True))))
    return Message(heading(say, worksheet, sheet, step), (text, row))
