"""The things a Slack workspace consists of."""

from __future__ import annotations

import time
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
    home_values: dict[str, Any] = field(default_factory=dict[str, Any])
    home_team: str = ""  # of a Slack Connect stranger: the workspace they belong to
    gone: bool = False


@dataclass
class Upload:
    """A file, from the address it is uploaded to until it is shared."""

    id: str
    space: str
    name: str
    length: int  # bytes, as announced
    alt: str = ""
    title: str = ""
    body: bytes | None = None
    completed: bool = False
    ready: float = 0.0  # monotonic: Slack has looked at it

    @property
    def showable(self) -> bool:
        """Whether a block may show it."""
        return self.completed and time.monotonic() >= self.ready

    @property
    def mimetype(self) -> str:
        """By the name's ending."""
        kinds = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "csv": "text/csv",
                 "ics": "text/calendar", "pdf": "application/pdf", "md": "text/markdown"}  # fmt: skip
        return kinds.get(self.name.rpartition(".")[2].lower(), "text/plain")


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
    thread: str = ""  # ts of the root it replies to
    broadcast: bool = False  # a reply shown in the channel too
    replies: int = 0
    files: list[Upload] = field(default_factory=list[Upload])
    values: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])  # member -> controls used

    def native(self, base_url: str = "") -> dict[str, Any]:
        """As the Web API and payloads show it."""
        more: dict[str, Any] = {"edited": {"user": self.user, "ts": self.ts}} if self.edited else {}
        if self.by_bot:
            more |= {"bot_id": "B" + self.user[1:], "app_id": "A0SANDBOX"}
        if self.thread or self.replies:
            more |= {"thread_ts": self.thread or self.ts}
        if self.replies:
            more |= {"reply_count": self.replies}
        if self.files:
            more |= {"files": [native_file(file, base_url) for file in self.files]}
        if self.metadata:
            more |= {"metadata": self.metadata}
        return {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "blocks": self.blocks} | more


def native_file(file: Upload, base_url: str) -> dict[str, Any]:
    """As the Web API shows a file."""
    url = f"{base_url}/slack/files/{file.space}/{file.id}/{file.name}"
    kind = file.mimetype if file.showable else ""
    return {
        "id": file.id, "name": file.name, "title": file.title or file.name, "mimetype": kind,
        "size": file.length, "url_private": url, "url_private_download": url, "mode": "hosted", "alt_txt": file.alt,
        "filetype": file.name.rpartition(".")[2].lower(), "is_external": False, "is_public": False, "permalink": url,
    }  # fmt: skip


@dataclass
class Channel:
    id: str
    name: str
    kind: Literal["channel", "private", "dm", "group"]
    members: set[str]
    messages: dict[str, Msg] = field(default_factory=dict[str, Msg])
    archived: bool = False
    has_bot: bool = True

    def native(self) -> dict[str, Any]:
        """As the Web API shows a conversation."""
        kinds = {"is_channel": self.kind == "channel", "is_group": self.kind == "private",
                 "is_im": self.kind == "dm", "is_mpim": self.kind == "group"}  # fmt: skip
        one = {"user": next(iter(self.members), "")} if self.kind == "dm" else {"name": self.name}
        private = self.kind != "channel"
        return {"id": self.id, "is_archived": self.archived, "is_member": self.has_bot, "is_private": private,
                "num_members": len(self.members) + self.has_bot} | kinds | one  # fmt: skip


@dataclass
class Scheduled:
    """A message that will be posted by itself."""

    id: str
    channel: str
    post_at: int  # Unix seconds
    args: dict[str, Any]


@dataclass
class Grant:
    """What a token may do, and how long. Rotating ones live twelve hours and are renewed with `refresh`."""

    token: str
    scopes: frozenset[str] | None  # None: everything, when no manifest says otherwise
    expires: float | None = None  # age of the clock
    refresh: str = ""


@dataclass
class Workspace:
    id: str
    name: str
    bot_token: str
    bot_user: str
    app_id: str
    grant: Grant
    members: dict[str, Member] = field(default_factory=dict[str, Member])
    channels: dict[str, Channel] = field(default_factory=dict[str, Channel])
    uploads: dict[str, Upload] = field(default_factory=dict[str, Upload])
    scheduled: dict[str, Scheduled] = field(default_factory=dict[str, Scheduled])
    looks_at_files: float = 0.0  # seconds Slack looks at an uploaded file before a block may show it
    places: dict[str, str] = field(default_factory=dict[str, str])  # ts -> channel id
    installed: bool = True
    revoked: bool = False

    @property
    def showable(self) -> frozenset[str]:
        """The files a block may show."""
        return frozenset(file.id for file in self.uploads.values() if file.showable)

    def dm_with(self, member: str) -> Channel:
        """The direct conversation of the bot and a member, opened on first use."""
        id_ = "D" + self.id[1:] + member
        if id_ not in self.channels:
            self.channels[id_] = Channel(id_, member, "dm", {member})
        return self.channels[id_]

    def at(self, ts: str) -> tuple[Channel, Msg] | None:
        """A message wherever it stands."""
        channel = self.channels.get(self.places.get(ts, ""))
        msg = channel.messages.get(ts) if channel else None
        return (channel, msg) if channel and msg else None


@dataclass
class View:
    """An open modal of one member."""

    id: str
    space: str
    member: str
    payload: dict[str, Any]
    hash: str
    root: str
    previous: str = ""
    errors: dict[str, str] = field(default_factory=dict[str, str])  # block id -> sentence
    values: dict[str, Any] = field(default_factory=dict[str, Any])  # state.values of controls used so far


@dataclass
class ResponseUrl:
    """What one response_url may still do: five uses within thirty minutes."""

    space: str
    channel: str
    member: str
    message: str  # ts of the message it may replace, "" for commands
    expires: float  # age of the clock
    uses: int = 0
