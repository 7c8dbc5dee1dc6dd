"""Brings people together once, however often it is begun and whoever dies meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from chat.errors import DeliveryError
from chat.people import Person
from scheduler._rooms import Rooms
from scheduler.due_introductions import fields, postpone
from scheduler.failpoints import point
from scheduler.gathering import dissolve, gather
from store import Conflict, Tx
from store.following import INTRODUCE
from store.introductions import Introduction

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)
"""Until a platform that does not answer is asked again."""
LEASE = timedelta(minutes=2)
"""How long one process may take to open a conversation; then another one may."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A conversation to be opened: for whom, its name, and below which channel."""

    persons: Sequence[Person]
    title: str
    home: str | None


class Plan(Protocol):
    """What one transaction found and a later one settles."""

    @property
    def meeting(self) -> Meeting | None:
        """None where nothing is opened now."""
        ...


P = TypeVar("P", bound=Plan)


async def introduce_once(
    rooms: Rooms,
    found: Introduction,
    now: datetime,
    look: Callable[[Tx, Introduction, datetime], Awaitable[P | None]],
    settle: Callable[[Rooms, Tx, Introduction, P, str | None, datetime], Awaitable[bool]],
) -> None:
    """Claimed for a while, for two processes must not open one conversation at the same time; nothing is open while a
    platform is asked. The conversation is found again by the introduction's id; whoever comes second finds another
    state. `look`: None where there is nothing to settle. `settle`: takes the next step, and gives back whether the
    conversation is of use."""
    place = None
    try:
        async with rooms.store.begin() as tx:
            found = await tx.introductions.then(found, (INTRODUCE, now + LEASE))
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            plan = await look(tx, found, now)
        if plan is None:
            return
        if (meeting := plan.meeting) is not None:
            place = await gather(rooms, meeting.persons, title=meeting.title, key=found.id, home=meeting.home)
            point("gathered")
        async with rooms.store.begin() as tx:
            await tx.introductions.hold(found)
            of_use = await settle(rooms, tx, found, plan, place, now)
        if not of_use:
            await dissolve(rooms, found, place)
    except Conflict:
        log.info("an introduction took another step meanwhile", extra=fields(found))
        await dissolve(rooms, found, place)
    except DeliveryError as error:
        log.warning("a conversation could not be opened now", extra={**fields(found), "reason": error.reason})
        await postpone(rooms, found, now + AGAIN)
