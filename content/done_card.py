"""What stands in the place of a step's buttons once it is answered: a short joy, days shown up, a line of one's own."""

from __future__ import annotations

from dataclasses import dataclass, field

from chat.action import Action
from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.prompts import Prompt
from content.say import Say
from content.ways import OriginShown, TopicShown

NOTE = 140
"""Characters of "what did you do?"."""


@dataclass(frozen=True)
class NoteAsked(Action, name="note-asked"):
    """Let me write, or change, what I did."""

    delivery: str


@dataclass(frozen=True)
class NoteGiven(Action, name="note-given"):
    """What I did, in my words; nothing takes it away."""

    delivery: str


@dataclass(frozen=True, slots=True)
class After:
    """What an answered step may carry besides. `back`: when the next step comes, after a return from silence;
    `sent_on`: the day it counts for, where that is not today; `note`: the member's line, unescaped; `offer`: a
    question, or what came of one."""

    delivery: str = ""
    small: bool = False
    back: str = ""
    sent_on: str = ""
    note: str = ""
    offer: tuple[Part, ...] = field(default=())


PLAIN = After()


def done_card(say: Say, prompt: Prompt, line: str, total: int, of_last: int, after: After = PLAIN) -> Message:
    """After Done: the celebration and days shown up. No streak, no miss. `line` is unescaped."""
    did = prompt.tiny if after.small else prompt.action
    label = say("Change my line") if after.note else say("What did you do?")
    own = (Button(label, NoteAsked(after.delivery)),) if after.delivery else ()
    return Message(
        prompt.title.get(say.lang),
        (
            *welcome_back(say, after.back),
            Text(escape(did.get(say.lang))),
            Text(f"**{escape(line)}**"),
            Note(days_line(say, total, of_last)),
            *((Note(say("Counted for {day}, when it came.", day=after.sent_on)),) if after.sent_on else ()),
            *((Note(say("You wrote: {note}", note=after.note)),) if after.note else ()),
            *((Note(say("If you like, one door on: {command}", command=prompt.next)),) if prompt.next else ()),
            *after.offer,
            Row(
                (
                    *own,
                    Button(say("Where is this from?"), OriginShown(prompt.id, beside=True)),
                    Button(say("More on this topic"), TopicShown(prompt.topic, beside=True)),
                )
            ),
        ),
    )


def counted_card(say: Say, line: str, total: int, of_last: int) -> Message:
    """After Done on a step that the pack no longer has: it counts all the same."""
    return Message("", (Text(f"**{escape(line)}**"), Note(days_line(say, total, of_last))))


def welcome_back(say: Say, when: str) -> tuple[Part, ...]:
    """Warmth on the day of a return, and what comes next; () without `when`."""
    if not when:
        return ()
    return Text(f"**{say('Good to see you.')}**"), Note(say("The next one is ten seconds, {when}.", when=when))


def days_line(say: Say, total: int, of_last: int) -> str:
    """ "12 days shown up · 9 of the last 28" """
    return f"{say.plural('{n} day shown up', '{n} days shown up', total)} · {say('{n} of the last 28', n=of_last)}"


def note_form(say: Say, delivery: str, note: str) -> Form:
    """One line, only for the member."""
    hint = say("One line, for your eyes alone. Empty takes it away.")
    ask = Ask("note", say("What did you do?"), hint=hint, value=note[:NOTE], required=False, most=NOTE)
    return Form(say("Your line"), (ask,), NoteGiven(delivery), say("Keep it"))
