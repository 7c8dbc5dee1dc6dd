"""All we keep of a member as one JSON document, complete to the column; its schema: docs/member-data.md. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import cast

from chat.moment import hour, unpack_days
from chat.people import Person
from content.data_words import Family

FORMAT, VERSION = "steppingstone/member-data", 1
"""VERSION is raised when a field changes its meaning or goes; a new field does not raise it."""
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def document(
    person: Person, community: str, rows: Mapping[Family, Sequence[Mapping[str, object]]], now: datetime
) -> dict[str, object]:
    """The document, as values that JSON has. `community` is the space's name."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": _plain("made_at", now),
        "community": {"platform": person.space.platform, "id": person.space.id, "name": community},
        "member": person.id,
        "kept": {
            family: [{name: _plain(name, value) for name, value in row.items()} for row in found]
            for family, found in rows.items()
        },
    }


def as_json(document: Mapping[str, object]) -> str:
    """The document as text, for people too."""
    return json.dumps(document, ensure_ascii=False, indent=1)


def _plain(name: str, value: object) -> object:
    """Instants in UTC, weekdays by name, sets sorted, everything else as JSON has it.

    >>> _plain("days", 3), _plain("reflect_day", 6), _plain("at", time(8, 30))
    (['monday', 'tuesday'], 'sunday', '08:30')
    """
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case int() if name == "days":
            return [_WEEK[day] for day in sorted(unpack_days(value))]
        case int() if name == "reflect_day":
            return _WEEK[value]
        case tuple() if name == "hours":
            hours = cast("tuple[tuple[int, int, int], ...]", value)
            return [[_WEEK[day], hour(start), hour(end)] for day, start, end in hours]
        case frozenset():
            return sorted(cast("frozenset[str]", value))
        case tuple() | list():
            return [_plain("", item) for item in cast("Sequence[object]", value)]
        case dict():
            return {key: _plain("", item) for key, item in cast("Mapping[str, object]", value).items()}
        case _:
            return value
