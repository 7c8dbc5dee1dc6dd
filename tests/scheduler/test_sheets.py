"""Letters about a sheet: asked for, once, while there is a reason, on a day without another one; and the end of sheets
nobody touches."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from chat.moment import Schedule
from scheduler.due_introductions import BROKEN
from scheduler.jobs import follow_sheets, tidy_sheets
from scheduler.when import next_moment
from sheets.sheet import Filled, Item
from store.budget import Wish
from tests.acceptance.days import OPEN
from tests.acceptance.steps import go_to
from tests.kit.house import House
from tests.scheduler.sheeting import DAY, WISH, Desk, on

HOUR = timedelta(hours=1)
HALF_A_YEAR = 180 * DAY + timedelta(minutes=1)


@pytest.fixture
def desk(home: House) -> Desk:
    """One platform for each database."""
    assert home.app is not None
    return Desk(home, "slack" if home.app.store.dialect == "sqlite" else "discord")


async def test_an_unfinished_sheet_is_recalled_once_to_who_asked_for_it(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    await desk.passes(3 * DAY - HOUR)
    assert desk.reads("Kofi") == []
    await desk.passes(HOUR)
    (seen,) = desk.reads("Kofi")
    assert WISH in seen.text
    assert "one line at the step where it rests" in seen.text
    assert [control.label for control in seen.controls] == ["Open the sheet", "Not now"]
    for _ in range(3):
        await desk.passes(4 * DAY)
    assert await desk.sent("Kofi") == ["sheet-follow"]
    async with desk.rooms.store.begin() as tx:
        assert not await tx.sheet_follows.ask(desk.someone("Kofi"), sheet.id, "unfinished", desk.now + DAY)


async def test_whoever_did_not_ask_reads_nothing(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.saves(on(sheet, "2026-11-25"))
    await desk.passes(20 * DAY)
    assert await desk.letters("Kofi") == []


async def test_each_touch_moves_it_on_also_when_the_letter_waits_already(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    await desk.passes(2 * DAY)
    sheet = await desk.saves(sheet)
    await desk.passes(2 * DAY)
    assert await desk.letters("Kofi") == []
    async with desk.rooms.store.begin() as tx:  # of this day somebody else has the message
        await tx.budget.take([Wish(desk.someone("Kofi").account, (desk.now + DAY).date(), "prompt", desk.now)])
    await desk.passes(DAY)
    (row,) = await desk.letters("Kofi")
    assert row.state == "planned", "for the next day at ten"
    await desk.saves(sheet)
    await desk.passes(DAY)
    assert desk.reads("Kofi") == [], "they are at it again"
    await desk.passes(2 * DAY)
    assert await desk.sent("Kofi") == ["sheet-follow"]


async def test_without_a_reason_none_is_written(desk: Desk) -> None:
    """Finished, put away, deleted, left; and somebody forgotten."""
    done, away, deleted, left = [await desk.begins("Kofi") for _ in range(4)]
    for sheet in (done, away, deleted, left):
        await desk.asks("Kofi", sheet, "unfinished")
    await desk.asks("Ada", await desk.begins("Ada"), "unfinished")
    await desk.saves(replace(done, state="done"))
    await desk.saves(replace(away, state="away"))
    async with desk.rooms.store.begin() as tx:
        await tx.sheets.delete(deleted.space, deleted.id)
        await tx.sheet_people.leave(desk.someone("Kofi"), left.id)
        await tx.forget.here(desk.someone("Ada"), desk.now)
    await desk.passes(4 * DAY)
    assert (await desk.letters("Kofi"), await desk.letters("Ada")) == ([], [])


async def test_a_letter_that_waits_is_not_sent_when_the_sheet_is_finished_meanwhile(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    async with desk.rooms.store.begin() as tx:
        await tx.budget.take([Wish(desk.someone("Kofi").account, (desk.now + 3 * DAY).date(), "prompt", desk.now)])
    await desk.passes(3 * DAY)
    assert [row.state for row in await desk.letters("Kofi")] == ["planned"]
    await desk.saves(replace(sheet, state="done"))
    await desk.passes(DAY)
    assert [row.error for row in await desk.letters("Kofi")] == ["not_true_any_more"]
    assert desk.reads("Kofi") == []


async def test_the_day_of_the_milestones_asks_what_became_of_the_numbers_also_on_a_finished_sheet(desk: Desk) -> None:
    sheet = await desk.begins("林雨")
    sheet = await desk.saves(on(sheet, "2026-12-10"))
    await desk.asks("林雨", sheet, "numbers")
    await desk.saves(replace(sheet, state="done"))
    await desk.passes(19 * DAY + 13 * HOUR)  # the ninth in London, the tenth at nine in Shanghai
    assert desk.reads("林雨") == []
    await desk.passes(HOUR)
    (seen,) = desk.reads("林雨")
    assert [control.label for control in seen.controls] == [
        "Open the sheet",
        "They moved",
        "They did not",
        "Not now",
    ]
    assert desk.now.astimezone(ZoneInfo("Asia/Shanghai")).time() == time(10)


async def test_a_date_that_moves_takes_its_letter_along_and_one_that_is_crossed_out_takes_it_away(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    sheet = await desk.saves(on(sheet, "2026-12-10"))
    await desk.asks("Kofi", sheet, "numbers")
    sheet = await desk.saves(on(sheet, "2026-11-25"))  # earlier
    sheet = await desk.saves(on(sheet, "2026-12-01"))  # and later
    await desk.passes(6 * DAY)
    assert await desk.letters("Kofi") == []
    await desk.passes(5 * DAY)
    assert await desk.sent("Kofi") == ["sheet-follow"]
    other = await desk.begins("Ada")
    other = await desk.saves(on(other, "2026-12-10"))
    await desk.asks("Ada", other, "numbers")
    await desk.saves(on(other, ""))
    await desk.passes(30 * DAY)
    assert await desk.letters("Ada") == []


async def test_the_day_to_decide_takes_the_decision_in_one_press_and_the_projects_end_an_answer(desk: Desk) -> None:
    """The pick goes into the sheet; what the project was is kept as a remark; each letter comes once."""
    projects = Filled(values={"projects": (Item(1, "Street lamps"), Item(2, "Reading list"))}, version=1)
    length = Filled(values={"amount": "2", "length": "weeks"}, version=1, saved_at=desk.now, first_on=desk.now.date())
    sheet = await desk.begins("Kofi", "pick", projects=projects, decide=length)
    await desk.asks("Kofi", sheet, "decide")
    for _ in range(6):
        sheet = await desk.saves(sheet)  # the day does not run away with them
        await desk.passes(DAY)
    assert desk.reads("Kofi") == []
    await desk.passes(DAY)
    (seen,) = desk.reads("Kofi")
    assert "Which one is it?" in seen.text
    await desk.life("Kofi").person.press(seen, "Reading list")
    kept = await desk.sheet(sheet)
    assert kept is not None
    assert kept.value("decide.picked") == "2"
    assert kept.value("decide.amount") == "2", "and nothing else of the form"
    await desk.asks("Kofi", kept, "stone")
    await desk.passes(7 * DAY)
    asked = desk.reads("Kofi")[-1]
    assert "Was it a stepping stone" in asked.text
    assert [control.label for control in asked.controls][1:4] == [
        "A stepping stone",
        "Not this time",
        "Too early to say",
    ]
    told = await desk.life("Kofi").person.press(asked, "Not this time")
    assert "Kept with the sheet" in told.text
    assert [control.label for control in told.controls] == ["Open the sheet"], "it is answered once"
    async with desk.rooms.store.begin() as tx:
        (remark,) = await tx.sheet_comments.of(kept.space, kept.id)
    assert remark.text == "Looking back: it was no stepping stone, and now that is known."


async def test_an_idea_comes_back_by_name_unless_it_was_scoped(desk: Desk) -> None:
    ideas = (Item(1, WISH), Item(2, "Nobody sees when the oven is free"))
    kept = Filled(values={"ideas": ideas}, version=1, saved_at=desk.now, first_on=desk.now.date())
    both = [await desk.begins(name, "ideas", kept=kept) for name in ("Kofi", "Ada")]
    for name, sheet in zip(("Kofi", "Ada"), both, strict=True):
        await desk.asks(name, await desk.saves(replace(sheet, state="done")), "resurface")
    await desk.begins("Kofi")  # a scope sheet about the first one
    await desk.begins("Ada")
    second = Filled(values={"wishes": (Item(1, "nobody sees when the oven is free."),)}, version=1)
    await desk.saves(replace(await desk.begins("Ada", problem=second), state="away"))
    await desk.passes(14 * DAY)
    (seen,) = desk.reads("Kofi")
    assert "Nobody sees when the oven is free" in seen.text
    assert desk.reads("Ada") == [], "both were taken up"


async def half_past_eight(desk: Desk) -> None:
    """Kofi's next morning, and all of it done."""
    await go_to(desk.home, desk.life("Kofi").person, 8, 30)
    for _ in range(400):
        nudge, rows = await desk.life("Kofi").nudge(), await desk.life("Kofi").rows(["prompt", "letter"])
        waits = [row for row in rows if row.state in OPEN and row.planned_at <= desk.now]
        if nudge.next_at is not None and nudge.next_at > desk.now and not waits:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("something due is not done")


async def test_it_is_the_one_message_of_its_day(desk: Desk) -> None:
    """Monday's step has come when it is due: it waits for Tuesday at ten, and Tuesday's step gives way to it."""
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    await desk.passes(2 * DAY)
    kofi = desk.someone("Kofi")
    schedule = Schedule(time(8, 30), "Africa/Accra", frozenset(range(7)))
    async with desk.rooms.store.begin() as tx:
        await tx.nudges.save(kofi, anchor="tea", tiny="read", celebrate="", schedule=schedule,
                             next=next_moment(schedule, desk.now), now=desk.now)  # fmt: skip
    await half_past_eight(desk)
    assert len(desk.reads("Kofi")) == 1
    await desk.passes(3 * HOUR + HOUR / 2)  # noon of the third day
    assert await desk.sent("Kofi") == []
    await half_past_eight(desk)
    assert len(desk.reads("Kofi")) == 1
    await desk.passes(HOUR + HOUR / 2)
    assert await desk.sent("Kofi") == ["sheet-follow"]
    await half_past_eight(desk)
    assert len(desk.reads("Kofi")) == 3, "and the next morning is a step's again"


async def test_nobody_is_written_to_at_night(desk: Desk) -> None:
    sheet = await desk.begins("林雨")
    await desk.passes(4 * HOUR)  # midnight in Shanghai
    sheet = await desk.saves(sheet)
    await desk.asks("林雨", sheet, "unfinished")
    await desk.passes(3 * DAY)
    assert desk.reads("林雨") == []
    await desk.passes(10 * HOUR)
    assert len(desk.reads("林雨")) == 1


async def test_a_co_owner_asks_for_their_own_and_who_is_out_gets_none(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    ada = await desk.begins("Ada")  # so that she is known
    async with desk.rooms.store.begin() as tx:
        await tx.sheets.delete(ada.space, ada.id)
        await tx.sheet_people.add(desk.someone("Ada"), sheet.id, "co-owner", desk.now, state="in")
    await desk.asks("Ada", sheet, "unfinished")
    await desk.asks("Kofi", sheet, "unfinished")
    async with desk.rooms.store.begin() as tx:
        await tx.sheet_people.set(desk.someone("Ada"), sheet.id, part="commenter")
    await desk.passes(3 * DAY)
    assert (await desk.sent("Kofi"), await desk.letters("Ada")) == (["sheet-follow"], [])


async def test_many_processes_at_once_write_it_once(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.asks("Kofi", sheet, "unfinished")
    desk.home.sandbox.clock.advance(3 * DAY)
    await asyncio.gather(*(follow_sheets.run(desk.rooms) for _ in range(5)))
    await desk.settled()
    assert len(desk.reads("Kofi")) == 1


async def test_one_that_does_not_open_keeps_nobody_up_and_is_not_lost(desk: Desk) -> None:
    """The operator mislaid the key it was sealed with."""
    lost, other = await desk.begins("Ada"), await desk.begins("Kofi")
    await desk.asks("Ada", lost, "unfinished")
    await desk.asks("Kofi", other, "unfinished")
    sealed = await desk.mislay(lost)
    await desk.passes(3 * DAY)
    assert (await desk.sent("Ada"), await desk.sent("Kofi")) == ([], ["sheet-follow"])
    await desk.mislay(lost, sealed)
    await desk.passes(BROKEN)
    assert await desk.sent("Ada") == ["sheet-follow"]


async def test_no_sheet_goes_untold_because_it_does_not_open(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    sealed = await desk.mislay(sheet)
    await desk.passes(HALF_A_YEAR)
    for _ in range(4):
        await desk.passes(20 * DAY)
    assert [row.state for row in await desk.letters("Kofi")] == ["retry"], "it waits for a key"
    await desk.mislay(sheet, sealed)
    assert await desk.sheet(sheet) is not None
    await desk.passes(DAY)
    assert await desk.sent("Kofi") == ["sheet-expires"]


async def test_a_sheet_nobody_touches_brings_one_notice_and_goes_thirty_days_later(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.passes(HALF_A_YEAR)
    (seen,) = desk.reads("Kofi")
    assert "nobody has touched it for half a year" in seen.text
    assert [control.label for control in seen.controls] == ["Keep the sheet", "Open the sheet", "Let it go"]
    await desk.passes(29 * DAY)
    assert await desk.sheet(sheet) is not None
    await desk.passes(2 * DAY)
    assert await desk.sheet(sheet) is None
    assert await desk.sent("Kofi") == ["sheet-expires"]


async def test_one_press_keeps_it_half_a_year_more_and_then_there_is_another_notice(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    await desk.passes(HALF_A_YEAR)
    (seen,) = desk.reads("Kofi")
    kept = await desk.life("Kofi").person.press(seen, "Keep the sheet")
    assert "stays another half year" in kept.text
    await desk.passes(60 * DAY)
    assert await desk.sheet(sheet) is not None
    await desk.passes(120 * DAY + HOUR)
    assert await desk.sent("Kofi") == ["sheet-expires", "sheet-expires"]


async def test_what_is_finished_stays_and_what_was_put_away_goes_after_a_notice(desk: Desk) -> None:
    done = await desk.saves(replace(await desk.begins("Priya"), state="done"))
    away = await desk.saves(replace(await desk.begins("Kofi"), state="away"))
    await desk.passes(HALF_A_YEAR)
    assert await desk.sheet(away) == away
    assert await desk.sent("Kofi") == ["sheet-expires"]
    await desk.passes(200 * DAY)
    assert (await desk.sheet(done), await desk.sheet(away)) == (done, None)
    assert await desk.letters("Priya") == []


async def test_no_sheet_goes_before_its_notice_was_there_for_thirty_days(desk: Desk) -> None:
    """The bot is away between the two."""
    sheet = await desk.begins("Kofi")
    today = (desk.now + HALF_A_YEAR).date()
    async with desk.rooms.store.begin() as tx:
        await tx.budget.take([Wish(desk.someone("Kofi").account, today, "prompt", desk.now)])
    await desk.passes(HALF_A_YEAR)
    assert [row.state for row in await desk.letters("Kofi")] == ["planned"], "tomorrow at ten"
    await desk.home.stop()
    desk.home.sandbox.clock.advance(45 * DAY)
    await desk.home.start()
    await desk.jobs()
    assert await desk.sheet(sheet) is not None
    assert len(desk.reads("Kofi")) == 1
    await desk.passes(29 * DAY)
    assert await desk.sheet(sheet) is not None
    await desk.passes(2 * DAY)
    assert await desk.sheet(sheet) is None


async def test_a_sheet_that_is_touched_while_its_notice_waits_brings_none(desk: Desk) -> None:
    sheet = await desk.begins("Kofi")
    today: date = (desk.now + HALF_A_YEAR).date()
    async with desk.rooms.store.begin() as tx:
        await tx.budget.take([Wish(desk.someone("Kofi").account, today, "prompt", desk.now)])
    desk.home.sandbox.clock.advance(HALF_A_YEAR)
    await asyncio.gather(*(tidy_sheets.run(desk.rooms) for _ in range(3)))
    await desk.saves(sheet)
    await desk.passes(2 * DAY)
    assert [row.error for row in await desk.letters("Kofi")] == ["not_true_any_more"]
    assert desk.reads("Kofi") == []
