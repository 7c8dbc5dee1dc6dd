"""Block Kit as strictly as Slack reads it: types, limits, unknown fields, unique ids. Pure: a list of complaints."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Complaints = list[str]
Check = Callable[[Any, str, Complaints], None]


def text(most: int, *kinds: str) -> Check:
    """A text object of the given kinds."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            out.append(f"{at}: must be a {' or '.join(kinds)} object")
            return
        if extra := set(value) - {"type", "text", "emoji", "verbatim"}:
            out.append(f"{at}: unknown field {min(extra)}")
        if not isinstance(value.get("text"), str) or not 1 <= len(value["text"]) <= most:
            out.append(f"{at}/text: must be 1 to {most} characters")
        if value["type"] == "mrkdwn" and "emoji" in value:
            out.append(f"{at}/emoji: not allowed with mrkdwn")

    return check


def string(most: int, least: int = 1) -> Check:
    """A plain string."""

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, str) or not least <= len(value) <= most:
            out.append(f"{at}: must be {least} to {most} characters")

    return check


def boolean(value: Any, at: str, out: Complaints) -> None:
    if not isinstance(value, bool):
        out.append(f"{at}: must be true or false")


def whole(value: Any, at: str, out: Complaints) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        out.append(f"{at}: must be a whole number")


def one_of(*allowed: str) -> Check:
    def check(value: Any, at: str, out: Complaints) -> None:
        if value not in allowed:
            out.append(f"{at}: must be one of {', '.join(allowed)}")

    return check


def listed(least: int, most: int, each: Check) -> Check:
    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            out.append(f"{at}: must have {least} to {most} items")
            return
        for index, item in enumerate(value):
            each(item, f"{at}/{index}", out)

    return check


def obj(required: dict[str, Check], optional: dict[str, Check] | None = None, **kind: str) -> Check:
    """An object with exactly these fields; `type` is fixed by `kind`."""
    known = required | (optional or {})

    def check(value: Any, at: str, out: Complaints) -> None:
        if not isinstance(value, dict):
            out.append(f"{at}: must be an object")
            return
        for missing in set(required) - set(value):
            out.append(f"{at}: missing required field: {missing}")
        for key, item in value.items():
            if key == "type" and kind:
                continue
            if key not in known:
                out.append(f"{at}: invalid additional property: {key}")
            else:
                known[key](item, f"{at}/{key}", out)

    return check


def kinds(table: dict[str, Check], what: str) -> Check:
    def check(value: Any, at: str, out: Complaints) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in table:
            out.append(f"{at}: unsupported {what}: {kind}")
        else:
            table[kind](value, at, out)

    return check


PLAIN = ("plain_text",)
BOTH = ("plain_text", "mrkdwn")
_option = obj({"text": text(75, *BOTH), "value": string(150)}, {"description": text(75, *BOTH)})
_options = listed(1, 100, _option)
_placeholder = {"placeholder": text(150, *PLAIN)}
_confirm = obj(
    {"title": text(100, *PLAIN), "text": text(300, *BOTH), "confirm": text(30, *PLAIN), "deny": text(30, *PLAIN)}
)
_id = {"action_id": string(255)}
_select = obj(
    {"options": _options}, _id | _placeholder | {"initial_option": _option, "focus_on_load": boolean}, type=""
)
_multi = obj(
    {"options": _options},
    _id | _placeholder | {"initial_options": listed(1, 100, _option), "max_selected_items": whole,
                          "focus_on_load": boolean},
    type="",
)  # fmt: skip
_boxes = obj(
    {"options": listed(1, 10, _option)},
    _id | {"initial_options": listed(1, 10, _option), "focus_on_load": boolean},
    type="",
)
_button = obj(
    {"text": text(75, *PLAIN)},
    _id | {"value": string(2000), "url": string(3000), "style": one_of("primary", "danger"), "confirm": _confirm,
           "accessibility_label": string(75)},
    type="",
)  # fmt: skip
_image = obj({"image_url": string(3000), "alt_text": string(2000)}, {"title": text(2000, *PLAIN)}, type="")
_interactive = {"button": _button, "static_select": _select, "multi_static_select": _multi, "checkboxes": _boxes}
_interactive["radio_buttons"] = obj({"options": listed(1, 10, _option)}, _id | {"initial_option": _option}, type="")
_typed = obj(
    {},
    _id | _placeholder | {"initial_value": string(3000, 0), "multiline": boolean, "min_length": whole,
                          "max_length": whole,                          "focus_on_load": boolean},
    type="",
)  # fmt: skip

_style = obj({}, {"bold": boolean, "italic": boolean, "strike": boolean, "code": boolean})
_run = kinds(
    {
        "text": obj({"text": string(12_000)}, {"style": _style}, type=""),
        "link": obj({"url": string(3000)}, {"text": string(3000), "style": _style, "unsafe": boolean}, type=""),
        "emoji": obj({"name": string(255)}, {"unicode": string(255), "style": _style}, type=""),
        "user": obj({"user_id": string(255)}, {"style": _style}, type=""),
        "channel": obj({"channel_id": string(255)}, {"style": _style}, type=""),
        "broadcast": obj({"range": one_of("here", "channel", "everyone")}, {"style": _style}, type=""),
    },
    "rich text element",
)
_section_run = obj({"elements": listed(1, 1000, _run)}, type="")
_rich = kinds(
    {
        "rich_text_section": _section_run,
        "rich_text_quote": obj({"elements": listed(1, 1000, _run)}, {"border": whole}, type=""),
        "rich_text_preformatted": obj({"elements": listed(1, 1000, _run)}, {"border": whole}, type=""),
        "rich_text_list": obj(
            {"elements": listed(1, 1000, kinds({"rich_text_section": _section_run}, "list item")),
             "style": one_of("bullet", "ordered")},
            {"indent": whole, "offset": whole, "border": whole},
            type="",
        ),
    },
    "rich text part",
)  # fmt: skip
_block = {"block_id": string(255)}
_small = {"plain_text": text(3000, *PLAIN), "mrkdwn": text(3000, "mrkdwn"), "image": _image}
BLOCKS: dict[str, Check] = {
    "header": obj({"text": text(150, *PLAIN)}, _block, type=""),
    "section": obj(
        {},
        _block | {"text": text(3000, *BOTH), "fields": listed(1, 10, text(2000, *BOTH)),
                  "accessory": kinds(_interactive | {"image": _image}, "accessory"), "expand": boolean},
        type="",
    ),
    "context": obj(
        {"elements": listed(1, 10, kinds(_small, "context element"))},
        _block,
        type="",
    ),
    "divider": obj({}, _block, type=""),
    "actions": obj({"elements": listed(1, 25, kinds(_interactive, "element"))}, _block, type=""),
    "image": obj({"image_url": string(3000), "alt_text": string(2000)}, _block | {"title": text(2000, *PLAIN)},
                 type=""),
    "rich_text": obj({"elements": listed(1, 1000, _rich)}, _block, type=""),
}  # fmt: skip
_input = obj(
    {"label": text(2000, *PLAIN),
     "element": kinds({"plain_text_input": _typed} | {k: v for k, v in _interactive.items() if k != "button"},
                      "element")},
    _block | {"hint": text(2000, *PLAIN), "optional": boolean, "dispatch_action": boolean},
    type="",
)  # fmt: skip


def check_blocks(blocks: Any, *, most: int = 50, inputs: bool = False) -> Complaints:
    """Complaints about a message's blocks, or a view's with `inputs`."""
    out: Complaints = []
    table = BLOCKS | ({"input": _input} if inputs else {})
    listed(0, most, kinds(table, "type"))(blocks, "/blocks", out)
    if out:
        return out
    for index, block in enumerate(blocks):
        if block["type"] == "section" and not block.get("text") and not block.get("fields"):
            out.append(f"/blocks/{index}: a section needs text or fields")
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(block_ids)) != len(block_ids):
        out.append("/blocks: block_id already exists")
    for index, block in enumerate(blocks):
        ids = [e["action_id"] for e in block.get("elements", []) if isinstance(e, dict) and "action_id" in e]
        if len(set(ids)) != len(ids):
            out.append(f"/blocks/{index}: action_id already exists in this block")
    return out


def check_view(view: Any) -> Complaints:
    """Complaints about a modal or an App Home view."""
    out: Complaints = []
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return ["/view: must be a modal or home object"]
    shared: dict[str, Check] = {
        "private_metadata": string(3000, 0), "callback_id": string(255), "external_id": string(255),
        "blocks": lambda value, at, found: found.extend(check_blocks(value, most=100, inputs=True)),
    }  # fmt: skip
    if view["type"] == "home":
        obj({"blocks": shared["blocks"]}, shared, type="")(view, "/view", out)
        return out
    modal = {"title": text(24, *PLAIN), "close": text(24, *PLAIN), "submit": text(24, *PLAIN)}
    more: dict[str, Check] = {"clear_on_close": boolean, "notify_on_close": boolean}
    obj({"title": modal["title"], "blocks": shared["blocks"]}, modal | shared | more, type="")(view, "/view", out)
    if not out and "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        out.append("/view: submit is required when there is an input block")
    return out


def fill_ids(blocks: list[dict[str, Any]], prefix: str) -> None:
    """Gives every block and element the id Slack would make up."""
    for index, block in enumerate(blocks):
        block.setdefault("block_id", f"{prefix}{index}")
        elements = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        for position, element in enumerate(elements):
            if isinstance(element, dict) and element.get("type") in {*_interactive, "plain_text_input"}:
                element.setdefault("action_id", f"{prefix}{index}.{position}")
