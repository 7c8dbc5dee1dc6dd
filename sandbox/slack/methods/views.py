"""views.*: modals by a trigger that lives three seconds, at most three on one another, and App Home."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from sandbox.slack.blocks import check_view, fill_ids
from sandbox.slack.methods._common import Answer, ApiError, Args, Method, person_of
from sandbox.slack.model import View, Workspace
from sandbox.slack.views import native_view, open_view, replace_view

if TYPE_CHECKING:
    from sandbox.slack.state import SlackState

STACK = 3
LARGEST = 250_000  # bytes


def _view(space: Workspace, args: Args, *types: str) -> dict[str, Any]:
    view: Any = args.get("view")
    if isinstance(view, str):
        raise ApiError("invalid_arguments", ["view must be JSON"])
    if complaints := check_view(view, *types, files=space.showable):
        raise ApiError("invalid_arguments", complaints)
    checked: dict[str, Any] = dict(view)
    if len(json.dumps(checked).encode()) > LARGEST:
        raise ApiError("view_too_large")
    return checked


def _exchange(world: SlackState, space: Workspace, args: Args) -> tuple[str, dict[str, Any]]:
    """Checks the trigger, then the view, then uses the trigger up."""
    trigger = str(args.get("trigger_id") or "")
    found = world.triggers.get(trigger)
    if found is None or found.space != space.id:
        raise ApiError("invalid_trigger_id")
    if found.used:
        raise ApiError("exchanged_trigger_id")
    if time.monotonic() > found.ends:
        raise ApiError("expired_trigger_id")
    view = _view(space, args, "modal")
    _unique(world, space, view)
    found.used = True
    return found.member, view


def _unique(world: SlackState, space: Workspace, view: dict[str, Any], but: str = "") -> None:
    known = view.get("external_id")
    taken = (v.payload.get("external_id") for v in world.views.values() if v.space == space.id and v.id != but)
    if known and known in taken:
        raise ApiError("duplicate_external_id")


def _open(world: SlackState, space: Workspace, args: Args) -> Answer:
    member, view = _exchange(world, space, args)
    world.close_all(space.id, member)
    return {"view": native_view(space, open_view(world, space.id, member, view))}


def _push(world: SlackState, space: Workspace, args: Args) -> Answer:
    found = world.triggers.get(str(args.get("trigger_id") or ""))
    stack = world.open_views.get(f"{space.id}/{found.member}", []) if found else []
    if found and not stack:
        raise ApiError("not_found")
    if len(stack) >= STACK:
        raise ApiError("push_limit_reached")
    member, view = _exchange(world, space, args)
    return {"view": native_view(space, open_view(world, space.id, member, view))}


def _found(world: SlackState, space: Workspace, args: Args) -> View:
    known = str(args.get("external_id") or "")
    if known:
        ours = (v for v in world.views.values() if v.space == space.id and v.payload.get("external_id") == known)
        view = next(ours, None)
    else:
        view = world.views.get(str(args.get("view_id") or ""))
    if view is None or view.space != space.id:
        raise ApiError("not_found")
    return view


def _update(world: SlackState, space: Workspace, args: Args) -> Answer:
    view = _found(world, space, args)
    if args.get("hash") and args["hash"] != view.hash:
        raise ApiError("hash_conflict")
    payload = _view(space, args, "modal")
    _unique(world, space, payload, view.id)
    replace_view(world, view, payload)
    return {"view": native_view(space, view)}


def _publish(world: SlackState, space: Workspace, args: Args) -> Answer:
    person = person_of(space, args, "user_id")
    if not world.home_tab():
        raise ApiError("not_enabled")
    if args.get("hash") and args["hash"] != (person.home or {}).get("hash"):
        raise ApiError("hash_conflict")
    view = _view(space, args, "home")
    fill_ids(view["blocks"], "h")
    id_ = (person.home or {}).get("id") or world.next_id("V")
    made = View(id_, space.id, person.id, view, world.next_ts(), id_)
    person.home = native_view(space, made)
    world.changed()
    return {"view": person.home}


METHODS = {
    "views.open": Method(_open, 4),
    "views.push": Method(_push, 4),
    "views.update": Method(_update, 4),
    "views.publish": Method(_publish, 4),
}
