"""What a person's deed becomes on the wire, and what the bot's acknowledgement does to what they see."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_blocks, check_view, fill_ids
from sandbox.slack.model import Channel, Member, Msg, View, Workspace
from sandbox.slack.reading import dialog_of, pings
from sandbox.world import Field, Refused

if TYPE_CHECKING:
    from sandbox.slack.world import SlackWorld

WINDOW = 3.0


def escape(text: str) -> str:
    """What the client does to typed text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


async def command(world: SlackWorld, space: Workspace, person: Member, channel: Channel, line: str) -> None:
    """A slash command; unknown ones never leave the client."""
    name, _, text = line.partition(" ")
    if name not in {f"/{hint.name}" for hint in world.commands(f"{space.id}/{person.id}")}:
        world.note_failure(space, channel, person, f"{name} is not a valid command.")
        return
    payload = {
        "token": "sandbox", "team_id": space.id, "team_domain": space.name.lower(), "channel_id": channel.id,
        "channel_name": "directmessage" if channel.kind == "dm" else channel.name, "user_id": person.id,
        "user_name": person.name.lower(), "command": name, "text": text, "api_app_id": space.app_id,
        "is_enterprise_install": "false", "response_url": world.new_response_url(space, channel, person),
        "trigger_id": world.new_trigger(space, person),
    }  # fmt: skip
    ack = await world.sockets.deliver("slash_commands", payload, WINDOW)
    if ack is None:
        world.note_failure(space, channel, person, f"{name} failed with the error “dispatch_failed”")
    elif ack:
        respond(world, space, channel, person, ack, "ack of " + name)


async def press(
    world: SlackWorld, space: Workspace, person: Member, message: str, control: str, values: Sequence[str]
) -> None:
    """A block action in a message or on the home tab."""
    block_id, _, action_id = control.partition("/")
    found = _find(space, person, message)
    blocks = found.blocks if found else (person.home or {}).get("blocks", []) if message == "home" else []
    element = _element(blocks, block_id, action_id)
    if element is None:
        raise Refused("this control is no longer there")
    if "url" in element and element["type"] == "button":
        return
    action = {"action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": world.next_ts()}
    payload = _base(world, space, person, "block_actions") | {"actions": [action | _chosen(element, values)]}
    payload["state"] = {"values": {}}
    channel = space.channels[found.channel] if found else None
    if found and channel:
        payload |= {
            "channel": {"id": channel.id, "name": channel.name},
            "container": {"type": "message", "message_ts": found.ts, "channel_id": channel.id,
                          "is_ephemeral": bool(found.only_for)},
            "response_url": world.new_response_url(space, channel, person, found.ts),
        }  # fmt: skip
        payload |= {} if found.only_for else {"message": found.native()}
    else:
        view = person.home or {}
        payload |= {"container": {"type": "view", "view_id": view.get("id", "")}, "view": view}
    if await world.sockets.deliver("interactive", payload, WINDOW) is None and channel:
        world.note_failure(space, channel, person, "This app did not respond.")


def _find(space: Workspace, person: Member, ts: str) -> Msg | None:
    for channel in space.channels.values():
        found = channel.messages.get(ts)
        if found and person.id in channel.members and found.only_for in {"", person.id}:
            return found
    return None


def _element(blocks: list[dict[str, Any]], block_id: str, action_id: str) -> dict[str, Any] | None:
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory")]:
            if isinstance(element, dict) and block["block_id"] == block_id and element.get("action_id") == action_id:
                return element
    return None


def _chosen(element: dict[str, Any], values: Sequence[str]) -> dict[str, Any]:
    if element["type"] == "button":
        return {"text": element["text"]} | ({"value": element["value"]} if "value" in element else {})
    options = [option for option in element["options"] if option["value"] in values]
    if len(options) != len(values) or not options:
        raise Refused("choose one of the options")
    if element["type"] in {"static_select", "radio_buttons"}:
        return {"selected_option": options[0]}
    return {"selected_options": options}


async def submit(
    world: SlackWorld, space: Workspace, person: Member, answers: Mapping[str, str | Sequence[str]]
) -> None:
    """Sends the modal on top, after the checks the client itself makes."""
    who = f"{space.id}/{person.id}"
    stack = world.open_views.get(who, [])
    if not stack:
        raise Refused("no dialog is open")
    view = world.views[stack[-1]]
    values: dict[str, Any] = {}
    for field in dialog_of(view).fields:
        block_id, _, action_id = field.id.partition("/")
        element = next(b["element"] for b in view.payload["blocks"] if b.get("block_id") == block_id)
        given = answers.get(field.id, field.value)
        values.setdefault(block_id, {})[action_id] = {"type": element["type"]} | _state(field, element, given)
    payload = _base(world, space, person, "view_submission")
    payload |= {"view": native_view(world, space, view) | {"state": {"values": values}}, "response_urls": []}
    ack = await world.sockets.deliver("interactive", payload, WINDOW)
    if ack is None:
        view.errors = {"": "We had some trouble connecting. Try again?"}
    else:
        after_submit(world, space, who, view, ack)
    world.changed()


def after_submit(world: SlackWorld, space: Workspace, who: str, view: View, ack: Mapping[str, Any]) -> None:
    """What an acknowledged submission does: close, errors, update, push or clear."""
    stack = world.open_views[who]
    action = ack.get("response_action")
    if action == "errors":
        known = {block.get("block_id") for block in view.payload["blocks"] if block["type"] == "input"}
        errors = {str(key): str(text) for key, text in dict(ack.get("errors") or {}).items()}
        if not errors or not set(errors) <= known:
            view.errors = {"": "We had some trouble connecting. Try again?"}
            world.log.note("ack of view_submission", ok=False, error="invalid response_action errors")
        else:
            view.errors = errors
    elif action in {"update", "push"}:
        complaints = check_view(ack.get("view"))
        if complaints:
            world.log.note("ack of view_submission", ok=False, error="; ".join(complaints))
            view.errors = {"": "We had some trouble connecting. Try again?"}
            return
        if action == "update":
            world.views.pop(stack.pop(), None)
        open_view(world, space.id, who.partition("/")[2], dict(ack["view"]))
    elif action == "clear":
        for id_ in stack:
            world.views.pop(id_, None)
        stack.clear()
    else:
        world.views.pop(stack.pop(), None)


def _state(field: Field, element: Mapping[str, Any], given: str | Sequence[str]) -> dict[str, Any]:
    """One answer as view.state carries it. Raises Refused as the client would."""
    if element["type"] == "plain_text_input":
        text = given if isinstance(given, str) else " ".join(given)
        if field.required and not text.strip():
            raise Refused(f"“{field.label}”: please complete this required field.")
        if text and not field.min_length <= len(text) <= field.max_length:
            raise Refused(f"“{field.label}” takes {field.min_length} to {field.max_length} characters.")
        return {"value": text or None}
    chosen = [given] if isinstance(given, str) and given else list(given)
    options = [option for option in element["options"] if option["value"] in chosen]
    if len(options) != len(chosen) or (field.required and not options):
        raise Refused(f"“{field.label}”: please choose from the list.")
    if field.kind == "multiselect":
        return {"selected_options": options}
    return {"selected_option": options[0] if options else None}


async def closed(world: SlackWorld, space: Workspace, person: Member, view: View) -> None:
    """view_closed, when the view asked for it."""
    payload = _base(world, space, person, "view_closed") | {
        "view": native_view(world, space, view),
        "is_cleared": False,
    }
    await world.sockets.deliver("interactive", payload, WINDOW)


def open_view(world: SlackWorld, space: str, member: str, payload: dict[str, Any]) -> View:
    """Puts a checked modal on top of a person's stack."""
    fill_ids(payload["blocks"], "b")
    view = View(world.next_id("V"), space, member, payload, world.next_ts())
    world.views[view.id] = view
    world.open_views.setdefault(f"{space}/{member}", []).append(view.id)
    world.changed()
    return view


def native_view(world: SlackWorld, space: Workspace, view: View) -> dict[str, Any]:
    """A view as payloads and answers show it."""
    return {
        "private_metadata": "", "callback_id": "", "close": None, "submit": None, "clear_on_close": False,
        "notify_on_close": False, "external_id": "",
    } | view.payload | {
        "id": view.id, "team_id": space.id, "hash": view.hash, "root_view_id": view.id, "previous_view_id": None,
        "app_id": space.app_id, "app_installed_team_id": space.id, "bot_id": "B" + space.bot_user[1:],
        "state": {"values": {}},
    }  # fmt: skip


def respond(
    world: SlackWorld,
    space: Workspace,
    channel: Channel,
    person: Member,
    body: Mapping[str, Any],
    by: str,
    replaces: str = "",
) -> str:
    """A message through an ack or a response_url; gives back an error code or ""."""
    blocks, text = list(body.get("blocks") or []), str(body.get("text") or "")
    complaints = check_blocks(blocks)
    known = {"text", "blocks", "response_type", "replace_original", "delete_original", "attachments", "unfurl_links",
             "unfurl_media", "metadata", "thread_ts", "mrkdwn", "link_names", "parse"}  # fmt: skip
    complaints += [f"unknown field {key}" for key in body if key not in known]
    deletes = bool(body.get("delete_original"))
    error = "invalid_blocks" if complaints else "" if blocks or text or deletes else "no_text"
    in_channel = body.get("response_type") == "in_channel"
    count = pings(text, blocks) if not error and in_channel else 0
    world.log.note(by, ok=not error, error=error + " ".join(complaints), place=channel.id, pings=count)
    if error:
        world.note_failure(space, channel, person, f"The app answered with something Slack refuses ({error}).")
        return error
    fill_ids(blocks, "r")
    old = channel.messages.get(replaces)
    if deletes and old:
        del channel.messages[old.ts]
    elif body.get("replace_original") and old:
        old.text, old.blocks, old.edited = text, blocks, not old.only_for
    else:
        only = "" if in_channel else person.id
        msg = Msg(world.next_ts(), channel.id, space.bot_user, True, world.clock.now(), text, blocks, only)
        world.post(space, channel, msg)
    world.changed()
    return ""


def _base(world: SlackWorld, space: Workspace, person: Member, kind: str) -> dict[str, Any]:
    user = {"id": person.id, "username": person.name.lower(), "name": person.name.lower(), "team_id": space.id}
    return {
        "type": kind, "team": {"id": space.id, "domain": space.name.lower()}, "user": user, "token": "sandbox",
        "api_app_id": space.app_id, "trigger_id": world.new_trigger(space, person), "is_enterprise_install": False,
        "enterprise": None,
    }  # fmt: skip
