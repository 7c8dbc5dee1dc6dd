"""Comments beside a sheet: written in one form, read by its owners, who decide which are seen where it is given out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.form import Ask, Choose, Form, Question
from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from chat.people import Person
from content.safety_cards import reasons, reported
from content.say import Say
from content.worksheet import Step
from sheets.buttons import rows
from sheets.naming import shortened
from sheets.share_ways import (
    CommentDropped,
    CommentGiven,
    CommentMore,
    CommentShown,
    CommentsListed,
    PersonInvited,
    SheetBlockAsked,
    SheetBlockMeant,
    SheetReportAsked,
    SheetReportGiven,
    SheetSharing,
)
from sheets.shown import inert

LONGEST, PAGE = 1_000, 4
SHOWN = 600  # characters of each on a page; one alone is shown whole


@dataclass(frozen=True, slots=True)
class Said:
    """A comment as an owner reads it. `step`: what it is about, in words; `mine`: the reader wrote it."""

    id: str
    step: str
    by: Person
    text: str
    day: str
    shown: bool
    new: bool
    mine: bool


def comment_form(say: Say, sheet: str, steps: Sequence[Step], step: str = "") -> Form:
    """`steps`: what it can be about; `step`: the one it is, "" to choose."""
    about = next((one for one in steps if one.key == step), None)
    questions: list[Question] = []
    if about is None:
        options = tuple((one.key, shortened(one.title.get(say.lang), 75)) for one in steps[:25])
        questions.append(Choose("step", say("What is it about?"), options))
    hint = say("a question helps most: what you wonder about")
    questions.append(Ask("text", say("Your comment"), hint, long=True, most=LONGEST))
    title = shortened(about.short.get(say.lang), 24) if about is not None else say("A comment")
    return Form(title, tuple(questions), CommentGiven(sheet, step if about is not None else ""), say("Send"))


def commented_card(say: Say, sheet: str, comment: str) -> Message:
    """Sent."""
    text = say("Thank you. It goes to whoever owns the sheet, and to nobody else unless they show it.")
    return Message("", (Text(escape(text)), Row((Button(say("Take it back"), CommentDropped(sheet, comment)),))))


def comments_card(say: Say, title: str, sheet: str, said: Sequence[Said], page: int, *, more: bool) -> Message:
    """A page of them, the newest first."""
    if not said:
        parts: list[Part] = [Text(escape(say("There are no comments yet. Whoever you share it with can leave some.")))]
    else:
        seen = say("Those you show stand in exports and on what you share; the others are for you alone.")
        parts = [Note(seen)]
    for one in said:
        parts += _one(say, sheet, one, page)
    turn = [Button(say("Older"), CommentsListed(sheet, page + 1))] if more else []
    turn += [Button(say("Newer"), CommentsListed(sheet, page - 1))] if page else []
    return Message(title, (*parts, *rows([*turn, Button(say("Sharing"), SheetSharing(sheet))])))


def comment_card(say: Say, sheet: str, said: Said, *, owns: bool) -> Message:
    """One, whole, and what else there is to do about it. `owns`: the reader may invite people."""
    buttons = [Button(say("Delete"), CommentDropped(sheet, said.id), "danger")]
    if not said.mine:
        buttons += [
            Button(say("Report"), SheetReportAsked(sheet, said.by.id)),
            Button(say("Block"), SheetBlockAsked(sheet, said.by.id)),
        ]
    if not said.mine and owns:
        buttons.append(Button(say("Invite to co-own"), PersonInvited(sheet, said.by.id, "co-owner")))
    head = (Text(f"**{inert(said.step, 100)}**"), *(() if said.mine else (People((said.by,)),)))
    return Message("", (*head, Text(inert_lines(said.text, 2_400)), *rows([*buttons, _back(say, sheet)])))


def comment_dropped_card(say: Say, sheet: str, *, owns: bool) -> Message:
    """Gone."""
    row = (Row((_back(say, sheet),)),) if owns else ()
    return Message("", (Text(say("Deleted.")), *row))


def sheet_report_form(say: Say, sheet: str, whom: str) -> Form:
    """To the moderators."""
    return Form(
        say("To the moderators"),
        (
            Choose("reason", say("What is it about?"), reasons(say)),
            Ask("words", say("What happened, in your words"), required=False, long=True, most=LONGEST,
                hint=say("as much or as little as you like")),
        ),
        SheetReportGiven(sheet, whom),
        say("Send"),
    )  # fmt: skip


def sheet_reported_card(say: Say, sheet: str, whom: str, *, read: bool) -> Message:
    """On its way. `read`: a moderator is known who is not whom it is about."""
    row = Row((Button(say("Block"), SheetBlockAsked(sheet, whom)),))
    return Message("", (Text(reported(say, read=read)), row))


def sheet_block_card(say: Say, sheet: str, whom: Person) -> Message:
    """Asked once, in the presser's eyes alone."""
    text = say("Block this member? You two are never brought together again, and see no sheet of each other.")
    note = Note(say("It holds for ever, in both directions, also if one of you leaves and comes back."))
    row = Row((Button(say("Yes, block"), SheetBlockMeant(sheet, whom.id), "danger"),))
    return Message("", (Text(escape(text)), People((whom,)), note, row))


def sheet_blocked_card(say: Say, sheet: str, whom: str) -> Message:
    """Done, and nobody is told why."""
    text = say("Done. You two are not brought together any more, and what was open is closed. Nobody is told why.")
    return Message("", (Text(escape(text)), Row((Button(say("Report"), SheetReportAsked(sheet, whom)),))))


def inert_lines(text: str, most: int) -> str:
    """As `inert`, each line on its own."""
    lines = [line for line in text.splitlines() if line.strip()] or ["…"]
    return "\n".join(inert(line, most // len(lines)) for line in lines[: most // 40])


def _one(say: Say, sheet: str, said: Said, page: int) -> list[Part]:
    marks = [say("new")] * said.new + [say("shown") if said.shown else say("not shown")]
    head = f"**{inert(said.step, 100)}** {escape(' · '.join([*marks, said.day]))}"
    by: list[Part] = [Note(say("Yours"))] if said.mine else [People((said.by,))]
    show = Button(say("Hide") if said.shown else say("Show"), CommentShown(sheet, said.id, not said.shown, page))
    more = Button(say("More…"), CommentMore(sheet, said.id))
    return [Text(f"{head}\n{inert(said.text, SHOWN)}"), *by, Row((show, more))]


def _back(say: Say, sheet: str) -> Button:
    return Button(say("All comments"), CommentsListed(sheet))
