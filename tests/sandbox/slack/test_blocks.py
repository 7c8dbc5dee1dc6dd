"""Block Kit: what is valid passes (also by the vendor's own validators), what is not is refused with its place."""

# pyright: reportUnknownMemberType=false
# (slack_sdk is only partly typed)

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.models.blocks import Block

from sandbox.slack.blocks import SERVED, check_blocks, check_view, fill_ids
from sandbox.slack.elements import ASKED, INTERACTIVE, QUIET
from tests.sandbox.raw import Json


def plain(text: str = "words") -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


OPTION: Json = {"text": plain("A"), "value": "a"}
ELEMENTS: dict[str, Json] = {
    "button": {"text": plain(), "style": "primary", "value": "v", "confirm": {
        "title": plain(), "text": plain(), "confirm": plain("y"), "deny": plain("n")}},
    "static_select": {"options": [OPTION], "initial_option": OPTION, "placeholder": plain()},
    "multi_static_select": {"option_groups": [{"label": plain(), "options": [OPTION]}], "max_selected_items": 2},
    "external_select": {"min_query_length": 2}, "multi_external_select": {"placeholder": plain()},
    "users_select": {"initial_user": "U001"}, "multi_users_select": {"initial_users": ["U001"]},
    "channels_select": {"initial_channel": "C1"}, "multi_channels_select": {"initial_channels": ["C1"]},
    "conversations_select": {"filter": {"include": ["im"]}}, "multi_conversations_select": {},
    "datepicker": {"initial_date": "2026-11-21"}, "timepicker": {"initial_time": "08:30", "timezone": "Asia/Dubai"},
    "datetimepicker": {"initial_date_time": 1790000000},
    "checkboxes": {"options": [OPTION], "initial_options": [OPTION]}, "radio_buttons": {"options": [OPTION]},
    "overflow": {"options": [OPTION | {"url": "https://example.org"}]},
    "plain_text_input": {"multiline": True, "min_length": 1, "max_length": 10, "initial_value": "abc"},
    "email_text_input": {"initial_value": "a@b.org"}, "url_text_input": {"initial_value": "https://b.org"},
    "number_input": {"is_decimal_allowed": False, "min_value": "1"}, "rich_text_input": {},
    "file_input": {"filetypes": ["png"], "max_files": 1},
    "feedback_buttons": {"positive_button": {"text": plain(), "value": "y"},
                         "negative_button": {"text": plain(), "value": "n"}},
    "icon_button": {"icon": "trash", "text": plain()},
}  # fmt: skip
EMPTY: Json = {"type": "text", "text": ""}
RICH: Json = {"type": "rich_text", "elements": [
    {"type": "rich_text_section", "elements": [
        {"type": "text", "text": "hi", "style": {"bold": True}}, {"type": "link", "url": "https://b.org"},
        {"type": "user", "user_id": "U001"}, {"type": "channel", "channel_id": "C1"}, {"type": "emoji", "name": "ok"},
        {"type": "broadcast", "range": "here"}, {"type": "color", "value": "#2f5d50"},
        {"type": "date", "timestamp": 1790000000, "format": "{date}"}]},
    {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": [
        {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}]},
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "q"}]},
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "p"}]}]}  # fmt: skip
BLOCKS: dict[str, Json] = {
    "header": {"text": plain()}, "divider": {}, "markdown": {"text": "# Title"},
    "section": {"text": {"type": "mrkdwn", "text": "*b*"}, "fields": [plain()], "accessory": {
        "type": "image", "image_url": "https://b.org/i.png", "alt_text": "i"}},
    "context": {"elements": [plain(), {"type": "image", "image_url": "https://b.org/i.png", "alt_text": "i"}]},
    "actions": {"elements": [{"type": "button", "text": plain()}]},
    "image": {"slack_file": {"id": "F1"}, "alt_text": "i", "title": plain()},
    "video": {"alt_text": "v", "title": plain(), "thumbnail_url": "https://b.org/t", "video_url": "https://b.org/v"},
    "rich_text": {"elements": RICH["elements"]},
    "table": {"rows": [[{"type": "raw_text", "text": "a"}, RICH]], "column_settings": [{"align": "right"}]},
    "context_actions": {"elements": [{"type": "icon_button"} | ELEMENTS["icon_button"]]},
    "input": {"label": plain(), "element": {"type": "plain_text_input"}, "hint": plain(), "optional": True},
}  # fmt: skip


def block(kind: str, **more: Any) -> Json:
    """A good block of a kind, changed."""
    return {"type": kind} | BLOCKS[kind] | more


def of_element(element: Json) -> list[str]:
    """Complaints about an element in an actions block."""
    return check_blocks([{"type": "actions", "elements": [element]}])


def test_every_served_kind_has_a_good_example() -> None:
    assert set(BLOCKS) == SERVED
    assert set(ELEMENTS) == {*INTERACTIVE, *ASKED, *QUIET}


@pytest.mark.parametrize("kind", sorted(SERVED - {"input"}))
def test_a_good_block_passes_here_and_with_the_vendors_validators(kind: str) -> None:
    assert check_blocks([block(kind)], files=["F1"]) == []
    parsed = Block.parse(block(kind))
    assert parsed is not None
    parsed.to_dict()  # slack_sdk validates while it builds the dict


@pytest.mark.parametrize("kind", sorted(INTERACTIVE))
def test_a_good_element_passes_in_actions(kind: str) -> None:
    assert of_element({"type": kind, "action_id": "a"} | ELEMENTS[kind]) == []


@pytest.mark.parametrize("kind", sorted(ASKED))
def test_a_good_element_passes_in_a_form(kind: str) -> None:
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": [
        block("input", element={"type": kind} | ELEMENTS[kind])]}  # fmt: skip
    assert check_view(view) == []
    if kind in {"email_text_input", "rich_text_input", "file_input"}:
        assert of_element({"type": kind} | ELEMENTS[kind]), "only forms have it"


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([{"type": "section"}], "text or fields"),
        ([block("header", text=plain("x" * 151))], "150"),
        ([block("header", text={"type": "mrkdwn", "text": "x"})], "plain_text"),
        ([block("section", text=plain("x" * 3001))], "3000"),
        ([block("section", fields=[plain()] * 11)], "10 items"),
        ([block("section", fields=[plain("x" * 2001)])], "2000"),
        ([block("section", surprise=1)], "additional property"),
        ([block("section", text=plain() | {"color": "red"})], "unknown field"),
        ([block("section", text={"type": "mrkdwn", "text": "x", "emoji": True})], "emoji"),
        ([block("context", elements=[plain()] * 11)], "10 items"),
        ([block("actions", elements=[{"type": "button", "text": plain()}] * 26)], "25 items"),
        ([block("actions", elements=[{"type": "button", "text": plain(), "action_id": "a"}] * 2)], "action_id"),
        ([block("divider", block_id="a"), block("divider", block_id="a")], "block_id"),
        ([block("divider", block_id="a" * 256)], "255"),
        ([block("image", slack_file={"id": "F1"}, image_url="https://b.org")], "exactly one"),
        ([block("image", slack_file={"id": "FNONE"})], "no such file"),
        ([{"type": "image", "image_url": "ftp://b.org", "alt_text": "x"}], "URL"),
        ([block("markdown", text="x" * 7000)] * 2, "together"),
        ([block("table")] * 2, "one table"),
        ([block("video", video_url="nowhere")], "URL"),
        ([block("input")], "unsupported"),
        ([block("divider")] * 51, "50 items"),
        ("text", "items"),
        ([block("rich_text", elements=[{"type": "rich_text_quote", "elements": [EMPTY]}])], "characters"),
    ],
)  # fmt: skip
def test_a_wrong_block_is_refused_and_its_place_named(blocks: Any, complaint: str) -> None:
    complaints = check_blocks(blocks, files=["F1"])
    assert any(complaint in text for text in complaints), complaints
    assert complaints[0].startswith("/blocks")


@pytest.mark.parametrize(
    ("kind", "change", "complaint"),
    [
        ("button", {"text": plain("x" * 76)}, "75"),
        ("button", {"value": "x" * 2001}, "2000"),
        ("button", {"url": "x"}, "URL"),
        ("button", {"style": "purple"}, "primary"),
        ("button", {"action_id": "x" * 256}, "255"),
        ("static_select", {"options": [OPTION] * 101}, "100 items"),
        ("static_select", {"options": [OPTION, OPTION]}, "unique"),
        ("static_select", {"options": [OPTION], "initial_option": OPTION | {"value": "b"}}, "exactly match"),
        ("static_select", {"option_groups": [{"label": plain(), "options": [OPTION]}]}, "exactly one"),
        ("static_select", {"options": [OPTION | {"value": "x" * 151}]}, "150"),
        ("static_select", {"placeholder": plain("x" * 151)}, "150"),
        ("checkboxes", {"options": [OPTION] * 11}, "10 items"),
        ("overflow", {"options": [OPTION] * 6}, "5 items"),
        ("datepicker", {"initial_date": "21.11."}, "date"),
        ("timepicker", {"initial_time": "25:00"}, "time"),
        ("datetimepicker", {"initial_date_time": 10**30}, "10 digits"),
        ("radio_buttons", {"options": []}, "1 to 10"),
    ],
)
def test_a_wrong_element_is_refused(kind: str, change: Json, complaint: str) -> None:
    complaints = of_element({"type": kind} | ELEMENTS[kind] | change)
    assert any(complaint in text for text in complaints), complaints


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"title": plain("x" * 25)}, "24"),
        ({"submit": plain("x" * 25)}, "24"),
        ({"callback_id": "x" * 256}, "255"),
        ({"private_metadata": "x" * 3001}, "3000"),
        ({"blocks": [block("divider")] * 101}, "100 items"),
        ({"blocks": [block("table")]}, "unsupported"),
        ({"blocks": [block("input", element={"type": "plain_text_input", "max_length": 3001})]}, "min_length"),
        ({"blocks": [block("input", element={"type": "button", "text": plain()})]}, "unsupported"),
        ({"type": "window"}, "modal or home"),
        ({"sumbit": plain()}, "additional property"),
    ],
)
def test_a_wrong_view_is_refused(change: Json, complaint: str) -> None:
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": [block("input")]} | change
    complaints = check_view(view)
    assert any(complaint in text for text in complaints), complaints


def test_a_form_with_questions_needs_a_way_to_send_it() -> None:
    assert "submit is required" in check_view({"type": "modal", "title": plain(), "blocks": [block("input")]})[0]


def test_missing_ids_are_made_up_once() -> None:
    blocks = [block("actions", elements=[{"type": "button", "text": plain()}, {"type": "button", "text": plain()}])]
    fill_ids(blocks, "m")
    first = [element["action_id"] for element in blocks[0]["elements"]]
    assert len(set(first)) == 2
    fill_ids(blocks, "other")
    assert [element["action_id"] for element in blocks[0]["elements"]] == first
