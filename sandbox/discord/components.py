"""Components, v1 and v2, and modals as strictly as Discord reads them. Pure: path -> complaint, as the API words it."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

Complaints = dict[str, str]

ROW, BUTTON, SELECT, INPUT, USERS, ROLES, MENTIONABLES, CHANNELS, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR = (
    range(1, 15)
)
CONTAINER, LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 17, 18, 19, 21, 22, 23
AUTO_SELECTS = {USERS, ROLES, MENTIONABLES, CHANNELS}
SELECTS = {SELECT, *AUTO_SELECTS}
INSIDE = {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR}
TOP = {*INSIDE, CONTAINER}
ASKED = {INPUT, *SELECTS, UPLOAD, RADIO, CHECKBOXES, CHECKBOX}
MOST_COMPONENTS, MOST_TEXT = 40, 4000


class Walk:
    """One pass over a tree of components, counting and complaining. `files`: names an attachment:// may mean."""

    def __init__(self, files: Collection[str] = ()) -> None:
        self.out: Complaints = {}
        self.count = self.characters = 0
        self.ids: set[str] = set()
        self.numbers: set[int] = set()
        self._files = files

    def complain(self, at: str, text: str) -> None:
        """The first complaint about a place stands."""
        self.out.setdefault(at, text)

    def string(self, value: Any, at: str, most: int, least: int = 1) -> None:
        """A string of so many characters."""
        if not isinstance(value, str):
            self.complain(at, "This field must be a string")
        elif not least <= len(value) <= most:
            self.complain(at, f"Must be between {least} and {most} in length.")

    def optional(self, item: dict[str, Any], at: str, most: int, least: int = 1, **fields: int) -> None:
        """String fields that may be missing or null, by name and longest length."""
        for name, longest in fields.items():
            if item.get(name) is not None:
                self.string(item[name], f"{at}.{name}", longest or most, least)

    def custom_id(self, component: dict[str, Any], at: str) -> None:
        """1 to 100 characters, unique."""
        value = component.get("custom_id")
        self.string(value, f"{at}.custom_id", 100)
        if value in self.ids:
            self.complain(f"{at}.custom_id", "Component custom id cannot be duplicated")
        self.ids.add(str(value))

    def many(self, value: Any, at: str, allowed: set[int], least: int, most: int) -> None:
        """A list of components."""
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.complain(at, f"Must be between {least} and {most} in length.")
            return
        for index, item in enumerate(value):
            self.one(item, f"{at}.{index}", allowed)

    def one(self, item: Any, at: str, allowed: set[int]) -> None:
        """One component of an allowed kind, its number unique."""
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in allowed:
            self.complain(f"{at}.type", f'Value of field "type" must be one of {tuple(sorted(allowed))}.')
            return
        self.count += 1
        number = item.get("id")
        if number:
            if not isinstance(number, int) or number in self.numbers:
                self.complain(f"{at}.id", "Component ids must be unique numbers")
            self.numbers.add(number)
        self._inside(kind, item, at)

    def _inside(self, kind: int, item: dict[str, Any], at: str) -> None:  # noqa: PLR0912  # one case a kind
        match kind:
            case 1:
                elements = item.get("components")
                kinds = (
                    {e.get("type") for e in elements if isinstance(e, dict)} if isinstance(elements, list) else set()
                )
                self.many(elements, f"{at}.components", {BUTTON, *SELECTS}, 1, 1 if kinds & SELECTS else 5)
            case 2:
                self._button(item, at)
            case 3 | 5 | 6 | 7 | 8:
                self._select(item, at)
            case 4:
                self._input(item, at)
            case 9:
                self.many(item.get("components"), f"{at}.components", {TEXT}, 1, 3)
                self.one(item.get("accessory"), f"{at}.accessory", {BUTTON, THUMBNAIL})
            case 10:
                self.string(item.get("content"), f"{at}.content", MOST_TEXT)
                self.characters += len(str(item.get("content") or ""))
            case 11:
                self._media(item.get("media"), f"{at}.media")
                self.optional(item, at, 1024, description=1024)
            case 12:
                self._gallery(item.get("items"), at)
            case 13:
                self._media(item.get("file"), f"{at}.file", attached=True)
            case 14:
                if item.get("spacing", 1) not in {1, 2}:
                    self.complain(f"{at}.spacing", "Value must be one of {1, 2}.")
            case 17:
                self.many(item.get("components"), f"{at}.components", INSIDE, 1, 40)
                colour = item.get("accent_color")
                if colour is not None and not (isinstance(colour, int) and 0 <= colour <= 0xFFFFFF):
                    self.complain(f"{at}.accent_color", "int value should be between 0 and 16777215.")
            case 18:
                self.string(item.get("label"), f"{at}.label", 45)
                self.optional(item, at, 100, description=100)
                self.one(item.get("component"), f"{at}.component", ASKED)
            case 19:
                self.custom_id(item, at)
                self._range(item, at, 10)
            case 21 | 22:
                self.custom_id(item, at)
                self._choices(item.get("options"), at, 2 if kind == RADIO else 1, 10)
                self._range(item, at, len(item.get("options") or []))
            case _:
                self.custom_id(item, at)

    def _media(self, media: Any, at: str, *, attached: bool = False) -> None:
        url = media.get("url") if isinstance(media, dict) else None
        self.string(url, f"{at}.url", 2048)
        if not isinstance(url, str):
            return
        if url.startswith("attachment://"):
            if url.removeprefix("attachment://") not in self._files:
                self.complain(f"{at}.url", "The referenced attachment was not found in this message")
        elif attached or not re.match(r"https?://", url):
            self.complain(f"{at}.url", f'Scheme "{url.partition(":")[0]}" is not one of the allowed schemes.')

    def _gallery(self, items: Any, at: str) -> None:
        if not isinstance(items, list) or not 1 <= len(items) <= 10:
            self.complain(f"{at}.items", "Must be between 1 and 10 in length.")
            return
        for index, entry in enumerate(items):
            self._media(entry.get("media"), f"{at}.items.{index}.media")
            self.optional(entry, f"{at}.items.{index}", 1024, description=1024)

    def _button(self, item: dict[str, Any], at: str) -> None:
        style = item.get("style")
        if style not in {1, 2, 3, 4, 5, 6}:
            self.complain(f"{at}.style", "Value must be one of {1, 2, 3, 4, 5, 6}.")
        if style == 6:
            self.string(item.get("sku_id"), f"{at}.sku_id", 20)
        elif item.get("label") is None and item.get("emoji") is None:
            self.complain(f"{at}.label", "A button needs a label or an emoji")
        self.optional(item, at, 80, label=80)
        emoji = item.get("emoji")
        if emoji is not None and not (isinstance(emoji, dict) and (emoji.get("name") or emoji.get("id"))):
            self.complain(f"{at}.emoji", "Invalid emoji")
        if style == 5:
            self.string(item.get("url"), f"{at}.url", 512)
            if not re.match(r"(https?|discord)://", str(item.get("url"))):
                self.complain(f"{at}.url", "Not a well formed URL.")
            if item.get("custom_id"):
                self.complain(f"{at}.custom_id", "A custom id and url cannot both be specified")
        elif style != 6:
            self.custom_id(item, at)
            if item.get("url"):
                self.complain(f"{at}.url", "A custom id and url cannot both be specified")

    def _select(self, item: dict[str, Any], at: str) -> None:
        self.custom_id(item, at)
        self.optional(item, at, 150, placeholder=150)
        size = 25
        if item["type"] == SELECT:
            self._choices(item.get("options"), at, 1, 25)
            size = len(item.get("options") or [])
        self._range(item, at, size)
        for index, value in enumerate(item.get("default_values") or []):
            self.string(value.get("id"), f"{at}.default_values.{index}.id", 20)
            if value.get("type") not in ("user", "role", "channel"):
                self.complain(f"{at}.default_values.{index}.type", "Value must be one of ('user', 'role', 'channel').")
        chosen = [o for o in item.get("options") or [] if o.get("default")] or item.get("default_values") or []
        if len(chosen) > (item.get("max_values") or 1):
            self.complain(f"{at}.options", "More default values than max_values")

    def _range(self, item: dict[str, Any], at: str, size: int) -> None:
        most = item.get("max_values")
        most = (size if item["type"] == CHECKBOXES else 1) if most is None else most
        least = item.get("min_values")
        least = min(1, most) if least is None else least
        if not (isinstance(least, int) and isinstance(most, int) and 0 <= least <= most <= size and most):
            self.complain(f"{at}.max_values", "min_values and max_values must fit the options")

    def _choices(self, options: Any, at: str, least: int, most: int) -> None:
        if not isinstance(options, list) or not least <= len(options) <= most:
            self.complain(f"{at}.options", f"Must be between {least} and {most} in length.")
            return
        for index, option in enumerate(options):
            self.string(option.get("label"), f"{at}.options.{index}.label", 100)
            self.string(option.get("value"), f"{at}.options.{index}.value", 100)
            self.optional(option, f"{at}.options.{index}", 100, description=100)
        values = [option.get("value") for option in options]
        if len(set(values)) != len(values):
            self.complain(f"{at}.options", "The specified option value is already used")

    def _input(self, item: dict[str, Any], at: str) -> None:
        self.custom_id(item, at)
        if item.get("style") not in {1, 2}:
            self.complain(f"{at}.style", "Value must be one of {1, 2}.")
        least, most = item.get("min_length") or 0, item.get("max_length") or 4000
        if not 0 <= least <= most <= 4000 or most < 1:
            self.complain(f"{at}.max_length", "int value should be between 1 and 4000.")
        self.optional(item, at, 100, 0, placeholder=100)
        if item.get("value"):
            self.string(item["value"], f"{at}.value", most, least)


def check_components(components: Any, files: Collection[str] = ()) -> Complaints:
    """Complaints about a components v2 message."""
    walk = Walk(files)
    walk.many(components, "components", TOP, 1, 40)
    if walk.count > MOST_COMPONENTS:
        walk.complain("components", f"The total number of components exceeds {MOST_COMPONENTS}")
    if walk.characters > MOST_TEXT:
        walk.complain("components", f"The total text length exceeds {MOST_TEXT}")
    return walk.out


def check_rows(components: Any) -> Complaints:
    """Complaints about the components of a message without the v2 flag: five rows."""
    walk = Walk()
    walk.many(components, "components", {ROW}, 0, 5)
    return walk.out


def check_modal(data: Any) -> Complaints:
    """Complaints about a modal."""
    walk = Walk()
    modal: dict[str, Any] = data if isinstance(data, dict) else {}
    walk.string(modal.get("title"), "title", 45)
    walk.string(modal.get("custom_id"), "custom_id", 100)
    rows = modal.get("components")
    old = isinstance(rows, list) and all(isinstance(row, dict) and row.get("type") == ROW for row in rows)
    if old and rows:
        for index, row in enumerate(rows):  # the older form: rows of one labelled text input each
            walk.many(row.get("components"), f"components.{index}.components", {INPUT}, 1, 1)
    walk.many([] if old else rows, "components", {LABEL, TEXT}, 0 if old and rows else 1, 5)
    return walk.out


def error_body(complaints: Complaints) -> dict[str, Any]:
    """50035 as the API words it: the path as nested objects."""
    errors: dict[str, Any] = {}
    for path, text in complaints.items():
        node = errors
        for part in path.split("."):
            node = node.setdefault(part, {})
        node["_errors"] = [{"code": "BASE_TYPE_BAD_LENGTH" if "length" in text else "INVALID", "message": text}]
    return {"code": 50035, "message": "Invalid Form Body", "errors": errors}


DEFAULTS: dict[int, dict[str, Any]] = {
    **{kind: {"min_values": 1, "max_values": 1} for kind in (3, 5, 6, 7, 8)},
    11: {"description": None, "spoiler": False},
    13: {"spoiler": False}, 14: {"spacing": 1, "divider": True}, 17: {"accent_color": None, "spoiler": False},
}  # fmt: skip


def complete(components: list[dict[str, Any]]) -> None:
    """Gives every component the numeric id Discord assigns, and the fields it answers with when they were left out."""
    todo, taken, next_id = list(components), set[int](), 1
    found: list[dict[str, Any]] = []
    while todo:
        item = todo.pop(0)
        found.append(item)
        taken.add(item.get("id") or 0)
        todo += item.get("components") or []
        todo += [child for key in ("accessory", "component") if (child := item.get(key))]
    for item in found:
        for key, value in DEFAULTS.get(item["type"], {}).items():
            item[key] = value if item.get(key) is None else item[key]
        for entry in item.get("items") or []:
            entry |= {"description": entry.get("description"), "spoiler": bool(entry.get("spoiler"))}
        if not item.get("id"):
            while next_id in taken:
                next_id += 1
            item["id"] = next_id
            taken.add(next_id)
