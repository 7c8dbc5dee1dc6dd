"""Threads over REST: starting one, who is in it, changing and archiving it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.discord.calls import Answer, Call, Created, channel_of
from sandbox.discord.messages import RestError, refuse
from sandbox.discord.model import SINCE, Channel

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

ARCHIVE_AFTER = {60, 1440, 4320, 10080}  # minutes


def _thread(world: DiscordWorld, call: Call) -> Channel:
    thread = channel_of(world, call)
    if thread.kind != "thread":
        raise RestError(400, 50024, "Cannot execute action on this channel type")
    return thread


def _start(world: DiscordWorld, parent: Channel, body: Any, *, private: bool, on: str = "") -> Channel:
    if parent.kind != "channel":
        raise RestError(400, 50024, "Cannot execute action on this channel type")
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        refuse({"name": "Must be between 1 and 100 in length."})
    if (body.get("auto_archive_duration") or 1440) not in ARCHIVE_AFTER:
        refuse({"auto_archive_duration": f"Value must be one of {sorted(ARCHIVE_AFTER)}."})
    world.require(parent, "CREATE_PRIVATE_THREADS" if private else "CREATE_PUBLIC_THREADS")
    thread = Channel(on or world.next_id(), name, "thread", parent.guild, world.bot.id, parent.id, {world.bot.id})
    thread.private, thread.invitable = private, body.get("invitable") is not False
    thread.archive_after = body.get("auto_archive_duration") or 1440
    world.channels[thread.id] = thread
    world.tell("THREAD_CREATE", thread.native(world.users) | {"newly_created": True}, thread.guild)
    return thread


def create(world: DiscordWorld, call: Call) -> Answer:
    """A thread of its own: private (12) unless the type says public (11)."""
    kind = call.body.get("type", 12)
    if kind not in {11, 12}:
        refuse({"type": "Value must be one of {11, 12}."})
    return Created(_start(world, channel_of(world, call), call.body, private=kind == 12).native(world.users))


def create_from(world: DiscordWorld, call: Call) -> Answer:
    """A public thread that hangs on a message."""
    parent = channel_of(world, call)
    msg = parent.messages.get(call.path["message"])
    if msg is None or msg.only_for:
        raise RestError(404, 10008, "Unknown Message")
    if msg.thread:
        raise RestError(400, 160004, "A thread has already been created for this message")
    thread = _start(world, parent, call.body, private=False, on=msg.id)  # Discord gives it the message's id
    msg.thread = thread.native(world.users)
    world.changed()
    return Created(msg.thread)


def add(world: DiscordWorld, call: Call) -> Answer:
    """A member comes in."""
    thread, user = _thread(world, call), call.path["user"]
    user = world.bot.id if user == "@me" else user
    if user != world.bot.id and user not in world.guilds[thread.guild].members:
        raise RestError(404, 10013, "Unknown User")
    if thread.archived:
        raise RestError(400, 50083, "Thread is archived")
    world.require(thread, "SEND_MESSAGES_IN_THREADS")
    thread.members.add(user)
    world.changed()
    return None


def remove(world: DiscordWorld, call: Call) -> Answer:
    """A member goes: by who made a private thread, or by MANAGE_THREADS."""
    thread, user = _thread(world, call), call.path["user"]
    if thread.archived:
        raise RestError(400, 50083, "Thread is archived")
    if user != "@me" and not (thread.private and thread.recipient == world.bot.id):
        world.require(thread, "MANAGE_THREADS")
    thread.members.discard(world.bot.id if user == "@me" else user)
    world.changed()
    return None


def _native(thread: Channel, user: str) -> dict[str, Any]:
    return {"id": thread.id, "user_id": user, "join_timestamp": SINCE, "flags": 0}


def member(world: DiscordWorld, call: Call) -> Answer:
    """Whether somebody is in it."""
    thread, user = _thread(world, call), call.path["user"]
    if user not in thread.members:
        raise RestError(404, 10007, "Unknown Member")
    return _native(thread, user)


def members(world: DiscordWorld, call: Call) -> Answer:
    """Everybody in it."""
    thread = _thread(world, call)
    return [_native(thread, user) for user in sorted(thread.members)]


def change(world: DiscordWorld, call: Call) -> Answer:
    """Its name, archived, locked. Its owner may; otherwise MANAGE_THREADS is needed."""
    thread, body = _thread(world, call), call.body
    if thread.recipient != world.bot.id or "locked" in body:
        world.require(thread, "MANAGE_THREADS")
    if "name" in body and not 1 <= len(str(body["name"])) <= 100:
        refuse({"name": "Must be between 1 and 100 in length."})
    thread.name = str(body.get("name", thread.name))
    thread.archived = bool(body.get("archived", thread.archived))
    thread.locked = bool(body.get("locked", thread.locked))
    world.tell("THREAD_UPDATE", thread.native(world.users), thread.guild)
    return thread.native(world.users)


def delete(world: DiscordWorld, call: Call) -> Answer:
    """Gone, with everything in it."""
    thread = _thread(world, call)
    if thread.recipient != world.bot.id:
        world.require(thread, "MANAGE_THREADS")
    world.forget(thread)
    kind = 12 if thread.private else 11
    gone = {"id": thread.id, "guild_id": thread.guild, "parent_id": thread.parent, "type": kind}
    world.tell("THREAD_DELETE", gone, thread.guild)
    return thread.native(world.users)


def active(world: DiscordWorld, call: Call) -> Answer:
    """Those of a guild that are not archived."""
    guild = world.guild(call.path["guild"])
    shown = [c for c in world.channels.values() if c.guild == guild.id and c.kind == "thread" and not c.archived]
    mine = [_native(c, world.bot.id) for c in shown if world.bot.id in c.members]
    return {"threads": [c.native(world.users) for c in shown], "members": mine, "has_more": False}


def archived(world: DiscordWorld, call: Call) -> Answer:
    """Private ones below a channel that are archived and have us in them, newest first."""
    parent = channel_of(world, call, "READ_MESSAGE_HISTORY")
    here = [c for c in world.channels.values() if c.kind == "thread" and c.parent == parent.id and c.private]
    mine = [c for c in here if c.archived and world.bot.id in c.members]
    mine = [c for c in mine if int(c.id) < int(call.query.get("before") or 1 << 63)]
    limit = int(call.query.get("limit") or 50)
    shown = sorted(mine, key=lambda c: -int(c.id))[:limit]
    members = [_native(c, world.bot.id) for c in shown]
    return {"threads": [c.native(world.users) for c in shown], "members": members, "has_more": len(mine) > limit}


_MEMBERS = "/channels/{channel}/thread-members"
ROUTES = {
    ("POST", "/channels/{channel}/threads"): create,
    ("POST", "/channels/{channel}/messages/{message}/threads"): create_from,
    ("PUT", _MEMBERS + "/{user}"): add,
    ("DELETE", _MEMBERS + "/{user}"): remove,
    ("GET", _MEMBERS + "/{user}"): member,
    ("GET", _MEMBERS): members,
    ("PATCH", "/channels/{channel}"): change,
    ("DELETE", "/channels/{channel}"): delete,
    ("GET", "/guilds/{guild}/threads/active"): active,
    ("GET", "/channels/{channel}/users/@me/threads/archived/private"): archived,
}
