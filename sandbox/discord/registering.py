"""Application commands over REST: the whole list at once, or one of them; for everybody or for one guild."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.discord.calls import Answer, Call
from sandbox.discord.commands import check_commands
from sandbox.discord.messages import RestError, refuse

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld


def _registered(world: DiscordWorld, commands: list[dict[str, Any]], guild: str) -> list[dict[str, Any]]:
    refuse(check_commands(commands))
    made: list[dict[str, Any]] = []
    for given in commands:
        defaults = {"type": 1, "options": [], "nsfw": False, "default_member_permissions": None, "description": ""}
        fixed = {"application_id": world.bot.id, "id": world.next_id(), "version": world.next_id()}
        where: dict[str, Any] = {"guild_id": guild} if guild else {"contexts": given.get("contexts")}
        made.append(defaults | given | fixed | {key: value for key, value in where.items() if value is not None})
        if made[-1].get("contexts", 0) is None:
            del made[-1]["contexts"]
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
    known[:] = _registered(world, call.body, call.path.get("guild", ""))
    world.changed()
    return known


def get_commands(world: DiscordWorld, call: Call) -> Answer:
    return _commands_of(world, call)


def post_command(world: DiscordWorld, call: Call) -> Answer:
    known = _commands_of(world, call)
    others = [command for command in known if command["name"] != call.body.get("name")]
    refuse(check_commands([*others, call.body]))
    known[:] = [*others, *_registered(world, [call.body], call.path.get("guild", ""))]
    world.changed()
    return known[-1]


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
