"""Block and report: asked once, done silently, and read by nobody but the moderators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.form import Ask, Choose, Form
from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from chat.people import Person
from content.interview_ways import BlockMeant, BlockNot, ReportGiven, ReportOne
from content.introduction_ways import AnswerCleared, BlockAsked, ReportAsked
from content.say import Say

WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a moderator sees it: about whom (None: they have left), never from whom."""

    id: str
    about: Person | None
    reason: str
    words: str
    at: str
    count: int


def reasons(say: Say) -> tuple[tuple[str, str], ...]:
    """Why somebody reports."""
    return (
        ("harassment", say("Unkind, pressing or insulting")),
        ("unsafe", say("I do not feel safe")),
        ("selling", say("Selling, recruiting or advertising")),
        ("contacts", say("Pressed me for contacts or money")),
        ("pretending", say("Is not who they say they are")),
        ("other", say("Something else")),
    )


def block_card(say: Say, introduction: str, name: str, whom: Person) -> Message:
    """Asked once, in the presser's eyes alone."""
    who = escape(name) if name else say("this member")
    text = say("Block **{name}**? You two will never be introduced again. They are not told.", name=who)
    note = Note(say("It holds for ever, in both directions, also if one of you leaves and comes back."))
    row = Row((Button(say("Yes, block"), BlockMeant(introduction, whom.id), "danger"), Button(say("No"), BlockNot())))
    return Message("", (Text(text), note, row))


def whom_card(say: Say, introduction: str, others: Sequence[Person], *, report: bool) -> Message:
    """In a group: which of them."""
    make = ReportOne if report else BlockMeant
    numbers = tuple(Button(str(n), make(introduction, one.id)) for n, one in enumerate(others[:5], 1))
    text = say("Whom do you mean? Their numbers in this order:")
    left = (Row((Button(say("Somebody who has left"), ReportOne(introduction, "")),)),) if report else ()
    return Message("", (Text(text), People(tuple(others[:5])), Row(numbers), *left))


def blocked_card(say: Say, introduction: str, *, talked: bool) -> Message:
    """Done, and nobody is told why. `talked`: they had a conversation, which not every platform lets us end."""
    text = say("Done. You two are not brought together any more, and what was open is closed. Nobody is told why.")
    note = Note(say("If your conversation with them is still in your list, you may leave or hide it there."))
    row = Row((Button(say("Report"), ReportAsked(introduction)),))
    return Message("", (Text(text), note, row) if talked else (Text(text), row))


def nothing_done_card(say: Say) -> Message:
    """A no to a question that was asked to be sure."""
    return Message("", (Text(say("Good, all stays as it is.")),))


def report_form(say: Say, introduction: str, whom: Person | None) -> Form:
    """A reason, and words where there are any. `whom` None: somebody who has left."""
    return Form(
        say("To the moderators"),
        (
            Choose("reason", say("What is it about?"), reasons(say)),
            Ask("words", say("What happened, in your words"), required=False, long=True, most=WORDS,
                hint=say("as much or as little as you like")),
        ),
        ReportGiven(introduction, whom.id if whom else ""),
        say("Send"),
    )  # fmt: skip


def report_waits_card(say: Say) -> Message:
    """To a moderator: that there is a report, and not a word of it."""
    text = say("A report waits for somebody who looks after this community. `/admin reports` opens it.")
    return Message("", (Text(text),))


def reported_card(say: Say, introduction: str, *, read: bool = True, left: bool = False) -> Message:
    """On its way; nobody is told from whom. `read`: a moderator is known who is not whom it is about. `left`: it is
    about somebody who is not here any more."""
    row = () if left else (Row((Button(say("Block"), BlockAsked(introduction)),)),)
    return Message("", (Text(reported(say, read=read)), *row))


def reported(say: Say, *, read: bool) -> str:
    """Thanks, and who will read it."""
    if read:
        return say("Thank you. The moderators read it. Who wrote it is shown to nobody, not even to them.")
    return say(
        "Thank you. I know no moderator here whom I could tell of it: it waits for one, and whoever runs me can "
        "read it. Who wrote it is shown to nobody."
    )


def answers(say: Say) -> tuple[tuple[str, str], ...]:
    """What a moderator may let the one who reported read: general, and nothing about the other."""
    return (
        ("only", say("Only that you looked at it")),
        ("spoke", say("That you talked with those it concerned")),
        ("acted", say("That you saw to it that it does not go on")),
        ("nothing", say("That you found nothing against the rules here")),
    )


def report_answer_card(say: Say, answer: str, letter: str) -> Message:
    """To whoever reported somebody, once, when the moderators are done."""
    said = {
        "spoke": say("They talked with those it concerned."),
        "acted": say("They saw to it that it does not go on."),
        "nothing": say("They found nothing in it against the rules here. It was right to tell them all the same."),
    }
    thanks = say("Thank you for telling the moderators. They have looked at it.")
    text = " ".join(filter(None, (thanks, said.get(answer, ""))))
    note = Note(say("Who wrote to them was shown to nobody, and that stays so."))
    return Message("", (Text(text), note, Row((Button(say("Clear this message"), AnswerCleared(letter)),))))


def cleared_card(say: Say) -> Message:
    """In the place of an answer that nobody else is to find."""
    return Message("", (Text(say("Cleared.")),))


def report_parts(say: Say, report: Shown, row: Row) -> tuple[Part, ...]:
    """One report in the moderators' queue."""
    label = dict(reasons(say)).get(report.reason, say("Something else"))
    words = (Text(escape(report.words)),) if report.words else ()
    if report.about is None:
        whom, note = Text(say("About somebody who has left.")), report.at
    else:
        count = say.plural("{n} report about this member", "{n} reports about this member", report.count)
        whom, note = People((report.about,)), f"{report.at} · {count}"
    return Text(f"**{escape(label)}**"), whom, *words, Note(note), row
