"""Discord's rate limits: buckets with their headers, the global limit, opening direct messages too fast."""

from __future__ import annotations

from datetime import timedelta

from sandbox.discord.rates import LIMITS, NEW_DMS
from sandbox.server import Sandbox
from tests.sandbox.raw import Json, Web

PLACE, OTHER = "700000000000000001", "700000000000000002"
POST = LIMITS["POST /channels/{channel}/messages"]


async def test_a_bucket_tells_what_is_left_and_then_refuses(sandbox: Sandbox, web: Web) -> None:
    for number in range(POST[0]):
        await web.discord("POST", f"/channels/{PLACE}/messages", {"content": "x"})
        assert web.status == 200
        assert web.headers["X-RateLimit-Remaining"] == str(POST[0] - 1 - number)
    bucket = web.headers["X-RateLimit-Bucket"]
    full = await web.discord("POST", f"/channels/{PLACE}/messages", {"content": "x"})
    assert (web.status, full["global"], web.headers["X-RateLimit-Scope"]) == (429, False, "user")
    assert 0 < full["retry_after"] <= POST[1]
    assert "Via" in web.headers, "discord.py takes a 429 without it for a ban"
    await web.discord("POST", f"/channels/{OTHER}/messages", {"content": "x"})
    assert (web.status, web.headers["X-RateLimit-Bucket"]) == (200, bucket), "one bucket, counted per channel"
    sandbox.clock.advance(timedelta(seconds=POST[1]))
    await web.discord("POST", f"/channels/{PLACE}/messages", {"content": "x"})
    assert web.status == 200
    assert len(sandbox.discord.messages("900000000000000001/800000000000000001", PLACE)) == POST[0] + 1


async def test_fifty_a_second_for_the_whole_bot_but_not_for_interactions(sandbox: Sandbox, web: Web) -> None:
    for _ in range(50):
        await web.discord("GET", "/users/@me")
        assert web.status == 200
    full = await web.discord("GET", f"/channels/{PLACE}")
    assert (web.status, full["global"], web.headers["X-RateLimit-Scope"]) == (429, True, "global")
    unknown = await web.discord("POST", "/interactions/1/none/callback", {"type": 4})
    assert unknown["code"] == 10062, "answered, not limited"
    sandbox.clock.advance(timedelta(seconds=1))
    await web.discord("GET", "/users/@me")
    assert web.status == 200


async def test_direct_messages_are_not_opened_by_the_hundred(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    answer: Json = {}
    for number in range(NEW_DMS[0] + 1):
        discord.add_member("900000000000000001", f"81000000000000{number:04d}", f"P{number}", "en-US", "UTC")
        sandbox.clock.advance(timedelta(seconds=1.1))
        answer = await web.discord("POST", "/users/@me/channels", {"recipient_id": f"81000000000000{number:04d}"})
    assert (web.status, answer["code"]) == (403, 40003)
    again = await web.discord("POST", "/users/@me/channels", {"recipient_id": "810000000000000000"})
    assert again["type"] == 1, "one that is open stays open"
    sandbox.clock.advance(timedelta(minutes=10))
    await web.discord("POST", "/users/@me/channels", {"recipient_id": f"81000000000000{NEW_DMS[0]:04d}"})
    assert web.status == 200


async def test_a_load_test_may_take_the_limits_off(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.enforce_limits = False
    for _ in range(4 * POST[0]):
        await web.discord("POST", f"/channels/{PLACE}/messages", {"content": "x"})
        assert web.status == 200
