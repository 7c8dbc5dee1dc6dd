"""Rounds of coffees and circles: plans those that come, and takes the next step of each that is due."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from matching.apart import Lost
from scheduler import rounds
from scheduler._rooms import Rooms
from store import Conflict
from store.programmes import Programme
from store.rounds import Round

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=10)
STEPS = 12
"""Steps that are due in one look at a round at most."""
BROKEN = timedelta(minutes=10)
"""Until one that broke is tried again, so that it keeps nobody else up."""


async def run(rooms: Rooms) -> None:
    """One programme and one round after the other; one that breaks, or cannot be solved now, keeps no other from its
    step."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        programmes = await tx.programmes.due(now)
    for programme in programmes:
        try:
            await rounds.plan_round(rooms, programme, now)
        except Conflict:
            log.info("a programme was changed meanwhile", extra=_named(programme))
        except Exception:
            log.exception("a round could not be planned", extra=_named(programme))  # it keeps its date
    async with rooms.store.begin() as tx:
        due = await tx.rounds.due(now)
    for this in due:
        await _go(rooms, this)
    if due:
        rooms.dispatcher.wake()


async def _go(rooms: Rooms, this: Round) -> None:
    """All the steps that are due by now."""
    found: Round | None = this
    fields = {"space": this.space.key, "programme": this.programme, "round": this.number}
    for _ in range(STEPS):
        now = rooms.clock.now()
        if found is None or found.next_at is None or found.next_at > now:
            return
        try:
            await rounds.step(rooms, found, now)
        except Conflict:
            log.info("a round took another step meanwhile", extra=fields)
            return
        except Lost:
            log.warning("a round could not be computed now", exc_info=True, extra=fields)
            return
        except Exception:
            log.exception("a round's step broke", extra=fields)
            await _look_later(rooms, found, now + BROKEN)
            return
        async with rooms.store.begin() as tx:
            found = await tx.rounds.get(this.space, this.programme, this.number)


async def _look_later(rooms: Rooms, this: Round, at: datetime) -> None:
    """Unless it took another step meanwhile."""
    try:
        async with rooms.store.begin() as tx:
            await tx.rounds.look_again(this, at)
    except Conflict:
        log.info("a round took another step meanwhile", extra={"space": this.space.key, "round": this.number})


def _named(programme: Programme) -> dict[str, object]:
    return {"space": programme.space.key, "programme": programme.name}
