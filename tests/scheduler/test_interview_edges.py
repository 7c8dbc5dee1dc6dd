"""The edges of a question: a letter that never arrives, a pause that ends, a seat that is free, no clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chat.people import NOTHING_SAID
from chat.people import Person as Someone
from faults._town import POST
from sandbox.world import Fault
from scheduler.jobs import follow_introductions
from store import following as steps
from tests.kit.house import House
from tests.scheduler.matchmaking import DAY, Match


@pytest.fixture
def match(home: House, platform: str) -> Match:
    """On this platform."""
    return Match(home, platform)


async def test_a_question_that_cannot_reach_its_host_goes_to_the_next_one_at_once(match: Match) -> None:
    where, code = (POST["slack"], "messages_tab_disabled") if match.platform == "slack" else ("/messages", "50007")
    match.life("Kofi").person.world.faults().add(Fault(where, "refuse", status=403, code=code))
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.jobs()
    assert await match.names("Kofi", "dead") == ["ask-host"]
    await match.hosts("Sam")
    await match.passes(timedelta(minutes=1))
    hosts = {talk.state: talk.the("host") for talk in await match.talks("Ada")}
    assert hosts == {"expired": match.someone("Kofi"), "proposed": match.someone("Sam")}


async def test_a_pause_ends_with_the_day_of_whoever_paused(match: Match) -> None:
    clock = match.home.sandbox.clock
    clock.advance(timedelta(hours=24 - clock.now().hour))
    tomorrow = clock.now().date() + DAY
    await match.hosts("Kofi")
    await match.seeks("Ada", state="paused", paused_until=tomorrow)
    async with match.rooms.store.begin() as tx:
        await tx.members.set_zone(match.someone("Ada"), "America/Los_Angeles", "member")
    await match.jobs()
    assert await match.talks("Ada") == []
    clock.advance(timedelta(days=1, hours=2))
    await match.jobs()
    assert await match.talks("Ada") == [], "there it is still the day before"
    async with match.rooms.store.begin() as tx:
        await tx.members.set_zone(match.someone("Ada"), "Pacific/Auckland", "member")
    clock.advance(timedelta(minutes=11))
    await match.jobs()
    assert [talk.state for talk in await match.talks("Ada")] == ["proposed"]


async def test_a_seat_is_free_again_when_the_other_side_is_gone(match: Match) -> None:
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.jobs()
    await match.yes("Kofi")
    async with match.rooms.store.begin() as tx:
        await tx.leaving.left([match.someone("Ada")], match.home.sandbox.clock.now())
    await match.passes(4 * DAY)
    assert "gone" in await match.names("Kofi")
    assert any("your seat is free again" in seen.text for seen in match.reads("Kofi"))
    async with match.rooms.store.begin() as tx:
        assert await tx.hosts.seats_left(match.someone("Kofi"), match.home.sandbox.clock.now()) == 1


async def test_thanks_for_one_talk_do_not_end_the_search_for_the_next_one(match: Match) -> None:
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.jobs()
    await match.yes("Kofi")
    talk, now = await match.talk("Ada"), match.home.sandbox.clock.now()
    async with match.rooms.store.begin() as tx:
        await tx.introductions.transition(
            talk.space, talk.id, ["introduced"], "met", now, next=steps.met(now), met_on=now.date()
        )
        await tx.seekers.searching(match.someone("Ada"), now)
    match.home.sandbox.clock.advance(timedelta(minutes=1))
    await match.hosts("Sam")
    await match.jobs()
    assert (await match.talk("Ada")).the("host") == match.someone("Sam")
    match.home.sandbox.clock.advance(DAY)
    await follow_introductions.run(match.rooms)
    assert (await match.seeker("Ada")).state == "matched"


class Clockless(Match):
    """Kofi's clock is not known."""

    async def meet(self, name: str) -> Someone:
        if name != "Kofi":
            return await Match.meet(self, name)
        async with self.rooms.store.begin() as tx:
            await tx.members.meet(self.someone(name), NOTHING_SAID, self.home.sandbox.clock.now())
        return self.someone(name)


async def test_where_a_clock_is_not_known_no_time_is_named(home: House, platform: str) -> None:
    match = Clockless(home, platform)
    await match.hosts("Kofi")
    await match.seeks("Ada")
    await match.jobs()
    assert not any("hours a week" in seen.text for seen in match.reads("Kofi"))
    await match.yes("Kofi")
    await match.passes(timedelta(hours=20))
    talk = await match.talk("Ada")
    assert (talk.state, len(talk.slots)) == ("introduced", 0)
    for name in ("Ada", "Kofi"):
        text = " ".join(seen.text for seen in match.reads(name))
        assert "I do not know all your clocks" in text
        assert "for example" not in text
        assert "for Kofi" not in text


async def test_names_are_told_as_they_were_typed(match: Match) -> None:
    await match.hosts("Kofi", company="OpenAI", school="MIT", paths=frozenset({"same_school"}))
    await match.seeks("Ada", companies=("openai",), school="mit", paths=frozenset({"same_school"}))
    await match.jobs()
    (asked,) = match.reads("Kofi")
    assert "They would like to know OpenAI better." in asked.text
    assert "openai" not in asked.text
