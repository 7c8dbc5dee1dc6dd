"""How Slack tells the bot: sockets, signed requests, retries, only what the manifest asks for."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from aiohttp import web as http
from slack_sdk.signature import SignatureVerifier

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from sandbox.world import Refused
from tests.sandbox.raw import Json, Web, socket_mode, until
from tests.sandbox.slack.test_views import COMMANDS, modal, question

ADA, KOFI, PLACE, SECRET = "T01MAKERS/U001", "T01MAKERS/U003", "C01GENERAL", "shhh"


async def test_an_envelope_goes_to_any_one_connection(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as one, socket_mode(web) as two:
        assert two.hello["num_connections"] == 2
        for _ in range(4):
            await sandbox.slack.say(ADA, PLACE, "/go now <b> & then")
        assert (len(one.payloads), len(two.payloads)) == (2, 2)
        payload = one.payloads[0]
        assert (payload["command"], payload["text"]) == ("/go", "now <b> & then")
        assert (payload["team_id"], payload["user_id"]) == ("T01MAKERS", "U001")


async def test_a_ticket_opens_one_connection_and_ten_are_the_most(sandbox: Sandbox, web: Web) -> None:
    opened = await web.slack("apps.connections.open", sandbox.slack.app_token)
    async with web.session.ws_connect(opened["url"]):
        with pytest.raises(Exception, match="403"):
            await web.session.ws_connect(opened["url"])
        async with _many(web, 9):
            full = await web.slack("apps.connections.open", sandbox.slack.app_token)
            async with web.session.ws_connect(full["url"]) as ws:
                assert (await ws.receive_json())["reason"] == "too_many_websockets"
    assert (await web.slack("apps.connections.open", "xapp-wrong"))["error"] == "invalid_auth"
    assert (await web.slack("apps.connections.open", ""))["error"] == "not_authed"


@asynccontextmanager
async def _many(web: Web, count: int) -> AsyncGenerator[None]:
    if not count:
        yield
        return
    async with socket_mode(web), _many(web, count - 1):
        yield


async def test_silence_for_three_seconds_is_a_failure_the_member_sees(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        bot.silent = True
        await sandbox.slack.say(ADA, PLACE, "/go")
        assert "dispatch_failed" in sandbox.slack.messages(ADA, PLACE)[-1].text
        told = sandbox.slack.deliveries()[-1]
        assert (told["method"], told["ok"], told["error"], told["member"]) == ("/go", False, "http_timeout", ADA)
        assert told["ms"] >= 2900
    await sandbox.slack.say(ADA, PLACE, "/go")
    assert sandbox.slack.deliveries()[-1]["error"] == "connection_failed"
    await sandbox.slack.say(ADA, PLACE, "/unknown")
    assert "not a valid command" in sandbox.slack.messages(ADA, PLACE)[-1].text


async def test_strangers_have_no_commands_but_may_press(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    slack.register_manifest(COMMANDS)
    slack.add_member("T01MAKERS", "USTRANGE", "Noor", "en-US", "Asia/Dubai", home_team="T99OTHER")
    slack.spaces["T01MAKERS"].channels[PLACE].members.add("USTRANGE")
    noor = "T01MAKERS/USTRANGE"
    assert {room.kind for room in slack.rooms(noor)} == {"channel"}
    async with socket_mode(web) as bot:
        await slack.say(noor, PLACE, "/go")
        assert bot.payloads == []
        button = {"type": "button", "action_id": "x", "text": {"type": "plain_text", "text": "b"}}
        ts = (await web.slack("chat.postMessage", channel=PLACE, text="t", blocks=[
            {"type": "actions", "block_id": "b", "elements": [button]}]))["ts"]  # fmt: skip
        await slack.press(noor, ts, "b/x")
        assert bot.payloads[-1]["user"]["team_id"] == "T99OTHER"
        assert bot.payloads[-1]["team"]["id"] == "T01MAKERS"


async def test_events_come_only_when_the_manifest_asks(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    slack.register_manifest(COMMANDS | {"settings": {"event_subscriptions": {"bot_events": ["user_change"]}}})
    async with socket_mode(web) as bot:
        await slack.say(ADA, PLACE, "words")
        await slack.change_member(ADA, zone="Asia/Tokyo")
        await until(lambda: bot.payloads, "user_change")
        (envelope,) = bot.payloads
        assert envelope["event"]["type"] == "user_change"
        assert envelope["event"]["user"]["tz"] == "Asia/Tokyo"
        assert envelope["event"]["user"]["tz_offset"] == 9 * 3600


async def test_people_and_channels_come_and_go_as_events(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    async with socket_mode(web) as bot:
        dm = next(room.id for room in slack.rooms(ADA) if room.kind == "dm")
        await slack.say(ADA, dm, "hello bot")
        await slack.join("T01MAKERS/UNEW", "Noa", "en-US", "Europe/Paris")
        await slack.leave(KOFI)
        slack.archive("T01MAKERS", PLACE)
        slack.uninstall("T01MAKERS")
        await until(lambda: len(bot.payloads) >= 9, "all of them")
        types = [payload["event"]["type"] for payload in bot.payloads]
        assert types[:3] == ["message", "member_joined_channel", "team_join"]
        assert types.count("member_left_channel") == 2
        assert types[-3:] == ["channel_archive", "tokens_revoked", "app_uninstalled"]
        assert bot.payloads[0]["event"]["channel_type"] == "im"
    assert (await web.slack("auth.test"))["error"] == "account_inactive"
    with pytest.raises(Refused, match="left"):
        await slack.say(KOFI, PLACE, "ghost")
    with pytest.raises(Refused, match="archived"):
        await slack.say(ADA, PLACE, "dusty")


async def test_an_event_is_tried_again_until_it_is_acknowledged(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    await slack.change_member(ADA, name="Ada L")
    await until(lambda: len(slack.deliveries()) == 2, "at once again, with nobody there")
    async with socket_mode(web) as bot:
        sandbox.clock.advance(timedelta(minutes=1))
        await until(lambda: bot.envelopes, "a minute later")
        envelope = bot.envelopes[0]
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (2, "connection_failed")
        await until(lambda: slack.deliveries()[-1]["ok"], "noted")
        sandbox.clock.advance(timedelta(minutes=6))
    assert [entry["attempt"] for entry in slack.deliveries()] == [0, 1, 2]


@asynccontextmanager
async def request_url(handle: Callable[[http.Request, str], Awaitable[http.Response]]) -> AsyncGenerator[str]:
    """A bot that listens over HTTP."""

    async def all_of_it(request: http.Request) -> http.Response:
        return await handle(request, await request.text())

    app = http.Application()
    app.router.add_post("/slack/events", all_of_it)
    runner = http.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await http.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    finally:
        await runner.cleanup()


async def test_requests_are_signed_and_challenged(sandbox: Sandbox) -> None:
    slack, verifier = sandbox.slack, SignatureVerifier(SECRET)
    slack.register_manifest(COMMANDS | {"settings": {"event_subscriptions": {"bot_events": ["user_change"]}}})
    valid: list[bool] = []
    seen: list[Json] = []

    async def handle(request: http.Request, body: str) -> http.Response:
        valid.append(verifier.is_valid_request(body, dict(request.headers)))
        if request.content_type == "application/json":
            parsed = json.loads(body)
            seen.append(parsed)
            return http.json_response({"challenge": parsed.get("challenge")})
        seen.append({key: values[0] for key, values in parse_qs(body).items()})
        return http.json_response({"text": "over HTTP"})

    async with request_url(handle) as url:
        await slack.delivery.use_http(url, SECRET)
        await slack.say(ADA, PLACE, "/go there")
        await slack.change_member(ADA, name="Ada L")
        await until(lambda: len(slack.deliveries()) == 2, "both deliveries")
    assert valid == [True] * len(valid)
    assert (seen[0]["type"], seen[1]["command"]) == ("url_verification", "/go")
    assert any(message.text == "over HTTP" for message in slack.messages(ADA, PLACE))
    assert slack.connected() == 1


async def test_a_url_that_fails_the_challenge_is_not_saved(sandbox: Sandbox) -> None:
    async def handle(_request: http.Request, _body: str) -> http.Response:
        return http.Response(text="hello")

    async with request_url(handle) as url:
        with pytest.raises(Refused, match="challenge"):
            await sandbox.slack.delivery.use_http(url, SECRET)
    assert not sandbox.slack.delivery.over_http


@pytest.mark.parametrize(("no_retry", "tries"), [(False, 4), (True, 1)])
async def test_failed_requests_come_again_with_their_number_and_reason(
    sandbox: Sandbox, no_retry: bool, tries: int
) -> None:
    slack = sandbox.slack
    headers: list[tuple[str | None, str | None]] = []

    async def handle(request: http.Request, body: str) -> http.Response:
        if "url_verification" in body:
            return http.json_response({"challenge": json.loads(body)["challenge"]})
        headers.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        return http.Response(status=500, headers={"X-Slack-No-Retry": "1"} if no_retry else {})

    async with request_url(handle) as url:
        await slack.delivery.use_http(url, SECRET)
        await slack.change_member(ADA, name="Ada L")
        for step in (timedelta(0), timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1)):
            sandbox.clock.advance(step)
            count = len(headers)
            await asyncio.sleep(0.15 if no_retry or count == 4 else 0)
            if not no_retry and count < 4:
                await until(lambda count=count: len(headers) > count or len(headers) == 4, "the next try")
    expected: list[tuple[str | None, str | None]] = [
        (None, None),
        ("1", "http_error"),
        ("2", "http_error"),
        ("3", "http_error"),
    ]
    assert headers == expected[:tries]
    assert len(slack.deliveries()) == tries


async def test_connections_can_be_warned_refreshed_silenced_and_disabled(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        await slack.trouble("warning")
        await until(lambda: bot.envelopes, "the warning")
        assert slack.connected() == 1
        await slack.trouble("half_open")
        await slack.say(ADA, PLACE, "/go")
        assert slack.deliveries()[-1]["ok"] is False
        await slack.trouble("refresh")
        await until(lambda: bot.ws.closed, "closed from the other side")
        assert [envelope["reason"] for envelope in bot.envelopes] == ["warning", "refresh_requested"]
    async with socket_mode(web) as bot:
        await slack.trouble("link_disabled")
        await until(lambda: bot.ws.closed, "closed")
        opened = await web.slack("apps.connections.open", slack.app_token)
        with pytest.raises(Exception, match="403"):
            await web.session.ws_connect(opened["url"])
    await slack.trouble("revoke")
    assert (await web.slack("auth.test", SLACK_TOKENS[0]))["error"] == "token_revoked"
    await slack.trouble("restore")
    assert (await web.slack("auth.test"))["ok"]
    with pytest.raises(Refused):
        await slack.trouble("invalid_session")


async def test_a_late_acknowledgement_of_a_form_keeps_it_open(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest(COMMANDS)
    async with socket_mode(web) as bot:
        await sandbox.slack.say(ADA, PLACE, "/go")
        await web.slack("views.open", trigger_id=bot.payloads[-1]["trigger_id"], view=modal(question()))
        bot.silent = True
        await sandbox.slack.submit(ADA, {"q/a": "because"})
        dialog = sandbox.slack.dialog(ADA)
        assert dialog is not None
        assert "trouble connecting" in dialog.errors[""]
