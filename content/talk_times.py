"""Times for a talk between two: as both clocks show them, as links into a calendar, and as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chat.markup import clean, escape
from chat.message import File, Link, Part, Row, Text
from content.say import Say

LENGTH, NAMES = timedelta(minutes=30), 28  # characters: a link has room for 512, and one may take twelve of them
Clock = tuple[str, str]
"""A first name and the IANA zone of whoever bears it, "" where it is not known."""
_STAMP = "%Y%m%dT%H%M%SZ"


def times(say: Say, slots: Sequence[datetime], *clocks: Clock) -> str:
    """One numbered line a slot, in the dialect: the weekday and time on the clock of each, and nothing twice. A zone
    nobody knows is UTC, and said so."""
    return "\n".join(f"{n}. {_for_all(say, slot, clocks)}" for n, slot in enumerate(slots, 1))


def _for_all(say: Say, slot: datetime, clocks: Sequence[Clock]) -> str:
    local = [(name, slot.astimezone(ZoneInfo(zone))) for name, zone in clocks]
    first = local[0][1]
    if len({_when(say, at) for _name, at in local}) == 1:
        when = _when(say, first)
        return say("{when} for both", when=when) if len(local) == 2 else say("{when} for all of you", when=when)
    shown = [
        (name, clock_time(say, at) if n and at.date() == first.date() else _when(say, at))
        for n, (name, at) in enumerate(local)
    ]
    return " · ".join(say("{when} for {name}", when=when, name=escape(name)) for name, when in shown)


def talk_times(say: Say, slots: Sequence[datetime], *clocks: Clock, id_: str, made_at: datetime) -> tuple[Part, ...]:
    """What an introduction of two or three says of when: up to three times, links and a file; where no hour is shared,
    that writing needs none. `id_` and `made_at` make the file the same whenever it is made again."""
    if not all(zone for _name, zone in clocks):
        return (Text(say("I do not know all your clocks, so I name no times: a line about when suits you is enough.")),)
    if not slots:
        none = say("No hour suits you both at the moment; writing needs none.")
        return (Text(none if len(clocks) == 2 else say("No hour suits all of you at the moment; writing needs none.")),)
    names = [clean(name)[: NAMES // len(clocks)] for name, _zone in clocks]
    title = say("Talk: {one} and {other}", one=" · ".join(names[:-1]), other=names[-1])
    both = say("Times that would suit you both:") if len(clocks) == 2 else say("Times that would suit all of you:")
    links = tuple(Link(say("Calendar: {n}", n=n), _link(title, slot)) for n, slot in enumerate(slots, 1))
    return (
        Text(f"{both}\n{times(say, slots, *clocks)}"),
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


def _when(say: Say, local: datetime) -> str:
    return say("{day}, {time}", day=say.date(local.date()), time=clock_time(say, local))


def clock_time(say: Say, local: datetime) -> str:
    """The hour on a clock; the zone's name where the clock is nobody's own."""
    shown = say.time(local.time())
    return say("{time} UTC", time=shown) if str(local.tzinfo) == "UTC" else shown


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
