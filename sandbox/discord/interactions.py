"""What a person's deed becomes on the gateway, and what the bot's callback does to what they see."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.discord.commands import parse
from sandbox.discord.components import LABEL, Complaints, check_components, check_modal, error_body, number
from sandbox.discord.model import EPHEMERAL, EVERYONE_PERMISSIONS, LOADING, V2, Channel, Interaction, Modal, Msg, User
from sandbox.discord.reading import dialog_of, pings, walk
from sandbox.world import Field, Refused

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

WINDOW, TOKEN_LIFE = 3.0, 900.0


class RestError(Exception):
    """An HTTP status and Discord's JSON error."""

    def __init__(self, status: int, code: int, message: str, body: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status, self.body = status, body or {"message": message, "code": code}


def refuse(complaints: Complaints) -> None:
    """Raises 50035 when there is a complaint."""
    if complaints:
        raise RestError(400, 50035, "Invalid Form Body", error_body(complaints))


async def ask(
    world: DiscordWorld,
    kind: int,
    user: User,
    channel: Channel,
    guild: str,
    data: dict[str, Any],
    source: Msg | None = None,
) -> Interaction:
    """Sends INTERACTION_CREATE and waits for the first callback, 3 seconds at most."""
    token = secrets.token_urlsafe(48)
    made = Interaction(
        world.next_id(), token, kind, user.id, channel.id, guild, time.monotonic(), source.id if source else ""
    )
    world.interactions[token] = made
    while len(world.interactions) > 5000:
        del world.interactions[next(iter(world.interactions))]
    payload: dict[str, Any] = {
        "id": made.id, "application_id": world.bot.id, "type": kind, "token": token, "version": 1, "data": data,
        "channel_id": channel.id, "channel": channel.native(world.users), "app_permissions": EVERYONE_PERMISSIONS,
        "locale": user.locale, "entitlements": [], "attachment_size_limit": 10_485_760,
        "authorizing_integration_owners": {"0": guild or "0"}, "context": 0 if guild else 1,
    }  # fmt: skip
    if guild:
        features: list[str] = []
        payload |= {
            "guild_id": guild,
            "guild_locale": "en-US",
            "guild": {"id": guild, "locale": "en-US", "features": features},
        }
        payload["member"] = world.member_payload(guild, user) | {"permissions": EVERYONE_PERMISSIONS}
    else:
        payload["user"] = user.native()
    if source is not None:
        payload["message"] = source.native()
    answered = asyncio.get_running_loop().create_future()
    world.waiting[made.id] = answered
    await world.gateway.emit("INTERACTION_CREATE", payload, guild)
    try:
        await asyncio.wait_for(answered, WINDOW)
    except TimeoutError:
        if kind != 4:
            world.note_failure(channel, user, "The application did not respond")
    finally:
        world.waiting.pop(made.id, None)
    return made


async def command(world: DiscordWorld, user: User, guild: str, channel: Channel, line: str) -> None:
    """A slash command."""
    if not guild:
        raise Refused("this bot's commands work in its servers, not in direct messages")
    declared, options, _ = parse(world.commands_in(guild), line)
    await ask(
        world, 2, user, channel, guild, {"id": declared["id"], "name": declared["name"], "type": 1, "options": options}
    )


async def complete(world: DiscordWorld, user: User, guild: str, channel: Channel, line: str) -> list[tuple[str, str]]:
    """Suggestions of the bot for the option being typed."""
    try:
        declared, options, focused = parse(world.commands_in(guild), line)
    except Refused:
        return []
    if focused is None:
        return []
    if focused.get("choices"):
        return [(str(choice["value"]), str(choice["name"])) for choice in focused["choices"]]
    if not focused.get("autocomplete"):
        return []
    leaf = options[0]["options"] if options and options[0]["type"] == 1 else options
    leaf[-1]["focused"] = True
    data = {"id": declared["id"], "name": declared["name"], "type": 1, "options": options}
    made = await ask(world, 4, user, channel, guild, data)
    return [(str(choice["value"]), str(choice["name"])) for choice in made.choices]


async def press(world: DiscordWorld, user: User, guild: str, msg: Msg, control: str, values: Sequence[str]) -> None:
    """A button or select."""
    item = next((c for c in walk(msg.components) if c.get("custom_id") == control), None)
    if item is None or item.get("disabled"):
        raise Refused("this control is no longer there")
    data: dict[str, Any] = {"custom_id": control, "component_type": item["type"], "id": item["id"]}
    if item["type"] == 3:
        known = {option["value"] for option in item["options"]}
        if not set(values) <= known or not item.get("min_values", 1) <= len(values) <= item.get("max_values", 1):
            raise Refused("choose from the list")
        data["values"] = list(values)
    channel = world.channels[msg.channel]
    await ask(world, 3, user, channel, guild if channel.kind != "dm" else "", data, msg)


async def submit(world: DiscordWorld, user: User, modal: Modal, answers: Mapping[str, str | Sequence[str]]) -> None:
    """Sends a modal, after the checks the client itself makes."""
    components: list[dict[str, Any]] = []
    fields = {field.id: field for field in dialog_of(modal).fields}
    for item in modal.payload["components"]:
        if item["type"] != LABEL:
            components.append({"type": item["type"], "id": item["id"]})
            continue
        inner = item["component"]
        field = fields[inner["custom_id"]]
        given = _checked(field, answers.get(field.id, field.value))
        value = {"value": given} if isinstance(given, str) else {"values": given}
        answer = {"type": inner["type"], "id": inner["id"], "custom_id": inner["custom_id"]} | value
        components.append({"type": LABEL, "id": item["id"], "component": answer})
    channel = world.channels[modal.channel]
    data = {"custom_id": modal.payload["custom_id"], "components": components}
    source = channel.messages.get(modal.source)
    await ask(world, 5, user, channel, modal.guild, data, source)


def _checked(field: Field, given: str | Sequence[str]) -> str | list[str]:
    if field.kind in {"text", "paragraph"}:
        text = given if isinstance(given, str) else " ".join(given)
        if field.required and not text.strip():
            raise Refused(f"“{field.label}” is required.")
        if text and not field.min_length <= len(text) <= field.max_length:
            raise Refused(f"“{field.label}” takes {field.min_length} to {field.max_length} characters.")
        return text
    chosen = [given] if isinstance(given, str) and given else list(given)
    known = {value for value, _ in field.options}
    if not set(chosen) <= known or (field.required and not chosen) or (field.kind == "select" and len(chosen) > 1):
        raise Refused(f"“{field.label}”: please choose from the list.")
    return chosen


def callback(world: DiscordWorld, id_: str, token: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The first answer to an interaction. Raises RestError."""
    made = world.interactions.get(token)
    if made is None or made.id != id_ or (not made.answered and time.monotonic() - made.born > WINDOW):
        raise RestError(404, 10062, "Unknown interaction")
    if made.answered:
        raise RestError(400, 40060, "Interaction has already been acknowledged.")
    kind, data = body.get("type"), dict(body.get("data") or {})
    user, channel = world.users[made.user], world.channels[made.channel]
    match kind:
        case 4:
            msg = _message(world, data, channel, user)
            made.original, made.ephemeral = msg.id, bool(msg.flags & EPHEMERAL)
            world.post(channel, msg)
        case 5:
            flags = int(data.get("flags") or 0) & EPHEMERAL
            only = user.id if flags else ""
            msg = Msg(world.next_id(), channel.id, world.bot, world.clock.now(), "", [], flags | LOADING, only)
            made.original, made.ephemeral = msg.id, bool(flags)
            world.post(channel, msg)
        case 6 if made.kind in {3, 5}:
            made.original = made.source
        case 7 if made.kind in {3, 5} and made.source:
            made.original = made.source
            rewrite(world, channel, channel.messages[made.source], data)
        case 8 if made.kind == 4:
            made.choices = _choices(data)
        case 9 if made.kind in {2, 3}:
            refuse(check_modal(data))
            components = list(data["components"])
            number(components)
            modal = Modal(world.next_id(), data | {"components": components}, made.guild, made.channel, made.source)
            world.modals[made.user] = modal
        case _:
            raise RestError(
                400, 50035, "Invalid Form Body", error_body({"type": "This callback type is not valid here"})
            )
    made.answered = True
    if (waiting := world.waiting.get(made.id)) is not None and not waiting.done():
        waiting.set_result(None)
    world.changed()
    shown = channel.messages.get(made.original)
    resource = {"type": kind} | ({"message": shown.native()} if shown and kind in {4, 5, 7} else {})
    about = {"id": made.id, "type": made.kind, "response_message_id": made.original or None}
    return {"interaction": about | {"response_message_ephemeral": made.ephemeral}, "resource": resource}


def _choices(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    choices = list(data.get("choices") or [])
    bad: Complaints = {} if len(choices) <= 25 else {"choices": "Must be 25 or fewer in length."}
    for index, choice in enumerate(choices):
        for key in ("name", "value"):
            if not 1 <= len(str(choice.get(key, ""))) <= 100:
                bad[f"choices.{index}.{key}"] = "Must be between 1 and 100 in length."
    refuse(bad)
    return choices


def _message(world: DiscordWorld, data: Mapping[str, Any], channel: Channel, user: User) -> Msg:
    content, components, flags = read_message(data)
    only = user.id if flags & EPHEMERAL else ""
    reader = user.id if only or channel.kind == "dm" else ""
    world.pinged += pings(content, components, data.get("allowed_mentions"), reader=reader)
    return Msg(world.next_id(), channel.id, world.bot, world.clock.now(), content, components, flags, only)


def read_message(data: Mapping[str, Any], *, before: int = 0) -> tuple[str, list[dict[str, Any]], int]:
    """Content, components and flags of a message body. Raises 50035 or 50006."""
    flags = int(data.get("flags") or 0) | (before & V2)
    content, components = data.get("content") or "", list(data.get("components") or [])
    if flags & V2:
        if content or data.get("embeds"):
            refuse({"content": "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"})
        refuse(check_components(components))
    elif not isinstance(content, str) or len(content) > 2000:
        refuse({"content": "Must be 2000 or fewer in length."})
    elif not content.strip() and not data.get("embeds") and not components:
        raise RestError(400, 50006, "Cannot send an empty message")
    number(components)
    return content, components, flags & (V2 | EPHEMERAL)


def rewrite(world: DiscordWorld, channel: Channel, msg: Msg, data: Mapping[str, Any]) -> None:
    """An edit; a "thinking" message becomes the answer and keeps its privacy."""
    thinking = bool(msg.flags & LOADING)
    content, components, flags = read_message(data, before=msg.flags)
    reader = msg.only_for or (channel.recipient if channel.kind == "dm" else "")
    world.pinged += pings(content, components, data.get("allowed_mentions"), reader=reader)
    msg.content, msg.components = content, components
    msg.flags = (flags & V2) | (msg.flags & EPHEMERAL)
    msg.edited = msg.edited or not thinking
    world.changed()


def follow_up(world: DiscordWorld, made: Interaction, data: Mapping[str, Any]) -> Msg:
    """A message through the interaction's webhook; the first one after a deferral fills the thinking message."""
    user, channel = world.users[made.user], world.channels[made.channel]
    thinking = channel.messages.get(made.original)
    if thinking is not None and thinking.flags & LOADING:
        rewrite(world, channel, thinking, data)
        return thinking
    msg = _message(world, data, channel, user)
    world.post(channel, msg)
    return msg


def live(world: DiscordWorld, token: str) -> Interaction:
    """The interaction of a webhook token, alive for fifteen minutes after it was answered. Raises RestError."""
    made = world.interactions.get(token)
    if made is None or time.monotonic() - made.born > TOKEN_LIFE:
        raise RestError(401, 50027, "Invalid Webhook Token")
    if not made.answered:
        raise RestError(404, 10015, "Unknown Webhook")
    return made
