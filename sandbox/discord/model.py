"""The things a Discord guild consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15
EVERYONE_PERMISSIONS = str((1 << 53) - 1)


@dataclass
class User:
    id: str
    name: str
    locale: str
    zone: str
    dms_open: bool
    bot: bool = False

    def native(self) -> dict[str, Any]:
        """As payloads show a user."""
        return {"id": self.id, "username": self.name.lower().replace(" ", "_"), "global_name": self.name,
                "avatar": None,                "discriminator": "0", "bot": self.bot, "public_flags": 0}  # fmt: skip


@dataclass
class Msg:
    id: str
    channel: str
    author: User
    at: datetime
    content: str = ""
    components: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    flags: int = 0
    only_for: str = ""
    edited: bool = False
    nonce: str = ""
    sent_monotonic: float = 0.0

    def native(self) -> dict[str, Any]:
        """As REST and payloads show a message."""
        return {
            "id": self.id, "channel_id": self.channel, "author": self.author.native(), "content": self.content,
            "components": self.components, "flags": self.flags, "timestamp": self.at.isoformat(),
            "edited_timestamp": self.at.isoformat() if self.edited else None, "embeds": [], "attachments": [],
            "mentions": [], "mention_roles": [], "mention_everyone": False, "pinned": False, "tts": False, "type": 0,
        } | ({"nonce": self.nonce} if self.nonce else {})  # fmt: skip


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["channel", "dm", "thread"]
    guild: str  # "" for a DM
    recipient: str = ""  # of a DM
    parent: str = ""
    members: set[str] = field(default_factory=set[str])  # of a private thread
    messages: dict[str, Msg] = field(default_factory=dict[str, Msg])

    def native(self, users: dict[str, User]) -> dict[str, Any]:
        """As payloads show a channel."""
        if self.kind == "dm":
            return {
                "id": self.id,
                "type": 1,
                "recipients": [users[self.recipient].native()],
                "last_message_id": None,
                "flags": 0,
            }
        if self.kind == "thread":
            meta = {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": "2026-01-01T00:00:00+00:00",
                "locked": False,
            }
            return {
                "id": self.id,
                "type": 12,
                "name": self.name,
                "guild_id": self.guild,
                "parent_id": self.parent,
                "owner_id": "1",
                "message_count": 0,
                "member_count": len(self.members),
                "thread_metadata": meta,
            }
        return {"id": self.id, "type": 0, "name": self.name, "guild_id": self.guild, "position": 0,
                "permission_overwrites": [],
                "nsfw": False, "parent_id": None, "topic": None, "rate_limit_per_user": 0, "flags": 0,
                "permissions": EVERYONE_PERMISSIONS}  # fmt: skip


@dataclass
class Guild:
    id: str
    name: str
    members: dict[str, bool] = field(default_factory=dict[str, bool])  # user id -> is admin
    commands: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@dataclass
class Interaction:
    """One interaction and what may still be done with its token."""

    id: str
    token: str
    kind: int  # 2 command, 3 component, 4 autocomplete, 5 modal
    user: str
    channel: str
    guild: str
    born: float  # monotonic
    source: str = ""  # message whose component was used
    answered: bool = False
    original: str = ""  # id of the reply that @original means
    ephemeral: bool = False
    choices: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])


@dataclass
class Modal:
    """A modal open for one user."""

    id: str
    payload: dict[str, Any]
    guild: str
    channel: str
    source: str
