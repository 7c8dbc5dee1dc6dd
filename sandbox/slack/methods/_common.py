"""What every method shares: its description, its error, and reading a channel or user out of the arguments."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.slack.model import Channel, Member, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

Args = Mapping[str, Any]
Answer = dict[str, Any]
MOST_IN_PAGE = 1000
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}  # calls a minute, a method and workspace


class ApiError(Exception):
    """`ok: false` with one of the documented codes; `more` goes into the answer beside it."""

    def __init__(self, code: str, messages: list[str] | None = None, **more: Any) -> None:
        super().__init__(code)
        self.code, self.messages, self.more = code, messages or [], more


@dataclass(frozen=True)
class Method:
    """One method: what it does, its tier (0: a rule of its own), and the scopes of which a token needs one."""

    run: Callable[[SlackState, Workspace, Args], Answer]
    tier: int
    scopes: tuple[str, ...] = ()


def require_scope(space: Workspace, scope: str) -> None:
    """Where one method needs another scope for each kind of conversation. Raises missing_scope."""
    granted = space.grant.scopes
    if granted is not None and scope not in granted:
        raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(granted)))


def true(value: Any) -> bool:
    """How Slack reads a boolean argument."""
    return value is True or str(value).lower() in {"true", "1"}


def person_of(space: Workspace, args: Args, key: str = "user") -> Member:
    """The member an argument names. Raises user_not_found."""
    person = space.members.get(str(args.get(key, "")))
    if person is None:
        raise ApiError("user_not_found")
    return person


def conversation(space: Workspace, args: Args, key: str = "channel") -> Channel:
    """The channel an argument names, whatever its state. Raises channel_not_found."""
    named = str(args.get(key, ""))
    channel = space.channels.get(named)
    if named.startswith("#"):
        channel = next((c for c in space.channels.values() if c.kind == "channel" and c.name == named[1:]), None)
    if channel is None or (channel.kind == "private" and not channel.has_bot):
        raise ApiError("channel_not_found")
    return channel


def open_dm(space: Workspace, person: Member) -> Channel:
    """The direct conversation with a person. Raises user_disabled or user_not_visible."""
    if person.gone or not person.dms_open:
        raise ApiError("user_disabled")
    if person.home_team:
        raise ApiError("user_not_visible")  # Slack Connect: no direct messages without an accepted invitation
    return space.dm_with(person.id)


def writable(space: Workspace, args: Args) -> Channel:
    """Where a message may be posted; a user id opens the direct conversation. Raises the documented codes."""
    id_ = str(args.get("channel", ""))
    if id_ in space.members:
        return open_dm(space, space.members[id_])
    channel = conversation(space, args)
    if channel.archived:
        raise ApiError("is_archived")
    if not channel.has_bot:
        raise ApiError("not_in_channel")
    if channel.kind == "dm":
        person = space.members[next(iter(channel.members))]
        if person.gone:
            raise ApiError("is_archived")  # a deactivated member's conversations are archived
        if not person.dms_open:
            raise ApiError("restricted_action")
    return channel


def ids(value: Any) -> list[str]:
    """A list argument: an array, or words with commas between."""
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [str(item).strip() for item in items if str(item).strip()]


def page(items: list[Answer], args: Args, key: str) -> Answer:
    """One page of a list with `limit` and an opaque cursor. Raises invalid_cursor or invalid_limit."""
    limit, cursor = str(args.get("limit") or 100), str(args.get("cursor") or "next:0")
    if not re.fullmatch(r"[0-9]{1,4}", limit) or not 1 <= int(limit) <= MOST_IN_PAGE:
        raise ApiError("invalid_limit")
    if not re.fullmatch(r"next:[0-9]{1,9}", cursor):
        raise ApiError("invalid_cursor")
    start = int(cursor.removeprefix("next:"))
    following = f"next:{start + int(limit)}" if start + int(limit) < len(items) else ""
    return {key: items[start : start + int(limit)], "response_metadata": {"next_cursor": following}}
