"""A doubt sent once more at an operator's wish keeps the night and the one message a day, and counts once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.operating import answer, printed
from content.library import load
from scheduler.resend import resend
from store import tables
from store.deliveries import Delivery
from tests.acceptance.days import Life
from tests.acceptance.steps import go_to, local, opt_in, steps
from tests.kit.house import House, until

REPEAT = "This may be a repeat."


async def _in_doubt(home: House, platform: str) -> tuple[Life, Delivery]:
    """Ada has had this morning's step, and nobody can say so."""
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    await ada.morning()
    async with ada.store.begin() as tx:
        prompt = sa.update(tables.deliveries).where(tables.deliveries.c.kind == "prompt")
        doubt = prompt.values(state="ambiguous", error="connection_lost", sent_at=None, message=None)
        await tx.deliveries._db.execute(doubt)  # pyright: ignore[reportPrivateUsage]
    [row] = await ada.rows()
    return ada, row


async def _say(ada: Life, row: Delivery) -> str:
    request = {"id": row.id, "as": "resend"}
    told = await answer(ada.store, request, ada.home.sandbox.clock.now())
    return str(told["error"]) if "error" in told else "\n".join(printed(told))


def _repeats(ada: Life) -> int:
    return sum(REPEAT in seen.text for seen in steps(ada.person))


async def test_at_night_on_a_day_that_had_its_step_it_waits_for_the_morning(home: House, platform: str) -> None:
    ada, row = await _in_doubt(home, platform)
    await ada.morning()  # the next day's own step
    before = (await ada.nudge()).unanswered
    await go_to(home, ada.person, 23, 30)
    assert f"held until {ada.today + timedelta(days=1)} 08:00 (Europe/London), for it is night there" in await _say(
        ada, row
    )
    await asyncio.sleep(0.5)
    await go_to(home, ada.person, 7, 59)
    await asyncio.sleep(0.5)
    assert (_repeats(ada), len(steps(ada.person))) == (0, 2)
    await ada.morning(8, 0)
    await until(lambda: _repeats(ada) == 1, "the repeat when the night is over")
    assert await ada.morning(8, 30) == [], "one message a day"
    assert (await ada.nudge()).unanswered == before, "it had been counted when it was given up"
    rows = await ada.rows()
    assert {one.id: one.state for one in rows}[row.id] == "sent"
    assert [one.day for one in rows if one.id == row.id] == [row.day]
    assert rows[-1].state == "skipped_budget"
    assert len(await ada.morning(8, 30)) == 1, "the day after all is as always"


async def test_by_day_it_goes_at_once_on_its_own_day_and_else_when_a_day_is_free(home: House, platform: str) -> None:
    ada, row = await _in_doubt(home, platform)
    home.sandbox.clock.advance(timedelta(minutes=10))  # until Discord has forgotten the key
    assert "it goes out now" in await _say(ada, row)
    await until(lambda: _repeats(ada) == 1, "the repeat")
    await ada.settled()
    async with ada.store.begin() as tx:
        again = await tx.ledger.find(row.id)
        assert again is not None
        await tx.claims._db.execute(sa.update(tables.deliveries).values(state="ambiguous"))  # pyright: ignore[reportPrivateUsage]
    await ada.morning()
    now = home.sandbox.clock.now()
    async with ada.store.begin() as tx:
        found = await resend(tx, again, load, now)
        assert found.at is not None
        assert (found.at - now, "today is used" in found.told) == (timedelta(hours=23, minutes=30), True)
    async with ada.store.begin() as tx:
        found = await resend(tx, again, load, now)
    assert found.at is None
    assert "settle it as arrived or drop" in found.told


@pytest.mark.parametrize(("command", "why"), [("/nudge off", "turned their steps off"), ("/nudge pause 3d", "paused")])
async def test_who_does_not_want_it_does_not_get_it(home: House, platform: str, command: str, why: str) -> None:
    ada, row = await _in_doubt(home, platform)
    await ada.person.type(command)
    said = await _say(ada, row)
    assert why in said
    assert "settle it as arrived or drop" in said
    [same] = await ada.rows()
    assert same.state == "ambiguous"
    assert local(home, ada.person).hour == 8
