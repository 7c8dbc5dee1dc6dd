"""Coffees of a channel as members live them: an owner begins, three and four take part, nobody meets the same twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

import pytest

from sandbox.world import Seen
from scheduler import failpoints
from store.introductions import Introduction
from store.programmes import Programme
from store.rounds import Round
from tests.acceptance.days import Community, Life
from tests.acceptance.talks import plain, press
from tests.kit.house import House, until

DAY = timedelta(days=1)
MONDAY = datetime.fromisoformat("2026-11-23T12:00+00:00")
NAME, AGREE = "What shall others call you?", "I agree"


@dataclass(frozen=True, slots=True)
class Coffee(Community):
    """The demo community, one channel of which has coffees every Tuesday at noon in London."""

    @property
    def programme(self) -> str:
        """Its name in the store."""
        return f"coffee:{self.life('Ada').person.place.rpartition('/')[2]}"

    async def begins(self, **answers: str) -> Seen:
        """Ada looks after the community."""
        ada = self.life("Ada").person
        listed = await ada.type("/admin rounds")
        await ada.press(listed, "Set up coffees here")
        given = {"How often?": "1", "On which day, at what time?": "Tuesday 12:00", **answers}
        return await ada.fill(dict(given))

    async def joins(self, name: str, **typed: str) -> Seen:
        """`/coffee join` to the answer, past the rules where they are not agreed to yet."""
        person = self.life(name).person
        if name == "林雨":
            await person.type("/language en")
        seen = await person.type("/coffee join")
        async with self.rooms.store.begin() as tx:  # where noon in London is day
            zone = "Asia/Shanghai" if name == "林雨" else "Europe/Paris"
            await tx.members.set_zone(self.life(name).someone, zone, "member")
        if person.world.dialog(person.id) is None:
            await person.press(seen, AGREE)
        hours = "When could you meet, by your clock?"
        return await person.fill({NAME: name, hours: "any", **typed})

    async def round(self) -> Round | None:
        """The newest one."""
        async with self.rooms.store.begin() as tx:
            found = await tx.rounds.newest(self.life("Ada").someone.space, self.programme)
        return found[0] if found else None

    async def reaches(self, moment: datetime, number: int, state: str) -> Round:
        """The clock stands at a moment, and the round is so far."""
        clock = self.home.sandbox.clock
        if clock.now() < moment:
            clock.advance(moment - clock.now())
        for _ in range(600):
            found = await self.round()
            if found is not None and (found.number, found.state) == (number, state):
                return found
            await asyncio.sleep(0.02)
        raise AssertionError(f"round {number} is never {state}: {await self.round()}")

    async def introductions(self, number: int, state: str = "introduced") -> tuple[Introduction, ...]:
        """Of a round, once none of them waits for its conversation any more."""
        space = self.life("Ada").someone.space
        for _ in range(600):
            async with self.rooms.store.begin() as tx:
                found = await tx.introductions.in_round(space, self.programme, number)
            if found and not any(one.state == "accepted" for one in found):
                return tuple(one for one in found if one.state == state)
            await asyncio.sleep(0.02)
        raise AssertionError("they were not introduced")

    async def put_off(self) -> None:
        """Waits until no introduction of the first round is due any more."""
        now, space = self.home.sandbox.clock.now(), self.life("Ada").someone.space
        for _ in range(400):
            async with self.rooms.store.begin() as tx:
                found = await tx.introductions.in_round(space, self.programme, 1)
            if all(one.next_at is not None and one.next_at > now for one in found):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it is tried again and again")

    async def reads(self, name: str, words: str, where: Callable[[Life], list[Seen]] | None = None) -> Seen:
        """The newest message to somebody that says so."""
        life, look = self.life(name), where or everywhere
        await until(lambda: any(words in plain(seen) for seen in look(life)), f"{name} reads: {words}")
        return [seen for seen in look(life) if words in plain(seen)][-1]


def everywhere(life: Life) -> list[Seen]:
    """Direct messages and conversations of several."""
    person = life.person
    return [*person.dms(), *(seen for room in person.groups() for seen in person.inside(room.id))]


def pairs(found: tuple[Introduction, ...]) -> set[frozenset[str]]:
    """Who meets whom."""
    return {frozenset(person.id for person in one.persons) for one in found}


def elements(native: object) -> list[object]:
    """Every object inside a message of the platform."""
    if isinstance(native, dict):
        values = list(cast("dict[str, object]", native).values())
        return [native, *(found for value in values for found in elements(value))]
    if isinstance(native, list):
        return [found for value in cast("list[object]", native) for found in elements(value)]
    return []


@pytest.fixture
def coffee(home: House, platform: str) -> Coffee:
    """A running house."""
    return Coffee(home, platform)


async def test_an_owner_begins_three_meet_one_comes_late_and_then_four_meet_anew(coffee: Coffee) -> None:
    kept = await coffee.begins()
    assert "Every week, Tuesday 12:00" in plain(kept)
    ada, kofi = coffee.life("Ada").person, coffee.life("Kofi").person
    assert "Coffee with somebody" not in str([seen.text for seen in kofi.here()]), "nothing is posted by itself"
    await ada.press(kept, "Post an invitation here")
    await until(lambda: any("Coffee with somebody from here?" in seen.text for seen in kofi.here()), "the invitation")
    invited = next(seen for seen in kofi.here() if "Coffee with somebody from here?" in seen.text)
    assert not invited.only_you
    await kofi.press(invited, "Take part")
    await until(lambda: any(c.label == AGREE for c in kofi.here()[-1].controls), "the rules")
    await kofi.press(kofi.here()[-1], AGREE)
    said = await kofi.fill({NAME: "Kofi", "When could you meet, by your clock?": "any"})
    assert "On Tuesday, 24 November, 12:00" in plain(said)
    async with coffee.rooms.store.begin() as tx:  # Discord knows nobody's clock
        await tx.members.set_zone(coffee.life("Kofi").someone, "Africa/Accra", "member")
    for name in ("Ada", "Sam"):
        await coffee.joins(name)

    await coffee.reaches(MONDAY, 1, "opened")
    soon = await coffee.reads("Sam", "A coffee is coming up")
    assert [control.label for control in soon.controls] == ["Skip this time", "Pause", "Leave"]
    await coffee.reaches(MONDAY + DAY, 1, "introduced")
    (three,) = await coffee.introductions(1)
    assert len(three.persons) == 3
    for name in ("Ada", "Kofi", "Sam"):
        intro = await coffee.reads(name, "To begin with:")
        assert all(f"**{who}**" in intro.text or who in plain(intro) for who in ("Ada", "Kofi", "Sam"))
        assert "Times that would suit all of you:" in intro.text
        assert {"Block", "Report"} <= {control.label for control in intro.controls}

    late = await coffee.joins("林雨")
    assert "This round has just begun" in plain(late)
    await coffee.reaches(MONDAY + 2 * DAY, 1, "introduced")
    left = await coffee.reads("林雨", "The numbers did not work out")
    assert "The next round is on Tuesday, 1 December" in plain(left)

    await coffee.reaches(MONDAY + 6 * DAY, 1, "followed")
    how = await coffee.reads("Sam", "Did you meet")
    assert "Lovely" in plain(await press(coffee.life("Sam"), how, "We met"))
    assert len(await coffee.introductions(1, "met")) == 1

    await coffee.reaches(MONDAY + 7 * DAY, 2, "opened")
    await coffee.reaches(MONDAY + 8 * DAY, 2, "introduced")
    two = pairs(await coffee.introductions(2))
    assert [len(pair) for pair in two] == [2, 2]


async def test_who_skips_and_who_leaves_is_left_in_peace_and_who_comes_late_is_the_third(coffee: Coffee) -> None:
    await coffee.begins()
    for name in ("Ada", "Kofi", "Sam", "林雨"):
        await coffee.joins(name)
    await coffee.reaches(MONDAY, 1, "opened")
    soon = await coffee.reads("Sam", "A coffee is coming up")
    skipped = await press(coffee.life("Sam"), soon, "Skip this time")
    assert "Nobody is told" in plain(skipped)
    leave = await coffee.life("林雨").person.type("/coffee leave")
    await coffee.life("林雨").person.press(leave, "Leave")
    await coffee.reaches(MONDAY + DAY, 1, "introduced")
    late = await press(coffee.life("Kofi"), await coffee.reads("Kofi", "A coffee is coming up"), "Skip this time")
    assert "gone out already" in plain(late)
    assert pairs(await coffee.introductions(1)) == {
        frozenset({coffee.life("Ada").someone.id, coffee.life("Kofi").someone.id})
    }
    assert not coffee.life("Sam").person.groups()

    status = await coffee.life("Sam").person.type("/coffee status")
    assert "You skip this round" in plain(status)
    await coffee.life("Sam").person.press(status, "I am back")
    await until(lambda: bool(coffee.life("Sam").person.groups()), "a conversation of three")
    intro = await coffee.reads("Sam", "To begin with:")
    assert all(name in plain(intro) for name in ("Ada", "Kofi", "Sam"))
    assert not coffee.life("林雨").person.groups()
    again = await coffee.life("林雨").person.type("/coffee status")
    assert "You do not take part" in plain(again)
    paused = await coffee.life("Kofi").person.type("/coffee pause 4w")
    assert "Quiet until" in plain(paused)


async def test_skipping_twice_skips_one_round_and_a_skip_that_is_over_is_none_any_more(coffee: Coffee) -> None:
    await coffee.begins(**{"Before people are introduced": "yes"})
    for name in ("Ada", "Kofi"):
        await coffee.joins(name)
    sam = coffee.life("Sam")
    assert "By Thursday, 26 November, 13:00 I bring people together, and I write to you before." in plain(
        await coffee.joins("Sam")
    )

    async def quiet_until() -> str:
        async with coffee.rooms.store.begin() as tx:
            part = await tx.participants.get(sam.someone, coffee.programme)
        assert part is not None
        return f"{part.state} {part.paused_until or ''}".strip()

    await coffee.reaches(MONDAY, 1, "opened")
    assert "by Thursday, 26 November, 13:00" in plain(await coffee.reads("Sam", "I bring people together"))
    this = await coffee.reaches(MONDAY + DAY, 1, "matched")
    assert "Nobody is told" in plain(await sam.person.type("/coffee skip"))
    assert "You skip this round already" in plain(await sam.person.type("/coffee skip"))
    assert await quiet_until() == "in"

    await coffee.reaches(this.introduces_at, 1, "introduced")
    assert "Nobody is told" in plain(await sam.person.type("/coffee skip"))
    assert await quiet_until() == "paused 2026-12-02"
    await coffee.reaches(MONDAY + 7 * DAY, 2, "opened")
    await coffee.reaches(MONDAY + 8 * DAY, 2, "matched")
    await coffee.reaches(MONDAY + 10 * DAY + timedelta(hours=1), 2, "introduced")
    assert sam.someone not in {person for one in await coffee.introductions(2) for person in one.persons}
    assert "Nobody is told" in plain(await sam.person.type("/coffee skip"))
    assert await quiet_until() == "paused 2026-12-09"


async def test_a_block_after_the_plan_is_seen_before_anybody_is_introduced(coffee: Coffee) -> None:
    await coffee.begins(**{"Before people are introduced": "yes"})
    for name in ("Ada", "Kofi", "Sam"):
        await coffee.joins(name)
    await coffee.reaches(MONDAY, 1, "opened")
    this = await coffee.reaches(MONDAY + DAY, 1, "matched")
    ada, kofi = coffee.life("Ada").someone, coffee.life("Kofi").someone
    async with coffee.rooms.store.begin() as tx:
        await tx.blocks.block(kofi, ada, coffee.home.sandbox.clock.now())
    await coffee.reaches(this.introduces_at, 1, "introduced")
    (made,) = await coffee.introductions(1)
    assert len(made.persons) == 2
    assert {ada, kofi} != set(made.persons)
    assert coffee.life("Sam").someone in made.persons

    other = next(person for person in made.persons if person != coffee.life("Sam").someone)
    name = "Ada" if other == ada else "Kofi"
    await coffee.reads(name, "To begin with:")
    async with coffee.rooms.store.begin() as tx:
        await tx.forget.here(coffee.life("Sam").someone, coffee.home.sandbox.clock.now())
    gone = await coffee.reads(name, "is no longer available")
    assert "Sam" not in gone.text


async def test_cut_off_while_introducing_and_while_asking_every_letter_comes_once(coffee: Coffee) -> None:
    await coffee.begins()
    for name in ("Ada", "Kofi"):
        await coffee.joins(name)
    cut: list[str] = []

    def reached(point: str) -> None:
        if point in {"gathered", "introducing", "following"} and point not in cut:
            cut.append(point)
            raise RuntimeError(point)  # nothing of this step is kept, and it is begun again some minutes later

    async def again(after: str) -> None:
        await until(lambda: after in cut, f"cut off at {after}")
        await coffee.put_off()
        coffee.home.sandbox.clock.advance(timedelta(minutes=20))

    failpoints.listen(reached)
    try:
        await coffee.reaches(MONDAY, 1, "opened")
        await coffee.reaches(MONDAY + DAY, 1, "introduced")
        await again("gathered")
        await again("introducing")
        await coffee.reads("Ada", "To begin with:")
        await coffee.reaches(MONDAY + 6 * DAY + timedelta(hours=1), 1, "followed")
        await again("following")
        for name in ("Ada", "Kofi"):
            await coffee.reads(name, "Did you meet")
    finally:
        failpoints.listen(None)
    assert cut == ["gathered", "introducing", "following"]
    for name in ("Ada", "Kofi"):
        life = coffee.life(name)
        assert len(life.person.groups()) == 1
        read = [plain(seen) for seen in everywhere(life)]
        assert sum("To begin with:" in text for text in read) == 1
        assert sum("Did you meet" in text for text in read) == 1


async def test_the_same_in_chinese(coffee: Coffee) -> None:
    await coffee.begins()
    await coffee.joins("Kofi")
    lin = coffee.life("林雨").person
    await lin.type("/language zh-CN")
    rules = await lin.type("/coffee join")
    await lin.press(rules, "我同意")
    kept = await lin.fill({"别人怎么称呼你？": "林雨", "按你那里的时间，什么时候可以？": "随时"})
    assert "你已经加入" in plain(kept)
    await coffee.reaches(MONDAY, 1, "opened")
    soon = await coffee.reads("林雨", "咖啡时间快到了")
    assert [control.label for control in soon.controls] == ["这次跳过", "暂停", "退出"]
    await coffee.reaches(MONDAY + DAY, 1, "introduced")
    await coffee.reads("Kofi", "To begin with:")
    await coffee.reaches(MONDAY + 6 * DAY, 1, "followed")
    how = await coffee.reads("林雨", "你和Kofi见面了吗")
    assert "谢谢" in plain(await press(coffee.life("林雨"), how, "聊过了"))
    status = await lin.type("/coffee status")
    assert "你参加了这个频道的咖啡时间" in plain(status)


async def test_strangers_and_who_is_no_owner_change_nothing(coffee: Coffee) -> None:
    kept = await coffee.begins()
    kofi = coffee.life("Kofi").person
    refused = {"slack": "look after this community", "discord": "do not have permission"}[coffee.platform]
    assert refused in plain(await kofi.type("/admin rounds"))
    ada = coffee.life("Ada").person
    off = await ada.press(kept, "Switch off")
    assert "off" in plain(off)
    said = await kofi.type("/coffee join")
    assert "There are no coffees here yet" in plain(said)


async def test_where_adults_alone_meet_coffees_and_circles_ask_it_too(coffee: Coffee) -> None:
    await coffee.begins()
    await coffee.joins("Sam")
    await coffee.life("Ada").person.type("/admin talks adults:on")
    kofi, sam, asks = coffee.life("Kofi").person, coffee.life("Sam").person, "Meeting others here is for adults."
    status = await sam.type("/coffee status")
    assert asks in status.text, "who took part before is asked too"
    assert "You take part" in plain(await sam.press(status, "I am of age"))
    await kofi.press(await kofi.type("/coffee join"), AGREE)
    await until(lambda: asks in kofi.here()[-1].text, "the question")
    assert kofi.world.dialog(kofi.id) is None
    await kofi.press(kofi.here()[-1], "I am of age")
    assert kofi.dialog().close == "Cancel"
    kept = await kofi.fill({NAME: "Kofi", "When could you meet, by your clock?": "any"})
    assert asks not in plain(kept)
    await sam.press(await sam.type("/circle host"), AGREE)
    assert len(sam.dialog().fields) == 5, "said once, for all of it"


async def test_where_a_clock_is_not_known_the_card_says_so_and_names_no_time(home: House) -> None:
    coffee = Coffee(home, "discord")
    await coffee.begins()
    await coffee.joins("Sam")
    kofi = coffee.life("Kofi").person
    await kofi.press(await kofi.type("/coffee join"), AGREE)
    await kofi.fill({NAME: "Kofi", "When could you meet, by your clock?": "any"})
    await coffee.reaches(MONDAY, 1, "opened")
    await coffee.reaches(MONDAY + DAY, 1, "introduced")
    (made,) = await coffee.introductions(1)
    assert made.slots == ()
    assert "hours" not in str(made.reasons)
    assert "I do not know all your clocks" in (await coffee.reads("Sam", "To begin with:")).text


async def test_coffees_belong_to_a_channel_and_forms_close_in_the_reader_s_language(home: House) -> None:
    coffee = Coffee(home, "slack")
    ada, lin = coffee.life("Ada").person, coffee.life("林雨").person
    await coffee.begins()
    channel = ada.place.rpartition("/")[2]
    ada.place = next(room.id for room in ada.world.rooms(ada.id) if room.kind == "dm")
    shown = await ada.type("/admin rounds")
    assert "Coffees belong to a channel" in shown.text
    assert "Set up coffees here" not in [control.label for control in shown.controls]
    assert f"Coffees {channel}" in shown.text.replace("#", ""), shown.text
    assert {"type": "channel", "channel_id": channel} in elements(shown.native), "the platform shows its name"
    await lin.press(await lin.type("/coffee join"), "我同意")
    assert lin.dialog().close == "取消"


async def test_an_owner_s_change_keeps_the_rhythm_and_the_clock_of_the_coffees(home: House) -> None:
    coffee = Coffee(home, "slack")
    ada, space = coffee.life("Ada").person, coffee.life("Ada").someone.space
    await coffee.begins(**{"How often?": "4"})
    async with coffee.rooms.store.begin() as tx:
        first = await tx.programmes.get(space, coffee.programme)
        assert first is not None
        assert first.next_round_at is not None
        matched, later = first.next_round_at + DAY, first.next_round_at + 28 * DAY
        this = Round(
            space=space, programme=coffee.programme, number=1, seed=7, state="introduced", opens_at=first.next_round_at,
            matches_at=matched, introduces_at=matched, follows_at=later, closes_at=later,
        )  # fmt: skip
        await tx.rounds.plan(this)
        await tx.programmes.save(replace(first, next_round_at=later), home.sandbox.clock.now())
        await tx.members.set_zone(coffee.life("Ada").someone, "Asia/Tokyo", "member")

    async def changes(when: str) -> Programme:
        await ada.press(await ada.type("/admin rounds"), "Change")
        await ada.fill({"How often?": "4", "On which day, at what time?": when})
        async with coffee.rooms.store.begin() as tx:
            found = await tx.programmes.get(space, coffee.programme)
        assert found is not None
        return found

    same = await changes("Tuesday 12:00")
    assert (same.next_round_at, same.zone) == (later, first.zone)
    await ada.type("/admin rounds notice:48")
    same = await changes("Tuesday 12:00")
    assert (same.next_round_at, same.notice_hours) == (later - DAY, 48)
    moved = await changes("Thursday 12:00")
    assert moved.next_round_at == later + DAY, "two days before a Thursday four weeks later"
