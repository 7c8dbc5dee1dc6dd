"""conversations.*: opening direct and group messages, and what can be learned about a channel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.slack.methods._common import (
    Answer,
    ApiError,
    Args,
    Method,
    conversation,
    ids,
    open_dm,
    page,
    require_scope,
    true,
)
from sandbox.slack.model import Channel, Msg, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
KINDS = {"channel": "channels", "private": "groups", "dm": "im", "group": "mpim"}  # as scopes call them
MOST_IN_GROUP = 8  # people in a group message besides the bot


def _open(world: SlackState, space: Workspace, args: Args) -> Answer:
    if args.get("channel"):
        return {"channel": conversation(space, args).native()}
    people = ids(args.get("users"))
    if not people:
        raise ApiError("users_list_not_supplied")
    if len(people) > MOST_IN_GROUP:
        raise ApiError("too_many_users")
    people = list(dict.fromkeys(people))
    require_scope(space, "im:write" if len(people) == 1 else "mpim:write")
    for id_ in people:
        if id_ not in space.members:
            raise ApiError("user_not_found")
    channel = open_dm(space, space.members[people[0]]) if len(people) == 1 else _group(world, space, people)
    shown = channel.native() if true(args.get("return_im")) else {"id": channel.id}
    return {"channel": shown, "no_op": bool(channel.messages), "already_open": bool(channel.messages)}


def _group(world: SlackState, space: Workspace, people: list[str]) -> Channel:
    if any(space.members[id_].gone for id_ in people):
        raise ApiError("user_disabled")
    if any(space.members[id_].home_team for id_ in people):
        raise ApiError("user_not_visible")
    known = next((c for c in space.channels.values() if c.kind == "group" and c.members == set(people)), None)
    if known is None:
        names = "--".join(space.members[id_].name.lower() for id_ in people)
        known = Channel(world.next_id("G"), f"mpdm-{names}-1", "group", set(people))
        space.channels[known.id] = known
        world.changed()
    return known


def _info(world: SlackState, space: Workspace, args: Args) -> Answer:
    return {"channel": conversation(space, args).native()}


def _list(world: SlackState, space: Workspace, args: Args) -> Answer:
    kinds = {"public_channel": "channel", "private_channel": "private", "im": "dm", "mpim": "group"}
    wanted = {kinds.get(kind, "") for kind in ids(args.get("types")) or ["public_channel"]}
    if "" in wanted:
        raise ApiError("invalid_types")
    listed = [
        channel.native()
        for channel in space.channels.values()
        if channel.kind in wanted
        and (channel.has_bot or channel.kind == "channel")
        and not (channel.archived and true(args.get("exclude_archived")))
    ]
    return page(listed, args, "channels")


def _members(world: SlackState, space: Workspace, args: Args) -> Answer:
    members = [*sorted(conversation(space, args).members), space.bot_user]
    shown = page([{"id": id_} for id_ in members], args, "members")
    return shown | {"members": [member["id"] for member in shown["members"]]}


def _join(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel = conversation(space, args)
    if channel.archived:
        raise ApiError("is_archived")
    if channel.kind != "channel":
        raise ApiError("method_not_supported_for_channel_type")
    channel.has_bot = True
    return {"channel": channel.native()}


def _history(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel = conversation(space, args)
    require_scope(space, f"{KINDS[channel.kind]}:history")
    if not channel.has_bot:
        raise ApiError("not_in_channel")
    shown = [m for m in channel.messages.values() if not m.only_for and (not m.thread or m.broadcast)]
    return _some(world, list(reversed(shown)), args)


def _replies(world: SlackState, space: Workspace, args: Args) -> Answer:
    channel, root = conversation(space, args), str(args.get("ts", ""))
    require_scope(space, f"{KINDS[channel.kind]}:history")
    if root not in channel.messages or channel.messages[root].only_for:
        raise ApiError("thread_not_found")
    shown = [m for m in channel.messages.values() if not m.only_for and root in {m.ts, m.thread}]
    return _some(world, shown, args)


def _some(world: SlackState, shown: list[Msg], args: Args) -> Answer:
    """A page of messages between `oldest` and `latest`, which count only with `inclusive`."""
    oldest, latest = (_ts(args, key) for key in ("oldest", "latest"))
    edge = true(args.get("inclusive"))
    kept = [m for m in shown if (not oldest or float(m.ts) > oldest or (edge and float(m.ts) == oldest))]
    kept = [m for m in kept if (not latest or float(m.ts) < latest or (edge and float(m.ts) == latest))]
    answer = page([m.native(world.base_url) for m in kept], args, "messages")
    return answer | {"has_more": bool(answer["response_metadata"]["next_cursor"])}


def _ts(args: Args, key: str) -> float:
    value = str(args.get(key) or 0)
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", value):
        raise ApiError(f"invalid_ts_{key}")
    return float(value)


METHODS = {
    "conversations.open": Method(_open, 3, ("im:write", "mpim:write", "channels:manage")),
    "conversations.info": Method(_info, 3, _READ),
    "conversations.list": Method(_list, 2, _READ),
    "conversations.members": Method(_members, 4, _READ),
    "conversations.join": Method(_join, 3, ("channels:join",)),
    "conversations.history": Method(_history, 3, _HISTORY),
    "conversations.replies": Method(_replies, 3, _HISTORY),
}
