"""What the bot answers to an interaction: the callback, follow-ups, edits; and what people see of it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.discord.components import Complaints, check_modal
from sandbox.discord.components import complete as complete_components
from sandbox.discord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, WINDOW
from sandbox.discord.messages import NO_FILES, Files, RestError, read_message, refuse, rewrite
from sandbox.discord.model import EPHEMERAL, LOADING, Channel, Interaction, Modal, Msg, User
from sandbox.discord.reading import words_of

if TYPE_CHECKING:
    from sandbox.discord.world import DiscordWorld

TOKEN_LIFE = 900.0  # seconds


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
