"""What the page needs to know about a world and the person who looks at it, as plain JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sandbox.clock import SandboxClock
from sandbox.world import Refused, World

TIMELINE = 60  # newest entries of ledger and deliveries in a state
Worlds = Mapping[str, World]


class State:
    """`of(query)` answers GET /sandbox/state."""

    def __init__(self, worlds: Worlds, clock: SandboxClock) -> None:
        self._worlds, self._clock = worlds, clock

    def world(self, name: object) -> World:
        """The world of a platform. Raises Refused."""
        world = self._worlds.get(str(name))
        if world is None:
            raise Refused(f"platform must be one of {', '.join(self._worlds)}")
        return world

    def of(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Everything for one person on one platform; without `member` only who is there."""
        world, clock = self.world(query.get("platform")), self._clock
        frozen = clock.speed == 0
        now = {"now": clock.now(), "speed": clock.speed, "frozen": frozen, "connected": world.connected()}
        answer: dict[str, Any] = {"residents": list(world.residents()), "clock": now}
        if member := query.get("member"):
            answer |= self._seen_by(world, member, query.get("place", ""), query.get("thread", ""))
        return answer

    def _seen_by(self, world: World, member: str, place: str, thread: str) -> dict[str, Any]:
        rooms = world.rooms(member)
        here = place or (rooms[0].id if rooms else "")
        messages = world.messages(member, here) if here else ()
        return {
            "rooms": [shown(room) | {"count": world.count(member, room.id)} for room in rooms],
            "place": here,
            "messages": [shown(m) for m in messages if world.platform != "slack" or _in_channel(m.thread, m.native)],
            "thread": [shown(m) for m in messages if thread and thread in {m.id, m.thread}],
            "names": dict(world.names(member)),
            "dialog": shown(dialog) if (dialog := world.dialog(member)) else None,
            "commands": list(world.commands(member)),
            "ledger": list(world.ledger(TIMELINE)),
            "deliveries": list(world.deliveries(TIMELINE)),
            "faults": list(world.faults().pending()),
            "limits": world.enforce_limits,
        }


def _in_channel(thread: str, native: Mapping[str, Any]) -> bool:
    """Slack shows a reply in its thread, and in the channel only when it was broadcast."""
    return not thread or native.get("subtype") == "thread_broadcast"


def shown(value: Any) -> dict[str, Any]:
    """A dataclass as a dict, its fields left as they are."""
    return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}


def plain(value: Any) -> Any:
    """What JSON does not know: dataclasses, moments, mappings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return shown(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, Any]", value))
    return str(value)
