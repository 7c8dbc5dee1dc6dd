"""The things a Slack workspace consists of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass
class Member:
    id: str
    name: str
    locale: str
    zone: str
    dms_open: bool
    is_admin: bool
    home: dict[str, Any] | None = None


@dataclass
class Msg:
    ts: str
    channel: str
    user: str  # member id, or the bot's user id
    by_bot: bool
    at: datetime
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    only_for: str = ""  # member id of an ephemeral message
    edited: bool = False
    key: str = ""
    metadata: dict[str, Any] | None = None

    def native(self) -> dict[str, Any]:
        """As the Web API and payloads show it."""
        more: dict[str, Any] = {"edited": {"user": self.user, "ts": self.ts}} if self.edited else {}
        bot: dict[str, Any] = {"bot_id": "B" + self.user[1:]} if self.by_bot else {}
        return (
            {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "blocks": self.blocks} | bot | more
        )


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["channel", "dm"]
    members: set[str]
    messages: dict[str, Msg] = field(default_factory=dict[str, Msg])
    archived: bool = False


@dataclass
class Workspace:
    id: str
    name: str
    bot_token: str
    bot_user: str
    app_id: str
    members: dict[str, Member] = field(default_factory=dict[str, Member])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    revoked: bool = False

    def dm_with(self, member: str) -> Channel:
        """The direct conversation of the bot and a member, opened on first use."""
        id_ = "D" + self.id[1:] + member
        if id_ not in self.channels:
            self.channels[id_] = Channel(id_, member, "dm", {member})
        return self.channels[id_]


@dataclass
class View:
    """An open modal of one member."""

    id: str
    space: str
    member: str
    payload: dict[str, Any]
    hash: str
    errors: dict[str, str] = field(default_factory=dict[str, str])  # block id -> sentence


@dataclass
class ResponseUrl:
    """What one response_url may still do: five uses within thirty minutes."""

    space: str
    channel: str
    member: str
    message: str  # ts of the message it may replace, "" for commands
    expires: float  # monotonic
    uses: int = 0
