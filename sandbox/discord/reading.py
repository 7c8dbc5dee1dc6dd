"""How a person reads Discord's own format: words, controls, a modal's fields, and whom a message would ping."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file reads JSON that was judged before)

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.discord.components import (
    AUTO_SELECTS,
    BUTTON,
    CHANNELS,
    CHECKBOX,
    CHECKBOXES,
    GALLERY,
    INPUT,
    LABEL,
    RADIO,
    ROLES,
    ROW,
    SELECT,
    TEXT,
    USERS,
)  # fmt: skip
from sandbox.discord.model import Modal
from sandbox.world import Control, Dialog, Field

Options = tuple[tuple[str, str], ...]
Offered = Mapping[str, Options]  # "users", "roles", "channels"
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


def text_of(content: str, components: list[dict[str, Any]], embeds: list[dict[str, Any]] | None = None) -> str:
    """Everything readable, backslashes of escaped marks removed as the client shows it."""
    lines = [content] if content else []
    for embed in embeds or []:
        lines += [str(embed[key]) for key in ("title", "description") if embed.get(key)]
        lines += [f"{item['name']}: {item['value']}" for item in embed.get("fields") or []]
    for item in walk(components):
        if item["type"] == TEXT:
            lines.append(item["content"])
        elif item["type"] == GALLERY:
            lines += [entry.get("description") or "" for entry in item["items"]]
    return re.sub(r"\\([^\w\s]|_)", r"\1", "\n".join(lines))


def options_of(item: Mapping[str, Any], offered: Offered) -> Options:
    """(value, label) of everything that may be chosen."""
    kind = item["type"]
    if kind in {SELECT, RADIO, CHECKBOXES}:
        return tuple((option["value"], option["label"]) for option in item["options"])
    if kind == CHECKBOX:
        return (("true", "yes"),)
    if kind == USERS:
        return offered.get("users", ())
    if kind == ROLES:
        return offered.get("roles", ())
    return offered.get("channels", ()) if kind == CHANNELS else (*offered.get("users", ()), *offered.get("roles", ()))


def controls_of(components: list[dict[str, Any]], offered: Offered) -> tuple[Control, ...]:
    """What can be pressed or chosen; ids are custom_ids."""
    found: list[Control] = []
    for item in walk(components):
        disabled = bool(item.get("disabled"))
        if item["type"] == BUTTON and item.get("style") != 6:
            link = item.get("style") == 5
            id_ = item.get("url", "") if link else item["custom_id"]
            label = item.get("label") or (item.get("emoji") or {}).get("name") or ""
            found.append(Control(id_, "link" if link else "button", label, (), disabled))
        elif item["type"] in {SELECT, *AUTO_SELECTS}:
            least, most = item["min_values"], item["max_values"]
            options = options_of(item, offered)
            placeholder = item.get("placeholder") or ""
            found.append(
                Control(item["custom_id"], "select", placeholder, options, disabled, least, most, _chosen(item))
            )
    return tuple(found)


def _chosen(item: Mapping[str, Any]) -> tuple[str, ...]:
    picked = tuple(option["value"] for option in item.get("options") or [] if option.get("default"))
    return picked or tuple(value["id"] for value in item.get("default_values") or [])


def dialog_of(modal: Modal, offered: Offered) -> Dialog:
    """An open modal as a list of fields; ids are custom_ids."""
    fields: list[Field] = []
    for item in modal.payload["components"]:
        if item["type"] == LABEL:
            fields.append(_field(item["label"], item.get("description") or "", item["component"], offered))
        elif item["type"] == ROW:
            fields += [_field(inner.get("label") or "", "", inner, offered) for inner in item["components"]]
    return Dialog(modal.id, modal.payload["title"], tuple(fields), modal.payload, submit="Submit")


def _field(label: str, description: str, item: dict[str, Any], offered: Offered) -> Field:
    required = item.get("required", True) is not False and item["type"] != CHECKBOX
    hint = description or item.get("placeholder") or ""
    if item["type"] == INPUT:
        kind = "paragraph" if item.get("style") == 2 else "text"
        least, most = item.get("min_length") or 0, item.get("max_length") or 4000
        return Field(item["custom_id"], label, kind, required, item.get("value") or "", (), hint, least, most)
    options, chosen = options_of(item, offered), _chosen(item)
    if (item.get("max_values") or 1) > 1 or item["type"] in {CHECKBOXES, CHECKBOX}:
        most = item.get("max_values") or len(options)
        return Field(item["custom_id"], label, "multiselect", required, chosen, options, hint, most=most)
    return Field(item["custom_id"], label, "select", required, chosen[0] if chosen else "", options, hint)


def words_of(content: str, components: list[dict[str, Any]]) -> str:
    """What Discord looks for mentions in."""
    return "\n".join([content, *(item["content"] for item in walk(components) if item["type"] == TEXT)])


def _ids(given: Any) -> set[str]:
    """Snowflakes as words or numbers."""
    return {str(id_) for id_ in given or ()}


def mentioned(
    words: str, allowed: Mapping[str, Any] | None, *, everyone: bool = True
) -> tuple[list[str], list[str], bool]:
    """Users, roles, and whether everyone, that Discord would notify. Without allowed_mentions all that are named."""
    users, roles, all_ = _USER.findall(words), _ROLE.findall(words), bool(_ALL.search(words)) and everyone
    if allowed is not None:
        parse = allowed.get("parse") or []
        users = users if "users" in parse else [u for u in users if u in _ids(allowed.get("users"))]
        roles = roles if "roles" in parse else [r for r in roles if r in _ids(allowed.get("roles"))]
        all_ = all_ and "everyone" in parse
    return users, roles, all_
