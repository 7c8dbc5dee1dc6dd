"""What an element offers and how a choice travels: the same for a control in a message and a question in a form."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file reads JSON that was judged before)

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sandbox.world import Refused

Options = tuple[tuple[str, str], ...]
PEOPLE = {"users_select", "multi_users_select"}
PLACES = {"channels_select", "multi_channels_select", "conversations_select", "multi_conversations_select"}
_PLURAL = {"users": "selected_users", "channels": "selected_channels", "conversations": "selected_conversations"}
_SINGLE = {"users": "selected_user", "channels": "selected_channel", "conversations": "selected_conversation"}
_INITIAL = {"users_select": "initial_user", "channels_select": "initial_channel",
            "conversations_select": "initial_conversation", "datepicker": "initial_date",
            "timepicker": "initial_time"}  # fmt: skip


def options_of(element: Mapping[str, Any], people: Options = (), places: Options = ()) -> Options:
    """(value, label) of everything that may be chosen."""
    kind = element["type"]
    if kind in PEOPLE:
        return people
    if kind in PLACES:
        return places
    groups: list[Any] = element.get("option_groups") or []
    options = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
    return tuple((option["value"], option["text"]["text"]) for option in options)


def takes_many(element: Mapping[str, Any]) -> bool:
    """Whether several may be chosen at once."""
    return element["type"].startswith("multi_") or element["type"] == "checkboxes"


def initial_of(element: Mapping[str, Any]) -> tuple[str, ...]:
    """What the bot chose beforehand."""
    kind = element["type"]
    if "initial_option" in element:
        return (element["initial_option"]["value"],)
    if "initial_options" in element:
        return tuple(option["value"] for option in element["initial_options"])
    if "initial_date_time" in element:
        return (datetime.fromtimestamp(element["initial_date_time"], UTC).strftime("%Y-%m-%dT%H:%M"),)
    if kind.startswith("multi_"):
        return tuple(element.get("initial_" + kind.removeprefix("multi_").removesuffix("_select"), ()))
    value = element.get(_INITIAL.get(kind, ""))
    return (value,) if value else ()


def chosen(element: Mapping[str, Any], values: Sequence[str], offered: Options) -> dict[str, Any]:
    """A choice as payloads and view states carry it. Raises Refused as a client that offers only its options."""
    kind = element["type"]
    values = [value for value in values if value]
    if kind in {"datepicker", "timepicker", "datetimepicker"}:
        return _moment(kind, values[0] if values else "")
    known = dict(offered)
    limit = element.get("max_selected_items", len(known)) if takes_many(element) else 1
    if any(value not in known for value in values) or len(values) > limit:
        raise Refused("choose from the list")
    stem = kind.removeprefix("multi_").removesuffix("_select")
    if stem in _SINGLE:
        return {_PLURAL[stem]: values} if takes_many(element) else {_SINGLE[stem]: values[0] if values else None}
    picked = [_option(element, value) for value in values]
    return {"selected_options": picked} if takes_many(element) else {"selected_option": picked[0] if picked else None}


def _option(element: Mapping[str, Any], value: str) -> dict[str, Any]:
    groups: list[Any] = element.get("option_groups") or []
    options = [*(element.get("options") or []), *(option for group in groups for option in group["options"])]
    return next(option for option in options if option["value"] == value)


def _moment(kind: str, value: str) -> dict[str, Any]:
    """A date, a time, or both (a local moment read as UTC)."""
    if kind == "datepicker":
        if value and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise Refused("a date looks like 2026-11-21")
        return {"selected_date": value or None}
    if kind == "timepicker":
        if value and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            raise Refused("a time looks like 08:30")
        return {"selected_time": value or None}
    try:
        moment = datetime.fromisoformat(value) if value else None
    except ValueError:
        raise Refused("a moment looks like 2026-11-21T08:30") from None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return {"selected_date_time": int(moment.timestamp()) if moment else None}
