"""Who looks for an interview and who gives them, from what the store keeps to what matching goes by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, assert_never

from chat.people import Person, Space
from content.introduction_reasons import SCHOOL
from matching.eligible import shared as shared_hours
from matching.person import Host, Level, Seeker
from matching.reasons import OtherTeams, Reason, SameName, SharedHours, SharedTags, Stages, why
from matching.rules import INTERVIEW_RULES, Rules
from matching.score import points
from matching.week import ANY, Week, span
from scheduler.post import zone_of
from store import Tx
from store.hosts import Host as HostRow
from store.members import Member
from store.proposals import INTERVIEWS
from store.seekers import Availability, Hours
from store.seekers import Seeker as SeekerRow

Facts = tuple[dict[str, Any], ...]
_PATHS = {
    "switched_role": "switched role", "switched_industry": "switched industry", "first_job": "first AI job",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pool:
    """One community at one moment. `rows`: what each seeker typed, the longest waiting first; `never`: pairs of ids,
    each sorted, that may not meet: blocked, or asked before."""

    space: Space
    rows: tuple[SeekerRow, ...]
    seekers: dict[str, Seeker]
    hosts: dict[str, Host]
    members: dict[Person, Member]
    never: frozenset[tuple[str, str]]
    rules: Rules
    week: Week

    def partners_never(self, id_: str) -> frozenset[str]:
        """Whom this member may not meet."""
        return frozenset(b if a == id_ else a for a, b in self.never if id_ in (a, b))


async def read_pool(tx: Tx, space: Space, now: datetime) -> Pool | None:
    """None where the owner has switched interviews off."""
    programme = await tx.programmes.get(space, INTERVIEWS)
    if programme is not None and programme.state == "off":
        return None
    today = now.astimezone(UTC).date()
    seekers, hosts = await tx.seekers.open(space, today), await tx.hosts.open(space, today)
    members = await tx.members.of(sorted({row.person for row in (*seekers, *hosts)}))
    seats = await tx.hosts.seats(space, now)
    never = await tx.blocks.within(space) | await tx.introductions.paired(space)
    external = programme is not None and bool(programme.settings.get("external"))
    asking = tuple(row for row in seekers if row.rules_at is not None and _here(members, row.person))
    answering = [row for row in hosts if row.rules_at is not None and _here(members, row.person)]
    return Pool(
        space, asking,
        {row.person.id: seeker_of(row, zone_of(members[row.person])) for row in asking},
        {row.person.id: host_of(row, zone_of(members[row.person]), seats.get(row.person, 0)) for row in answering},
        members, never, replace(INTERVIEW_RULES, external_allowed=external), week_of(now),
    )  # fmt: skip


def _here(members: dict[Person, Member], person: Person) -> bool:
    member = members.get(person)
    return member is not None and member.left_at is None and member.reachable


def week_of(now: datetime) -> Week:
    """The week that begins with the half hour of `now`."""
    utc = now.astimezone(UTC)
    return Week(utc.replace(minute=utc.minute // 30 * 30, second=0, microsecond=0))


def seeker_of(row: SeekerRow, zone: str) -> Seeker:
    """As matching sees them."""
    return Seeker(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        native=row.native, role=row.role, second=row.second, industry=_industry(row.industry),
        topics=frozenset(row.topics), company=_folded(row.company),
        companies=frozenset(filter(None, map(_folded, row.companies))),
        paths=paths_of(row.paths, row.school), team=_folded(row.team), wait=row.waited, external=row.external,
        format=row.format,
    )  # fmt: skip


def host_of(row: HostRow, zone: str, seats: int) -> Host:
    """As matching sees them."""
    return Host(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        native=row.native, role=row.role, industry=_industry(row.industry), topics=frozenset(row.topics),
        company=_folded(row.company), paths=paths_of(row.paths, row.school), team=_folded(row.team),
        external=row.external, seats=seats,
    )  # fmt: skip


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


def paths_of(codes: frozenset[str], school: str | None) -> frozenset[str]:
    """The ways somebody went, as matching compares them."""
    named = {f"{SCHOOL}{' '.join(school.casefold().split())}"} if school and "same_school" in codes else set[str]()
    return frozenset(_PATHS[code] for code in codes if code in _PATHS) | named


def _folded(text: str | None) -> str | None:
    return " ".join(text.casefold().split()) or None if text else None


def _industry(code: str | None) -> str | None:
    return None if code == "other" else code  # two others are not the same


def score(seeker: Seeker, host: Host, rules: Rules, week: Week) -> tuple[int, Facts]:
    """The fit, 0 to 1,000, and why, as facts seen from the seeker."""
    shared = shared_hours(seeker, host, week)
    earned = points(seeker, host, shared.bit_count(), rules.weights)
    return min(1_000, sum(earned.values())), facts(why(seeker, host, earned, shared, week))


def facts(reasons: Sequence[Reason]) -> Facts:
    """As an introduction keeps them, see content/introduction_reasons.py."""
    return tuple(_fact(reason) for reason in reasons)


def _fact(reason: Reason) -> dict[str, Any]:
    match reason:
        case SharedHours(_, hours, example):
            return {"term": "hours", "hours": hours, "at": example.yours.astimezone(UTC).isoformat()}
        case Stages(_, kind, apart):
            return {"term": kind, "apart": apart}
        case SharedTags(_, kind, tags):
            return {"term": kind, "tags": list(tags)}
        case SameName(_, kind, name):
            return {"term": kind, "name": name}
        case OtherTeams(_, yours, theirs):
            return {"term": "teams", "yours": yours, "theirs": theirs}
        case _:
            assert_never(reason)


def slots_for(seeker: Seeker, host: Host, now: datetime, count: int = 3) -> tuple[datetime, ...]:
    """Times for a talk in the week from tomorrow on: of hours both stated, else of their waking ones. None where they
    would rather write, or share neither."""
    if seeker.format == "async":
        return ()
    week = week_of(now + timedelta(days=1))
    for level in (Level.STATED, Level.WAKING):
        shared = shared_hours(seeker, host, week, level)
        if shared:
            return week.slots(shared, (seeker.zone, host.zone), count)
    return ()
