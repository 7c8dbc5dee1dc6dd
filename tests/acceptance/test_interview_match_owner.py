"""What an owner lets happen around talks: invitations when nobody is free, talks for adults alone, a wish for quiet."""

from __future__ import annotations

from datetime import timedelta

import pytest

from content.interview_ways import PrepForm
from content.introduction_ways import PrepOpened, QuoteNot
from scheduler.jobs import invite_hosts
from tests.acceptance.talks import ROLE, Two, comes, offer, plain, press, seek
from tests.kit.house import House, until
from tests.scheduler.matchmaking import DAY, Match

QUIET = "They asked not to be quoted from this talk."
INVITED = "would like to talk with somebody who is: Machine learning engineer."


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada, who looks after this community, and Kofi in a running house."""
    return Two(home, platform)


def _invitations(two: Two) -> list[str]:
    """What the channel has read, whole."""
    return [plain(seen) for seen in two.kofi.person.here() if INVITED in plain(seen) and not seen.only_you]


async def _look(match: Match, time: timedelta = timedelta(0)) -> None:
    """The hour's look, and what it brings."""
    match.home.sandbox.clock.advance(time)
    await invite_hosts.run(match.rooms)
    await match.settled()


async def test_when_nobody_is_free_the_channel_is_invited_weekly_and_only_if_the_owner_lets_me(
    two: Two, platform: str
) -> None:
    match, owner = Match(two.home, platform), two.ada.person
    await match.meet("Ada")
    await match.seeks("Sam")
    await _look(match)
    assert _invitations(two) == [], "nobody allowed it"
    shown = await owner.type("/admin talks invite:on")
    assert "I may invite to offer a talk, and need a channel for it: place:here." in shown.text
    await _look(match)
    assert _invitations(two) == [], "there is no channel"
    shown = await owner.type("/admin talks place:here")
    assert "I invite there to offer a talk, once a week at most." in shown.text
    await _look(match)
    [first] = _invitations(two)
    assert f"Somebody here {INVITED}" in first, "one is not counted"
    assert "Sam" not in first
    for name in ("Kofi", "林雨"):
        await match.seeks(name)
    await _look(match, 6 * DAY)
    assert len(_invitations(two)) == 1
    await _look(match, DAY)
    assert f"3 members here {INVITED}" in _invitations(two)[-1]

    kofi = two.kofi.person
    post = next(seen for seen in reversed(kofi.here()) if INVITED in plain(seen))
    await kofi.press(post, "Offer a talk")
    assert any("It is no job application" in seen.text for seen in kofi.here()), "the rules, for him alone"
    assert len(_invitations(two)) == 2, "the invitation stays for the others"

    await match.hosts("Kofi", role=ROLE)
    await _look(match, 8 * DAY)
    assert len(_invitations(two)) == 2, "somebody is free"
    await owner.type("/admin talks invite:off")


async def test_an_invitation_that_waits_for_the_day_is_not_sent_when_somebody_offers_by_then(
    two: Two, platform: str
) -> None:
    match = Match(two.home, platform)
    await match.meet("Ada")
    await match.seeks("Sam")
    await two.ada.person.type("/admin talks place:here invite:on")
    await _look(match, timedelta(hours=12))  # midnight where Ada lives
    await match.hosts("Kofi", role=ROLE)
    await match.passes(timedelta(hours=10))
    assert _invitations(two) == []


async def test_where_talks_are_for_adults_each_says_so_once_and_is_not_matched_before(two: Two, platform: str) -> None:
    match = Match(two.home, platform)
    await offer(two.kofi.person)
    shown = await two.ada.person.type("/admin talks adults:on")
    assert "Talks, coffees and circles are for adults: each says once that they are of age." in shown.text
    await seek_of_age(two)
    await match.jobs()
    assert list(await two.talks(two.ada)) == [], "Kofi has not said so yet"
    told = await two.kofi.person.type("/interview-match status")
    assert "Meeting others here is for adults." in told.text
    assert "You offer talks" in plain(await two.kofi.person.press(told, "I am of age"))
    await match.passes(timedelta(minutes=11))
    assert [talk.state for talk in await two.talks(two.ada)] == ["proposed"]
    assert "Meeting others here is for adults." not in (await two.kofi.person.type("/interview-match status")).text


async def seek_of_age(two: Two) -> None:
    """Ada agrees to the rules, says that she is of age, and then finds the form as always."""
    person = two.ada.person
    await person.press(await person.type("/interview-match find"), "I agree")
    await until(lambda: any("One tap says that you are of age" in seen.text for seen in person.here()), "the question")
    await person.press(person.here()[-1], "I am of age")
    await person.world.dismiss(person.id)
    await seek(person)


async def test_a_host_who_would_rather_not_be_quoted_is_a_line_on_the_seekers_own_pages_alone(two: Two) -> None:
    id_ = await two.met()
    told = await press(two.ada, await two.hand(two.ada, QuoteNot(id_)), "quote-not")
    assert "This talk is not among yours." in told.text, "whoever asked cannot say so for the host"
    kept = await press(two.kofi, await two.hand(two.kofi, QuoteNot(id_)), "quote-not")
    assert "stands on their page" in kept.text
    assert not any(QUIET in seen.text for seen in two.ada.person.dms()), "nobody is written to"

    person = two.ada.person
    await press(two.ada, await two.hand(two.ada, PrepForm(id_, "after")), "prep-form")
    await person.world.submit(person.id, {})
    assert "Kept, sealed" in (await comes(two.ada, QUIET)).text
    await press(two.ada, await two.hand(two.ada, PrepOpened(id_)), "prep-opened")
    await person.world.submit(person.id, {})
    await until(lambda: sum(QUIET in seen.text for seen in person.dms()) == 2, "the page for the talk")
    assert not any(QUIET in seen.text for seen in two.kofi.person.dms())
