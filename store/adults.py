"""Who said that they are of age, where an owner lets adults alone meet: talks, coffees and circles ask alike."""

from __future__ import annotations

from collections.abc import Collection

from chat.people import Person, Space
from store import Tx
from store.conducts import ADULT
from store.proposals import INTERVIEWS


async def of_age(tx: Tx, person: Person) -> bool:
    """Whether they said so, or nobody asks."""
    return not await _asked(tx, person.space) or await tx.conducts.accepted(person, ADULT) is not None


async def adults_among(tx: Tx, space: Space, persons: Collection[Person]) -> frozenset[Person]:
    """Those of them who said so; all of them where nobody asks."""
    return frozenset(persons) & (await tx.conducts.all(space, ADULT) if await _asked(tx, space) else frozenset(persons))


async def _asked(tx: Tx, space: Space) -> bool:
    programme = await tx.programmes.get(space, INTERVIEWS)
    return programme is not None and bool(programme.settings.get("adults"))
