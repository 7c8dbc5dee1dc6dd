"""Direct messages: tried exactly once, and every way to fail has its own name."""

from __future__ import annotations

import aiohttp
import pytest

from bot.discord import rest
from bot.discord.direct import NONCE
from bot.discord.platform import DiscordPlatform
from chat.errors import DeliveryError, LimitError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.message import Message, Text, short
from chat.people import Person, Sent, Space
from store import Store
from tests.bot.discord.conftest import platform
from tests.bot.discord.wire import Answer, Wire

SAM = Person(Space("discord", "100"), "9")
HELLO = short("A small step?")
CREATE, OPEN = ("POST", "/channels/559/messages"), ("POST", "/users/@me/channels")


async def test_a_message_carries_its_key_and_pings_nobody(bot: DiscordPlatform, discord: Wire) -> None:
    sent = await bot.send(SAM, HELLO, key="delivery-1")
    [body] = discord.to("POST", "/messages")
    assert (body["nonce"], body["enforce_nonce"]) == ("delivery-1", True)
    assert body["allowed_mentions"] == {"parse": []}
    assert body["flags"] == 32768
    assert body["components"][0]["components"][0]["content"] == "A small step?"
    assert sent.place == "559"
    assert sent.message


async def test_a_conversation_is_opened_once(bot: DiscordPlatform, discord: Wire) -> None:
    await bot.send(SAM, HELLO, key="a")
    await bot.send(SAM, HELLO, key="b")
    await bot.send(Person(Space("discord", "200"), "9"), HELLO, key="c")
    assert len(discord.to("POST", "/users/@me/channels")) == 1
    assert len(discord.to("POST", "/messages")) == 3


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(403, {"code": 50007, "message": "Cannot send messages to this user"}), Unreachable),
        (Answer(403, {"code": 50278, "message": "no mutual guilds"}), Unreachable),
        (Answer(400, {"code": 50035, "message": "Invalid Form Body"}), Rejected),
        (Answer(401, {"code": 0, "message": "401: Unauthorized"}), Revoked),
        (Answer(500), Uncertain),
        (Answer(502), Uncertain),
        (Answer(504), Uncertain),
        (Answer(524), Uncertain),
        (Answer(503), Unavailable),
        (Answer(drop=True), Uncertain),
        (Answer(429, {"retry_after": 2.5, "message": "slow down", "global": False}), Throttled),
        (Answer(429, {}, {"Via": "", "Retry-After": "3600"}), Throttled),
        (Answer(403, {"code": 40003, "message": "too fast"}), Throttled),
    ],
)
async def test_each_failure_is_one_request_and_its_own_error(
    bot: DiscordPlatform, discord: Wire, answer: Answer, kind: type[DeliveryError]
) -> None:
    discord.script[CREATE] = [answer]
    with pytest.raises(kind) as raised:
        await bot.send(SAM, HELLO, key="once")
    assert type(raised.value) is kind
    assert len(discord.to("POST", "/messages")) == 1


async def test_throttling_says_when_to_come_back(bot: DiscordPlatform, discord: Wire) -> None:
    discord.script[CREATE] = [Answer(429, {"retry_after": 2.5}), Answer(429, {}, {"Retry-After": "3600"})]
    for waits in (2.5, 3_600):
        with pytest.raises(Throttled) as raised:
            await bot.send(SAM, HELLO, key="once")
        assert raised.value.retry_after == waits


async def test_an_answer_that_never_comes_is_uncertain(
    bot: DiscordPlatform, discord: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.send(SAM, HELLO, key="warm")
    monkeypatch.setattr(rest, "TIMEOUT", aiohttp.ClientTimeout(total=0.2))
    discord.script[CREATE] = [Answer(stall=2.0)]
    with pytest.raises(Uncertain):
        await bot.send(SAM, HELLO, key="once")


async def test_a_conversation_that_cannot_be_opened_means_surely_not_sent(bot: DiscordPlatform, discord: Wire) -> None:
    for broken in (Answer(500), Answer(drop=True), Answer(503)):
        discord.script[OPEN] = [broken]
        with pytest.raises(Unavailable):
            await bot.send(SAM, HELLO, key="once")
    assert discord.to("POST", "/messages") == []


async def test_a_refused_connection_is_safe_to_retry(bot: DiscordPlatform, discord: Wire) -> None:
    await bot.send(SAM, HELLO, key="warm")
    await discord.stop()
    with pytest.raises(Unavailable):
        await bot.send(SAM, HELLO, key="once")


async def test_whoever_closed_their_messages_is_reached_again_once_they_open_them(
    bot: DiscordPlatform, discord: Wire
) -> None:
    discord.script[CREATE] = [Answer(403, {"code": 50007, "message": "closed"})]
    with pytest.raises(Unreachable):
        await bot.send(SAM, HELLO, key="a")
    assert isinstance(await bot.send(SAM, HELLO, key="b"), Sent)
    assert len(discord.to("POST", "/users/@me/channels")) == 2


async def test_a_key_longer_than_discords_nonce_is_refused_before_anything_is_sent(
    bot: DiscordPlatform, discord: Wire
) -> None:
    for key in ("", "k" * (NONCE + 1)):
        with pytest.raises(Rejected):
            await bot.send(SAM, HELLO, key=key)
    assert discord.asked == []


async def test_a_message_too_long_for_discord_is_a_limit_error(bot: DiscordPlatform, discord: Wire) -> None:
    with pytest.raises(LimitError):
        await bot.send(SAM, Message("", (Text("~" * 2_500),)), key="long")
    assert discord.asked == []


async def test_a_platform_that_is_not_started_sends_nothing(discord: Wire, store: Store) -> None:
    with pytest.raises(Unavailable):
        await platform(discord, store).send(SAM, HELLO, key="early")
    assert discord.asked == []
