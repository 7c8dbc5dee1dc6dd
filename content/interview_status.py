"""How a search and an offer stand, at a glance, with what waits for an answer and every way to change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.interview_cards import better_row, clock_parts
from content.interview_ways import (
    MatchBack,
    MatchLeaveAsked,
    MatchPauseAsked,
    MatchReach,
    MatchShown,
    OfferAgain,
    ProfileAsked,
    SearchAgain,
)
from content.introduction_cards import On, way_out
from content.introduction_ways import HostNotFit, HostNotNow, HostYes
from content.say import Say

Stage = Literal["off", "open", "asked", "accepted", "introduced", "scheduled", "paused"]
_AGREED: tuple[Stage, ...] = ("accepted", "introduced", "scheduled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How somebody's own search stands. `why` the rule that binds (see matching/left_out.py), `next` the day of the
    next look, `left` requests of this month, `again` the day there are new ones, `until` the end of a pause, `place`
    among those who look for the same, the longest waiting is 1. Dates are in words already, "" where there is none."""

    state: Stage
    role: str
    since: str = ""
    why: str = ""
    next: str = ""
    left: int = 0
    again: str = ""
    until: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """How somebody's own offer stands: `seats` left of `capacity` this month."""

    state: Literal["off", "open", "paused"]
    role: str
    seats: int = 0
    capacity: int = 1
    until: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody would like to talk with me. Unescaped, as they typed it."""

    introduction: str
    name: str
    role: str
    curiosities: tuple[str, ...]


def status_card(
    say: Say,
    search: Search | None,
    offer: Offer | None,
    question: Question | None = None,
    talk: tuple[Part, ...] = (),
    zones: Sequence[tuple[str, str]] = (),
    *,
    reachable: bool = True,
) -> Message:
    """Search and offer at a glance. `question` waits for an answer of this member; `talk`: what can be done about an
    introduction that stands; `zones` (label, zone) to choose from where the clock is not known; `reachable`: direct
    messages arrive."""
    parts: list[Part] = []
    if search is not None:
        parts.append(Text(f"**{say('Your search')}**\n" + "\n".join(_search(say, search))))
    parts += talk
    if offer is not None:
        parts.append(Text(f"**{say('Your offer')}**\n" + "\n".join(_offer(say, offer))))
    if question is not None:
        parts += question_parts(say, question)
    if search is None and offer is None:
        parts.append(Text(say("Twenty minutes with somebody who does the work tell more than ten adverts.")))
    if not reachable:
        parts += unreachable_parts(say)
    parts += _rows(say, search, offer)
    parts += clock_parts(say, zones)
    return Message(say("Talks with people who do it"), tuple(parts))


def _search(say: Say, search: Search) -> list[str]:
    role = escape(search.role)
    match search.state:
        case "open":
            lines = [say("I am looking for someone: **{role}**. Since {day}.", role=role, day=search.since)]
            lines += [say("Your place among those who look for this: {n}.", n=search.place)] if search.place else []
            lines += [waiting(say, search.why)] if search.why else []
            lines += [say("I look again every day, the next time on {day}.", day=search.next)] if search.next else []
            return lines
        case "asked":
            return [say("I have asked somebody: **{role}**. Answers take some days, and I go on by myself.", role=role)]
        case "accepted":
            return [say("Somebody said yes: **{role}**. I am about to introduce you.", role=role)]
        case "introduced":
            return [say("You have been introduced: **{role}**. The next word is yours.", role=role)]
        case "scheduled":
            return [say("You have found a time: **{role}**.", role=role)]
        case "paused":
            if search.until:
                return [say("Quiet until {day}: **{role}**.", day=search.until, role=role)]
            return [say("Quiet until you say so: **{role}**.", role=role)]
        case "off":
            lines = [say("You are not looking at the moment: **{role}**.", role=role)]
            if not search.left:
                lines.append(
                    say("Two requests a month is what I ask of hosts; the next one from {day}.", day=search.again)
                )
            return lines


def waiting(say: Say, why: str) -> str:
    """The rule that binds, in plain words, with what would widen the search."""
    match why:
        case "alone":
            return say("Nobody offers talks here yet. When somebody does, I ask them.")
        case "language":
            return say("Nobody who offers talks shares a language with you yet.")
        case "role":
            return say("Nobody who does this work offers talks yet. A second role would widen the search.")
        case "team":
            return say("Those who would fit are of your own team.")
        case "hours":
            return say("Nobody shares a free hour with you this week. More hours, or messages instead, would widen it.")
        case "met":
            return say("I know nobody new for you just now.")
        case "external":
            return say("Guests from other workspaces take no part here.")
        case _:
            return say("Those who would fit have their talks for now.")


def _offer(say: Say, offer: Offer) -> list[str]:
    role = escape(offer.role)
    match offer.state:
        case "open":
            left = say.plural("{n} talk left this month", "{n} talks left this month", offer.seats)
            return [say("You offer talks: **{role}**. {left}.", role=role, left=left)]
        case "paused":
            if offer.until:
                return [say("Quiet until {day}: **{role}**.", day=offer.until, role=role)]
            return [say("Quiet until you say so: **{role}**.", role=role)]
        case "off":
            return [say("You offer nothing at the moment: **{role}**.", role=role)]


def question_parts(say: Say, question: Question) -> tuple[Part, ...]:
    """What somebody would like to ask, and the three answers."""
    head = say(
        "**{name}** would like to talk with you: **{role}**.", name=escape(question.name), role=escape(question.role)
    )
    lines = "\n".join([head, *(f"• {escape(line)}" for line in question.curiosities)])
    id_ = question.introduction
    row = (
        Button(say("Yes"), HostYes(id_), "primary"),
        Button(say("Not now"), HostNotNow(id_)),
        Button(say("Not a fit"), HostNotFit(id_)),
    )
    return Text(lines), Note(say("Not now costs nothing: nobody is told.")), Row(row), way_out(say, On(id_, ""))


def unreachable_parts(say: Say) -> tuple[Part, ...]:
    """Closed direct messages: nobody is asked for this member, and they are not asked."""
    text = say(
        "Direct messages from me do not reach you, and talks need them: until they do, nobody is asked for you, nor "
        "you. Please allow direct messages from members here in your privacy settings, then try again."
    )
    return Text(text), Row((Button(say("Try again"), MatchReach(), "primary"),))


def reach_card(say: Say) -> Message:
    """The proof that direct messages arrive."""
    text = Text(say("My messages reach you. That is all this one says."))
    return Message("", (text, Row((Button(say("My search and offer"), MatchShown()),))))


def _rows(say: Say, search: Search | None, offer: Offer | None) -> list[Part]:
    rows: list[Part] = []
    first = [
        Button(say("Look for a talk"), SearchAgain()) if search and search.state == "off" and search.left
        else Button(say("Change my search"), ProfileAsked("seeker", "first")) if search and search.state not in _AGREED
        else None if search
        else Button(say("Look for a talk"), SearchAgain(), "primary"),
        Button(say("Offer talks"), OfferAgain()) if offer is None or offer.state == "off"
        else Button(say("Change my offer"), ProfileAsked("host", "first")),
    ]  # fmt: skip
    rows.append(Row(tuple(button for button in first if button is not None)))
    known = [one for one in (search, offer) if one is not None]
    if search is not None and search.state == "open":
        rows.append(better_row(say, "seeker"))
    if any(one.state == "paused" for one in known):
        rows.append(Row((Button(say("I am back"), MatchBack()), Button(say("Leave"), MatchLeaveAsked()))))
    elif any(one.state != "off" for one in known):
        rows.append(Row((Button(say("Pause"), MatchPauseAsked()), Button(say("Leave"), MatchLeaveAsked()))))
    return rows
