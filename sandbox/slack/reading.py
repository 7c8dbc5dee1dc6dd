"""How a person reads Slack's own format: words, controls, a dialog's fields, and whom a message would ping."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file reads JSON that was judged before)

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal

from sandbox.slack.blocks import elements_of
from sandbox.slack.choosing import Options, initial_of, options_of, takes_many
from sandbox.slack.model import View
from sandbox.world import Control, Dialog, Field

_PING = re.compile(r"<!(?:channel|here|everyone)(?:\|[^>]*)?>|<@[UW][A-Z0-9]+(?:\|[^>]*)?>|<!subteam\^[^>]+>")
_TYPED: dict[str, Literal["text", "number", "email", "url", "date", "time", "datetime"]] = {
    "plain_text_input": "text", "number_input": "number", "email_text_input": "email", "url_text_input": "url",
    "datepicker": "date", "timepicker": "time", "datetimepicker": "datetime", "rich_text_input": "text",
    "file_input": "text",
}  # fmt: skip
_PICKED: dict[str, Literal["date", "time", "datetime"]] = {
    "datepicker": "date", "timepicker": "time", "datetimepicker": "datetime",
}  # fmt: skip


def text_of(blocks: list[dict[str, Any]], fallback: str) -> str:
    """Everything readable, one part a line; entities unescaped where Slack reads mrkdwn."""
    return "\n".join(_texts(blocks)) if blocks else _unescape(fallback)


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _say(text: dict[str, Any]) -> str:
    return _unescape(text["text"]) if text["type"] == "mrkdwn" else text["text"]


def _texts(blocks: list[dict[str, Any]]) -> Iterator[str]:  # one case a kind of block
    for block in blocks:
        match block["type"]:
            case "header" | "video":
                yield block["text" if block["type"] == "header" else "title"]["text"]
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
            case "markdown":
                yield block["text"]
            case "table":
                for row in block["rows"]:
                    yield "\t".join(_cell(cell) for cell in row)
            case _:
                pass


def _cell(cell: dict[str, Any]) -> str:
    if cell["type"] == "rich_text":
        return " ".join(rich_text(part) for part in cell["elements"])
    return str(cell.get("text") or cell.get("value", ""))


def rich_text(part: dict[str, Any]) -> str:
    """The words of one rich text part."""
    if part["type"] == "rich_text_list":
        return "\n".join(rich_text(item) for item in part["elements"])
    words = {"user": "user_id", "broadcast": "range", "emoji": "name", "channel": "channel_id", "date": "fallback"}
    return "".join(
        run.get("text") or run.get("url") or run.get(words.get(run["type"], ""), "") for run in part["elements"]
    )


def controls_of(blocks: list[dict[str, Any]], people: Options = (), places: Options = ()) -> tuple[Control, ...]:
    """What can be pressed or chosen; ids are "block_id/action_id"."""
    found: list[Control] = []
    for block in blocks:
        dispatches = block["type"] != "input" or block.get("dispatch_action", False)
        for element in elements_of(block) if dispatches else ():
            found += _controls(block["block_id"], element, people, places)
    return tuple(found)


def _controls(block: str, element: dict[str, Any], people: Options, places: Options) -> list[Control]:
    id_, kind = f"{block}/{element.get('action_id', '')}", element["type"]
    label = element.get("placeholder", {}).get("text", "")
    if kind in {"button", "icon_button"}:
        return [Control(id_, "link" if "url" in element else "button", element["text"]["text"])]
    if kind == "feedback_buttons":
        both = (element["positive_button"], element["negative_button"])
        options = tuple((button["value"], button["text"]["text"]) for button in both)
        return [Control(id_, "select", "", options)]
    if kind in _PICKED:
        return [Control(id_, _PICKED[kind], label, chosen=initial_of(element))]
    if kind in _TYPED:
        return [Control(id_, "text", label)]
    if kind == "image" or "action_id" not in element:
        return []
    options = options_of(element, people, places)
    many = takes_many(element)
    most = element.get("max_selected_items", len(options)) if many else 1
    return [Control(id_, "select", label, options, False, 0 if many else 1, most, initial_of(element))]


def dialog_of(view: View, depth: int = 1, people: Options = (), places: Options = ()) -> Dialog:
    """An open modal as a list of fields; ids are "block_id/action_id"."""
    fields = tuple(_field(block, people, places) for block in view.payload["blocks"] if block["type"] == "input")
    ids = {field.id.partition("/")[0]: field.id for field in fields}
    errors = {ids.get(block, block): sentence for block, sentence in view.errors.items()}
    submit, close = (view.payload.get(key, {}).get("text", "") for key in ("submit", "close"))
    title = view.payload["title"]["text"]
    return Dialog(view.id, title, fields, view.payload, errors, submit, close or "Cancel", depth)


def _field(block: dict[str, Any], people: Options, places: Options) -> Field:
    element = block["element"]
    id_ = f"{block['block_id']}/{element['action_id']}"
    required = not block.get("optional", False)
    hint = block.get("hint", {}).get("text", "") or element.get("placeholder", {}).get("text", "")
    label = block["label"]["text"]
    if element["type"] in _TYPED:
        kind = "paragraph" if element.get("multiline") else _TYPED[element["type"]]
        least, most = element.get("min_length", 0), element.get("max_length", 3000)
        value = element.get("initial_value", "") or next(iter(initial_of(element)), "")
        return Field(id_, label, kind, required, value if isinstance(value, str) else "", (), hint, least, most)
    options, initial = options_of(element, people, places), initial_of(element)
    if takes_many(element):
        most = element.get("max_selected_items", len(options))
        return Field(id_, label, "multiselect", required, initial, options, hint, most=most)
    return Field(id_, label, "select", required, next(iter(initial), ""), options, hint)


def told(blocks: list[dict[str, Any]]) -> tuple[str, ...]:
    """Who is mentioned by id in blocks, each once. A message's plain text is left to `pings`."""
    found: list[str] = []
    todo: list[Any] = list(blocks)
    while todo:
        value = todo.pop(0)
        if isinstance(value, dict):
            found += [value["user_id"]] if value.get("type") == "user" and "user_id" in value else []
            found += re.findall(r"<@([UW][A-Z0-9]+)", value["text"]) if value.get("type") == "mrkdwn" else []
            todo += value.values()
        elif isinstance(value, list):
            todo += value
    return tuple(dict.fromkeys(found))


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
