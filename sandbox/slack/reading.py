"""How a person reads Slack's own format: words, controls, a dialog's fields, and whom a message would ping."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sandbox.slack.model import View
from sandbox.world import Control, Dialog, Field

_PING = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>|<!subteam\^[^>]+>")


def text_of(blocks: list[dict[str, Any]], fallback: str) -> str:
    """Everything readable, one part a line; entities unescaped where Slack reads mrkdwn."""
    return "\n".join(_texts(blocks)) if blocks else _unescape(fallback)


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _say(text: dict[str, Any]) -> str:
    return _unescape(text["text"]) if text["type"] == "mrkdwn" else text["text"]


def _texts(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "header":
                yield block["text"]["text"]
            case "section":
                if "text" in block:
                    yield _say(block["text"])
                yield from (_say(field) for field in block.get("fields", []))
            case "context":
                yield from (_say(e) if e["type"] != "image" else e["alt_text"] for e in block["elements"])
            case "image":
                yield block["alt_text"]
            case "rich_text":
                yield from (rich_text(part) for part in block["elements"])
            case _:
                pass


def rich_text(part: dict[str, Any]) -> str:
    """The words of one rich text part."""
    if part["type"] == "rich_text_list":
        return "\n".join(rich_text(item) for item in part["elements"])
    words = {"user": "user_id", "broadcast": "range", "emoji": "name", "channel": "channel_id"}
    return "".join(
        run.get("text") or run.get("url") or run.get(words.get(run["type"], ""), "") for run in part["elements"]
    )


def controls_of(blocks: list[dict[str, Any]]) -> tuple[Control, ...]:
    """What can be pressed or chosen; ids are "block_id/action_id"."""
    found: list[Control] = []
    for block in blocks:
        elements = [*block.get("elements", [])] if block["type"] == "actions" else []
        elements += [block["accessory"]] if "accessory" in block else []
        for element in elements:
            id_ = f"{block['block_id']}/{element.get('action_id', '')}"
            match element["type"]:
                case "button":
                    kind = "link" if "url" in element else "button"
                    found.append(Control(id_, kind, element["text"]["text"]))
                case "static_select" | "multi_static_select" | "radio_buttons" | "checkboxes":
                    label = element.get("placeholder", {}).get("text", "")
                    found.append(Control(id_, "select", label, _options(element)))
                case _:
                    pass
    return tuple(found)


def _options(element: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((option["value"], option["text"]["text"]) for option in element.get("options", []))


def dialog_of(view: View) -> Dialog:
    """An open modal as a list of fields; ids are "block_id/action_id"."""
    fields = tuple(_field(block) for block in view.payload["blocks"] if block["type"] == "input")
    ids = {field.id.partition("/")[0]: field.id for field in fields}
    errors = {ids.get(block, block): sentence for block, sentence in view.errors.items()}
    return Dialog(view.id, view.payload["title"]["text"], fields, view.payload, errors)


def _field(block: dict[str, Any]) -> Field:
    element = block["element"]
    id_ = f"{block['block_id']}/{element['action_id']}"
    required = not block.get("optional", False)
    hint = block.get("hint", {}).get("text", "") or element.get("placeholder", {}).get("text", "")
    label = block["label"]["text"]
    if element["type"] == "plain_text_input":
        kind = "paragraph" if element.get("multiline") else "text"
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        value = element.get("initial_value", "")
        return Field(id_, label, kind, required, value, hint=hint, min_length=least, max_length=most)
    if "initial_options" in element or element["type"] in {"multi_static_select", "checkboxes"}:
        chosen = tuple(option["value"] for option in element.get("initial_options", []))
        return Field(id_, label, "multiselect", required, chosen, _options(element), hint)
    value = element.get("initial_option", {}).get("value", "")
    return Field(id_, label, "select", required, value, _options(element), hint)


def pings(text: str, blocks: list[dict[str, Any]], *, link_names: bool = False) -> int:
    """How many mentions Slack would act on. With blocks, `text` is only a notification and pings nobody."""
    if not blocks:
        return len(_PING.findall(text)) + (len(re.findall(r"@(?:channel|here|everyone)\b", text)) if link_names else 0)
    return sum(_pings_in(block) for block in blocks)


def _pings_in(value: Any) -> int:
    if isinstance(value, list):
        return sum(_pings_in(item) for item in value)
    if not isinstance(value, dict):
        return 0
    if value.get("type") == "mrkdwn":
        return len(_PING.findall(value.get("text", "")))
    own = 1 if value.get("type") in {"user", "broadcast"} and ("user_id" in value or "range" in value) else 0
    return own + sum(_pings_in(item) for item in value.values())
