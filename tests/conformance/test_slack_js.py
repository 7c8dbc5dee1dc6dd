"""@slack/bolt for JavaScript, whose authors never heard of this sandbox, runs a bot in it, by either transport."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import pytest

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from sandbox.world import World
from tests.conformance.members import judged, labels, member, refusals, sees
from tests.conformance.node import Program
from tests.kit.people import Person

SOCKET, HTTP = "socket", "http"
SECRET = "a-signing-secret"
MANIFEST = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": f"/{name}", "description": name} for name in ("panel", "write", "picture")],
    },
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}, "interactivity": {"is_enabled": True}},
}


@dataclass(frozen=True)
class Workspace:
    """The bot listens, and Ada is there."""

    world: World
    bot: Program
    ada: Person


@pytest.fixture(params=[SOCKET, HTTP])
async def workspace(request: pytest.FixtureRequest, sandbox: Sandbox) -> AsyncGenerator[Workspace]:
    """Each story is told over both transports, except where it is about one of them."""
    slack, transport = sandbox.slack, str(request.param)
    slack.register_manifest(MANIFEST)
    tokens = {"TOKEN": SLACK_TOKENS[0], "APP_TOKEN": slack.app_token, "SIGNING_SECRET": SECRET}
    async with judged("slack.mjs", tokens | {"SANDBOX": sandbox.url, "TRANSPORT": transport}) as bot:
        ready = await bot.wait_for("ready")
        if transport == HTTP:
            await slack.delivery.use_http(f"http://127.0.0.1:{ready['port']}/slack/events", SECRET)
        yield Workspace(slack, bot, member(slack, "Ada"))


only_socket = pytest.mark.parametrize("workspace", [SOCKET], indirect=True)


async def test_a_private_answer_with_controls_changes_when_they_are_used(workspace: Workspace) -> None:
    ada = workspace.ada
    panel = await ada.type("/panel")
    assert (panel.text, panel.only_you) == ("Pick something", True)
    assert labels(panel) == ["Count", "Ask me", "Your level"]
    await ada.press(panel, "Count")
    panel = await sees(ada, "Counted to 1")
    await ada.press(panel, "Count")
    panel = await sees(ada, "Counted to 2")
    await ada.press(panel, "Advanced")
    assert (await sees(ada, "You chose advanced")).only_you
    assert len(ada.here()) == 1, "replacing adds no message"
    assert member(workspace.world, "Kofi").here() == []
    assert refusals(workspace.world) == []


async def test_a_form_tells_what_is_wrong_then_takes_the_answer(workspace: Workspace) -> None:
    ada = workspace.ada
    await ada.press(await ada.type("/panel"), "Ask me")
    form = ada.dialog()
    assert (form.title, form.submit, form.close) == ("About you", "Save", "Leave")
    name, level = form.fields
    assert [(name.label, name.kind), (level.label, level.kind)] == [("Name", "text"), ("Level", "select")]
    await ada.fill({"Name": "4da", "Level": "advanced"})
    assert ada.dialog().errors == {name.id: "A name has no digits"}
    await workspace.world.submit(ada.id, {name.id: "Countess", level.id: "advanced"})
    await workspace.bot.wait_for("saved")
    assert "Ada is advanced, as Countess" in str(ada.dialog().native["blocks"])
    assert refusals(workspace.world) == []


async def test_a_direct_message_arrives_and_a_refusal_is_told(workspace: Workspace) -> None:
    ada, kofi = workspace.ada, member(workspace.world, "Kofi")
    await ada.type(f"/write {kofi.id.partition('/')[2]}")
    assert not (await sees(kofi, "A word in private")).only_you
    await sees(ada, "Written")
    await workspace.world.say(ada.id, ada.place, "/write UNOBODY")
    assert (await workspace.bot.wait_for("error"))["code"] == "channel_not_found"


async def test_a_file_is_uploaded_and_shared(workspace: Workspace) -> None:
    await workspace.ada.type("/picture")
    (file,) = (await sees(workspace.ada, "Here is the file")).files
    assert (file.name, file.size) == ("step.txt", len("one tiny step"))
    assert refusals(workspace.world) == []


async def test_the_home_is_drawn_when_somebody_looks_at_it(workspace: Workspace) -> None:
    ada = workspace.ada
    await workspace.world.open_home(ada.id)
    await workspace.bot.wait_for("published")
    home = await sees(ada, "Your own page", "home")
    assert labels(home) == ["Wave"]
    await workspace.world.press(ada.id, home.id, home.controls[0].id)
    await workspace.bot.wait_for("waved")
    assert refusals(workspace.world) == []


@only_socket
@pytest.mark.parametrize("trouble", ["drop", "refresh"])
async def test_a_lost_connection_is_opened_again(workspace: Workspace, trouble: str) -> None:
    await workspace.world.trouble("drop" if trouble == "drop" else "refresh")
    await workspace.bot.wait_for("connected", 2)
    assert (await workspace.ada.type("/panel")).text == "Pick something"
    assert workspace.world.connected() == 1
