"""A sheet among people, on both platforms: a card in the channel and a comment on it; then a second pair of eyes, where
the first says no, the next yes, one who is blocked is never asked, and its owner decides what others see of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sandbox.world import Seen
from scheduler.jobs import ask_reviewers
from tests.acceptance.days import Community
from tests.acceptance.scopes import PROBLEM, Writer, given, to_the_ideas
from tests.acceptance.talks import comes, plain
from tests.kit.house import House, until

CHANNEL = {"slack": "C01GENERAL", "discord": "<#700000000000000001>"}
MINUTE = timedelta(minutes=1)
MARKS = ("Who counted the charts?", "What does a false alarm cost?")


async def test_a_comment_a_no_a_yes_and_what_others_see_of_it(home: House, platform: str) -> None:
    ada, kofi, priya = (Writer(home, home.person(platform, name), "en") for name in ("Ada", "Kofi", "Priya"))
    yu = Writer(home, home.person(platform, "林雨"), "zh-CN")
    await to_the_ideas(ada)
    await ada.away()
    posted = await shared(ada, kofi, CHANNEL[platform])
    priya.card = posted
    await priya.press("Comment")
    await said_of(priya, "Buy my course instead")
    await blocked(ada)
    for one in (priya, kofi, yu):
        await offers(one)
    await wants(ada)
    readers = {"Kofi": kofi, "林雨": yu}
    first = await asked(home, readers)
    await declines(readers[first])
    (second,) = set(readers) - {first}
    assert await asked(home, {second: readers[second]}) == second
    await reads(readers[second])
    await ask_reviewers.run(Community(home, platform).rooms)
    await comes(Community(home, platform).life("Ada"), "They left 2 comments.")
    await decides(ada)
    assert not any("second pair of eyes" in seen.text for seen in priya.person.dms())


async def shared(ada: Writer, kofi: Writer, channel: str) -> Seen:
    """The preview names the channel and is Ada's alone; what is posted is everybody's."""
    told = await ada.type("/scope share")
    assert f"Everybody in {channel} would see this:" in told
    assert ada.card.only_you
    before = {seen.id for seen in kofi.person.here()}
    await ada.press("Post it there")
    await until(lambda: any(seen.id not in before for seen in kofi.person.here()), "the card")
    posted = kofi.person.here()[-1]
    assert PROBLEM["en"]["wishes"] in posted.text
    return posted


async def said_of(who: Writer, text: str) -> None:
    """By the button below the card."""
    about = next(field for field in who.person.dialog().fields if field.options)
    await who.send({about.label: about.options[1][1], "Your comment": text})
    assert "It goes to whoever owns the sheet" in who.text
    who.home.sandbox.clock.advance(MINUTE)


async def blocked(ada: Writer) -> None:
    """Whoever wrote the only comment there is."""
    await ada.type("/scope open")
    await ada.press("Comments: 1, 1 new")
    assert "Buy my course instead" in ada.text
    for label in ("More…", "Block", "Yes, block"):
        await ada.press(label)
    assert "Nobody is told why." in ada.text


async def offers(who: Writer) -> None:
    """To read sheets of others, in English."""
    await who.type("/scope list")
    for label in ("A second pair of eyes", "I would read", "I agree"):
        await who.press(who.say(label))
    await who.send({who.say("Languages you read in"): "en", who.say("How many a month, at most?"): "2"})
    assert who.say("Stop offering") in who.labels


async def wants(ada: Writer) -> None:
    """All steps, after a look at what is asked."""
    await ada.type("/scope open")
    for label in ("Share", "A second pair of eyes", "I agree"):
        await ada.press(label)
    await ada.send({})
    assert "This is what somebody is asked, one after the other:" in ada.text
    await ada.press("Ask for it")
    assert "each has two days to answer" in ada.text


async def asked(home: House, readers: Mapping[str, Writer]) -> str:
    """The name of the one of them who is asked now; what they are asked is their card."""
    assert home.app is not None
    await ask_reviewers.run(home.app.rooms)

    def now() -> list[tuple[str, Seen]]:
        return [
            (name, seen)
            for name, one in readers.items()
            for seen in one.person.dms()
            if any(control.label == one.say("Yes, I will read it") for control in seen.controls)
        ]

    await until(lambda: bool(now()), "a question", 30)
    ((name, letter),) = now()
    readers[name].card = letter
    assert "Ada" not in plain(letter)
    return name


async def declines(who: Writer) -> None:
    """Nobody hears of it."""
    await who.press(who.say("Not now"))
    assert who.say("Fine. Nobody hears of it, and somebody else is asked.") in who.text


async def reads(who: Writer) -> None:
    """A yes, a word to two steps, and through."""
    await who.press(who.say("Yes, I will read it"))
    assert PROBLEM["en"]["asked"] in who.text
    page = who.card
    comments = [label for label in who.labels if label.startswith("Comment: ")]
    for label, mark in zip(comments[1:], MARKS, strict=False):
        who.card = page
        await who.press(label)
        await who.send({who.say("Your comment"): mark})
        assert who.say("Take it back") in who.labels
        who.home.sandbox.clock.advance(MINUTE)
    who.card = page
    await who.press("I am through")
    assert who.say("Look once more") in who.labels


async def decides(ada: Writer) -> None:
    """One of the two is shown, and stands in the file; nothing else does."""
    await ada.type("/scope open")
    await ada.press("Comments: 3, 2 new")
    lines = ada.text
    assert lines.index(MARKS[1]) < lines.index(MARKS[0]), "the newest first"
    await ada.press("Show", 1)
    await ada.type("/scope open")
    await ada.press("Export")
    await ada.press("Text (Markdown)")
    text = (await given(ada, "md"))[1].decode()
    assert MARKS[0] in text
    assert MARKS[1] not in text
    assert "Buy my course" not in text


async def test_somebody_named_in_the_command_is_asked_once_and_writes_from_then_on(home: House, platform: str) -> None:
    ada, kofi = (Writer(home, home.person(platform, name), "en") for name in ("Ada", "Kofi"))
    await kofi.type("/scope list")
    await to_the_ideas(ada)
    await ada.away()
    await ada.type("/scope share who:@Kofi" if platform == "discord" else "/scope share @Kofi")
    await ada.press("To co-own it")
    assert "I will ask them if I may." in ada.text
    await ask_reviewers.run(Community(home, platform).rooms)
    kofi.card = await comes(Community(home, platform).life("Kofi"), "would like you to co-own the sheet")
    await kofi.press("Yes, gladly")
    await kofi.type("/scope open")
    assert PROBLEM["en"]["wishes"] in kofi.text
    await kofi.press("More…")
    await kofi.press("Headings in Chinese")
    assert "Somebody who owns this sheet too is writing on it now." in kofi.text, "one pen"
    home.sandbox.clock.advance(11 * MINUTE)
    await kofi.type("/scope open")
    await kofi.press("More…")
    await kofi.press("Headings in Chinese")
    assert "分享" in kofi.labels
    await ada.type("/scope open")
    assert "分享" in ada.labels, "one sheet of both"
