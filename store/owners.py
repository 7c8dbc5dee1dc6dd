"""Owners who hear of rounds that wait for them: whoever set one up or looked at one, until they say otherwise.

A platform tells who an owner is only when they do something. So this is kept as a part in a programme of its own: it is
theirs, stands in `/mydata`, and goes with them. It gives no right: whoever acts is asked by the platform again.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from chat.people import Person, Space
from store import Tx
from store.participants import Participant
from store.programmes import Programme

OWNERS = "owners"
"""No rounds: a name among the programmes that no list of them shows."""


async def looks_after(tx: Tx, owner: Person, now: datetime) -> None:
    """From now on they hear of rounds; one who said that they would rather not stays as they are."""
    if await tx.participants.get(owner, OWNERS) is None:
        await set_notices(tx, owner, now, wanted=True)


async def set_notices(tx: Tx, owner: Person, now: datetime, *, wanted: bool) -> None:
    """Their own choice."""
    if await tx.programmes.get(owner.space, OWNERS) is None:
        await tx.programmes.save(Programme(space=owner.space, name=OWNERS, zone="UTC"), now)
    was = await tx.participants.get(owner, OWNERS) or Participant(person=owner, programme=OWNERS, since=now)
    await tx.participants.save(replace(was, state="in" if wanted else "out", new=False), now)


async def wants_notices(tx: Tx, owner: Person) -> bool:
    """Whether they hear of rounds."""
    part = await tx.participants.get(owner, OWNERS)
    return part is not None and part.state == "in"


async def moderators_of(tx: Tx, space: Space) -> tuple[Person, ...]:
    """Everybody who looks after this community, as far as they have shown it here, also who wants no notices."""
    return tuple(one.person for one in await tx.participants.all(space, OWNERS))


async def owners_of(tx: Tx, space: Space, now: datetime) -> tuple[Person, ...]:
    """Everybody who hears of this community's rounds."""
    return tuple(one.person for one in await tx.participants.in_(space, OWNERS, now.astimezone(UTC).date()))
