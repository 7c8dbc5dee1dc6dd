"""An introduction one side of which has left the community: it ends, and whoever stays is told without a reason."""

from __future__ import annotations

from datetime import datetime

from store import Tx
from store.introductions import OPEN, TELL_GONE, Introduction


async def somebody_left(tx: Tx, found: Introduction) -> bool:
    """Whether one of them is known to have left, and it is still going on."""
    if found.state not in OPEN:
        return False
    members = await tx.members.of(found.persons)
    return any(member.left_at is not None for member in members.values())


async def end(tx: Tx, found: Introduction, now: datetime) -> None:
    """Closed; telling is the next step. Raises Conflict when it took another one meanwhile."""
    await tx.introductions.transition(found.space, found.id, [found.state], "closed", now, next=(TELL_GONE, now))
