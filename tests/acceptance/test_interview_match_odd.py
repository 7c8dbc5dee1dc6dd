"""What people type and press that nobody planned for: strange names, far too much, old buttons, buttons of others."""

from __future__ import annotations

import asyncio

import pytest

from sandbox.world import Refused, Seen
from tests.acceptance.talks import LABELS, ROLE, Two, comes, offer, plain, press, seek
from tests.kit.house import House, until

SAY = LABELS["en"]
HOSTILE = "*Ada* `x` <!here> ~~y~~"
ASK = "*why* <!channel>?\n# [so](then)\n- مرحبا \u202eمن أين؟"


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada, Kofi and Sam in a running house."""
    return Two(home, platform)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("\u200b\u200b", "A name that can be read, please."),
        ("A" * 41, "Between 1 and 40 characters, please."),
        ("[Ada](https://b.org)", "No addresses or numbers here, please"),
        ("Ada <@U003>", "No addresses or numbers here, please"),
        ("Ada @everyone", "No addresses or numbers here, please"),
    ],
)
async def test_a_name_that_will_not_do_is_asked_for_again(two: Two, name: str, told: str) -> None:
    ada = two.ada.person
    await ada.press(await ada.type("/interview-match find"), "I agree")
    answer = await ada.fill({SAY["name"]: name, SAY["role"]: ROLE, SAY["ask"]: "How?"})
    assert told in (answer.text if two.platform == "discord" else str(ada.dialog().errors))
    async with two.rooms.store.begin() as tx:
        assert await tx.seekers.get(two.ada.someone) is None


async def test_the_window_itself_takes_no_more_than_it_says(two: Two) -> None:
    ada = two.ada.person
    await ada.press(await ada.type("/interview-match find"), "I agree")
    for field, words in ((SAY["name"], "A" * 5_000), (SAY["ask"], "x" * 5_000), (SAY["ask"], " \n ")):
        with pytest.raises(Refused):
            await ada.fill({SAY["name"]: "Ada", SAY["role"]: ROLE, SAY["ask"]: "How?", field: words})
    kept = await ada.fill({SAY["name"]: "👩‍🚀" * 13, SAY["role"]: ROLE, SAY["ask"]: "👩‍🚀" * 46})
    assert "I look for somebody" in plain(kept), "thirteen astronauts are 39 characters"


async def introduced(two: Two) -> Seen:
    """Ada has a hostile name and asks in two directions of writing; gives back the introduction."""
    await two.ada.person.type("/admin talks place:here")
    await offer(two.kofi.person)
    ada = two.ada.person
    await ada.press(await ada.type("/interview-match find"), "I agree")
    await ada.fill({SAY["name"]: HOSTILE, SAY["role"]: ROLE, SAY["ask"]: ASK})
    await press(two.kofi, await comes(two.kofi, "would like to ask you something"), "Yes")
    await until(lambda: bool(ada.groups()), "a conversation of both")
    [room] = ada.groups()
    await until(lambda: bool(ada.inside(room.id)), "the introduction")
    return ada.inside(room.id)[0]


async def test_what_members_typed_calls_nobody_and_formats_nothing(two: Two) -> None:
    intro = await introduced(two)
    question = two.kofi.person.dms()[0]
    for seen in (question, intro):
        assert HOSTILE in seen.text.replace("\\", "")
        assert "\u202e" not in seen.text
    assert question.told == ()
    assert set(intro.told) == {two.ada.someone.id, two.kofi.someone.id}, "the two of them, and no channel"
    assert "• *why* <!channel>?\n• # [so](then)\n• مرحبا من أين؟" in intro.text.replace("\\", "")


async def test_three_presses_at_once_and_presses_of_others_do_nothing_more(two: Two) -> None:
    await two.ada.person.type("/admin talks place:here")
    await offer(two.kofi.person)
    await seek(two.ada.person)
    asked = await comes(two.kofi, "Ada would like to ask you something")
    yes = next(control.id for control in asked.controls if control.label == "Yes")
    kofi, sam = two.kofi.person, two.sam.person
    await asyncio.gather(*(kofi.world.press(kofi.id, asked.id, yes) for _ in range(3)))
    await until(lambda: bool(two.ada.person.groups()), "a conversation of both")
    [room] = two.ada.person.groups()
    await until(lambda: bool(two.ada.person.inside(room.id)), "the introduction")
    intro = two.ada.person.inside(room.id)[0]
    for seen in (asked, intro):
        with pytest.raises(Refused):
            await sam.world.press(sam.id, seen.id, seen.controls[0].id)
    assert sam.here() == sam.dms() == []
    assert [talk.state for talk in await two.talks(two.ada)] == ["introduced"]
    assert len([seen for seen in two.ada.person.inside(room.id) if "meet Kofi" in seen.text]) == 1


async def test_old_buttons_are_answered_kindly_after_somebody_left(two: Two) -> None:
    await introduced(two)
    ada = two.ada.person
    cards = [await ada.type("/interview-match status") for _ in range(3)]
    await ada.press(await ada.type("/interview-match leave"), "Leave")
    for card, label in zip(cards, ("We found a time", "We met", "It did not happen"), strict=True):
        assert "This has moved on meanwhile; there is nothing for you to do." in (await ada.press(card, label)).text
    assert [talk.state for talk in await two.talks(two.ada)] == ["gone"]


async def test_in_a_thread_slack_itself_says_that_commands_do_not_work_there(home: House) -> None:
    two = Two(home, "slack")
    ada = two.ada.person
    await ada.world.say(ada.id, ada.place, "hello")
    root = ada.world.messages(ada.id, ada.place)[-1]
    await ada.world.say(ada.id, ada.place, "/interview-match status", thread=root.id)
    assert "Slash commands are not supported in threads" in ada.world.messages(ada.id, ada.place)[-1].text


async def test_words_nobody_knows_are_answered_with_those_that_there_are(home: House) -> None:
    """Discord's client offers only what there is; Slack's takes anything, also Chinese."""
    two = Two(home, "slack")
    ada = two.ada.person
    for line, told in (
        ("匹配一下", "I do not know “匹配一下” here. You could try: /interview-match find"),
        ("<!channel>", "I do not know “<!channel>” here."),
        ("x" * 3_000, f"I do not know “{'x' * 40}” here."),
        ("pause 99999w", "I read pauses such as"),
        ("暂停 一周", "You neither look for talks nor offer any"),
        ("找人", "It is no job application"),
        ("FIND astronaut", "“astronaut” is not among the roles I know"),
        ("status please", "Twenty minutes with somebody"),
    ):
        assert told in (await ada.type(f"/interview-match {line}")).text
