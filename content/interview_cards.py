"""What `/interview-match` answers: the rules, what is kept, pauses, and the way out."""

from __future__ import annotations

from collections.abc import Sequence

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content.interview_ways import (
    MatchBack,
    MatchLeaveAsked,
    MatchLeft,
    MatchPauseAsked,
    MatchPaused,
    MatchShown,
    MatchZone,
    ProfileAsked,
)
from content.say import Say
from content.ways import CardShown


def conduct_card(say: Say, agreed: str = "", *, then: Action) -> Message:
    """The rules, with a button to agree, or the day on which this member did. `then`: what agreeing does."""
    lines = (
        say("This is a talk between two people, 20 to 30 minutes. It is no job application: nobody asks for a job."),
        say("Read up a little before, and bring what only they can answer."),
        say("Say thank you afterwards. One day, pass it on."),
        say("Be kind. What is told stays between the two of you. Nothing is sold, and nobody is pressed for contacts."),
        say("Both may say no, and both may end it at any time, without a reason."),
        say("Block and Report are on every card. A block is silent. Reports are read by the moderators alone."),
    )
    parts: list[Part] = [Text("\n".join(f"{n}. {escape(line)}" for n, line in enumerate(lines, 1)))]
    if agreed:
        parts.append(Note(say("You agreed to this on {day}.", day=agreed)))
        parts.append(Row((Button(say("My search and offer"), MatchShown()),)))
    else:
        parts.append(
            Note(say("I go by what you type into my forms and by nothing else. /mydata shows and deletes it."))
        )
        parts.append(Row((Button(say("I agree"), then, "primary"),)))
    return Message(say("How we treat each other"), tuple(parts))


def adult_card(say: Say, then: Action) -> Message:
    """Where the owner wants adults alone: said once, for talks, coffees and circles, and nobody asks how old somebody
    is. `then`: what saying so does."""
    text = say("Meeting others here is for adults. One tap says that you are of age; nobody asks for more.")
    return Message("", (Text(text), Row((Button(say("I am of age"), then, "primary"),))))


def better_row(say: Say, side: str) -> Row:
    """What makes a match better, and what helps meanwhile."""
    row = [
        Button(say("Times and interests"), ProfileAsked(side, "times")),
        Button(say("School, work, language"), ProfileAsked(side, "ground")),
    ]
    if side == "seeker":
        row.append(Button(say("Whom else to ask"), CardShown("card.interview.network")))
    return Row(tuple(row))


def clock_parts(say: Say, zones: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    """A question for the clock, where it is not known."""
    if not zones:
        return ()
    choices = tuple(Choice(label[:75], MatchZone(zone)) for label, zone in zones)
    note = Note(say("I do not know your clock yet, and for a call it counts. Another city: /nudge zone."))
    return note, Picker(say("A city that shares your clock"), choices[:25])


def search_kept_card(say: Say, role: str, lines: Sequence[str], zones: Sequence[tuple[str, str]] = ()) -> Message:
    """After the first form: what happens now, and what would make it better."""
    parts: list[Part] = [Text(say("I look for somebody: **{role}**.", role=escape(role)))]
    parts += [Text(escape(line)) for line in lines]
    parts.append(
        Text(say("They are asked first, and see your first name and what you would ask. Then I introduce you."))
    )
    parts += [better_row(say, "seeker"), *clock_parts(say, zones)]
    return Message(say("Kept"), tuple(parts))


def search_rests_card(say: Say, role: str, again: str) -> Message:
    """The profile is kept, but this month has had its searches."""
    text = say(
        "**{role}** is kept. Two requests a month is what I ask of hosts; the next one from {day}.",
        role=escape(role),
        day=again,
    )
    return Message("", (Text(text), better_row(say, "seeker")))


def zone_kept_card(say: Say, local: str) -> Message:
    """The local time as proof."""
    text = Text(say("It is **{time}** for you now. Another city: `/nudge zone`.", time=escape(local)))
    return Message("", (text, Row((Button(say("My search and offer"), MatchShown()),))))


def offer_kept_card(say: Say, role: str, capacity: int, zones: Sequence[tuple[str, str]] = ()) -> Message:
    """After the host's first form."""
    many = say.plural("{n} talk a month", "{n} talks a month", capacity)
    text = say("Thank you. You offer talks: **{role}**, at most {many}.", role=escape(role), many=many)
    how = say("When somebody fits, I write to you first. You say yes, not now or not a fit; a no is never passed on.")
    return Message(say("Kept"), (Text(text), Text(how), better_row(say, "host"), *clock_parts(say, zones)))


def profile_kept_card(say: Say) -> Message:
    """After a change that changes nothing about the state."""
    return Message("", (Text(say("Kept.")), Row((Button(say("My search and offer"), MatchShown()),))))


def pause_card(say: Say, side: str = "", *, both: bool = False) -> Message:
    """How long it shall be quiet. `side`: see MatchPauseAsked; `both`: this member seeks and offers, and may choose."""
    asked = {
        "seeker": say("How long shall nobody be asked for you?"), "host": say("How long shall nobody ask you?"),
    }  # fmt: skip
    text = asked.get(side, say("How long shall nobody be asked for you, nor you be asked?"))
    lengths = (("1w", say("1 week")), ("2w", say("2 weeks")), ("4w", say("4 weeks")), ("open", say("Until I say")))
    row = Row(tuple(Button(label, MatchPaused(length, side)) for length, label in lengths))
    return Message("", (Text(text), row, *_one_side(say, MatchPauseAsked, side, both=both)))


def quiet_card(say: Say, until: str, *, talk: bool, side: str = "") -> Message:
    """The pause stands; `talk`: an introduction is under way, which it does not touch; `side`: see MatchPauseAsked."""
    text = say("Quiet until {day}. It goes on by itself then.", day=until) if until else say("Quiet until you say so.")
    parts: list[Part] = [Text(text), *_other_stays(say, side)]
    if talk:
        parts.append(Text(say("The talk you are in the middle of stays as it is.")))
    return Message("", (*parts, Row((Button(say("I am back"), MatchBack()),))))


def leave_card(say: Say, *, talk: bool, side: str = "", both: bool = False) -> Message:
    """Asked once. `talk`: somebody is told that it will not come about. `side`, `both`: see pause_card."""
    asked = {
        "seeker": say("Then I look for nobody for you any more."), "host": say("Then nobody asks you any more."),
    }  # fmt: skip
    text = asked.get(side, say("Then I look for nobody for you, and nobody asks you any more."))
    parts: list[Part] = [Text(text), *_other_stays(say, side)]
    if talk:
        parts.append(
            Text(say("Whoever waits for a talk with you is told kindly that it will not come about, no more."))
        )
    row = Row((Button(say("Leave"), MatchLeft(side), "danger"), Button(say("Stay"), MatchShown())))
    return Message(say("Leave the talks?"), (*parts, row, *_one_side(say, MatchLeaveAsked, side, both=both)))


def left_card(say: Say, side: str = "") -> Message:
    """Gone, with thanks; what was typed stays until it is deleted. `side`: see MatchPauseAsked."""
    gone = {
        "seeker": say("Your search has ended, and its open talk is closed."),
        "host": say("Your offer has ended, and its open talks are closed. Thank you for what you gave."),
    }
    text = gone.get(side, say("You are out, and open talks are closed. Thank you for having been here."))
    note = say("What you typed stays for a return. /mydata delete takes it away.")
    return Message("", (Text(text), *_other_stays(say, side), Note(note)))


def _one_side(say: Say, ask: type[MatchPauseAsked | MatchLeaveAsked], side: str, *, both: bool) -> tuple[Row, ...]:
    if side or not both:
        return ()
    return (Row((Button(say("Only my search"), ask("seeker")), Button(say("Only my offer"), ask("host")))),)


def _other_stays(say: Say, side: str) -> tuple[Text, ...]:
    stays = {"seeker": say("Your offer stays as it is."), "host": say("Your search stays as it is.")}
    return (Text(stays[side]),) if side in stays else ()
