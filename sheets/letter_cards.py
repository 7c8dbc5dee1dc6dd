"""The letters about a sheet: the one a member asked for, and the notice that it goes; and what a press on them says."""

from __future__ import annotations

from datetime import date

from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Row, Text
from content.say import Say
from content.worksheet import Follow, Worksheet
from sheets.buttons import LABEL, picker, rows
from sheets.flow import parts_of, way_to
from sheets.follows import words
from sheets.letter_ways import SheetNotNow, SheetStays
from sheets.naming import shortened, title_of
from sheets.progress import steps_of
from sheets.refs import field_at, full_ref
from sheets.sheet import Sheet
from sheets.ways import SheetMoment, SheetOpened, SheetTapped


def sheet_follow_card(
    say: Say, worksheet: Worksheet, sheet: Sheet, follow: Follow, letter: str, line: str = ""
) -> Message:
    """Asked for, once. What it asks can be answered right here, or one press away. `line`: the one it speaks of."""
    goes = _goes(say, worksheet, sheet, follow)
    buttons = [*goes, Button(say("Open the sheet"), SheetOpened(sheet.id), "plain" if goes else "primary")]
    buttons += [Button(one.label.get(say.lang), SheetMoment(sheet.id, follow.key, one.value)) for one in follow.options]
    buttons.append(Button(say("Not now"), SheetNotNow(sheet.id, letter)))
    field = field_at(worksheet, follow.into)
    lines = sheet.items(full_ref(field[2].over, field[0].key)) if field is not None else ()
    choices = [Choice(shortened(one.text, 75), SheetTapped(sheet.id, follow.into, str(one.id))) for one in lines]
    return Message(
        title_of(say, worksheet, sheet),
        (
            Text(escape(words(say, follow, line))),
            *picker(say("Choose one"), choices),
            *rows(buttons),
            Note(say("You asked me for this one letter. There is no second one.")),
        ),
    )


def _goes(say: Say, worksheet: Worksheet, sheet: Sheet, follow: Follow) -> list[Button]:
    """The way right to the part that answers it, where the sheet has that part."""
    key, _, of_step = follow.opens.partition(".")
    step = next((one for one in steps_of(worksheet, sheet) if one.key == key), None)
    part = next((one for one in parts_of(worksheet, sheet, step) if one.key == of_step), None) if step else None
    if step is None or part is None:
        return []
    return [Button(shortened(part.short.get(say.lang), LABEL), way_to(sheet, step, part), "primary")]


def sheet_said_card(say: Say, text: str, sheet: str) -> Message:
    """In the letter's place, so that it is answered once. `text`: the sentence that is kept."""
    kept = (Text(escape(text)), Note(say("Kept with the sheet.")))
    return Message("", (*kept, Row((Button(say("Open the sheet"), SheetOpened(sheet)),))))


def sheet_expires_card(say: Say, title: str, day: date, sheet: str, letter: str) -> Message:
    """Nobody touched it for half a year; `day`: when it goes at the earliest, on the reader's calendar."""
    text = say(
        "This sheet is not finished, and nobody has touched it for half a year. I keep nothing of yours without a "
        "reason: it goes on {date}. One press keeps it another half year; what is finished stays anyway.",
        date=say.date(day),
    )
    buttons = (
        Button(say("Keep the sheet"), SheetStays(sheet, letter), "primary"),
        Button(say("Open the sheet"), SheetOpened(sheet)),
        Button(say("Let it go"), SheetNotNow(sheet, letter)),
    )
    return Message(title, (Text(escape(text)), Row(buttons)))


def sheet_not_now_card(say: Say, sheet: str, *, goes: bool) -> Message:
    """Read, and left: fine. `goes`: this was the notice."""
    if goes:
        text = say("Fine. Until it goes it opens as ever.")
    else:
        text = say("Fine. It waits for you as it is, and I write no second letter about it.")
    return Message("", (Text(text), Row((Button(say("Open the sheet"), SheetOpened(sheet)),))))


def sheet_stays_card(say: Say, title: str, sheet: str) -> Message:
    """Kept."""
    text = escape(say("“{title}” stays another half year.", title=title))
    return Message("", (Text(text), Row((Button(say("Open the sheet"), SheetOpened(sheet)),))))
