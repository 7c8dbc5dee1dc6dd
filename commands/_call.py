"""What a handler is given: who asks, where, when, in which language, and the rooms it may use."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chat.moment import Times
from chat.people import NOTHING_SAID, Person, Place, Profile, Sent
from content.index import Index
from content.library import Library
from content.say import Say
from content.shelf import Edition, Shelf
from store import Store
from store.deliveries import Delivery
from store.members import Member


class DeliverNow(Protocol):
    """Delivers one planned row of the ledger at once; gives back the row as it stands afterwards."""

    async def __call__(self, person: Person, delivery_id: str) -> Delivery: ...


class HasCommands(Protocol):
    """`commands._registry.Registry`, which itself names Call and so cannot be imported here."""

    def usages(self, *, owner: bool = False) -> Sequence[tuple[str, str]]: ...


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the rooms below offer every handler; the same for all calls."""

    store: Store
    shelf: Shelf
    registry: HasCommands
    when: Times
    deliver: DeliverNow
    profile_of: Callable[[Person], Awaitable[Profile]]  # asks the platform; empty where it does not know
    part: Callable[[Person, str], Awaitable[bool]]  # takes one out of a conversation; False where nobody can


@dataclass(frozen=True, slots=True)
class Call:
    """One thing one member does. `now` is aware UTC; `member` was read when the call began."""

    member: Member
    place: Place
    now: datetime
    say: Say
    rooms: Rooms
    edition: Edition  # of the pack, the same to the end of the call
    on: Sent | None = None  # the message whose button was pressed
    event: str = ""  # the key it is kept under, see `store.inbox.first`
    profile: Profile = NOTHING_SAID  # what the platform says of the person, with the event or when asked

    @property
    def locale(self) -> str | None:
        """What the platform says of the person's language."""
        return self.profile.locale or self.member.locale

    @property
    def person(self) -> Person:
        """Who asks: authority comes from here, never from an action's fields."""
        return self.member.person

    @property
    def store(self) -> Store:
        """What we remember."""
        return self.rooms.store

    @property
    def library(self) -> Library:
        """What we say and teach."""
        return self.edition.library

    @property
    def index(self) -> Index:
        """What finds entries in the library."""
        return self.edition.index
