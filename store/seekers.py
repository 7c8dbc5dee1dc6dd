"""Who looks for an interview: what they typed, since when they wait, how often they asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.errors import LimitError
from chat.people import Person, Space
from store.introduction_tables import seekers as table
from store.rows import ids, is_person, read, readable, save
from store.tables import spaces

Hours = tuple[tuple[int, int, int], ...]
"""Local weekly hours: (weekday, from minute, to minute) each, Monday is 0, minutes of the day up to 1440."""
Availability = Literal["stated", "waking", "any"]
Format = Literal["chat", "call", "async"]
SeekerState = Literal["open", "matched", "paused", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeker:
    """As one community knows them. `call_me`: the first name they typed. `role` and `second`: what they grow into.
    `companies`: where they would like to work; `company` and `team`: where they do. `since` waiting, `waited` rounds,
    `asked`: days of their last requests. `rules_at`: when they accepted the rules."""

    person: Person
    call_me: str
    languages: frozenset[str]
    format: Format = "call"
    role: str | None = None
    second: str | None = None
    industry: str | None = None
    curiosities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    hours: Hours = ()
    availability: Availability = "stated"
    company: str | None = None
    companies: tuple[str, ...] = ()
    team: str | None = None
    native: str | None = None
    paths: frozenset[str] = frozenset()
    school: str | None = None
    external: bool = False
    state: SeekerState = "off"
    paused_until: date | None = None
    since: datetime | None = None
    waited: int = 0
    asked: tuple[date, ...] = ()
    rules_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if len(self.curiosities) > 3 or any(len(words) > 140 for words in self.curiosities):
            raise LimitError("at most three curiosities of at most 140 characters each")
        check_hours(self.hours)

    def asked_since(self, day: date) -> int:
        """How often they asked on that day or later."""
        return sum(on >= day for on in self.asked)


class Seekers:
    """Bound to one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person, *, lock: bool = False) -> Seeker | None:
        """What is stored. `lock`: nobody else changes it before this transaction ends."""
        statement = sa.select(table).where(is_person(table, person))
        row = (await self._db.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return read(Seeker, row) if row else None

    async def save(self, seeker: Seeker, now: datetime) -> Seeker:
        """The whole of it, as somebody who read `seeker.version` left it. Raises Conflict."""
        return await save(self._db, table, seeker, now)

    async def open(self, space: Space, today: date) -> tuple[Seeker, ...]:
        """Who waits for a host, the longest first; a pause that was until `today` or before is over."""
        back = (table.c.state == "paused") & (table.c.paused_until <= today)
        where = (table.c.space == space.key) & ((table.c.state == "open") | back)
        rows = await self._db.execute(sa.select(table).where(where).order_by(table.c.since, table.c.member))
        return readable(Seeker, rows)

    async def before(self, seeker: Seeker, today: date) -> int:
        """How many others who wait longer look for one of the same roles; pauses as in `open`."""
        back = (table.c.state == "paused") & (table.c.paused_until <= today)
        here = (table.c.space == seeker.person.space.key) & (table.c.member != seeker.person.id)
        roles = [role for role in (seeker.role, seeker.second) if role is not None]
        same = table.c.role.in_(roles) | table.c.second.in_(roles)
        longer = (table.c.since < seeker.since) if seeker.since is not None else table.c.since.is_not(None)
        where = here & ((table.c.state == "open") | back) & same & longer
        return (await self._db.execute(sa.select(sa.func.count()).select_from(table).where(where))).scalar_one()

    async def waiting_in(self, today: date) -> Mapping[Space, datetime]:
        """The spaces we are in where somebody waits for a host, as `open`, and when one of those last changed."""
        waits = (table.c.state == "open") | ((table.c.state == "paused") & (table.c.paused_until <= today))
        joined = table.join(spaces, spaces.c.space == table.c.space)
        newest = sa.func.max(table.c.updated_at, type_=table.c.updated_at.type)
        statement = sa.select(table.c.space, newest).select_from(joined).where(spaces.c.left_at.is_(None), waits)
        rows = await self._db.execute(statement.group_by(table.c.space).order_by(table.c.space))
        return {Space.parse(space): at for space, at in rows}

    async def matched(self, person: Person, now: datetime) -> None:
        """A host was found, whose answer may still be open: nobody else is looked for."""
        await self._change([person], now, state="matched")

    async def searching(self, person: Person, now: datetime) -> None:
        """Waits (again); the time waited so far counts on."""
        seeker = await self.get(person, lock=True)
        if seeker is not None:
            await self.save(replace(seeker, state="open", paused_until=None, since=seeker.since or now), now)

    async def left_out(self, persons: Collection[Person], now: datetime) -> None:
        """One more round without a host, for each."""
        await self._change(persons, now, waited=table.c.waited + 1)

    async def _change(self, persons: Collection[Person], now: datetime, **changes: object) -> None:
        changes |= {"updated_at": now, "version": table.c.version + 1}
        for space, part in ids(persons):
            where = (table.c.space == space) & table.c.member.in_(part)
            await self._db.execute(sa.update(table).where(where).values(**changes))


def check_hours(hours: Hours) -> None:
    """Raises LimitError with advice."""
    for weekday, start, end in hours:
        if not (0 <= weekday <= 6 and 0 <= start < end <= 1_440):
            raise LimitError("hours are (weekday 0 to 6, from minute, to minute) of one day, the first minute below")
