"""Fair to both sides: a no cannot be read off anywhere, hosts are not used up, and what does not work is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chat.people import NOTHING_SAID
from content.introduction_ways import HostNotNow, Rematch, TalkMet, TalkMissed
from store.proposals import Terms
from tests.acceptance.days import labels
from tests.acceptance.talks import Two, comes, plain, press
from tests.kit.house import House

DAY = timedelta(days=1)


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def status(two: Two) -> str:
    """What Ada reads of her search."""
    return plain(await two.ada.person.type("/interview-match status"))


async def test_the_status_after_a_no_is_the_status_before_it_until_the_question_would_have_ended(two: Two) -> None:
    await two.ready()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        terms = Terms(next=None, expires_at=now + 5 * DAY)
        id_ = (await tx.proposals.propose(two.ada.someone, two.kofi.someone, terms, now)).id
    before = await status(two)
    assert "I have asked somebody: Machine learning engineer." in before
    await press(two.kofi, await two.hand(two.kofi, HostNotNow(id_)), "host-not-now")
    await two.searches(lambda seeker: seeker.state == "open")
    assert await status(two) == before
    two.home.sandbox.clock.advance(5 * DAY + timedelta(minutes=1))
    assert "I am looking for someone" in await status(two)


async def test_one_request_looks_again_for_free_once_and_then_it_is_the_next_request(two: Two) -> None:
    id_ = await two.introduced()
    missed = await press(two.ada, await two.hand(two.ada, TalkMissed(id_)), "talk-missed")
    await press(two.ada, missed, "Look for somebody else")
    seeker = await two.seeker()
    assert (seeker.state, len(seeker.asked)) == ("open", 1)
    second = await another(two)
    await press(two.ada, await two.hand(two.ada, TalkMissed(second)), "talk-missed")
    await press(two.ada, await two.hand(two.ada, Rematch(second)), "rematch")
    seeker = await two.seeker()
    assert (seeker.state, len(seeker.asked)) == ("open", 2)
    third = await another(two, day=True)
    await press(two.ada, await two.hand(two.ada, TalkMissed(third)), "talk-missed")
    rests = await press(two.ada, await two.hand(two.ada, Rematch(third)), "rematch")
    assert "Two requests a month is what I ask of hosts" in plain(rests)
    assert (await two.seeker()).state == "off"


async def another(two: Two, *, day: bool = False) -> str:
    """Ada is introduced to Sam; `day`: and to 林雨."""
    now, host = two.home.sandbox.clock.now(), two.home.person(two.platform, "林雨" if day else "Sam")
    someone = replace(two.sam.someone, id=host.resident.id) if day else two.sam.someone
    async with two.rooms.store.begin() as tx:
        await tx.members.meet(someone, NOTHING_SAID, now)
        kofi = await tx.hosts.get(two.kofi.someone)
        assert kofi is not None
        await tx.hosts.save(replace(kofi, person=someone, version=0), now)
        made = await tx.proposals.propose(two.ada.someone, someone, Terms(next=None), now)
        await tx.seekers.matched(two.ada.someone, now)
        await tx.proposals.accept(someone, made.id, now, next=None)
        await tx.introductions.transition(someone.space, made.id, ["accepted"], "introduced", now, next=None)
    return made.id


async def test_a_host_who_gets_a_rest_is_told_and_may_end_it(two: Two) -> None:
    id_, now = await two.introduced(), two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        await tx.hosts.talked(two.kofi.someone, now, shown_up=False)
    await press(two.ada, await two.hand(two.ada, TalkMissed(id_)), "talk-missed")
    told = await comes(two.kofi, "so I ask you nothing until")
    assert "Ada" not in told.text
    host = await two.host()
    assert (host.state, host.no_shows) == ("paused", 0), "the count begins anew"
    await press(two.kofi, told, "I am back")
    assert (await two.host()).state == "open"


async def test_a_talk_that_happened_speaks_for_the_host(two: Two) -> None:
    id_, now = await two.introduced(), two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        await tx.hosts.talked(two.kofi.someone, now, shown_up=False)
    await press(two.ada, await two.hand(two.ada, TalkMet(id_)), "talk-met")
    assert (await two.host()).no_shows == 0


async def test_who_cannot_be_written_to_reads_why_nothing_comes_and_tries_again(two: Two) -> None:
    await two.ready()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        await tx.seekers.searching(two.ada.someone, now)
        await tx.members.unreachable([two.ada.someone])
    said = await two.ada.person.type("/interview-match status")
    assert "Direct messages from me do not reach you" in plain(said)
    assert "I look again every day" not in plain(said)
    assert "Those who would fit" not in plain(said)
    assert "Try again" in labels(said)
    now_is = await two.ada.person.press(said, "Try again")
    assert "Direct messages from me do not reach you" not in plain(now_is)
    async with two.rooms.store.begin() as tx:
        ada = (await tx.members.of([two.ada.someone]))[two.ada.someone]
    assert ada.reachable
