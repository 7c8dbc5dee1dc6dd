"""Answers that come late, twice or the other way round: what was said last still counts, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.introduction_ways import TalkMet, TalkScheduled
from scheduler.jobs import follow_introductions
from store import following as steps
from tests.acceptance.days import labels
from tests.acceptance.talks import Two, plain, press
from tests.kit.house import House

DAY = timedelta(days=1)


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def silent(two: Two, id_: str) -> None:
    """They were asked how it was, and nobody has answered."""
    async with two.rooms.store.begin() as tx:
        talk = await tx.introductions.get(two.ada.someone.space, id_)
        assert talk is not None
        await tx.introductions.then(talk, steps.unanswered(two.home.sandbox.clock.now()))


async def test_planned_said_a_second_time_is_asked_about_once_more(two: Two) -> None:
    id_ = await two.introduced()
    await press(two.ada, await two.hand(two.ada, TalkScheduled(id_)), "talk-scheduled")
    await silent(two, id_)
    again = await press(two.ada, await two.hand(two.ada, TalkScheduled(id_)), "talk-scheduled")
    assert "On which day is it?" in again.text
    assert (await two.talk(id_)).next_step == steps.HOW_AGAIN


async def test_who_met_and_says_so_after_all_was_closed_is_believed(two: Two) -> None:
    id_ = await two.introduced()
    await silent(two, id_)
    two.home.sandbox.clock.advance(15 * DAY)
    await follow_introductions.run(two.rooms)
    assert (await two.talk(id_)).state == "closed"
    met = await press(two.ada, await two.hand(two.ada, TalkMet(id_)), "talk-met")
    assert "A draft of thanks" in labels(met)
    talk = await two.talk(id_)
    assert (talk.state, talk.next_step) == ("met", steps.THANK_YOU)


async def test_what_somebody_closed_is_not_opened_by_the_word_of_one(two: Two) -> None:
    id_ = await two.introduced()
    async with two.rooms.store.begin() as tx:
        await tx.introductions.part(two.ada.someone, two.kofi.someone, two.home.sandbox.clock.now())
    said = await press(two.ada, await two.hand(two.ada, TalkMet(id_)), "talk-met")
    assert "This has moved on meanwhile" in plain(said)
    assert (await two.talk(id_)).state == "closed"
