"""Slack's payloads and codes, read without a network."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack import inbound, render
from bot.slack.errors import delivery_error
from bot.slack.manifest import manifest
from chat.errors import Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.event import HomeOpened
from chat.markup import escape
from chat.message import Message, Picture, Text
from chat.people import Person, Place, Profile, Sent, Space
from commands._registry import load
from sandbox.slack.blocks import check_blocks
from sandbox.slack.reading import pings
from tests.kit.pictures import png

T = Space("slack", "T1")


def refusal(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> SlackApiError:
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, data=body, headers=headers or {}, status_code=status
    )
    return SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("error", "kind", "reason"),
    [
        (refusal({"ok": False, "error": "user_disabled"}), Unreachable, "user_disabled"),
        (refusal({"ok": False, "error": "is_archived"}), Unreachable, "is_archived"),
        (refusal({"ok": False, "error": "token_revoked"}), Revoked, "token_revoked"),
        (refusal({"ok": False, "error": "invalid_blocks"}), Rejected, "invalid_blocks"),
        (refusal({"ok": False, "error": "internal_error"}), Uncertain, "internal_error"),
        (refusal("upstream down", 503), Unavailable, "http_503"),
        (refusal("gateway", 502), Uncertain, "http_502"),
        (aiohttp.ServerDisconnectedError(), Uncertain, "connection_lost"),
        (TimeoutError(), Uncertain, "connection_lost"),
        (ConnectionResetError(), Uncertain, "connection_lost"),
    ],
)
def test_a_failed_call_says_what_to_do(error: Exception, kind: type[Exception], reason: str) -> None:
    told = delivery_error(error)
    assert (type(told), told.reason) == (kind, reason)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("30", 30.0), ("0", 1.0), ("2.5", 2.5), ("7200", 7_200.0), ("soon", 30.0), ("nan", 30.0), ("-5", 1.0),
     (None, 30.0),
     ("99999", 86_400.0)],
)  # fmt: skip
def test_retry_after_is_read_with_care(header: str | None, seconds: float) -> None:
    headers = {} if header is None else {"Retry-After": header}
    told = delivery_error(refusal({"ok": False, "error": "ratelimited"}, 429, headers))
    assert isinstance(told, Throttled)
    assert told.retry_after == seconds


def test_other_errors_are_not_swallowed() -> None:
    with pytest.raises(ZeroDivisionError):
        delivery_error(ZeroDivisionError())


def test_a_command_and_a_guest_of_another_workspace() -> None:
    event = inbound.command({"team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/nudge", "text": "on"})
    assert (event.person, event.place, event.name, event.text) == (Person(T, "U1"), Place(T, "C1"), "nudge", "on")
    payload = {
        "team": {"id": "T1"}, "user": {"id": "U9", "team_id": "T9"}, "actions": [{"value": "nudge-off"}],
        "container": {"channel_id": "C1", "message_ts": "1.2"},
    }  # fmt: skip
    pressed = inbound.action(payload)
    assert pressed is not None
    assert (pressed.person.space, pressed.profile.external, pressed.on) == (T, True, Sent("C1", "1.2"))
    assert inbound.action(payload | {"actions": [{"action_id": "link"}]}) is None
    assert inbound.profile({"tz": "Asia/Tokyo", "locale": "zh-CN", "team_id": "T1"}, T) == Profile(
        "zh-CN", "Asia/Tokyo"
    )


def test_somebody_named_in_a_command_is_marked_and_the_other_words_are_as_typed() -> None:
    typed = {"team_id": "T1", "user_id": "U1", "channel_id": "C1", "command": "/scope"}
    text = "share <@U012|ada.l> <@W9> R&amp;D &lt;3 &copy @2027"
    assert inbound.command({**typed, "text": text}, {"scope"}).text == "share <@U012> <@W9> R&D <3 &copy @2027"
    assert inbound.command({**typed, "text": text}).text == text, "where Slack escapes nothing, nothing is undone"


def test_slack_says_who_is_meant_only_where_somebody_can_be_named() -> None:
    escapes = {one["command"]: one["should_escape"] for one in manifest(load())["features"]["slash_commands"]}
    assert [command for command, names in escapes.items() if names] == ["/scope"]


def test_a_form_comes_back_with_every_kind_of_answer() -> None:
    origin = inbound.Origin("recipe-given", "C1", "https://hooks.example/x", "1")
    values = {
        "a": {"answer": {"type": "plain_text_input", "value": "hi"}},
        "b": {"answer": {"type": "plain_text_input", "value": None}},
        "c": {"answer": {"selected_option": {"value": "x"}}},
        "d": {"answer": {"selected_options": [{"value": "1"}, {"value": "2"}]}},
        "e": {"answer": {"selected_option": None}},
    }
    view = {"private_metadata": origin.dump(), "state": {"values": values}}
    event, back = inbound.form({"team": {"id": "T1"}, "user": {"id": "U1"}, "view": view})
    assert back == origin
    assert dict(event.answers.values) == {"a": "hi", "b": "", "c": ("x",), "d": ("1", "2"), "e": ()}


def test_a_picture_is_its_uploaded_file_or_else_its_words() -> None:
    message = Message("", (Picture(png(), "<28> *dots*", "dots.png"), Picture(png(1), "more", "more.png")))
    shown = render.blocks(message, {"dots.png": "F1"})
    assert shown[0] == {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "<28> *dots*"}
    assert shown[1] == {"type": "section", "text": {"type": "plain_text", "text": "more", "emoji": False}}
    assert check_blocks(shown, files=["F1"]) == []
    assert [block["type"] for block in render.blocks(message)] == ["section", "section"]


def test_a_look_at_the_home_tab_is_told_from_one_at_the_messages() -> None:
    payload: dict[str, Any] = {
        "team_id": "T1",
        "event": {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"},
    }
    assert inbound.home(payload) == HomeOpened(Person(T, "U1"))
    assert inbound.home(payload | {"event": payload["event"] | {"tab": "messages"}}) is None


def test_a_press_on_the_home_is_told_from_one_in_a_message() -> None:
    view = {"container": {"type": "view", "view_id": "V1"}, "view": {"type": "home"}}
    assert inbound.at_home(view)
    assert not inbound.at_home(view | {"view": {"type": "modal"}})
    assert not inbound.at_home({"container": {"type": "message", "message_ts": "1.2", "channel_id": "C1"}})


@pytest.mark.parametrize(
    "words",
    ["<!channel> <@U1> &amp;", "@everyone", "*b* _i_ `c` ~s~", "[x](https://evil.example)", "\u202ex\x00y", ":tada:"],
)
def test_members_words_ping_nobody_and_stay_as_they_are(words: str) -> None:
    message = Message("", (Text(f"**You said** {escape(words)}"), Text(escape(words))))
    made = render.blocks(message)
    assert check_blocks(made) == []
    assert pings(render.fallback(message), made) == pings(render.fallback(message), []) == 0
    assert all("mrkdwn" not in str(block) and "link" not in str(block.get("elements", "")) for block in made)


@pytest.mark.parametrize(
    ("id_", "name", "direct"),
    [
        ("C1", "general", False),
        ("G1", "privategroup", False),
        ("D1", "directmessage", True),
        ("C2", "mpdm-a--b-1", True),
    ],
)
def test_a_conversation_of_few_is_told_from_a_channel(id_: str, name: str, direct: bool) -> None:
    payload = {"team_id": "T1", "user_id": "U1", "channel_id": id_, "channel_name": name, "command": "/admin"}
    assert inbound.command(payload).place.direct is direct
    pressed = inbound.action(
        {
            "team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}, "channel": {"id": id_, "name": name},
            "container": {"channel_id": id_, "message_ts": "1.2"}, "actions": [{"value": "x"}],
        }
    )  # fmt: skip
    assert pressed is not None
    assert pressed.place.direct is direct
