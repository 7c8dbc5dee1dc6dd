"""An introduction that cannot go on: somebody left the community, or may not meet the other one any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import combinations

from chat.people import Person
from store import Tx
from store.introductions import OPEN, TELL_GONE, Introduction
from store.members import Member
from store.severing import sever


async def somebody_left(tx: Tx, found: Introduction) -> bool:
    """Whether one of them is known to have left, and it is still going on."""
    if found.state not in OPEN:
        return False
    members = await tx.members.of(found.persons)
    return any(member.left_at is not None for member in members.values())


def stays_alone(found: Introduction, members: Mapping[Person, Member]) -> bool:
    """Whether of several who were to meet fewer than two are here, and it is still going on."""
    return found.state in OPEN and sum(member.left_at is None for member in members.values()) < 2


async def end(tx: Tx, found: Introduction, now: datetime) -> None:
    """Gone, and the seat is free; telling is the next step. Raises Conflict when it took another one meanwhile."""
    await tx.introductions.transition(found.space, found.id, [found.state], "gone", now, next=(TELL_GONE, now))


async def apart(tx: Tx, found: Introduction, now: datetime) -> bool:
    """Whether two in it may not meet any more, and then it is closed as a block closes it. Whoever blocked closes what
    is open in the same transaction: this is for what began behind it."""
    blocked = await tx.blocks.between(found.persons)
    for one, other in combinations(found.persons, 2):
        if (one.id, other.id) in blocked:
            await sever(tx, one, other, now)
    return bool(blocked)
