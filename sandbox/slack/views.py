"""Modals as they stand open for a person: on a stack, shown in payloads with their state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import fill_ids
from sandbox.slack.model import View, Workspace

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState


def open_view(world: SlackState, space: str, member: str, payload: dict[str, Any]) -> View:
    """Puts a checked modal on top of a person's stack."""
    fill_ids(payload["blocks"], "b")
    stack = world.open_views.setdefault(f"{space}/{member}", [])
    id_ = world.next_id("V")
    root = world.views[stack[0]].root if stack else id_
    view = View(id_, space, member, payload, world.next_ts(), root, stack[-1] if stack else "")
    world.views[view.id] = view
    stack.append(view.id)
    world.changed()
    return view


def replace_view(world: SlackState, view: View, payload: dict[str, Any]) -> None:
    """An update keeps the id and its place in the stack; hash, errors and values are new."""
    fill_ids(payload["blocks"], "b")
    view.payload, view.hash, view.errors = payload, world.next_ts(), {}
    kept = {block.get("block_id") for block in payload["blocks"]}
    view.values = {block: values for block, values in view.values.items() if block in kept}
    world.changed()


def native_view(space: Workspace, view: View, values: dict[str, Any] | None = None) -> dict[str, Any]:
    """A view as payloads and answers show it, with the values given or its own so far."""
    return {
        "private_metadata": "", "callback_id": "", "close": None, "submit": None, "clear_on_close": False,
        "notify_on_close": False, "external_id": "", "title": {"type": "plain_text", "text": "Home"},
    } | view.payload | {
        "id": view.id, "team_id": space.id, "hash": view.hash, "root_view_id": view.root,
        "previous_view_id": view.previous or None, "app_id": space.app_id, "app_installed_team_id": space.id,
        "bot_id": "B" + space.bot_user[1:], "state": {"values": values if values is not None else view.values},
    }  # fmt: skip
