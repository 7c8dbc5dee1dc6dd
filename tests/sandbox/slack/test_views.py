"""Modals and App Home: triggers, the stack of three, hashes, states, and what an acknowledgement may do."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from sandbox.server import Sandbox
from sandbox.slack.elements import ASKED
from sandbox.world import Refused
from tests.sandbox.raw import Json, Socket, Web, socket_mode, until
from tests.sandbox.slack.test_blocks import BLOCKS, ELEMENTS, OPTION, plain

ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"
COMMANDS = {"features": {"slash_commands": [{"command": "/go", "description": "Goes"}],
                         "app_home": {"home_tab_enabled": True}}}  # fmt: skip


@pytest.fixture
async def bot(sandbox: Sandbox, web: Web) -> AsyncGenerator[Socket]:
    """A raw bot with one command."""
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as socket:
        yield socket


def modal(*blocks: Json, **more: Any) -> Json:
    """A modal of these blocks."""
    return {"type": "modal", "title": plain("T"), "submit": plain("OK"), "blocks": list(blocks)} | more


def question(kind: str = "plain_text_input", name: str = "q", **more: Any) -> Json:
    """An input block."""
    element = {"type": kind, "action_id": "a"} | ELEMENTS[kind]
    element = {key: value for key, value in element.items() if not key.startswith("initial")}
    return {"type": "input", "block_id": name, "label": plain(f"Label {name}"), "element": element} | more


async def trigger(sandbox: Sandbox, bot: Socket) -> str:
    """A fresh one."""
    await sandbox.slack.say(ADA, PLACE, "/go")
    return bot.payloads[-1]["trigger_id"]


async def opened(sandbox: Sandbox, web: Web, bot: Socket, view: Json) -> Json:
    """Opens a modal."""
    answer = await web.slack("views.open", trigger_id=await trigger(sandbox, bot), view=view)
    assert answer["ok"], answer
    return answer["view"]


async def test_a_trigger_is_exchanged_once(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    used = await trigger(sandbox, bot)
    assert (await web.slack("views.open", trigger_id=used, view=modal(question())))["ok"]
    assert (await web.slack("views.open", trigger_id=used, view=modal(question())))["error"] == "exchanged_trigger_id"
    assert (await web.slack("views.open", trigger_id="1.2", view=modal(question())))["error"] == "invalid_trigger_id"
    foreign = await web.slack("views.open", "xoxb-sandbox-evening", trigger_id=used, view=modal(question()))
    assert foreign["error"] == "invalid_trigger_id", "a trigger belongs to its workspace"


async def test_a_trigger_dies_after_three_seconds(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    old = await trigger(sandbox, bot)
    sandbox.slack.triggers[old].ends -= 3.0
    assert (await web.slack("views.open", trigger_id=old, view=modal(question())))["error"] == "expired_trigger_id"


async def test_a_wrong_view_leaves_the_trigger_unused(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    kept = await trigger(sandbox, bot)
    wrong = await web.slack("views.open", trigger_id=kept, view=modal(question(), title=plain("x" * 25)))
    assert wrong["error"] == "invalid_arguments"
    assert "24" in wrong["response_metadata"]["messages"][0]
    assert (await web.slack("views.open", trigger_id=kept, view=modal(question())))["ok"]


async def test_three_views_stand_on_one_another_and_no_more(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    pushing = {"type": "actions", "block_id": "p", "elements": [{"type": "button", "action_id": "b", "text": plain()}]}
    root = await opened(sandbox, web, bot, modal(pushing))
    for depth in (2, 3):
        dialog = sandbox.slack.dialog(ADA)
        assert dialog is not None
        await sandbox.slack.press(ADA, dialog.id, "p/b")
        pushed = await web.slack("views.push", trigger_id=bot.payloads[-1]["trigger_id"], view=modal(pushing))
        assert pushed["view"]["root_view_id"] == root["id"]
        dialog = sandbox.slack.dialog(ADA)
        assert dialog is not None
        assert dialog.depth == depth
    await sandbox.slack.press(ADA, dialog.id, "p/b")
    full = await web.slack("views.push", trigger_id=bot.payloads[-1]["trigger_id"], view=modal(pushing))
    assert full["error"] == "push_limit_reached"


async def test_a_view_is_replaced_under_its_hash(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    view = await opened(sandbox, web, bot, modal(question(), external_id="mine"))
    update: dict[str, Any] = {"view_id": view["id"], "view": modal(question(name="other"), external_id="mine")}
    assert (await web.slack("views.update", hash="old", **update))["error"] == "hash_conflict"
    fresh = await web.slack("views.update", hash=view["hash"], **update)
    assert fresh["view"]["id"] == view["id"]
    assert (await web.slack("views.update", external_id="mine", view=modal(question())))["ok"]
    assert (await web.slack("views.update", view_id="V1", view=modal(question())))["error"] == "not_found"
    huge = [{"type": "section", "text": plain("x" * 3000)}] * 90
    assert (await web.slack("views.update", view_id=view["id"], view=modal(*huge)))["error"] == "view_too_large"


async def test_every_kind_of_question_travels_in_the_state(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    kinds = [kind for kind in ASKED if "external" not in kind]
    await opened(sandbox, web, bot, modal(*(question(kind, kind, optional=True) for kind in kinds)))
    dialog = sandbox.slack.dialog(ADA)
    assert dialog is not None
    given = {"plain_text_input": "four", "number_input": "4", "email_text_input": "a@b.org", "datepicker": "2026-12-01",
             "url_text_input": "https://b.org", "timepicker": "07:30", "datetimepicker": "2026-12-01T07:30",
             "rich_text_input": "r", "file_input": ""}  # fmt: skip
    answers = {f"{kind}/a": given[kind] if kind in given else _first(dialog.fields, kind) for kind in kinds}
    await sandbox.slack.submit(ADA, answers)
    values = bot.payloads[-1]["view"]["state"]["values"]
    assert values["plain_text_input"]["a"] == {"type": "plain_text_input", "value": "four"}
    assert values["datetimepicker"]["a"]["selected_date_time"] == 1796110200
    assert values["users_select"]["a"]["selected_user"] == "U001"
    assert values["multi_conversations_select"]["a"]["selected_conversations"] == [PLACE]
    assert values["checkboxes"]["a"]["selected_options"] == [OPTION]
    assert values["radio_buttons"]["a"]["selected_option"] == OPTION
    assert sandbox.slack.dialog(ADA) is None, "an empty acknowledgement closes it"


def _first(fields: Any, kind: str) -> str:
    return next(field for field in fields if field.id == f"{kind}/a").options[0][0]


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("plain_text_input", ""), ("plain_text_input", "much too long"), ("number_input", "four"),
     ("email_text_input", "nobody"), ("url_text_input", "nowhere"), ("datepicker", "tomorrow"),
     ("timepicker", "late"), ("static_select", "z"), ("multi_static_select", "z")],
)  # fmt: skip
async def test_the_client_itself_refuses_what_cannot_be(
    sandbox: Sandbox, web: Web, bot: Socket, kind: str, wrong: str
) -> None:
    await opened(sandbox, web, bot, modal(question(kind)))
    before = len(bot.payloads)
    with pytest.raises(Refused, match="Label q"):
        await sandbox.slack.submit(ADA, {"q/a": wrong})
    assert len(bot.payloads) == before, "the bot never hears of it"


@pytest.mark.parametrize(
    ("ack", "open_after", "told"),
    [
        ({"response_action": "errors", "errors": {"q": "Why?"}}, 1, "Why?"),
        ({"response_action": "errors", "errors": {"unknown": "Why?"}}, 1, "trouble connecting"),
        ({"response_action": "update", "view": modal(question(name="next"))}, 1, ""),
        ({"response_action": "update", "view": {"type": "modal"}}, 1, "trouble connecting"),
        ({"response_action": "push", "view": modal(question(name="next"))}, 2, ""),
        ({"response_action": "explode"}, 1, "trouble connecting"),
        ({"response_action": "clear"}, 0, ""),
        (None, 0, ""),
    ],
)
async def test_what_an_acknowledgement_does_to_the_stack(
    sandbox: Sandbox, web: Web, bot: Socket, ack: Json | None, open_after: int, told: str
) -> None:
    view = await opened(sandbox, web, bot, modal(question()))
    bot.answer = lambda payload: ack if payload["type"] == "view_submission" else None
    await sandbox.slack.submit(ADA, {"q/a": "because"})
    dialog = sandbox.slack.dialog(ADA)
    assert (dialog.depth if dialog else 0) == open_after
    assert told in " ".join((dialog.errors if dialog else {"": ""}).values())
    if ack and ack.get("response_action") == "update" and not told:
        assert dialog is not None
        assert dialog.id == view["id"], "an update keeps the view's id"
    problems = [entry for entry in sandbox.slack.ledger() if not entry["ok"]]
    assert bool(problems) == (told == "trouble connecting")


async def test_closing_is_told_to_those_who_asked(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    await opened(sandbox, web, bot, modal(question(), notify_on_close=True))
    await sandbox.slack.dismiss(ADA)
    assert bot.payloads[-1]["type"] == "view_closed"
    before = len(bot.payloads)
    await opened(sandbox, web, bot, modal(question()))
    await sandbox.slack.dismiss(ADA)
    assert [payload.get("type") for payload in bot.payloads[before:]] == [None], "only the command"


async def test_an_external_id_is_taken_once(sandbox: Sandbox, web: Web, bot: Socket) -> None:
    await opened(sandbox, web, bot, modal(question(), external_id="one"))
    again = await web.slack("views.open", trigger_id=await trigger(sandbox, bot), view=modal(external_id="one"))
    assert again["error"] == "duplicate_external_id"


async def test_a_home_is_drawn_when_somebody_looks(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    async with socket_mode(web) as bot:
        await slack.open_home(ADA)
        await until(lambda: bot.payloads, "app_home_opened")
        event = bot.payloads[0]["event"]
        assert (event["type"], event["user"], event["tab"]) == ("app_home_opened", "U001", "home")
        pressable = {
            "type": "actions",
            "block_id": "b",
            "elements": [{"type": "button", "action_id": "x", "text": plain()}],
        }
        view = {"type": "home", "blocks": [pressable, {"type": "header"} | BLOCKS["header"]]}
        published = await web.slack("views.publish", user_id="U001", view=view)
        assert published["ok"]
        (seen,) = slack.messages(ADA, "home")
        assert "words" in seen.text
        await slack.press(ADA, "home", "b/x")
        assert bot.payloads[-1]["view"]["id"] == published["view"]["id"]
        stale = await web.slack("views.publish", user_id="U001", view=view, hash="old")
        assert stale["error"] == "hash_conflict"
        assert (await web.slack("views.publish", user_id="U001", view=modal()))["error"] == "invalid_arguments"


async def test_without_a_home_tab_in_the_manifest_there_is_none(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest({"features": {"app_home": {"home_tab_enabled": False}}})
    answer = await web.slack("views.publish", user_id="U001", view={"type": "home", "blocks": []})
    assert answer["error"] == "not_enabled"
    assert "home" not in {room.kind for room in sandbox.slack.rooms(ADA)}
