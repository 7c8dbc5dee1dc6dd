"""The letters of an introduction, card by card: pure, and every one of them leaves the reader free."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from chat.markup import escape
from chat.message import Button, Message, Note, Part, People, Row, Text
from content.introduction_parts import On, Side, way_out
from content.introduction_ways import (
    HostNotFit,
    HostNotNow,
    HostYes,
    PayForward,
    PrepOpened,
    Rematch,
)
from content.say import Say
from content.talk_times import talk_times


def ask_host_card(say: Say, on: On, seeker: Side, why: Sequence[str], how: str) -> Message:
    """A host is asked, once. `why`: sentences in the dialect; `how`: the way of talking the seeker would like."""
    return Message(
        say("{name} would like to ask you something", name=seeker.short),
        (
            Text("\n".join(seeker.lines)),
            *_reasons(say("Why you"), why),
            Note(how),
            Note(say("A no costs nothing, needs no reason, and is told to nobody.")),
            *_answers(say, on),
        ),
    )


def host_reminder_card(say: Say, on: On, seeker: Side, until: date) -> Message:
    """The one reminder of a host who has not answered. `until`: when the question goes away by itself."""
    return Message(
        say("{name} would still like to ask you something", name=seeker.short),
        (
            Text("\n".join(seeker.lines)),
            Note(say("Without an answer the question goes away by itself on {day}.", day=say.date(until))),
            *_answers(say, on),
        ),
    )


def not_available_card(say: Say, on: On, again: date) -> Message:
    """After three tries: honest, with other ways. `again`: when the search goes on by itself."""
    ways = (
        say("• somebody you know, or somebody they know"),
        say("• your school and those who went there before you"),
        say("• a meetup near you or online"),
        say("• your questions as a post in a channel here: many can answer a little"),
    )
    return Message(
        say("Nobody was available this time"),
        (
            Text(say("I asked whom I could. Time is short for many, and it says nothing about you or your questions.")),
            Text("\n".join((say("More ways, if you like:"), *ways))),
            Note(say("I look again from {day}; you do nothing for it.", day=say.date(again))),
            Row((Button(say("Look again now"), Rematch(on.introduction, on.letter)),)),
        ),
    )


def intro_card(
    say: Say, on: On, seeker: Side, host: Side, why: Sequence[str], slots: Sequence[datetime], made_at: datetime
) -> Message:
    """The first message of the conversation of both. `why`: told to the seeker."""
    return Message(
        say("{seeker}, meet {host}", seeker=seeker.short, host=host.short),
        (
            People((seeker.person, host.person)),
            Text("\n".join(seeker.lines)),
            Text("\n".join(host.lines)),
            *_why_them(say, seeker, host, why),
            *talk_times(say, slots, seeker.clock, host.clock, id_=on.introduction, made_at=made_at),
            *_ending(say, on),
        ),
    )


def intro_alone_card(
    say: Say, on: On, you: Side, them: Side, why: Sequence[str], slots: Sequence[datetime], made_at: datetime
) -> Message:
    """The same to one of them, where no conversation of both can be opened."""
    return Message(
        say("You both said yes: meet {name}", name=them.short),
        (
            People((them.person,)),
            Text("\n".join(them.lines)),
            *_why_them(say, you, them, why),
            Text(say("I cannot open a conversation for you two here. Whoever of you likes writes the first line.")),
            *talk_times(say, slots, you.clock, them.clock, id_=on.introduction, made_at=made_at),
            *_ending(say, on),
        ),
    )


def gone_card(say: Say, on: On, *, seeker: bool, began: bool) -> Message:
    """The other side is no longer available; nobody says why. `seeker`: to the one who looked. `began`: the two knew of
    each other."""
    what = (
        say("The person you were going to talk with is no longer available.")
        if began
        else say("A question to you is closed: whoever asked is no longer available.")
    )
    if seeker:
        return Message(
            "", (Text(what), Row((Button(say("Look for somebody else"), Rematch(on.introduction, on.letter)),)))
        )
    return Message(
        "",
        (
            Text(what),
            Note(say("You have nothing to do, and your seat is free again.")),
            Row((Button(say("See my offer"), PayForward(on.introduction, on.letter)),)),
        ),
    )


def _why_them(say: Say, you: Side, them: Side, why: Sequence[str]) -> tuple[Part, ...]:
    return _reasons(say("{you}, why it is {them}", you=escape(you.short), them=escape(them.short)), why)


def _reasons(heading: str, why: Sequence[str]) -> tuple[Part, ...]:
    return (Text("\n".join((f"**{heading}**", *(f"• {reason}" for reason in why)))),) if why else ()


def _answers(say: Say, on: On) -> tuple[Part, ...]:
    return (
        Row(
            (
                Button(say("Yes"), HostYes(on.introduction, on.letter), "primary"),
                Button(say("Not now"), HostNotNow(on.introduction, on.letter)),
                Button(say("Not a fit"), HostNotFit(on.introduction, on.letter)),
            )
        ),
        way_out(say, on),
    )


def _ending(say: Say, on: On) -> tuple[Part, ...]:
    return (
        Note(say("20 to 30 minutes, no job request. Either of you may end it at any time, without a reason.")),
        Row((Button(say("Prepare the talk"), PrepOpened(on.introduction, on.letter)),)),
        way_out(say, on),
    )
