"""Slack's rate limits and scopes: per method and workspace by tier, chat.postMessage per channel and workspace."""

from __future__ import annotations

from datetime import timedelta

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from sandbox.slack.api import METHODS, POST_BURST
from sandbox.slack.methods._common import TIERS
from tests.sandbox.raw import Web

PLACE, OTHER = "C01GENERAL", "C02LEARN"


async def test_one_message_a_second_and_channel_with_a_little_slack(sandbox: Sandbox, web: Web) -> None:
    for _ in range(POST_BURST):
        assert (await web.slack("chat.postMessage", channel=PLACE, text="x"))["ok"]
    full = await web.slack("chat.postMessage", channel=PLACE, text="x")
    assert (web.status, full["error"], web.headers["Retry-After"]) == (429, "ratelimited", "1")
    assert (await web.slack("chat.postMessage", channel=OTHER, text="x"))["ok"], "another channel is not concerned"
    other = await web.slack("chat.postMessage", SLACK_TOKENS[1], channel="C11GENERAL", text="x")
    assert other["ok"], "nor is another workspace"
    sandbox.clock.advance(timedelta(seconds=1))
    assert (await web.slack("chat.postMessage", channel=PLACE, text="x"))["ok"]
    assert [entry["error"] for entry in sandbox.slack.ledger() if not entry["ok"]] == ["ratelimited"]


async def test_a_tier_is_counted_per_method_and_workspace(sandbox: Sandbox, web: Web) -> None:
    tier = TIERS[METHODS["users.list"].tier]
    for _ in range(tier):
        assert (await web.slack("users.list"))["ok"]
    assert (await web.slack("users.list"))["error"] == "ratelimited"
    assert 1 <= int(web.headers["Retry-After"]) <= 60
    assert (await web.slack("users.list", SLACK_TOKENS[1]))["ok"]
    assert (await web.slack("users.info", user="U001"))["ok"]
    sandbox.clock.advance(timedelta(minutes=1))
    assert (await web.slack("users.list"))["ok"]


async def test_a_load_test_may_take_the_limits_off(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.enforce_limits = False
    for _ in range(3 * POST_BURST):
        assert (await web.slack("chat.postMessage", channel=PLACE, text="x"))["ok"]


async def test_the_manifests_scopes_are_what_a_token_may_do(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.register_manifest({"oauth_config": {"scopes": {"bot": ["chat:write", "im:read"]}}})
    refused = await web.slack("users.info", user="U001")
    assert (refused["error"], refused["needed"]) == ("missing_scope", "users:read")
    assert (await web.slack("chat.postMessage", channel=PLACE, text="x"))["ok"]
    assert (await web.slack("conversations.info", channel=PLACE))["ok"], "any one of the scopes will do"
    refused = await web.slack("conversations.history", channel=PLACE)
    assert (refused["error"], refused["needed"]) == ("missing_scope", "channels:history"), "but not of another kind"
