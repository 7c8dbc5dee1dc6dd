"""Files on Slack: below their message, once whatever breaks; and the message arrives whatever becomes of its file."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest

from bot.slack.manifest import SCOPES
from chat.errors import Uncertain
from chat.message import File, Message, Text
from chat.people import Person, Space
from chat.platform import Reply
from commands._call import Call
from commands._registry import collect, command
from sandbox.world import Fault, Seen
from tests.kit.house import House, house, until

ADA = Person(Space("slack", "T01MAKERS"), "U001")
TALK = File(b"BEGIN:VCALENDAR\r\n", "talk.ics", "The talk on Thursday")
BELOW = Message("", (Text("Hello"), TALK))
SHARE = "files.completeUploadExternal"


@command("test", "A file")
async def give(call: Call) -> Reply:
    return BELOW


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, collect([sys.modules[__name__]]), {"discord_token": ""}) as running:
        running.sandbox.slack.enforce_limits = False
        yield running


async def send(home: House, key: str = "k") -> Sequence[Seen]:
    """What Ada then sees in her direct messages."""
    assert home.app is not None
    await home.app.platforms["slack"].send(ADA, BELOW, key=key)
    return home.person("slack", "Ada").dms()


async def test_it_stands_in_the_thread_of_its_message(home: House) -> None:
    message, file = await send(home)
    assert (message.text, message.files, message.replies) == ("Hello\nThe talk on Thursday", (), 1)
    assert (file.thread, file.text, [one.name for one in file.files]) == (message.id, "", ["talk.ics"])


@pytest.mark.parametrize(
    "fault",
    [
        Fault("files.getUploadURLExternal", "rate_limit", seconds=30),
        Fault("files.getUploadURLExternal", "refuse", code="missing_scope"),
        Fault("upload", "status", status=500),
        Fault("upload", "drop"),
        Fault(SHARE, "drop_before"),
        Fault(SHARE, "status", status=503, times=2),
        Fault(SHARE, "rate_limit", seconds=30),
        Fault(SHARE, "refuse", code="channel_not_found"),
    ],
)
async def test_when_it_cannot_go_its_words_do(home: House, fault: Fault, caplog: pytest.LogCaptureFixture) -> None:
    home.sandbox.slack.faults().add(fault)
    (message,) = await send(home)
    assert (message.text, message.files) == ("Hello\nThe talk on Thursday", ())
    (told,) = [
        record for record in caplog.records if record.name.startswith("bot.") and record.levelno == logging.WARNING
    ]
    assert told.__dict__["space"] == "slack:T01MAKERS"
    assert "talk" not in caplog.text.lower()


@pytest.mark.parametrize("kind", ["drop", "lose"])
async def test_when_the_answer_is_lost_it_is_not_shared_a_second_time(home: House, kind: str) -> None:
    home.sandbox.slack.faults().add(Fault(SHARE, kind))  # type: ignore[arg-type]
    message, file = await send(home)
    assert file.thread == message.id


@pytest.mark.parametrize(
    "fault", [Fault(SHARE, "status", status=503), Fault(SHARE, "rate_limit", seconds=1)], ids=["away", "throttled"]
)
async def test_when_it_surely_was_not_shared_it_is_tried_once_more(home: House, fault: Fault) -> None:
    home.sandbox.slack.faults().add(fault)
    message, file = await send(home)
    assert file.thread == message.id


async def test_a_message_that_slack_knows_already_has_its_file_already(home: House) -> None:
    home.sandbox.slack.dedupe_keys = True
    before = await send(home)
    assert await send(home) == before
    assert len(before) == 2


async def test_a_message_that_was_lost_on_the_way_back_is_uncertain_and_shares_nothing(home: House) -> None:
    home.sandbox.slack.faults().add(Fault("chat.postMessage", "drop"))
    with pytest.raises(Uncertain):
        await send(home)
    (message,) = home.person("slack", "Ada").dms()
    assert message.replies == 0


async def test_what_an_answer_cannot_hold_comes_as_a_direct_message(home: House) -> None:
    ada = home.person("slack", "Ada")
    seen = await ada.type("/test")
    assert (seen.only_you, seen.text) == (True, "Hello\nThe talk on Thursday")
    await until(lambda: len(ada.dms()) == 1, "the file")
    (file,) = ada.dms()
    assert (file.text, file.thread, [one.name for one in file.files]) == ("", "", ["talk.ics"])
    assert file.native["files"][0]["title"] == "The talk on Thursday"


async def test_an_answer_stands_where_its_file_cannot_go(home: House, caplog: pytest.LogCaptureFixture) -> None:
    ada, makers = home.person("slack", "Ada"), home.sandbox.slack.spaces["T01MAKERS"]
    home.sandbox.slack.set_dms_open(ada.id, False)
    assert (await ada.type("/test")).text == "Hello\nThe talk on Thursday"
    await until(lambda: "user_disabled" in str([r.__dict__.get("reason") for r in caplog.records]), "a warning")
    makers.grant.scopes = frozenset(SCOPES) - {"files:write"}
    assert (await ada.type("/test")).text == "Hello\nThe talk on Thursday"
    assert [seen.files for seen in ada.dms()] == []
