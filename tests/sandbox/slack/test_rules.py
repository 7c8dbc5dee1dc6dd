"""Smaller rules of Slack that bots stumble over: each alone, each with what happens on both sides of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web as http

from sandbox.server import Sandbox
from sandbox.slack.api import POST_BURST
from sandbox.slack.methods.files import UNUSED
from sandbox.slack.state import KEPT
from sandbox.world import Fault, Refused
from tests.sandbox.raw import Json, Web, socket_mode, until
from tests.sandbox.slack.test_blocks import OPTION, plain
from tests.sandbox.slack.test_delivery import SECRET, request_url
from tests.sandbox.slack.test_views import COMMANDS, modal

ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"
SELECT: Json = {"type": "static_select", "action_id": "s", "options": [OPTION, OPTION | {"value": "b"}],
                "initial_option": OPTION}  # fmt: skip
BUTTON: Json = {"type": "button", "action_id": "go", "text": plain("Go")}


async def test_a_button_brings_the_state_of_every_control_beside_it(sandbox: Sandbox, web: Web) -> None:
    blocks = [
        {"type": "actions", "block_id": "a", "elements": [SELECT, {"type": "datepicker", "action_id": "d"}, BUTTON]}
    ]
    async with socket_mode(web) as bot:
        ts = (await web.slack("chat.postMessage", channel=PLACE, text="t", blocks=blocks))["ts"]
        await sandbox.slack.press(ADA, ts, "a/go")
        first = bot.payloads[-1]["state"]["values"]["a"]
        assert first["s"] == {"type": "static_select", "selected_option": OPTION}, "as it began"
        assert first["d"] == {"type": "datepicker", "selected_date": None}
        await sandbox.slack.press(ADA, ts, "a/s", ["b"])
        await sandbox.slack.press(ADA, ts, "a/go")
        assert bot.payloads[-1]["state"]["values"]["a"]["s"]["selected_option"]["value"] == "b", "as it was used"
        await sandbox.slack.press("T01MAKERS/U003", ts, "a/go")
        assert bot.payloads[-1]["state"]["values"]["a"]["s"]["selected_option"] == OPTION, "each person has their own"


async def test_a_modals_button_brings_what_its_questions_began_with(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    element = {"type": "plain_text_input", "action_id": "t", "initial_value": "words"}
    question = {"type": "input", "block_id": "q", "label": plain(), "element": element}
    actions = {"type": "actions", "block_id": "a", "elements": [BUTTON, SELECT]}
    async with socket_mode(web) as bot:
        await sandbox.slack.say(ADA, PLACE, "/go")
        await web.slack("views.open", trigger_id=bot.payloads[-1]["trigger_id"], view=modal(question, actions))
        dialog = sandbox.slack.dialog(ADA)
        assert dialog is not None
        assert {control.id for control in dialog.controls} == {"a/go", "a/s"}
        await sandbox.slack.press(ADA, dialog.id, "a/s", ["b"])
        await sandbox.slack.press(ADA, dialog.id, "a/go")
        values = bot.payloads[-1]["view"]["state"]["values"]
        assert values["q"]["t"] == {"type": "plain_text_input", "value": "words"}
        assert values["a"]["s"]["selected_option"]["value"] == "b"


async def test_made_up_ids_never_meet_given_ones(sandbox: Sandbox, web: Web) -> None:
    two = [{"type": "actions", "elements": [BUTTON]}, {"type": "actions", "block_id": "m0", "elements": [BUTTON]}]
    await web.slack("chat.postMessage", channel=PLACE, text="t", blocks=two)
    ids = [control.id for control in sandbox.slack.messages(ADA, PLACE)[0].controls]
    assert len(set(ids)) == 2


async def test_pages_say_whether_there_is_more_and_keep_to_a_span(web: Web) -> None:
    stamps = [(await web.slack("chat.postMessage", channel=PLACE, text=f"{n}"))["ts"] for n in range(4)]
    first = await web.slack("conversations.history", channel=PLACE, limit=3)
    assert ([m["text"] for m in first["messages"]], first["has_more"]) == (["3", "2", "1"], True)
    cursor = first["response_metadata"]["next_cursor"]
    assert (await web.slack("conversations.history", channel=PLACE, limit=3, cursor=cursor))["has_more"] is False
    span = {"oldest": stamps[0], "latest": stamps[2]}
    assert [m["text"] for m in (await web.slack("conversations.history", channel=PLACE, **span))["messages"]] == ["1"]
    both = await web.slack("conversations.history", channel=PLACE, inclusive=True, **span)
    assert [m["text"] for m in both["messages"]] == ["2", "1", "0"]
    some = await web.slack("conversations.members", channel=PLACE, limit=2)
    assert len(some["members"]) == 2
    for wrong in (-1, "many", [5]):
        assert (await web.slack("conversations.members", channel=PLACE, limit=wrong))["error"] == "invalid_limit"
    assert (await web.slack("conversations.members", channel=PLACE, cursor="next:-3"))["error"] == "invalid_cursor"
    assert (await web.slack("conversations.history", channel=PLACE, oldest="then"))["error"] == "invalid_ts_oldest"


async def test_where_the_app_is_not_installed_it_hears_nothing(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    slack.register_manifest(
        COMMANDS | {"settings": {"event_subscriptions": {"bot_events": ["user_change", "app_uninstalled"]}}}
    )
    async with socket_mode(web) as bot:
        slack.uninstall("T01MAKERS")
        await until(lambda: bot.payloads, "its last words")
        await slack.change_member(ADA, zone="Asia/Tokyo")
        await slack.say(ADA, PLACE, "/go")
        assert [payload["event"]["type"] for payload in bot.payloads] == ["app_uninstalled"]
        assert "not a valid command" in slack.messages(ADA, PLACE)[-1].text


@pytest.mark.parametrize(("number", "right"), [("5", True), ("0", False), ("6", False), ("2.5", False)])
async def test_a_number_keeps_to_its_bounds(sandbox: Sandbox, web: Web, number: str, right: bool) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    element = {
        "type": "number_input",
        "action_id": "n",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": "5",
    }
    question = {"type": "input", "block_id": "q", "label": plain(), "element": element}
    async with socket_mode(web) as bot:
        await sandbox.slack.say(ADA, PLACE, "/go")
        await web.slack("views.open", trigger_id=bot.payloads[-1]["trigger_id"], view=modal(question))
        if right:
            await sandbox.slack.submit(ADA, {"q/n": number})
            assert bot.payloads[-1]["view"]["state"]["values"]["q"]["n"]["value"] == number
        else:
            with pytest.raises(Refused, match="fits"):
                await sandbox.slack.submit(ADA, {"q/n": number})


async def test_deleting_the_original_of_a_command_posts_nothing(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        await sandbox.slack.say(ADA, PLACE, "/go")
        assert (await web.post(bot.payloads[-1]["response_url"], {"delete_original": True}))[0] == 200
    assert sandbox.slack.messages(ADA, PLACE) == ()


async def test_markdown_text_channel_names_and_whose_id_an_edit_takes(sandbox: Sandbox, web: Web) -> None:
    made = await web.slack("chat.postMessage", channel="#general", markdown_text="# Title")
    assert made["message"]["blocks"][0]["text"] == "# Title"
    both = await web.slack("chat.postMessage", channel=PLACE, markdown_text="x", text="y")
    assert both["error"] == "markdown_text_conflict"
    dm = await web.slack("chat.postMessage", channel="U001", text="x")
    assert (await web.slack("chat.update", channel="U001", ts=dm["ts"], text="y"))["error"] == "channel_not_found"
    assert (await web.slack("chat.update", channel=dm["channel"], ts=dm["ts"], text="y"))["ok"]


async def test_one_conversation_has_one_limit_however_it_is_named(web: Web) -> None:
    dm = (await web.slack("conversations.open", users="U001"))["channel"]["id"]
    answers = [(await web.slack("chat.postMessage", channel=("U001", dm)[n % 2], text="x"))["ok"] for n in range(8)]
    assert sum(answers) == POST_BURST


async def test_a_mention_of_the_bot_is_an_event_of_its_own(sandbox: Sandbox, web: Web) -> None:
    async with socket_mode(web) as bot:
        await sandbox.slack.say(ADA, PLACE, "@bot and @Kofi, hello <b>")
        await until(lambda: len(bot.payloads) == 2, "message and app_mention")
        by_type = {payload["event"]["type"]: payload["event"] for payload in bot.payloads}
        assert by_type["app_mention"]["text"] == "<@UBOT01MAKERS> and <@U003>, hello &lt;b&gt;"
        await sandbox.slack.say(ADA, PLACE, "nobody named")
        await until(lambda: len(bot.payloads) == 3, "a message alone")


async def test_faults_reach_response_urls_and_uploads(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        await slack.say(ADA, PLACE, "/go")
        slack.faults().add(Fault("response_url", "lose", status=502))
        assert (await web.post(bot.payloads[-1]["response_url"], {"text": "really there"}))[0] == 502
        assert slack.messages(ADA, PLACE)[-1].text == "really there"
    slack.faults().add(Fault("upload", "status", status=503))
    where = await web.slack("files.getUploadURLExternal", filename="a.txt", length=1)
    async with web.session.post(where["upload_url"], data=b"x") as answer:
        assert answer.status == 503


async def test_addresses_nobody_uploads_to_push_no_shared_file_out(web: Web) -> None:
    kept = await web.slack("files.getUploadURLExternal", filename="a.txt", length=1)
    async with web.session.post(kept["upload_url"], data=b"x"):
        await web.slack("files.completeUploadExternal", files=[{"id": kept["file_id"]}])
    given = [await web.slack("files.getUploadURLExternal", filename="b.txt", length=1) for _ in range(UNUSED + 5)]
    unused = [one["upload_url"] for one in given]
    assert (await web.slack("files.info", file=kept["file_id"]))["ok"]
    async with web.session.post(unused[0], data=b"x") as answer:
        assert answer.status == 404
    async with web.session.post(unused[-1], data=b"x") as answer:
        assert answer.status == 200


async def test_a_connection_at_the_end_of_its_life_is_asked_to_come_anew(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.sockets.short_life = 0.1
    opened = await web.slack("apps.connections.open", sandbox.slack.app_token)
    async with web.session.ws_connect(opened["url"] + "&debug_reconnects=true") as ws:
        assert (await ws.receive_json())["debug_info"]["approximate_connection_time"] == 0.1
        assert (await ws.receive_json())["reason"] == "warning"
        assert (await ws.receive_json())["reason"] == "refresh_requested"


async def test_a_warning_or_a_revoked_token_switches_socket_mode_on_for_nobody(sandbox: Sandbox, web: Web) -> None:
    await sandbox.slack.trouble("link_disabled")
    for kind in ("warning", "revoke"):
        await sandbox.slack.trouble(kind)
        opened = await web.slack("apps.connections.open", sandbox.slack.app_token)
        with pytest.raises(Exception, match="403"):
            await web.session.ws_connect(opened["url"])
    await sandbox.slack.trouble("restore")
    async with socket_mode(web):
        pass


@pytest.mark.parametrize(("hops", "reason"), [(2, ""), (3, "too_many_redirects")])
async def test_two_redirects_are_followed_and_no_third(sandbox: Sandbox, hops: int, reason: str) -> None:
    async def handle(request: http.Request, body: str) -> http.Response:
        seen = int(request.query.get("hop", "0"))
        if "challenge" in body or seen >= hops:
            return http.Response(text=body.partition('"challenge": "')[2].partition('"')[0] or "ok")
        raise http.HTTPTemporaryRedirect(f"{request.path}?hop={seen + 1}")

    async with request_url(handle) as url:
        await sandbox.slack.delivery.use_http(url, SECRET)
        await sandbox.slack.change_member(ADA, name="Ada L")
        await until(sandbox.slack.deliveries, "the event")
    assert sandbox.slack.deliveries()[0]["error"] == reason


async def test_frames_that_are_no_acknowledgement_hurt_nobody(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        for frame in ("{", "[]", "5", '"x"', "null", '{"envelope_id": ["x"]}', "[" * 5000):
            await bot.ws.send_str(frame)
        bot.answer = _hello
        await sandbox.slack.say(ADA, PLACE, "/go")
        assert sandbox.slack.messages(ADA, PLACE)[-1].text == "hello"


def _hello(_payload: Json) -> Json:
    return {"text": "hello"}


async def test_a_channel_remembers_so_many_messages(sandbox: Sandbox) -> None:
    for number in range(KEPT + 20):
        await sandbox.slack.say(ADA, PLACE, f"{number}")
    seen = sandbox.slack.messages(ADA, PLACE)
    assert (len(seen), seen[0].text) == (KEPT, "20")
    assert len(sandbox.slack.spaces["T01MAKERS"].places) == KEPT


async def test_a_workspaces_ceiling_is_reached_and_no_sooner(sandbox: Sandbox, web: Web) -> None:
    for number in range(40):
        sandbox.slack.add_channel("T01MAKERS", f"C9{number}", f"c{number}", ["U001"])
    answers: list[Any] = []
    for number in range(320):
        if number % 40 == 0:
            sandbox.clock.advance(timedelta(seconds=1))
        answers.append((await web.slack("chat.postMessage", channel=f"C9{number % 40}", text="x"))["ok"])
    assert sum(answers) == 300
    sandbox.clock.advance(timedelta(minutes=1))
    assert (await web.slack("chat.postMessage", channel="C90", text="x"))["ok"]
