"""Who and where: spaces, persons, places. An id without its space does not exist in this house."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from chat.errors import LimitError


@dataclass(frozen=True, slots=True, order=True)
class Space:
    """A tenant: one Slack workspace or one Discord guild.

    >>> Space("slack", "T024").key
    'slack:T024'
    """

    platform: str
    id: str

    def __post_init__(self) -> None:
        if not self.platform or not self.id or ":" in self.platform:
            raise LimitError(f"a space needs a platform without ':' and an id, got {self.platform!r} and {self.id!r}")

    @property
    def key(self) -> str:
        """One string for logs and table columns."""
        return f"{self.platform}:{self.id}"

    @classmethod
    def parse(cls, key: str) -> Space:
        """The inverse of `key`."""
        platform, _, id_ = key.partition(":")
        return cls(platform, id_)


@dataclass(frozen=True, slots=True, order=True)
class Person:
    """A member as one space knows them; the same human in two guilds is two persons."""

    space: Space
    id: str

    def __post_init__(self) -> None:
        if not self.id:
            raise LimitError("a person needs an id")

    @property
    def account(self) -> str:
        """See `account_of`."""
        return account_of(self.space.key, self.id)


def account_of(space: str, member: str) -> str:
    """The human behind a person, as far as the platform tells: one account in all guilds of Discord, but one in each
    workspace of Slack. `space` is a space's key."""
    return f"discord:{member}" if space.startswith("discord:") else f"{space}/{member}"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, thread or direct conversation inside a space."""

    space: Space
    id: str
    direct: bool = field(default=False, compare=False)  # a conversation of few, which is no channel


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message ended up: the platform's own ids (Slack channel and ts, Discord channel and message id)."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class Profile:
    """What a platform volunteers about a person; None where it does not say."""

    locale: str | None = None  # "zh-CN", "en-GB"
    zone: str | None = None  # IANA name
    external: bool = False  # a Slack Connect stranger
    owner: bool = False  # may administer the space, as far as the platform says so here


NOTHING_SAID = Profile()


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """A space as the platform describes it when we join."""

    space: Space
    name: str
    joined_at: datetime | None = None
