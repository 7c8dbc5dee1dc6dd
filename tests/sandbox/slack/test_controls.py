"""Controls in messages: every kind can be used, travels as Slack sends it, and cannot be used wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.server import Sandbox
from sandbox.slack.elements import INTERACTIVE
from sandbox.world import Refused
from tests.sandbox.raw import Json, Web, socket_mode
from tests.sandbox.slack.test_blocks import ELEMENTS, OPTION

ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"
USED: dict[str, tuple[list[str], str, Any]] = {
    "button": ([], "value", "v"), "static_select": (["a"], "selected_option", OPTION),
    "multi_static_select": (["a"], "selected_options", [OPTION]), "users_select": (["U003"], "selected_user", "U003"),
    "multi_users_select": (["U001", "U003"], "selected_users", ["U001", "U003"]),
    "channels_select": ([PLACE], "selected_channel", PLACE),
    "multi_channels_select": ([PLACE], "selected_channels", [PLACE]),
    "conversations_select": ([PLACE], "selected_conversation", PLACE),
    "multi_conversations_select": ([PLACE], "selected_conversations", [PLACE]),
    "datepicker": (["2026-12-24"], "selected_date", "2026-12-24"),
    "timepicker": (["08:30"], "selected_time", "08:30"),
    "datetimepicker": (["2026-12-01T07:30"], "selected_date_time", 1796110200),
    "checkboxes": (["a"], "selected_options", [OPTION]), "radio_buttons": (["a"], "selected_option", OPTION),
    "overflow": (["a"], "selected_option", OPTION | {"url": "https://example.org"}),
}  # fmt: skip


async def posted(web: Web, element: Json) -> str:
    """A message with one control; its ts."""
    actions = {"type": "actions", "block_id": "b", "elements": [element | {"action_id": "x"}]}
    answer = await web.slack("chat.postMessage", channel=PLACE, text="t", blocks=[actions])
    assert answer["ok"], answer
    return answer["ts"]


@pytest.mark.parametrize("kind", sorted(USED))
async def test_a_control_travels_as_slack_sends_it(sandbox: Sandbox, web: Web, kind: str) -> None:
    async with socket_mode(web) as bot:
        ts = await posted(web, {"type": kind} | ELEMENTS[kind])
        (control,) = sandbox.slack.messages(ADA, PLACE)[0].controls
        values, key, expected = USED[kind]
        await sandbox.slack.press(ADA, ts, control.id, values)
        payload = bot.payloads[-1]
        (action,) = payload["actions"]
        assert (action["type"], action["action_id"], action["block_id"]) == (kind, "x", "b")
        assert action[key] == expected
        assert payload["container"]["message_ts"] == ts
        assert payload["message"]["ts"] == ts


def test_only_selects_that_ask_the_bot_for_options_are_left_out() -> None:
    assert set(INTERACTIVE) - set(USED) == {"external_select", "multi_external_select"}


@pytest.mark.parametrize(
    ("kind", "values"),
    [("static_select", ["z"]), ("static_select", []), ("users_select", ["UNOBODY"]), ("datepicker", ["soon"]),
     ("multi_static_select", ["a", "z"]), ("timepicker", ["9"]), ("datetimepicker", ["x"])],
)  # fmt: skip
async def test_a_client_offers_only_what_there_is(sandbox: Sandbox, web: Web, kind: str, values: list[str]) -> None:
    async with socket_mode(web) as bot:
        ts = await posted(web, {"type": kind} | ELEMENTS[kind])
        with pytest.raises(Refused):
            await sandbox.slack.press(ADA, ts, "b/x", values)
        with pytest.raises(Refused):
            await sandbox.slack.press(ADA, ts, "b/gone", values)
        assert bot.payloads == []


async def test_a_press_of_somebody_elses_private_message_is_refused(sandbox: Sandbox, web: Web) -> None:
    button = {
        "type": "actions",
        "block_id": "b",
        "elements": [{"type": "button", "action_id": "x"} | ELEMENTS["button"]],
    }
    answer = await web.slack("chat.postEphemeral", channel=PLACE, user="U003", text="t", blocks=[button])
    with pytest.raises(Refused):
        await sandbox.slack.press(ADA, answer["message_ts"], "b/x")


async def test_a_response_url_replaces_adds_and_deletes_five_times_in_thirty_minutes(
    sandbox: Sandbox, web: Web
) -> None:
    async with socket_mode(web) as bot:
        ts = await posted(web, {"type": "button"} | ELEMENTS["button"])
        await sandbox.slack.press(ADA, ts, "b/x")
        url = bot.payloads[-1]["response_url"]
        assert (await web.post(url, {"text": "instead", "replace_original": True}))[0] == 200
        assert [(m.text, m.controls) for m in sandbox.slack.messages(ADA, PLACE)] == [("instead", ())]
        assert (await web.post(url, {"text": "mine"}))[0] == 200
        assert (await web.post(url, {"text": "all", "response_type": "in_channel"}))[0] == 200
        assert [m.text for m in sandbox.slack.messages("T01MAKERS/U003", PLACE)] == ["instead", "all"]
        assert (await web.post(url, {"blocks": [{"type": "hologram"}]}))[0] == 400
        assert (await web.post(url, {"delete_original": True}))[0] == 200
        assert (await web.post(url, {"text": "sixth"})) == (404, '{"ok": false, "error": "used_url"}')
        await sandbox.slack.say(ADA, PLACE, "plain words")
        ts = await posted(web, {"type": "button"} | ELEMENTS["button"])
        await sandbox.slack.press(ADA, ts, "b/x")
        sandbox.clock.set(sandbox.clock.now().replace(hour=13))
        assert (await web.post(bot.payloads[-1]["response_url"], {"text": "late"}))[0] == 404
