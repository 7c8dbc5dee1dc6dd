"""The report of a programme for its owner: the last rounds side by side, how talks stand; figures, no answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from chat.markup import escape
from chat.message import Button, Facts, Message, Note, Part, Row, Text
from content import round_words as words
from content.round_ways import RoundReported, RoundShown
from content.say import Say


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """One round. `members` took part, `placed` of them are in `groups`. `longest_wait`: rounds, this one included, of
    who waits longest. `repeats`: pairs that had met lately, None where nobody counted them. `met`, `missed`: groups
    whose members said so."""

    number: int
    at: datetime
    members: int
    placed: int
    groups: int
    skipped: int
    longest_wait: int
    repeats: int | None
    met: int
    missed: int


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """Talks of the last 30 days, and how it stands now. `longest_wait` in days, 0 where nobody waits; `free_hosts`:
    hosts with a seat left this month; `short`: (role, seekers, free seats)."""

    proposed: int
    accepted: int
    introduced: int
    met: int
    waiting: int
    longest_wait: int
    free_hosts: int
    short: tuple[tuple[str, int, int], ...]


def rounds_report_card(
    say: Say,
    programme: str,
    columns: Sequence[RoundFigures],
    waiting: Sequence[tuple[str, int]],
    zone: str,
    here: str = "",
) -> Message:
    """`columns`: the oldest first. `waiting`: first names and rounds waited of those left out in the last one."""
    title = say("Report: {programme}", programme=words.programme_title(say, programme, here))
    where = words.channel_of(programme, here)
    if not columns:
        return Message(title, (*where, Text(say("No round was matched yet."))))
    tapped = programme != "circles"
    parts: list[Part] = [*where, Facts(tuple(_rows(say, columns, zone, tapped=tapped)))]
    if tapped:
        parts.append(Note(say("The last two lines are what members tapped; <3 is fewer than 3.")))
    if waiting:
        shown = say.join(say("{name} ({n})", name=name, n=rounds) for name, rounds in waiting[:10])
        parts.append(Text(say("Waiting, with the rounds so far: {names}", names=escape(shown))))
    row = Row((Button(say("Back to the round"), RoundShown(programme, 1)),))
    return Message(title, (*parts, row))


def talks_report_card(say: Say, talks: TalkFigures) -> Message:
    """While talks have no rounds: the last 30 days, and how it stands now."""
    facts = [
        (say("Hosts asked"), say.number(talks.proposed)),
        (say("Said yes"), words.few(say, talks.accepted)),
        (say("Introduced"), words.few(say, talks.introduced)),
        (say("Met"), words.few(say, talks.met)),
        (say("Looking for a host"), say.number(talks.waiting)),
        (say("Longest wait"), say.plural("{n} day", "{n} days", talks.longest_wait)),
        (say("Hosts with a free seat"), say.number(talks.free_hosts)),
    ]
    parts: list[Part] = [Facts(tuple(facts))]
    if talks.short:
        lines = (
            say("• {role}: {seekers} look for it, {seats} free", role=escape(role), seekers=seekers, seats=seats)
            for role, seekers, seats in talks.short[:10]
        )
        parts.append(Text("\n".join((say("Roles that are short of hosts:"), *lines))))
    parts.append(Note(say("Of the last 30 days. What members said privately is counted; small counts are not shown.")))
    return Message(say("Report: {programme}", programme=words.programme_name(say, "interviews")), tuple(parts))


def more_row(say: Say, programmes: Sequence[str], here: str) -> Row:
    """To the reports of other programmes."""
    return Row(tuple(Button(words.programme_name(say, name, here), RoundReported(name)) for name in programmes[:5]))


def _rows(say: Say, columns: Sequence[RoundFigures], zone: str, *, tapped: bool) -> list[tuple[str, str]]:
    def line(values: Sequence[str]) -> str:
        return " · ".join(values)

    days = [one.at.astimezone(ZoneInfo(zone)).date() for one in columns]
    shares = [f"{100 * one.placed // max(1, one.members)}%" for one in columns]
    rows = [
        (say("Round"), line([say.number(one.number) for one in columns])),
        (say("Matched on"), line([f"{day:%m-%d}" for day in days])),
        (say("Took part"), line([say.number(one.members) for one in columns])),
        (say("Placed"), line([f"{one.placed} ({share})" for one, share in zip(columns, shares, strict=True)])),
        (say("Groups"), line([say.number(one.groups) for one in columns])),
        (say("Skipped"), line([say.number(one.skipped) for one in columns])),
        (say("Met before"), line(["–" if one.repeats is None else say.number(one.repeats) for one in columns])),
        (say("Longest wait, rounds"), line([say.number(one.longest_wait) for one in columns])),
    ]
    if tapped:
        rows.append((say("Groups that met"), line([words.few_short(say, one.met) for one in columns])))
        rows.append((say("Did not happen"), line([words.few_short(say, one.missed) for one in columns])))
    return rows
