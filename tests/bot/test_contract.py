"""What every platform keeps, whatever it is called: one test, run on each through its real library and the sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.errors import PlatformSetup, Unreachable
from chat.message import Message, Text, short
from chat.people import Person, Space
from chat.platform import Platform
from tests.golden.messages import SHOWN, on
from tests.kit.house import House, house

KEYS = [f"contract-key-{n:04d}" for n in range(1_000)]


def _known(home: House, platform: str, name: str, space: int = 0) -> tuple[Platform, Person]:
    assert home.app is not None
    place, _, id_ = home.person(platform, name, space).id.partition("/")
    return home.app.platforms[platform], Person(Space(platform, place), id_)


async def test_it_is_called_as_its_spaces_are(home: House, platform: str) -> None:
    known, person = _known(home, platform, "Ada")
    assert known.name == person.space.platform
    assert known.healthy()


async def test_a_send_arrives_once_and_says_where(home: House, platform: str) -> None:
    known, person = _known(home, platform, "Ada")
    sent = await known.send(person, Message("Title", (Text("words **bold**"),)), key=KEYS[0])
    (seen,) = home.person(platform, "Ada").dms()
    assert (sent.place, sent.message) == (seen.place, seen.id)
    assert "words" in seen.text
    writes = [e for e in home.worlds[platform].ledger() if e["message"] == sent.message]
    assert len(writes) == 1
    assert writes[0]["key"], "the delivery's key travels with it"


async def test_every_golden_message_is_taken(home: House, platform: str) -> None:
    known, person = _known(home, platform, "Ada")
    home.worlds[platform].enforce_limits = False  # one a second and channel would take a minute
    messages = [on(platform, m) for lang in SHOWN for m in SHOWN[lang].values() if isinstance(m, Message)]
    naming: set[str] = set()
    arrived: set[str] = set()
    for n, (key, message) in enumerate(zip(KEYS, messages, strict=False), 1):
        sent = await known.send(person, message, key=key)
        naming |= {sent.message} if message.people() else set()
        if n % 100 == 0 or n == len(messages):  # the page shows the newest 500
            arrived |= {seen.id for seen in home.person(platform, "Ada").dms() if not seen.thread}  # files do on Slack
    assert len(arrived) == len(messages) <= len(KEYS)
    assert [e for e in home.worlds[platform].ledger() if not e["ok"]] == []
    assert {e["message"] for e in home.worlds[platform].ledger() if e["pings"]} == naming


async def test_closed_messages_are_unreachable(home: House, platform: str) -> None:
    known, person = _known(home, platform, "Kofi")
    home.person(platform, "Kofi").world.set_dms_open(home.person(platform, "Kofi").id, False)
    with pytest.raises(Unreachable):
        await known.send(person, short("hello"), key=KEYS[0])


async def test_one_person_in_two_spaces_is_written_to_in_each(home: House, platform: str) -> None:
    for space in (0, 1):
        known, person = _known(home, platform, "Ada", space)
        await known.send(person, short(f"space {space}"), key=KEYS[space])
    assert any("space 1" in seen.text for seen in home.person(platform, "Ada", 1).dms())
    if platform == "slack":  # a Discord user has one conversation, a Slack user one in each workspace
        assert not any("space 1" in seen.text for seen in home.person(platform, "Ada", 0).dms())


async def test_a_wrong_token_names_the_setting(tmp_path: Path, platform: str) -> None:
    wrong = {"slack": {"slack_bot_tokens": "xoxb-wrong", "discord_token": ""}}
    wrong["discord"] = {"discord_token": "wrong", "slack_app_token": ""}
    with pytest.raises(PlatformSetup, match=r"SLACK_BOT_TOKEN|DISCORD_TOKEN"):
        async with house(tmp_path, changes=wrong[platform]):
            pass


async def test_a_platform_that_cannot_start_leaves_the_other_up(tmp_path: Path) -> None:
    async with house(tmp_path, changes={"slack_app_token": "xapp-wrong"}) as home:
        assert home.app is not None
        assert home.app.health() == {"discord": True}
