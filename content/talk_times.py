"""Times for a talk between two: as both clocks show them, as links into a calendar, and as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chat.markup import clean, escape
from chat.message import File, Link, Part, Row, Text
from content.say import Say

LENGTH, NAME = timedelta(minutes=30), 14  # characters: a link has room for 512, and one may take twelve of them
Clock = tuple[str, str]
"""A first name and the IANA zone of whoever bears it."""
_STAMP = "%Y%m%dT%H%M%SZ"


def times(say: Say, slots: Sequence[datetime], one: Clock, other: Clock) -> str:
    """One numbered line a slot, in the dialect: the weekday and time on the clock of each."""
    lines: list[str] = []
    for n, slot in enumerate(slots, 1):
        shown = [
            say("{when} for {name}", when=_when(say, slot, zone), name=escape(name)) for name, zone in (one, other)
        ]
        lines.append(f"{n}. {' · '.join(shown)}")
    return "\n".join(lines)


def talk_times(
    say: Say, slots: Sequence[datetime], one: Clock, other: Clock, *, id_: str, made_at: datetime
) -> tuple[Part, ...]:
    """What an introduction says of when: up to three times, links and a file; where no hour is shared, that writing
    needs none. `id_` and `made_at` make the file the same whenever it is made again."""
    if not slots:
        return (Text(say("No hour suits you both at the moment; writing needs none.")),)
    title = say("Talk: {one} and {other}", one=clean(one[0])[:NAME], other=clean(other[0])[:NAME])
    links = tuple(Link(say("{n} into a calendar", n=n), _link(title, slot)) for n, slot in enumerate(slots, 1))
    return (
        Text(f"{say('Times that would suit you both:')}\n{times(say, slots, one, other)}"),
        Row(links),
        File(
            calendar(title, slots, id_=id_, made_at=made_at).encode(),
            "talk.ics",
            say("The same times as a calendar file. Keep the one you agree on."),
        ),
    )


def calendar(title: str, slots: Sequence[datetime], *, id_: str, made_at: datetime) -> str:
    """RFC 5545: each slot as half an hour that is not fixed yet, nobody's address in it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//steppingstone//talk//EN", "CALSCALE:GREGORIAN"]
    for n, slot in enumerate(slots, 1):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{id_}-{n}@steppingstone.invalid",
            f"DTSTAMP:{made_at.astimezone(UTC):{_STAMP}}",
            f"DTSTART:{slot.astimezone(UTC):{_STAMP}}",
            f"DTEND:{slot.astimezone(UTC) + LENGTH:{_STAMP}}",
            f"SUMMARY:{_value(title)}",
            "STATUS:TENTATIVE",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _link(title: str, slot: datetime) -> str:
    begin, end = slot.astimezone(UTC), slot.astimezone(UTC) + LENGTH
    asked = {"action": "TEMPLATE", "text": title, "dates": f"{begin:{_STAMP}}/{end:{_STAMP}}"}
    return f"https://calendar.google.com/calendar/render?{urlencode(asked)}"


def _when(say: Say, slot: datetime, zone: str) -> str:
    local = slot.astimezone(ZoneInfo(zone))
    return f"{say.date(local.date())}, {say.time(local.time())}"


def _value(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Lines of at most 75 octets, none cut inside a character (RFC 5545, 3.1)."""
    parts: list[str] = []
    room, part = 75, ""
    for char in line:
        size = len(char.encode())
        if size > room:
            parts.append(part)
            part, room = "", 74  # the space before a continuation counts
        part, room = part + char, room - size
    return "\r\n ".join([*parts, part])
