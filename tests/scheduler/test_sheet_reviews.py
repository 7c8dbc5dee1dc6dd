"""Readers are asked one after the other, within their one message a day, never against a rule; and what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.failpoints import REVIEWS as KILLED
from scheduler.jobs import ask_reviewers
from sheets.sheet import Sheet
from store import severing
from store.budget import Wish
from store.participants import Participant
from store.programmes import Programme
from store.sheet_asks import SheetAsk
from store.sheet_reviews import ANSWER, EDITION, REVIEWS, STANDS, SheetReview
from tests.kit.house import House
from tests.kit.mortal_clock import dies
from tests.scheduler.matchmaking import Match
from tests.scheduler.sheeting import DAY, WISH, Desk

HOUR = timedelta(hours=1)


class Readers(Desk):
    """`looks` does what is due."""

    async def looks(self) -> None:
        """The job, and the letters it wrote."""
        await ask_reviewers.run(self.rooms)
        await self.settled()

    async def later(self, time: timedelta) -> None:
        """Time, and what it brings."""
        self.home.sandbox.clock.advance(time)
        await self.looks()

    async def offers(self, name: str, *, month: int = 4, language: str = "en", field: str = "") -> None:
        """Would read."""
        person = await Match(self.home, self.platform).meet(name)
        profile = {"languages": [language], "fields": [field] if field else [], "month": month}
        async with self.rooms.store.begin() as tx:
            if await tx.programmes.get(person.space, REVIEWS) is None:
                await tx.programmes.save(Programme(space=person.space, name=REVIEWS, zone="UTC", state="on"), self.now)
            await tx.conducts.accept(person, EDITION, self.now)
            part = Participant(person=person, programme=REVIEWS, since=self.now, profile=profile)
            await tx.participants.save(part, self.now)

    async def wishes(self, name: str = "Ada", field: str = "food") -> Sheet:
        """A sheet that wants a second pair of eyes."""
        sheet = await self.begins(name)
        review = SheetReview(
            space=sheet.space, sheet=sheet.id, state="looking", shown=frozenset({"problem"}), named=True, field=field,
            told=False, begun_at=self.now, ends_at=self.now + STANDS, next_at=self.now,
        )  # fmt: skip
        async with self.rooms.store.begin() as tx:
            await tx.sheet_reviews.save(review)
        return sheet

    async def review(self, sheet: Sheet) -> SheetReview:
        """As it stands."""
        async with self.rooms.store.begin() as tx:
            found = await tx.sheet_reviews.get(sheet.space, sheet.id)
        assert found is not None
        return found

    async def asks(self, sheet: Sheet) -> dict[str, str]:  # type: ignore[override]  # another question
        """Who was asked, and how each stands."""
        async with self.rooms.store.begin() as tx:
            found = {one.person: one.state for one in await tx.sheet_asks.of(sheet.space, sheet.id)}
        names = {self.someone(name): name for name in ("Ada", "Kofi", "林雨", "Sam", "Priya")}
        return {names[person]: state for person, state in found.items()}


@pytest.fixture
def readers(home: House) -> Readers:
    """One platform for each database."""
    assert home.app is not None
    return Readers(home, "slack" if home.app.store.dialect == "sqlite" else "discord")


async def test_who_knows_the_field_is_asked_first_and_after_two_silent_days_the_next(readers: Readers) -> None:
    await readers.offers("Sam")
    await readers.offers("Kofi", field="food")
    sheet = await readers.wishes()
    await readers.looks()
    assert await readers.asks(sheet) == {"Kofi": "asked"}
    (seen,) = readers.reads("Kofi")
    assert WISH in seen.text
    assert "Ada" not in seen.text, "no name before a yes"
    assert [control.label for control in seen.controls] == ["Yes, I will read it", "Not now", "Stop offering"]
    await readers.later(ANSWER - HOUR)
    assert await readers.asks(sheet) == {"Kofi": "asked"}
    await readers.later(2 * HOUR)
    assert await readers.asks(sheet) == {"Kofi": "silent", "Sam": "asked"}
    await readers.later(3 * DAY)
    assert await readers.asks(sheet) == {"Kofi": "silent", "Sam": "silent"}, "nobody twice"
    assert await readers.sent("Ada") == ["sheet-nobody"]
    assert "Nobody is free" in readers.reads("Ada")[-1].text


async def test_nobody_is_asked_against_a_rule_and_each_day_it_is_tried_again(readers: Readers) -> None:
    await readers.offers("林雨", language="zh")
    await readers.offers("Sam", month=0)
    await readers.offers("Kofi")
    sheet = await readers.wishes()
    async with readers.rooms.store.begin() as tx:
        await severing.block(tx, readers.someone("Kofi"), readers.someone("Ada"), readers.now)
    await readers.looks()
    assert await readers.asks(sheet) == {}
    assert await readers.sent("Ada") == ["sheet-nobody"]
    await readers.later(2 * DAY)
    assert await readers.sent("Ada") == ["sheet-nobody"], "said once"
    await readers.offers("Priya")
    await readers.later(DAY)
    assert await readers.asks(sheet) == {"Priya": "asked"}
    async with readers.rooms.store.begin() as tx:
        await tx.sheets.delete(sheet.space, sheet.id)
    await readers.later(3 * DAY)
    assert readers.reads("Kofi") == []


async def test_after_two_weeks_the_wish_ends(readers: Readers) -> None:
    sheet = await readers.wishes()
    await readers.looks()
    for _ in range(15):
        await readers.later(DAY)
    assert (await readers.review(sheet)).state == "over"
    await readers.offers("Kofi")
    await readers.later(DAY)
    assert await readers.asks(sheet) == {}


async def test_a_question_takes_the_readers_one_message_of_the_day(readers: Readers) -> None:
    await readers.offers("Kofi")
    async with readers.rooms.store.begin() as tx:
        kofi = readers.someone("Kofi")
        await tx.budget.take([Wish(kofi.account, readers.now.date(), "prompt", readers.now)])
    sheet = await readers.wishes()
    await readers.looks()
    assert await readers.asks(sheet) == {"Kofi": "asked"}
    assert readers.reads("Kofi") == []
    await readers.later(DAY)
    assert len(readers.reads("Kofi")) == 1


async def test_owners_hear_of_a_yes_and_of_the_end_and_after_thirty_days_nobody_reads_it(readers: Readers) -> None:
    await readers.offers("Kofi")
    sheet = await readers.wishes()
    await readers.looks()
    kofi = readers.someone("Kofi")
    async with readers.rooms.store.begin() as tx:
        known = await tx.sheet_asks.get(kofi, sheet.id)
        assert known is not None
        await tx.sheet_people.add(kofi, sheet.id, "reviewer", readers.now, state="in")
        await tx.sheet_asks.move(known, "yes", readers.now + 30 * DAY, tell="reads")
        await tx.sheet_comments.add(kofi, sheet.id, "problem", "Who counts?", readers.now)
    await readers.looks()
    await readers.looks()
    assert await readers.sent("Ada") == ["sheet-reads"]
    async with readers.rooms.store.begin() as tx:
        known = await tx.sheet_asks.get(kofi, sheet.id)
        assert known is not None
        await tx.sheet_asks.move(known, "done", known.next_at, tell="reviewed")
    await readers.looks()
    assert sorted(await readers.sent("Ada")) == ["sheet-reads", "sheet-reviewed"]
    assert "They left one comment." in readers.reads("Ada")[-1].text
    await readers.later(31 * DAY)
    assert await readers.asks(sheet) == {"Kofi": "ended"}
    async with readers.rooms.store.begin() as tx:
        part = await tx.sheet_people.get(kofi, sheet.id)
        assert part is not None
        assert part.state == "out"
        assert len(await tx.sheet_comments.of(sheet.space, sheet.id)) == 1, "what was said stays"


async def test_an_invitation_is_written_once_and_given_up_after_two_weeks(readers: Readers) -> None:
    sheet = await readers.begins("Ada")
    kofi = await Match(readers.home, readers.platform).meet("Kofi")
    async with readers.rooms.store.begin() as tx:
        await tx.sheet_people.add(kofi, sheet.id, "co-owner", readers.now)
        await tx.sheet_asks.add(SheetAsk(kofi, sheet.id, "co-owner", "new", readers.now, readers.now))
    await readers.looks()
    await readers.looks()
    (seen,) = readers.reads("Kofi")
    assert "Yes, gladly" in [control.label for control in seen.controls]
    await readers.later(15 * DAY)
    assert await readers.asks(sheet) == {"Kofi": "silent"}
    async with readers.rooms.store.begin() as tx:
        part = await tx.sheet_people.get(kofi, sheet.id)
    assert part is not None
    assert part.state == "out"


async def test_killed_while_it_asks_it_asks_once(readers: Readers) -> None:
    await readers.offers("Kofi")
    sheet = await readers.wishes()
    await readers.home.stop()
    await dies(readers.home.settings, *KILLED, readers.now)
    await readers.home.start()
    await readers.looks()
    assert await readers.asks(sheet) == {"Kofi": "asked"}
    assert len(readers.reads("Kofi")) == 1
    assert await readers.sent("Kofi") == ["sheet-ask"]


async def test_nobody_a_co_owner_is_apart_from_is_asked_and_nobody_for_an_owner_who_left(readers: Readers) -> None:
    await readers.offers("Kofi")
    sheet = await readers.wishes()
    sam = await Match(readers.home, readers.platform).meet("Sam")
    async with readers.rooms.store.begin() as tx:
        await tx.sheet_people.add(sam, sheet.id, "co-owner", readers.now, state="in")
        await severing.block(tx, sam, readers.someone("Kofi"), readers.now)
    await readers.looks()
    assert await readers.asks(sheet) == {}
    await readers.offers("Priya")
    async with readers.rooms.store.begin() as tx:
        await tx.leaving.left([readers.someone("Ada"), sam], readers.now)
    await readers.later(DAY)
    assert await readers.asks(sheet) == {}


async def test_who_has_room_for_a_letter_soon_is_asked_before_who_knows_the_field(readers: Readers) -> None:
    await readers.offers("Kofi", field="food")
    await readers.offers("Sam")
    kofi = readers.someone("Kofi").account
    async with readers.rooms.store.begin() as tx:
        await tx.budget.take(
            [Wish(kofi, (readers.now + n * DAY).date(), "prompt", readers.now + n * DAY) for n in range(4)]
        )
    sheet = await readers.wishes()
    await readers.looks()
    assert await readers.asks(sheet) == {"Sam": "asked"}
