"""Discord's permission bits and how roles and a channel's overwrites add up. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BITS = {
    "ADD_REACTIONS": 6, "VIEW_CHANNEL": 10, "SEND_MESSAGES": 11, "MANAGE_MESSAGES": 13, "EMBED_LINKS": 14,
    "ATTACH_FILES": 15, "READ_MESSAGE_HISTORY": 16, "MENTION_EVERYONE": 17, "MANAGE_ROLES": 28, "MANAGE_CHANNELS": 4,
    "ADMINISTRATOR": 3, "MANAGE_GUILD": 5, "USE_APPLICATION_COMMANDS": 31, "MANAGE_THREADS": 34,
    "CREATE_PUBLIC_THREADS": 35, "CREATE_PRIVATE_THREADS": 36, "SEND_MESSAGES_IN_THREADS": 38,
}  # fmt: skip
ALL = (1 << 53) - 1
INVITED = (
    "VIEW_CHANNEL", "SEND_MESSAGES", "EMBED_LINKS", "ATTACH_FILES", "READ_MESSAGE_HISTORY", "CREATE_PUBLIC_THREADS",
    "CREATE_PRIVATE_THREADS", "SEND_MESSAGES_IN_THREADS",
)  # fmt: skip  # what the bot's own role grants unless a test says otherwise
EVERYONE = (
    "VIEW_CHANNEL", "SEND_MESSAGES", "READ_MESSAGE_HISTORY", "USE_APPLICATION_COMMANDS", "ADD_REACTIONS",
    "SEND_MESSAGES_IN_THREADS", "CREATE_PUBLIC_THREADS", "MENTION_EVERYONE",
)  # fmt: skip


def mask(names: Iterable[str]) -> int:
    """The bits of these names.

    >>> mask(["VIEW_CHANNEL", "SEND_MESSAGES"]) == (1 << 10 | 1 << 11)
    True
    """
    return sum(1 << BITS[name] for name in set(names))


@dataclass(frozen=True)
class Overwrite:
    """What a channel takes away from, and gives back to, a role."""

    deny: int = 0
    allow: int = 0


NOTHING = Overwrite()


def effective(roles: Iterable[int], overwrites: Iterable[Overwrite] = (), everyone: Overwrite = NOTHING) -> int:
    """The bits that remain: all roles together, then what the channel changes for @everyone, then for the roles; an
    administrator keeps everything.

    >>> effective([mask(EVERYONE)], [Overwrite(deny=mask(["SEND_MESSAGES"]))]) & mask(["SEND_MESSAGES"])
    0
    """
    bits = 0
    for role in roles:
        bits |= role
    if bits & mask(["ADMINISTRATOR"]):
        return ALL
    known = tuple(overwrites)
    bits = bits & ~everyone.deny | everyone.allow
    for overwrite in known:
        bits &= ~overwrite.deny
    for overwrite in known:
        bits |= overwrite.allow
    return bits


def overwrites_for(roles: Iterable[str], known: Mapping[str, Overwrite]) -> list[Overwrite]:
    """Those of a channel's overwrites that concern these roles."""
    return [known[role] for role in roles if role in known]
