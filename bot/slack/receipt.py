"""What of a payload is kept until it is handled, and the key that tells a repetition from news: pure."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed; nothing untyped leaves this folder)

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.slack import inbound
from bot.slack.inbound import Payload

MALFORMED = (KeyError, TypeError, ValueError, AttributeError, IndexError)
_PLAIN = re.compile(r"[\w.:-]{1,120}")
_WHERE = ("type", "team", "team_id", "enterprise", "enterprise_id", "is_enterprise_install", "api_app_id", "user")
_PRESSED = (*_WHERE, "actions", "container", "channel", "response_url", "trigger_id")
_SENT = (*_WHERE, "trigger_id", "response_urls")
_VIEW = ("id", "hash", "type", "callback_id", "private_metadata", "team_id", "app_installed_team_id")
_PERSONAL = frozenset({"profile", "name", "real_name"})


@dataclass(frozen=True, slots=True)
class Receipt:
    """`key` is the same whenever Slack tells the same thing again. `body` holds members' words and a response_url:
    never log it."""

    key: str
    body: str


def receipt(payload: Payload) -> Receipt | None:
    """None for what nobody here listens to, and for what is not in Slack's shape; both are acknowledged and ignored."""
    try:
        return _receipt(payload)
    except MALFORMED:
        return None


def _receipt(payload: Payload) -> Receipt | None:
    match payload:
        case {"type": "event_callback", "event_id": str(id_), "event": {"type": str(kind)}}:
            if kind == "user_change":
                inbound.changed(payload)
            elif kind == "app_home_opened":
                inbound.home(payload)
            return _made(payload, id_, _event(payload))
        case {"command": str(), "trigger_id": str(id_)}:
            inbound.command(payload)
            return _made(payload, id_, {name: value for name, value in payload.items() if name != "token"})
        case {"type": "block_actions", "trigger_id": str(id_), "actions": [{"action_id": str()}, *_]}:
            inbound.action(payload)
            return _made(payload, id_, _some(payload, _PRESSED) | _view(payload, ()))
        case {"type": "view_submission", "view": {"callback_id": "form", "id": str(view)}}:
            inbound.form(payload)
            # Sending a form again after a mistake does not change the view's hash, but has a trigger of its own.
            id_ = payload.get("trigger_id") or f"{view}.{payload['view'].get('hash')}.{_digest(payload['view'])}"
            return _made(payload, str(id_), _some(payload, _SENT) | _view(payload, ("state",)))
        case _:
            return None


def _made(payload: Payload, id_: str, kept: Payload) -> Receipt:
    name = id_ if _PLAIN.fullmatch(id_) else _digest(id_)
    return Receipt(f"{inbound.space_of(payload).key}:{name}", json.dumps(kept, separators=(",", ":")))


def _event(payload: Payload) -> dict[str, Any]:
    """Without names and addresses: a handler that wants them asks."""
    event = dict(payload["event"])
    if isinstance(event.get("user"), Mapping):
        event["user"] = {name: value for name, value in event["user"].items() if name not in _PERSONAL}
    return {name: value for name, value in payload.items() if name != "token"} | {"event": event}


def _view(payload: Payload, more: tuple[str, ...]) -> dict[str, Any]:
    return {"view": _some(payload["view"], _VIEW + more)} if payload.get("view") else {}


def _some(payload: Payload, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: payload[name] for name in names if name in payload}


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
