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


@dataclass(frozen=True)
class Room:
    """A channel, thread or DM that one person can open."""

    id: str
    name: str
    kind: Literal["channel", "dm", "thread"]


@dataclass(frozen=True)
class Control:
    """A thing one can press or choose inside a message. `id` is unique inside that message."""

    id: str  # Slack action_id (with block_id where needed), Discord custom_id
    kind: Literal["button", "link", "select"]
    label: str
    options: tuple[tuple[str, str], ...] = ()  # (value, label)
    disabled: bool = False


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


@dataclass(frozen=True)
class Field:
    """One question of an open dialog."""

    id: str  # the id under which a value is submitted
    label: str
    kind: Literal["text", "paragraph", "select", "multiselect"]
    required: bool
    value: str | tuple[str, ...] = ""  # what the bot prefilled
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    min_length: int = 0
    max_length: int = 4000


@dataclass(frozen=True)
class Dialog:
    """A modal that is open for one person."""

    id: str
    title: str
    fields: tuple[Field, ...]
    native: Native
    errors: Mapping[str, str] = field(default_factory=dict[str, str])  # field id -> what the bot said is wrong


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

    def residents(self) -> Sequence[Resident]: ...
    def rooms(self, member: str) -> Sequence[Room]: ...
    def messages(self, member: str, place: str) -> Sequence[Seen]: ...
    def dialog(self, member: str) -> Dialog | None: ...
    def commands(self, member: str) -> Sequence[CommandHint]: ...
    async def complete(self, member: str, text: str) -> Sequence[tuple[str, str]]:
        """Autocomplete for a half-typed command line: (text to insert, label). Asks the bot on Discord."""
        ...

    async def say(self, member: str, place: str, text: str) -> None:
        """Types into the box: `/nudge pause 3d` runs a command, anything else is an ordinary message.
        On Discord options may be written `/role name:mle` or positionally `/role mle`."""
        ...

    async def press(self, member: str, message: str, control: str, values: Sequence[str] = ()) -> None: ...
    async def submit(self, member: str, answers: Mapping[str, str | Sequence[str]]) -> None:
        """Submits the open dialog; answers by field id. Missing ids keep the prefilled value."""
        ...

    async def dismiss(self, member: str) -> None: ...
    def set_dms_open(self, member: str, open_: bool) -> None: ...
    def ledger(self) -> Sequence[Mapping[str, Any]]:
        """Every request the bot made, oldest first: {n, at (ISO, sandbox clock), monotonic, method, path or api
        method, ok, error, key (nonce / client_msg_id), place, message, pings}. `pings` counts the people a
        message would have notified: user, role, channel-wide mentions that the platform would honour."""
        ...

    def faults(self) -> Faults: ...
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
    then go on), rate_limit (429 with Retry-After `seconds`), drop_before (close before accepting).
    """

    match: str
    kind: Literal["drop", "drop_before", "status", "stall", "rate_limit"]
    times: int = 1
    status: int = 500
    seconds: float = 0.0


class Faults(Protocol):
    """The queue of faults of one world."""

    def add(self, fault: Fault) -> None: ...
    def clear(self) -> None: ...
    def pending(self) -> Sequence[Fault]: ...
    def drop_connections(self) -> None:
        """Closes every bot connection at once, as in a platform outage."""
        ...
