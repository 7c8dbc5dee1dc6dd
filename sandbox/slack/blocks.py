"""Block Kit as strictly as Slack reads it: types, limits, unknown fields, unique ids. Pure: a list of complaints."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator
from typing import Any

from sandbox.slack.checks import (
    BOTH,
    PLAIN,
    Check,
    Complaints,
    also,
    boolean,
    exactly_one,
    kinds,
    listed,
    number,
    obj,
    one_of,
    pattern,
    string,
    text,
    url,
    whole,
)  # fmt: skip
from sandbox.slack.elements import ACCESSORIES, ASKED, IMAGE, INTERACTIVE, KEEPERS, QUIET

MOST_MARKDOWN = 12_000  # characters of all markdown blocks of a message together
_style = obj({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), boolean))
_run = kinds(
    {
        "text": obj({"text": string(12_000)}, {"style": _style}, kind=True),
        "link": obj({"url": string(3000)}, {"text": string(3000), "style": _style, "unsafe": boolean}, kind=True),
        "emoji": obj({"name": string(255)}, {"unicode": string(255), "style": _style, "skin_tone": whole}, kind=True),
        "user": obj({"user_id": string(255)}, {"style": _style}, kind=True),
        "usergroup": obj({"usergroup_id": string(255)}, {"style": _style}, kind=True),
        "channel": obj({"channel_id": string(255)}, {"style": _style}, kind=True),
        "team": obj({"team_id": string(255)}, {"style": _style}, kind=True),
        "broadcast": obj({"range": one_of("here", "channel", "everyone")}, {"style": _style}, kind=True),
        "color": obj({"value": pattern(r"#[0-9a-fA-F]{6}", "a colour such as #2f5d50")}, {"style": _style}, kind=True),
        "date": obj({"timestamp": whole, "format": string(500)},
                    {"url": url(), "fallback": string(500), "style": _style}, kind=True),
    },
    "rich text element",
)  # fmt: skip
_section_run = obj({"elements": listed(0, 1000, _run)}, kind=True)
_rich_part = kinds(
    {
        "rich_text_section": _section_run,
        "rich_text_quote": obj({"elements": listed(1, 1000, _run)}, {"border": whole}, kind=True),
        "rich_text_preformatted": obj(
            {"elements": listed(1, 1000, _run)}, {"border": whole, "language": string(50)}, kind=True
        ),
        "rich_text_list": obj(
            {"elements": listed(1, 1000, kinds({"rich_text_section": _section_run}, "list item")),
             "style": one_of("bullet", "ordered")},
            {"indent": whole, "offset": whole, "border": whole},
            kind=True,
        ),
    },
    "rich text part",
)  # fmt: skip
_block = {"block_id": string(255)}
_rich = obj({"elements": listed(1, 1000, _rich_part)}, _block, kind=True)
_small = {"plain_text": text(3000, *PLAIN), "mrkdwn": text(3000, "mrkdwn"), "image": IMAGE}
_cell = kinds(
    {"rich_text": _rich, "raw_text": obj({"text": string(3000, 0)}, kind=True),
     "raw_number": obj({"value": number}, {"text": string(255)}, kind=True)},
    "table cell",
)  # fmt: skip


def _section_says_something(value: Any, at: str, out: Complaints) -> None:
    if not value.get("text") and not value.get("fields"):
        out.append(f"{at}: a section needs text or fields")


BLOCKS: dict[str, Check] = {
    "header": obj({"text": text(150, *PLAIN)}, _block | {"level": whole}, kind=True),
    "section": also(
        obj(
            {},
            _block | {"text": text(3000, *BOTH), "fields": listed(1, 10, text(2000, *BOTH)),
                      "accessory": kinds(ACCESSORIES, "accessory"), "expand": boolean},
            kind=True,
        ),
        _section_says_something,
    ),
    "context": obj({"elements": listed(1, 10, kinds(_small, "context element"))}, _block, kind=True),
    "divider": obj({}, _block, kind=True),
    "actions": obj({"elements": listed(1, 25, kinds(INTERACTIVE, "element"))}, _block, kind=True),
    "image": also(
        obj({"alt_text": string(2000)},
            _block | {"image_url": url(), "title": text(2000, *PLAIN),
                      "slack_file": also(obj({}, {"id": string(255), "url": url()}), exactly_one("id", "url"))},
            kind=True),
        exactly_one("image_url", "slack_file"),
    ),
    "rich_text": _rich,
    "markdown": obj({"text": string(MOST_MARKDOWN)}, _block, kind=True),
    "video": obj(
        {"alt_text": string(2000), "title": text(200, *PLAIN), "thumbnail_url": url(), "video_url": url()},
        _block | {"title_url": url(), "author_name": string(50), "provider_name": string(255),
                  "provider_icon_url": url(), "description": text(200, *PLAIN)},
        kind=True,
    ),
}  # fmt: skip
MESSAGE_ONLY: dict[str, Check] = {
    "table": obj(
        {"rows": listed(1, 100, listed(1, 20, _cell))},
        _block | {"column_settings": listed(1, 20, obj({}, {"align": one_of("left", "center", "right"),
                                                            "is_wrapped": boolean}))},
        kind=True,
    ),
    "context_actions": obj({"elements": listed(1, 5, kinds(QUIET, "element"))}, _block, kind=True),
}  # fmt: skip
_input = obj(
    {"label": text(2000, *PLAIN), "element": kinds(ASKED, "element")},
    _block | {"hint": text(2000, *PLAIN), "optional": boolean, "dispatch_action": boolean},
    kind=True,
)
SERVED = {"input", *BLOCKS, *MESSAGE_ONLY}
_MESSAGE = kinds(BLOCKS | MESSAGE_ONLY, "type")
_VIEW = kinds(BLOCKS | {"input": _input}, "type")


def check_blocks(blocks: Any, *, inputs: bool = False, files: Collection[str] = ()) -> Complaints:
    """Complaints about a message's blocks, or a view's with `inputs`; `files` are the ids a slack_file may name."""
    out: Complaints = []
    listed(0, 100 if inputs else 50, _VIEW if inputs else _MESSAGE)(blocks, "/blocks", out)
    if out:
        return out
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(block_ids)) != len(block_ids):
        out.append("/blocks: block_id already exists")
    for index, block in enumerate(blocks):
        ids = [element["action_id"] for element in elements_of(block) if "action_id" in element]
        if len(set(ids)) != len(ids):
            out.append(f"/blocks/{index}: action_id already exists in this block")
        for item in [block, *elements_of(block)]:
            if (named := item.get("slack_file")) and named.get("id", next(iter(files), "")) not in files:
                out.append(f"/blocks/{index}/slack_file: no such file")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MOST_MARKDOWN:
        out.append(f"/blocks: markdown blocks together must be at most {MOST_MARKDOWN} characters")
    if sum(1 for block in blocks if block["type"] == "table") > 1:
        out.append("/blocks: only one table is allowed")
    return out


def elements_of(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The elements of a block, whichever way it holds them."""
    if block["type"] != "rich_text":
        found = [*block.get("elements", []), block.get("accessory"), block.get("element")]
        yield from (element for element in found if isinstance(element, dict))


def check_view(view: Any, *types: str, files: Collection[str] = ()) -> Complaints:
    """Complaints about a modal or an App Home view; with `types` about any other as well."""
    out: Complaints = []
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return ["/view: must be a modal or home object"]
    if types and view["type"] not in types:
        return [f"/view: must be of type {' or '.join(types)}"]

    def blocks(value: Any, at: str, found: Complaints) -> None:
        found.extend(check_blocks(value, inputs=True, files=files))

    shared: dict[str, Check] = {
        "private_metadata": string(3000, 0), "callback_id": string(255), "external_id": string(255),
    }  # fmt: skip
    if view["type"] == "home":
        obj({"blocks": blocks}, shared, kind=True)(view, "/view", out)
        return out
    modal = {"close": text(24, *PLAIN), "submit": text(24, *PLAIN)}
    more: dict[str, Check] = {"clear_on_close": boolean, "notify_on_close": boolean, "submit_disabled": boolean}
    obj({"title": text(24, *PLAIN), "blocks": blocks}, modal | shared | more, kind=True)(view, "/view", out)
    if not out and "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
        out.append("/view: submit is required when there is an input block")
    return out


def fill_ids(blocks: list[dict[str, Any]], prefix: str) -> None:
    """Gives every block and element the id Slack would make up, none twice."""
    taken = {block["block_id"] for block in blocks if "block_id" in block}
    fresh = (f"{prefix}{number}" for number in itertools.count() if f"{prefix}{number}" not in taken)
    for block in blocks:
        if "block_id" not in block:
            block["block_id"] = next(fresh)
        elements = list(elements_of(block))
        used = {element.get("action_id") for element in elements}
        made = (f"{block['block_id']}.{n}" for n in itertools.count() if f"{block['block_id']}.{n}" not in used)
        for element in elements:
            if element.get("type") in KEEPERS and "action_id" not in element:
                element["action_id"] = next(made)
