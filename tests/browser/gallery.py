"""A sandbox with everything in it that the page must be able to draw, answered by raw clients: no bot of ours."""

from __future__ import annotations

import base64
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from sandbox.demo import populate
from sandbox.server import Sandbox
from tests.sandbox.discord.test_messages import GOOD
from tests.sandbox.raw import Gate, Json, Socket, Web, callback, gateway, socket_mode
from tests.sandbox.slack.test_blocks import BLOCKS, ELEMENTS, plain

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
SLACK_PLACE, DISCORD_PLACE = "C01GENERAL", "700000000000000001"
PIXEL = base64.b64decode(  # a white PNG, one by one
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII="
)
MANIFEST: Json = {"features": {
    "slash_commands": [{"command": "/form", "description": "Opens a form", "usage_hint": "short | long"}],
    "app_home": {"home_tab_enabled": True}}}  # fmt: skip
COMMANDS: list[Json] = [{"name": "form", "description": "Opens a form", "options": [
    {"type": 3, "name": "city", "description": "Where you live", "autocomplete": True, "required": True},
    {"type": 5, "name": "loud", "description": "Seen by all"}]}]  # fmt: skip
IN_FORMS = {"email_text_input", "url_text_input", "number_input", "plain_text_input", "rich_text_input", "file_input"}
MARKS = "# Title\n**bold** *italic* ~~gone~~ `code` ||spoiler|| <@800000000000000003> <t:1790000000:R>\n> quote\n- item"
EMBED: Json = {"title": "Embed", "description": "words", "color": 0x2F5D50, "fields": [{"name": "n", "value": "v"}]}


class Gallery:
    """`slack` and `discord` are the raw bots; their answers may be changed."""

    def __init__(self, web: Web, slack: Socket, discord: Gate) -> None:
        self.web, self.sandbox, self.slack, self.discord = web, web.sandbox, slack, discord


@asynccontextmanager
async def gallery() -> AsyncGenerator[Gallery]:
    """Everything posted, both bots connected, the clock standing still."""
    async with Sandbox(START, frozen=True) as sandbox, aiohttp.ClientSession() as session:
        populate(sandbox)
        sandbox.slack.enforce_limits = sandbox.discord.enforce_limits = False
        sandbox.slack.register_manifest(MANIFEST)
        web = Web(sandbox, session)
        await web.discord("PUT", f"/applications/{sandbox.discord.bot.id}/commands", COMMANDS)
        async with socket_mode(web) as slack, gateway(web) as discord:
            made = Gallery(web, slack, discord)
            await _fill_slack(made)
            await _fill_discord(made)
            yield made


async def uploaded(web: Web) -> str:
    """A picture, ready to be shown by a block."""
    where = await web.slack("files.getUploadURLExternal", filename="dots.png", length=len(PIXEL), alt_txt="dots")
    async with web.session.post(where["upload_url"], data=PIXEL):
        await _ok(web, "files.completeUploadExternal", files=[{"id": where["file_id"]}])
        return where["file_id"]


async def _ok(web: Web, method: str, **args: Any) -> Json:
    answer = await web.slack(method, **args)
    assert answer["ok"], (method, answer)
    return answer


async def _fill_slack(made: Gallery) -> None:
    web, picture = made.web, {"slack_file": {"id": await uploaded(made.web)}}
    shown = [
        {"type": kind} | block for kind, block in BLOCKS.items() if kind not in {"image", "input", "section", "context"}
    ]
    shown += [{"type": "image", "alt_text": "dots"} | picture, {"type": "section", "text": plain("with a picture"),
              "accessory": {"type": "image", "alt_text": "dots"} | picture}]  # fmt: skip
    await _ok(web, "chat.postMessage", channel=SLACK_PLACE, text="t", blocks=shown)
    elements = [{"type": kind, "action_id": kind} | e for kind, e in ELEMENTS.items()
                if kind not in IN_FORMS | {"feedback_buttons", "icon_button"}]  # fmt: skip
    actions = [{"type": "actions", "block_id": "all", "elements": elements}]
    quiet = [{"type": kind, "action_id": kind} | ELEMENTS[kind] for kind in ("feedback_buttons", "icon_button")]
    actions.append({"type": "context_actions", "block_id": "quiet", "elements": quiet})
    await _ok(web, "chat.postMessage", channel=SLACK_PLACE, text="t", blocks=actions)
    root = await _ok(
        web, "chat.postMessage", channel=SLACK_PLACE, text="*root* of a <https://b.org|thread> for <@U003>"
    )
    await _ok(web, "chat.postMessage", channel=SLACK_PLACE, text="first reply", thread_ts=root["ts"])
    await _ok(web, "files.completeUploadExternal", files=[{"id": await uploaded(web)}], channel_id=SLACK_PLACE)
    home: list[Json] = [{"type": "header", "text": plain("Your page")}, {"type": "section", "text": plain("3 days")}]
    home.append({"type": "actions", "elements": [{"type": "button", "action_id": "x", "text": plain("Change it")}]})
    await _ok(web, "views.publish", user_id="U001", view={"type": "home", "blocks": home})
    made.slack.answer = lambda payload: None


async def _fill_discord(made: Gallery) -> None:
    web, path = made.web, f"/channels/{DISCORD_PLACE}/messages"
    await web.discord("POST", path, {"content": MARKS, "embeds": [EMBED]})
    for component in GOOD:
        if "b.org/i.png" not in str(component):  # the closed network has no such picture
            await web.discord("POST", path, {"flags": 32768, "components": [component]})
            assert web.status == 200
    media = {"media": {"url": "attachment://dots.png"}, "description": "dots"}
    section = {"type": 9, "components": [{"type": 10, "content": "Section"}], "accessory": {"type": 11} | media}
    components = [{"type": 12, "items": [media] * 3}, {"type": 13, "file": {"url": "attachment://plan.ics"}}, section]
    form = aiohttp.FormData()
    form.add_field("files[0]", io.BytesIO(PIXEL), filename="dots.png")
    form.add_field("files[1]", io.BytesIO(b"BEGIN:VCALENDAR"), filename="plan.ics")
    form.add_field("payload_json", aiohttp.JsonPayload({"flags": 32768, "components": components}))
    headers = {"Authorization": f"Bot {web.sandbox.discord.bot_token}"}
    async with web.session.post(web.sandbox.discord_api + path, data=form, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
    thread = await web.discord("POST", f"/channels/{DISCORD_PLACE}/threads", {"name": "two of us", "type": 12})
    await web.discord("PUT", f"/channels/{thread['id']}/thread-members/800000000000000001")
    await web.discord("POST", f"/channels/{thread['id']}/messages", {"content": "hello in here"})
    modal = {"title": "A form", "custom_id": "m", "components": [
        {"type": 10, "content": "Read **this** first"},
        {"type": 18, "label": "Your city", "component": {"type": 4, "custom_id": "q", "style": 1, "max_length": 20}},
        {"type": 18, "label": "Who", "component": {"type": 5, "custom_id": "who", "required": False}},
        {"type": 18, "label": "How", "component": {"type": 21, "custom_id": "how", "options": [
            {"label": "Gently", "value": "g"}, {"label": "Fast", "value": "f"}]}}]}  # fmt: skip

    async def answer_it(interaction: Json) -> None:
        if interaction["type"] == 4:
            choices = [{"name": "Lisbon, Portugal", "value": "Europe/Lisbon"}]
            await callback(web, interaction, 8, {"choices": choices})
        elif interaction["type"] == 2:
            await callback(web, interaction, 9, modal)
        else:
            await callback(web, interaction, 4, {"content": "Thank you", "flags": 64})

    made.discord.answer = answer_it
