"""Slack through the real slack-bolt: workspaces that come, go, were installed before, or are unknown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from chat.people import Space
from tests.kit.house import House, house, until


async def test_an_installed_workspace_is_remembered_without_its_token_in_the_environment(home: House) -> None:
    await home.stop()
    home.settings = replace(home.settings, slack_bot_tokens="")
    await home.start()
    for space in (0, 1):
        assert "/nudge on" in (await home.person("slack", "Ada", space).type("/help")).text


async def test_an_event_of_an_unknown_workspace_is_acknowledged(home: House) -> None:
    """Answering it with an error made Slack switch an app off for everybody (platforms.md, finding 14)."""
    slack = home.sandbox.slack
    slack.add_space("T0UNKNOWN", "Nowhere", "xoxb-never-told")
    slack.add_member("T0UNKNOWN", "U1", "Nobody", "en-US", "UTC")
    slack.add_channel("T0UNKNOWN", "C9", "general", ["U1"])
    await slack.say("T0UNKNOWN/U1", "C9", "/help")
    assert not any("dispatch_failed" in seen.text for seen in slack.messages("T0UNKNOWN/U1", "C9"))
    assert "/nudge on" in (await home.person("slack", "Ada").type("/help")).text


async def test_tokens_are_encrypted_in_the_database_file(home: House) -> None:
    assert home.app is not None
    async with home.app.store.begin() as tx:
        assert await tx.secrets.get(Space("slack", "T01MAKERS"), "bot_token") == "xoxb-sandbox-makers"
    await home.stop()
    folder = Path(home.settings.database).parent
    assert all(b"xoxb-sandbox" not in file.read_bytes() for file in folder.iterdir())


async def test_one_wrong_token_leaves_the_other_workspace_up(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    changes = {"slack_bot_tokens": "xoxb-wrong xoxb-sandbox-makers", "discord_token": ""}
    async with house(tmp_path, changes=changes) as home:
        assert "/nudge on" in (await home.person("slack", "Ada").type("/help")).text
    assert "invalid_auth" in caplog.text
    assert "xoxb" not in caplog.text


async def test_slack_may_ask_for_a_fresh_connection_at_any_time(home: House) -> None:
    slack = home.sandbox.slack
    await slack.trouble("refresh")
    await until(lambda: slack.connected() == 1 and home.app is not None and home.app.health()["slack"], "reconnected")
    assert "/nudge on" in (await home.person("slack", "Ada").type("/help")).text
