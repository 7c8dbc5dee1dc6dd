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
from sandbox.discord.components import AUTO_SELECTS, SELECT, Complaints, check_modal
from sandbox.discord.components import complete as complete_components
from sandbox.discord.messages import NO_FILES, Files, RestError, read_message, refuse, rewrite
from sandbox.discord.model import EPHEMERAL, LOADING, Channel, Interaction, Modal, Msg, User
from sandbox.discord.permissions import ALL, EVERYONE, mask
from sandbox.discord.reading import options_of, walk, words_of
from sandbox.world import Refused

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

WINDOW, TOKEN_LIFE = 3.0, 900.0
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


def callback(
    world: DiscordWorld, id_: str, token: str, body: Mapping[str, Any], files: Files = NO_FILES
) -> dict[str, Any]:
    """The first answer to an interaction. Raises RestError."""
    made = world.interactions.get(token)
    if made is None or made.id != id_ or (not made.answered and time.monotonic() - made.born > WINDOW):
        raise RestError(404, 10062, "Unknown interaction")
    if made.answered:
        raise RestError(400, 40060, "Interaction has already been acknowledged.")
    kind, data = body.get("type"), dict(body.get("data") or {})
    user, channel = world.users[made.user], _place(world, made)
    match kind:
        case 4 if made.kind != AUTOCOMPLETE:
            msg = _message(world, made, data, channel, user, files)
            made.original, made.ephemeral = msg.id, bool(msg.flags & EPHEMERAL)
            world.post(channel, msg)
        case 5 if made.kind != AUTOCOMPLETE:
            flags = int(data.get("flags") or 0) & EPHEMERAL
            msg = Msg(world.next_id(), channel.id, world.bot, world.clock.now(), flags=flags | LOADING)
            msg.only_for, msg.webhook, msg.interaction = (user.id if flags else ""), world.bot.id, _about(world, made)
            made.original, made.ephemeral = msg.id, bool(flags)
            made.messages.add(msg.id)
            world.post(channel, msg)
        case 6 if made.kind in {COMPONENT, MODAL} and made.source:
            made.original = made.source
        case 7 if made.kind in {COMPONENT, MODAL} and made.source:
            source = channel.messages.get(made.source)
            if source is None:
                raise RestError(404, 10008, "Unknown Message")
            made.original, made.ephemeral = made.source, bool(source.only_for)
            rewrite(world, channel, source, data, files)
        case 8 if made.kind == AUTOCOMPLETE:
            made.choices = _choices(data)
        case 9 if made.kind in {COMMAND, COMPONENT}:
            refuse(check_modal(data))
            components = list(data["components"])
            complete_components(components)
            modal = Modal(world.next_id(), data | {"components": components}, made.guild, made.channel, made.source)
            world.modals[made.user] = modal
        case _:
            refuse({"type": "This callback type is not valid here"})
    made.answered = True
    if (waiting := world.waiting.get(made.id)) is not None and not waiting.done():
        waiting.set_result(None)
    world.changed()
    return _answered(made, kind, channel)


def _place(world: DiscordWorld, made: Interaction) -> Channel:
    channel = world.channels.get(made.channel)
    if channel is None:
        raise RestError(404, 10003, "Unknown Channel")  # the thread was deleted in the meantime
    return channel


def answer_of(world: DiscordWorld, made: Interaction, named: str) -> tuple[Channel, Msg]:
    """A message an interaction's token may read, edit and delete. Raises 10008."""
    channel = _place(world, made)
    msg = channel.messages.get(made.original if named == "@original" else named)
    if msg is None or msg.id not in {*made.messages, made.original}:
        raise RestError(404, 10008, "Unknown Message")
    return channel, msg


def _answered(made: Interaction, kind: Any, channel: Channel) -> dict[str, Any]:
    shown = channel.messages.get(made.original)
    about: dict[str, Any] = {"id": made.id, "type": made.kind}
    if made.original:
        loading = bool(shown and shown.flags & LOADING)
        about |= {"response_message_id": made.original, "response_message_loading": loading,
                  "response_message_ephemeral": made.ephemeral}  # fmt: skip
    if shown and kind in {4, 7}:
        return {"interaction": about, "resource": {"type": kind, "message": shown.native()}}
    return {"interaction": about}


def _about(world: DiscordWorld, made: Interaction) -> dict[str, Any]:
    """interaction_metadata of an answer."""
    kind = {COMMAND: 2, COMPONENT: 3, MODAL: 5}.get(made.kind, 2)
    about: dict[str, Any] = {"id": made.id, "type": kind, "user": world.users[made.user].native(),
                             "authorizing_integration_owners": {"0": made.guild or "0"}}  # fmt: skip
    if kind == COMPONENT:
        about["interacted_message_id"] = made.source
    if kind == MODAL:
        about["triggering_interaction_metadata"] = {key: about[key] for key in about if key != "type"} | {"type": 2}
    return about


def _choices(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices = list(data.get("choices") or [])
    bad: Complaints = {} if len(choices) <= 25 else {"choices": "Must be 25 or fewer in length."}
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if not 1 <= len(str(choice.get(key, ""))) <= 100:
                bad[f"choices.{index}.{key}"] = "Must be between 1 and 100 in length."
    refuse(bad)
    return choices


def _message(
    world: DiscordWorld, made: Interaction, data: Mapping[str, Any], channel: Channel, user: User, files: Files
) -> Msg:
    read = read_message(world, data, channel.id, files=files)
    msg = Msg(world.next_id(), channel.id, world.bot, world.clock.now(), read.content, read.components, read.flags)
    msg.only_for = user.id if read.flags & EPHEMERAL else ""
    msg.embeds, msg.webhook, msg.interaction = read.embeds, world.bot.id, _about(world, made)
    world.pinged += world.mention(channel, msg, words_of(read.content, read.components), data.get("allowed_mentions"))
    world.keep_files(msg, read.attachments)
    made.messages.add(msg.id)
    return msg


def follow_up(world: DiscordWorld, made: Interaction, data: Mapping[str, Any], files: Files = NO_FILES) -> Msg:
    """A message through the interaction's webhook; the first one after a deferral fills the thinking message."""
    user, channel = world.users[made.user], _place(world, made)
    thinking = channel.messages.get(made.original)
    if thinking is not None and thinking.flags & LOADING:
        rewrite(world, channel, thinking, data, files)
        return thinking
    msg = _message(world, made, data, channel, user, files)
    world.post(channel, msg)
    return msg


def live(world: DiscordWorld, token: str) -> Interaction:
    """The interaction of a webhook token, alive for fifteen minutes. Raises RestError."""
    made = world.interactions.get(token)
    if made is None or world.clock.age() - made.age > TOKEN_LIFE:
        raise RestError(401, 50027, "Invalid Webhook Token")
    if not made.answered:
        raise RestError(404, 10015, "Unknown Webhook")
    return made
