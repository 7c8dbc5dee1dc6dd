"""What `/circle` answers: the guide and how one's own stands, what is kept, pauses, the way out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content import circle_words as words
from content.circle_letters import WEEKS, how_lines, kind_lines
from content.circle_ways import (
    CircleAgreed,
    CircleBack,
    CircleDoubts,
    CircleGoalAsked,
    CircleGuide,
    CircleHelp,
    CircleHosting,
    CircleJoinAsked,
    CircleLeaveAsked,
    CircleLeft,
    CirclePaused,
    CircleStays,
    CircleVoted,
    CircleZone,
)
from content.circle_words import Seat
from content.say import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How a wish stands. `until`: a pause's end in words, "" where it has none; `alike`, `language`: how many others
    wait who share the theme, the language; `round`: the day of the next round in words, "" where none is planned."""

    theme: str
    pair: bool = False
    paused: bool = False
    until: str = ""
    alike: int = 0
    language: int = 0
    round: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A circle one is in. `goal`: one's own, for their eyes only; `next`: the next weekly hour on one's own clock, in
    words; `asked`: the number of the letter that last asked for votes."""

    circle: str
    theme: str
    seats: tuple[Seat, ...]
    week: int
    next: str
    goal: str = ""
    asked: int = 0


def circle_conduct_card(say: Say, *, hosts: bool) -> Message:
    """How people treat each other in a circle, to agree to before one is in one."""
    lines = "\n".join(f"{n}. {escape(line)}" for n, line in enumerate((*how_lines(say), *kind_lines(say)), 1))
    note = Note(say("I go by what you type into my forms and by nothing else. /mydata shows and deletes it."))
    more = Note(say("Block and Report are on every card. A block is silent. Reports are read by the moderators alone."))
    row = Row((Button(say("I agree"), CircleAgreed(hosts), "primary"),))
    return Message(say("How we treat each other"), (Text(lines), more, note, row))


def circle_guide_card(say: Say, mine: Sequence[Mine], waiting: Waiting | None) -> Message:
    """What a circle is, and how one's own stands."""
    parts: list[Part] = [
        Text(
            say(
                "Three to five people, or two, with something in common, six weeks long, an hour of your choice a week."
            )
        ),
        Text("\n".join(f"• {escape(line)}" for line in how_lines(say))),
    ]
    for circle in mine:
        parts += _own(say, circle)
    if waiting is not None:
        parts += _waits(say, waiting)
    row = [Button(say("Hosting one"), CircleHosting()), Button(say("When doubt comes"), CircleDoubts())]
    if waiting is None and not mine:
        row.insert(0, Button(say("Join a circle"), CircleJoinAsked(hosts=False), "primary"))
    row.append(Button(say("I need more than peers"), CircleHelp()))
    return Message(say("Circles"), (*parts, Row(tuple(row))))


def circle_kept_card(say: Say, waiting: Waiting, zones: Sequence[tuple[str, str]] = ()) -> Message:
    """After the form: what happens now, honestly."""
    parts: list[Part] = [*_waits(say, waiting)]
    if zones:
        choices = tuple(Choice(label[:75], CircleZone(zone)) for label, zone in zones)
        parts.append(
            Note(say("I do not know your clock yet, and for a weekly hour it counts. Another city: /nudge zone."))
        )
        parts.append(Picker(say("A city that shares your clock"), choices[:25]))
    return Message(say("Kept"), tuple(parts))


def circle_changed_card(say: Say) -> Message:
    """The profile was changed while its member is in a circle: it counts for the next one."""
    return Message(
        "", (Text(say("Kept. It counts for your next circle; the one you are in stays as it is.")), _guide(say))
    )


def circle_zone_card(say: Say, local: str) -> Message:
    """The local time as proof."""
    return Message(
        "", (Text(say("It is **{time}** for you now. Another city: `/nudge zone`.", time=escape(local))), _guide(say))
    )


def circle_pause_card(say: Say, circles: Sequence[Mine], *, waits: bool) -> Message:
    """What can be paused: a circle by its members' votes, one's own waiting by oneself."""
    parts: list[Part] = []
    for circle in circles:
        who = words.names(say, circle.seats)
        parts.append(Text(say("Holidays? {names}: when more than half of you ask, it rests for two weeks.", names=who)))
        parts.append(Row((Button(say("Pause for two weeks"), CircleVoted(circle.circle, "pause", circle.asked)),)))
    if waits:
        lengths = (("2w", say("2 weeks")), ("4w", say("4 weeks")), ("8w", say("8 weeks")), ("open", say("Until I say")))
        parts.append(Text(say("Pause the search for how long?")))
        parts.append(Row(tuple(Button(label, CirclePaused(length)) for length, label in lengths)))
    return Message("", tuple(parts))


def circle_rests_card(say: Say, until: str) -> Message:
    """One's waiting rests."""
    text = say("Quiet until {day}. It goes on by itself then.", day=until) if until else say("Quiet until you say so.")
    return Message("", (Text(text), Row((Button(say("I am back"), CircleBack()),))))


def circle_leave_card(say: Say, circle: str, seats: Sequence[Seat]) -> Message:
    """Asked once. `circle` "": no longer waiting."""
    if circle:
        others = words.names(say, seats)
        text = say("Leave this circle ({names})? Nobody is told, and your goal goes with you.", names=others)
    else:
        text = say("Look for a circle no more? What you typed stays for a return.")
    row = Row((Button(say("Leave"), CircleLeft(circle), "danger"), Button(say("Stay"), CircleStays())))
    return Message("", (Text(text), row))


def circle_left_card(say: Say, *, together: bool) -> Message:
    """Out, with thanks. `together`: they shared a conversation."""
    parts: list[Part] = [Text(say("You are out. Thank you for having been there."))]
    if together:
        note = say("Where the platform keeps you in the conversation, you can leave it there; I write elsewhere now.")
        parts.append(Note(note))
    return Message("", (*parts, Row((Button(say("Join another circle"), CircleJoinAsked(hosts=False)),))))


def circle_voted_card(say: Say, vote: str) -> Message:
    """Heard; nobody else sees it."""
    text = {
        "alive": say("Good to hear. It goes on."),
        "quiet": say("Thank you for saying so."),
        "pause": say("Heard. When more than half of you ask for it, the circle rests for two weeks."),
        "rests": say("More than half of you asked for it: the circle rests for two weeks."),
    }.get(vote, say("Heard. What comes of it you read here in a few days, or as soon as everybody has answered."))
    return Message("", (Text(text), Note(say("Who said what is shown to nobody."))))


def circle_goal_card(say: Say, goal: str) -> Message:
    """Kept, or gone."""
    text = say("Kept, for your eyes only: {goal}", goal=escape(goal)) if goal else say("Your goal is gone.")
    return Message("", (Text(text), _guide(say)))


def circle_hosting_card(say: Say) -> Message:
    """What a host does: little, and no more than the others if they like."""
    lines = (
        say("Say hello first, and say something of yourself that is not finished."),
        say("When the weekly question comes, answer it yourself, in a line."),
        say("When somebody is silent, that is fine: silence is no task of yours."),
        say("When talk turns hard on one of you, say so kindly, or use Report; it comes to the moderators alone."),
        say("When somebody needs more than peers, the button for it is on every card."),
        say("Nobody keeps score, you neither. You may stop hosting, or leave, at any time."),
    )
    row = Row((Button(say("Host a circle"), CircleJoinAsked(hosts=True), "primary"), *_guide(say).items))
    text = say("Lifting others shows them, and you, how far you have come. Hosting takes little:")
    return Message(say("Hosting a circle"), (Text(text), Text("\n".join(f"• {line}" for line in lines)), row))


def own_goal_row(say: Say, circle: str, start: str = "") -> Row:
    """The way to one's own goal."""
    return Row((Button(say("Keep it as my goal"), CircleGoalAsked(circle, start)),))


def _own(say: Say, circle: Mine) -> tuple[Part, ...]:
    week = say("Week {n} of {count}", n=circle.week, count=WEEKS) if circle.week else say("About to begin")
    what = words.theme_name(say, circle.theme)
    text = Text(f"**{escape(what)}** · {words.names(say, circle.seats)} · {week}")
    lines: list[Part] = [text, Note(say("Next: {when}", when=circle.next))] if circle.next else [text]
    if circle.goal:
        lines.append(Text(say("My own goal: {goal}", goal=escape(circle.goal))))
    row = Row(
        (
            Button(say("My own goal"), CircleGoalAsked(circle.circle)),
            Button(say("Leave quietly"), CircleLeaveAsked(circle.circle)),
        )
    )
    return *lines, row


def _waits(say: Say, waiting: Waiting) -> tuple[Part, ...]:
    what = escape(words.theme_name(say, waiting.theme))
    if waiting.paused:
        return (*circle_rests_card(say, waiting.until).parts, _leave(say))
    looks = (
        say("I look for a partner: **{theme}**.", theme=what)
        if waiting.pair
        else say("I am looking for a circle for you: **{theme}**.", theme=what)
    )
    others = say.plural(
        "{n} other person waits for the same theme", "{n} others wait for the same theme", waiting.alike
    )
    speak = say.plural("{n} speaks a language of yours", "{n} speak a language of yours", waiting.language)
    when = (
        say("The next round is on {day}.", day=waiting.round)
        if waiting.round
        else say("No round has a date yet; those who look after this community set it (/admin rounds).")
    )
    return Text(looks), Text(f"{say.join((others, speak))}. {when}"), _leave(say)


def _leave(say: Say) -> Row:
    change = Button(say("Change it"), CircleJoinAsked(hosts=False))
    return Row((change, Button(say("Look no more"), CircleLeaveAsked(""))))


def _guide(say: Say) -> Row:
    return Row((Button(say("My circles"), CircleGuide()),))
