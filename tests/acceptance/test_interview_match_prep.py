"""The prep kit: one page for a talk, notes that only their author reads, and one thing that may become a step."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from content.introduction_ways import PrepOpened
from store.introduction_tables import notes
from tests.acceptance.days import Life, labels
from tests.acceptance.steps import opt_in
from tests.acceptance.talks import Two, plain, press
from tests.acceptance.test_mydata import content, files
from tests.kit.house import House, until

GOAL, WHO = "What you would like to know afterwards", "Whom will you talk with?"
PERSON = "The person: what you read about their way"
OWN, ORDER, THING = "7. A question of your own", "Their order, by number", "One thing I will do"


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def test_a_page_for_a_talk_with_six_questions_ready(two: Two) -> None:
    id_ = await two.introduced()
    await press(two.ada, await two.hand(two.ada, PrepOpened(id_)), "prep-opened")
    assert WHO not in [field.label for field in two.ada.person.dialog().fields], "an introduction knows whom with"
    await two.ada.fill({PERSON: "came from teaching", GOAL: "how the first year was"})
    page = await newest(two, "Your page for Kofi")
    assert "1. How does an ordinary day or week go for you?" in page
    assert "6. When a candidate impressed you" in page
    assert "came from teaching" in page
    assert "Nobody but you reads this page." in page

    await press(two.ada, two.ada.person.dms()[-1], "My questions")
    await two.ada.person.world.submit(two.ada.person.id, fields(two, {
        "Which of these six?": ["1", "3"], OWN: "What does your company do?", ORDER: "7 3",
    }))  # fmt: skip
    page = await newest(two, "Could their website answer this as well: 1? You might swap it.")
    assert "1. What does your company do?" in page
    assert "2. To do well in it, which skills" in page
    assert "3. How does an ordinary day" in page
    kept = await press(two.ada, two.ada.person.dms()[-1], "Keep it as it is")
    assert "Could their website" not in kept.text

    await press(two.ada, kept, "As a file")
    await until(lambda: "talk.md" in files(two.ada), "the page as a file")
    text = await content(files(two.ada)["talk.md"])
    for line in ("# Your page for Kofi", "1. What does your company do?", "came from teaching", "not yet"):
        assert line in text, "whole, also where nothing is written yet"


def fields(two: Two, answers: dict[str, str | list[str]]) -> dict[str, str | list[str]]:
    """By the ids of the open form."""
    known = {field.label: field.id for field in two.ada.person.dialog().fields}
    return {known[label]: value for label, value in answers.items()}


async def newest(two: Two, words: str) -> str:
    """What Ada reads once it says these words."""
    await until(lambda: any(words in plain(seen) for seen in two.ada.person.dms()[-2:]), words)
    return next(plain(seen) for seen in reversed(two.ada.person.dms()) if words in plain(seen))


async def test_the_words_lie_sealed_in_the_store_and_go_when_their_author_says_so(two: Two) -> None:
    ada = two.ada.person
    await ada.type("/interview-match prep")
    page = await ada.fill({WHO: "Sam", PERSON: "zebra secret"})
    assert "Your page for Sam" in page.text
    async with two.rooms.store.begin() as tx:
        assert "zebra secret" in str(await tx.notes.of(two.ada.someone))
        db: AsyncConnection = tx.members._db  # pyright: ignore[reportPrivateUsage]
        bodies = (await db.execute(sa.select(notes.c.body))).scalars().all()
    assert len(bodies) == 1
    assert b"zebra" not in bytes(bodies[0])
    listed = await ada.type("/interview-match prep")
    assert {"With Sam", "A new page"} == set(labels(listed))
    gone = await ada.press(page, "Delete my notes")
    assert "Gone, all of them." in gone.text
    await ada.type("/interview-match prep")
    assert WHO in [field.label for field in ada.dialog().fields]


async def test_one_thing_to_do_becomes_the_step_only_when_its_form_is_sent(two: Two) -> None:
    ada = two.ada.person
    await opt_in(ada)
    await ada.type("/interview-match prep")
    page = await ada.fill({WHO: "Sam"})
    await ada.press(page, "After the talk")
    kept = await ada.fill({"What surprised me": "the quiet", THING: "read one paper a week"})
    assert "One thing: read one paper a week. Small enough for a daily step?" in plain(kept)
    await ada.press(kept, "Make it my step")
    nudge = await Life(two.home, ada, two.platform).nudge()
    assert nudge.tiny == "open the course", "nothing changes before the form is sent"
    saved = await ada.fill({})
    assert "read one paper a week" in saved.text
    assert (await Life(two.home, ada, two.platform).nudge()).tiny == "read one paper a week"


async def test_without_a_daily_step_the_setting_up_begins(two: Two) -> None:
    kofi = two.kofi.person
    await kofi.type("/interview-match prep")
    page = await kofi.fill({WHO: "Sam"})
    await kofi.press(page, "After the talk")
    kept = await kofi.fill({THING: "read one paper a week"})
    welcome = await kofi.press(kept, "Make it my step")
    seen = kofi.here()[-1] if welcome == kept else welcome
    assert "read one paper" not in seen.text
    assert await two.nudges(two.kofi) is None


async def test_where_the_operator_set_no_key_nothing_is_written_openly(home: House, platform: str) -> None:
    two = Two(home, platform)
    two.rooms.store._keyring = None  # pyright: ignore[reportPrivateUsage]  # as in a house without STEPPINGSTONE_KEYS
    told = await two.ada.person.type("/interview-match prep")
    if two.ada.person.world.dialog(two.ada.person.id) is not None:
        told = await two.ada.person.fill({WHO: "Sam", PERSON: "zebra"})
    assert "I keep such words sealed only" in told.text
