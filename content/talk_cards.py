"""What a press on a letter is answered with: a host's yes or no, a time, a talk that was or was not, thanks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content.interview_forms import SEATS
from content.interview_ways import (
    MatchPauseAsked,
    MatchShown,
    PrepForm,
    ProfileAsked,
    TalkOn,
    ThanksGiven,
)
from content.introduction_cards import On, way_out
from content.introduction_ways import NoteReminder, PayForward, PrepOpened, QuoteNot, Rematch, ThankDraft, Thanked
from content.say import Say

BLANK = 300
"""Characters of one blank of a thank-you."""


def yes_card(say: Say, name: str, introduction: str) -> Message:
    """The host said yes."""
    text = say("Thank you. I introduce you and **{name}** as soon as it is day for both of you.", name=escape(name))
    return Message("", (Text(text), _out(say, introduction)))


def full_card(say: Say, capacity: int) -> Message:
    """The host said yes, but their month is full."""
    many = say.plural("{n} talk a month", "{n} talks a month", capacity)
    text = say("Thank you. You set {many}, and those of this month are taken. The question stays open.", many=many)
    more = (Button(say("Offer one more"), ProfileAsked("host", "first")),) if capacity < SEATS else ()
    return Message("", (Text(text), Row((*more, Button(say("My offer"), MatchShown())))))


def no_card(say: Say, introduction: str) -> Message:
    """The host said not now, or not a fit: the same words for both."""
    lines = (
        Text(say("Noted. Nobody is told, and I will not suggest the two of you again.")),
        Row((Button(say("Pause my offer"), MatchPauseAsked("host")), Button(say("My offer"), MatchShown()))),
        _out(say, introduction),
    )
    return Message("", lines)


def moved_on_card(say: Say) -> Message:
    """A press that comes too late, or a second time."""
    text = say("This has moved on meanwhile; there is nothing for you to do.")
    return Message("", (Text(text), Row((Button(say("My search and offer"), MatchShown()),))))


def when_card(say: Say, introduction: str, days: Sequence[date]) -> Message:
    """They found a time: on which day, so that nobody is asked too early."""
    choices = tuple(Choice(say.date(day), TalkOn(introduction, day)) for day in days)
    return Message(
        "",
        (
            Text(say("Good. On which day is it? Then I ask you afterwards and not before.")),
            Picker(say("The day"), choices),
            Row((Button(say("Prepare"), PrepOpened(introduction)),)),
            _out(say, introduction),
        ),
    )


def on_card(say: Say, introduction: str, day: date) -> Message:
    """The day is known."""
    text = say("**{day}** it is. I ask you how it was the day after.", day=escape(say.date(day)))
    row = (
        Button(say("Prepare"), PrepOpened(introduction)),
        Button(say("Remind me to note it down"), NoteReminder(introduction, day)),
    )
    return Message("", (Text(text), Row(row), _out(say, introduction)))


def reminded_card(say: Say, introduction: str, at: datetime | None) -> Message:
    """`at`: when the one reminder comes, on the reader's clock; None where each of its days has a message already."""
    if at is None:
        text = say("Those days have their one message already. `/interview-match prep` opens your notes whenever.")
    else:
        text = say("On {day} at {time} I remind you, once.", day=say.date(at.date()), time=say.time(at.time()))
    prepare = Row((Button(say("Prepare"), PrepOpened(introduction)),))
    return Message("", (Text(text), prepare, _out(say, introduction)))


def not_yet_card(say: Say, introduction: str) -> Message:
    """No time yet."""
    text = say("All right, there is time. A line with two dates often helps.")
    prepare = Row((Button(say("Prepare"), PrepOpened(introduction)),))
    return Message("", (Text(text), prepare, _out(say, introduction)))


def given_up_card(say: Say, introduction: str, *, seeker: bool) -> Message:
    """It will not happen. Whose wish it was stands nowhere."""
    parts: list[Part] = [Text(say("All right, I close it. A kind line to the other side does no harm."))]
    if seeker:
        parts.append(Row((Button(say("Look for somebody else"), Rematch(introduction)),)))
    return Message("", (*parts, _out(say, introduction)))


def met_card(say: Say, introduction: str, *, seeker: bool, quiet: bool = False) -> Message:
    """They met: for the seeker what is worth doing while it is fresh. `quiet`: the host would rather not be quoted."""
    if not seeker:
        text = say("Thank you for your time. It will go further than you see.")
        own = [Button(say("My offer"), MatchShown())]
        own += [] if quiet else [Button(say("Please do not quote me"), QuoteNot(introduction))]
        wish = (Note(say("That you would rather not be quoted stands on their page.")),) if quiet else ()
        return Message(say("You met"), (Text(text), *wish, Row(tuple(own)), _out(say, introduction)))
    text = say("Two minutes now are worth an hour next month: what surprised you, and one thing you will do.")
    row = (
        Button(say("Write it down"), PrepForm(introduction, "after"), "primary"),
        Button(say("A draft of thanks"), ThankDraft(introduction)),
        Button(say("Thanks are said"), Thanked(introduction)),
    )
    return Message(say("You met"), (Text(text), Row(row), _out(say, introduction)))


def missed_card(say: Say, introduction: str, *, seeker: bool) -> Message:
    """It did not happen, and nobody asks why."""
    parts: list[Part] = [Text(say("Noted, no more than that. It happens."))]
    if seeker:
        parts.append(Row((Button(say("Look for somebody else"), Rematch(introduction)),)))
    return Message("", (*parts, _out(say, introduction)))


def thanks_form(say: Say, talk: str, stayed: str, will: str) -> Form:
    """The two blanks."""
    return Form(
        say("A thank-you"),
        (
            Ask("stayed", say("What they said that stayed with me"), value=stayed[:BLANK], long=True, most=BLANK),
            Ask("will", say("What I will do with it"), value=will[:BLANK], long=True, most=BLANK),
        ),
        ThanksGiven(talk),
        say("Show the draft"),
    )


def thanks_card(say: Say, talk: str, name: str, stayed: str, will: str) -> Message:
    """The draft, to be copied: the bot sends nothing to anybody."""
    draft = say(
        "Hello {name}, thank you for your time. What stayed with me: {stayed} I will do this with it: {will}",
        name=escape(name), stayed=escape(_sentence(say, stayed)), will=escape(_sentence(say, will)),
    )  # fmt: skip
    note = Note(say("Copy it, make it yours, and send it yourself: I send nothing to them."))
    change = Button(say("Change it"), ThankDraft(talk))
    if talk.startswith("own:"):
        return Message(say("Your thank-you"), (Text(draft), note, Row((change,))))
    row = Row((Button(say("I have sent it"), Thanked(talk), "primary"), change))
    return Message(say("Your thank-you"), (Text(draft), note, row, _out(say, talk)))


def came_card(say: Say, introduction: str, name: str, will: str) -> Message:
    """A line about what came of it, to be copied. `will`: what was to be done, from the thank-you."""
    head = say("Hello {name}, some weeks ago you gave me your time.", name=escape(name))
    then = (
        say("I wanted to do this: {will} This is what came of it: …", will=escape(_sentence(say, will)))
        if will
        else say("This is what came of it: …")
    )
    note = Note(say("Copy it, make it yours, and send it yourself: I send nothing to them."))
    text = Text(head + ("" if say.lang == "zh-CN" else " ") + then)
    return Message(say("What came of it"), (text, note, _out(say, introduction)))


def thanked_card(say: Say, introduction: str) -> Message:
    """The thanks are said; passing it on is an offer, not a debt."""
    text = say("Good. One day somebody will be where you were.")
    row = Row((Button(say("Offer a talk"), PayForward(introduction)),))
    return Message("", (Text(text), row, _out(say, introduction)))


def _out(say: Say, introduction: str) -> Row:
    """Block and Report, as on every card on which somebody else stands."""
    return way_out(say, On(introduction, ""))


def _sentence(say: Say, words: str) -> str:
    """With a full stop where there is no mark yet."""
    if words.endswith((".", "!", "?", "…", "。", "！", "？")):
        return words
    return words + ("。" if say.lang == "zh-CN" else ".")
