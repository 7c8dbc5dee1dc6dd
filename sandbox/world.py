"""What the page, the tests and the load generator may do in either world, said once for both platforms.

Each platform's world is pure Python: members, places, messages, member actions, the clock and the faults.
The protocol layer on top speaks to the bot; everything here speaks for the people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

Native = Mapping[str, Any]  # a message or view exactly as the bot sent it, for the page to draw
Trouble = Literal[
    "drop", "half_open", "warning", "refresh", "link_disabled", "reconnect", "invalid_session", "revoke", "restore"
]


@dataclass(frozen=True)
class Resident:
    """One person of a workspace or guild, as the page lists them."""

    id: str
    name: str
    locale: str  # "en-US", "zh-CN" as the platform reports it
    zone: str  # IANA; on Discord known to the page only, never told to the bot
    space: str  # workspace or guild id
    space_name: str
    dms_open: bool = True
    is_admin: bool = False
    stranger: bool = False  # Slack Connect: seen in shared channels, belongs to another workspace
    gone: bool = False  # has left, or was deactivated


@dataclass(frozen=True)
class Room:
    """A place that one person can open."""

    id: str
    name: str
    kind: Literal["channel", "private", "dm", "group", "thread", "home"]
    parent: str = ""  # of a Discord thread: the channel it hangs on
    archived: bool = False
    members: tuple[str, ...] = ()  # names, of a group message and a private thread; the bot last when it is in it


@dataclass(frozen=True)
class File:
    """A file a message carries."""

    id: str
    name: str
    url: str  # served by the sandbox
    mimetype: str
    size: int  # bytes
    alt: str = ""


@dataclass(frozen=True)
class Control:
    """A thing one can press or choose inside a message. `id` is unique inside that message."""

    id: str  # Slack "block_id/action_id", Discord custom_id
    kind: Literal["button", "link", "select", "date", "time", "datetime", "text"]
    label: str
    options: tuple[tuple[str, str], ...] = ()  # (value, label); of user and channel selects too
    disabled: bool = False
    least: int = 1  # how many of the options must be chosen at once
    most: int = 1
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seen:
    """One message as one person sees it."""

    id: str
    place: str
    author: str  # display name
    by_bot: bool
    text: str  # everything readable in it, markup kept raw, parts joined by newlines
    controls: tuple[Control, ...]
    only_you: bool
    edited: bool
    at: datetime  # sandbox clock, aware UTC
    native: Native
    thread: str = ""  # Slack: the root this one replies to; Discord: the thread that hangs on this message
    replies: int = 0
    files: tuple[File, ...] = ()
    told: tuple[str, ...] = ()  # user ids it mentions so that the platform tells them


@dataclass(frozen=True)
class Field:
    """One question of an open dialog."""

    id: str  # the id under which a value is submitted
    label: str
    kind: Literal["text", "paragraph", "select", "multiselect", "number", "email", "url", "date", "time", "datetime"]
    required: bool
    value: str | tuple[str, ...] = ""  # what the bot prefilled
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    min_length: int = 0
    max_length: int = 4000
    most: int = 100  # of a multiselect: how many may be chosen


@dataclass(frozen=True)
class Dialog:
    """A modal that is open for one person."""

    id: str
    title: str
    fields: tuple[Field, ...]
    native: Native
    errors: Mapping[str, str] = field(default_factory=dict[str, str])  # field id -> what the bot said is wrong
    submit: str = "Send"
    close: str = "Cancel"
    depth: int = 1  # Slack stacks up to three
    controls: tuple[Control, ...] = ()  # what can be pressed inside it: `press` with the dialog's id as message
    files: tuple[File, ...] = ()  # what its images show


@dataclass(frozen=True)
class CommandHint:
    """One line of the completion list shown after `/`."""

    name: str  # "nudge pause"
    description: str
    options: tuple[tuple[str, str, bool], ...] = ()  # (name, description, required)
    usage: str = ""


class Refused(Exception):
    """The client itself refuses what the person tried (a required field left empty, a text over the limit, a
    closed modal): the bot never hears of it, as on the real platform."""


class World(Protocol):
    """One platform. Every id is a string; every method that reaches the bot returns when the bot has acknowledged
    or the platform's 3 seconds are over (the member then sees the platform's own failure note)."""

    platform: Literal["slack", "discord"]
    enforce_limits: bool  # rate limits of the platform; a load test may take them off

    def residents(self) -> Sequence[Resident]: ...
    def rooms(self, member: str) -> Sequence[Room]: ...
    def messages(self, member: str, place: str) -> Sequence[Seen]: ...
    def names(self, member: str) -> Mapping[str, str]:
        """How mentioned ids read to this person: users, channels, roles."""
        ...

    def dialog(self, member: str) -> Dialog | None: ...
    def commands(self, member: str) -> Sequence[CommandHint]: ...
    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Autocomplete for a half-typed command line: (text to insert, label). Asks the bot on Discord."""
        ...

    async def say(self, member: str, place: str, text: str, thread: str = "") -> None:
        """Types into the box: `/nudge pause 3d` runs a command, anything else is an ordinary message; `thread` is the
        message it replies to (Slack; a Discord thread is a place). On Discord options may be written
        `/role name:mle` or positionally `/role mle`."""
        ...

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None: ...
    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Submits the open dialog; answers by field id. Missing ids keep the prefilled value."""
        ...

    async def dismiss(self, member: str) -> None: ...
    async def open_home(self, member: str) -> None:
        """Looks at the app's home; nothing on Discord, which has none."""
        ...

    def set_dms_open(self, member: str, open_: bool) -> None: ...
    async def change_member(self, member: str, *, zone: str = "", locale: str = "", name: str = "") -> None:
        """A person moves, changes language or name; the bot hears of it where the platform tells."""
        ...

    async def join(self, member: str, name: str, locale: str, zone: str) -> None:
        """Somebody new comes into a space: `member` is "<space>/<user>"."""
        ...

    async def leave(self, member: str) -> None:
        """A person leaves the space (or is deactivated); their messages stay."""
        ...

    def count(self, member: str, place: str) -> int:
        """How many messages of the bot this person sees in a place; cheap."""
        ...

    def ledger(self, newest: int = ...) -> Sequence[Mapping[str, Any]]:
        """Every request the bot made (or the newest few), oldest first: {n, at (ISO, sandbox clock), monotonic, method
        (path or API method), ok, error, key (nonce / client_msg_id), place, message, pings, fault}. `pings` counts the
        people a message would have notified: user, role, channel-wide mentions that the platform would honour."""
        ...

    def deliveries(self, newest: int = ...) -> Sequence[Mapping[str, Any]]:
        """Everything the platform told the bot, oldest first: {n, at, monotonic, method (what), ok, error, member,
        attempt, ms}; `n` counts on in one row with the ledger's."""
        ...

    def faults(self) -> Faults: ...
    async def trouble(self, kind: Trouble) -> None:
        """Does something to the bot's connections or tokens at once. drop: cuts the sockets; half_open: they stay
        open and say nothing any more; revoke, restore: the token. Slack: warning, refresh, link_disabled. Discord:
        reconnect (op 7), invalid_session (op 9)."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Called after anything a person could see changed."""
        ...

    def connected(self) -> int:
        """How many live bot connections (Socket Mode sockets, gateway sessions)."""
        ...


@dataclass
class Fault:
    """One scripted misbehaviour, used up after `times` hits. `match` is a substring of the API method or path.

    kinds: drop (accept, then close the socket without an answer), status (answer `status`), stall (wait `seconds`,
    then go on), rate_limit (429 with Retry-After `seconds`, or with `retry_after` as it is, "" leaves it out),
    drop_before (close before accepting), lose (accept, carry out, then answer `status`: the bot is told it failed
    although it did not), refuse (answer the platform's own `code`: Slack's word; Discord's number, with `status`).
    """

    match: str
    kind: Literal["drop", "drop_before", "status", "stall", "rate_limit", "lose", "refuse"]
    times: int = 1
    status: int = 500
    seconds: float = 0.0
    code: str = ""
    retry_after: str | None = None


class Faults(Protocol):
    """The queue of faults of one world."""

    def add(self, fault: Fault) -> None: ...
    def clear(self) -> None: ...
    def pending(self) -> Sequence[Fault]: ...
    def drop_connections(self) -> None:
        """Closes every bot connection at once, as in a platform outage."""
        ...
