"""Opens conversations for several people: within the platform's pace, and not where it asked for quiet."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from chat.errors import DeliveryError, Rejected, Revoked, Throttled
from chat.people import Person, Space
from chat.platform import GATHERINGS, OpensGroupChat
from scheduler._rooms import Rooms
from scheduler.outcome import PARKED, Rest
from store.claims import PARK
from store.introductions import Introduction

log = logging.getLogger(__name__)


def may_gather(rooms: Rooms, space: Space) -> bool:
    """Whether one more can be opened there without waiting for a turn."""
    platform = rooms.platforms.get(space.platform)
    return not isinstance(platform, OpensGroupChat) or rooms.pacer.has_turn(platform.gathering_paces(space))


async def gather(rooms: Rooms, people: Sequence[Person], *, title: str, key: str, home: str | None) -> str | None:
    """Their conversation's id, found again by `key`; None where there can be none for them, and each is written to
    alone. Waits for its turn. Never inside a transaction. Raises DeliveryError: Throttled also while the space rests,
    and then nothing is asked of the platform."""
    space = people[0].space
    platform, now = rooms.platforms.get(space.platform), rooms.clock.now()
    if platform is None:
        raise DeliveryError("platform_off")
    if not isinstance(platform, OpensGroupChat):
        return None
    if (until := rooms.pacer.gatherings_rest(space, now)) is not None:
        raise Throttled("rests", (until - now).total_seconds())
    await rooms.pacer.turns(platform.gathering_paces(space))
    try:
        return await platform.gather(people, title=title, key=key, home=home)
    except Rejected as error:
        log.info("each is written to alone", extra={"about": key, "space": space.key, "reason": error.reason})
        return None
    except (Throttled, Revoked) as error:
        await _rest(rooms, space, error)
        raise


async def _rest(rooms: Rooms, space: Space, error: Throttled | Revoked) -> None:
    """Whoever asked for quiet gets it, in every process and after a restart."""
    scope, now = f"{space.key}{GATHERINGS}", rooms.clock.now()
    if isinstance(error, Throttled):
        scope = space.platform if error.scope == "platform" else scope
        rest = Rest(scope, now + timedelta(seconds=max(1.0, error.retry_after)), error.reason)
    else:
        rest = Rest(space.platform if error.scope == "platform" else space.key, now + PARKED, PARK + error.reason)
    rooms.pacer.rest(rest.scope, rest.until)
    async with rooms.store.begin() as tx:
        await tx.claims.rest(rest.scope, rest.until, rest.reason)


async def dissolve(rooms: Rooms, found: Introduction, place: str | None) -> None:
    """Nobody is left in a conversation that came to nothing while it was opened, unless another process goes on with
    it."""
    platform = rooms.platforms.get(found.space.platform)
    if place is None or not isinstance(platform, OpensGroupChat):
        return
    async with rooms.store.begin() as tx:
        now_is = await tx.introductions.get(found.space, found.id)
    if now_is is not None and (now_is.state == "accepted" or now_is.place == place):
        return
    for person in found.persons:
        try:
            await platform.leave(place, person)
        except DeliveryError as error:
            log.warning("somebody is still in a conversation", extra={"about": found.id, "reason": error.reason})
