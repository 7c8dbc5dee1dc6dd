"""However malformed a request is, it is refused with a code and told apart from a fault of the sandbox: no 500."""

# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# (this file makes JSON of any shape: that is its purpose)

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator
from typing import Any

import pytest

from sandbox.demo import SLACK_TOKENS
from sandbox.discord import rest
from sandbox.server import Sandbox
from sandbox.slack.api import METHODS
from sandbox.steering import Steering
from tests.sandbox.discord.test_interactions import COMMANDS
from tests.sandbox.discord.test_messages import GOOD
from tests.sandbox.raw import Json, Web, callback, gateway, socket_mode, until
from tests.sandbox.slack.test_blocks import BLOCKS, ELEMENTS, plain
from tests.sandbox.slack.test_views import COMMANDS as MANIFEST

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 1.5, "", "x" * 5000, "\x00", "１", [], [None], [[]], {}, {"a": {}}, ["a", 1], "attachment://x",
)  # fmt: skip
TRIES = 60  # a request


def mutated(good: Any, dice: random.Random) -> Any:
    """A good value with one part replaced, dropped or doubled."""
    copy = json.loads(json.dumps(good))
    spots = list(_spots(copy))
    if not spots:
        return dice.choice(ODD)
    holder, key = dice.choice(spots)
    match dice.randrange(4):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.append(holder[key])
        case _:
            holder[key] = dice.choice(ODD)
    return copy


def _spots(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from _spots(item)


@pytest.fixture
def calm(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Without limits; nothing may be logged as an error."""
    sandbox.slack.enforce_limits = sandbox.discord.enforce_limits = False
    sandbox.discord.gateway.allow_privileged = True
    sandbox.slack.register_manifest(MANIFEST)
    sandbox.discord.exchanges.clear()  # malformed on purpose: the document has nothing to say
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


BODIES: dict[str, Any] = {
    "PUT /applications/{app}/commands": COMMANDS,
    "PUT /applications/{app}/guilds/{guild}/commands": COMMANDS,
    "POST /applications/{app}/commands": COMMANDS[1],
    "POST /applications/{app}/guilds/{guild}/commands": COMMANDS[2],
    "POST /users/@me/channels": {"recipient_id": "800000000000000001"},
    "POST /channels/{channel}/messages": {
        "flags": 32768, "components": GOOD, "nonce": "n", "enforce_nonce": True, "attachments": [{"id": "0"}],
        "allowed_mentions": {"parse": ["users"], "roles": ["1"]}, "message_reference": {"message_id": "1"}},
    "PATCH /channels/{channel}/messages/{message}": {
        "content": "x", "embeds": [{"title": "t", "fields": [{"name": "n", "value": "v"}], "footer": {"text": "f"}}]},
    "POST /channels/{channel}/threads": {"name": "t", "type": 12, "auto_archive_duration": 60},
    "POST /channels/{channel}/messages/{message}/threads": {"name": "t"},
    "PATCH /channels/{channel}": {"name": "t", "archived": False, "locked": False},
}  # fmt: skip


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize(("method", "path"), list(rest.ROUTES))
async def test_discords_routes(sandbox: Sandbox, web: Web, method: str, path: str) -> None:
    dice, place = random.Random(f"{method} {path}"), "/channels/700000000000000001"
    msg = await web.discord("POST", f"{place}/messages", {"content": "x"})
    thread = await web.discord("POST", f"{place}/threads", {"name": "t"})
    guild = next(iter(sandbox.discord.guilds))
    known = {"app": sandbox.discord.bot.id, "guild": guild, "message": msg["id"], "user": "800000000000000001",
             "role": guild, "command": "1", "channel": "700000000000000001"}  # fmt: skip
    known["channel"] = thread["id"] if "thread-members" in path or path == "/channels/{channel}" else known["channel"]
    good = BODIES.get(f"{method} {path}", {})
    for number in range(TRIES):
        body = dice.choice(ODD) if number % 5 == 0 else mutated(good, dice)
        query = {key: str(dice.choice(ODD))[:40] for key in ("limit", "before", "after")} if method == "GET" else {}
        await web.discord(method, path.format(**known), body, params=query)
        assert web.status < 500, (body, query)
        if method == "DELETE":
            break


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("kind", [4, 5, 6, 7, 8, 9])
async def test_discords_callbacks_and_webhooks(sandbox: Sandbox, web: Web, kind: int) -> None:
    dice = random.Random(kind)
    modal = {"title": "T", "custom_id": "m", "components": [
        {"type": 18, "label": "L", "component": {"type": 21, "custom_id": "q", "options": [
            {"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}},
        {"type": 18, "label": "L", "component": {"type": 4, "custom_id": "t", "style": 1}}]}  # fmt: skip
    goods: dict[int, Json] = {8: {"choices": [{"name": "n", "value": "v"}]}, 9: modal}
    good = {"type": kind, "data": goods.get(kind, {"flags": 64 | 32768, "components": GOOD})}
    statuses: set[int] = set()
    done: list[str] = []

    async def answer(interaction: Json) -> None:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        for _ in range(8):
            await web.discord("POST", path, mutated(good, dice))
            statuses.add(web.status)
        hook = f"/webhooks/{sandbox.discord.bot.id}/{interaction['token']}"
        await callback(web, interaction, 4, {"content": "x"})
        for _ in range(8):
            await web.discord("POST", hook, mutated(good["data"], dice))
            statuses.add(web.status)
            await web.discord("PATCH", f"{hook}/messages/@original", mutated(good["data"], dice))
            statuses.add(web.status)
        done.append(interaction["id"])

    async with gateway(web) as gate:
        await web.discord("PUT", f"/applications/{sandbox.discord.bot.id}/commands", COMMANDS)
        gate.answer = answer
        for _ in range(6):
            await sandbox.discord.say("900000000000000001/800000000000000001", "700000000000000001", "/go")
        await until(lambda: len(done) == 6, "every answer")
    assert max(statuses) < 500
    sandbox.discord.messages("900000000000000001/800000000000000001", "700000000000000001")


SLACK_ARGS: dict[str, Any] = {
    "channel": "C01GENERAL", "user": "U001", "users": "U001,U003", "text": "x", "user_id": "U001", "ts": "1.1",
    "blocks": [{"type": kind} | block for kind, block in BLOCKS.items() if kind not in {"input", "image"}],
    "metadata": {"event_type": "t", "event_payload": {}}, "thread_ts": "1.1", "post_at": 1_900_000_000,
    "limit": 3, "cursor": "next:1", "types": "im,mpim", "files": [{"id": "F1", "title": "t"}],
    "channel_id": "C01GENERAL", "trigger_id": "1.1",
    "filename": "a.png", "length": 3, "file": "F1", "view_id": "V1", "hash": "h", "external_id": "e",
    "view": {"type": "home", "blocks": [{"type": "actions", "elements": [
        {"type": kind} | element for kind, element in ELEMENTS.items()
        if not kind.endswith("_input") and kind not in {"feedback_buttons", "icon_button"}]}]},
    "client_msg_id": "k", "reply_broadcast": True, "scheduled_message_id": "Q1", "message_ts": "1.1",
}  # fmt: skip


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("method", sorted(METHODS))
async def test_slacks_methods(sandbox: Sandbox, web: Web, method: str) -> None:
    dice = random.Random(method)
    for _ in range(TRIES):
        args = mutated(SLACK_ARGS, dice)
        await web.slack(method, **{key: value for key, value in args.items() if key != "token"})
        assert web.status in {200, 429}, args
    for person in sandbox.slack.residents():
        for room in sandbox.slack.rooms(person.id):
            sandbox.slack.messages(person.id, room.id)


@pytest.mark.usefixtures("calm")
async def test_slacks_acknowledgements_and_response_urls(sandbox: Sandbox, web: Web) -> None:
    dice, ada, place = random.Random("acks"), "T01MAKERS/U001", "C01GENERAL"
    good = {"response_type": "in_channel", "text": "x", "blocks": SLACK_ARGS["blocks"], "replace_original": True}
    question = {
        "type": "input",
        "block_id": "q",
        "label": plain(),
        "element": {"type": "plain_text_input", "action_id": "a"},
    }
    view = {"type": "modal", "title": plain(), "submit": plain(), "blocks": [question]}
    acks = [{"response_action": "update", "view": view}, {"response_action": "errors", "errors": {"q": "no"}}]
    async with socket_mode(web) as bot:
        for number in range(TRIES):
            bot.answer = lambda _payload: mutated(good, dice)
            await sandbox.slack.say(ada, place, "/go")
            command = bot.payloads[-1]
            status, _ = await web.post(command["response_url"], mutated(good, dice) if number % 4 else dice.choice(ODD))
            assert status < 500
            await web.slack("views.open", trigger_id=command["trigger_id"], view=view)
            bot.answer = lambda _payload, number=number: mutated(acks[number % 2], dice)
            if sandbox.slack.dialog(ada):
                await sandbox.slack.submit(ada, {"q/a": "words"})
            sandbox.slack.dialog(ada)


@pytest.mark.usefixtures("calm")
async def test_bodies_that_are_no_json_and_parts_that_are_no_form(sandbox: Sandbox, web: Web) -> None:
    raw = (b"{", b"\xff\xfe", b"[]", b'"x"', b"null", b"1", b"a=b", b"--x\r\n\r\n")
    kinds = ("application/json", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain",
             "application/x-www-form-urlencoded", "application/json; charset=nonsense")  # fmt: skip
    targets = [(sandbox.slack_api + "chat.postMessage", f"Bearer {SLACK_TOKENS[0]}"),
               (sandbox.slack_api + "oauth.v2.access", "Basic !!"),
               (f"{sandbox.discord_api}/channels/700000000000000001/messages", f"Bot {sandbox.discord.bot_token}"),
               (sandbox.url + "/sandbox/say", "")]  # fmt: skip
    for url, auth in targets:
        for kind in kinds:
            for body in raw:
                headers = {"Content-Type": kind} | ({"Authorization": auth} if auth else {})
                async with web.session.post(url, data=body, headers=headers) as answer:
                    assert answer.status < 500, (url, kind, body)


@pytest.mark.usefixtures("calm")
@pytest.mark.parametrize("deed", sorted(Steering({}, Sandbox().clock).deeds))
async def test_the_control_interfaces_deeds(sandbox: Sandbox, web: Web, deed: str) -> None:
    dice = random.Random(deed)
    good: Json = {
        "platform": "discord", "member": "900000000000000001/800000000000000001", "place": "700000000000000001",
        "text": "words", "thread": "", "message": "1", "control": "c", "values": ["v"], "answers": {"q": ["a"]},
        "open": True, "change": {"zone": "Asia/Tokyo"}, "add": {"match": "zzz", "kind": "drop", "times": 1},
        "kind": "drop", "enforce": False, "count": 2, "at_once": 1, "advance": 60, "speed": 1, "next": "08:00",
        "zone": "UTC",
    }  # fmt: skip
    for _ in range(TRIES):
        body = mutated(good, dice)
        async with web.session.post(f"{sandbox.url}/sandbox/{deed}", json=body) as answer:
            assert answer.status in {200, 400}, (body, await answer.text())
    async with web.session.get(f"{sandbox.url}/sandbox/state", params={"platform": "discord"}) as answer:
        assert answer.status == 200
