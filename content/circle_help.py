"""When company is not enough, and when doubt comes: who else is there, how common it is, one thing to do, the way to
block or report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.circle_cards import own_goal_row
from content.circle_ways import (
    CircleBlockMeant,
    CircleBlockOne,
    CircleLeaveAsked,
    CircleReportAsked,
    CircleReportOne,
    CircleStays,
    DoubtStep,
)
from content.circle_words import Seat
from content.library import Library
from content.safety_cards import reported
from content.say import Say
from content.ways import CardShown

STEPS = ("name", "ask", "lift")


def circle_more_card(say: Say, help_: Mapping[str, Any]) -> Message:
    """The owner's help lines and contact; honest where none are set. `help_`: "lines" and "contact"."""
    lines, contact = str(help_.get("lines", "")).strip(), str(help_.get("contact", "")).strip()
    parts: list[Part] = [Text(say("Peers are company. For some things more is needed, and asking for it is strength."))]
    if lines:
        parts.append(Text(escape(lines)))
    if contact:
        parts.append(Text(say("Here you can write to: {contact}", contact=escape(contact))))
    if not lines and not contact:
        parts.append(Text(say("Those who look after this community have set no help lines yet.")))
    parts.append(
        Text(
            say("In danger, call the emergency services where you are. It can also help to tell one person you trust.")
        )
    )
    parts.append(
        Note(say("I am a program and read nothing you write to each other. Nobody learns that you looked here."))
    )
    return Message(say("More than peers"), tuple(parts))


def circle_help_kept_card(say: Say, help_: Mapping[str, Any]) -> Message:
    """To the owner: what members see now."""
    shown = circle_more_card(say, help_)
    return Message(say("Kept. This is what members see"), shown.parts)


def circle_doubts_card(say: Say, library: Library) -> Message:
    """How common it is, with the range; who said it aloud; then one thing to do. The ideas are the pack's
    imposter.seventy-percent, imposter.public-figures, imposter.ng-struggles, imposter.first-be-bad, imposter.help.*."""
    parts: list[Part] = [
        Text(
            say(
                "Doubting whether one belongs is common. One book says about 70 in 100 people meet it in their lives; "
                "studies find anything from 9 to 82 in 100, by how they ask. So it is far from only you."
            )
        ),
        Text(
            say(
                "Michelle Obama, Tom Hanks, Sheryl Sandberg and Mike Cannon-Brookes have spoken of it in public. "
                "Andrew Ng tells of days lost on one bug, of papers still hard to read, of a wrong setting a colleague "
                "found."
            )
        ),
        Text(say("Being bad at something is how being good at it begins. One small thing, if you like:")),
        Row(
            (
                Button(say("Name one thing I do well"), DoubtStep("name")),
                Button(say("Ask one person"), DoubtStep("ask")),
                Button(say("Lift one person"), DoubtStep("lift")),
            )
        ),
    ]
    known = [(label, card) for label, card in _more(say) if card in library.cards]
    if known:
        parts.append(Row(tuple(Button(label, CardShown(card)) for label, card in known)))
    return Message(say("When doubt comes"), tuple(parts))


def circle_step_card(say: Say, step: str, circle: str) -> Message:
    """One of the three things. `circle`: where it may become one's own goal, "" where one is in none."""
    texts = {
        "name": say("Finish the line, for yourself: one thing I do well is … A tenth of something counts."),
        "ask": say("Think of one person who has been where you are, and of one question to them. A line is enough."),
        "lift": say("Somebody began after you. Which thing that you know now would help them this week?"),
    }
    text = Text(texts.get(step, texts["name"]))
    return Message("", (text, own_goal_row(say, circle, step)) if circle else (text,))


def start_of(say: Say, step: str) -> str:
    """How a goal begins that comes from one of the three."""
    starts = {"name": say("One thing I do well: "), "ask": say("I ask: "), "lift": say("I help: ")}
    return starts.get(step, "")


def circle_whom_card(say: Say, circle: str, others: Sequence[Seat], *, report: bool) -> Message:
    """Which of them; in the presser's eyes alone."""
    make = CircleReportOne if report else CircleBlockOne
    text = say("Whom do you mean? Nobody is told.")
    names = tuple(Button(one.short, make(circle, one.person.id)) for one in others[:5])
    left = (Row((Button(say("Somebody who has left"), CircleReportOne(circle, "")),)),) if report else ()
    return Message("", (Text(text), *((Row(names),) if names else ()), *left))


def circle_block_card(say: Say, circle: str, other: Seat) -> Message:
    """Asked once."""
    text = say("Block **{name}**? You two will never be introduced again. They are not told.", name=escape(other.short))
    note = Note(say("It holds for ever, in both directions, also if one of you leaves and comes back."))
    yes = Button(say("Yes, block"), CircleBlockMeant(circle, other.person.id), "danger")
    return Message("", (Text(text), note, Row((yes, Button(say("No"), CircleStays())))))


def circle_blocked_card(say: Say, circle: str) -> Message:
    """Done; this circle stays as it is, unless one leaves it."""
    text = say("Done, from the next circle on. In this one you still share the conversation; you may leave it quietly.")
    row = Row(
        (Button(say("Leave quietly"), CircleLeaveAsked(circle)), Button(say("Report"), CircleReportAsked(circle)))
    )
    return Message("", (Text(text), row))


def circle_reported_card(say: Say, circle: str, *, read: bool = True) -> Message:
    """On its way; nobody is told from whom. `read`: as for `reported_card`."""
    text = reported(say, read=read)
    return Message("", (Text(text), Row((Button(say("Leave quietly"), CircleLeaveAsked(circle)),))))


def _more(say: Say) -> tuple[tuple[str, str], ...]:
    return (
        (say("How common it is"), "card.imposter.seventy-percent"),
        (say("Andrew Ng's list"), "card.imposter.ng-list"),
        (say("What helps"), "card.imposter.what-helps"),
    )
