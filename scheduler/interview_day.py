"""What was done today in one community to find hosts: kept by the house, so that a batch that is cut off goes on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from chat.people import Space
from store import Tx

AGAIN = timedelta(minutes=10)
"""How often a small community is looked at although nobody changed anything: a month may have begun, a member left."""


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day (`date` as ISO). A large community has a batch: begun with a seed, `done`, and what seats are worth to
    those who did not get them. `looked`: who changed something after this is new."""

    date: str
    small: bool
    seed: int
    done: bool
    looked: datetime
    prices: Mapping[str, int]

    def rests(self, now: datetime) -> bool:
        """Whether nobody is looked at before somebody is new: in a large community the others wait for tomorrow."""
        return now - self.looked < AGAIN if self.small else self.done


async def day_of(tx: Tx, space: Space) -> Day | None:
    """The last one there was."""
    kept = await tx.house.fact(_name(space))
    if kept is None:
        return None
    found = cast("dict[str, Any]", json.loads(kept))
    found["looked"] = datetime.fromisoformat(found["looked"])
    return Day(**found)


async def keep_day(tx: Tx, space: Space, day: Day) -> None:
    """In the place of the last one."""
    kept = asdict(day) | {"looked": day.looked.isoformat(), "prices": dict(day.prices)}
    await tx.house.keep_fact(_name(space), json.dumps(kept))


def _name(space: Space) -> str:
    return f"interviews {space.key}"
