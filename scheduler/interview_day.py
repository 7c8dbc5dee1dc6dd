"""What was done today in one community to find hosts: kept by the house, so that a batch that is cut off goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from chat.people import Space
from store import Tx

AGAIN = timedelta(minutes=10)
"""How often a small community is looked at although nobody changed anything: a month may have begun, a member left."""


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day (`date` as ISO). A large community has a batch: begun with a seed, `done`, and what seats are worth to
    those who did not get them. `looked`: who changed something after this is new. `claimed`: until when one process has
    the batch in hand."""

    date: str
    small: bool
    seed: int
    done: bool
    looked: datetime
    prices: Mapping[str, int]
    claimed: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Whether nobody is looked at before somebody is new: in a large community the others wait for tomorrow."""
        return now - self.looked < AGAIN if self.small else self.done

    def waits(self, now: datetime) -> bool:
        """Whether its batch is still to be done, and nobody has it in hand."""
        today = self.date == now.astimezone(UTC).date().isoformat()
        return today and not self.small and not self.done and (self.claimed is None or self.claimed <= now)


async def day_of(tx: Tx, space: Space) -> Day | None:
    """The last one there was."""
    kept = await tx.house.fact(_name(space))
    return _read(kept) if kept is not None else None


async def keep_day(tx: Tx, space: Space, day: Day) -> None:
    """In the place of the last one."""
    await tx.house.keep_fact(_name(space), _text(day))


async def swap_day(tx: Tx, space: Space, was: Day | None, day: Day) -> bool:
    """In the place of `was`; False when another process was first."""
    kept = await tx.house.fact(_name(space))
    same = (_read(kept) if kept is not None else None) == was
    return same and await tx.house.swap_fact(_name(space), kept, _text(day))


def _read(kept: str) -> Day:
    found = cast("dict[str, Any]", json.loads(kept))
    for moment in ("looked", "claimed"):
        found[moment] = datetime.fromisoformat(found[moment]) if found.get(moment) else None
    return Day(**found)


def _text(day: Day) -> str:
    claimed = day.claimed.isoformat() if day.claimed else None
    kept = asdict(day) | {"looked": day.looked.isoformat(), "claimed": claimed, "prices": dict(day.prices)}
    return json.dumps(kept)


def _name(space: Space) -> str:
    return f"interviews {space.key}"
