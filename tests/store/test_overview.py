"""The ledger as an operator sees it: what waits, what is stuck and why, and a doubt settled once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from chat.people import NOTHING_SAID, Person, Sent, Space, SpaceInfo
from store import Store
from store.claims import Result
from store.deliveries import NewDelivery, State
from store.overview import LOST, OVERDUE, Verdict, explain

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SAM = Person(Space("slack", "TSHIRE"), "USAM")
ROSIE = Person(Space("slack", "TROHAN"), "UROSIE")


async def planned(store: Store, *, day: int = 20, person: Person = SAM, settled: State | None = None) -> str:
    """A row of that day, due now; claimed and settled as wished. Its id."""
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(person.space, "x"), NOW)
        await tx.members.meet(person, NOTHING_SAID, NOW)
        (ref,) = await tx.deliveries.plan([NewDelivery(person, "prompt", date(2026, 11, day), NOW)])
    if settled is not None:
        async with store.begin() as tx:
            (row,) = await tx.claims.claim_these([ref], "w1", NOW)
        if settled != "claimed":
            sent = Sent("D1", "1.0") if settled == "sent" else None
            async with store.begin() as tx:
                await tx.claims.record([Result(row, settled, "connection_lost", sent, NOW)])
    return ref.id


async def test_it_counts_what_waits_and_says_who_rests(store: Store) -> None:
    await planned(store)
    await planned(store, day=21, settled="claimed")
    await planned(store, day=22, settled="ambiguous")
    await planned(store, day=23, settled="sent")
    async with store.begin() as tx:
        await tx.claims.rest("slack:TROHAN", NOW + timedelta(minutes=5), "ratelimited")
        await tx.claims.rest("discord", NOW - timedelta(minutes=5), "over")
        view = await tx.ledger.overview(NOW + timedelta(minutes=1))
    assert (view.due, view.oldest, view.claimed, view.ambiguous, view.inbox) == (1, NOW, 1, 1, 0)
    assert view.resting == {"slack:TROHAN": (NOW + timedelta(minutes=5), "ratelimited")}


async def test_stuck_is_what_a_person_has_to_look_at(store: Store) -> None:
    due, doubt = await planned(store), await planned(store, day=22, settled="ambiguous", person=ROSIE)
    await planned(store, day=23, settled="sent")
    async with store.begin() as tx:
        soon = await tx.ledger.stuck(NOW + timedelta(minutes=1))
        later = await tx.ledger.stuck(NOW + OVERDUE + timedelta(minutes=2))
    assert [row.id for row in soon] == [doubt]
    assert {row.id for row in later} == {due, doubt}
    told = {row.id: explain(row, NOW + timedelta(minutes=7)) for row in later}
    assert told[due][0] == "due for 7 minutes, no process took it"
    assert told[doubt][0] == "it is unknown whether it arrived (connection_lost)"
    assert "arrived, resend or drop" in told[doubt][1]


async def test_a_claim_nobody_settled_is_stuck_once_its_lease_is_long_over(store: Store) -> None:
    id_ = await planned(store, settled="claimed")
    really = datetime.now(UTC)  # leases live by the database's clock
    async with store.begin() as tx:
        assert await tx.ledger.stuck(NOW + timedelta(minutes=1)) == []
        (row,) = await tx.ledger.stuck(max(NOW + OVERDUE, really + LOST + timedelta(minutes=2)))
    assert row.id == id_
    assert explain(row, NOW)[0] == "a process claimed it and never said what came of it"


@pytest.mark.parametrize(
    ("verdict", "state", "error"),
    [("arrived", "sent", "settled_by_operator"), ("resend", "retry", "doubt:repeat"),
     ("drop", "dead", "dropped_by_operator")],
)  # fmt: skip
async def test_a_doubt_is_settled_once(store: Store, verdict: Verdict, state: str, error: str) -> None:
    id_ = await planned(store, settled="ambiguous")
    later = NOW + timedelta(hours=1)
    async with store.begin() as tx:
        assert await tx.ledger.settle(id_, verdict, later)
        assert not await tx.ledger.settle(id_, "drop", later)
        row = await tx.ledger.find(id_)
    assert row is not None
    assert (row.state, row.error) == (state, error)
    assert row.repeats == (verdict == "resend")


async def test_what_is_in_no_doubt_is_not_settled(store: Store) -> None:
    id_ = await planned(store, settled="sent")
    async with store.begin() as tx:
        assert not await tx.ledger.settle(id_, "resend", NOW)
        assert await tx.ledger.find("nothing") is None


async def test_a_token_that_works_again_ends_its_park_and_nothing_else(store: Store) -> None:
    id_ = await planned(store, settled="ambiguous")
    until = NOW + timedelta(hours=1)
    async with store.begin() as tx:
        assert await tx.ledger.settle(id_, "resend", NOW)
        (row,) = await tx.claims.claim(SAM.space, "w1", NOW, limit=5)
        await tx.claims.record([Result(row, "retry", "revoked:invalid_auth", at=until)])
        await tx.claims.rest(SAM.space.key, until, "revoked:invalid_auth")
        await tx.claims.rest(ROSIE.space.key, until, "ratelimited")
    async with store.begin() as tx:
        assert not await tx.claims.unrest(ROSIE.space, NOW)
        assert await tx.claims.unrest(SAM.space, NOW)
        assert set(await tx.claims.resting(NOW)) == {ROSIE.space.key}
        (again,) = await tx.claims.claim(SAM.space, "w1", NOW, limit=5)
    assert again.id == id_
