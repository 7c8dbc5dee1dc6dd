"""A whole sheet as a message: how far it is, what each step holds in short, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Row, Text
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.back_cards import behind
from sheets.buttons import LABEL, picker, rows
from sheets.flow import parts_of, to_do, way_into
from sheets.follows import quoted, words
from sheets.giving import lines_to_give
from sheets.heading import MARKS, ahead, heading, progress_line
from sheets.naming import shortened, title_of
from sheets.progress import complete, finish_of, progress
from sheets.results import run_results
from sheets.share_cards import comments_label
from sheets.share_ways import CommentsListed, SheetSharing
from sheets.sheet import Sheet
from sheets.shown import drawn, held, shares
from sheets.ways import (
    SheetBackOffered,
    SheetDeleteAsked,
    SheetDeleted,
    SheetExample,
    SheetExportAsked,
    SheetLang,
    SheetMore,
    SheetNew,
    SheetOpened,
    SheetPutAway,
    SheetReminded,
    SheetsGathered,
    SheetsListed,
    SheetStep,
    SheetTakenOut,
)
from sheets.written import open_questions

WHOLE, RESULTS = 2_500, 700  # characters: of all steps, of the results at the head


def sheet_card(
    say: Say, worksheet: Worksheet, sheet: Sheet, today: date, following: Sequence[tuple[str, str]] = (),
    heard: tuple[int, int] = (0, 0), gathering: Sequence[Worksheet] = (),
) -> Message:  # fmt: skip
    """The sheet for whoever writes it. `following`: (slug, name) of the worksheets that may come after this one.
    `heard`: comments on it, and those nobody has read. `gathering`: worksheets that can begin with all its lines."""
    parts = _summary(say, worksheet, sheet, today)
    waits = to_do(worksheet, sheet)
    buttons: list[Button] = []
    if sheet.state == "away":
        buttons.append(Button(say("Take out again"), SheetTakenOut(sheet.id), "primary"))
    elif waits is not None:
        label = say("Go on: {step}", step=shortened(waits.short.get(say.lang), LABEL))
        buttons.append(Button(label, way_into(worksheet, sheet, waits), "primary"))
        parts += ahead(say, worksheet, sheet, waits)
    else:
        buttons += [Button(say("New: {name}", name=name), SheetNew(slug)) for slug, name in following]
    buttons += [
        Button(one.gather.ask.get(say.lang), SheetsGathered(one.slug, sheet.id)) for one in gathering if one.gather
    ]
    buttons.append(Button(say("Export"), SheetExportAsked(sheet.id)))
    buttons.append(Button(say("Share"), SheetSharing(sheet.id)))
    if heard[0]:
        buttons.append(Button(comments_label(say, heard), CommentsListed(sheet.id)))
    buttons.append(Button(say("More…"), SheetMore(sheet.id)))
    steps = [
        Choice(_step_label(say, worksheet, one.key, one.state), SheetStep(sheet.id, one.key))
        for one in progress(worksheet, sheet)
    ]
    begin = [
        Choice(shortened(line, 75), SheetNew(one.slug, sheet.id, n))
        for one in worksheet.next
        for n, line in enumerate(lines_to_give(say, worksheet, sheet, today, one.lines))
    ]
    pickers = (*picker(say("Open a step"), steps, buttons), *picker(say("Begin a sheet with one of these"), begin))
    return Message(title_of(say, worksheet, sheet), (*parts, *rows(buttons), *pickers))


def example_card(say: Say, worksheet: Worksheet, sheet: Sheet, today: date, step: Step | None = None) -> Message:
    """A sheet that somebody invented filled in, or one step of it: nothing in it can be changed."""
    steps = [
        Choice(_step_label(say, worksheet, one.key, one.state), SheetExample(worksheet.slug, one.key))
        for one in progress(worksheet, sheet)
        if step is None or one.key != step.key
    ]
    begin = Row((Button(say("Begin my own"), SheetNew(worksheet.slug), "primary"),))
    note = Note(say("An example: the people and numbers in it are made up or public."))
    if step is None:
        parts = [note, *_summary(say, worksheet, sheet, today)]
        title = title_of(say, worksheet, sheet)
    else:
        text = held(say, sheet, step, parts_of(worksheet, sheet, step), WHOLE) or escape(step.intro.get(say.lang))
        parts, title = [note, Text(text)], heading(say, worksheet, sheet, step)
        parts += drawn(run_results(say, worksheet, sheet, step.results, today), RESULTS)
    return Message(title, (*parts, *picker(say("Look at a step"), steps), begin))


def more_card(
    say: Say, worksheet: Worksheet, sheet: Sheet, follows: Sequence[tuple[str, str]] = ()
) -> Message:  # fmt: skip
    """What else can be done. `follows`: (key, when in words) of the letters that can be asked for, once each."""
    other = say("Headings in English") if say.lang == "zh-CN" else say("Headings in Chinese")
    parts: list[Part] = []
    asks = {follow.key: words(say, follow, quoted(sheet, follow, ()) or "") for follow in worksheet.follows}
    for key, when in follows:
        parts.append(Text(escape(say("I can write to you once, {when}: “{ask}”", when=when, ask=asks[key]))))
        parts.append(Row((Button(say("Remind me once"), SheetReminded(sheet.id, key)),)))
    away = sheet.state == "away"
    put = (
        Button(say("Take out again"), SheetTakenOut(sheet.id))
        if away
        else Button(say("Put away"), SheetPutAway(sheet.id))
    )
    buttons = [Button(other, SheetLang(sheet.id)), *(() if sheet.state == "done" else (put,))]
    if behind(worksheet, sheet):
        buttons.insert(0, Button(say("Back to a step"), SheetBackOffered(sheet.id)))
    buttons.append(Button(say("Delete"), SheetDeleteAsked(sheet.id), "danger"))
    ways = (Button(say("The whole sheet"), SheetOpened(sheet.id, here=True), "primary"),
            Button(say("My sheets"), SheetsListed("")))  # fmt: skip
    return Message(title_of(say, worksheet, sheet), (*parts, *rows(buttons), Row(ways)))


def delete_sheet_card(say: Say, worksheet: Worksheet, sheet: Sheet) -> Message:
    """Asked once."""
    text = say("“{title}” goes for good, with every remark on it.", title=title_of(say, worksheet, sheet))
    row = Row((Button(say("Delete"), SheetDeleted(sheet.id), "danger"), Button(say("Keep it"), SheetMore(sheet.id))))
    return Message(say("Delete this sheet?"), (Text(escape(text)), row))


def sheet_gone_card(say: Say) -> Message:
    """After it was deleted."""
    return Message("", (Text(say("Deleted.")), Row((Button(say("My sheets"), SheetsListed("")),))))


def sheet_away_card(say: Say, worksheet: Worksheet, sheet: Sheet) -> Message:
    """Put away, unfinished: a normal thing to do."""
    title = escape(title_of(say, worksheet, sheet))
    row = Row((Button(say("Take out again"), SheetTakenOut(sheet.id)), Button(say("My sheets"), SheetsListed(""))))
    return Message("", (Text(say("“{title}” is put away. It stays as it is until you take it out.", title=title)), row))


def sheet_reminded_card(say: Say, worksheet: Worksheet, sheet: Sheet, when: str) -> Message:
    """The letter that was asked for."""
    text = escape(say("I will write to you once, {when}, and not at all when it has become needless.", when=when))
    return Message("", (Text(text), Row((Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)),))))


def _summary(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> list[Part]:
    parts: list[Part] = [Note(shortened(progress_line(say, worksheet, sheet), 300))]
    if complete(worksheet, sheet):
        early = finish_of(worksheet, sheet)
        parts.append(Text(escape((early.say if early else worksheet.finish).get(say.lang))))
    parts += drawn(run_results(say, worksheet, sheet, worksheet.results, today), RESULTS)
    if asked := open_questions(say, worksheet, sheet):
        parts.append(Note(shortened(say("Open questions: {questions}", questions=" ".join(asked)), 250)))
    there = [(one, worksheet.step(one.key)) for one in progress(worksheet, sheet) if one.key in sheet.steps]
    heads = [f"**{escape(f'{MARKS[one.state]} {step.title.get(say.lang)}')}**" for one, step in there if step]
    steps = [(step, parts_of(worksheet, sheet, step)) for _, step in there if step]
    wanted = [len(held(say, sheet, step, known, WHOLE, quiet=True)) for step, known in steps]
    rooms = shares(wanted, WHOLE - sum(map(len, heads)))
    for head, (step, known), room in zip(heads, steps, rooms, strict=True):
        text = held(say, sheet, step, known, room, quiet=True)
        parts += [Text(f"{head}\n{text}")] if text else []
    if not there:
        parts.append(Text(escape(worksheet.about.get(say.lang))))
    if sheet.history:
        parts.append(Note(say.plural("Gone back once: good work looks like that.",
                                     "Gone back {n} times: good work looks like that.",
                                     len(sheet.history))))  # fmt: skip
    return parts


def _step_label(say: Say, worksheet: Worksheet, key: str, state: str) -> str:
    step = worksheet.step(key)
    return shortened(f"{MARKS[state]} {step.title.get(say.lang) if step else key}", 75)
