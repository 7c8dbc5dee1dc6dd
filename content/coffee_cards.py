"""What `/coffee` answers: how one's coffees stand, what is kept, pauses, and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chat.markup import channel as channel_link
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content.coffee_ways import (
    CoffeeBack,
    CoffeeJoin,
    CoffeeLeaveAsked,
    CoffeeLeft,
    CoffeeMet,
    CoffeeMissed,
    CoffeePauseAsked,
    CoffeePaused,
    CoffeeShown,
    CoffeeSkip,
)
from content.interview_cards import clock_parts
from content.introduction_parts import On, way_out
from content.say import Say

Standing = Literal["out", "in", "skipped", "paused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """How somebody stands. `next`: when people are brought together, in words, "" unknown; `by`: then at the latest.
    `until`: of a pause, "" for an open one. `waiting`: without a group this time. `meeting`: the introduction's id and
    the names of the others."""

    channel: str
    standing: Standing
    next: str = ""
    by: bool = False
    until: str = ""
    waiting: bool = False
    meeting: tuple[str, tuple[str, ...]] | None = None


def status_card(say: Say, now: Now, zones: Sequence[tuple[str, str]] = ()) -> Message:
    """Everything at a glance, with what can be done about it."""
    parts: list[Part] = [Text(_standing(say, now))]
    if now.standing == "in" and now.next:
        day = escape(now.next)
        by, on = say("The next ones meet by **{day}**.", day=day), say("The next ones meet on **{day}**.", day=day)
        parts.append(Text(by if now.by else on))
    if now.waiting:
        parts.append(Text(say("This time nobody fitted. You come first in the next round.")))
    if now.meeting is not None:
        id_, names = now.meeting
        parts.append(Text(say("You were introduced: **{names}**.", names=escape(say.join(names)))))
        row = (Button(say("We met"), CoffeeMet(id_)), Button(say("It did not happen"), CoffeeMissed(id_)))
        parts += [Row(row), way_out(say, On(id_, ""))]
    return Message(say("Coffee with somebody"), (*parts, _ways(say, now), *clock_parts(say, zones)))


def kept_card(
    say: Say, channel: str, when: str, *, by: bool = False, reminds: bool = True, late: bool,
    zones: Sequence[tuple[str, str]],
) -> Message:  # fmt: skip
    """After the form. `when`: the next time, in words, `by`: at the latest; `reminds`: a letter comes before. `late`:
    the round has begun, and they are looked for now."""
    what, when = say("You take part."), escape(when)
    if late and by and when:
        follow = say("This round has just begun: if somebody fits, I introduce you by **{when}**.", when=when)
    elif late:
        follow = say("This round has just begun: if somebody fits, I introduce you today.")
    elif when and reminds:
        by_then = say("By **{when}** I bring people together, and I write to you before.", when=when)
        follow = by_then if by else say("On **{when}** I bring people together, and I write to you before.", when=when)
    elif when:
        by_then = say("By **{when}** I bring people together.", when=when)
        follow = by_then if by else say("On **{when}** I bring people together.", when=when)
    else:
        follow = say("I tell you before people are brought together.")
    row = Row((Button(say("My coffees"), CoffeeShown(channel)),))
    return Message(say("Kept"), (Text(f"{what} {follow}"), row, *clock_parts(say, zones)))


def which_card(say: Say, programmes: Sequence[tuple[str, str]]) -> Message:
    """Several channels have coffees: (channel, its rhythm) each. Labels are plain, so numbers say which is which."""
    shown = list(enumerate(programmes[:25], 1))
    lines = [f"{n}. {channel_link(id_)} · {escape(rhythm)}" for n, (id_, rhythm) in shown]
    choices = tuple(Choice(f"{n}. {rhythm}"[:75], CoffeeShown(id_)) for n, (id_, rhythm) in shown)
    text = "\n".join((say("Several channels have coffees here."), *lines))
    return Message("", (Text(text), Picker(say("Which one?"), choices)))


def skipped_card(say: Say, channel: str, *, again: bool = False) -> Message:
    """Not this time; the next one counts again. `again`: they skipped it before, and it stays at that."""
    text = say("Good, not this time. Nobody is told, and in the next round you are in again.")
    if again:
        text = say("You skip this round already. In the next one you are in again.")
    row = Row((Button(say("I am in after all"), CoffeeBack(channel)), Button(say("My coffees"), CoffeeShown(channel))))
    return Message("", (Text(text), row))


def pause_card(say: Say, channel: str) -> Message:
    """How long it shall be quiet."""
    lengths = (("2w", say("2 weeks")), ("4w", say("4 weeks")), ("8w", say("8 weeks")), ("open", say("Until I say")))
    row = Row(tuple(Button(label, CoffeePaused(channel, length)) for length, label in lengths))
    return Message("", (Text(say("How long shall it be quiet?")), row))


def paused_card(say: Say, channel: str, until: str) -> Message:
    """The pause stands; what was begun goes on."""
    text = say("Quiet until {day}. It goes on by itself then.", day=until) if until else say("Quiet until you say so.")
    return Message("", (Text(text), Row((Button(say("I am back"), CoffeeBack(channel)),))))


def leave_card(say: Say, channel: str) -> Message:
    """Asked once."""
    row = Row((Button(say("Leave"), CoffeeLeft(channel), "danger"), Button(say("Stay"), CoffeeShown(channel))))
    text = say("Then you are in no more rounds of this channel. Whom you were introduced to stays as it is.")
    return Message(say("Leave the coffees?"), (Text(text), row))


def left_card(say: Say, channel: str) -> Message:
    """Out, with thanks; what was typed stays for a return."""
    note = Note(say("What you typed stays for a return. /mydata delete takes it away."))
    row = Row((Button(say("Take part again"), CoffeeJoin(channel)),))
    return Message("", (Text(say("You are out. Thank you for having been here.")), note, row))


def heard_card(say: Say, said: str) -> Message:
    """Thanks for a word about how it was: "met", "not_yet" or "missed"."""
    match said:
        case "met":
            text = say("Lovely. Thank you for telling me.")
        case "not_yet":
            text = say("All right. I ask no more; the conversation stays open for you.")
        case _:
            text = say("That happens, and it is nobody's fault. In the next round you are in again.")
    return Message("", (Text(text),))


def _standing(say: Say, now: Now) -> str:
    match now.standing:
        case "in":
            return say("You take part in the coffees of this channel.")
        case "skipped":
            return say("You skip this round. In the next one you are in again.")
        case "paused":
            return say("Quiet until {day}.", day=now.until) if now.until else say("Quiet until you say so.")
        case "out":
            return say("You do not take part in the coffees of this channel.")


def _ways(say: Say, now: Now) -> Row:
    channel = now.channel
    if now.standing == "out":
        return Row((Button(say("Take part"), CoffeeJoin(channel), "primary"),))
    change = Button(say("Change what I said"), CoffeeJoin(channel))
    leave = Button(say("Leave"), CoffeeLeaveAsked(channel))
    if now.standing == "in":
        skip = Button(say("Skip this time"), CoffeeSkip(channel))
        return Row((change, skip, Button(say("Pause"), CoffeePauseAsked(channel)), leave))
    return Row((Button(say("I am back"), CoffeeBack(channel), "primary"), change, leave))
