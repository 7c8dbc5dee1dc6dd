"""A round's way from its plan to its end, one function a step: each is taken once, also when it is cut off in between.

A step that writes for many does so in portions that find again what is done, and only then moves the round on; a plan
is made outside of any transaction, in another process. A round that is older than its end closes without a word.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from chat.people import Person
from content.letters import Name
from scheduler import circle_round, coffee_round
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.owner_notice import tell_owners
from scheduler.post import post
from scheduler.round_dates import dates
from scheduler.round_introducing import follows_at, introduce_round, look_for_late
from scheduler.round_report import at_closing, at_matching
from store import Conflict
from store.adults import adults_among
from store.participants import Participant
from store.programmes import HOLD, Programme
from store.round_pool import CIRCLES, read_round_pool, who_takes_part
from store.rounds import Round, RoundState

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Members who join a round, and are written to, in one transaction."""
SHORT_NOTICE = timedelta(hours=1)
"""Less than this before the matching nobody is told any more that it comes."""


async def plan_round(rooms: Rooms, found: Programme, now: datetime) -> bool:
    """The next round of a programme, with its dates and a seed; and when the one after it is to be planned."""
    async with rooms.store.begin() as tx:
        programme = await tx.programmes.get(found.space, found.name)
        if programme is None or programme.version != found.version or programme.state == "off":
            return False
        when = dates(programme, now)
        last = await tx.rounds.newest(programme.space, programme.name)
        this = Round(
            space=programme.space, programme=programme.name, number=last[0].number + 1 if last else 1,
            seed=int.from_bytes(os.urandom(7)), opens_at=when.opens_at, matches_at=when.matches_at,
            introduces_at=when.introduces_at, follows_at=when.follows_at, closes_at=when.closes_at,
            next_at=when.opens_at,
        )  # fmt: skip
        planned = await tx.rounds.plan(this)
        await tx.programmes.save(replace(programme, next_round_at=when.next_opens_at), now)
        point("round-planning")
    return planned


async def step(rooms: Rooms, this: Round, now: datetime) -> None:
    """The next step of a round that is due. Raises Conflict when another process took it."""
    async with rooms.store.begin() as tx:
        programme = await tx.programmes.get(this.space, this.programme)
    off = programme is None or programme.state == "off"
    if programme is None or now > this.closes_at or (off and this.state in {"planned", "opened"}):
        await close(rooms, this, now, off=off)
    else:
        await STEPS[this.state](rooms, this, programme, now)


async def open_(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Who takes part joins, and is told so that they can skip."""
    async with rooms.store.begin() as tx:
        every = await who_takes_part(tx, this.space, this.programme, now)
    parts = [one for one in every if _may(one, programme)]
    told = programme.notice_hours > 0 and programme.name != CIRCLES and this.matches_at - now > SHORT_NOTICE
    for at in range(0, len(parts), AT_ONCE):
        some = {one.person: one.waited for one in parts[at : at + AT_ONCE]}
        paused = [one.person for one in parts[at : at + AT_ONCE] if one.state == "paused"]
        async with rooms.store.begin() as tx:
            there = await tx.rounds.hold(list(some))
            await tx.participants.returned(this.programme, [person for person in paused if person in there], now)
            new = await tx.rounds.join(this, {person: wait for person, wait in some.items() if person in there})
            if told:
                may = await adults_among(tx, this.space, new)
                soon: list[tuple[Person, Name]] = [(person, "coffee-soon") for person in new if person in may]
                await post(rooms, tx, soon, _id(this), now, before=this.matches_at - SHORT_NOTICE)
            point("round-opening")
    async with rooms.store.begin() as tx:
        await tx.rounds.advance(this, "planned", "opened", next_at=max(this.matches_at, now))
        point("round-opening")


async def match(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """The whole plan. Who joined while it was made is late; who cannot be reached, paused or left is not in it."""
    async with rooms.store.begin() as tx:
        pool = await read_round_pool(tx, this, programme, now)
        known = {one.person for one in await tx.rounds.present(this)}
    planner = circle_round.plan if this.programme == CIRCLES else coffee_round.plan
    groups, left = await planner(pool)
    waiting = [Person(this.space, out.member) for out in left]
    async with rooms.store.begin() as tx:
        await tx.rounds.hold([Person(this.space, id_) for id_ in pool.peers])
        there = {one.person for one in await tx.rounds.present(this) if one.state == "in"}  # nobody skipped meanwhile
        groups = [replace(one, persons=tuple(person for person in one.persons if person in there)) for one in groups]
        await tx.rounds.place(this, groups, [person for person in waiting if person in there])
        rest = [one.person for one in await tx.rounds.present(this) if one.state == "in"]
        await tx.rounds.mark(this, [person for person in rest if person not in known], "late")
        await tx.rounds.mark(this, [person for person in rest if person in known], "skipped")
        next_at = now + HOLD if programme.approve else now
        report = at_matching(pool, groups, left)
        await tx.rounds.advance(this, "opened", "matched", next_at=next_at, report=report)
        if programme.approve:
            await tell_owners(rooms, tx, this.space, this.programme, this.number, now)
        point("round-matching")
    log.info("a round is matched", extra=_fields(this) | {"groups": len(groups), "left": len(left)})


async def approve(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Nobody has to look at it, or nobody did in time: it goes out."""
    async with rooms.store.begin() as tx:
        await tx.rounds.advance(this, "matched", "approved", next_at=now)
        point("round-matching")


async def follow(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    """Until the day is over late ones are looked for. Each introduction asks by itself how it was; from now on the
    round waits for what is said."""
    if now < follows_at(this):
        await look_for_late(rooms, this, programme, now)
        return
    async with rooms.store.begin() as tx:
        late = [one.person for one in await tx.rounds.present(this) if one.state == "late"]
        await tx.rounds.mark(this, late, "skipped")  # they paused or left: all others know how it ended
        await tx.rounds.advance(this, "introduced", "followed", next_at=max(this.closes_at, now))
        point("round-following")


async def close(rooms: Rooms, this: Round, now: datetime, *, off: bool = False) -> None:
    """The end, with its figures for the owner. `off`: the programme is; whoever counted on the round is told."""
    async with rooms.store.begin() as tx:
        if off and this.state == "opened" and this.programme != CIRCLES and now <= this.closes_at:
            told = [one.person for one in await tx.rounds.present(this) if one.state == "in"]
            await post(rooms, tx, [(person, "coffee-off") for person in told], _id(this), now)
        report = await at_closing(tx, this)
        await tx.rounds.advance(this, this.state, "closed", next_at=None, report=report)
        point("round-closing")
    log.info("a round is closed", extra=_fields(this))


async def _close(rooms: Rooms, this: Round, programme: Programme, now: datetime) -> None:
    await close(rooms, this, now)


STEPS: Mapping[RoundState, Callable[[Rooms, Round, Programme, datetime], Awaitable[None]]] = {
    "planned": open_, "opened": match, "matched": approve, "approved": introduce_round, "introduced": follow,
    "followed": _close, "closed": _close,
}  # fmt: skip
"""What each state's next step is."""


def _may(part: Participant, programme: Programme) -> bool:
    return not part.external or bool(programme.settings.get("external"))


def _id(this: Round) -> str:
    return f"{this.programme}/{this.number}"


def _fields(this: Round) -> dict[str, object]:
    return {"space": this.space.key, "programme": this.programme, "round": this.number}


__all__ = ["Conflict", "plan_round", "step"]
