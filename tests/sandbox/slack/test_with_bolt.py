"""What Slack refuses, refused here too: asked by the real slack_sdk and slack_bolt."""

# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# (slack_bolt and slack_sdk are only partly typed)

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.demo import SLACK_TOKENS, populate
from sandbox.server import Sandbox
from sandbox.world import Fault, Refused

ADA, PLACE = "T01MAKERS/U001", "C01GENERAL"
MANIFEST = {"features": {"slash_commands": [{"command": "/go", "description": "Goes"}]}}


class Bot:
    """A bare bolt app; `on_go` decides what its one command does."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.client = AsyncWebClient(
            token=SLACK_TOKENS[0], base_url=sandbox.slack_api, session=session, retry_handlers=[]
        )
        self.app: Any = AsyncApp(token=SLACK_TOKENS[0], client=self.client, request_verification_enabled=False)
        self.bodies: list[Any] = []


@pytest.fixture
async def sandbox() -> AsyncGenerator[Sandbox]:
    """The demo's people."""
    async with Sandbox() as running:
        populate(running)
        running.slack.register_manifest(MANIFEST)
        yield running


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncGenerator[Bot]:
    """Connected by Socket Mode."""
    async with aiohttp.ClientSession() as session:
        made = Bot(sandbox, session)
        handler = AsyncSocketModeHandler(made.app, sandbox.slack.app_token)
        await handler.connect_async()
        yield made
        await handler.close_async()


def modal(*blocks: dict[str, Any]) -> dict[str, Any]:
    """A modal of these blocks."""
    return {
        "type": "modal", "title": {"type": "plain_text", "text": "T"}, "submit": {"type": "plain_text", "text": "OK"},
        "blocks": list(blocks),
    }  # fmt: skip


SECTION = {"type": "section", "text": {"type": "plain_text", "text": "words"}}


async def refused(call: Any) -> str:
    """The code Slack would give."""
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "section"}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
        [{"type": "section", "text": {"type": "plain_text", "text": "x", "color": "red"}}],
        [SECTION | {"surprise": 1}],
        [SECTION | {"block_id": "a"}, SECTION | {"block_id": "a"}],
        [SECTION] * 51,
        [{"type": "hologram"}],
        [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "x" * 76}}]}],
        [{"type": "input", "label": {"type": "plain_text", "text": "x"}, "element": {"type": "plain_text_input"}}],
    ],
)
async def test_blocks_are_read_strictly(bot: Bot, sandbox: Sandbox, blocks: list[dict[str, Any]]) -> None:
    code = await refused(bot.client.chat_postMessage(channel=PLACE, text="t", blocks=blocks))
    assert code == ("msg_blocks_too_long" if len(blocks) > 50 else "invalid_blocks")
    assert sandbox.slack.messages(ADA, PLACE) == ()


async def test_tokens_channels_and_users_are_checked(bot: Bot, sandbox: Sandbox) -> None:
    assert await refused(bot.client.chat_postMessage(channel="CNOWHERE", text="x")) == "channel_not_found"
    assert await refused(bot.client.api_call("chat.postMessage", json={"channel": PLACE, "text": "  "})) == "no_text"
    assert await refused(bot.client.users_info(user="UNOBODY")) == "user_not_found"
    wrong = AsyncWebClient(token="xoxb-no", base_url=sandbox.slack_api, session=bot.session)
    assert await refused(wrong.auth_test()) == "invalid_auth"


async def test_a_trigger_opens_one_view_within_three_seconds(bot: Bot, sandbox: Sandbox) -> None:
    codes: list[str] = []

    async def go(ack: Any, body: Any) -> None:
        await ack()
        await bot.client.views_open(trigger_id=body["trigger_id"], view=modal(SECTION))
        codes.append(await refused(bot.client.views_open(trigger_id=body["trigger_id"], view=modal(SECTION))))
        bot.bodies.append(body)

    bot.app.command("/go")(go)
    await sandbox.slack.say(ADA, PLACE, "/go")
    for _ in range(100):
        if codes:
            break
        await asyncio.sleep(0.02)
    assert codes == ["exchanged_trigger_id"]
    assert sandbox.slack.dialog(ADA) is not None
    assert await refused(bot.client.views_open(trigger_id="1.made-up", view=modal(SECTION))) == "invalid_trigger_id"


async def test_a_response_url_serves_five_times(bot: Bot, sandbox: Sandbox) -> None:
    async def go(ack: Any, body: Any) -> None:
        bot.bodies.append(body)
        await ack()

    bot.app.command("/go")(go)
    await sandbox.slack.say(ADA, PLACE, "/go")
    statuses: list[int] = []
    for number in range(6):
        async with bot.session.post(bot.bodies[0]["response_url"], json={"text": f"{number}"}) as answer:
            statuses.append(answer.status)
    assert statuses == [200] * 5 + [404]


async def test_silence_for_three_seconds_is_told_to_the_member(bot: Bot, sandbox: Sandbox) -> None:
    async def go(ack: Any) -> None:
        await asyncio.sleep(3.3)
        await ack(text="too late")

    bot.app.command("/go")(go)
    await sandbox.slack.say(ADA, PLACE, "/go")
    (told,) = sandbox.slack.messages(ADA, PLACE)
    assert "dispatch_failed" in told.text
    await sandbox.slack.say(ADA, PLACE, "/unheard")
    assert "not a valid command" in sandbox.slack.messages(ADA, PLACE)[-1].text


async def test_the_client_checks_a_form_before_sending(bot: Bot, sandbox: Sandbox) -> None:
    question = {
        "type": "input", "block_id": "q", "label": {"type": "plain_text", "text": "Why"},
        "element": {"type": "plain_text_input", "action_id": "a", "max_length": 5},
    }  # fmt: skip

    async def go(ack: Any, body: Any) -> None:
        await ack()
        await bot.client.views_open(trigger_id=body["trigger_id"], view=modal(question))

    async def sent(ack: Any) -> None:
        await ack(response_action="errors", errors={"q": "Because?"})

    bot.app.command("/go")(go)
    bot.app.view({"type": "view_submission", "callback_id": ""})(sent)
    await sandbox.slack.say(ADA, PLACE, "/go")
    for _ in range(100):
        if sandbox.slack.dialog(ADA):
            break
        await asyncio.sleep(0.02)
    for answer in ("", "too long"):
        with pytest.raises(Refused):
            await sandbox.slack.submit(ADA, {"q/a": answer})


async def test_mentions_are_counted_where_slack_would_honour_them(bot: Bot, sandbox: Sandbox) -> None:
    await bot.client.chat_postMessage(channel=PLACE, text="<!channel> <@U001> &lt;!here&gt; @everyone")
    await bot.client.chat_postMessage(
        channel=PLACE, text="x", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}]
    )
    await bot.client.chat_postMessage(channel=PLACE, text="<!here>", blocks=[SECTION])
    pings = [entry["pings"] for entry in sandbox.slack.ledger() if entry["method"] == "chat.postMessage"]
    assert pings == [2, 1, 0]


async def test_a_connection_dropped_after_acceptance_posts_twice_with_the_sdks_own_retries(
    bot: Bot, sandbox: Sandbox
) -> None:
    """Why our platform takes the retries out (platforms.md, finding 1)."""
    sandbox.slack.faults().add(Fault("chat.postMessage", "drop"))
    eager = AsyncWebClient(token=SLACK_TOKENS[0], base_url=sandbox.slack_api, session=bot.session)
    await eager.chat_postMessage(channel=PLACE, text="twice")
    assert len(sandbox.slack.messages(ADA, PLACE)) == 2
