"""One REST request as the routes get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.discord.messages import NO_FILES, Files, RestError
from sandbox.discord.model import Channel

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

Answer = dict[str, Any] | list[dict[str, Any]] | None


class Created(dict[str, Any]):
    """An answer with status 201."""


@dataclass(frozen=True)
class Call:
    """Path parameters, the JSON body, the query, and the files that came along."""

    path: Mapping[str, str]
    body: Any
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Files = field(default_factory=lambda: dict(NO_FILES))


Route = Callable[["DiscordWorld", Call], Answer]


def channel_of(world: DiscordWorld, call: Call, *needs: str) -> Channel:
    """The channel a path names, once the bot may do what it needs there. Raises 10003, 50001 or 50013."""
    channel = world.channels.get(call.path["channel"])
    if channel is None:
        raise RestError(404, 10003, "Unknown Channel")
    world.require(channel, "VIEW_CHANNEL", *needs)
    return channel
