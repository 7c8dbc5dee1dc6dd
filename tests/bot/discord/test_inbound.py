"""Interactions as Discord sends them, read into events of ours."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from bot.discord import inbound
from chat.event import ActionTaken, CommandUsed, Completing, FormSent
from chat.people import Person, Place, Profile, Sent, Space

GUILD, CHANNEL, USER = "290926798626357999", "645027906669510667", "53908232506183680"
SHIRE = Space("discord", GUILD)

BASE: dict[str, Any] = {
    "version": 1,
    "id": "786008729715212338",
    "application_id": "775799577604522054",
    "token": "A_UNIQUE_TOKEN",
    "locale": "zh-CN",
    "guild_locale": "en-US",
    "guild_id": GUILD,
    "channel_id": CHANNEL,
    "channel": {"id": CHANNEL, "type": 0, "guild_id": GUILD, "permissions": "2147483647"},
    "app_permissions": "442368",
    "authorizing_integration_owners": {"0": GUILD},
    "entitlements": [],
    "context": 0,
    "attachment_size_limit": 10485760,
    "member": {
        "user": {"id": USER, "username": "sam", "avatar": None, "discriminator": "0", "public_flags": 0},
        "roles": [],
        "permissions": "2147483647",
        "joined_at": "2017-03-13T19:19:14.040000+00:00",
        "nick": None,
        "pending": False,
        "mute": False,
        "deaf": False,
    },
}
MESSAGE = {"id": "846462639134605312", "channel_id": CHANNEL, "flags": 32768, "type": 0, "content": ""}


def in_guild(type_: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    return copy.deepcopy(BASE) | {"type": type_, "data": data} | more


def in_dm(type_: int, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    payload = in_guild(type_, data, **more)
    user = payload.pop("member")["user"]
    del payload["guild_id"], payload["guild_locale"]
    return payload | {"user": user, "context": 1, "channel": {"id": CHANNEL, "type": 1}}


def read(payload: dict[str, Any]) -> inbound.Inbound:
    result = inbound.read(payload)
    assert result is not None
    return result


def test_a_command_with_options() -> None:
    data = {
        "type": 1,
        "name": "role",
        "id": "771825006014889984",
        "options": [{"type": 3, "name": "name", "value": "mle"}],
    }
    result = read(in_guild(2, data))
    assert result.event == CommandUsed(
        Person(SHIRE, USER),
        Place(SHIRE, CHANNEL),
        "role",
        options={"name": "mle"},
        profile=Profile("zh-CN", owner=True),
    )
    assert result.ticket == inbound.Ticket(
        786008729715212338, "A_UNIQUE_TOKEN", 775799577604522054, "command", GUILD, on_message=False
    )
    assert not result.claimed


def test_a_sub_command_carries_its_full_name() -> None:
    pause = {"type": 1, "name": "pause", "options": [{"type": 3, "name": "length", "value": "3d"}]}
    event = read(in_guild(2, {"type": 1, "name": "nudge", "options": [pause]})).event
    assert isinstance(event, CommandUsed)
    assert (event.name, event.options) == ("nudge pause", {"length": "3d"})


def test_a_sub_command_without_options() -> None:
    event = read(in_guild(2, {"type": 1, "name": "nudge", "options": [{"type": 1, "name": "off"}]})).event
    assert isinstance(event, CommandUsed)
    assert (event.name, event.options) == ("nudge off", {})


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (True, "true"), (1.5, "1.5"), ("3d", "3d")])
def test_option_values_are_text(value: object, text: str) -> None:
    event = read(in_guild(2, {"name": "x", "options": [{"type": 3, "name": "length", "value": value}]})).event
    assert isinstance(event, CommandUsed)
    assert event.options == {"length": text}


def test_somebody_picked_by_name_is_marked_as_one() -> None:
    event = read(in_guild(2, {"name": "x", "options": [{"type": 6, "name": "who", "value": USER}]})).event
    assert isinstance(event, CommandUsed)
    assert event.options == {"who": f"<@{USER}>"}


def test_completing_names_the_option_in_focus() -> None:
    options = [{"type": 3, "name": "way", "value": "s"}, {"type": 3, "name": "name", "value": "ml", "focused": True}]
    event = read(in_guild(4, {"type": 1, "name": "role", "options": options})).event
    assert isinstance(event, Completing)
    assert (event.command, event.option, event.partial) == ("role", "name", "ml")


def test_a_button_in_a_guild() -> None:
    data = {"component_type": 2, "custom_id": f"{GUILD}~step-done|abc", "id": 5}
    result = read(in_guild(3, data, message=MESSAGE))
    assert isinstance(result.event, ActionTaken)
    assert result.event.wire == "step-done|abc"
    assert result.event.on == Sent(CHANNEL, "846462639134605312")
    assert result.ticket.on_message
    assert not result.claimed


def test_in_a_guild_the_payload_wins_over_the_prefix() -> None:
    result = read(in_guild(3, {"component_type": 2, "custom_id": "1~step-done|abc"}, message=MESSAGE))
    assert result.event is not None
    assert result.event.person.space == SHIRE
    assert not result.claimed


def test_in_a_direct_message_the_prefix_names_the_guild_and_is_only_a_claim() -> None:
    result = read(in_dm(3, {"component_type": 2, "custom_id": f"{GUILD}~step-done|abc"}, message=MESSAGE))
    assert result.event is not None
    assert result.event.person == Person(SHIRE, USER)
    assert result.claimed


def test_a_control_without_a_guild_in_a_direct_message_belongs_nowhere() -> None:
    result = read(in_dm(3, {"component_type": 2, "custom_id": "step-done|abc"}, message=MESSAGE))
    assert result.event is None
    assert result.ticket.space == ""


def test_a_choice_is_the_action_of_its_option() -> None:
    data = {"component_type": 3, "custom_id": f"{GUILD}~pick:2", "values": ["zone-chosen|Asia/Shanghai"]}
    event = read(in_guild(3, data, message=MESSAGE)).event
    assert isinstance(event, ActionTaken)
    assert event.wire == "zone-chosen|Asia/Shanghai"


def test_a_wire_may_contain_the_mark_itself() -> None:
    event = read(in_guild(3, {"component_type": 2, "custom_id": f"{GUILD}~said|a~b"}, message=MESSAGE)).event
    assert isinstance(event, ActionTaken)
    assert event.wire == "said|a~b"


def test_a_form_of_labels_and_of_old_rows() -> None:
    components = [
        {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "tiny", "value": " open the book\n"}},
        {"type": 18, "id": 3, "component": {"type": 3, "id": 4, "custom_id": "days", "values": ["0", "4"]}},
        {"type": 1, "id": 5, "components": [{"type": 4, "id": 6, "custom_id": "why", "value": ""}]},
        {"type": 10, "id": 7},
    ]
    result = read(in_guild(5, {"custom_id": f"{GUILD}~recipe-given", "components": components}))
    event = result.event
    assert isinstance(event, FormSent)
    assert event.wire == "recipe-given"
    assert event.answers.text("tiny") == "open the book"
    assert event.answers.chosen("days") == ("0", "4")
    assert event.answers.text("why") == ""
    assert event.on is None
    assert not result.ticket.on_message


def test_a_form_opened_from_a_button_knows_its_message() -> None:
    result = read(in_dm(5, {"custom_id": f"{GUILD}~recipe-given", "components": []}, message=MESSAGE))
    assert isinstance(result.event, FormSent)
    assert result.event.on == Sent(CHANNEL, "846462639134605312")
    assert result.ticket.on_message


def test_a_ping_needs_no_answer_of_ours() -> None:
    assert inbound.read(in_guild(1, {})) is None


@pytest.mark.parametrize("broken", ["member", "channel_id", "locale", "channel", "data"])
def test_a_payload_with_a_hole_never_raises(broken: str) -> None:
    payload = in_guild(3, {"component_type": 2, "custom_id": f"{GUILD}~a-b"}, message=MESSAGE)
    del payload[broken]
    result = read(payload)
    assert (result.event is None) == (broken in {"member", "data"})
