"""The letters of a circle, card by card: pure; once a week at most, and every one leaves the reader free."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from content import circle_words as words
from content.circle_ways import (
    CircleBlockAsked,
    CircleGoalAsked,
    CircleGuide,
    CircleHelp,
    CircleJoinAsked,
    CircleLeaveAsked,
    CircleReportAsked,
    CircleVoted,
)
from content.circle_words import Seat
from content.say import Say

WEEKS = 6


@dataclass(frozen=True, slots=True)
class OnCircle:
    """What a card's buttons carry: the circle's id, the letter's, and the number of what is voted on."""

    circle: str
    letter: str
    asked: int = 0


def circle_welcome_card(
    say: Say, on: OnCircle, seats: Sequence[Seat], theme: str, at: datetime, *, alone: bool, merged: bool
) -> Message:
    """Who, what about, when on every clock, how it goes. `alone`: no conversation of all could be opened. `merged`: two
    circles have become one."""
    pair = len(seats) == 2
    title = say("Your circle has grown") if merged else say("Meet your partner") if pair else say("Your circle begins")
    host = next((seat for seat in seats if seat.hosts), None)
    who = say("{names}: {theme}.", names=words.names(say, seats), theme=escape(words.theme_name(say, theme)))
    parts: list[Part] = [People(tuple(seat.person for seat in seats)), Text(who)]
    if host is not None and not pair:
        parts.append(Note(say("{name} looks after it: no leader, only whoever says hello first.", name=host.short)))
    if alone:
        parts.append(
            Text(say("I cannot open a conversation for all of you here. Whoever likes writes the first line."))
        )
    parts.append(Text(f"{say('Six weeks, once a week:')}\n{words.on_clocks(say, at, seats)}"))
    parts.append(Text("\n".join(f"• {escape(line)}" for line in how_lines(say))))
    parts.append(Text("\n".join((f"**{say('How we treat each other')}**", *(f"• {line}" for line in kind_lines(say))))))
    return Message(title, (*parts, *_ways(say, on)))


def circle_week_card(say: Say, on: OnCircle, week: int, question: str, *, alive: bool) -> Message:
    """The one message of a week. `question`: "" when all have been asked. `alive`: asks once whether they talk."""
    ask = escape(question) if question else say("I have asked all I know. Whose own question is it this week?")
    parts: list[Part] = [Text(f"**{ask}**"), Note(say("A line is enough, silence is fine too. The talk is yours."))]
    votes = [(say("Pause for two weeks"), "pause")]
    if alive:
        parts.append(Text(say("I do not read what is written here, so I ask once: is this circle alive?")))
        votes = [(say("We talk"), "alive"), (say("It is quiet"), "quiet"), *votes]
    return _asking(say, on, *parts, votes=votes, title=say("Week {n} of {count}", n=week, count=WEEKS))


def circle_last_card(say: Say, on: OnCircle) -> Message:
    """After the last week."""
    return _asking(
        say,
        on,
        Text(say("Thank you for these weeks. What does each of you take along? One line each, if you like.")),
        Text(say("Shall it go on for six more weeks? The larger part of those who answer decides.")),
        Note(say("Without an answer it ends in a week, with thanks.")),
        votes=[(say("Six more weeks"), "on"), (say("A good end"), "end")],
        title=say("Six weeks together"),
    )


def circle_quiet_card(say: Say, on: OnCircle) -> Message:
    """Nobody has answered for two weeks: one kind message."""
    return _asking(
        say,
        on,
        Text(say("It has been quiet here, which happens: weeks are full. If one of you says so, it goes on.")),
        Note(say("Otherwise I close the circle in a week, with thanks to all of you.")),
        votes=[(say("We talk"), "alive")],
    )


def circle_merge_card(say: Say, on: OnCircle, *, small: bool, many: int) -> Message:
    """Two circles might become one. `small`: to the one that has become so; `many`: the people of the other one."""
    others = say.plural("{n} person", "{n} people", many)
    text = (
        say("You have become few. Another circle would suit you, {others}. Shall you join it?", others=others)
        if small
        else say("A circle near you has become small. Shall its people join you, {others}?", others=others)
    )
    return _asking(
        say,
        on,
        Text(text),
        Note(say("Both circles are asked. Who said what is shown to nobody, and a no costs nothing.")),
        votes=[(say("Gladly"), "merge"), (say("Rather not"), "apart")],
    )


def circle_pair_card(say: Say, on: OnCircle) -> Message:
    """Two are left, and no other circle suits."""
    return _asking(
        say,
        on,
        Text(say("Two of you are left. Would you both like to go on as partners?")),
        Note(say("Who said what is shown to nobody. Without two yeses it ends kindly.")),
        votes=[(say("Go on as two"), "pair"), (say("A good end"), "end")],
    )


def circle_closed_card(say: Say, on: OnCircle) -> Message:
    """The end, with thanks and a way on."""
    return Message(
        say("This circle is closed"),
        (
            Text(say("Thank you for having been company to each other. What you wrote here stays yours.")),
            Row(
                (
                    Button(say("Join another circle"), CircleJoinAsked(hosts=False)),
                    Button(say("I need more than peers"), CircleHelp(on.letter)),
                )
            ),
            _out(say, on),
        ),
    )


def circle_waits_card(say: Say, letter: str, why: str, advice: str, again: str) -> Message:
    """A round went by without a place. `again`: the day of the next one, "" unknown."""
    parts: list[Part] = [Text(f"{escape(why)} {escape(advice)}")]
    if again:
        parts.append(Note(say("The next round is on {day}; you come first in it.", day=again)))
    row = Row((Button(say("Change it"), CircleJoinAsked(hosts=False)), Button(say("My circles"), CircleGuide(letter))))
    return Message(say("No circle this time"), (*parts, row))


def how_lines(say: Say) -> tuple[str, ...]:
    """How a circle goes, plain text."""
    return (
        say("Once a week I bring one question, and nothing more. The talk is yours; I do not read it."),
        say("Whoever likes keeps a goal of their own, which nobody else sees."),
        say("Nobody is counted, ranked or reminded. Anybody may leave at any time, without a word."),
    )


def kind_lines(say: Say) -> tuple[str, ...]:
    """How people treat each other in a circle, in the dialect."""
    return (
        say("Listen first; advice only where it is wished for."),
        say("What is told here stays here. No names or private details of others."),
        say("Nothing is sold, nobody is pressed for contacts."),
        say("Peers are company and no therapists; for more there is a button below."),
    )


def _asking(say: Say, on: OnCircle, *parts: Part, votes: Sequence[tuple[str, str]], title: str = "") -> Message:
    """A card with a vote. `votes`: each button's label and what it stands for."""
    row = Row(tuple(Button(label, CircleVoted(on.circle, vote, on.asked, on.letter)) for label, vote in votes))
    return Message(title, (*parts, row, *_ways(say, on)))


def _ways(say: Say, on: OnCircle) -> tuple[Part, ...]:
    own = (
        Button(say("My own goal"), CircleGoalAsked(on.circle, "", on.letter)),
        Button(say("I need more than peers"), CircleHelp(on.letter)),
        Button(say("Leave quietly"), CircleLeaveAsked(on.circle, on.letter)),
    )
    return Row(own), _out(say, on)


def _out(say: Say, on: OnCircle) -> Row:
    return Row(
        (
            Button(say("Block"), CircleBlockAsked(on.circle, on.letter)),
            Button(say("Report"), CircleReportAsked(on.circle, on.letter)),
        )
    )
