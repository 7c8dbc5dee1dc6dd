"""What we know of a member in one space: language, zone, role, whether messages reach them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.moment import zones
from chat.people import Person, Profile, Space
from store.errors import StoreError
from store.tables import members, spaces
from store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Member:
    """`language` is the member's own setting; `locale` what the platform last reported; `zone` an IANA name, and
    `zone_seen` another one the platform says since; `direct` the platform's id of our conversation."""

    person: Person
    language: Literal["auto", "en", "zh-CN"]
    locale: str | None
    zone: str | None
    zone_source: Literal["profile", "member"] | None
    role: str | None
    quiz: str | None
    track: str
    optins: frozenset[str]
    onboarded: str
    zone_seen: str | None
    direct: str | None
    reachable: bool
    consent_at: datetime | None
    created_at: datetime
    consent_version: int | None = None
    left_at: datetime | None = None

    @property
    def zone_moved(self) -> bool:
        """Whether the platform says another zone than ours, and the member was not asked yet."""
        return self.zone_seen is not None and self.zone_source == "profile"


class Members:
    """Bound to one transaction. Every call names the person, and with the person their space."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection

    async def get(self, person: Person) -> Member | None:
        """The member as stored."""
        row = (await self._db.execute(sa.select(members).where(_is(person)))).one_or_none()
        return _read(row) if row else None

    async def meet(self, person: Person, profile: Profile, now: datetime) -> Member:
        """The member, made on first sight; takes over what the platform says, except a zone the member chose."""
        known = await self.get(person)
        if known is None:
            await self._meet_first(person, now)
            known = await self.get(person)
        assert known is not None  # inserted above, in this transaction
        changes: dict[str, object] = {}
        if profile.locale and profile.locale != known.locale:
            changes["locale"] = profile.locale
        if profile.zone in zones() and profile.zone not in {known.zone, known.zone_seen}:
            # The first zone is taken over; a later one is asked about, for a schedule may hang on the old.
            changes |= {"zone_seen": profile.zone} if known.zone else {"zone": profile.zone}
            if known.zone is None or known.zone_seen is not None:  # what a member chose is asked about when it changes
                changes["zone_source"] = "profile"
        if known.left_at is not None:  # whoever does something is here
            changes["left_at"] = None
        if not changes:
            return known
        return await self._change(person, **changes)

    async def glance(self, person: Person, profile: Profile, now: datetime) -> Member:
        """As `meet`, but a stranger who only looks is not written down."""
        if await self.get(person) is not None:
            return await self.meet(person, profile, now)
        zone = profile.zone if profile.zone in zones() else None
        return Member(
            person, "auto", profile.locale, zone, "profile" if zone else None, None, None, "any", frozenset(), "", None,
            None, True, None, now,
        )  # fmt: skip

    async def set_zone(self, person: Person, zone: str, source: Literal["profile", "member"]) -> None:
        """Keeps a zone; one set by the member is never overwritten by a profile."""
        if zone not in zones():
            raise StoreError(f"{zone[:60]!r} is not a time zone")
        await self._change(person, zone=zone, zone_source=source, zone_seen=None)

    async def keep_zone(self, person: Person) -> None:
        """The zone stays as it is, although the platform says another one."""
        await self._change(person, zone_source="member")

    async def set_role(self, person: Person, role: str | None) -> None:
        """The role the member is growing into."""
        await self._change(person, role=role)

    async def set_quiz(self, person: Person, answers: str | None) -> None:
        """The answers of the role quiz a member asked us to keep; None forgets them."""
        await self._change(person, quiz=answers)

    async def set_language(self, person: Person, language: Literal["auto", "en", "zh-CN"]) -> None:
        """The member's own choice of language."""
        await self._change(person, language=language)

    async def set_track(self, person: Person, track: Literal["learn", "build", "job", "any"]) -> None:
        """What the member is here for."""
        await self._change(person, track=track)

    async def set_optins(self, person: Person, optins: Collection[str]) -> None:
        """Which sensitive families of steps the member asked for ("days", "wellbeing")."""
        await self._change(person, optins=",".join(sorted(optins)))

    async def set_onboarded(self, person: Person, step: str) -> None:
        """The last step of the welcome that was answered or skipped."""
        await self._change(person, onboarded=step)

    async def of(self, persons: Sequence[Person]) -> dict[Person, Member]:
        """Many members at once."""
        keys = [(person.space.key, person.id) for person in persons]
        where = sa.tuple_(members.c.space, members.c.member).in_(keys)
        found = [_read(row) for row in await self._db.execute(sa.select(members).where(where))] if keys else []
        return {member.person: member for member in found}

    async def zones(self, space: Space) -> dict[Person, str]:
        """The zones of a space's members, where they are known."""
        where = (members.c.space == space.key) & members.c.zone.is_not(None)
        rows = await self._db.execute(sa.select(members.c.member, members.c.zone).where(where))
        return {Person(space, member): zone for member, zone in rows}

    async def reached(self, places: Sequence[tuple[Person, str]]) -> None:
        """Messages arrived in these direct conversations: writes only what is new."""
        rows = [{"b_space": who.space.key, "b_member": who.id, "b_direct": place} for who, place in places]
        if rows:
            await self._db.execute(_REACHED, rows)

    async def unreachable(self, persons: Sequence[Person]) -> None:
        """Direct messages to these do not arrive: closed, or they are gone, which is asked soon (store/leaving.py)."""
        changes: dict[str, object] = {"reachable": False, "direct": None, "asked_at": None}
        for person in persons:
            await self._db.execute(sa.update(members).where(_is(person)).values(**changes))

    async def consented(self, person: Person, version: int, now: datetime) -> None:
        """Agreed to this version of the text; the same version again does not move the moment."""
        where = _is(person) & (members.c.consent_at.is_(None) | members.c.consent_version.is_distinct_from(version))
        await self._db.execute(sa.update(members).where(where).values(consent_at=now, consent_version=version))

    async def accounts(self, person: Person) -> tuple[Person, ...]:
        """Everywhere we know the same account, this space first: only Discord has one account in several spaces."""
        platform = person.space.platform
        if person.account != f"{platform}:{person.id}":
            return (person,)
        same = members.c.space.startswith(f"{platform}:", autoescape=True) & (members.c.member == person.id)
        found = (await self._db.execute(sa.select(members.c.space).where(same).order_by(members.c.space))).scalars()
        others = [Person(Space.parse(key), person.id) for key in found if key != person.space.key]
        return (person, *others)

    async def _meet_first(self, person: Person, now: datetime) -> None:
        space = person.space
        row = {"space": space.key, "platform": space.platform, "id": space.id, "name": "", "joined_at": now}
        await self._db.execute(upsert(self._db, spaces, row, ["space"], []))
        values = {"space": space.key, "member": person.id, "language": "auto", "reachable": True, "created_at": now,
                  "asked_at": now, "track": "any", "optins": "", "onboarded": ""}  # fmt: skip
        await self._db.execute(upsert(self._db, members, values, ["space", "member"], []))

    async def _change(self, person: Person, **changes: object) -> Member:
        statement = sa.update(members).where(_is(person)).values(**changes).returning(members)
        row = (await self._db.execute(statement)).one_or_none()
        if row is None:
            raise StoreError("no such member in this space: `meet` comes first")
        return _read(row)


_REACHED = (
    sa.update(members)
    .where((members.c.space == sa.bindparam("b_space")) & (members.c.member == sa.bindparam("b_member")))
    .where(members.c.reachable.is_(False) | members.c.direct.is_distinct_from(sa.bindparam("b_direct")))
    .values(reachable=True, direct=sa.bindparam("b_direct"))
)


def _is(person: Person) -> sa.ColumnElement[bool]:
    return (members.c.space == person.space.key) & (members.c.member == person.id)


def _read(row: sa.Row[Any]) -> Member:
    person = Person(Space.parse(row.space), row.member)
    return Member(
        person, row.language, row.locale, row.zone, row.zone_source, row.role, row.quiz, row.track,
        frozenset(row.optins.split(",")) - {""}, row.onboarded, row.zone_seen, row.direct, row.reachable,
        row.consent_at, row.created_at, row.consent_version, row.left_at,
    )  # fmt: skip
