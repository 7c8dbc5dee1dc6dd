"""The dispatcher's contract, on a SQLite file and on PostgreSQL's turns alike: fair, patient, led by the ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chat import people
from sandbox.world import Fault
from store import Tx
from store.claims import Claims
from store.deliveries import Delivery, NewDelivery
from tests.acceptance.steps import go_to, opt_in, steps
from tests.kit.house import House, until
from tests.kit.people import Person

FLOOD = 1_000


async def _plan(home: House, who: Person, count: int, *, turn: bool = True) -> None:
    """So many steps for a person are due now, as if planned just now; without `turn` nobody is told."""
    assert home.app is not None
    space, _, id_ = who.id.partition("/")
    person = people.Person(people.Space(who.world.platform, space), id_)
    now = home.sandbox.clock.now()
    day = now.astimezone(ZoneInfo(who.resident.zone)).date()
    rooms = home.app.rooms
    async with rooms.store.begin() as tx:
        known = len(await tx.deliveries.recent(person, 2 * FLOOD))
        rows = [NewDelivery(person, "prompt", day, now, ordinal=known + n) for n in range(1, count + 1)]
        new = await tx.deliveries.plan(rows)
        if turn:
            await rooms.dispatcher.planned(tx, {person.space.key: len(new)})
    assert len(new) == count
    if turn:
        rooms.dispatcher.wake()


async def _two_spaces(home: House) -> tuple[Person, Person]:
    """Ada of the first workspace and Ada of the second, at noon."""
    ada, other = home.person("slack", "Ada"), home.person("slack", "Ada", space=1)
    await opt_in(ada)
    await opt_in(other)
    await go_to(home, ada, 8, 0)
    return ada, other


def _asked(ada: Person, since: int) -> int:
    return sum(e["method"] == "chat.postMessage" and e["n"] > since for e in ada.world.ledger())


def _newest(ada: Person) -> int:
    return max(e["n"] for e in ada.world.ledger())


async def test_a_space_with_a_thousand_due_does_not_delay_anothers_one(home: House) -> None:
    ada, other = await _two_spaces(home)
    await _plan(home, ada, FLOOD)
    await until(lambda: len(steps(ada)) > 0, "the flood has begun")
    await _plan(home, other, 1)
    await until(lambda: len(steps(other)) == 1, "the other space's one step")
    assert len(steps(ada)) < FLOOD / 10, "it came after the flood, or nearly"


async def test_a_throttled_space_rests_while_others_go_on(home: House) -> None:
    ada, other = await _two_spaces(home)
    ada.world.faults().add(Fault("chat.postMessage", "rate_limit", seconds=60))
    await _plan(home, ada, 20)
    await until(lambda: not ada.world.faults().pending(), "the throttling should have been met")
    await asyncio.sleep(0.5)  # what had been under way then has ended
    before, had = _newest(ada), len(steps(ada))
    await _plan(home, other, 1)
    await until(lambda: len(steps(other)) == 1, "the other space's one step")
    await asyncio.sleep(1.0)
    assert _asked(ada, before) == 1, "a space that was told to wait was asked again"
    home.sandbox.clock.advance(timedelta(seconds=65))
    await until(lambda: len(steps(ada)) > had, "the rest is over")


async def test_a_row_without_a_turn_is_found_in_the_ledger(home: House) -> None:
    ada, _other = await _two_spaces(home)
    await _plan(home, ada, 1, turn=False)
    await until(lambda: len(steps(ada)) == 1, "the ledger itself says what is due")


async def test_a_turn_without_a_row_does_nothing(home: House) -> None:
    ada, _other = await _two_spaces(home)
    await _plan(home, ada, 1)
    await until(lambda: len(steps(ada)) == 1, "the first step")
    assert home.app is not None
    rooms = home.app.rooms
    async with rooms.store.begin() as tx:
        await rooms.dispatcher.planned(tx, {"slack:T01MAKERS": 3})
    rooms.dispatcher.wake()
    await _plan(home, ada, 1)
    await until(lambda: len(steps(ada)) == 2, "the second step")
    await asyncio.sleep(0.5)
    assert len(steps(ada)) == 2


async def test_a_claim_whose_commit_is_refused_holds_no_room(home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, _other = await _two_spaces(home)
    assert home.app is not None
    rooms = home.app.rooms
    space = people.Space("slack", ada.id.partition("/")[0])
    room, claim, begin = rooms.pacer.room(space), Claims.claim, rooms.store.begin
    refused: list[int] = []
    full = False

    async def claimed(self: Claims, *args: Any, **kwargs: Any) -> list[Delivery]:
        nonlocal full
        taken = await claim(self, *args, **kwargs)
        full = len(taken) >= room
        return taken

    @asynccontextmanager
    async def refusing() -> AsyncGenerator[Tx]:
        async with begin() as tx:
            yield tx
            if full and not refused:
                refused.append(room)
                raise ConnectionError("the commit is refused")

    monkeypatch.setattr(Claims, "claim", claimed)
    monkeypatch.setattr(rooms.store, "begin", refusing)
    await _plan(home, ada, 2 * room)
    await until(lambda: len(steps(ada)) == 2 * room, "everything is sent all the same", 30)
    assert refused == [room]
    await until(lambda: rooms.pacer.room(space) == room, "nothing is counted as under way any more")
