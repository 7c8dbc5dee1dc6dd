"""Pictures on Slack: looked at before they may be shown, refused, forbidden, deleted; their message arrives always."""

from __future__ import annotations

import logging
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from bot.slack.manifest import SCOPES
from chat.message import Message, Picture, Text
from chat.people import Person, Space
from chat.platform import Reply
from commands._call import Call
from commands._registry import collect, command
from sandbox.server import Sandbox
from sandbox.slack.model import Workspace
from sandbox.world import Fault, Seen
from tests.kit.house import House, house
from tests.kit.pictures import png

ADA = Person(Space("slack", "T01MAKERS"), "U001")
GREY = Message("", (Text("Look:"), Picture(png(7), "A grey square", "grey.png")))
POST, UPLOAD = "chat.postMessage", "upload"


@command("test", "A grey square")
async def show_grey(call: Call) -> Reply:
    return GREY


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, collect([sys.modules[__name__]]), {"discord_token": ""}) as running:
        yield running


@pytest.fixture
def makers(home: House) -> Workspace:
    return home.sandbox.slack.spaces["T01MAKERS"]


async def send(home: House, key: str = "k") -> Seen:
    assert home.app is not None
    home.sandbox.slack.enforce_limits = False
    await home.app.platforms["slack"].send(ADA, GREY, key=key)
    return home.person("slack", "Ada").dms()[-1]


def tries(sandbox: Sandbox, method: str) -> list[bool]:
    """Which of the bot's requests were taken, oldest first."""
    return [bool(entry["ok"]) for entry in sandbox.slack.ledger() if entry["method"] == method]


def only_words(seen: Seen) -> bool:
    return (seen.text, seen.files) == ("Look:\nA grey square", ())


async def test_a_file_that_is_still_looked_at_is_waited_for_once(home: House, makers: Workspace) -> None:
    makers.looks_at_files = 0.1
    seen = await send(home)
    assert [file.name for file in seen.files] == ["grey.png"]
    assert (tries(home.sandbox, POST), tries(home.sandbox, UPLOAD)) == ([False, True], [True])
    assert len(home.person("slack", "Ada").dms()) == 1


async def test_a_file_that_slack_never_takes_is_said_in_words(home: House, makers: Workspace) -> None:
    makers.looks_at_files = 600.0
    assert only_words(await send(home))
    assert tries(home.sandbox, POST) == [False, False, True]
    makers.looks_at_files = 0.0
    assert (await send(home, "later")).files, "the next one is uploaded anew"


async def test_without_the_right_to_upload_the_words_go_out(
    home: House, makers: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    makers.grant.scopes = frozenset(SCOPES) - {"files:write"}
    assert only_words(await send(home))
    assert tries(home.sandbox, POST) == [True]
    told = [r for r in caplog.records if r.name.startswith("bot.") and r.levelno == logging.WARNING]
    assert [(record.__dict__["space"], record.__dict__["reason"]) for record in told] == [
        ("slack:T01MAKERS", "missing_scope")
    ]
    assert "grey square" not in caplog.text


@pytest.mark.parametrize(
    "fault",
    [
        Fault("files.getUploadURLExternal", "rate_limit", seconds=30),
        Fault("files.getUploadURLExternal", "drop_before"),
        Fault("upload", "status", status=500),
        Fault("upload", "drop"),
        Fault("files.completeUploadExternal", "status", status=503),
    ],
)
async def test_an_upload_that_goes_wrong_costs_no_message(home: House, fault: Fault) -> None:
    home.sandbox.slack.faults().add(fault)
    assert only_words(await send(home))
    assert (await send(home, "later")).files


async def test_a_picture_is_uploaded_once_a_workspace_until_it_is_deleted(home: House, makers: Workspace) -> None:
    first, second = await send(home), await send(home, "second")
    assert first.files == second.files
    assert tries(home.sandbox, UPLOAD) == [True]
    makers.uploads.clear()  # as a workspace's retention does
    third = await send(home, "third")
    assert [file.name for file in third.files] == ["grey.png"]
    assert tries(home.sandbox, UPLOAD) == [True, True]


async def test_another_refusal_is_no_matter_of_pictures(home: House, makers: Workspace) -> None:
    home.sandbox.slack.faults().add(Fault(POST, "rate_limit", seconds=30))
    with pytest.raises(Exception, match="ratelimited"):
        await send(home)
    assert tries(home.sandbox, POST) == [False]


async def test_an_answer_waits_too_and_shows_the_member_no_failure(home: House, makers: Workspace) -> None:
    makers.looks_at_files = 0.1
    ada = home.person("slack", "Ada")
    seen = await ada.type("/test")
    assert ([file.name for file in seen.files], seen.only_you) == (["grey.png"], True)
    assert tries(home.sandbox, "response_url") == [False, True]
    assert [m.id for m in ada.world.messages(ada.id, ada.place)] == [seen.id]


async def test_an_answer_falls_back_to_words_when_uploads_are_slow(home: House, makers: Workspace) -> None:
    makers.looks_at_files = 600.0
    assert only_words(await home.person("slack", "Ada").type("/test"))


async def test_the_file_is_shared_in_no_channel(home: House) -> None:
    seen = await send(home)
    assert seen.native.get("files") is None, "the block shows it; the message does not share it"
    async with aiohttp.ClientSession() as session, session.get(seen.files[0].url) as answer:
        assert answer.status == 403
