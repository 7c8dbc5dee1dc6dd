"""Interviews as time does them: a host is asked, both are introduced, and every step comes once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from scheduler.jobs import propose_interviews
from store import following as steps
from store.budget import Wish
from store.programmes import Programme
from tests.kit.house import House
from tests.scheduler.matchmaking import DAY, THREADS, Match


@pytest.fixture
def match(home: House, platform: str) -> Match:
    """On this platform."""
    return Match(home, platform)


async def pair(match: Match) -> None:
    """Ada wants to ask, Kofi answers, and he has been asked."""
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.jobs()


async def test_a_host_is_asked_at_once_and_knows_who_and_why(match: Match) -> None:
    await pair(match)
    (asked,) = match.reads("Kofi")
    assert "Ada would like to ask you something" in asked.text
    assert "How is a week?" in asked.text
    assert "They are growing into what you do: Machine learning engineer." in asked.text
    assert [control.label for control in asked.controls] == ["Yes", "Not now", "Not a fit", "Block", "Report"]
    assert (await match.seeker("Ada")).state == "matched"
    assert match.reads("Ada") == [], "the seeker reads nothing of a host who has not answered"


async def test_after_a_yes_both_meet_in_a_conversation_of_their_own(match: Match) -> None:
    async with match.rooms.store.begin() as tx:
        space = match.someone("Ada").space
        programme = Programme(space=space, name="interviews", zone="UTC", state="on", place=THREADS)
        await tx.programmes.save(programme, match.home.sandbox.clock.now())
    await pair(match)
    await match.yes("Kofi")
    talk = await match.talk("Ada")
    assert (talk.state, talk.next_step, len(talk.slots)) == ("introduced", "found-time", 3)
    for name in ("Ada", "Kofi"):
        (room,) = match.life(name).person.groups()
        assert room.id == talk.place
        first = match.life(name).person.inside(room.id)[0]
        assert "Ada, meet Kofi" in first.text
        assert " for both" in first.text, "one clock, so nothing is said twice"
    assert await match.names("Ada") == ["intro"]


async def test_without_a_place_for_both_each_is_introduced_alone(home: House) -> None:
    match = Match(home, "discord")
    await pair(match)
    await match.yes("Kofi")
    assert await match.names("Ada") == ["intro-alone"]
    assert sorted(await match.names("Kofi")) == ["ask-host", "intro-alone"], "of one moment"
    assert "You both said yes: meet Kofi" in match.reads("Ada")[0].text
    assert (await match.talk("Ada")).place is None
    async with match.rooms.store.begin() as tx:
        assert await tx.met.ever(match.someone("Ada"), match.someone("Kofi")), "they are not brought together again"


async def test_three_times_no_is_told_honestly_and_the_search_rests(match: Match) -> None:
    for name in ("Kofi", "林雨", "Sam"):
        await match.hosts(name)
    await match.seeks("Ada")
    await match.passes(timedelta(hours=6))  # Los Angeles is awake
    for attempt in (1, 2, 3):
        talk = await match.talk("Ada")
        assert (talk.state, talk.attempt) == ("proposed", attempt)
        host = next(name for name in ("Kofi", "林雨", "Sam") if match.someone(name) == talk.the("host"))
        await match.no(host)
    assert await match.names("Ada") == ["not-available"]
    seeker = await match.seeker("Ada")
    assert seeker.state == "paused"
    assert len(await match.talks("Ada")) == 3


async def test_a_silent_host_is_reminded_once_and_the_next_one_is_asked(match: Match) -> None:
    await pair(match)
    await match.passes(3 * DAY)
    assert await match.names("Kofi") == ["ask-host", "host-reminder"]
    await match.hosts("林雨")
    await match.passes(2 * DAY)
    old, new = (await match.talks("Ada"))[1], await match.talk("Ada")
    assert (old.state, new.state, new.attempt) == ("expired", "proposed", 2)
    assert new.the("host") == match.someone("林雨")
    assert await match.names("Kofi") == ["ask-host", "host-reminder"]
    assert match.reads("Ada") == []


async def test_a_day_with_a_message_has_no_question_and_the_next_one_has_it_at_ten(match: Match) -> None:
    now, kofi = match.home.sandbox.clock.now(), match.someone("Kofi")
    async with match.rooms.store.begin() as tx:
        await tx.budget.take([Wish(kofi.account, now.date(), "prompt", now)])
    await pair(match)
    assert match.reads("Kofi") == []
    (row,) = await match.letters("Kofi")
    assert row.planned_at == now.replace(hour=10) + DAY  # Accra is on UTC
    assert (await match.talk("Kofi")).expires_at == row.planned_at + steps.ANSWER_WITHIN
    await match.passes(timedelta(hours=22))
    assert len(match.reads("Kofi")) == 1


async def test_a_letter_of_an_outage_waits_for_a_free_day(match: Match) -> None:
    """It was to go out on Saturday at ten; we come back on Sunday, whose message has been sent."""
    await match.hosts("Kofi")
    await match.seeks("Ada")
    now, kofi = match.home.sandbox.clock.now(), match.someone("Kofi")
    async with match.rooms.store.begin() as tx:
        days = [now.date(), now.date() + 2 * DAY]
        await tx.budget.take([Wish(kofi.account, day, "prompt", now) for day in days])
    await match.jobs()
    await match.home.stop()
    match.home.sandbox.clock.advance(2 * DAY)
    await match.home.start()
    await match.settled()
    assert match.reads("Kofi") == []
    await match.passes(timedelta(hours=22))
    assert len(match.reads("Kofi")) == 1


async def test_from_the_introduction_to_what_came_of_it(match: Match) -> None:
    await pair(match)
    await match.yes("Kofi")
    await match.passes(4 * DAY)
    assert (await match.names("Ada"))[1:] == ["found-time"]
    await match.passes(7 * DAY)
    assert (await match.names("Ada"))[2:] == ["how-was-it"]
    assert (await match.names("Kofi"))[-1] == "how-was-it"
    talk, now = await match.talk("Ada"), match.home.sandbox.clock.now()
    async with match.rooms.store.begin() as tx:
        await tx.introductions.transition(
            talk.space, talk.id, ["introduced"], "met", now, next=steps.met(now), met_on=now.date()
        )
    for days, name in ((1, "thank-you"), (13, "pay-forward"), (16, "what-came")):
        await match.passes(days * DAY)
        assert (await match.names("Ada"))[-1] == name
    assert len(await match.names("Ada")) == 6
    assert (await match.talk("Ada")).next_at is None
    assert (await match.seeker("Ada")).state == "off"


async def test_nobody_is_asked_twice_how_it_was_and_silence_ends_it(match: Match) -> None:
    await pair(match)
    await match.yes("Kofi")
    for days in (4, 7, 14, 30):
        await match.passes(days * DAY)
    assert (await match.names("Ada"))[1:] == ["found-time", "how-was-it"]
    assert (await match.talk("Ada")).state == "closed"
    assert (await match.seeker("Ada")).state == "off"


async def test_a_host_who_leaves_is_gone_without_a_word_about_why(match: Match) -> None:
    await pair(match)
    await match.yes("Kofi")
    async with match.rooms.store.begin() as tx:
        await tx.forget.here(match.someone("Kofi"), match.home.sandbox.clock.now())
    await match.jobs()
    assert "gone" in await match.names("Ada")
    assert any("is no longer available" in seen.text for seen in match.life("Ada").person.dms())


async def test_a_seeker_nobody_was_named_to_searches_on_and_reads_nothing(match: Match) -> None:
    await pair(match)
    await match.hosts("林雨")
    async with match.rooms.store.begin() as tx:
        await tx.forget.here(match.someone("Kofi"), match.home.sandbox.clock.now())
    await match.jobs()
    hosts = {talk.state: talk.the("host") for talk in await match.talks("Ada")}
    assert hosts == {"gone": None, "proposed": match.someone("林雨")}
    assert match.reads("Ada") == []


async def test_whoever_is_blocked_is_never_asked(match: Match) -> None:
    await match.hosts("Kofi")
    ada = await match.meet("Ada")
    async with match.rooms.store.begin() as tx:
        await tx.blocks.block(match.someone("Kofi"), ada, match.home.sandbox.clock.now())
    await match.seeks("Ada")
    await match.jobs()
    assert await match.talks("Ada") == []


async def test_many_who_ask_at_once_ask_one_host_once(match: Match) -> None:
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.seeks("林雨")
    await asyncio.gather(*(propose_interviews.run(match.rooms) for _ in range(5)))
    await match.settled()
    assert await match.names("Kofi") == ["ask-host"], "one seat, one question"


@pytest.mark.parametrize("who", ["Ada", "Kofi"])
async def test_who_leaves_the_community_ends_it_for_both(match: Match, who: str) -> None:
    """Left, and not forgotten yet."""
    await pair(match)
    await match.yes("Kofi")
    async with match.rooms.store.begin() as tx:
        await tx.leaving.left([match.someone(who)], match.home.sandbox.clock.now())
    await match.passes(4 * DAY)
    stays = "Kofi" if who == "Ada" else "Ada"
    assert (await match.talk("Ada")).state == "gone"
    assert "gone" in await match.names(stays)
    assert "gone" not in await match.names(who)
    assert "found-time" not in await match.names("Ada")


async def test_a_question_of_somebody_who_left_is_not_put(match: Match) -> None:
    now, kofi = match.home.sandbox.clock.now(), match.someone("Kofi")
    async with match.rooms.store.begin() as tx:
        await tx.budget.take([Wish(kofi.account, now.date(), "prompt", now)])
    await pair(match)
    async with match.rooms.store.begin() as tx:
        await tx.leaving.left([match.someone("Ada")], now)
    await match.passes(timedelta(hours=22))
    assert match.reads("Kofi") == []
    assert await match.names("Kofi", "dead") == ["ask-host"]
