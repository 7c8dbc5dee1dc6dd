"""Components v2 and modals as strictly as Discord reads them. Pure: path -> complaint, in the API's own error shape."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import Any

Complaints = dict[str, str]

ROW, BUTTON, SELECT, INPUT, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = (
    1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 17, 18,
)  # fmt: skip
TOP = {ROW, SECTION, TEXT, GALLERY, SEPARATOR, CONTAINER}
MOST_COMPONENTS, MOST_TEXT = 40, 4000


class Walk:
    """One pass over a tree of components, counting and complaining."""

    def __init__(self) -> None:
        self.out: Complaints = {}
        self.count = 0
        self.characters = 0
        self.ids: set[str] = set()

    def complain(self, at: str, text: str) -> None:
        self.out.setdefault(at, text)

    def string(self, value: Any, at: str, most: int, least: int = 1) -> None:
        if not isinstance(value, str):
            self.complain(at, "This field must be a string")
        elif not least <= len(value) <= most:
            self.complain(at, f"Must be between {least} and {most} in length.")

    def custom_id(self, component: dict[str, Any], at: str) -> None:
        value = component.get("custom_id")
        self.string(value, f"{at}.custom_id", 100)
        if value in self.ids:
            self.complain(f"{at}.custom_id", "Component custom id cannot be duplicated")
        self.ids.add(str(value))

    def many(self, value: Any, at: str, allowed: set[int], least: int, most: int) -> None:
        if not isinstance(value, list) or not least <= len(value) <= most:
            self.complain(at, f"Must be between {least} and {most} in length.")
            return
        for index, item in enumerate(value):
            self.one(item, f"{at}.{index}", allowed)

    def one(self, item: Any, at: str, allowed: set[int]) -> None:  # noqa: PLR0912  # one case a kind of component
        kind = item.get("type") if isinstance(item, dict) else None
        if kind not in allowed:
            self.complain(f"{at}.type", f'Value of field "type" must be one of {sorted(allowed)}.')
            return
        self.count += 1
        match kind:
            case 1:
                elements = item.get("components")
                has_select = isinstance(elements, list) and any(
                    isinstance(e, dict) and e.get("type") == SELECT for e in elements
                )
                self.many(elements, f"{at}.components", {BUTTON, SELECT}, 1, 1 if has_select else 5)
            case 2:
                self._button(item, at)
            case 3:
                self._select(item, at)
            case 4:
                self._input(item, at)
            case 9:
                self.many(item.get("components"), f"{at}.components", {TEXT}, 1, 3)
                self.one(item.get("accessory"), f"{at}.accessory", {BUTTON, THUMBNAIL})
            case 10:
                self.string(item.get("content"), f"{at}.content", MOST_TEXT)
                self.characters += len(item.get("content") or "")
            case 12:
                if not isinstance(item.get("items"), list) or not 1 <= len(item["items"]) <= 10:
                    self.complain(f"{at}.items", "Must be between 1 and 10 in length.")
            case 14:
                if item.get("spacing", 1) not in {1, 2}:
                    self.complain(f"{at}.spacing", "Value must be one of {1, 2}.")
            case 17:
                self.many(item.get("components"), f"{at}.components", {ROW, SECTION, TEXT, GALLERY, SEPARATOR}, 1, 40)
            case 18:
                self.string(item.get("label"), f"{at}.label", 45)
                if item.get("description") is not None:
                    self.string(item["description"], f"{at}.description", 100)
                self.one(item.get("component"), f"{at}.component", {INPUT, SELECT})
            case _:
                pass

    def _button(self, item: dict[str, Any], at: str) -> None:
        style = item.get("style")
        if style not in {1, 2, 3, 4, 5}:
            self.complain(f"{at}.style", "Value must be one of {1, 2, 3, 4, 5, 6}.")
        if item.get("label") is None and item.get("emoji") is None:
            self.complain(f"{at}.label", "A button needs a label or an emoji")
        elif item.get("label") is not None:
            self.string(item["label"], f"{at}.label", 80)
        if style == 5:
            self.string(item.get("url"), f"{at}.url", 512)
        else:
            self.custom_id(item, at)

    def _select(self, item: dict[str, Any], at: str) -> None:
        self.custom_id(item, at)
        if item.get("placeholder") is not None:
            self.string(item["placeholder"], f"{at}.placeholder", 150)
        options = item.get("options")
        if not isinstance(options, list) or not 1 <= len(options) <= 25:
            self.complain(f"{at}.options", "Must be between 1 and 25 in length.")
            return
        for index, option in enumerate(options):
            self.string(option.get("label"), f"{at}.options.{index}.label", 100)
            self.string(option.get("value"), f"{at}.options.{index}.value", 100)
            if option.get("description") is not None:
                self.string(option["description"], f"{at}.options.{index}.description", 100)
        values = [option.get("value") for option in options]
        if len(set(values)) != len(values):
            self.complain(f"{at}.options", "The specified option value is already used")
        least, most = item.get("min_values", 1), item.get("max_values", 1)
        if not (isinstance(least, int) and isinstance(most, int) and 0 <= least <= most <= len(options)):
            self.complain(f"{at}.max_values", "min_values and max_values must fit the options")
        if sum(1 for option in options if option.get("default")) > most:
            self.complain(f"{at}.options", "More default values than max_values")

    def _input(self, item: dict[str, Any], at: str) -> None:
        self.custom_id(item, at)
        if item.get("style") not in {1, 2}:
            self.complain(f"{at}.style", "Value must be one of {1, 2}.")
        least, most = item.get("min_length") or 0, item.get("max_length") or 4000
        if not 0 <= least <= most <= 4000 or most < 1:
            self.complain(f"{at}.max_length", "int value should be between 1 and 4000.")
        if item.get("placeholder") is not None:
            self.string(item["placeholder"], f"{at}.placeholder", 100, 0)
        if item.get("value"):
            self.string(item["value"], f"{at}.value", most, least)


def check_components(components: Any) -> Complaints:
    """Complaints about a components v2 message."""
    walk = Walk()
    walk.many(components, "components", TOP, 1, 40)
    if walk.count > MOST_COMPONENTS:
        walk.complain("components", f"The total number of components exceeds {MOST_COMPONENTS}")
    if walk.characters > MOST_TEXT:
        walk.complain("components", f"The total text length exceeds {MOST_TEXT}")
    return walk.out


def check_modal(data: Any) -> Complaints:
    """Complaints about a modal."""
    walk = Walk()
    modal: dict[str, Any] = data if isinstance(data, dict) else {}
    walk.string(modal.get("title"), "title", 45)
    walk.string(modal.get("custom_id"), "custom_id", 100)
    walk.many(modal.get("components"), "components", {LABEL, TEXT}, 1, 5)
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


def number(components: list[dict[str, Any]]) -> None:
    """Gives every component the numeric id Discord assigns."""
    todo, next_id = list(components), 1
    while todo:
        item = todo.pop(0)
        if not item.get("id"):
            item["id"] = next_id
        next_id += 1
        todo += item.get("components") or []
        todo += [child for key in ("accessory", "component") if (child := item.get(key))]
