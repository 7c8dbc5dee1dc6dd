"""What the stories share: a member by name, what they see in a moment, and the vendor's judgement of what was sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from sandbox.world import Seen, World
from tests.conformance.node import Program, program
from tests.conformance.payloads import complaints
from tests.kit.people import Person

PATIENCE = 8.0  # seconds until a message must be there


def member(world: World, name: str) -> Person:
    """Somebody of the demo's first workspace or guild."""
    return Person(world, next(resident for resident in world.residents() if resident.name == name))


async def sees(person: Person, words: str, place: str = "") -> Seen:
    """The message that says `words`, as soon as the person sees it; `place` names a room that is no channel or DM."""

    def there() -> list[Seen]:
        return [*person.world.messages(person.id, place)] if place else [*person.here(), *person.dms()]

    end = asyncio.get_running_loop().time() + PATIENCE
    while asyncio.get_running_loop().time() < end:
        for seen in reversed(there()):
            if words in seen.text:
                return seen
        await asyncio.sleep(0.02)
    raise AssertionError(f"nothing says {words!r}, only {[seen.text for seen in there()]}")


def labels(seen: Seen) -> list[str]:
    """What the controls of a message say."""
    return [control.label for control in seen.controls]


def refusals(world: World) -> list[str]:
    """What the bot was refused, oldest first."""
    return [str(entry["error"]) for entry in world.ledger() if not entry["ok"]]


@asynccontextmanager
async def judged(name: str, env: Mapping[str, str]) -> AsyncGenerator[Program]:
    """A running program; when it has left, it must have met no error but those the story waited for, and the vendor's
    types must agree with every payload it received."""
    async with program(name, env) as running:
        yield running
    unexpected = running.told("error")[running.awaited["error"] :]
    assert not unexpected, f"the bot met errors: {unexpected}"
    found = await asyncio.to_thread(complaints, running.told("raw"))
    assert not found, "the vendor's types disagree:\n" + "\n".join(found)
