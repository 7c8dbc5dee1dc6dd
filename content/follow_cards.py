"""What is asked after an introduction: a time, how it was, thanks, passing it on. Silence is an answer."""

from __future__ import annotations

from datetime import date

from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from content.interview_ways import MatchBack, PrepForm
from content.introduction_parts import On, Side, way_out
from content.introduction_ways import (
    PayForward,
    Rematch,
    TalkMet,
    TalkMissed,
    TalkNotYet,
    TalkScheduled,
    ThankDraft,
    Thanked,
    TimeFound,
    TimeGiveUp,
    TimeNotYet,
    WhatCame,
)
from content.say import Say


def found_time_card(say: Say, on: On, them: Side) -> Message:
    """Four days after the introduction."""
    return Message(
        say("Have you and {name} found a time?", name=them.short),
        (
            Row(
                (
                    Button(say("We found a time"), TimeFound(on.introduction, on.letter), "primary"),
                    Button(say("Not yet"), TimeNotYet(on.introduction, on.letter)),
                    Button(say("It will not happen"), TimeGiveUp(on.introduction, on.letter)),
                )
            ),
            way_out(say, on),
        ),
    )


def how_was_it_card(say: Say, on: On, them: Side) -> Message:
    """After the day of the talk, or where nothing was said of a day."""
    return Message(
        say("How did it go with {name}?", name=them.short),
        (
            Row(
                (
                    Button(say("We met"), TalkMet(on.introduction, on.letter), "primary"),
                    Button(say("It is planned"), TalkScheduled(on.introduction, on.letter)),
                    Button(say("Not yet"), TalkNotYet(on.introduction, on.letter)),
                    Button(say("It did not happen"), TalkMissed(on.introduction, on.letter)),
                )
            ),
            way_out(say, on),
        ),
    )


def note_down_card(say: Say, on: On, them: Side) -> Message:
    """The reader asked for it when the day of the talk was known."""
    text = say("You wanted to note down what stayed of your talk with {name}. Two minutes are enough.", name=them.short)
    row = (Button(say("Write it down"), PrepForm(on.introduction, "after"), "primary"),)
    return Message("", (Text(text), Row(row), way_out(say, on)))


def thank_you_card(say: Say, on: On, them: Side) -> Message:
    """A day after the talk, unless the thanks are said."""
    return Message(
        say("A thank-you to {name}, while it is fresh", name=them.short),
        (
            Text(say("Two blanks are enough: what they said that stayed with you, and what you will do with it.")),
            Row(
                (
                    Button(say("Show me a draft"), ThankDraft(on.introduction, on.letter), "primary"),
                    Button(say("Said already"), Thanked(on.introduction, on.letter)),
                )
            ),
            way_out(say, on),
        ),
    )


def pay_forward_card(say: Say, on: On) -> Message:
    """Two weeks after the talk."""
    return Message(
        say("Somebody is where you were"),
        (
            Text(say("Would you give one talk this quarter? You know more of the way than it feels like.")),
            Note(say("If not, there is nothing to do.")),
            Row((Button(say("Offer a talk"), PayForward(on.introduction, on.letter)),)),
        ),
    )


def what_came_card(say: Say, on: On, them: Side) -> Message:
    """A month after the talk."""
    return Message(
        say("Did something come of your talk with {name}?", name=them.short),
        (
            Text(say("A line about how it went on would be a gift to them, also about something small.")),
            Row((Button(say("Show me a draft"), WhatCame(on.introduction, on.letter)),)),
            way_out(say, on),
        ),
    )


def host_rests_card(say: Say, on: On, until: date) -> Message:
    """To a host, after talks that did not come about; the end of it is theirs."""
    text = say(
        "Some talks with you did not come about, so I ask you nothing until {day}. I do not ask whose doing it was.",
        day=escape(say.date(until)),
    )
    return Message(say("A rest for your offer"), (Text(text), Row((Button(say("I am back"), MatchBack(on.letter)),))))


def rematch_card(say: Say, on: On) -> Message:
    """To the seeker, after a talk that did not happen."""
    return Message(
        say("Your talk did not come about"),
        (
            Text(say("That happens, and it is nobody's fault. I can look for somebody else, if you like.")),
            Row((Button(say("Look for somebody else"), Rematch(on.introduction, on.letter)),)),
        ),
    )
