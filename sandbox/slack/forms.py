"""Sending a modal: what the client checks itself, the view_submission, and what its acknowledgement does."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_view
from sandbox.slack.choosing import chosen
from sandbox.slack.interactions import base_payload
from sandbox.slack.methods.views import STACK
from sandbox.slack.model import Member, View, Workspace
from sandbox.slack.reading import dialog_of
from sandbox.slack.views import native_view, open_view, replace_view
from sandbox.world import Field, Refused

if TYPE_CHECKING:
    from sandbox.slack.world import SlackWorld

TROUBLE = "We had some trouble connecting. Try again?"


async def submit(
    world: SlackWorld, space: Workspace, person: Member, answers: Mapping[str, str | Sequence[str]]
) -> None:
    """Sends the modal on top, after the checks the client itself makes."""
    view = world.top_view(space, person)
    if view is None or "submit" not in view.payload:
        raise Refused("no dialog is open" if view is None else "this dialog has nothing to send")
    values: dict[str, Any] = {block: dict(actions) for block, actions in view.values.items()}
    for field in dialog_of(view, 1, *world.choices(space, person)).fields:
        block_id, _, action_id = field.id.partition("/")
        element = next(b["element"] for b in view.payload["blocks"] if b.get("block_id") == block_id)
        given = answers.get(field.id, field.value)
        values.setdefault(block_id, {})[action_id] = {"type": element["type"]} | _state(field, element, given)
    payload = base_payload(world, space, person, "view_submission")
    payload |= {"view": native_view(space, view, values), "response_urls": []}
    who = f"{space.id}/{person.id}"
    ack = await world.delivery.ask("interactive", payload, who, "view_submission")
    if ack is None:
        view.errors = {"": TROUBLE}
    elif view.id in world.open_views.get(who, []):
        after_submit(world, space, who, view, ack)
    world.changed()


def after_submit(world: SlackWorld, space: Workspace, who: str, view: View, ack: Mapping[str, Any]) -> None:
    """What an acknowledged submission does: close, errors, update, push or clear."""
    stack, action = world.open_views[who], ack.get("response_action")
    problem = ""
    match action:
        case "errors":
            known = {block.get("block_id") for block in view.payload["blocks"] if block["type"] == "input"}
            said = ack.get("errors")
            errors = {str(key): str(text) for key, text in said.items()} if isinstance(said, dict) else {}
            problem = "" if errors and set(errors) <= known else "errors must name blocks of type input"
            view.errors = errors
        case "update" | "push":
            complaints = check_view(ack.get("view"), "modal", files=space.showable)
            full = action == "push" and len(stack) >= STACK
            problem = "push_limit_reached" if full else "; ".join(complaints)
            if not problem:
                if action == "update":
                    replace_view(world, view, dict(ack["view"]))
                else:
                    open_view(world, space.id, who.partition("/")[2], dict(ack["view"]))
        case "clear":
            world.close_all(space.id, who.partition("/")[2])
        case None:
            world.views.pop(stack.pop(), None)
        case _:
            problem = f"unknown response_action {action}"
    if problem:
        world.log.note("ack of view_submission", ok=False, error=problem)
        view.errors = {"": TROUBLE}


def _state(field: Field, element: Mapping[str, Any], given: str | Sequence[str]) -> dict[str, Any]:
    """One answer as view.state carries it. Raises Refused as the client would."""
    kind = element["type"]
    if kind.endswith("_input"):
        text = given if isinstance(given, str) else " ".join(given)
        _typed(field, element, text)
        if kind == "file_input":
            return {"files": list[Any]()}
        if kind == "rich_text_input":
            return {"rich_text_value": _rich(text) if text else None}
        return {"value": text or None}
    values = [given] if isinstance(given, str) and given else list(given)
    try:
        state = chosen(element, values, field.options)
    except Refused as error:
        raise Refused(f"“{field.label}”: please choose from the list ({error}).") from None
    if field.required and not next(iter(state.values())):
        raise Refused(f"“{field.label}”: please complete this required field.")
    return state


def _rich(text: str) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


def _typed(field: Field, element: Mapping[str, Any], text: str) -> None:
    kind = element["type"]
    if kind == "file_input" and field.required:
        raise Refused(f"“{field.label}”: in this sandbox nobody can pick a file, so it cannot be required")
    if field.required and not text.strip():
        raise Refused(f"“{field.label}”: please complete this required field.")
    if not text:
        return
    if kind == "plain_text_input" and not field.min_length <= len(text) <= field.max_length:
        raise Refused(f"“{field.label}” takes {field.min_length} to {field.max_length} characters.")
    forms = {"number_input": r"-?\d+([.,]\d+)?", "email_text_input": r"[^@\s]+@[^@\s]+\.[^@\s]+",
             "url_text_input": r"https?://\S+"}  # fmt: skip
    if kind in forms and not re.fullmatch(forms[kind], text):
        raise Refused(f"“{field.label}”: that is not a valid {field.kind}.")
    if kind == "number_input":
        number = Decimal(text.replace(",", "."))
        whole = element["is_decimal_allowed"] or number == number.to_integral_value()
        least, most = (Decimal(element.get(key, text.replace(",", "."))) for key in ("min_value", "max_value"))
        if not whole or not least <= number <= most:
            raise Refused(f"“{field.label}”: please type a number that fits.")


async def dismiss(world: SlackWorld, space: Workspace, person: Member) -> None:
    """Closes the modal on top; the bot hears of it when the view asked for it."""
    view = world.top_view(space, person)
    if view is None:
        return
    who = f"{space.id}/{person.id}"
    clears = bool(view.payload.get("clear_on_close"))
    closing = [world.views[id_] for id_ in (world.open_views[who] if clears else [view.id])]
    for closed in closing:
        world.open_views[who].remove(closed.id)
        world.views.pop(closed.id, None)
    for closed in reversed(closing):
        if closed.payload.get("notify_on_close"):
            payload = base_payload(world, space, person, "view_closed")
            payload |= {"view": native_view(space, closed), "is_cleared": clears}
            await world.delivery.ask("interactive", payload, who, "view_closed")
    world.changed()
