"""Interactions: what a deed sends, which answers are taken, how long, and what people see of it."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from sandbox.demo import GUILDS
from sandbox.server import Sandbox
from sandbox.world import Refused
from tests.sandbox.raw import Gate, Json, Web, callback, gateway, until

ADA, KOFI, PLACE = f"{GUILDS[0]}/800000000000000001", f"{GUILDS[0]}/800000000000000003", "700000000000000001"
EPHEMERAL, V2 = 64, 32768
SUB = {"type": 1, "name": "now", "description": "d", "options": [
    {"type": 3, "name": "word", "description": "d", "required": True, "max_length": 10}]}  # fmt: skip
COMMANDS: list[Json] = [
    {"name": "go", "description": "d"},
    {"name": "say", "description": "d", "options": [SUB, {"type": 2, "name": "more", "description": "d",
                                                          "options": [SUB | {"name": "again"}]}]},
    {"name": "all", "description": "d", "options": [
        {"type": 4, "name": "n", "description": "d", "min_value": 1, "max_value": 5},
        {"type": 5, "name": "yes", "description": "d"}, {"type": 6, "name": "who", "description": "d"},
        {"type": 3, "name": "pick", "description": "d", "choices": [{"name": "Beginner", "value": "b"}]}]},
    {"name": "auto", "description": "d", "options": [
        {"type": 3, "name": "city", "description": "d", "autocomplete": True}]},
    {"name": "boss", "description": "d", "default_member_permissions": "0"},
    {"name": "inguild", "description": "d", "contexts": [0]},
]  # fmt: skip
INPUT: Json = {"type": 4, "custom_id": "q", "style": 1}
BUTTON = {"type": 1, "components": [{"type": 2, "style": 1, "label": "b", "custom_id": "b"}]}


@pytest.fixture
async def bot(sandbox: Sandbox, web: Web) -> AsyncGenerator[Gate]:
    """A raw bot with commands; a test says what it answers."""
    await web.discord("PUT", f"/applications/{sandbox.discord.bot.id}/commands", COMMANDS)
    assert web.status == 200
    async with gateway(web) as gate:
        yield gate


def answers(web: Web, bot: Gate, kind: int, data: Json | None = None) -> None:
    """The bot answers every interaction so."""

    async def answer(interaction: Json) -> None:
        await callback(web, interaction, kind, data)

    bot.answer = answer


def last(bot: Gate) -> Json:
    """The newest interaction."""
    return bot.events("INTERACTION_CREATE")[-1]


async def test_options_travel_typed_and_resolved(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    answers(web, bot, 4, {"content": "ok"})
    await sandbox.discord.say(ADA, PLACE, "/all n:3 yes:true who:@Kofi pick:beginner")
    data = last(bot)["data"]
    assert [(o["name"], o["value"]) for o in data["options"]] == [
        ("n", 3), ("yes", True), ("who", "800000000000000003"), ("pick", "b")]  # fmt: skip
    assert data["resolved"]["users"]["800000000000000003"]["global_name"] == "Kofi"
    assert "user" not in data["resolved"]["members"]["800000000000000003"]
    await sandbox.discord.say(ADA, PLACE, "/say now hello you")
    assert last(bot)["data"]["options"][0]["options"][0]["value"] == "hello you"
    await sandbox.discord.say(ADA, PLACE, "/say more again word:x")
    assert last(bot)["data"]["options"][0]["options"][0]["name"] == "again"
    assert last(bot)["locale"] == "en-GB"


@pytest.mark.parametrize(
    "line",
    ["/nothing", "/say", "/say now", "/say now much too long for it", "/all n:9", "/all n:x", "/all who:@Nobody",
     "/all pick:expert", "/go extra"],
)  # fmt: skip
async def test_the_client_itself_refuses_a_wrong_line(sandbox: Sandbox, web: Web, bot: Gate, line: str) -> None:
    await sandbox.discord.say(ADA, PLACE, line)
    (told,) = sandbox.discord.messages(ADA, PLACE)
    assert told.only_you
    assert bot.events("INTERACTION_CREATE") == []


async def test_who_may_use_a_command_and_where(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    answers(web, bot, 4, {"content": "ok"})
    await sandbox.discord.say(KOFI, PLACE, "/boss")
    assert "permission" in sandbox.discord.messages(KOFI, PLACE)[-1].text
    await sandbox.discord.say(ADA, PLACE, "/boss")
    assert last(bot)["data"]["name"] == "boss", "an admin may"
    dm = (await web.discord("POST", "/users/@me/channels", {"recipient_id": "800000000000000003"}))["id"]
    await sandbox.discord.say(KOFI, dm, "/inguild")
    assert "direct messages" in sandbox.discord.messages(KOFI, dm)[-1].text
    await sandbox.discord.say(KOFI, dm, "/go")
    assert "guild_id" not in last(bot)
    assert last(bot)["user"]["id"] == "800000000000000003"
    assert last(bot)["context"] == 1


async def test_three_seconds_of_silence_and_a_late_answer(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    await sandbox.discord.say(ADA, PLACE, "/go")
    assert "did not respond" in sandbox.discord.messages(ADA, PLACE)[-1].text
    assert (await callback(web, last(bot), 4, {"content": "late"}))["code"] == 10062
    told = sandbox.discord.deliveries()[-1]
    assert (told["method"], told["error"], told["member"]) == ("command go", "timeout", ADA)


async def test_an_interaction_is_answered_once(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    codes: list[int] = []

    async def twice(interaction: Json) -> None:
        assert await callback(web, interaction, 4, {"content": "one"}) is None
        codes.append((await callback(web, interaction, 4, {"content": "two"}))["code"])
        bent = interaction | {"id": "1"}
        codes.append((await callback(web, bent, 4, {"content": "three"}))["code"])

    bot.answer = twice
    await sandbox.discord.say(ADA, PLACE, "/go")
    await asyncio.sleep(0.1)
    assert codes == [40060, 10062]
    assert [seen.text for seen in sandbox.discord.messages(ADA, PLACE)] == ["one"]


@pytest.mark.parametrize("kind", [1, 6, 7, 8, 42, None])
async def test_kinds_of_answers_that_do_not_fit_a_command(sandbox: Sandbox, web: Web, bot: Gate, kind: int) -> None:
    codes: list[int] = []

    async def answer(interaction: Json) -> None:
        codes.append((await callback(web, interaction, kind, {"choices": []}))["code"])
        await callback(web, interaction, 4, {"content": "ok"})

    bot.answer = answer
    await sandbox.discord.say(ADA, PLACE, "/go")
    assert codes == [50035]
    assert sandbox.discord.messages(ADA, PLACE)[-1].text == "ok", "the refused try used nothing up"


async def test_a_deferral_keeps_its_privacy_and_its_first_follow_up_fills_it(
    sandbox: Sandbox, web: Web, bot: Gate
) -> None:
    answers(web, bot, 5, {"flags": EPHEMERAL})
    await sandbox.discord.say(ADA, PLACE, "/go")
    (thinking,) = sandbox.discord.messages(ADA, PLACE)
    assert (thinking.text, thinking.only_you) == ("…", True)
    hook = f"/webhooks/{sandbox.discord.bot.id}/{last(bot)['token']}"
    first = await web.discord("POST", hook, {"content": "first"})
    second = await web.discord("POST", hook, {"content": "second", "flags": EPHEMERAL})
    assert first["id"] == thinking.id
    seen = [(m.text, m.only_you, m.edited) for m in sandbox.discord.messages(ADA, PLACE)]
    assert seen == [("first", True, False), ("second", True, False)]
    await web.discord("PATCH", f"{hook}/messages/@original", {"content": "edited"})
    assert (await web.discord("GET", f"{hook}/messages/@original"))["content"] == "edited"
    await web.discord("DELETE", f"{hook}/messages/{second['id']}")
    assert [m.text for m in sandbox.discord.messages(ADA, PLACE)] == ["edited"]
    sandbox.clock.advance(timedelta(minutes=16))
    assert (await web.discord("POST", hook, {"content": "x"}))["code"] == 50027


def _with_file(payload: Json) -> aiohttp.FormData:
    data = aiohttp.FormData()
    data.add_field("payload_json", aiohttp.JsonPayload(payload))
    data.add_field("files[0]", io.BytesIO(b"png"), filename="dots.png")
    return data


async def test_an_answer_may_bring_files_and_an_edit_may_leave_them_out(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    shown = {"type": 12, "items": [{"media": {"url": "attachment://dots.png"}, "description": "28 days"}]}
    message = {"flags": EPHEMERAL | V2, "components": [shown], "attachments": [{"id": 0, "filename": "dots.png"}]}
    statuses: list[int] = []

    async def answer(interaction: Json) -> None:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        form = _with_file({"type": 4, "data": message})
        async with web.session.post(sandbox.discord_api + path, data=form) as answered:
            statuses.append(answered.status)

    bot.answer = answer
    await sandbox.discord.say(ADA, PLACE, "/go")
    await until(lambda: statuses, "the answer")
    (seen,) = sandbox.discord.messages(ADA, PLACE)
    assert (statuses, seen.only_you, seen.text, [file.name for file in seen.files]) == (
        [204], True, "28 days", ["dots.png"]
    )  # fmt: skip
    assert sandbox.discord.messages(KOFI, PLACE) == ()

    hook = f"{sandbox.discord_api}/webhooks/{sandbox.discord.bot.id}/{last(bot)['token']}"
    words = {"components": [{"type": 10, "content": "words"}], "flags": V2}
    for body, names in ((words, ["dots.png"]), (words | {"attachments": []}, [])):
        async with web.session.patch(f"{hook}/messages/@original", json=body) as answered:
            assert answered.status == 200, "what is not named stays with the message"
        assert [file.name for file in sandbox.discord.messages(ADA, PLACE)[0].files] == names
    async with web.session.patch(f"{hook}/messages/@original", data=_with_file(message)) as answered:
        assert answered.status == 200
    async with web.session.post(hook, data=_with_file(message)) as answered:
        assert answered.status == 200
    assert [len(seen.files) for seen in sandbox.discord.messages(ADA, PLACE)] == [1, 1]


async def test_with_response_tells_what_was_made(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    made: list[Json] = []

    async def answer(interaction: Json) -> None:
        made.append(await callback(web, interaction, 4, {"content": "x", "flags": EPHEMERAL}, "?with_response=true"))

    bot.answer = answer
    await sandbox.discord.say(ADA, PLACE, "/go")
    await until(lambda: made, "the answer's answer")
    assert made[0]["resource"]["message"]["content"] == "x"
    assert made[0]["interaction"]["response_message_ephemeral"] is True


async def test_a_press_updates_its_message_or_opens_a_form(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    discord = sandbox.discord
    answers(web, bot, 4, {"components": [BUTTON], "content": "press"})
    await discord.say(ADA, PLACE, "/go")
    id_ = discord.messages(ADA, PLACE)[0].id
    answers(web, bot, 7, {"content": "pressed", "components": []})
    await discord.press(KOFI, id_, "b")
    assert last(bot)["message"]["id"] == id_
    assert last(bot)["member"]["user"]["id"] == "800000000000000003"
    assert discord.messages(ADA, PLACE)[0].text == "pressed"
    with pytest.raises(Refused):
        await discord.press(ADA, id_, "b")
    with pytest.raises(Refused):
        await discord.press(ADA, "1", "b")


FIELDS: list[tuple[Json, str | list[str], Json]] = [
    ({"type": 4, "style": 2, "max_length": 20}, "words", {"value": "words"}),
    ({"type": 3, "options": [{"label": "A", "value": "a"}]}, "a", {"values": ["a"]}),
    ({"type": 5, "max_values": 2}, ["800000000000000001", "800000000000000003"],
     {"values": ["800000000000000001", "800000000000000003"]}),
    ({"type": 6}, GUILDS[0], {"values": [GUILDS[0]]}), ({"type": 8}, PLACE, {"values": [PLACE]}),
    ({"type": 7}, "800000000000000001", {"values": ["800000000000000001"]}),
    ({"type": 21, "options": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]}, "b", {"value": "b"}),
    ({"type": 22, "options": [{"label": "A", "value": "a"}]}, ["a"], {"values": ["a"]}),
    ({"type": 23}, ["true"], {"value": True}),
]  # fmt: skip


@pytest.mark.parametrize(("component", "given", "expected"), FIELDS, ids=[str(f[0]["type"]) for f in FIELDS])
async def test_every_kind_of_question_travels(
    sandbox: Sandbox, web: Web, bot: Gate, component: Json, given: Any, expected: Json
) -> None:
    inner = {"custom_id": "q"} | component
    modal = {"title": "T", "custom_id": "m", "components": [
        {"type": 10, "content": "Read this"}, {"type": 18, "label": "Label", "component": inner}]}  # fmt: skip
    answers(web, bot, 9, modal)
    await sandbox.discord.say(ADA, PLACE, "/go")
    assert sandbox.discord.dialog(ADA) is not None
    answers(web, bot, 4, {"content": "thanks", "flags": EPHEMERAL})
    await sandbox.discord.submit(ADA, {"q": given})
    data = last(bot)["data"]
    answer = data["components"][1]["component"]
    assert {key: answer[key] for key in expected} == expected
    assert bool(data.get("resolved")) == (component["type"] in {5, 6, 7, 8})
    assert sandbox.discord.dialog(ADA) is None


@pytest.mark.parametrize(
    ("component", "wrong"),
    [({"type": 4, "style": 1}, ""), ({"type": 4, "style": 1, "max_length": 3}, "long"),
     ({"type": 3, "options": [{"label": "A", "value": "a"}]}, "z"), ({"type": 5}, "1"),
     ({"type": 5}, ["800000000000000001", "800000000000000003"])],
)  # fmt: skip
async def test_the_client_checks_a_form(sandbox: Sandbox, web: Web, bot: Gate, component: Json, wrong: Any) -> None:
    answers(web, bot, 9, {"title": "T", "custom_id": "m", "components": [
        {"type": 18, "label": "Label", "component": {"custom_id": "q"} | component}]})  # fmt: skip
    await sandbox.discord.say(ADA, PLACE, "/go")
    before = len(bot.events("INTERACTION_CREATE"))
    with pytest.raises(Refused, match="Label"):
        await sandbox.discord.submit(ADA, {"q": wrong})
    assert len(bot.events("INTERACTION_CREATE")) == before


@pytest.mark.parametrize(
    "modal",
    [{"title": "x" * 46}, {"title": ""}, {"custom_id": "x" * 101}, {"components": []},
     {"components": [{"type": 10, "content": "x"}] * 6},
     {"components": [{"type": 18, "label": "x" * 46, "component": INPUT}]},
     {"components": [{"type": 18, "label": "x", "component": {"type": 2, "custom_id": "q", "style": 1, "label": "b"}}]},
     {"components": [{"type": 18, "label": "x", "component": INPUT | {"max_length": 5000}}]}],
)  # fmt: skip
async def test_a_wrong_form_is_refused(sandbox: Sandbox, web: Web, bot: Gate, modal: Json) -> None:
    good: Json = {"title": "T", "custom_id": "m", "components": [{"type": 10, "content": "x"}]}
    codes: list[int] = []

    async def answer(interaction: Json) -> None:
        codes.append((await callback(web, interaction, 9, good | modal))["code"])
        await callback(web, interaction, 4, {"content": "ok"})

    bot.answer = answer
    await sandbox.discord.say(ADA, PLACE, "/go")
    assert codes == [50035]


async def test_half_typed_options_are_completed_by_the_bot(sandbox: Sandbox, web: Web, bot: Gate) -> None:
    answers(web, bot, 8, {"choices": [{"name": "Lisbon", "value": "Europe/Lisbon"}]})
    assert await sandbox.discord.complete(ADA, "/auto city:lis") == [("Europe/Lisbon", "Lisbon")]
    assert last(bot)["data"]["options"] == [{"name": "city", "type": 3, "value": "lis", "focused": True}]
    assert await sandbox.discord.complete(ADA, "/all pick:beg") == [("b", "Beginner")]
    assert await sandbox.discord.complete(ADA, "/au") == [("/auto ", "/auto")]
    answers(web, bot, 8, {"choices": [{"name": "x" * 101, "value": "v"}]})
    assert await sandbox.discord.complete(ADA, "/auto city:lis") == [], "too long a name is refused"
