"""A member's zone and hours as matching reads them: never missing, and in the week they are about."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from chat.moment import zones
from matching.week import ANY, Week, span
from store.members import Member
from store.seekers import Availability, Hours


def zone_of(member: Member | None) -> str:
    """The member's zone; UTC where none is known or the zone data lost it."""
    return member.zone if member is not None and member.zone in zones() else "UTC"


def known_zone(member: Member | None) -> str:
    """The member's zone; "" where none is known: their hours are a guess, and no time is named to anybody."""
    return member.zone if member is not None and member.zone in zones() else ""


def local_day(member: Member | None, now: datetime) -> date:
    """The date on the member's calendar; UTC's where their zone is not known."""
    return now.astimezone(ZoneInfo(zone_of(member))).date()


def folded(text: str | None) -> str | None:
    """A name as it is compared: case and spaces make no difference."""
    return " ".join(text.casefold().split()) or None if text else None


def week_of(now: datetime) -> Week:
    """The week that begins with the half hour of `now`."""
    utc = now.astimezone(UTC)
    return Week(utc.replace(minute=utc.minute // 30 * 30, second=0, microsecond=0))


def hours_of(hours: Hours, availability: Availability) -> int | None:
    """Local half hours as a bit set, whole ones only; None counts as waking hours.

    >>> hours_of(((0, 545, 660),), "stated") == span([0], 9.5, 11)
    True
    """
    match availability:
        case "any":
            return ANY
        case "waking":
            return None
        case "stated":
            whole = [(day, -(-start // 30), end // 30) for day, start, end in hours]
            free = 0
            for day, start, end in whole:
                free |= span([day], start / 2, end / 2) if start < end else 0
            return free or None
        case _:
            assert_never(availability)
