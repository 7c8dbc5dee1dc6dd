"""A second pair of eyes, for whoever wants one: what a reader would see, how the search stands, what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from chat.form import Choose, Form
from chat.markup import escape
from chat.message import Button, Divider, Facts, Message, Note, Part, People, Row, Text
from chat.people import Person
from content.interview_words import industries
from content.say import Say
from content.worksheet import Step
from sheets.naming import shortened
from sheets.reading import Request
from sheets.review_ways import ReaderOut, ReviewAnswered, ReviewEnded, ReviewFormAsked, ReviewGiven, ReviewWanted
from sheets.share_ways import CommentsListed, SheetBlockAsked, SheetReportAsked, SheetSharing

TEN_MINUTES = 10
READERS = 4
"""On one card, the last ones."""


def review_form(
    say: Say, sheet: str, steps: Sequence[Step], shown: Collection[str], *, named: bool, field: str
) -> Form:
    """What a reader sees, ticked before: what they ticked last."""
    options = tuple((step.key, shortened(step.title.get(say.lang), 75)) for step in steps[:25])
    chosen = tuple(key for key, _ in options if key in shown)
    titled = (("yes", say("Yes")), ("no", say("No, only which worksheet it is")))
    return Form(
        say("Second pair of eyes"),
        (
            Choose("steps", say("What may a reader see?"), options, chosen, many=True),
            Choose("named", say("Does who is asked see what it is called?"), titled, ("yes" if named else "no",)),
            Choose("field", say("Which field is it about?"), industries(say), (field,) if field else (),
                   required=False),
        ),
        ReviewGiven(sheet),
        say("Show me"),
    )  # fmt: skip


def review_preview(say: Say, request: Request, sheet: str) -> Message:
    """Exactly what somebody is asked first, and what follows a yes."""
    row = Row(
        (
            Button(say("Ask for it"), ReviewWanted(sheet), "primary"),
            Button(say("Change"), ReviewFormAsked(sheet)),
            Button(say("Not now"), SheetSharing(sheet)),
        )
    )
    then = say(
        "After a yes they see these steps and your name, and you see theirs. They change nothing; what they say "
        "comes to you alone. They see it for 30 days, or until you end it."
    )
    head = Text(say("This is what somebody is asked, one after the other:"))
    return Message(say("A second pair of eyes"), (head, Divider(), *_asked(say, request), Divider(), Note(then), row))


def sheet_ask_card(say: Say, request: Request, sheet: str, letter: str) -> Message:
    """The letter to who may read it: their one message of the day."""
    row = Row(
        (
            Button(say("Yes, I will read it"), ReviewAnswered(sheet, True, letter), "primary"),
            Button(say("Not now"), ReviewAnswered(sheet, False, letter)),  # on the wire
            Button(say("Stop offering"), ReaderOut(sheet, letter)),
        )
    )
    note = Note(
        say("You offered to read. A no needs no reason and reaches nobody; after two days somebody else is asked.")
    )
    return Message(say("A second pair of eyes"), (*_asked(say, request), note, row))


def review_looking_card(
    say: Say, title: str, sheet: str, day: str, *, nobody: bool, readers: Sequence[tuple[Person, bool]] = ()
) -> Message:
    """Under way. `nobody`: nobody is free just now; `day`: until when somebody is looked for; `readers`: as below."""
    if nobody:
        text = say("Nobody is free to read it just now. I ask again every day until {date}.", date=day)
    else:
        text = say("I am asking, one after the other; each has two days to answer. I look until {date}.", date=day)
    note = [Note(say("They read this sheet, too; ending it takes it from them as well."))] if readers else []
    return Message(title, (Text(escape(text)), *_readers(say, sheet, readers), *note, _end(say, sheet)))


def review_reading_card(say: Say, title: str, sheet: str, readers: Sequence[tuple[Person, bool]]) -> Message:
    """Somebody reads it, or has: who sees it, and whether they are through."""
    row = Row(
        (
            Button(say("Comments"), CommentsListed(sheet), "primary"),
            Button(say("Ask somebody else"), ReviewFormAsked(sheet)),
            Button(say("End it"), ReviewEnded(sheet), "danger"),
        )
    )
    return Message(title, (*_readers(say, sheet, readers), row))


def review_over_card(say: Say, title: str, sheet: str) -> Message:
    """Nobody is asked, and nobody sees it."""
    text = say("Nobody is asked any more, and nobody but those who are on it sees the sheet.")
    row = Row((Button(say("Ask again"), ReviewFormAsked(sheet)), Button(say("Sharing"), SheetSharing(sheet))))
    return Message(title, (Text(escape(text)), row))


def sheet_nobody_card(say: Say, title: str, sheet: str, day: str) -> Message:
    """The letter after five tries, or where nobody offers: honest, once."""
    text = say(
        "Nobody is free to read “{title}” just now. Your wish stands until {date}: I ask again every day, and write as "
        "soon as somebody says yes.",
        title=title, date=day,
    )  # fmt: skip
    return Message("", (Text(escape(text)), _end(say, sheet)))


def sheet_reads_card(say: Say, title: str, sheet: str, reader: Person) -> Message:
    """The letter: who reads it."""
    text = say("reads “{title}” for you. What they say comes here to you, step by step.", title=title)
    row = Row((Button(say("Comments"), CommentsListed(sheet)), Button(say("End it"), ReviewEnded(sheet))))
    return Message(
        say("A second pair of eyes"), (People((reader,)), Text(escape(text)), row, _away(say, sheet, reader))
    )


def sheet_reviewed_card(say: Say, title: str, sheet: str, reader: Person, count: int) -> Message:
    """The letter: they are through. `count`: of their comments."""
    said = (
        say.plural("They left one comment.", "They left {n} comments.", count)
        if count
        else say("They left no comment: it seems to hold.")
    )
    text = say("has read “{title}”.", title=title)
    thanks = say("Two words of thanks from you make readers of readers. “Your question about … helped me most” is one.")
    row = Row((Button(say("Comments"), CommentsListed(sheet), "primary"),))
    return Message(
        say("A second pair of eyes"),
        (People((reader,)), Text(escape(f"{text} {said}")), Note(thanks), row, _away(say, sheet, reader)),
    )


def _asked(say: Say, request: Request) -> list[Part]:
    """What is known before a yes."""
    text = say("Somebody here would like a second pair of eyes on a worksheet: about {n} minutes.", n=TEN_MINUTES)
    pairs = [(say("Worksheet"), request.worksheet)]
    pairs += [(say("What it is called"), request.title)] if request.title else []
    pairs += [(say("Field"), request.field)] if request.field else []
    pairs += [(say("Language"), request.language), (say("Steps"), shortened(say.join(request.steps), 300))]
    return [Text(escape(text)), Facts(tuple(pairs))]


def _readers(say: Say, sheet: str, readers: Sequence[tuple[Person, bool]]) -> list[Part]:
    parts: list[Part] = []
    for reader, done in readers[:READERS]:
        text = say("has read it.") if done else say("reads it now.")
        parts += [People((reader,)), Text(escape(text)), _away(say, sheet, reader)]
    return parts


def _end(say: Say, sheet: str) -> Row:
    return Row((Button(say("Ask nobody any more"), ReviewEnded(sheet)), Button(say("Sharing"), SheetSharing(sheet))))


def _away(say: Say, sheet: str, reader: Person) -> Row:
    return Row(
        (
            Button(say("Report"), SheetReportAsked(sheet, reader.id)),
            Button(say("Block"), SheetBlockAsked(sheet, reader.id)),
        )
    )
