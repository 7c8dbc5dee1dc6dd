"""The REST routes a bot uses: users, commands, channels, messages, threads, members, webhooks of interactions."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.discord import answers, guilds, registering, threads
from sandbox.discord.calls import Answer, Call, Route, channel_of
from sandbox.discord.messages import RestError, read_message, refuse, rewrite
from sandbox.discord.model import EPHEMERAL, Channel, Msg
from sandbox.discord.reading import words_of

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

NONCE_WINDOW = 300.0  # seconds; the documentation says "a few minutes"
NONCES = 10_000  # remembered


def me(world: DiscordWorld, call: Call) -> Answer:
    return world.bot.native() | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def application(world: DiscordWorld, call: Call) -> Answer:
    count = sum(1 for guild in world.guilds.values() if guild.has_bot)
    return {
        "id": world.bot.id, "name": world.bot.name, "description": "", "icon": None, "bot_public": True,
        "bot_require_code_grant": False, "verify_key": "0" * 64, "flags": 0, "flags_new": "0", "team": None,
        "owner": world.bot.native(), "type": None, "bot": world.bot.native(), "redirect_uris": [], "rpc_origins": [],
        "summary": "", "interactions_endpoint_url": None, "role_connections_verification_url": None,
        "approximate_guild_count": count, "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
    }  # fmt: skip


def gateway(world: DiscordWorld, call: Call) -> Answer:
    return {"url": world.gateway_url()}


def gateway_bot(world: DiscordWorld, call: Call) -> Answer:
    left = world.gateway.identifies.left(world.clock.age())
    limit = {"total": world.gateway.identifies.limit, "remaining": left, "reset_after": 86_400_000,
             "max_concurrency": world.gateway.concurrency}  # fmt: skip
    return {"url": world.gateway_url(), "shards": world.gateway.recommended, "session_start_limit": limit}


def open_dm(world: DiscordWorld, call: Call) -> Answer:
    person = world.users.get(str(call.body.get("recipient_id")))
    if person is None or person.bot:
        raise RestError(404, 10013, "Unknown User") if person is None else RestError(400, 50007, "Cannot DM a bot")
    if person.id not in world.dms and world.enforce_limits and not world.rates.new_dm(world.clock.age()):
        raise RestError(403, 40003, "You are opening direct messages too fast.")
    channel = world.dm_with(person.id)
    world.changed()
    return channel.native(world.users)


def create_message(world: DiscordWorld, call: Call) -> Answer:
    channel, body = channel_of(world, call), call.body
    if channel.kind == "dm":
        world.require_dm(channel)
    else:
        world.require(channel, "SEND_MESSAGES_IN_THREADS" if channel.kind == "thread" else "SEND_MESSAGES")
        world.require(
            channel, *(["ATTACH_FILES"] if call.files else []), *(["EMBED_LINKS"] if body.get("embeds") else [])
        )
    if channel.locked:
        raise RestError(400, 50083, "Thread is archived")
    read = read_message(world, body, channel.id, files=call.files)
    nonce = str(body.get("nonce") or "")
    if len(nonce) > 25:
        refuse({"nonce": "Must be 25 or fewer in length."})
    if nonce and body.get("enforce_nonce"):
        earlier = world.by_nonce.get((channel.id, nonce))
        if earlier and world.clock.age() - earlier.sent < NONCE_WINDOW:
            if earlier.id not in channel.messages:
                raise RestError(404, 10008, "Unknown Message")
            return earlier.native()
    reference = _reference(channel, body)
    flags = read.flags & ~EPHEMERAL  # only an interaction's answer can be private
    msg = Msg(world.next_id(), channel.id, world.bot, world.clock.now(), read.content, read.components, flags)
    msg.nonce, msg.sent, msg.embeds, msg.reference = nonce, world.clock.age(), read.embeds, reference
    world.pinged += world.mention(channel, msg, words_of(read.content, read.components), body.get("allowed_mentions"))
    if channel.private:
        channel.members |= {user.id for user in msg.mentions}  # who is mentioned in a private thread comes in
    world.keep_files(msg, read.attachments)
    if nonce:
        world.by_nonce[channel.id, nonce] = msg
        while len(world.by_nonce) > NONCES:
            del world.by_nonce[next(iter(world.by_nonce))]
    channel.archived = False
    world.post(channel, msg)
    return msg.native()


def _reference(channel: Channel, body: Mapping[str, Any]) -> dict[str, Any] | None:
    given = body.get("message_reference")
    if not given:
        return None
    if str(given.get("message_id")) not in channel.messages:
        if given.get("fail_if_not_exists", True):
            refuse({"message_reference": "Unknown message"})
        return None
    where = {"guild_id": channel.guild} if channel.guild else {}
    return {"type": 0, "channel_id": channel.id, "message_id": str(given["message_id"])} | where


def _message(world: DiscordWorld, call: Call, *, own: bool = True) -> tuple[Channel, Msg]:
    channel = channel_of(world, call)
    msg = channel.messages.get(call.path["message"])
    if msg is None or msg.only_for:
        raise RestError(404, 10008, "Unknown Message")
    if own and msg.author is not world.bot:
        raise RestError(403, 50005, "Cannot edit a message authored by another user")
    return channel, msg


def edit_message(world: DiscordWorld, call: Call) -> Answer:
    channel, msg = _message(world, call)
    rewrite(world, channel, msg, call.body, call.files)
    return msg.native()


def get_message(world: DiscordWorld, call: Call) -> Answer:
    return _message(world, call, own=False)[1].native()


def delete_message(world: DiscordWorld, call: Call) -> Answer:
    channel, msg = _message(world, call, own=False)
    if msg.author is not world.bot:
        world.require(channel, "MANAGE_MESSAGES")
    world.remove(channel, msg)
    return None


def list_messages(world: DiscordWorld, call: Call) -> Answer:
    channel = channel_of(world, call)
    limit = call.query.get("limit", "50")
    if not limit.isdecimal() or not 1 <= int(limit) <= 100:
        refuse({"limit": "int value should be between 1 and 100."})
    if not world.may(channel, "READ_MESSAGE_HISTORY"):
        return []
    shown = [m for m in channel.messages.values() if not m.only_for]
    if "before" in call.query:
        shown = [m for m in shown if int(m.id) < int(call.query["before"])]
    if "after" in call.query:
        shown = [m for m in shown if int(m.id) > int(call.query["after"])][: int(limit)]
    return [m.native() for m in reversed(shown[-int(limit) :])]


def typing(world: DiscordWorld, call: Call) -> Answer:
    channel_of(world, call, "SEND_MESSAGES")
    return None


def get_channel(world: DiscordWorld, call: Call) -> Answer:
    return channel_of(world, call).native(world.users)


def get_user(world: DiscordWorld, call: Call) -> Answer:
    if call.path["user"] not in world.users:
        raise RestError(404, 10013, "Unknown User")
    return world.users[call.path["user"]].native()


def follow_up(world: DiscordWorld, call: Call) -> Answer:
    made = answers.live(world, call.path["token"])
    return answers.follow_up(world, made, call.body, call.files).native()


def _answer_of(world: DiscordWorld, call: Call) -> tuple[Channel, Msg]:
    return answers.answer_of(world, answers.live(world, call.path["token"]), call.path["message"])


def edit_answer(world: DiscordWorld, call: Call) -> Answer:
    channel, msg = _answer_of(world, call)
    rewrite(world, channel, msg, call.body, call.files)
    return msg.native()


def get_answer(world: DiscordWorld, call: Call) -> Answer:
    return _answer_of(world, call)[1].native()


def delete_answer(world: DiscordWorld, call: Call) -> Answer:
    channel, msg = _answer_of(world, call)
    world.remove(channel, msg)
    return None


_MESSAGES, _MESSAGE = "/channels/{channel}/messages", "/channels/{channel}/messages/{message}"
_ANSWER = "/webhooks/{app}/{token}/messages/{message}"
ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/users/@me"): me,
    ("GET", "/oauth2/applications/@me"): application,
    ("GET", "/applications/@me"): application,
    ("GET", "/gateway"): gateway,
    ("GET", "/gateway/bot"): gateway_bot,
    ("POST", "/users/@me/channels"): open_dm,
    ("GET", "/users/{user}"): get_user,
    ("GET", "/channels/{channel}"): get_channel,
    ("GET", _MESSAGES): list_messages,
    ("POST", _MESSAGES): create_message,
    ("GET", _MESSAGE): get_message,
    ("PATCH", _MESSAGE): edit_message,
    ("DELETE", _MESSAGE): delete_message,
    ("POST", "/channels/{channel}/typing"): typing,
    **registering.ROUTES,
    **guilds.ROUTES,
    **threads.ROUTES,
}
WITHOUT_TOKEN: dict[tuple[str, str], Route] = {
    ("POST", "/webhooks/{app}/{token}"): follow_up,
    ("PATCH", _ANSWER): edit_answer,
    ("GET", _ANSWER): get_answer,
    ("DELETE", _ANSWER): delete_answer,
}
