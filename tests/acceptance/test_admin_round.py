"""/admin round: an owner looks at a round before members do, swaps two of it, lets it go out, and reads its figures."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from chat.people import NOTHING_SAID
from chat.people import Person as Someone
from content.round_ways import (
    RoundApproved,
    RoundHeld,
    RoundNotices,
    RoundReported,
    RoundShown,
    RoundSwapped,
    RoundSwapTried,
    RoundSwapTyping,
    RoundSwapWith,
    tag,
)
from sandbox.world import Seen
from scheduler.owner_notice import tell_owners
from store.owners import looks_after
from store.participants import Participant
from store.programmes import Programme
from store.proposals import Terms
from store.rounds import Group, Round
from tests.acceptance.days import Life, labels
from tests.acceptance.talks import Two, plain, press
from tests.kit.house import House, until

NAMES = ("Ada", "林雨", "Kofi", "Priya", "Sam")
EN: Mapping[str, Any] = {"languages": ["en"], "availability": "any"}
ALONE: Mapping[str, Any] = {"level": 0, "meetings": (), "slot": None, "languages": ("en",)}


@dataclass(frozen=True, slots=True)
class Round5(Two):
    """A coffee round that waits for Ada, who looks after the community: Kofi and Priya, Sam and 林雨; Ada has none."""

    @property
    def channel(self) -> str:
        """Where Ada types."""
        return self.ada.person.place.rpartition("/")[2]

    @property
    def programme(self) -> str:
        """Of that channel."""
        return f"coffee:{self.channel}"

    def someone(self, name: str) -> Someone:
        """As the store knows them."""
        return Life(self.home, self.home.person(self.platform, name), self.platform).someone

    async def waits(self, **profiles: Mapping[str, Any]) -> None:
        """The round is matched. `profiles`: what somebody typed besides, by name."""
        now, space = self.home.sandbox.clock.now(), self.ada.someone.space
        programme = Programme(space=space, name=self.programme, zone="Europe/London", state="on", approve=True)
        this = Round(
            space=space, programme=self.programme, number=5, seed=7, opens_at=now, matches_at=now,
            introduces_at=now + timedelta(hours=48), follows_at=now + timedelta(days=10),
            closes_at=now + timedelta(days=14), next_at=now + timedelta(days=40),
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            await tx.programmes.save(programme, now)
            for name in NAMES:
                await tx.members.meet(self.someone(name), NOTHING_SAID, now)
                profile = {**EN, "call_me": name, **profiles.get(name, {})}
                part = Participant(person=self.someone(name), programme=self.programme, since=now, profile=profile)
                await tx.participants.save(part, now)
            await tx.rounds.plan(this)
            await tx.rounds.join(this, {self.someone(name): int(name == "Ada") for name in NAMES})
            groups = [
                Group(1, (self.someone("Kofi"), self.someone("Priya")), 500, ALONE),
                Group(2, (self.someone("Sam"), self.someone("林雨")), 500, ALONE),
            ]
            await tx.rounds.place(this, groups, [self.someone("Ada")])
            this = await tx.rounds.advance(this, "planned", "opened", next_at=this.next_at)
            await tx.rounds.advance(this, "opened", "matched", next_at=this.introduces_at)

    async def round(self) -> Round:
        """As stored."""
        async with self.rooms.store.begin() as tx:
            found = await tx.rounds.get(self.ada.someone.space, self.programme, 5)
        assert found is not None
        return found

    async def groups(self) -> set[frozenset[str]]:
        """First names that sit together."""
        named = {self.someone(name): name for name in NAMES}
        this = await self.round()
        async with self.rooms.store.begin() as tx:
            groups = await tx.rounds.groups(this)
        return {frozenset(named[person] for person in group.persons) for group in groups}

    async def version(self) -> int:
        """Of the round, as a button of now carries it."""
        return (await self.round()).version

    def mark(self, name: str) -> str:
        """Somebody, as a button carries them."""
        return tag(self.someone(name).id)


@pytest.fixture
def five(home: House, platform: str) -> Round5:
    """Five people in a running house."""
    return Round5(home, platform)


def options(seen: Seen) -> list[str]:
    """What can be picked."""
    return [text for control in seen.controls for _, text in control.options]


async def test_an_owner_looks_swaps_and_lets_it_go_out(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person
    page = await ada.type("/admin round")
    assert page.only_you
    words = plain(page)
    assert "Round 5: Coffees of this channel" in words
    assert "4 placed, 1 left out, 0 meet again" in words
    assert "1 · Kofi, Priya" in words or "1 · Priya, Kofi" in words
    assert "Left out · Ada · those who fit meet others, 2 rounds without a group" in words
    assert "It goes out by itself on Sunday, 22 November, 12:00 (Europe/London)" in words

    whom = await ada.press(page, "Kofi · group 1")
    assert "With whom shall Kofi change places?" in plain(whom)
    assert sorted(options(whom)) == ["Ada · left out", "Sam · group 2", "林雨 · group 2"]
    price = await ada.press(whom, "Sam · group 2")
    assert "Kofi and Sam change places:" in plain(price)
    assert "points of fit" in plain(price)
    assert "Nobody is left out more." in plain(price)
    assert await five.groups() == {frozenset({"Kofi", "Priya"}), frozenset({"Sam", "林雨"})}, "nothing is done yet"
    after = await ada.press(price, "Do it")
    assert await five.groups() == {frozenset({"Sam", "Priya"}), frozenset({"Kofi", "林雨"})}
    assert "Round 5" in after.text

    later = await ada.press(after, "Two more days")
    assert "Round 5 waits. It goes out by itself on Tuesday, 24 November" in plain(later)
    assert (await five.round()).introduces_at == five.home.sandbox.clock.now() + timedelta(hours=96)
    done = await ada.press(await ada.press(later, "Back"), "It may go out")
    assert "Round 5 goes out now." in plain(done)
    assert (await five.round()).state in {"approved", "introduced"}


async def test_from_the_clock_through_an_owner_s_swap_to_the_introductions(five: Round5) -> None:
    now, space = five.home.sandbox.clock.now(), five.ada.someone.space
    four = NAMES[1:]
    async with five.rooms.store.begin() as tx:
        await tx.members.meet(five.ada.someone, NOTHING_SAID, now)
        await looks_after(tx, five.ada.someone, now)
        for name in four:
            await tx.members.meet(five.someone(name), NOTHING_SAID, now)
        due = Programme(
            space=space, name=five.programme, zone="Europe/London", state="on", approve=True, notice_hours=0,
            next_round_at=now, place=five.channel,
        )  # fmt: skip
        await tx.programmes.save(due, now)
        for name in four:
            profile = {**EN, "call_me": name}
            part = Participant(person=five.someone(name), programme=five.programme, since=now, profile=profile)
            await tx.participants.save(part, now)
    await until(lambda: any("Round 1 is matched." in plain(seen) for seen in five.ada.person.dms()), "the notice")
    async with five.rooms.store.begin() as tx:
        [this] = await tx.rounds.newest(space, five.programme)
        was = [set(group.persons) for group in await tx.rounds.groups(this)]
    named = {five.someone(name): name for name in four}
    one, other = (min(named[person] for person in group) for group in was)
    ada = five.ada.person
    whom = await ada.press(await ada.type("/admin round"), f"{one} · ")
    after = await ada.press(await ada.press(whom, f"{other} · "), "Do it")
    await ada.press(after, "It may go out")

    async def introduced() -> list[set[Someone]]:
        async with five.rooms.store.begin() as tx:
            talks = await tx.introductions.in_round(space, five.programme, 1)
        return [set(talk.persons) for talk in talks if talk.state == "introduced"]

    for _ in range(600):
        if len(await introduced()) == 2:
            break
        await asyncio.sleep(0.05)
    made = await introduced()
    assert len(made) == 2
    assert all(group not in was for group in made), "as the owner swapped them"
    out = await ada.type("/admin round")
    assert "Round 1 is out; nothing waits for you." in plain(out)
    report = await ada.press(out, "Figures")
    assert "4 (100%)" in plain(report)


async def test_who_is_left_out_takes_a_place_and_another_one_waits(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person
    whom = await ada.press(await ada.type("/admin round"), "Ada · left out")
    price = await ada.press(whom, "Sam · group 2")
    assert "One of them is left out in the place of the other." in plain(price)
    await ada.press(price, "Do it")
    assert await five.groups() == {frozenset({"Kofi", "Priya"}), frozenset({"Ada", "林雨"})}
    this = await five.round()
    async with five.rooms.store.begin() as tx:
        states = {one.person: one.state for one in await tx.rounds.present(this)}
    assert (states[five.someone("Sam")], states[five.someone("Ada")]) == ("waiting", "placed")


async def test_who_joined_late_is_seated_by_the_clock_and_not_touched_by_a_swap(five: Round5) -> None:
    await five.waits()
    this = await five.round()
    async with five.rooms.store.begin() as tx:
        await tx.rounds.mark(this, [five.someone("Ada")], "late")
    ada = five.ada.person
    page = await ada.type("/admin round")
    assert "4 placed, 0 left out" in plain(page)
    await ada.press(await ada.press(await ada.press(page, "Kofi · "), "Sam · "), "Do it")
    assert await five.groups() == {frozenset({"Sam", "Priya"}), frozenset({"Kofi", "林雨"})}
    async with five.rooms.store.begin() as tx:
        states = {one.person: one.state for one in await tx.rounds.present(this)}
    assert states[five.someone("Ada")] == "late"


async def test_a_block_and_a_missing_language_are_refused_with_the_same_words(five: Round5) -> None:
    await five.waits(林雨={"languages": ["en", "zh"]}, Priya={"languages": ["en", "zh"]}, Kofi={"languages": ["zh"]})
    now, told = five.home.sandbox.clock.now(), list[str]()
    async with five.rooms.store.begin() as tx:
        await tx.blocks.block(five.someone("Sam"), five.someone("Priya"), now)  # Sam could sit with Priya but for this
    ada = five.ada.person
    for one, other in (("Kofi", "林雨"), ("Kofi", "Sam"), ("Ada", "Kofi")):
        page = await ada.type("/admin round")
        whom = await ada.press(page, f"{one} · ")
        told.append(plain(await ada.press(whom, f"{other} · ")))
    assert {
        words.replace("林雨", "Sam").replace("Ada", "Kofi").count("cannot change places") for words in told[:2]
    } == {1}
    shapes = {
        words.replace("林雨", "X").replace("Sam", "X").replace("Kofi", "X").replace("Ada", "X") for words in told[:2]
    }
    assert len(shapes) == 1, "what keeps them apart cannot be told from the answer"
    assert not any("block" in words.casefold() for words in told)


async def test_a_large_round_is_reckoned_in_another_process_with_the_same_answers(
    five: Round5, monkeypatch: pytest.MonkeyPatch
) -> None:
    await five.waits()
    ada = five.ada.person
    here = await ada.type("/admin round")
    monkeypatch.setattr("commands._rounds.HERE", 0)
    there = await ada.type("/admin round")
    assert (plain(there), labels(there)) == (plain(here), labels(here))
    await ada.press(await ada.press(await ada.press(there, "Kofi · "), "Sam · "), "Do it")
    assert await five.groups() == {frozenset({"Sam", "Priya"}), frozenset({"Kofi", "林雨"})}


async def test_a_block_since_the_price_was_shown_still_counts(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person
    whom = await ada.press(await ada.type("/admin round"), "Kofi · group 1")
    price = await ada.press(whom, "Sam · group 2")
    async with five.rooms.store.begin() as tx:
        await tx.blocks.block(five.someone("Priya"), five.someone("Sam"), five.home.sandbox.clock.now())
    told = await ada.press(price, "Do it")
    assert "cannot change places in this round" in plain(told)
    assert await five.groups() == {frozenset({"Kofi", "Priya"}), frozenset({"Sam", "林雨"})}


async def test_whoever_comes_second_is_told_that_the_round_has_changed(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person
    page = await ada.type("/admin round")
    whom = await ada.press(await ada.type("/admin round"), "Kofi · group 1")
    price = await ada.press(whom, "Sam · group 2")
    this = await five.round()
    async with five.rooms.store.begin() as tx:
        await tx.rounds.place(this, await tx.rounds.groups(this), [five.someone("Ada")])
        await tx.rounds.advance(this, "matched", "matched", next_at=this.next_at)
    for seen, label in ((price, "Do it"), (page, "It may go out"), (page, "Two more days")):
        before = await five.round()
        await ada.press(seen, label)
        await until(lambda: "has changed meanwhile" in ada.here()[-1].text, label)
        assert await five.round() == before


async def test_names_may_be_typed_for_a_large_round(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person

    async def typed(one: str, other: str) -> str:
        await ada.press(await ada.type("/admin round"), "Type two names")
        await until(lambda: ada.world.dialog(ada.id) is not None, "the form")
        return plain(await ada.fill({"First name of one": one, "First name of the other": other}))

    assert "kofi" in (await typed("Kofi", "sam")).casefold()
    assert "Kofi and Sam change places:" in plain(ada.here()[-1])
    assert "Nobody in this round is called *Bob*." in await typed("*Bob*", "Sam")
    assert "stand in the same place" in await typed("Kofi", "Priya")


async def test_it_is_for_owners_alone_also_by_its_buttons(five: Round5) -> None:
    await five.waits()
    told = await five.kofi.person.type("/admin round")
    assert "those who look after this community" in told.text or "do not have permission" in told.text
    version, kofi, sam = await five.version(), five.mark("Kofi"), five.mark("Sam")
    p = five.programme
    looks = (RoundShown(p), RoundReported(p), RoundNotices(p, wanted=True), RoundSwapTyping(p, version))
    swaps = (
        RoundSwapWith(p, version, kofi),
        RoundSwapTried(p, version, kofi, sam),
        RoundSwapped(p, version, kofi, sam),
    )
    decides = (RoundApproved(p, version), RoundHeld(p, version))
    for actions in (looks, (*swaps, *decides)):
        letter = await five.hand(five.kofi, *actions)
        for action in actions:
            seen = await press(five.kofi, letter, action.wire_name)
            assert "those who look after this community" in seen.text
    assert (await five.round()).version == version


async def test_the_report_tells_figures_and_no_small_counts_of_private_answers(five: Round5) -> None:
    await five.waits()
    now, space = five.home.sandbox.clock.now(), five.ada.someone.space
    this = await five.round()
    async with five.rooms.store.begin() as tx:
        for group in await tx.rounds.groups(this):
            terms = Terms(next=None, round=this.number)
            made = await tx.proposals.gather(
                space, "coffee", p := this.programme, group.number, group.persons, terms, now
            )
            assert made is not None, p
            await tx.introductions.transition(space, made.id, ["accepted"], "introduced", now, next=None)
            await tx.introductions.transition(space, made.id, ["introduced"], "met", now, next=None, met_on=now.date())
    report = await five.ada.person.type("/admin round report")
    words = plain(report)
    assert "Report: Coffees of this channel" in words
    assert "4 (80%)" in words, "placed, and their share"
    assert "Groups that met" in words
    assert words.count("<3") == 3, "two groups met, and nobody says so; nor that one did not"
    assert "Waiting, with the rounds so far: Ada (2)" in words
    talks = await five.ada.person.press(report, "Talks")
    assert "Hosts asked" in talks.text


async def test_talks_are_reported_by_counts_and_roles_that_lack_hosts(two: Two) -> None:
    await two.introduced()
    async with two.rooms.store.begin() as tx:
        seeker = await tx.seekers.get(two.ada.someone)
        assert seeker is not None
        lost = replace(seeker, person=two.sam.someone, role="role.data-scientist", state="open", version=0)
        since = two.home.sandbox.clock.now() - timedelta(days=9)
        await tx.seekers.save(replace(lost, since=since), two.home.sandbox.clock.now())
    report = await two.ada.person.type("/admin round report talks")
    words = plain(report)
    for line in ("Hosts asked", "Introduced", "Looking for a host", "9 days", "fewer than 3"):
        assert line in words
    assert "1 look for it, 0 free" in words


async def test_an_owner_hears_of_a_round_once_without_names_and_may_stop_that(five: Round5) -> None:
    async with five.rooms.store.begin() as tx:
        await tx.members.meet(five.ada.someone, NOTHING_SAID, five.home.sandbox.clock.now())
        await looks_after(tx, five.ada.someone, five.home.sandbox.clock.now())
    await five.waits()
    for _ in range(2):
        async with five.rooms.store.begin() as tx:
            await tell_owners(five.rooms, tx, five.ada.someone.space, five.programme, 5, five.home.sandbox.clock.now())
    five.rooms.dispatcher.wake()
    await until(lambda: any("Round 5 is matched." in plain(seen) for seen in five.ada.person.dms()), "the notice")
    [notice] = five.ada.person.dms()
    assert "4 placed in 2 groups, 1 left out." in plain(notice)
    assert not any(name in notice.text for name in NAMES)
    await five.ada.person.press(await five.ada.person.type("/admin round"), "No notices to me")
    await until(lambda: "about rounds no more" in five.ada.person.here()[-1].text, "it stops")
    assert "Tell me of rounds" in labels(await five.ada.person.type("/admin round"))


async def test_a_notice_is_not_sent_once_somebody_has_decided(five: Round5) -> None:
    await five.waits()
    this, now = await five.round(), five.home.sandbox.clock.now()
    async with five.rooms.store.begin() as tx:
        await looks_after(tx, five.ada.someone, now)
        await tell_owners(five.rooms, tx, this.space, this.programme, this.number, now)
        await tx.rounds.advance(this, "matched", "approved", next_at=now + timedelta(days=40))
    five.rooms.dispatcher.wake()
    await five.ada.settled()
    assert not any("is matched" in seen.text for seen in five.ada.person.dms())


async def test_in_chinese(five: Round5) -> None:
    await five.waits()
    ada = five.ada.person
    await ada.type("/language zh-CN")
    page = await ada.type("/admin round")
    assert "第 5 轮" in page.text
    assert "可以发出了" in labels(page)
    whom = await ada.press(page, "Kofi · ")
    price = await ada.press(whom, "Sam · ")
    assert "交换位置" in price.text
    await ada.press(price, "就这么办")
    assert await five.groups() == {frozenset({"Sam", "Priya"}), frozenset({"Kofi", "林雨"})}
    word = "报告" if five.platform == "slack" else "report"  # Discord takes its own choices alone
    report = await ada.type(f"/admin round {word}")
    assert "报告：这个频道" in report.text
    assert "已安排" in report.text


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)
