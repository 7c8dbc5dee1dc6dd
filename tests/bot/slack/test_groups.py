"""Group messages: whom Slack does not let into one, and a workspace that has not granted the right to open any."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.slack.manifest import SCOPES
from chat.errors import Rejected, Revoked
from chat.message import short
from chat.people import Person, Space
from chat.platform import OpensGroupChat
from sandbox.slack.model import Workspace
from sandbox.world import Fault
from tests.kit.house import House, house

MAKERS = Space("slack", "T01MAKERS")
ADA, KOFI = Person(MAKERS, "U001"), Person(MAKERS, "U003")


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, changes={"discord_token": ""}) as running:
        yield running


@pytest.fixture
def makers(home: House) -> Workspace:
    return home.sandbox.slack.spaces["T01MAKERS"]


async def gather(home: House, *people: Person) -> str:
    assert home.app is not None
    known = home.app.platforms["slack"]
    assert isinstance(known, OpensGroupChat)
    return await known.gather(people or (ADA, KOFI), title="Ada & Kofi", key="k", home=None)


async def reason(home: House, *people: Person) -> str:
    with pytest.raises(Rejected) as raised:
        await gather(home, *people)
    return raised.value.reason


async def test_strangers_and_those_who_left_are_not_brought_in(home: House) -> None:
    slack = home.sandbox.slack
    slack.add_member("T01MAKERS", "U900", "Stranger", "en-US", "UTC", home_team="T99OTHER")
    assert await reason(home, ADA, Person(MAKERS, "U900")) == "user_not_visible"
    await slack.leave("T01MAKERS/U003")
    assert await reason(home) == "user_disabled"
    assert await reason(home, ADA, Person(MAKERS, "U404")) == "user_not_found"
    assert home.person("slack", "Ada").groups() == []


async def test_nine_are_too_many(home: House) -> None:
    for n in range(4, 10):
        home.sandbox.slack.add_member("T01MAKERS", f"U{n}", f"N{n}", "en-US", "UTC")
    people = [ADA, KOFI, *(Person(MAKERS, f"U{n}") for n in range(4, 10))]
    assert await gather(home, *people)
    assert await reason(home, *people, Person(MAKERS, "U010")) == "too_many_users"
    assert sum(1 for e in home.sandbox.slack.ledger() if e["method"] == "conversations.open") == 1


async def test_a_workspace_that_granted_less_keeps_everything_else(home: House, makers: Workspace) -> None:
    """It was installed before we asked for group messages: that is no reason to give it up."""
    makers.grant.scopes = frozenset(SCOPES) - {"mpim:write"}
    assert await reason(home) == "missing_scope"
    assert home.app is not None
    await home.app.platforms["slack"].send(ADA, short("still here"), key="k")
    home.sandbox.slack.faults().add(Fault("conversations.open", "refuse", code="token_revoked"))
    with pytest.raises(Revoked):
        await gather(home)


async def test_a_group_that_was_archived_is_no_reason_to_give_up_the_person(home: House) -> None:
    place = await gather(home)
    home.sandbox.slack.archive("T01MAKERS", place)
    assert home.app is not None
    with pytest.raises(Rejected, match="is_archived"):
        await home.app.platforms["slack"].send(ADA, short("hello"), key="k", place=place)
