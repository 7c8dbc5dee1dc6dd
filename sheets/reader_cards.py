"""A second pair of eyes, for whoever lends theirs: the offer, and the sheet of somebody else, to read and comment."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chat.action import Action
from chat.form import Choose, Form
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, People, Picker, Row, Text
from chat.people import Person
from content.interview_words import LANGUAGES, industries
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.buttons import rows
from sheets.flow import parts_of
from sheets.naming import shortened
from sheets.reading import shown_title
from sheets.review_ways import ReaderAsked, ReaderGiven, ReaderOut, ReviewDone
from sheets.share_ways import CommentAsked, SheetBlockAsked, SheetLeft, SheetRead, SheetReportAsked
from sheets.sheet import Sheet
from sheets.shown import drawn, held
from sheets.written import step_blocks

MONTH = ("1", "2", "3", "4")
OVERVIEW, ONE = 2_400, 2_600  # characters


def reader_form(say: Say, languages: Collection[str], fields: Collection[str], month: str) -> Form:
    """Whoever would read sheets of others."""
    spoken = tuple((code, say.language(code)) for code in LANGUAGES)
    return Form(
        say("Second pair of eyes"),
        (
            Choose("languages", say("Languages you read in"), spoken,
                   tuple(code for code in LANGUAGES if code in languages), many=True),
            Choose("fields", say("Fields you know"), industries(say),
                   tuple(code for code, _ in industries(say) if code in fields), required=False, many=True),
            Choose("month", say("How many a month, at most?"), tuple((n, n) for n in MONTH), (month,)),
        ),
        ReaderGiven(),
        say("Offer it"),
    )  # fmt: skip


def reader_card(say: Say, month: int, sheets: Sequence[tuple[str, str]]) -> Message:
    """How the offer stands. `month`: at most so many, 0 for no offer; `sheets`: (id, title) of those they see."""
    if month:
        text = say.plural("You read at most one sheet a month of somebody here.",
                          "You read at most {n} sheets a month of somebody here.", month)  # fmt: skip
        buttons = [Button(say("Change"), ReaderAsked()), Button(say("Stop offering"), ReaderOut())]
    else:
        text = say(
            "Be a second pair of eyes: now and then somebody here would like a question or two on what they wrote. Ten "
            "minutes, when it suits you; each request can be turned down."
        )
        buttons = [Button(say("I would read"), ReaderAsked(), "primary")]
    choices = tuple(Choice(shortened(title, 75), SheetRead(id_)) for id_, title in sheets[:25])
    parts = [Picker(say("Sheets you may read"), choices)] if choices else []
    return Message(say("A second pair of eyes"), (Text(escape(text)), *rows(buttons), *parts))


def reader_out_card(say: Say) -> Message:
    """No more requests."""
    return Message("", (Text(say("Good. I ask you no more.")), Row((Button(say("Offer it again"), ReaderAsked()),))))


def reading_card(
    say: Say, worksheet: Worksheet, sheet: Sheet, steps: Sequence[Step], owner: Person | None, *, reviews: bool
) -> Message:
    """All steps that are shown, in short, each with a way to say something. `reviews`: they were asked to."""
    parts: list[Part] = [] if owner is None else [People((owner,))]
    most = OVERVIEW // max(len(steps), 1)
    for step in steps:
        head = f"**{escape(step.title.get(say.lang))}**"
        text = held(say, sheet, step, parts_of(worksheet, sheet, step), min(most, 600) - len(head))
        parts.append(Text(f"{head}\n{text}" if text else head))
    if not steps:
        parts.append(Text(say("Nothing is filled in yet.")))
    whole = tuple(Choice(shortened(step.title.get(say.lang), 75), SheetRead(sheet.id, step.key)) for step in steps[:25])
    parts += [Picker(say("Read a step in full"), whole)] if whole else []
    said = [Button(_about(say, step), CommentAsked(sheet.id, step.key)) for step in steps[:10]]
    end = [Button(say("I am through"), ReviewDone(sheet.id), "primary")] if reviews else []
    end.append(Button(say("Leave this sheet"), SheetLeft(sheet.id)))
    if owner is not None:
        end += [
            Button(say("Report"), SheetReportAsked(sheet.id, owner.id)),
            Button(say("Block"), SheetBlockAsked(sheet.id, owner.id)),
        ]
    note = Note(say("You read and comment; nothing here can be changed by you. Questions help most."))
    title = shown_title(say, worksheet, sheet, {step.key for step in steps})
    return Message(title, (*parts, note, *rows(said), *rows(end)))


def reading_step_card(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, following: Step | None) -> Message:
    """One step, as long as there is room."""
    parts = drawn(step_blocks(say, worksheet, sheet, step), ONE) or [Text(say("Nothing is filled in yet."))]
    buttons = [Button(_about(say, step), CommentAsked(sheet.id, step.key), "primary")]
    if following is not None:
        label = say("Next step: {step}", step=shortened(following.short.get(say.lang), 40))
        buttons.append(Button(label, SheetRead(sheet.id, following.key)))
    buttons.append(Button(say("All steps"), SheetRead(sheet.id)))
    return Message(step.title.get(say.lang), (*parts, Row(tuple(buttons))))


def review_declined_card(say: Say) -> Message:
    """A no that reaches nobody."""
    return Message("", (Text(say("Fine. Nobody hears of it, and somebody else is asked.")),))


def review_moved_card(say: Say) -> Message:
    """Withdrawn, answered, or not possible: the same words for all."""
    return Message("", (Text(say("This is settled by now. Nothing more to do.")),))


def review_done_card(say: Say, sheet: str, count: int) -> Message:
    """Thanks. `count`: of their comments."""
    text = say.plural("Thank you. Your comment is with them.", "Thank you. Your {n} comments are with them.", count)
    text = text if count else say("Thank you for reading. They hear that you are through.")
    return Message("", (Text(escape(text)), Row((Button(say("Look once more"), SheetRead(sheet)),))))


def _about(say: Say, step: Step) -> str:
    return say("Comment: {step}", step=shortened(step.short.get(say.lang), 40))


def review_conduct_card(say: Say, then: Action) -> Message:
    """How readers and writers treat each other, agreed to once. `then`: what agreeing does."""
    lines = (
        say("Whoever reads asks and suggests; whoever wrote decides. Nobody is graded."),
        say("What you read stays between the two of you: it is not copied, passed on or used."),
        say("Be kind and concrete. Nothing is sold, and nobody is pressed for contacts."),
        say("Both may say no, and both may end it at any time, without a reason."),
        say("Block and Report are on every card. A block is silent. Reports are read by the moderators alone."),
    )
    text = "\n".join(f"{n}. {escape(line)}" for n, line in enumerate(lines, 1))
    return Message(say("How we treat each other"), (Text(text), Row((Button(say("I agree"), then, "primary"),))))
