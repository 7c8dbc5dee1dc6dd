"""The ways from one entry to another: what the buttons on cards, roles, topics and answered steps mean.

Stands in content because nudge cards carry them too.
"""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action


@dataclass(frozen=True)
class RoleShown(Action, name="role-shown"):
    """Show a role's card; "" shows the list."""

    role: str


@dataclass(frozen=True)
class CardShown(Action, name="card"):
    """Turn this message to a card or to a daily step's page."""

    entry: str


@dataclass(frozen=True)
class OriginShown(Action, name="origin"):
    """Where an entry is from; the way back leads to it. `beside`: as a new message, the old one stays."""

    entry: str
    beside: bool = False


@dataclass(frozen=True)
class StepTried(Action, name="try-step"):
    """Take a step now, in its ten-second size."""

    prompt: str


@dataclass(frozen=True)
class TopicTried(Action, name="try-topic"):
    """Take a step on a topic now, in its ten-second size."""

    topic: str


@dataclass(frozen=True)
class TopicShown(Action, name="topic"):
    """Turn this message to a topic's page; "" is the list of all. `beside`: as a new message, the old one stays."""

    topic: str
    beside: bool = False


@dataclass(frozen=True)
class StoryShown(Action, name="story"):
    """Turn this message to a story."""

    card: str


@dataclass(frozen=True)
class ZoneKeep(Action, name="zone-keep"):
    """The platform says another time zone: my steps stay on the old clock."""


@dataclass(frozen=True)
class ZoneFollow(Action, name="zone-follow"):
    """The platform says another time zone: my steps come along to the new clock."""


def way_to(entry: str) -> Action:
    """The action that shows an entry."""
    return RoleShown(entry) if entry.startswith("role.") else CardShown(entry)
