"""How a person reads Discord's own format: words, controls, a modal's fields, and whom a message would ping."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.discord.components import BUTTON, GALLERY, INPUT, LABEL, SELECT, TEXT
from sandbox.discord.model import Modal
from sandbox.world import Control, Dialog, Field

_USER, _ROLE, _ALL = (
    re.compile(r"(?<!\\)<@!?(\d+)>"),
    re.compile(r"(?<!\\)<@&(\d+)>"),
    re.compile(r"@(?:everyone|here)"),
)


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, in reading order."""
    for item in components:
        yield item
        yield from walk(item.get("components") or [])
        yield from walk([child for key in ("accessory", "component") if (child := item.get(key))])


def text_of(content: str, components: list[dict[str, Any]]) -> str:
    """Everything readable, backslashes of escaped marks removed as the client shows it."""
    lines = [content] if content else []
    for item in walk(components):
        if item["type"] == TEXT:
            lines.append(item["content"])
        elif item["type"] == GALLERY:
            lines += [entry.get("description") or "" for entry in item["items"]]
    return re.sub(r"\\([^\w\s]|_)", r"\1", "\n".join(lines))


def controls_of(components: list[dict[str, Any]]) -> tuple[Control, ...]:
    """What can be pressed or chosen; ids are custom_ids."""
    found: list[Control] = []
    for item in walk(components):
        disabled = bool(item.get("disabled"))
        if item["type"] == BUTTON:
            link = item.get("style") == 5
            id_ = item.get("url", "") if link else item["custom_id"]
            found.append(Control(id_, "link" if link else "button", item.get("label") or "", (), disabled))
        elif item["type"] == SELECT:
            options = tuple((option["value"], option["label"]) for option in item["options"])
            found.append(Control(item["custom_id"], "select", item.get("placeholder") or "", options, disabled))
    return tuple(found)


def dialog_of(modal: Modal) -> Dialog:
    """An open modal as a list of fields; ids are custom_ids."""
    fields = tuple(_field(item) for item in modal.payload["components"] if item["type"] == LABEL)
    return Dialog(modal.id, modal.payload["title"], fields, modal.payload)


def _field(label: dict[str, Any]) -> Field:
    item = label["component"]
    required = item.get("required", True) is not False
    hint = label.get("description") or item.get("placeholder") or ""
    if item["type"] == INPUT:
        kind = "paragraph" if item.get("style") == 2 else "text"
        least, most = item.get("min_length") or 0, item.get("max_length") or 4000
        return Field(item["custom_id"], label["label"], kind, required, item.get("value") or "", (), hint, least, most)
    options = tuple((option["value"], option["label"]) for option in item["options"])
    chosen = tuple(option["value"] for option in item["options"] if option.get("default"))
    if item.get("max_values", 1) > 1:
        return Field(item["custom_id"], label["label"], "multiselect", required, chosen, options, hint)
    return Field(item["custom_id"], label["label"], "select", required, chosen[0] if chosen else "", options, hint)


def pings(content: str, components: list[dict[str, Any]], allowed: dict[str, Any] | None, *, reader: str = "") -> int:
    """How many mentions Discord would act on. `reader`: the one person who sees it (DM, ephemeral), who is not pinged
    by being mentioned. Without allowed_mentions everything is acted on."""
    text = "\n".join([content, *(item["content"] for item in walk(components) if item["type"] == TEXT)])
    users, roles, everyone = _USER.findall(text), _ROLE.findall(text), _ALL.findall(text)
    if allowed is not None:
        parse = allowed.get("parse") or []
        users = users if "users" in parse else [u for u in users if u in (allowed.get("users") or [])]
        roles = roles if "roles" in parse else [r for r in roles if r in (allowed.get("roles") or [])]
        everyone = everyone if "everyone" in parse else []
    return len([u for u in users if u != reader]) + len(roles) + len(everyone)
