"""Application commands over REST: the whole list at once, or one of them; for everybody or for one guild."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.discord.calls import Answer, Call, Created
from sandbox.discord.commands import check_commands
from sandbox.discord.messages import RestError, refuse

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld


def _registered(
    world: DiscordWorld, commands: list[dict[str, Any]], guild: str, before: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """As Discord keeps them: a name that was there keeps its id, a new one counts against the day's creations."""
    refuse(check_commands(commands))
    ids = {(command["type"], command["name"]): command["id"] for command in before}
    made: list[dict[str, Any]] = []
    for given in commands:
        kind = given.get("type") or 1
        known = ids.get((kind, given["name"]))
        if known is None and world.enforce_limits and not world.rates.new_command(guild, world.clock.age()):
            message = "Max number of daily application command creates has been reached (200)"
            body = {"message": message, "code": 30034, "retry_after": 3600.0, "global": False}
            raise RestError(429, 30034, message, body)
        empty = {"options": [], "nsfw": False, "default_member_permissions": None, "description": ""}
        fixed = {
            "type": kind,
            "application_id": world.bot.id,
            "id": known or world.next_id(),
            "version": world.next_id(),
        }
        said = {key: value for key, value in given.items() if value is not None}
        made.append(empty | said | fixed | ({"guild_id": guild} if guild else {}))
    return made


def _commands_of(world: DiscordWorld, call: Call) -> list[dict[str, Any]]:
    """The list a path means; it may be changed in place. Raises 10004, 10002."""
    if call.path["app"] != world.bot.id:
        raise RestError(404, 10002, "Unknown Application")
    if "guild" not in call.path:
        return world.commands_global
    return world.guild(call.path["guild"]).commands


def put_commands(world: DiscordWorld, call: Call) -> Answer:
    known = _commands_of(world, call)
    known[:] = _registered(world, call.body, call.path.get("guild", ""), known)
    world.changed()
    return known


def get_commands(world: DiscordWorld, call: Call) -> Answer:
    return _commands_of(world, call)


def post_command(world: DiscordWorld, call: Call) -> Answer:
    known = _commands_of(world, call)
    others = [command for command in known if command["name"] != call.body.get("name")]
    refuse(check_commands([*others, call.body]))
    same = len(others) < len(known)
    known[:] = [*others, *_registered(world, [call.body], call.path.get("guild", ""), known)]
    world.changed()
    return known[-1] if same else Created(known[-1])


def delete_command(world: DiscordWorld, call: Call) -> Answer:
    known = _commands_of(world, call)
    found = next((command for command in known if command["id"] == call.path["command"]), None)
    if found is None:
        raise RestError(404, 10063, "Unknown application command")
    known.remove(found)
    world.changed()
    return None


_EVERYWHERE = "/applications/{app}/commands"
_IN_GUILD = "/applications/{app}/guilds/{guild}/commands"
ROUTES = {
    **{("PUT", path): put_commands for path in (_EVERYWHERE, _IN_GUILD)},
    **{("GET", path): get_commands for path in (_EVERYWHERE, _IN_GUILD)},
    **{("POST", path): post_command for path in (_EVERYWHERE, _IN_GUILD)},
    **{("DELETE", path + "/{command}"): delete_command for path in (_EVERYWHERE, _IN_GUILD)},
}
