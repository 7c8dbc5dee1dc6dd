"""One talk from the wish to the thank-you, as both live it: forms, letters, the conversation, the page, the thanks."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from sandbox.world import Seen
from tests.acceptance.days import Life
from tests.acceptance.talks import Two, offer, plain, press, seek
from tests.kit.house import House, until


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def letter(two: Two, life: Life, words: str, days: int = 0) -> Seen:
    """The newest direct message that says so, after so many days."""
    for _ in range(days):
        two.home.sandbox.clock.advance(timedelta(days=1))
        await asyncio.sleep(0.4)
    await until(lambda: any(words in plain(seen) for seen in life.person.dms()), f"a letter: {words}")
    return [seen for seen in life.person.dms() if words in plain(seen)][-1]


async def test_from_the_wish_to_the_thank_you(two: Two) -> None:
    await two.ada.person.type("/admin talks place:here")
    await offer(two.kofi.person)
    await seek(two.ada.person)
    asked = await letter(two, two.kofi, "Ada would like to ask you something")
    assert "How did you start?" in asked.text
    said = await press(two.kofi, asked, "Yes")
    assert "I introduce you and Ada" in plain(said)

    await until(lambda: bool(two.ada.person.groups()), "a conversation of both")
    [room] = two.ada.person.groups()
    await until(lambda: bool(two.ada.person.inside(room.id)), "the introduction")
    intro = next(seen for seen in two.ada.person.inside(room.id) if "Ada, meet Kofi" in seen.text)
    [prepare] = [control for control in intro.controls if control.label == "Prepare the talk"]
    await two.ada.person.world.press(two.ada.person.id, intro.id, prepare.id)
    await until(lambda: two.ada.person.world.dialog(two.ada.person.id) is not None, "the form")
    await two.ada.fill({"What you would like to know afterwards": "how the first year was"})
    await until(lambda: "Your page for Kofi" in str(two.ada.person.inside(room.id)), "the page")
    assert next(seen for seen in two.ada.person.inside(room.id) if "Your page" in seen.text).only_you
    assert "first year" not in str(two.kofi.person.inside(room.id)), "nobody else sees it"

    found = await letter(two, two.ada, "Have you and Kofi found a time?", days=4)
    when = await press(two.ada, found, "We found a time")
    assert "On which day is it?" in when.text
    how = await letter(two, two.ada, "How did it go with Kofi?", days=8)
    met = await press(two.ada, how, "We met")
    assert "You met" in met.text
    thanks = await letter(two, two.ada, "A thank-you to Kofi", days=1)
    said = await press(two.ada, thanks, "Said already")
    assert "One day somebody will be where you were." in said.text
    assert "I am looking" not in plain(await two.ada.person.type("/interview-match status"))
