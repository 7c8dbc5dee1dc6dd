"""How circles are called in the member's language: themes, ways of sitting together, and times on every clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.markup import clean, escape
from chat.people import Person
from content.interview_words import Options, name
from content.say import Say
from content.talk_times import clock_time

NAME = 40


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a circle: the first name they typed, their clock ("" where it is not known), and whether they look
    after it."""

    person: Person
    call_me: str
    zone: str
    hosts: bool = False

    @property
    def short(self) -> str:
        """The name, for a label."""
        return clean(self.call_me).strip()[:NAME] or "?"


def themes(say: Say) -> Options:
    """What a circle can be about."""
    return (
        ("learning", say("Learning something")),
        ("project", say("A project of one's own")),
        ("search", say("Looking for work")),
        ("company", say("Company along the way")),
    )


def theme_name(say: Say, theme: str) -> str:
    """The label of a theme."""
    return name(themes(say), theme) or name(themes(say), "company")


def ways(say: Say) -> Options:
    """Wish and comfort in one choice: a form has room for five questions."""
    return (
        ("circle-text", say("A circle of 3 to 5, in writing")),
        ("circle-voice", say("A circle of 3 to 5, voice is fine too")),
        ("pair-text", say("One partner, in writing")),
        ("pair-voice", say("One partner, voice is fine too")),
    )


def way_of(wish: str, comfort: str) -> str:
    """The value of the choice."""
    return f"{'pair' if wish == 'pair' else 'circle'}-{'voice' if comfort == 'voice' else 'text'}"


def names(say: Say, seats: Sequence[Seat]) -> str:
    """Who is in it, in one line of the dialect."""
    return say.join(f"**{escape(seat.short)}**" for seat in seats)


def on_clocks(say: Say, at: datetime, seats: Sequence[Seat]) -> str:
    """The weekly time on everybody's own clock, one line a clock.

    Those who share a clock share a line; the weekday is each one's own. Whose clock nobody knows reads UTC, and why.
    """
    by_clock: dict[str, list[Seat]] = {}
    for seat in seats:
        if seat.zone:
            by_clock.setdefault(weekly(say, at, seat.zone), []).append(seat)
    lines = [say("{when} for {name}", when=when, name=_names(say, own)) for when, own in by_clock.items()]
    if unknown := [seat for seat in seats if not seat.zone]:
        lines.append(
            say("{when}; I do not know the clock of {name}", when=weekly(say, at, ""), name=_names(say, unknown))
        )
    return "\n".join(f"• {line}" for line in lines)


def _names(say: Say, seats: Sequence[Seat]) -> str:
    return say.join(escape(seat.short) for seat in seats)


def weekly(say: Say, at: datetime, zone: str) -> str:
    """ "Tuesday, 18:00"; in UTC, and said so, where the zone is ""."""
    local = at.astimezone(ZoneInfo(zone or "UTC"))
    return say("{day}, {time}", day=say.weekday(local.weekday()), time=clock_time(say, local))
