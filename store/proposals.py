"""How introductions begin: a host is asked and says yes, with seats and blocks looked at under lock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from chat.people import Person, Space
from store.blocks import Blocks
from store.errors import Conflict, NoSeat
from store.hosts import Hosts
from store.introduction_tables import introductions, sides
from store.introductions import Introduction, Introductions, Kind, Next, step
from store.rows import is_person, lock
from store.upsert import upsert

INTERVIEWS = "interviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is known of an introduction when it begins. `attempt`: the how manyth of a round, from 1."""

    next: Next | None
    score: int = 0
    reasons: Any = ()
    slots: Any = ()
    format: str = "call"
    round: int | None = None
    attempt: int = 1
    expires_at: datetime | None = None


class Proposals:
    """Bound to one transaction. Both members are locked before anything is looked at: whoever else wants this seeker,
    a seat of this host, or to block one of them, waits."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._db = connection
        self._hosts, self._blocks = Hosts(connection), Blocks(connection)
        self._introductions = Introductions(connection)

    async def propose(self, seeker: Person, host: Person, terms: Terms, now: datetime) -> Introduction:
        """Asks a host. Raises NoSeat when every seat of the month is taken or kept for an earlier proposal, and
        Conflict when the seeker has an open introduction already, one of them left, or they may not meet."""
        await self._may_meet(seeker, host)
        if await self._hosts.get(host) is None:
            raise Conflict("this member is no host any more")
        if await self._hosts.seats_left(host, now) < 1:
            raise NoSeat("this host has no seat left this month")
        open_ = is_person(sides, seeker) & (sides.c.side == "seeker") & sides.c.open
        if (await self._db.execute(sa.select(sides.c.member).where(open_))).first() is not None:
            raise Conflict("this seeker has an open introduction already")
        id_ = os.urandom(12).hex()  # not made of the two: it outlives them
        values = _values(seeker.space, id_, "interview", INTERVIEWS, terms, now) | {"state": "proposed"}
        await self._db.execute(sa.insert(introductions).values(values))
        await self._sit(id_, [(seeker, "seeker"), (host, "host")])
        return await self._made(seeker.space, id_)

    async def accept(self, host: Person, id_: str, now: datetime, *, next: Next | None) -> Introduction:  # noqa: A002
        """The host says yes. Raises NoSeat when their month is full by now, and Conflict when it is not theirs to
        answer (any more) or the two may not meet."""
        found = await self._introductions.get(host.space, id_)
        seeker = found and found.the("seeker")
        if found is None or seeker is None or found.the("host") != host:
            raise Conflict("there is nothing here that this host could accept")
        await self._may_meet(seeker, host)
        offer = await self._hosts.get(host)
        now_is = await self._introductions.get(host.space, id_, lock=True)
        if offer is None or now_is is None or now_is.state != "proposed":
            raise Conflict("this introduction took another step meanwhile: read it again")
        if await self._hosts.given(host, now) >= offer.capacity:
            raise NoSeat("this host has no seat left this month")
        return await step(self._db, host.space, id_, ["proposed"], "accepted", now, next=next, changes={})

    async def gather(
        self,
        space: Space,
        kind: Kind,
        programme: str,
        group: int,
        persons: Collection[Person],
        terms: Terms,
        now: datetime,
    ) -> Introduction | None:
        """Members whom round `terms.round` put together, all of one rank and asked nothing. None when this group was
        made before. Raises Conflict when one of them left."""
        id_ = group_id(space, programme, terms.round, group)
        if len(await lock(self._db, persons)) != len(set(persons)):
            raise Conflict("one of them left")
        values = _values(space, id_, kind, programme, terms, now) | {"state": "accepted", "decided_at": now}
        done = await self._db.execute(upsert(self._db, introductions, values, ["space", "id"], []))
        if done.rowcount != 1:
            return None
        await self._sit(id_, [(person, "peer") for person in sorted(persons)])
        return await self._made(space, id_)

    async def _may_meet(self, one: Person, other: Person) -> None:
        if len(await lock(self._db, [one, other])) != 2:
            raise Conflict("one of them left")
        if await self._blocks.between([one, other]):
            raise Conflict("this introduction is not possible")

    async def _sit(self, id_: str, who: list[tuple[Person, str]]) -> None:
        rows = [
            {"space": person.space.key, "introduction": id_, "member": person.id, "side": side, "open": True}
            for person, side in who
        ]
        await self._db.execute(sa.insert(sides), rows)

    async def _made(self, space: Space, id_: str) -> Introduction:
        made = await self._introductions.get(space, id_)
        assert made is not None  # inserted in this transaction
        return made


def group_id(space: Space, programme: str, number: int | None, group: int) -> str:
    """24 characters from the natural key: a round's group is introduced once."""
    return hashlib.sha256(f"{space.key}|{programme}|{number}|{group}".encode()).hexdigest()[:24]


def _values(space: Space, id_: str, kind: Kind, programme: str, terms: Terms, now: datetime) -> dict[str, object]:
    step_, at = terms.next or ("", None)
    return {
        "space": space.key, "id": id_, "kind": kind, "programme": programme, "round": terms.round,
        "attempt": terms.attempt, "score": terms.score, "reasons": terms.reasons, "slots": terms.slots,
        "format": terms.format, "proposed_at": now, "expires_at": terms.expires_at, "next_step": step_, "next_at": at,
        "version": 1,
    }  # fmt: skip
