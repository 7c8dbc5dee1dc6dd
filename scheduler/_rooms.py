"""What the scheduler's jobs and the courier may use; joined together in `bot.app`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chat.platform import Platform
from content.library import Library
from content.shelf import Shelf
from scheduler.clock import Clock
from store import Store


@dataclass(frozen=True, slots=True)
class Rooms:
    """`platforms` by name; a platform without credentials is absent."""

    store: Store
    shelf: Shelf
    clock: Clock
    platforms: Mapping[str, Platform]

    @property
    def library(self) -> Library:
        """The pack as it is now."""
        return self.shelf.library
