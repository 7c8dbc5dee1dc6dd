"""The REST routes a bot uses: users, commands, channels, messages, threads, interaction callbacks and webhooks."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox.discord import interactions
from sandbox.discord.commands import check_commands
from sandbox.discord.interactions import RestError, read_message, refuse, rewrite
from sandbox.discord.model import Channel, Msg
from sandbox.discord.reading import pings

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

NONCE_WINDOW = 300.0  # seconds; the documentation says "a few minutes"
Path = Mapping[str, str]
Body = Any
Answer = dict[str, Any] | list[dict[str, Any]] | None
Route = Callable[["DiscordWorld", Path, Body], Answer]


def me(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return world.bot.native()


def application(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return {"id": world.bot.id, "name": "steppingstone", "description": "", "icon": None, "bot_public": True,
            "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "owner": world.bot.native(),
            "team": None,            "rpc_origins": [], "summary": ""}  # fmt: skip


def gateway(world: DiscordWorld, path: Path, body: Body) -> Answer:
    left = max(0, 1000 - world.gateway.identifies)
    limit = {"total": 1000, "remaining": left, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": world.gateway_url(), "shards": 1, "session_start_limit": limit}


def _register(world: DiscordWorld, commands: Body, guild: str = "") -> list[dict[str, Any]]:
    refuse(check_commands(commands))
    more = {"application_id": world.bot.id, "default_member_permissions": None} | ({"guild_id": guild} if guild else {})
    return [
        {"type": 1, "options": [], "nsfw": False} | c | more | {"id": world.next_id(), "version": world.next_id()}
        for c in commands
    ]


def put_commands(world: DiscordWorld, path: Path, body: Body) -> Answer:
    world.commands_global = _register(world, body)
    world.changed()
    return world.commands_global


def get_commands(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return world.commands_global


def put_guild_commands(world: DiscordWorld, path: Path, body: Body) -> Answer:
    if path["guild"] not in world.guilds:
        raise RestError(404, 10004, "Unknown Guild")
    world.guilds[path["guild"]].commands = _register(world, body, path["guild"])
    return world.guilds[path["guild"]].commands


def open_dm(world: DiscordWorld, path: Path, body: Body) -> Answer:
    if str(body.get("recipient_id")) not in world.users:
        raise RestError(404, 10013, "Unknown User")
    channel = world.dm_with(str(body["recipient_id"]))
    world.changed()
    return channel.native(world.users)


def _channel(world: DiscordWorld, path: Path) -> Channel:
    channel = world.channels.get(path["channel"])
    if channel is None:
        raise RestError(404, 10003, "Unknown Channel")
    return channel


def create_message(world: DiscordWorld, path: Path, body: Body) -> Answer:
    channel = _channel(world, path)
    if channel.kind == "dm":
        if not world.users[channel.recipient].dms_open:
            raise RestError(403, 50007, "Cannot send messages to this user")
        if not any(channel.recipient in guild.members for guild in world.guilds.values()):
            raise RestError(403, 50278, "Cannot send messages to this user due to having no mutual guilds")
    content, components, flags = read_message(body)
    nonce = str(body.get("nonce") or "")
    if len(nonce) > 25:
        refuse({"nonce": "Must be 25 or fewer in length."})
    if nonce and body.get("enforce_nonce"):
        earlier = world.by_nonce.get((channel.id, nonce))
        if earlier and time.monotonic() - earlier.sent_monotonic < NONCE_WINDOW:
            return earlier.native()
    world.pinged += pings(content, components, body.get("allowed_mentions"), reader=channel.recipient)
    msg = Msg(world.next_id(), channel.id, world.bot, world.clock.now(), content, components, flags, nonce=nonce)
    msg.sent_monotonic = time.monotonic()
    if nonce:
        world.by_nonce[channel.id, nonce] = msg
        while len(world.by_nonce) > 10_000:
            del world.by_nonce[next(iter(world.by_nonce))]
    world.post(channel, msg)
    return msg.native()


def _own(world: DiscordWorld, path: Path) -> tuple[Channel, Msg]:
    channel = _channel(world, path)
    msg = channel.messages.get(path["message"])
    if msg is None or msg.only_for:
        raise RestError(404, 10008, "Unknown Message")
    if msg.author is not world.bot:
        raise RestError(403, 50005, "Cannot edit a message authored by another user")
    return channel, msg


def edit_message(world: DiscordWorld, path: Path, body: Body) -> Answer:
    channel, msg = _own(world, path)
    rewrite(world, channel, msg, body)
    return msg.native()


def get_message(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return _own(world, path)[1].native()


def delete_message(world: DiscordWorld, path: Path, body: Body) -> Answer:
    channel, msg = _own(world, path)
    del channel.messages[msg.id]
    world.changed()
    return None


def list_messages(world: DiscordWorld, path: Path, body: Body) -> Answer:
    shown = [m for m in _channel(world, path).messages.values() if not m.only_for]
    return [m.native() for m in reversed(shown[-50:])]


def get_channel(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return _channel(world, path).native(world.users)


def create_thread(world: DiscordWorld, path: Path, body: Body) -> Answer:
    parent = _channel(world, path)
    if not isinstance(body.get("name"), str) or not 1 <= len(body["name"]) <= 100:
        refuse({"name": "Must be between 1 and 100 in length."})
    thread = Channel(world.next_id(), body["name"], "thread", parent.guild, parent=parent.id)
    world.channels[thread.id] = thread
    return thread.native(world.users)


def add_to_thread(world: DiscordWorld, path: Path, body: Body) -> Answer:
    thread = _channel(world, path)
    if path["user"] not in world.guilds[thread.guild].members:
        raise RestError(404, 10013, "Unknown User")
    thread.members.add(path["user"])
    world.changed()
    return None


def get_member(world: DiscordWorld, path: Path, body: Body) -> Answer:
    guild = world.guilds.get(path["guild"])
    if guild is None or path["user"] not in guild.members:
        raise RestError(404, 10007, "Unknown Member")
    return world.member_payload(guild.id, world.users[path["user"]])


def get_user(world: DiscordWorld, path: Path, body: Body) -> Answer:
    if path["user"] not in world.users:
        raise RestError(404, 10013, "Unknown User")
    return world.users[path["user"]].native()


def follow_up(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return interactions.follow_up(world, interactions.live(world, path["token"]), body).native()


def _answer_of(world: DiscordWorld, path: Path) -> tuple[Channel, Msg]:
    made = interactions.live(world, path["token"])
    channel = world.channels[made.channel]
    msg = channel.messages.get(made.original if path["message"] == "@original" else path["message"])
    if msg is None or msg.author is not world.bot:
        raise RestError(404, 10008, "Unknown Message")
    return channel, msg


def edit_answer(world: DiscordWorld, path: Path, body: Body) -> Answer:
    channel, msg = _answer_of(world, path)
    rewrite(world, channel, msg, body)
    return msg.native()


def get_answer(world: DiscordWorld, path: Path, body: Body) -> Answer:
    return _answer_of(world, path)[1].native()


def delete_answer(world: DiscordWorld, path: Path, body: Body) -> Answer:
    channel, msg = _answer_of(world, path)
    del channel.messages[msg.id]
    world.changed()
    return None


ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/users/@me"): me,
    ("GET", "/oauth2/applications/@me"): application,
    ("GET", "/applications/@me"): application,
    ("GET", "/gateway"): gateway,
    ("GET", "/gateway/bot"): gateway,
    ("PUT", "/applications/{app}/commands"): put_commands,
    ("GET", "/applications/{app}/commands"): get_commands,
    ("PUT", "/applications/{app}/guilds/{guild}/commands"): put_guild_commands,
    ("POST", "/users/@me/channels"): open_dm,
    ("GET", "/channels/{channel}"): get_channel,
    ("GET", "/channels/{channel}/messages"): list_messages,
    ("POST", "/channels/{channel}/messages"): create_message,
    ("GET", "/channels/{channel}/messages/{message}"): get_message,
    ("PATCH", "/channels/{channel}/messages/{message}"): edit_message,
    ("DELETE", "/channels/{channel}/messages/{message}"): delete_message,
    ("POST", "/channels/{channel}/threads"): create_thread,
    ("PUT", "/channels/{channel}/thread-members/{user}"): add_to_thread,
    ("GET", "/guilds/{guild}/members/{user}"): get_member,
    ("GET", "/users/{user}"): get_user,
}
WITHOUT_TOKEN: dict[tuple[str, str], Route] = {
    ("POST", "/webhooks/{app}/{token}"): follow_up,
    ("PATCH", "/webhooks/{app}/{token}/messages/{message}"): edit_answer,
    ("GET", "/webhooks/{app}/{token}/messages/{message}"): get_answer,
    ("DELETE", "/webhooks/{app}/{token}/messages/{message}"): delete_answer,
}
