"""One row that our own code breaks on: it is given up after a few tries, and everybody else's message comes in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from content.choose import Chosen
from content.library import Library
from faults._town import Town, settle
from faults.platforms import MOMENT
from scheduler import compose
from scheduler.outcome import TRIES
from store import Tx, tables
from store.deliveries import Delivery
from store.next_prompt import Wanted
from tests.kit.house import House, until

EACH = 5
Choose = Callable[[Tx, Library, Sequence[Wanted]], Awaitable[list[Chosen]]]


def _choosing(town: Town, monkeypatch: pytest.MonkeyPatch, breaks: Callable[[Tx], Awaitable[None]]) -> Choose:
    """Choosing a step for the first one breaks from now on; gives back what chose before."""
    culprit, choose = town.people["slack"][0].person, compose.next_prompts

    async def next_prompts(tx: Tx, library: Library, wanted: Sequence[Wanted]) -> list[Chosen]:
        if any(want.member.person == culprit for want in wanted):
            await breaks(tx)
        return await choose(tx, library, wanted)

    monkeypatch.setattr(compose, "next_prompts", next_prompts)
    return choose


async def _given_up(town: Town) -> Delivery:
    """Everybody but the first has their message; the first one's row once it is settled."""
    town.home.sandbox.clock.set(MOMENT)
    await until(lambda: town.count("slack") == {1: EACH - 1, 0: 1}, "everybody else's")
    (row,) = await town.rows(town.people["slack"][0])
    for _ in range(4 * TRIES):
        if row.state not in {"planned", "claimed", "retry"}:
            break
        await town.step(timedelta(seconds=31), timedelta(seconds=31), 0.2)
        (row,) = await town.rows(town.people["slack"][0])
    assert town.count("slack") == {1: EACH - 1, 0: 1}
    return row


async def test_a_card_too_long_breaks_its_own_row_alone(home: House) -> None:
    town = await settle(home, MOMENT, spaces=1, each=EACH, platforms=["slack"])
    async with town.store.begin() as tx:
        mine = tables.nudges.c.member == town.people["slack"][0].person.id
        await tx.nudges._db.execute(sa.update(tables.nudges).where(mine).values(anchor="x" * 1_000))  # pyright: ignore[reportPrivateUsage]
    row = await _given_up(town)
    assert (row.state, row.error, row.attempt) == ("dead", "broke", TRIES)


async def test_a_choice_that_fails_within_the_transaction_breaks_its_own_row_alone(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await settle(home, MOMENT, spaces=1, each=EACH, platforms=["slack"])

    async def breaks(tx: Tx) -> None:
        await tx.deliveries._db.execute(sa.text("SELECT no_such_column"))  # pyright: ignore[reportPrivateUsage]

    _choosing(town, monkeypatch, breaks)
    assert (await _given_up(town)).state == "dead"


async def test_a_library_without_a_step_for_somebody_breaks_their_row_alone(
    home: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await settle(home, MOMENT, spaces=1, each=EACH, platforms=["slack"])

    async def breaks(tx: Tx) -> None:
        raise LookupError("the pack has no prompt this member may see")

    choose = _choosing(town, monkeypatch, breaks)
    town.home.sandbox.clock.set(MOMENT)
    await until(lambda: town.count("slack") == {1: EACH - 1, 0: 1}, "everybody else's")
    monkeypatch.setattr(compose, "next_prompts", choose)
    for _ in range(20):
        await town.step(timedelta(seconds=31), timedelta(seconds=31), 0.1)
        if town.count("slack") == {1: EACH}:
            break
        await asyncio.sleep(0.1)
    assert town.count("slack") == {1: EACH}, "the mended pack's step comes at the next try"
