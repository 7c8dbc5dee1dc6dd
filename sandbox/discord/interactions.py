"""What a person's deed becomes on the gateway, and what the bot's callback does to what they see."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.discord.commands import parse
from sandbox.discord.components import AUTO_SELECTS, SELECT
from sandbox.discord.model import Channel, Interaction, Msg, User
from sandbox.discord.permissions import ALL, EVERYONE, mask
from sandbox.discord.reading import options_of, walk
from sandbox.world import Refused

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

WINDOW = 3.0  # seconds to the first callback
KEPT = 5000  # interactions remembered
COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
NAMES = {COMMAND: "command", COMPONENT: "component", AUTOCOMPLETE: "autocomplete", MODAL: "modal"}


async def ask(
    world: DiscordWorld, kind: int, user: User, channel: Channel, guild: str, data: dict[str, Any],
    source: Msg | None = None,
) -> Interaction:  # fmt: skip
    """Sends INTERACTION_CREATE and waits for the first callback, 3 seconds at most."""
    token, started = secrets.token_urlsafe(48), time.monotonic()
    made = Interaction(world.next_id(), token, kind, user.id, channel.id, guild, started, world.clock.age())
    made.source = source.id if source else ""
    world.interactions[token] = made
    while len(world.interactions) > KEPT:
        del world.interactions[next(iter(world.interactions))]
    answered = asyncio.get_running_loop().create_future()
    world.waiting[made.id] = answered
    await world.gateway.emit("INTERACTION_CREATE", _payload(world, made, user, channel, data, source), guild)
    ok = True
    try:
        await asyncio.wait_for(answered, WINDOW)
    except TimeoutError:
        ok = False
        if kind != AUTOCOMPLETE:
            world.note_failure(channel, user, "The application did not respond")
    finally:
        world.waiting.pop(made.id, None)
    what = f"{NAMES[kind]} {data.get('name', '')}".strip()
    took = round((time.monotonic() - started) * 1000, 1)
    error = "" if ok else "timeout" if world.connected() else "not connected"
    world.told.note(what, ok=ok, error=error, member=f"{guild}/{user.id}", attempt=0, ms=took)
    return made


def _payload(
    world: DiscordWorld, made: Interaction, user: User, channel: Channel, data: dict[str, Any], source: Msg | None
) -> dict[str, Any]:
    guild = world.guilds.get(made.guild)
    bits = world.bot_permissions(guild, channel) if guild else ALL
    where = channel.native(world.users)
    payload: dict[str, Any] = {
        "id": made.id, "application_id": world.bot.id, "type": made.kind, "token": made.token, "version": 1,
        "data": data, "channel_id": channel.id, "channel": where,
        "app_permissions": str(bits), "locale": user.locale, "entitlements": [], "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {"0": made.guild or "0"}, "context": 0 if guild else 1,
    }  # fmt: skip
    if guild is not None:
        features: list[str] = []
        about = {"id": guild.id, "locale": "en-US", "features": features}
        rights = str(ALL if guild.members.get(user.id) else mask(EVERYONE))
        member = world.member_payload(guild.id, user) | {"permissions": rights}
        payload |= {"guild_id": guild.id, "guild_locale": "en-US", "guild": about, "member": member}
    else:
        payload["user"] = user.native()
    return payload | ({"message": source.native()} if source is not None else {})


async def command(world: DiscordWorld, user: User, guild: str, channel: Channel, line: str) -> None:
    """A slash command."""
    declared, options, _ = parse(world.commands_in(guild), line, world.ids_in(guild))
    if not guild and not _in_dms(declared):
        raise Refused("this command works in servers, not in direct messages")
    needed = declared.get("default_member_permissions")
    if guild and needed is not None and not world.guilds[guild].members.get(user.id):
        raise Refused("you do not have permission to use this command")
    data = _command_data(world, declared, options, guild)
    await ask(world, COMMAND, user, channel, guild, data)


def _in_dms(declared: Mapping[str, Any]) -> bool:
    contexts = declared.get("contexts")
    if contexts is not None:
        return 1 in contexts
    return declared.get("dm_permission", True) is not False and not declared.get("guild_id")


def _command_data(
    world: DiscordWorld, declared: Mapping[str, Any], options: list[dict[str, Any]], guild: str
) -> dict[str, Any]:
    data: dict[str, Any] = {"id": declared["id"], "name": declared["name"], "type": 1, "options": options}
    data |= {"guild_id": guild} if declared.get("guild_id") else {}
    leaves = options
    while leaves and leaves[0]["type"] in {1, 2}:
        leaves = leaves[0]["options"]
    resolved = resolve(world, guild, [leaf["value"] for leaf in leaves if leaf["type"] in {6, 7, 8, 9}])
    return data | ({"resolved": resolved} if resolved else {})


def resolve(world: DiscordWorld, guild: str, ids: Sequence[str]) -> dict[str, Any]:
    """Users with their membership, roles and channels that a payload names by id."""
    found: dict[str, dict[str, Any]] = {"users": {}, "members": {}, "roles": {}, "channels": {}}
    here = world.guilds.get(guild)
    for id_ in ids:
        if id_ in world.users:
            found["users"][id_] = world.users[id_].native()
            if here and id_ in here.members:
                member = world.member_payload(guild, world.users[id_]) | {"permissions": str(mask(EVERYONE))}
                found["members"][id_] = {
                    key: value for key, value in member.items() if key not in {"user", "deaf", "mute"}
                }
        elif here and id_ in here.roles:
            found["roles"][id_] = here.roles[id_].native()
        elif id_ in world.channels:
            found["channels"][id_] = world.channels[id_].native(world.users) | {"permissions": str(ALL)}
    return {key: value for key, value in found.items() if value}


async def complete(world: DiscordWorld, user: User, guild: str, channel: Channel, line: str) -> list[tuple[str, str]]:
    """Suggestions of the bot for the option being typed."""
    try:
        declared, options, focused = parse(world.commands_in(guild), line, partly=True)
    except Refused:
        return []
    if focused is None:
        return []
    leaf = options
    while leaf and leaf[0]["type"] in {1, 2}:
        leaf = leaf[0]["options"]
    if focused.get("choices"):
        typed = str(leaf[-1]["value"]).lower()
        fitting = (choice for choice in focused["choices"] if typed in str(choice["name"]).lower())
        return [(str(choice["value"]), str(choice["name"])) for choice in fitting]
    if not focused.get("autocomplete"):
        return []
    leaf[-1]["focused"] = True
    data = {"id": declared["id"], "name": declared["name"], "type": 1, "options": options}
    made = await ask(world, AUTOCOMPLETE, user, channel, guild, data)
    return [(str(choice["value"]), str(choice["name"])) for choice in made.choices]


async def press(world: DiscordWorld, user: User, guild: str, msg: Msg, control: str, values: Sequence[str]) -> None:
    """A button or select."""
    item = next((c for c in walk(msg.components) if c.get("custom_id") == control), None)
    if item is None or item.get("disabled"):
        raise Refused("this control is no longer there")
    data: dict[str, Any] = {"custom_id": control, "component_type": item["type"], "id": item["id"]}
    if item["type"] in {SELECT, *AUTO_SELECTS}:
        known = {value for value, _ in options_of(item, world.offered(guild))}
        if not set(values) <= known or not item["min_values"] <= len(values) <= item["max_values"]:
            raise Refused("choose from the list")
        data["values"] = list(values)
        if item["type"] in AUTO_SELECTS:
            data["resolved"] = resolve(world, guild, values)
    channel = world.channels[msg.channel]
    await ask(world, COMPONENT, user, channel, guild if channel.kind != "dm" else "", data, msg)
