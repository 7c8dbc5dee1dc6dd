"""A row that may have arrived is settled before anything else is said of it: late, paused, turned off or refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from sandbox.world import Fault
from store import tables
from store.deliveries import DOUBT, Delivery
from tests.acceptance.days import Life
from tests.acceptance.steps import opt_in, steps
from tests.kit.house import House

POST = {"slack": "chat.postMessage", "discord": "/messages"}


async def _row(ada: Life) -> Delivery:
    """Once it is settled."""
    (row,) = await ada.rows()
    for _ in range(40):
        if row.state not in {"planned", "claimed", "retry"}:
            return row
        ada.home.sandbox.clock.advance(timedelta(seconds=5))
        await asyncio.sleep(0.15)
        (row,) = await ada.rows()
    raise AssertionError(f"{row.state} {row.error}")


async def _ready(home: House, platform: str) -> Life:
    ada = Life(home, home.person(platform, "Ada"), platform)
    await opt_in(ada.person)
    return ada


async def _doubt(ada: Life, *, arrived: bool) -> None:
    """The morning's step is in doubt again, and due; `arrived`: it did."""
    if arrived:
        await ada.morning()
    else:
        ada.person.world.faults().add(Fault(POST[ada.platform], "rate_limit", seconds=600))
        ada.home.sandbox.clock.set((await ada.nudge()).next_at)  # type: ignore[arg-type]  # it has one
        for _ in range(100):
            rows = await ada.rows()
            if rows and rows[0].state == "retry":
                break
            await asyncio.sleep(0.05)
    assert len(steps(ada.person)) == arrived
    await ada.home.stop()
    await _sql(ada, f"UPDATE deliveries SET state = 'retry', error = '{DOUBT}lease_expired', sent_at = NULL, "
               "message = NULL, place = NULL, not_before = planned_at WHERE kind = 'prompt'")  # fmt: skip
    await _sql(ada, "DELETE FROM rests")


async def _sql(ada: Life, statement: str) -> None:
    from store import Keyring, open_store

    store = await open_store(ada.home.settings.database, keyring=Keyring.parse(ada.home.settings.keys))
    try:
        async with store.begin() as tx:
            await tx.deliveries._db.execute(sa.text(statement))  # pyright: ignore[reportPrivateUsage]
    finally:
        await store.close()


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "did not arrive"])
@pytest.mark.parametrize("what", ["late", "paused", "opted_out"])
async def test_what_is_no_longer_to_be_sent_is_looked_up_and_only_then_given_up(
    home: House, platform: str, what: str, arrived: bool
) -> None:
    ada = await _ready(home, platform)
    await _doubt(ada, arrived=arrived)
    if what == "late":
        home.sandbox.clock.advance(timedelta(hours=5))
    else:
        change = {"paused": "paused_until = '2027-01-01'", "opted_out": "state = 'off'"}[what]
        await _sql(ada, f"UPDATE nudges SET {change}")
    before = await _unanswered(ada)
    await home.start()
    row = await _row(ada)
    assert len(steps(ada.person)) == arrived, "only settled, not sent"
    if platform == "slack":  # cannot be asked with our few scopes
        assert (row.state, row.error) == ("ambiguous", f"lease_expired, {what}")
    elif arrived:
        assert (row.state, row.sent is not None) == ("sent", True)
    else:
        assert (row.state, row.error) == ("skipped_late" if what == "late" else "dead", what)
    maybe = row.state in {"sent", "ambiguous"}
    assert (await ada.nudge()).unanswered == before + maybe
    async with ada.store.begin() as tx:
        assert [one.id for one in await tx.ledger.stuck(home.sandbox.clock.now())] == [row.id] * (
            row.state == "ambiguous"
        )


async def _unanswered(ada: Life) -> int:
    from store import Keyring, open_store

    store = await open_store(ada.home.settings.database, keyring=Keyring.parse(ada.home.settings.keys))
    try:
        async with store.begin() as tx:
            return int((await tx.nudges._db.execute(sa.select(tables.nudges.c.unanswered))).scalar_one())  # pyright: ignore[reportPrivateUsage]
    finally:
        await store.close()


async def test_a_refusal_within_the_window_of_the_key_does_not_make_a_doubt_dead(home: House) -> None:
    ada = await _ready(home, "discord")
    await _doubt(ada, arrived=True)
    ada.person.world.faults().add(Fault("/messages", "refuse", times=20, status=403, code="50007"))
    await home.start()
    row = await _row(ada)
    assert (row.state, row.error) == ("ambiguous", "lease_expired, 50007")
    assert (await ada.nudge()).next_at is None, "and the member is left in peace"


async def test_what_may_have_arrived_in_a_space_we_left_stays_in_doubt(home: House) -> None:
    ada = await _ready(home, "slack")
    await _doubt(ada, arrived=True)
    await home.start()
    await _row(ada)
    async with ada.store.begin() as tx:
        await tx.deliveries._db.execute(sa.update(tables.deliveries).values(state="retry", error=DOUBT + "x"))  # pyright: ignore[reportPrivateUsage]
        await tx.claims.space_left(ada.someone.space)
        (row,) = [one for one in await tx.deliveries.recent(ada.someone, 5) if one.kind == "prompt"]
    assert (row.state, row.error) == ("ambiguous", "space_left")
