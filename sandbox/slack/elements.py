"""Block Kit's elements as strictly as Slack reads them: buttons, selects, pickers, inputs. Pure."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (this file judges JSON of any shape: that is its purpose)

from __future__ import annotations

from typing import Any

from sandbox.slack.checks import (
    BOTH,
    PLAIN,
    Check,
    Complaints,
    also,
    boolean,
    exactly_one,
    listed,
    moment,
    obj,
    one_of,
    pattern,
    string,
    text,
    url,
    whole,
)  # fmt: skip

DATE = pattern(r"\d{4}-\d{2}-\d{2}", "a date such as 2026-11-21")
TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d", "a time such as 08:30")
_NUMBER = pattern(r"-?\d+(\.\d+)?", "a number in a string")


def _option(*labels: str) -> Check:
    return obj({"text": text(75, *labels), "value": string(150)}, {"description": text(75, *labels)})


_option_plain, _option_both = _option(*PLAIN), _option(*BOTH)
_options = listed(1, 100, _option_plain)
_groups = listed(1, 100, obj({"label": text(75, *PLAIN), "options": _options}))
_confirm = obj(
    {"title": text(100, *PLAIN), "text": text(300, *BOTH), "confirm": text(30, *PLAIN), "deny": text(30, *PLAIN)},
    {"style": one_of("primary", "danger")},
)
_shared: dict[str, Check] = {"action_id": string(255), "focus_on_load": boolean, "confirm": _confirm}
_asked = _shared | {"placeholder": text(150, *PLAIN)}
_who = string(255)
_filter = obj(
    {},
    {"include": listed(1, 4, one_of("im", "mpim", "private", "public")), "exclude_external_shared_channels": boolean,
     "exclude_bot_users": boolean},
)  # fmt: skip
_slack_file = also(obj({}, {"id": string(255), "url": url()}), exactly_one("id", "url"))


def _initials_are_options(value: Any, at: str, out: Complaints) -> None:
    """What is chosen beforehand must be one of the options; values are unique."""
    options = list(value.get("options") or [])
    for group in value.get("option_groups") or []:
        options += group["options"]
    chosen = [value["initial_option"]] if "initial_option" in value else value.get("initial_options") or []
    known = [option["value"] for option in options]
    if any(option not in options for option in chosen):
        out.append(f"{at}: initial options must exactly match one of the options")
    if len(set(known)) != len(known):
        out.append(f"{at}/options: option values must be unique")


def _menu(extra: dict[str, Check]) -> Check:
    fields = _asked | extra | {"options": _options, "option_groups": _groups}
    return also(also(obj({}, fields, kind=True), exactly_one("options", "option_groups")), _initials_are_options)


def _choice(initial: dict[str, Check]) -> Check:
    return also(obj({"options": listed(1, 10, _option_both)}, _shared | initial, kind=True), _initials_are_options)


_many: dict[str, Check] = {"max_selected_items": whole}
IMAGE = also(
    obj({"alt_text": string(2000)}, {"image_url": url(), "slack_file": _slack_file}, kind=True),
    exactly_one("image_url", "slack_file"),
)
BUTTON = obj(
    {"text": text(75, *PLAIN)},
    {"action_id": string(255), "confirm": _confirm, "value": string(2000), "url": url(),
     "style": one_of("primary", "danger"), "accessibility_label": string(75)},
    kind=True,
)  # fmt: skip
SELECTS: dict[str, Check] = {
    "static_select": _menu({"initial_option": _option_plain}),
    "multi_static_select": _menu(_many | {"initial_options": listed(1, 100, _option_plain)}),
    "external_select": obj({}, _asked | {"initial_option": _option_plain, "min_query_length": whole}, kind=True),
    "multi_external_select": obj(
        {}, _asked | _many | {"initial_options": listed(1, 100, _option_plain), "min_query_length": whole}, kind=True
    ),
    "users_select": obj({}, _asked | {"initial_user": _who}, kind=True),
    "multi_users_select": obj({}, _asked | _many | {"initial_users": listed(1, 100, _who)}, kind=True),
    "channels_select": obj({}, _asked | {"initial_channel": _who, "response_url_enabled": boolean}, kind=True),
    "multi_channels_select": obj({}, _asked | _many | {"initial_channels": listed(1, 100, _who)}, kind=True),
    "conversations_select": obj(
        {},
        _asked | {"initial_conversation": _who, "default_to_current_conversation": boolean, "filter": _filter,
                  "response_url_enabled": boolean},
        kind=True,
    ),
    "multi_conversations_select": obj(
        {},
        _asked | _many | {"initial_conversations": listed(1, 100, _who), "default_to_current_conversation": boolean,
                          "filter": _filter},
        kind=True,
    ),
}  # fmt: skip
PICKERS: dict[str, Check] = {
    "datepicker": obj({}, _asked | {"initial_date": DATE}, kind=True),
    "timepicker": obj({}, _asked | {"initial_time": TIME, "timezone": string(60)}, kind=True),
    "checkboxes": _choice({"initial_options": listed(1, 10, _option_both)}),
    "radio_buttons": _choice({"initial_option": _option_both}),
}
DATETIME: dict[str, Check] = {"datetimepicker": obj({}, _shared | {"initial_date_time": moment}, kind=True)}
OVERFLOW: dict[str, Check] = {
    "overflow": obj(
        {"options": listed(1, 5, obj({"text": text(75, *PLAIN), "value": string(150)},
                                     {"description": text(75, *PLAIN), "url": url()}))},
        {"action_id": string(255), "confirm": _confirm},
        kind=True,
    ),
}  # fmt: skip
_dispatch = obj({}, {"trigger_actions_on": listed(1, 2, one_of("on_enter_pressed", "on_character_entered"))})
_length = {"min_length": whole, "max_length": whole}


def _lengths_fit(value: Any, at: str, out: Complaints) -> None:
    least, most = value.get("min_length", 0), value.get("max_length", 3000)
    if least > 3000 or not 1 <= most <= 3000 or least > most:
        out.append(f"{at}: min_length and max_length must fit into 0 to 3000")
    initial = value.get("initial_value", "")
    if initial and not least <= len(initial) <= most:
        out.append(f"{at}/initial_value: must fit min_length and max_length")


def _typed(initial: Check, more: dict[str, Check]) -> Check:
    return obj({}, _asked | {"initial_value": initial, "dispatch_action_config": _dispatch} | more, kind=True)


INPUTS: dict[str, Check] = {
    "plain_text_input": also(_typed(string(3000, 0), {"multiline": boolean} | _length), _lengths_fit),
    "email_text_input": _typed(string(3000), {}),
    "url_text_input": _typed(url(), {}),
    "number_input": obj(
        {"is_decimal_allowed": boolean},
        _asked | {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER,
                  "dispatch_action_config": _dispatch},
        kind=True,
    ),
    "rich_text_input": obj({}, _asked | {"dispatch_action_config": _dispatch}, kind=True),
    "file_input": obj({}, {"action_id": string(255), "filetypes": listed(1, 50, string(20)), "max_files": whole},
                      kind=True),
}  # fmt: skip
INTERACTIVE = {"button": BUTTON} | SELECTS | PICKERS | DATETIME | OVERFLOW
ACCESSORIES = {"button": BUTTON, "image": IMAGE} | SELECTS | PICKERS | OVERFLOW
ASKED = INPUTS | SELECTS | PICKERS | DATETIME
_feedback = obj({"text": text(75, *PLAIN), "value": string(2000)}, {"accessibility_label": string(75)})
QUIET: dict[str, Check] = {
    "feedback_buttons": obj({"positive_button": _feedback, "negative_button": _feedback}, {"action_id": string(255)},
                            kind=True),
    "icon_button": obj({"icon": one_of("trash"), "text": text(75, *PLAIN)},
                       {"action_id": string(255), "value": string(2000), "confirm": _confirm,
                        "accessibility_label": string(75), "visible_to_user_ids": listed(1, 100, _who)}, kind=True),
}  # fmt: skip
KEEPERS = {*INTERACTIVE, *INPUTS, *QUIET}  # what has an action_id
