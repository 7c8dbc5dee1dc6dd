"""The letters of coffee rounds, card by card: pure, and every one of them leaves the reader free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from content.coffee_ways import (
    CoffeeJoin,
    CoffeeLeaveAsked,
    CoffeeMet,
    CoffeeMissed,
    CoffeeNotYet,
    CoffeePauseAsked,
    CoffeeShown,
    CoffeeSkip,
)
from content.coffee_words import in_common, opening, why_left
from content.introduction_parts import On, Side, way_out
from content.say import Say
from content.talk_times import talk_times


def soon_card(say: Say, channel: str, letter: str, when: str, *, by: bool = False) -> Message:
    """Before people are brought together. `when`: on the reader's clock, in words; `by`: then at the latest."""
    text = say("I bring people together on **{when}**. You are among them, and have nothing to do.", when=when)
    if by:
        text = say("I bring people together by **{when}**. You are among them, and have nothing to do.", when=when)
    row = Row(
        (
            Button(say("Skip this time"), CoffeeSkip(channel, letter)),
            Button(say("Pause"), CoffeePauseAsked(channel, letter)),
            Button(say("Leave"), CoffeeLeaveAsked(channel, letter)),
        )
    )
    return Message(
        say("A coffee is coming up"),
        (
            Text(text),
            Note(say("If it does not suit, skip it: nobody is told, and next time you are in again.")),
            row,
        ),
    )


def intro_card(
    say: Say, on: On, sides: Sequence[Side], facts: Sequence[Mapping[str, Any]], slots: Sequence[datetime],
    made_at: datetime, *, grown: bool = False,
) -> Message:  # fmt: skip
    """The first message in the conversation of all of them. `grown`: two of them were introduced before."""
    return Message(
        say("Coffee: {names}", names=say.join(side.short for side in sides)),
        (
            People(tuple(side.person for side in sides)),
            Text("\n".join("\n".join(side.lines) for side in sides)),
            *_grown(say, grown=grown),
            *_about(say, on, sides, facts, slots, made_at),
        ),
    )


def alone_card(
    say: Say, on: On, you: Side, others: Sequence[Side], facts: Sequence[Mapping[str, Any]],
    slots: Sequence[datetime], made_at: datetime, *, grown: bool = False,
) -> Message:  # fmt: skip
    """The same to one of them, where no conversation of all can be opened."""
    return Message(
        say("Coffee with {names}", names=say.join(side.short for side in others)),
        (
            People(tuple(side.person for side in others)),
            Text("\n".join("\n".join(side.lines) for side in others)),
            *_grown(say, grown=grown),
            Text(say("I cannot open a conversation for you here. Whoever of you likes writes the first line.")),
            *_about(say, on, (you, *others), facts, slots, made_at),
        ),
    )


def how_card(say: Say, on: On, others: Sequence[Side]) -> Message:
    """Asked once; silence is an answer too."""
    row = Row(
        (
            Button(say("We met"), CoffeeMet(on.introduction, on.letter), "primary"),
            Button(say("Not yet"), CoffeeNotYet(on.introduction, on.letter)),
            Button(say("It did not happen"), CoffeeMissed(on.introduction, on.letter)),
        )
    )
    names = say.join(side.short for side in others)
    return Message(say("Did you meet {names}?", names=names), (row, way_out(say, on)))


def gone_card(say: Say, channel: str, letter: str) -> Message:
    """Whom somebody was to meet is no longer there; nobody says why."""
    text = Text(say("Whom you were to meet is no longer available. You are in the next round again."))
    return Message("", (text, Row((Button(say("My coffees"), CoffeeShown(channel, letter)),))))


def left_card(
    say: Say, channel: str, letter: str, cause: str, times: Sequence[datetime], zone: str, again: str, *, door: bool
) -> Message:
    """Without a match this time: the binding rule, what helps, and when the next round is (`again`, "" unknown).
    `door`: somebody may still join this one."""
    why, advice = why_left(say, cause, times, zone)
    parts: list[Part] = [Text(f"{escape(why)} {escape(advice)}")]
    if door:
        parts.append(Note(say("If somebody joins within the day who fits, I introduce you at once.")))
    if again:
        parts.append(Note(say("The next round is on {day}; you come first in it.", day=again)))
    parts.append(
        Row(
            (
                Button(say("Change what I said"), CoffeeJoin(channel)),
                Button(say("My coffees"), CoffeeShown(channel, letter)),
            )
        )
    )
    return Message(say("No coffee this time"), tuple(parts))


def off_card(say: Say, channel: str, letter: str) -> Message:
    """To who was told of a round that does not take place: an owner ended the coffees in between."""
    text = Text(say("The coffees of this channel are switched off, so the round I told you of does not take place."))
    return Message(say("No coffee this time"), (text, Row((Button(say("My coffees"), CoffeeShown(channel, letter)),))))


def _grown(say: Say, *, grown: bool) -> tuple[Part, ...]:
    return (
        (Note(say("One more person came: you are three now, and this takes the place of the pair.")),) if grown else ()
    )


def _about(
    say: Say, on: On, sides: Sequence[Side], facts: Sequence[Mapping[str, Any]], slots: Sequence[datetime],
    made_at: datetime,
) -> tuple[Part, ...]:  # fmt: skip
    why = "\n".join((f"**{say('What brings you together')}**", *(f"• {reason}" for reason in in_common(say, facts))))
    return (
        Text(why),
        *talk_times(say, slots, *(side.clock for side in sides), id_=on.introduction, made_at=made_at),
        Text(say("To begin with: {question}", question=f"*{escape(opening(say, on.introduction))}*")),
        Note(say("Half an hour is plenty, and whoever likes may pass.")),
        way_out(say, on),
    )
