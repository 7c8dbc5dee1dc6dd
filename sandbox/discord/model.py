"""The things a Discord guild consists of, and how payloads show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sandbox.discord.permissions import EVERYONE, INVITED, Overwrite, mask

EPHEMERAL, LOADING, V2 = 1 << 6, 1 << 7, 1 << 15
SINCE = "2026-01-01T00:00:00+00:00"


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
                "avatar": None, "discriminator": "0", "bot": self.bot, "public_flags": 0, "flags": 0,
                "primary_guild": None, "banner": None, "accent_color": None,
                "avatar_decoration_data": None}  # fmt: skip


@dataclass
class Attachment:
    """A file on a message. `url` is served by the sandbox."""

    id: str
    filename: str
    body: bytes | None  # None once it was forgotten
    mimetype: str
    url: str
    description: str = ""
    size: int = 0

    def native(self) -> dict[str, Any]:
        """As payloads show an attachment."""
        more = {"description": self.description} if self.description else {}
        return {"id": self.id, "filename": self.filename, "size": self.size, "url": self.url,
                "proxy_url": self.url, "content_type": self.mimetype} | more  # fmt: skip


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
    edited: datetime | None = None
    nonce: str = ""
    sent: float = 0.0  # age of the clock
    embeds: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    attachments: list[Attachment] = field(default_factory=list[Attachment])
    webhook: str = ""  # application id, of answers to interactions
    interaction: dict[str, Any] | None = None  # interaction_metadata
    reference: dict[str, Any] | None = None
    thread: dict[str, Any] | None = None
    mentions: list[User] = field(default_factory=list[User])  # those it really notifies
    mentions_all: bool = False

    def native(self) -> dict[str, Any]:
        """As REST and payloads show a message."""
        more: dict[str, Any] = {"nonce": self.nonce} if self.nonce else {}
        if self.webhook:
            more |= {"webhook_id": self.webhook, "application_id": self.webhook}
        if self.interaction:
            more["interaction_metadata"] = self.interaction
        if self.reference:
            more["message_reference"] = self.reference
        if self.thread:
            more["thread"] = self.thread
        return {
            "id": self.id, "channel_id": self.channel, "author": self.author.native(), "content": self.content,
            "components": self.components, "flags": self.flags, "timestamp": self.at.isoformat(),
            "edited_timestamp": self.edited.isoformat() if self.edited else None, "embeds": self.embeds,
            "attachments": [a.native() for a in self.attachments], "mention_roles": [],
            "mentions": [user.native() for user in self.mentions],
            "mention_everyone": self.mentions_all, "pinned": False, "tts": False, "type": 19 if self.reference else 0,
        } | more  # fmt: skip


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["channel", "dm", "thread"]
    guild: str  # "" for a DM
    recipient: str = ""  # of a DM
    parent: str = ""
    members: set[str] = field(default_factory=set[str])  # of a thread
    messages: dict[str, Msg] = field(default_factory=dict[str, Msg])
    overwrites: dict[str, Overwrite] = field(default_factory=dict[str, Overwrite])  # role id -> what it changes
    private: bool = False  # a private thread
    invitable: bool = True  # of a private thread: those in it may bring others
    archive_after: int = 1440  # minutes
    archived: bool = False
    locked: bool = False

    def native(self, users: dict[str, User]) -> dict[str, Any]:
        """As payloads show a channel."""
        last = next(reversed(self.messages), None)
        if self.kind == "dm":
            people = [users[self.recipient].native()]
            return {"id": self.id, "type": 1, "recipients": people, "last_message_id": last, "flags": 0}
        if self.kind == "thread":
            meta = {"archived": self.archived, "auto_archive_duration": self.archive_after, "archive_timestamp": SINCE,
                    "locked": self.locked, "create_timestamp": SINCE} | (
                        {"invitable": self.invitable} if self.private else {})  # fmt: skip
            count = len(self.messages)
            return {"id": self.id, "type": 12 if self.private else 11, "name": self.name, "guild_id": self.guild,
                    "parent_id": self.parent, "owner_id": self.recipient or "1", "message_count": count,
                    "member_count": len(self.members), "thread_metadata": meta, "flags": 0, "total_message_sent": count,
                    "rate_limit_per_user": 0, "last_message_id": last}  # fmt: skip
        denied = [
            {"id": role, "type": 0, "allow": str(o.allow), "deny": str(o.deny)} for role, o in self.overwrites.items()
        ]
        return {"id": self.id, "type": 0, "name": self.name, "guild_id": self.guild, "position": 0,
                "permission_overwrites": denied, "nsfw": False, "parent_id": None, "topic": None,
                "rate_limit_per_user": 0, "flags": 0, "last_message_id": last}  # fmt: skip


@dataclass
class Role:
    """A role; `managed` ones belong to a bot."""

    id: str
    name: str
    permissions: int
    position: int = 0
    managed: bool = False

    def native(self) -> dict[str, Any]:
        """As payloads show a role."""
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {"id": self.id, "name": self.name, "permissions": str(self.permissions), "position": self.position,
                "color": 0, "colors": colors, "hoist": False, "managed": self.managed, "mentionable": False,
                "icon": None, "unicode_emoji": None, "flags": 0}  # fmt: skip


@dataclass
class Guild:
    id: str
    name: str
    members: dict[str, bool] = field(default_factory=dict[str, bool])  # user id -> is admin
    gone: dict[str, bool] = field(default_factory=dict[str, bool])  # those who left
    commands: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    roles: dict[str, Role] = field(default_factory=dict[str, Role])
    given: dict[str, set[str]] = field(default_factory=dict[str, set[str]])  # user id -> role ids beside @everyone
    has_bot: bool = True

    def __post_init__(self) -> None:
        self.roles[self.id] = Role(self.id, "@everyone", mask(EVERYONE))
        bot_role = str(int(self.id) + 1)
        self.roles[bot_role] = Role(bot_role, "bot", mask(INVITED), 1, managed=True)

    @property
    def bot_role(self) -> Role:
        """The role Discord made when the bot was invited."""
        return next(role for role in self.roles.values() if role.managed)


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
    age: float  # age of the clock
    source: str = ""  # message whose component was used
    answered: bool = False
    original: str = ""  # id of the reply that @original means
    ephemeral: bool = False
    choices: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    messages: set[str] = field(default_factory=set[str])  # those its token may edit


@dataclass
class Modal:
    """A modal open for one user."""

    id: str
    payload: dict[str, Any]
    guild: str
    channel: str
    source: str
