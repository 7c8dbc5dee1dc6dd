"""Why these two: the facts an introduction keeps, as sentences for the one who reads them.

A fact is what matching found, as plain data: its term, and the name, tags or hours that earned the points, seen from
the seeker. Nothing in it tells of blocks, or of the waiting or rank of anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from chat.markup import escape
from content.interview_words import Options, industries, name, roles, topics
from content.library import Library
from content.say import Say
from content.talk_times import clock_time

Fact = Mapping[str, Any]
"""{"term": "role", "name": "role.data-engineer"} · {"term": "topics", "tags": ("portfolio",)} · {"term": "hours",
"hours": 6.0, "at": "2026-11-24T18:00:00+00:00"}."""
MOST = 3
SOME = 40
"""Hours a week that are worth a number; more come of two who said nothing of their hours."""
SCHOOL = "same school: "
"""How a path begins that carries the school's name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads. `yours`, `theirs`: IANA zones."""

    side: Literal["seeker", "host"]
    yours: str
    theirs: str


def reasons(say: Say, library: Library, facts: Sequence[Fact], reader: Reader) -> tuple[str, ...]:
    """Up to three sentences in the dialect; a term this version has no words for is left out."""
    return tuple(filter(None, (_sentence(say, library, fact, reader) for fact in facts)))[:MOST]


def _sentence(say: Say, library: Library, fact: Fact, reader: Reader) -> str:
    value = str(fact.get("name", ""))
    match fact.get("term"):
        case "role" | "second":
            what = named(roles(say, library), value)
        case "industry":
            what = named(industries(say), value)
        case "company":
            what = escape(value)
        case "topics":
            what = say.join(named(topics(say, library), str(tag)) for tag in fact.get("tags", ()))
        case "paths":
            return next(filter(None, (_path(say, str(path)) for path in fact.get("tags", ()))), "")
        case "native":
            return say("You share a first language.")
        case "hours":
            return _hours(say, fact, reader)
        case _:
            return ""
    tell = _to_host if reader.side == "host" else _to_seeker
    return tell(say, str(fact["term"]), what)


def _to_host(say: Say, term: str, what: str) -> str:
    match term:
        case "role":
            return say("They are growing into what you do: {what}.", what=what)
        case "second":
            return say("They also think about what you do: {what}.", what=what)
        case "industry":
            return say("They are drawn to where you work: {what}.", what=what)
        case "company":
            return say("They would like to know {what} better.", what=what)
        case _:
            return say("They are curious about what you can talk about: {what}.", what=what)


def _to_seeker(say: Say, term: str, what: str) -> str:
    match term:
        case "role":
            return say("They do what you are growing into: {what}.", what=what)
        case "second":
            return say("They do what you also think about: {what}.", what=what)
        case "industry":
            return say("They work where you are drawn to: {what}.", what=what)
        case "company":
            return say("They work at {what}, which you would like to know better.", what=what)
        case _:
            return say("They can talk about what you are curious about: {what}.", what=what)


def named(options: Options, value: str) -> str:
    """What a value is called, inert; the value itself where it is none of these."""
    return escape(name(options, value) or value)


def _path(say: Say, path: str) -> str:
    if path.startswith(SCHOOL):
        return say("You went to the same school: {name}.", name=escape(path.removeprefix(SCHOOL)))
    match path:
        case "switched role":
            return say("You both changed your role.")
        case "switched industry":
            return say("You both came from another industry.")
        case "first AI job":
            return say("You share the way to a first job in AI.")
        case _:
            return ""


def _hours(say: Say, fact: Fact, reader: Reader) -> str:
    at = datetime.fromisoformat(str(fact["at"]))
    yours, theirs = at.astimezone(ZoneInfo(reader.yours)), at.astimezone(ZoneInfo(reader.theirs))
    hours = float(fact["hours"])
    count = say("one hour a week") if hours == 1 else say("{n} hours a week", n=f"{hours:g}")
    if hours > SOME:
        count = say("many hours a week")
    mine, other = (f"{say.weekday(local.weekday())} {clock_time(say, local)}" for local in (yours, theirs))
    if mine == other:
        return say("You share {count}, for example {when}.", count=count, when=mine)
    return say(
        "You share {count}, for example {yours} for you, {theirs} for them.", count=count, yours=mine, theirs=other
    )
