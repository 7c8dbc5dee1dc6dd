"""The types of a body's fields, wherever they stand, before anything else looks at them. Pure: path -> complaint.

Discord's field names mean the same everywhere, so one table by name does for every route; null is left to the routes.
"""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.discord.components import Complaints

STRINGS = [
    "content",
    "title",
    "description",
    "label",
    "custom_id",
    "placeholder",
    "name",
    "url",
    "filename",
    "recipient_id",
    "message_id",
    "channel_id",
    "sku_id",
    "timestamp",
    "icon_url",
]
NUMBERS = [
    "flags",
    "type",
    "style",
    "min_values",
    "max_values",
    "min_length",
    "max_length",
    "spacing",
    "accent_color",
    "color",
    "auto_archive_duration",
]
FLOATS = ["min_value", "max_value"]
BOOLEANS = [
    "disabled",
    "required",
    "default",
    "autocomplete",
    "spoiler",
    "divider",
    "inline",
    "tts",
    "enforce_nonce",
    "archived",
    "locked",
    "invitable",
    "nsfw",
    "dm_permission",
    "fail_if_not_exists",
]
OBJECTS = [
    "data",
    "media",
    "file",
    "emoji",
    "footer",
    "author",
    "image",
    "thumbnail",
    "allowed_mentions",
    "message_reference",
    "component",
    "accessory",
    "name_localizations",
    "description_localizations",
    "poll",
]
LISTS = ["components", "embeds", "attachments", "options", "choices", "items", "fields", "default_values"]
WORDS = ["parse", "users", "roles", "sticker_ids", "contexts", "integration_types", "channel_types"]
LARGEST_INT = 1 << 53


def _string(value: Any) -> bool:
    return isinstance(value, str)


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_INT


def _float(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST_INT


def _boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _object(value: Any) -> bool:
    return isinstance(value, dict)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str | int) for item in value)


def _string_or_int(value: Any) -> bool:
    return isinstance(value, str | int)


def _choice(value: Any) -> bool:
    return isinstance(value, str | int | float)


EXPECTED = {
    **dict.fromkeys(STRINGS, (_string, "This field must be a string")),
    **dict.fromkeys(NUMBERS, (_number, "Value is not an int.")),
    **dict.fromkeys(FLOATS, (_float, "Value is not a number.")),
    **dict.fromkeys(BOOLEANS, (_boolean, "Must be either true or false.")),
    **dict.fromkeys(OBJECTS, (_object, "Only dictionaries may be used in a DictType")),
    **dict.fromkeys(LISTS, (_objects, "Only a list of dictionaries may be used here")),
    **dict.fromkeys(WORDS, (_words, "Only a list of values may be used here")),
    "nonce": (_string_or_int, "This field must be a string or an int"),
    "value": (_choice, "Only a string or a number may be used here"),
    "id": (_string_or_int, "Value is not a snowflake."),
}


def check_shape(value: Any, at: str = "") -> Complaints:
    """Complaints about fields of the wrong type.

    >>> check_shape({"components": [{"type": "row"}]})
    {'components.0.type': 'Value is not an int.'}
    """
    out: Complaints = {}
    if isinstance(value, list):
        for index, item in enumerate(value):
            out |= check_shape(item, f"{at}{index}.")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            right = EXPECTED.get(key)
            if right is not None and item is not None and not right[0](item):
                out[f"{at}{key}"] = right[1]
            else:
                out |= check_shape(item, f"{at}{key}.")
    return out
