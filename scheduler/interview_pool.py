"""Who looks for an interview and who gives them, from what the store keeps to what matching goes by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from chat.people import Person, Space
from content.introduction_reasons import SCHOOL
from matching.eligible import shared as shared_hours
from matching.person import Host, Level, Seeker
from matching.reasons import why
from matching.rules import INTERVIEW_RULES, Rules
from matching.score import points
from matching.week import Week
from scheduler.post import today
from store import Tx
from store.adults import adults_among
from store.facts import Facts, facts
from store.hosts import Host as HostRow
from store.member_hours import folded, hours_of, week_of, zone_of
from store.members import Member
from store.proposals import INTERVIEWS
from store.seekers import Seeker as SeekerRow

_PATHS = {
    "switched_role": "switched role", "switched_industry": "switched industry", "first_job": "first AI job",
}  # fmt: skip


AHEAD = timedelta(days=1)
"""Days by which the furthest calendar may be ahead of UTC's."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One community at one moment. `rows`: what each seeker typed, the longest waiting first; `never`: pairs of ids,
    each sorted, that may not meet: blocked, asked before, or introduced before."""

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
    latest = now.astimezone(UTC).date() + AHEAD
    seekers, hosts = await tx.seekers.open(space, latest), await tx.hosts.open(space, latest)
    members = await tx.members.of(sorted({row.person for row in (*seekers, *hosts)}))
    seats = await tx.hosts.seats(space, now)
    met = {(one.a, one.b) for one in await tx.met.before(space, [INTERVIEWS])}
    never = await tx.blocks.within(space) | await tx.introductions.paired(space) | met
    external = programme is not None and bool(programme.settings.get("external"))
    may = await adults_among(tx, space, members)
    asking = tuple(row for row in seekers if row.person in may and _here(row, members.get(row.person), now))
    answering = [row for row in hosts if row.person in may and _here(row, members.get(row.person), now)]
    return Pool(
        space, asking,
        {row.person.id: seeker_of(row, zone_of(members[row.person])) for row in asking},
        {
            row.person.id: host_of(row, zone_of(members[row.person]), seats.get(row.person, 0), _idle(row, now))
            for row in answering
        },
        members, never, replace(INTERVIEW_RULES, external_allowed=external), week_of(now),
    )  # fmt: skip


def _here(row: SeekerRow | HostRow, member: Member | None, now: datetime) -> bool:
    if row.rules_at is None or member is None or member.left_at is not None or not member.reachable:
        return False
    return is_open(row, zone_of(member), now)


def is_open(row: SeekerRow | HostRow | None, zone: str, now: datetime) -> bool:
    """Whether they take part at this moment: a pause ends with their own day."""
    if row is None:
        return False
    over = row.paused_until is not None and row.paused_until <= today(zone, now)
    return row.state == "open" or (row.state == "paused" and over)


def seeker_of(row: SeekerRow, zone: str) -> Seeker:
    """As matching sees them."""
    return Seeker(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        native=row.native, role=row.role, second=row.second, industry=_industry(row.industry),
        topics=frozenset(row.topics), company=folded(row.company),
        companies=frozenset(filter(None, map(folded, row.companies))),
        paths=paths_of(row.paths, row.school), team=folded(row.team), wait=row.waited, external=row.external,
        format=row.format,
    )  # fmt: skip


def host_of(row: HostRow, zone: str, seats: int, idle: int = 0) -> Host:
    """As matching sees them."""
    return Host(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        native=row.native, role=row.role, industry=_industry(row.industry), topics=frozenset(row.topics),
        company=folded(row.company), paths=paths_of(row.paths, row.school), team=folded(row.team),
        external=row.external, seats=seats, idle=idle,
    )  # fmt: skip


def _idle(row: HostRow, now: datetime) -> int:
    """Whole days without a talk."""
    return max(0, (now - row.idle_since).days) if row.idle_since else 0


def paths_of(codes: frozenset[str], school: str | None) -> frozenset[str]:
    """The ways somebody went, as matching compares them."""
    named = {f"{SCHOOL}{' '.join(school.casefold().split())}"} if school and "same_school" in codes else set[str]()
    return frozenset(_PATHS[code] for code in codes if code in _PATHS) | named


def _industry(code: str | None) -> str | None:
    return None if code == "other" else code  # two others are not the same


def score(seeker: Seeker, host: Host, rules: Rules, week: Week) -> tuple[int, Facts]:
    """The fit, 0 to 1,000, and why, as facts seen from the seeker."""
    shared = shared_hours(seeker, host, week)
    earned = points(seeker, host, shared.bit_count(), rules.weights)
    return min(1_000, sum(earned.values())), facts(why(seeker, host, earned, shared, week))


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
