"""The sheets of a member as a list, how one begins, and what can be taken away or taken over from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chat.markup import escape
from chat.message import Button, Choice, File, Message, Note, Part, Picker, Picture, Row, Text
from content.say import Say, speaker
from content.ways import TopicShown
from content.worksheet import Worksheet
from sheets.buttons import rows
from sheets.flow import to_do
from sheets.giving import gatherers
from sheets.naming import shortened, title_of
from sheets.progress import progress
from sheets.review_ways import ReaderShown
from sheets.sheet import OPEN_MOST, Sheet
from sheets.shown import inert
from sheets.ways import (
    SheetExample,
    SheetExported,
    SheetImport,
    SheetNew,
    SheetOpened,
    SheetPutAway,
    SheetsGathered,
    SheetsListed,
)

PAGE = 5
KINDS = ("md", "pdf", "png", "csv")


def list_card(
    say: Say, worksheets: Mapping[str, Worksheet], slug: str, sheets: Sequence[Sheet], page: int, *, more: bool = False,
    away: bool = False, topic: str = "",
) -> Message:  # fmt: skip
    """A page of sheets, newest first. `sheets`: those of this page; `more`: there is another one; `slug`: of one
    worksheet, "" of all; `topic`: of the same name, "" where there is none."""
    one = worksheets.get(slug)
    parts: list[Part] = [Text(escape(one.about.get(say.lang)))] if one and not sheets else []
    if not sheets:
        parts.append(Text(escape(say("Nothing is put away.") if away else say("You have no sheet yet."))))
    parts += [Text("\n".join(_line(say, worksheets, sheet) for sheet in sheets))] if sheets else []
    choices = [Choice(_title(worksheets, sheet), SheetOpened(sheet.id, here=True)) for sheet in sheets]
    parts += [Picker(say("Open a sheet"), tuple(choices))] if choices else []
    turn = [Button(say("Earlier"), SheetsListed(slug, page - 1, away))] if page else []
    turn += [Button(say("More"), SheetsListed(slug, page + 1, away))] if more else []
    other = say("Open sheets") if away else say("Put away")
    turn.append(Button(other, SheetsListed(slug, 0, not away)))
    turn += [Button(say("All my sheets"), SheetsListed("", 0, away))] if slug else []
    begin = one or worksheets.get("scope")
    ways: list[Button] = []
    if begin is not None:
        ways.append(Button(say("New: {name}", name=begin.short.get(say.lang)), SheetNew(begin.slug), "primary"))
        ways.append(Button(say("See an example"), SheetExample(begin.slug)))
    ways += [Button(say("Cards on this"), TopicShown(topic))] if topic else []
    ways.append(Button(say("A second pair of eyes"), ReaderShown()))
    gathering = () if away else gatherers(worksheets, [sheet.worksheet for sheet in sheets])
    ways += [Button(other.gather.ask.get(say.lang), SheetsGathered(other.slug)) for other in gathering if other.gather]
    title = one.name.get(say.lang) if one else say("Your sheets")
    return Message(title, (*parts, *rows([*ways, *turn])))


def first_sheet_card(say: Say, worksheet: Worksheet, topic: str = "") -> Message:
    """Before the first sheet: what it is good for, a look at a finished one, the topic of the same name."""
    cards = (Button(say("Cards on this"), TopicShown(topic)),) if topic else ()
    buttons = (Button(say("Begin"), SheetNew(worksheet.slug), "primary"),
               Button(say("See an example"), SheetExample(worksheet.slug)), *cards,
               Button(say("A second pair of eyes"), ReaderShown()))  # fmt: skip
    note = Note(say("Only you see it until you share it. Each step is saved at once; come back whenever you like."))
    return Message(worksheet.name.get(say.lang), (Text(escape(worksheet.about.get(say.lang))), note, Row(buttons)))


def too_many_card(say: Say, worksheets: Mapping[str, Worksheet], sheets: Sequence[Sheet]) -> Message:
    """As many are open as may be: one is put away first, and stays as it is."""
    text = say("{n} sheets are open, and more would not help. Which one may rest for now?", n=OPEN_MOST)
    choices = tuple(Choice(_title(worksheets, sheet), SheetPutAway(sheet.id)) for sheet in sheets[:25])
    return Message(say("Ten are enough"), (Text(escape(text)), Picker(say("Put one away"), choices)))


def export_choice_card(say: Say, sheet: Sheet, title: str, kinds: Sequence[str]) -> Message:
    """As which file? `kinds`: those that can be made here; half-finished sheets say "not yet" where nothing stands."""
    names = {"md": say("Text (Markdown)"), "pdf": "PDF", "png": say("Picture to share"), "csv": say("Tables (CSV)")}
    parts: list[Part] = [Text(say("It goes to you alone. What is blank says “not yet”."))]
    if "pdf" not in kinds:
        parts.append(Note(say("PDF and picture need fonts that are missing here; whoever runs me can add them.")))
    parts += rows([Button(names[kind], SheetExported(sheet.id, kind)) for kind in kinds])
    return Message(title, (*parts, Row((Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)),))))


def exported_card(say: Say, sheet: Sheet, files: Sequence[File | Picture]) -> Message:
    """What was made."""
    back = Row((Button(say("The whole sheet"), SheetOpened(sheet.id)),))
    return Message("", (Text(say("It comes here or as a direct message.")), *files, back))


def import_card(
    say: Say, worksheets: Mapping[str, Worksheet], sheet: Sheet, into: str, sources: Sequence[Sheet]
) -> Message:
    """From which sheet are lines taken over?"""
    home = Row((Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)),))
    if not sources:
        return Message("", (Text(say("There is no other sheet yet to take lines from.")), home))
    choices = tuple(Choice(_title(worksheets, one), SheetImport(sheet.id, into, one.id)) for one in sources[:25])
    text = Text(say("Its name comes in as one line, or its ideas as one line each. You can change them afterwards."))
    return Message(say("Take over from my sheets"), (text, Picker(say("From which sheet?"), choices), home))


def _line(say: Say, worksheets: Mapping[str, Worksheet], sheet: Sheet) -> str:
    worksheet = worksheets.get(sheet.worksheet)
    if worksheet is None:
        return f"• {escape(sheet.worksheet)}"
    steps = [one for one in progress(worksheet, sheet) if one.number is not None]
    how_far = say("{n} of {all} done", n=sum(one.state == "done" for one in steps), all=len(steps))
    day = say.date(sheet.updated_at.date()) if sheet.updated_at else ""
    rest = " · ".join(filter(None, [worksheet.short.get(say.lang), how_far, _waits(say, worksheet, sheet), day]))
    return f"• **{inert(_title(worksheets, sheet), 150)}** {escape(rest)}"


def _waits(say: Say, worksheet: Worksheet, sheet: Sheet) -> str:
    """Which step is next, so that a list reads as a queue."""
    following = to_do(worksheet, sheet)
    return say("next: {step}", step=following.short.get(say.lang)) if following else say("complete")


def _title(worksheets: Mapping[str, Worksheet], sheet: Sheet) -> str:
    worksheet = worksheets.get(sheet.worksheet)
    return shortened(title_of(speaker(sheet.lang), worksheet, sheet), 75) if worksheet else sheet.worksheet
