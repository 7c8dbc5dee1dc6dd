"""Files on Slack: an address, the bytes, sharing, reading back; by the vendor's own upload too."""

# pyright: reportUnknownMemberType=false
# (slack_sdk is only partly typed)

from __future__ import annotations

from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from tests.sandbox.raw import Web

ADA, PLACE, PICTURE = "T01MAKERS/U001", "C01GENERAL", b"\x89PNG not really"


async def uploaded(web: Web, body: bytes = PICTURE, **args: Any) -> str:
    """The id of a file whose bytes have arrived."""
    asked: dict[str, Any] = {"filename": "dots.png", "length": len(body)}
    where = await web.slack("files.getUploadURLExternal", **(asked | args))
    async with web.session.post(where["upload_url"], data=body) as answer:
        assert answer.content_type == "text/plain"
        assert (await answer.text()) == f"OK - {len(body)}"
    return where["file_id"]


async def test_the_vendors_upload_shares_a_file_with_its_text(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(token=SLACK_TOKENS[0], base_url=sandbox.slack_api, session=session)
        await client.files_upload_v2(
            channel=PLACE, content=PICTURE, filename="dots.png", initial_comment="28 days", alt_txt="dots"
        )
    (seen,) = sandbox.slack.messages(ADA, PLACE)
    (file,) = seen.files
    assert (seen.text, file.name, file.mimetype, file.size, file.alt) == (
        "28 days", "dots.png", "image/png", len(PICTURE), "dots"
    )  # fmt: skip


async def test_a_file_is_read_back_with_the_token_only(sandbox: Sandbox, web: Web) -> None:
    id_ = await uploaded(web)
    await web.slack("files.completeUploadExternal", files=[{"id": id_, "title": "Dots"}], channel_id=PLACE)
    url = (await web.slack("files.info", file=id_))["file"]["url_private"]
    for headers, status in (
        ({"Authorization": f"Bearer {SLACK_TOKENS[0]}"}, 200), ({"Authorization": "Bearer xoxb-wrong"}, 403),
        ({"Authorization": f"Bearer {SLACK_TOKENS[1]}"}, 403), ({}, 403), ({"Sec-Fetch-Site": "same-origin"}, 200),
    ):  # fmt: skip
        async with web.session.get(url, headers=headers) as answer:
            assert answer.status == status, headers
    await web.slack("files.delete", file=id_)
    assert sandbox.slack.messages(ADA, PLACE)[0].files == ()
    assert (await web.slack("files.info", file=id_))["error"] == "file_not_found"


async def test_a_file_is_shared_into_the_thread_of_a_message(sandbox: Sandbox, web: Web) -> None:
    root = (await web.slack("chat.postMessage", channel=PLACE, text="the talk"))["ts"]
    id_ = await uploaded(web, b"BEGIN:VCALENDAR", filename="talk.ics")
    done = "files.completeUploadExternal"
    where: dict[str, Any] = {"files": [{"id": id_, "title": "talk.ics"}], "channel_id": PLACE}
    assert (await web.slack(done, **where, thread_ts="1.1"))["error"] == "thread_not_found"
    assert (await web.slack(done, **where, thread_ts=root))["ok"]
    before, shared = sandbox.slack.messages(ADA, PLACE)
    assert (before.replies, before.files, shared.thread, shared.text) == (1, (), root, "")
    assert [(file.name, file.mimetype) for file in shared.files] == [("talk.ics", "text/calendar")]


async def test_what_cannot_be_uploaded(web: Web) -> None:
    where = "files.getUploadURLExternal"
    assert (await web.slack(where, filename="", length=3))["error"] == "invalid_arguments"
    assert (await web.slack(where, filename="a.png", length=0))["error"] == "invalid_arguments"
    assert (await web.slack(where, filename="a.png", length=10**9))["error"] == "file_upload_size_restricted"
    given = await web.slack(where, filename="a.png", length=5)
    async with web.session.post(given["upload_url"], data=b"123") as answer:
        assert answer.status == 400
    done = "files.completeUploadExternal"
    assert (await web.slack(done, files=[{"id": given["file_id"]}]))["error"] == "file_update_failed"
    assert (await web.slack(done, files=[{"id": "F1"}]))["error"] == "file_not_found"
    assert (await web.slack(done, files=[]))["error"] == "invalid_arguments"
    async with web.session.post(given["upload_url"], data=b"12345") as answer:
        assert answer.status == 200
    async with web.session.post(given["upload_url"], data=b"12345") as answer:
        assert answer.status == 404, "an address is used once"


async def test_a_block_may_show_a_file_once_it_is_complete_and_looked_at(sandbox: Sandbox, web: Web) -> None:
    """Nobody is shown the file before; its type is not known before either."""
    block: dict[str, Any] = {"type": "image", "alt_text": "dots", "slack_file": {"id": await uploaded(web)}}
    id_, page = block["slack_file"]["id"], {"type": "home", "blocks": [block]}
    sandbox.slack.spaces["T01MAKERS"].looks_at_files = 30.0
    for _ in range(2):  # uploaded; complete, and being looked at
        refused = await web.slack("chat.postMessage", channel=PLACE, text="x", blocks=[block])
        assert (refused["error"], sandbox.slack.messages(ADA, PLACE)) == ("invalid_blocks", ())
        assert (await web.slack("views.publish", user_id="U001", view=page))["error"] == "invalid_arguments"
        done = await web.slack("files.completeUploadExternal", files=[{"id": id_}])
        assert done["files"][0]["mimetype"] == ""
    sandbox.slack.spaces["T01MAKERS"].uploads[id_].ready = 0.001  # long ago
    assert (await web.slack("files.info", file=id_))["file"]["mimetype"] == "image/png"
    assert (await web.slack("chat.postMessage", channel=PLACE, text="x", blocks=[block]))["ok"]
    assert (await web.slack("views.publish", user_id="U001", view=page))["ok"]
    block["slack_file"] = {"id": "F404"}
    assert (await web.slack("chat.postMessage", channel=PLACE, text="x", blocks=[block]))["error"] == "invalid_blocks"
