"""What the scheduler's jobs and the courier may use; joined together in `bot.app`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chat.platform import Platform
from content.library import Library
from scheduler.clock import Clock
from store import Store


@dataclass(frozen=True, slots=True)
class Rooms:
    """`platforms` by name; a platform without credentials is absent."""

    store: Store
    library: Library
    clock: Clock
    platforms: Mapping[str, Platform]
