"""What a person's deed becomes on the wire, and what the bot's acknowledgement does to what they see."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_blocks, elements_of, fill_ids
from sandbox.slack.choosing import chosen, initial_of, options_of, takes_many
from sandbox.slack.model import Channel, Member, Msg, View, Workspace
from sandbox.slack.reading import pings
from sandbox.slack.views import native_view
from sandbox.world import Refused

if TYPE_CHECKING:
    from sandbox.slack.world import SlackWorld

STATELESS = {"button", "overflow", "icon_button", "feedback_buttons", "image"}  # they hold no value
COMMANDS = ("features", "slash_commands")
SILENT = "This app did not respond."


def escape(text: str) -> str:
    """What the client does to typed text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def named(text: str, names: Mapping[str, str]) -> str:
    """ "@Kofi" as the client sends it, once the person picked the name from its list.

    >>> named("hi @Kofi", {"U003": "Kofi", "C1": "general"})
    'hi <@U003>'
    """
    for id_, name in sorted(names.items(), key=lambda pair: -len(pair[1])):
        if id_.startswith(("U", "W")):
            text = text.replace(f"@{name}", f"<@{id_}>")
    return text


async def command(world: SlackWorld, space: Workspace, person: Member, channel: Channel, line: str) -> None:
    """A slash command; unknown ones never leave the client, and strangers of Slack Connect have none."""
    name, _, text = line.partition(" ")
    if (
        person.home_team
        or not space.installed
        or name not in {f"/{hint.name}" for hint in world.commands(f"{space.id}/{person.id}")}
    ):
        world.note_failure(space, channel, person, f"{name} is not a valid command.")
        return
    if any(one["command"] == name and one.get("should_escape") for one in world.declared(*COMMANDS) or ()):
        text = named(escape(text), world.names(f"{space.id}/{person.id}"))
    payload = {
        "token": "sandbox", "team_id": space.id, "team_domain": space.name.lower(), "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "dm" else channel.name, "user_id": person.id,
        "user_name": person.name.lower(), "command": name, "text": text, "api_app_id": space.app_id,
        "is_enterprise_install": "false", "response_url": world.new_response_url(space, channel, person),
        "trigger_id": world.new_trigger(space, person),
    }  # fmt: skip
    ack = await world.delivery.ask("slash_commands", payload, f"{space.id}/{person.id}", name)
    if ack is None:
        world.note_failure(space, channel, person, f"{name} failed with the error “dispatch_failed”")
    elif ack:
        respond(world, space, channel, person, ack, "ack of " + name)


async def press(
    world: SlackWorld, space: Workspace, person: Member, message: str, control: str, values: Sequence[str]
) -> None:
    """A block action in a message, in the modal on top, or on the home tab."""
    block_id, _, action_id = control.partition("/")
    found = world.seen_by(space, person, message)
    view = world.top_view(space, person)
    if found is not None:
        element = _element(found[1].blocks, block_id, action_id)
    elif view is not None and message == view.id:
        element = _element(view.payload["blocks"], block_id, action_id)
    else:
        element = _element((person.home or {}).get("blocks", []) if message == "home" else [], block_id, action_id)
    if element is None:
        raise Refused("this control is no longer there")
    if "url" in element and element["type"] == "button":
        values = ()
    action = {"action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": world.next_ts()}
    action |= _used(world, space, person, element, values)
    payload = base_payload(world, space, person, "block_actions")
    if found is not None:
        payload |= _from_message(world, space, person, found[0], found[1], action)
    else:
        payload |= _from_view(world, space, person, view if view and message == view.id else None, action)
    member = f"{space.id}/{person.id}"
    acked = await world.delivery.ask("interactive", payload | {"actions": [action]}, member, "block_actions")
    if acked is None and found is not None:
        world.note_failure(space, found[0], person, SILENT)
    elif acked is None and view is not None:
        view.errors = {"": SILENT}
        world.changed()


def _from_message(
    world: SlackWorld, space: Workspace, person: Member, channel: Channel, msg: Msg, action: dict[str, Any]
) -> dict[str, Any]:
    container = {"type": "message", "message_ts": msg.ts, "channel_id": channel.id, "is_ephemeral": bool(msg.only_for)}
    used = msg.values.setdefault(person.id, {})
    _remember(used, action)
    return {
        "channel": {"id": channel.id, "name": "directmessage" if channel.kind == "dm" else channel.name},
        "container": container | ({"thread_ts": msg.thread} if msg.thread else {}),
        "state": {"values": state_of(msg.blocks, used)},
        "response_url": world.new_response_url(space, channel, person, msg.ts),
    } | ({} if msg.only_for else {"message": msg.native(world.base_url)})  # fmt: skip


def _from_view(
    world: SlackWorld, space: Workspace, person: Member, view: View | None, action: dict[str, Any]
) -> dict[str, Any]:
    if view is not None:
        _remember(view.values, action)
        native = native_view(space, view, state_of(view.payload["blocks"], view.values))
    else:
        _remember(person.home_values, action)
        home = dict(person.home or {})
        native = home | {"state": {"values": state_of(home["blocks"], person.home_values)}}
    return {"container": {"type": "view", "view_id": native["id"]}, "view": native}


def _remember(used: dict[str, Any], action: Mapping[str, Any]) -> None:
    if action["type"] not in STATELESS:
        used.setdefault(action["block_id"], {})[action["action_id"]] = _value(action)


def state_of(blocks: list[dict[str, Any]], used: Mapping[str, Any]) -> dict[str, Any]:
    """`state.values`: every control that holds a value, as it was used or as it began."""
    values: dict[str, Any] = {}
    for block in blocks:
        for element in elements_of(block):
            kind, id_ = element["type"], element.get("action_id")
            if id_ is None or kind in STATELESS:
                continue
            known = used.get(block["block_id"], {}).get(id_)
            values.setdefault(block["block_id"], {})[id_] = known or {"type": kind} | _began(element)
    return values


def _began(element: Mapping[str, Any]) -> dict[str, Any]:
    if element["type"].endswith("_input"):
        return {"value": element.get("initial_value")}
    initial = initial_of(element)
    return chosen(element, initial, tuple((value, "") for value in initial))


def _value(action: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in action.items() if key in {"type", "value"} or key.startswith("selected_")}


def _element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any] | None:
    for block in blocks:
        for element in elements_of(block):
            if block["block_id"] == block_id and element.get("action_id") == action_id:
                return element
    return None


def _used(
    world: SlackWorld, space: Workspace, person: Member, element: dict[str, Any], values: Sequence[str]
) -> dict[str, Any]:
    kind = element["type"]
    if kind in {"button", "icon_button"}:
        return {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
    if kind == "feedback_buttons":
        both = (element["positive_button"], element["negative_button"])
        picked = next((button for button in both if [button["value"]] == list(values)), None)
        if picked is None:
            raise Refused("choose one of the two")
        return {"text": picked["text"], "value": picked["value"]}
    if kind.endswith("_input"):
        return {"value": values[0] if values else None}
    picked = chosen(element, values, options_of(element, *world.choices(space, person)))
    if not takes_many(element) and not next(iter(picked.values())):
        raise Refused("choose one of the options")
    return picked


def respond(
    world: SlackWorld, space: Workspace, channel: Channel, person: Member, body: Mapping[str, Any], by: str,
    replaces: str = "",
) -> str:  # fmt: skip
    """A message through an ack or a response_url; gives back an error code or ""."""
    blocks: Any = body.get("blocks") or []
    text = str(body.get("text") or "")
    complaints = check_blocks(blocks, files=space.showable)
    deletes = bool(body.get("delete_original"))
    error = "invalid_blocks" if complaints else "" if blocks or text or deletes else "no_text"
    in_channel = body.get("response_type") == "in_channel"
    count = pings(text, blocks) if not error and in_channel else 0
    world.log.note(by, ok=not error, error=error + " ".join(complaints), place=channel.id, pings=count)
    if error:
        if by != "response_url":  # there the app is told, and nobody else
            world.note_failure(space, channel, person, f"The app answered with something Slack refuses ({error}).")
        return error
    fill_ids(blocks, "r")
    old = channel.messages.get(replaces)
    if deletes:
        if old:
            world.remove(space, channel, old)
    elif body.get("replace_original") and old:
        old.text, old.blocks, old.edited = text, blocks, not old.only_for
    else:
        only = "" if in_channel else person.id
        msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, only)
        root = channel.messages.get(str(body.get("thread_ts") or ""))
        msg.thread = (root.thread or root.ts) if root else ""
        world.post(space, channel, msg)
    world.changed()
    return ""


def base_payload(world: SlackWorld, space: Workspace, person: Member, kind: str) -> dict[str, Any]:
    """What every interaction carries: who, where, a fresh trigger."""
    team = person.home_team or space.id
    user = {"id": person.id, "name": person.name.lower(), "team_id": team}
    user |= {"username": person.name.lower()} if kind == "block_actions" else {}
    return {
        "type": kind, "team": {"id": space.id, "domain": space.name.lower()}, "user": user, "token": "sandbox",
        "api_app_id": space.app_id, "trigger_id": world.new_trigger(space, person), "is_enterprise_install": False,
    }  # fmt: skip
