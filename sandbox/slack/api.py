"""The Web API's methods: what each accepts, refuses and does."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_blocks, check_view, fill_ids
from sandbox.slack.interactions import native_view, open_view
from sandbox.slack.model import Channel, Member, Msg, Workspace
from sandbox.slack.reading import pings

if TYPE_CHECKING:
    from sandbox.slack.world import SlackWorld

Args = Mapping[str, Any]
Answer = dict[str, Any]


class ApiError(Exception):
    """`ok: false` with one of the documented codes."""

    def __init__(self, code: str, messages: list[str] | None = None) -> None:
        super().__init__(code)
        self.code, self.messages = code, messages or []


def call(world: SlackWorld, method: str, args: Args, token: str) -> Answer:
    """Runs one method. Raises ApiError."""
    if method == "apps.connections.open":
        if token != world.app_token:
            raise ApiError("invalid_auth" if token else "not_authed")
        return {"url": f"{world.base_url.replace('http', 'ws', 1)}/slack/socket?ticket={world.sockets.new_ticket()}"}
    if not token:
        raise ApiError("not_authed")
    space = next((space for space in world.spaces.values() if space.bot_token == token), None)
    if space is None:
        raise ApiError("invalid_auth")
    if space.revoked:
        raise ApiError("token_revoked")
    if (run := METHODS.get(method)) is None:
        raise ApiError("unknown_method")
    return run(world, space, args)


def _auth_test(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    return {"url": f"https://{space.name.lower()}.sandbox.invalid/", "team": space.name, "user": "steppingstone",
            "team_id": space.id, "user_id": space.bot_user, "bot_id": "B" + space.bot_user[1:],
            "is_enterprise_install": False}  # fmt: skip


def _user(space: Workspace, person: Member, *, locale: bool) -> Answer:
    names = {"name": person.name.lower(), "real_name": person.name, "profile": {"real_name": person.name}}
    more = {"locale": person.locale} if locale else {}
    return {"id": person.id, "team_id": space.id, "deleted": False, "tz": person.zone, "tz_offset": 0, "is_bot": False,
            "is_admin": person.is_admin, **names, **more}  # fmt: skip


def _users_info(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    person = space.members.get(str(args.get("user", "")))
    if person is None:
        raise ApiError("user_not_found")
    return {"user": _user(space, person, locale=_true(args.get("include_locale")))}


def _users_list(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    locale = _true(args.get("include_locale"))
    people = [_user(space, person, locale=locale) for person in space.members.values()]
    return {"members": people, "response_metadata": {"next_cursor": ""}}


def _team_info(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    return {"team": {"id": space.id, "name": space.name, "domain": space.name.lower()}}


def _true(value: Any) -> bool:
    return value is True or str(value).lower() in {"true", "1"}


def _channel(space: Workspace, args: Args) -> Channel:
    id_ = str(args.get("channel", ""))
    if id_ in space.members:
        return _open_dm(space, id_)
    channel = space.channels.get(id_)
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.archived:
        raise ApiError("is_archived")
    if channel.kind == "dm" and not all(space.members[member].dms_open for member in channel.members):
        raise ApiError("restricted_action")
    return channel


def _open_dm(space: Workspace, member: str) -> Channel:
    if not space.members[member].dms_open:
        raise ApiError("user_disabled")
    return space.dm_with(member)


def _conversations_open(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    users = args.get("users") or ""
    ids = [part for part in (users.split(",") if isinstance(users, str) else users) if part]
    if len(ids) != 1:
        raise ApiError("users_list_not_supplied" if not ids else "not_enough_users")
    if ids[0] not in space.members:
        raise ApiError("user_not_found")
    return {"channel": {"id": _open_dm(space, ids[0]).id, "is_im": True, "user": ids[0]}}


def _conversations_info(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel = space.channels.get(str(args.get("channel", "")))
    if channel is None:
        raise ApiError("channel_not_found")
    is_im = channel.kind == "dm"
    return {"channel": {"id": channel.id, "name": channel.name, "is_im": is_im, "is_archived": channel.archived}}


def _conversations_list(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    listed = [
        {"id": c.id, "name": c.name, "is_archived": c.archived} for c in space.channels.values() if c.kind == "channel"
    ]
    return {"channels": listed, "response_metadata": {"next_cursor": ""}}


def _conversations_members(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel = space.channels.get(str(args.get("channel", "")))
    if channel is None:
        raise ApiError("channel_not_found")
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


def _content(args: Args) -> tuple[str, list[dict[str, Any]]]:
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not isinstance(text, str):
        raise ApiError("invalid_arguments", ["text must be a string"])
    if complaints := check_blocks(blocks):
        raise ApiError("invalid_blocks", complaints)
    if not text.strip() and not blocks:
        raise ApiError("no_text")
    if len(text) > 40_000:
        raise ApiError("msg_too_long")
    fill_ids(blocks, "m")
    return text, blocks


def _post(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel = _channel(space, args)
    text, blocks = _content(args)
    key = str(args.get("client_msg_id") or "")
    if world.dedupe_keys and key:
        earlier = next((m for m in channel.messages.values() if m.key == key), None)
        if earlier:
            return {"channel": channel.id, "ts": earlier.ts, "message": earlier.native()}
    msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, key=key)
    msg.metadata = args.get("metadata")
    world.post(space, channel, msg)
    return {"channel": channel.id, "ts": msg.ts, "message": msg.native()}


def _post_ephemeral(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel, person = _channel(space, args), space.members.get(str(args.get("user", "")))
    if person is None or person.id not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = _content(args)
    msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, person.id)
    world.post(space, channel, msg)
    return {"message_ts": msg.ts}


def _own(world: SlackWorld, space: Workspace, args: Args, otherwise: str) -> tuple[Channel, Msg]:
    channel = _channel(space, args)
    msg = channel.messages.get(str(args.get("ts", "")))
    if msg is None or msg.only_for:
        raise ApiError("message_not_found")
    if not msg.by_bot:
        raise ApiError(otherwise)
    return channel, msg


def _update(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel, msg = _own(world, space, args, "cant_update_message")
    msg.text, msg.blocks = _content(args)
    msg.edited = True
    world.changed()
    return {"channel": channel.id, "ts": msg.ts, "text": msg.text, "message": msg.native()}


def _delete(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    channel, msg = _own(world, space, args, "cant_delete_message")
    del channel.messages[msg.ts]
    world.changed()
    return {"channel": channel.id, "ts": msg.ts}


def _view(args: Args, kind: str) -> dict[str, Any]:
    view = args.get("view")
    if complaints := check_view(view):
        raise ApiError("invalid_arguments", complaints)
    if not isinstance(view, dict) or view["type"] != kind:
        raise ApiError("invalid_arguments", [f"view must be of type {kind}"])
    return view


def _views_open(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    trigger = str(args.get("trigger_id", ""))
    who, ends = world.triggers.get(trigger, ("", 0.0))
    if not who:
        raise ApiError("invalid_trigger_id")
    if time.monotonic() > ends:
        raise ApiError("expired_trigger_id")
    view = _view(args, "modal")
    world.triggers[trigger] = (who, 0.0)  # single use: a second try finds it expired
    opened = open_view(world, space.id, who.partition("/")[2], view)
    return {"view": native_view(world, space, opened)}


def _views_update(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    view = world.views.get(str(args.get("view_id", "")))
    if view is None or view.space != space.id:
        raise ApiError("not_found")
    if args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    view.payload = _view(args, "modal")
    fill_ids(view.payload["blocks"], "b")
    view.hash, view.errors = world.next_ts(), {}
    world.changed()
    return {"view": native_view(world, space, view)}


def _views_publish(world: SlackWorld, space: Workspace, args: Args) -> Answer:
    person = space.members.get(str(args.get("user_id", "")))
    if person is None:
        raise ApiError("user_not_found")
    person.home = _view(args, "home") | {"id": world.next_id("V")}
    fill_ids(person.home["blocks"], "h")
    world.changed()
    return {"view": person.home}


METHODS: dict[str, Callable[[SlackWorld, Workspace, Args], Answer]] = {
    "auth.test": _auth_test, "users.info": _users_info, "users.list": _users_list, "team.info": _team_info,
    "conversations.open": _conversations_open, "conversations.info": _conversations_info,
    "conversations.list": _conversations_list, "conversations.members": _conversations_members,
    "chat.postMessage": _post, "chat.postEphemeral": _post_ephemeral, "chat.update": _update, "chat.delete": _delete,
    "views.open": _views_open, "views.push": _views_open, "views.update": _views_update,
    "views.publish": _views_publish,
}  # fmt: skip


def pings_of(method: str, args: Args) -> int:
    """How many people a message method would notify."""
    if method not in {"chat.postMessage", "chat.update"}:
        return 0
    loud = _true(args.get("link_names")) or args.get("parse") == "full"
    return pings(str(args.get("text") or ""), list(args.get("blocks") or []), link_names=loud)


__all__ = ["METHODS", "ApiError", "call", "pings_of"]
