"""Guilds over REST: their channels, roles and members."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.discord.calls import Answer, Call
from sandbox.discord.messages import RestError

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld


def get_guild(world: DiscordWorld, call: Call) -> Answer:
    return world.guild_native(world.guild(call.path["guild"]))


def get_roles(world: DiscordWorld, call: Call) -> Answer:
    return [role.native() for role in world.guild(call.path["guild"]).roles.values()]


def get_guild_channels(world: DiscordWorld, call: Call) -> Answer:
    guild = world.guild(call.path["guild"])
    shown = [c for c in world.channels.values() if c.guild == guild.id and c.kind == "channel"]
    return [c.native(world.users) for c in shown if world.may(c, "VIEW_CHANNEL")]


def get_member(world: DiscordWorld, call: Call) -> Answer:
    guild, user = world.guild(call.path["guild"]), call.path["user"]
    if user not in {*guild.members, world.bot.id}:
        raise RestError(404, 10007, "Unknown Member")
    return world.member_payload(guild.id, world.users[user])


def list_members(world: DiscordWorld, call: Call) -> Answer:
    guild = world.guild(call.path["guild"])
    if not world.gateway.allow_privileged:
        raise RestError(403, 50001, "Missing Access")
    limit, after = int(call.query.get("limit", "1")), int(call.query.get("after", "0"))
    known = sorted((u for u in guild.members if int(u) > after), key=int)
    return [world.member_payload(guild.id, world.users[u]) for u in known[:limit]]


def give_role(world: DiscordWorld, call: Call) -> Answer:
    guild, given = _role_change(world, call)
    given.add(call.path["role"])
    world.member_changed(guild, call.path["user"])
    return None


def take_role(world: DiscordWorld, call: Call) -> Answer:
    guild, given = _role_change(world, call)
    given.discard(call.path["role"])
    world.member_changed(guild, call.path["user"])
    return None


def _role_change(world: DiscordWorld, call: Call) -> tuple[str, set[str]]:
    guild, user = world.guild(call.path["guild"]), call.path["user"]
    if user not in guild.members:
        raise RestError(404, 10007, "Unknown Member")
    role = guild.roles.get(call.path["role"])
    if role is None:
        raise RestError(404, 10011, "Unknown Role")
    if not world.guild_may(guild, "MANAGE_ROLES") or role.position >= guild.bot_role.position:
        raise RestError(403, 50013, "Missing Permissions")
    return guild.id, guild.given.setdefault(user, set())


_ROLE = "/guilds/{guild}/members/{user}/roles/{role}"
ROUTES = {
    ("GET", "/guilds/{guild}"): get_guild,
    ("GET", "/guilds/{guild}/roles"): get_roles,
    ("GET", "/guilds/{guild}/channels"): get_guild_channels,
    ("GET", "/guilds/{guild}/members"): list_members,
    ("GET", "/guilds/{guild}/members/{user}"): get_member,
    ("PUT", _ROLE): give_role,
    ("DELETE", _ROLE): take_role,
}
