"""What the scheduler's jobs and the courier may use; joined together in `bot.app`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chat.platform import Platform
from content.library import Library
from content.shelf import Shelf
from scheduler.clock import Clock
from scheduler.dispatch import Dispatcher, LedgerDispatcher
from scheduler.dispatch_turns import TurnsDispatcher
from scheduler.late import Late
from scheduler.pacer import Pacer
from store import Store


@dataclass(slots=True)
class Rooms:
    """`platforms` by name; a platform without credentials is absent. `worker` names this process in the store."""

    store: Store
    shelf: Shelf
    clock: Clock
    platforms: Mapping[str, Platform]
    pacer: Pacer
    worker: str = "alone"
    pace: float = 1.0
    dispatcher: Dispatcher = field(init=False)
    late: Late = field(default_factory=Late, init=False)

    def __post_init__(self) -> None:
        several = self.store.dialect == "postgresql"
        self.dispatcher = (TurnsDispatcher if several else LedgerDispatcher)(self, pace=self.pace)

    @property
    def library(self) -> Library:
        """The pack as it is now."""
        return self.shelf.library
