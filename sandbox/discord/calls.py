"""One REST request as the routes get it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.discord.messages import NO_FILES, Files

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
