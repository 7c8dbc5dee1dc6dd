"""How rounds are called and explained to owners: programmes, why a group, why nobody, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from chat.markup import channel, escape
from chat.message import Text
from content.say import Say

COFFEE = "coffee:"
FEW = 3
"""Counts of what members said privately are not told below it."""


def programme_title(say: Say, programme: str, here: str = "") -> str:
    """ "Coffees of this channel"; of another one simply "Coffees": see `channel_of`."""
    elsewhere = programme.startswith(COFFEE) and programme.removeprefix(COFFEE) != here
    return say("Coffees") if elsewhere else programme_name(say, programme, here)


def channel_of(programme: str, here: str = "") -> tuple[Text, ...]:
    """The channel of coffees that are not those of `here`, as the platform shows it."""
    id_ = programme.removeprefix(COFFEE)
    return (Text(channel(id_)),) if programme.startswith(COFFEE) and id_ != here else ()


def numbered(say: Say, n: int, programme: str, here: str = "") -> str:
    """A line above a picker, whose labels are plain: "2. Coffees" and its channel."""
    where = "".join(f" {part.text}" for part in channel_of(programme, here))
    return f"{n}. {escape(programme_title(say, programme, here))}{where}"


def programme_name(say: Say, programme: str, here: str = "") -> str:
    """ "Coffees of this channel"; another channel by its id, for labels, where no platform shows its name. `here`: the
    channel in which it is read."""
    if not programme.startswith(COFFEE):
        return {"interviews": say("Talks"), "circles": say("Circles")}.get(programme, programme)
    channel = programme.removeprefix(COFFEE)
    return say("Coffees of this channel") if channel == here else say("Coffees of channel {channel}", channel=channel)


def when(say: Say, at: datetime, zone: str) -> str:
    """ "Monday, 23 November, 09:00 (Europe/London)"."""
    local = at.astimezone(ZoneInfo(zone))
    return say("{day}, {time} ({zone})", day=say.date(local.date()), time=say.time(local.time()), zone=zone)


def why(say: Say, meetings: Sequence[Sequence[Mapping[str, Any]]]) -> tuple[str, ...]:
    """What all pairs of a group have in common, in a word each; nothing where chance brought them together."""
    shared = [{str(fact.get("term")): fact for fact in meeting} for meeting in meetings]
    terms = [term for term in (shared[0] if shared else {}) if all(term in facts for facts in shared)]
    return tuple(filter(None, (_word(say, term, [facts[term] for facts in shared]) for term in terms)))


def _word(say: Say, term: str, facts: Sequence[Mapping[str, Any]]) -> str:
    if term == "hours":
        return say("{n} h a week in common", n=f"{min(float(fact.get('hours', 0)) for fact in facts):g}")
    words = {
        "stage": say("a similar point of the way"), "mixed": say("different points of the way"),
        "goals": say("goals in common"), "native": say("one first language"), "role": say("one role"),
        "teams": say("different teams"), "needs": say("one can help the other"),
        "offers": say("one can help the other"), "industry": say("one industry"),
    }  # fmt: skip
    return words.get(term, "")


def level(say: Say, rung: int) -> str:
    """What a group took beyond the hours its members stated; "" where they were enough."""
    return ("", say("outside the hours they gave"), say("no hour in common: they write"))[rung]


def cause(say: Say, why_not: str) -> str:
    """Why somebody is left out, for an owner; never a person, and a block looks like any other plan."""
    words = {
        "paused": say("pauses"), "external": say("guests do not take part"), "alone": say("nobody else takes part"),
        "language": say("nobody else speaks their languages"), "role": say("nobody has the role they look for"),
        "team": say("everybody else is of their team"), "hours": say("nobody shares an hour with them"),
        "met": say("they have met everybody who fits"),
    }  # fmt: skip
    return words.get(why_not, say("those who fit meet others"))


def few(say: Say, count: int) -> str:
    """A count of private answers, too small to be told below three."""
    return say.number(count) if count >= FEW else say("fewer than 3")


def few_short(say: Say, count: int) -> str:
    """The same where many stand side by side."""
    return say.number(count) if count >= FEW else f"<{FEW}"


def points(say: Say, change: int) -> str:
    """ "+35 points"."""
    return say("{n} points", n=f"{change:+,}".replace("-", "−"))  # a minus, not a hyphen
