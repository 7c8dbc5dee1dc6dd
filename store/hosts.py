"""Who gives interviews: what they can talk about, how many talks a month, and how many of those are left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.moment import zones
from chat.people import Person, Space
from store.introduction_tables import hosts as table
from store.introduction_tables import introductions, sides
from store.rows import is_person, read, readable, save
from store.seekers import Availability, Hours, check_hours
from store.tables import members

HostState = Literal["open", "paused", "off"]
GIVEN = ("accepted", "introduced", "scheduled", "met", "missed", "thanked", "closed")
"""States of an introduction that may use up a seat: those that follow a yes."""
A_MONTH = timedelta(days=32)
"""No month is longer, on no calendar of the world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """As one community knows them. `capacity`: talks a month; `idle_since`: the last talk, or when they offered;
    `no_shows`: how often a talk did not happen; one that did takes one back. Else see Seeker."""

    person: Person
    call_me: str
    languages: frozenset[str]
    role: str | None = None
    industry: str | None = None
    topics: tuple[str, ...] = ()
    about: str = ""
    hours: Hours = ()
    availability: Availability = "stated"
    company: str | None = None
    team: str | None = None
    native: str | None = None
    capacity: int = 1
    paths: frozenset[str] = frozenset()
    school: str | None = None
    external: bool = False
    state: HostState = "off"
    paused_until: date | None = None
    idle_since: datetime | None = None
    no_shows: int = 0
    rules_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.capacity <= 4:
            raise LimitError("a host gives one to four talks a month")
        if len(self.topics) > 3 or len(self.about) > 200:
            raise LimitError("at most three topics, and at most 200 characters about them")
        check_hours(self.hours)


class Hosts:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person) -> Host | None:
        """What is stored."""
        row = (await self._db.execute(sa.select(table).where(is_person(table, person)))).one_or_none()
        return read(Host, row) if row else None

    async def save(self, host: Host, now: datetime) -> Host:
        """The whole of it, as somebody who read `host.version` left it. Raises Conflict."""
        return await save(self._db, table, host, now)

    async def open(
        self, space: Space, today: date, *, roles: Collection[str | None] = (), limit: int | None = None
    ) -> tuple[Host, ...]:
        """Who may be asked, with or without seats left; a pause that was until `today` or before is over. `roles`: only
        of these."""
        back = (table.c.state == "paused") & (table.c.paused_until <= today)
        where = (table.c.space == space.key) & ((table.c.state == "open") | back)
        statement = sa.select(table).where(where, table.c.role.in_(roles) if roles else sa.true())
        rows = await self._db.execute(statement.order_by(table.c.member).limit(limit))
        return readable(Host, rows)

    async def changed(self, space: Space) -> datetime | None:
        """When a host of the space last changed something; None where there is none."""
        newest = sa.func.max(table.c.updated_at, type_=table.c.updated_at.type)
        return (await self._db.execute(sa.select(newest).where(table.c.space == space.key))).scalar_one()

    async def seats(self, space: Space, now: datetime) -> Mapping[Person, int]:
        """The seats each host of the space has left this month, never below none: a proposal that waits for an answer
        keeps one."""
        return await self._seats(table.c.space == space.key, sides.c.space == space.key, now)

    async def seats_left(self, person: Person, now: datetime) -> int:
        """See `seats`; none for who is no host."""
        return (await self._seats(is_person(table, person), is_person(sides, person), now)).get(person, 0)

    async def given(self, person: Person, now: datetime) -> int:
        """How many talks they said yes to this month."""
        return (await self._taken(is_person(sides, person), now, asked=False))[person]

    async def talked(self, person: Person, now: datetime, *, shown_up: bool) -> None:
        """A talk that happened takes one back that did not."""
        fewer = sa.case((table.c.no_shows > 0, table.c.no_shows - 1), else_=0)
        missed = fewer if shown_up else table.c.no_shows + 1
        values = {"idle_since": now, "no_shows": missed, "updated_at": now, "version": table.c.version + 1}
        await self._db.execute(sa.update(table).where(is_person(table, person)).values(values))

    async def _seats(
        self, whose: sa.ColumnElement[bool], theirs: sa.ColumnElement[bool], now: datetime
    ) -> dict[Person, int]:
        taken = await self._taken(theirs, now, asked=True)
        rows = await self._db.execute(sa.select(table.c.space, table.c.member, table.c.capacity).where(whose))
        hosts = {Person(Space.parse(space), member): capacity for space, member, capacity in rows}
        return {person: max(0, capacity - taken[person]) for person, capacity in hosts.items()}

    async def _taken(self, theirs: sa.ColumnElement[bool], now: datetime, *, asked: bool) -> Counter[Person]:
        """Talks said yes to in the month that `now` is in for each host; `asked`: and what waits for their answer."""
        counts = introductions.c.state.in_(GIVEN) & (introductions.c.decided_at >= now - A_MONTH)
        if asked:
            counts |= introductions.c.state == "proposed"
        here = (members.c.space == sides.c.space) & (members.c.member == sides.c.member)
        statement = sa.select(
            sides.c.space, sides.c.member, introductions.c.state, introductions.c.decided_at, members.c.zone
        ).select_from(_HOSTED.outerjoin(members, here))
        rows = await self._db.execute(statement.where(theirs, counts))
        return Counter(
            Person(Space.parse(space), member)
            for space, member, state, decided_at, zone in rows
            if state == "proposed" or _month(decided_at, zone) == _month(now, zone)
        )


_HOSTED = introductions.join(
    sides,
    (sides.c.space == introductions.c.space) & (sides.c.introduction == introductions.c.id) & (sides.c.side == "host"),
)


def _month(at: datetime, zone: str | None) -> tuple[int, int]:
    local = at.astimezone(ZoneInfo(zone if zone in zones() else "UTC"))
    return local.year, local.month
