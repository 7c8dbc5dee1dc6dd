"""Some members and us in a conversation of their own: one story on both platforms, whatever each calls such a place."""

from __future__ import annotations

import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from chat import markup
from chat.action import Action
from chat.errors import Rejected, Unavailable, Uncertain
from chat.form import Answers, Ask, Form
from chat.message import Button, File, Message, People, Row, Text, short
from chat.people import Person, Sent, Space
from chat.platform import Edit, FindsMessages, OpensGroupChat, Reply
from commands._call import Call
from commands._registry import answers, collect, command
from sandbox.world import Fault
from tests.kit.house import START, House, house, until

HOME = {"slack": None, "discord": "700000000000000002"}
OPENING = {"slack": "conversations.open", "discord": "POST /channels/700000000000000002/threads"}
SENDING = {"slack": "chat.postMessage", "discord": "/messages"}
TALK = File(b"BEGIN:VCALENDAR\r\n", "talk.ics", "The talk on Thursday")


@dataclass(frozen=True)
class Whispered(Action, name="test-whispered"):
    """Say where I am, to me alone."""

    key: str = ""


@dataclass(frozen=True)
class Asked(Action, name="test-asked"):
    """Ask me something."""


@dataclass(frozen=True)
class Told(Action, name="test-told-here"):
    """What was told."""


@dataclass(frozen=True)
class Louder(Action, name="test-louder"):
    """Name me who pressed."""


@command("test here", "Where am I")
async def here(call: Call) -> Reply:
    return short("here")


@command("test loud", "Name me before everybody", private=False)
async def loud(call: Call) -> Reply:
    return Message("", (People((call.person,)), Row((Button("Again", Louder()),))))


@answers(Louder)
async def louder(call: Call, pressed: Louder) -> Reply:
    return Edit(Message("", (People((call.person,)), Text(markup.escape("<@800000000000000001> <@U001>")))))


@answers(Whispered)
async def whisper(call: Call, pressed: Whispered) -> Reply:
    return short(f"{markup.escape(call.person.id)} in {call.place.id} of {markup.escape(call.person.space.key)}")


@answers(Asked)
async def ask(call: Call, pressed: Asked) -> Reply:
    return Form("A question", (Ask("how", "How was it?"),), Told())


@answers(Told)
async def tell(call: Call, told: Told, given: Answers) -> Reply:
    return Message("", (Text(f"noted in {call.place.id}"), TALK))


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[House]:
    async with house(tmp_path, collect([sys.modules[__name__]])) as running:
        for world in running.worlds.values():
            world.enforce_limits = False
        yield running


class Group:
    """Ada and Kofi of a platform, and the way to put them together."""

    def __init__(self, home: House, platform: str) -> None:
        assert home.app is not None
        self.home, self.name, self.platform = home, platform, home.app.platforms[platform]
        self.ada, self.kofi, self.sam = (home.person(platform, name) for name in ("Ada", "Kofi", "Sam"))
        self.people = (self.known("Ada"), self.known("Kofi"))

    def known(self, name: str, space: int = 0) -> Person:
        place, _, id_ = self.home.person(self.name, name, space).id.partition("/")
        return Person(Space(self.name, place), id_)

    async def gather(self, key: str = "introduction-1", *people: Person) -> str:
        assert isinstance(self.platform, OpensGroupChat)
        wanted = people or self.people
        return await self.platform.gather(wanted, title="Ada & Kofi", key=key, home=HOME[self.name])

    async def leave(self, place: str, person: Person) -> None:
        assert isinstance(self.platform, OpensGroupChat)
        await self.platform.leave(place, person)

    async def send(self, place: str, message: Message, key: str = "k") -> Sent:
        return await self.platform.send(self.people[0], message, key=key, place=place)

    @property
    def finder(self) -> FindsMessages:
        assert isinstance(self.platform, FindsMessages)
        return self.platform


@pytest.fixture
def group(home: House, platform: str) -> Group:
    return Group(home, platform)


async def test_two_are_gathered_and_nobody_else_sees_it(group: Group) -> None:
    place = await group.gather()
    await group.send(place, short("Meet each other"))
    for person in (group.ada, group.kofi):
        (room,) = person.groups()
        assert room.id == place
        assert {"Ada", "Kofi", "steppingstone"} == set(room.members)
        assert [seen.text for seen in person.inside(place)] == ["Meet each other"]
        assert person.dms() == []
    assert group.sam.groups() == []


async def test_the_same_key_finds_the_same_place_also_after_a_restart_and_in_another_order(
    home: House, platform: str
) -> None:
    group = Group(home, platform)
    place = await group.gather()
    await group.send(place, short("first"))
    assert await group.gather() == place
    await home.restart()
    again = Group(home, platform)
    assert await again.gather("introduction-1", *reversed(again.people), again.people[0]) == place
    await again.send(place, short("second"), "k2")
    assert [seen.text for seen in again.kofi.inside(place)] == ["first", "second"]
    assert len(again.ada.groups()) == 1


@pytest.mark.parametrize("kind", ["drop", "lose"])
async def test_a_lost_answer_may_be_asked_for_again_and_makes_no_second_place(group: Group, kind: str) -> None:
    group.home.worlds[group.name].faults().add(Fault(OPENING[group.name], kind))  # type: ignore[arg-type]
    with pytest.raises(Unavailable):
        await group.gather()
    place = await group.gather()
    await group.send(place, short("hello"))
    assert [room.id for room in group.ada.groups()] == [room.id for room in group.kofi.groups()] == [place]


async def test_three_are_another_group_than_two(group: Group) -> None:
    two = await group.gather()
    three = await group.gather("circle-1", *group.people, group.known("Sam"))
    assert two != three
    assert [room.id for room in group.sam.groups()] == [three]


async def test_one_alone_and_people_of_two_spaces_are_no_group(group: Group) -> None:
    ada = group.people[0]
    for people, reason in (((ada, ada), "one_person"), ((ada, group.known("林雨", 1)), "two_spaces")):
        with pytest.raises(Rejected) as raised:
            await group.gather("k", *people)
        assert raised.value.reason == reason
    assert group.ada.groups() == []


async def test_people_tells_exactly_those_and_a_strangers_words_tell_nobody(group: Group) -> None:
    place = await group.gather()
    sam = group.known("Sam").id
    typed = f"<@{sam}> @everyone <!channel> <!here> @here <@&1> <#31> <@!{sam}>"
    named = Message(f"Hello <@{sam}>", (People(group.people), Text(markup.escape(typed)), Text(typed)))
    await group.send(place, named)
    (seen,) = group.ada.inside(place)
    assert set(seen.told) == {person.id for person in group.people}
    (write,) = [e for e in group.home.worlds[group.name].ledger() if e["message"] == seen.id]
    assert write["pings"] == 2
    await group.send(place, Message(f"@{sam}", (Text(typed),)), "k2")
    assert [seen.told for seen in group.ada.inside(place)][1:] == [()]
    assert group.sam.groups() == []


async def test_an_answer_tells_its_people_too_and_so_does_what_becomes_of_it(group: Group) -> None:
    ada, kofi = group.people
    seen = await group.ada.type("/test loud")
    assert seen.told == (ada.id,)
    (theirs,) = group.kofi.here()
    assert (await group.kofi.press(theirs, "Again")).told == (kofi.id,)
    assert [one.told for one in group.ada.here()] == [(kofi.id,)]


async def test_a_press_inside_is_answered_to_that_person_alone(group: Group) -> None:
    place = await group.gather()
    await group.send(place, Message("Hello", (Row((Button("Where?", Whispered()), Button("Ask", Asked()))),)))
    (seen,) = group.kofi.inside(place)
    await group.kofi.press(seen, "Where?")
    await until(lambda: len(group.kofi.inside(place)) == 2, "an answer")
    answer, kofi = group.kofi.inside(place)[-1], group.people[1]
    assert answer.only_you
    assert answer.text == f"{kofi.id} in {place} of {kofi.space.key}"
    assert len(group.ada.inside(place)) == 1


async def test_a_form_opened_inside_is_answered_there_and_its_file_arrives(group: Group) -> None:
    place = await group.gather()
    await group.send(place, Message("Hello", (Row((Button("Ask", Asked()),)),)))
    (seen,) = group.kofi.inside(place)
    await group.kofi.press(seen, "Ask")
    await until(lambda: group.kofi.world.dialog(group.kofi.id) is not None, "a form")
    (field,) = group.kofi.dialog().fields
    await group.kofi.world.submit(group.kofi.id, {field.id: "well"})

    def arrived() -> list[tuple[str, int]]:
        every = [*group.kofi.inside(place), *group.kofi.dms()]
        return [(file.name, file.size) for seen in every for file in seen.files]

    await until(lambda: arrived() == [("talk.ics", len(TALK.data))], "the file")
    answer = group.kofi.inside(place)[-1]
    assert (answer.only_you, answer.text) == (True, f"noted in {place}\nThe talk on Thursday")
    assert len(group.ada.inside(place)) == 1
    assert group.ada.dms() == []


async def test_a_file_reaches_everybody_in_the_place_with_its_words(group: Group) -> None:
    place = await group.gather()
    sent = await group.send(place, Message("Hello", (Text("Words"), TALK)))
    for person in (group.ada, group.kofi):
        seen = person.inside(place)
        assert seen[0].id == sent.message
        assert "The talk on Thursday" in seen[0].text
        assert [(file.name, file.size) for one in seen for file in one.files] == [("talk.ics", len(TALK.data))]
        assert all(sent.message in {one.id, one.thread} for one in seen)


async def test_who_leaves_may_leave_twice(group: Group) -> None:
    place = await group.gather()
    await group.send(place, short("Hello"))
    for _ in range(2):
        await group.leave(place, group.people[1])
    assert len(group.ada.groups()) == 1
    left = group.name == "discord"  # Slack lets nobody out of a group message
    assert len(group.kofi.groups()) == (0 if left else 1)


async def test_a_place_that_is_gone_says_nothing_about_the_person(group: Group) -> None:
    with pytest.raises(Rejected):
        await group.send({"slack": "G0000000404", "discord": "404404404404404404"}[group.name], short("Hello"))
    assert isinstance(await group.platform.send(group.people[0], short("Hello"), key="direct"), Sent)


async def test_a_send_whose_answer_was_lost_is_found_again(group: Group) -> None:
    if group.name == "slack":
        slack = group.home.sandbox.slack.spaces["T01MAKERS"]
        slack.grant.scopes = (slack.grant.scopes or frozenset()) | {"mpim:history"}
    place, since = await group.gather(), START - timedelta(seconds=1)
    buttons = [Message("Hello", (Row((Button("Where?", Whispered(f"row-{n}")),)),)) for n in range(3)]
    await group.send(place, buttons[0], "row-0")
    group.home.worlds[group.name].faults().add(Fault(SENDING[group.name], "drop"))
    with pytest.raises(Uncertain):
        await group.send(place, buttons[1], "row-1")
    found = await group.finder.find(group.people[0], "row-1", place=place, since=since)
    assert found == Sent(place, group.ada.inside(place)[-1].id)
    assert await group.finder.find(group.people[0], "row-2", place=place, since=since) == "absent"


async def test_without_the_right_to_look_nothing_is_called_absent(group: Group) -> None:
    place = await group.gather()
    await group.send(place, short("Hello"), "row-0")
    if group.name == "discord":
        group.home.sandbox.discord.deny_bot(HOME["discord"] or "", "READ_MESSAGE_HISTORY")
    found = await group.finder.find(group.people[0], "row-1", place=place, since=START)
    assert found == "unknown"
