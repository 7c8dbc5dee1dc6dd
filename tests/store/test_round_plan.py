"""A stored plan as matching reckons it, changed by a swap and stored again; refused where rules or wishes forbid it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chat.people import Person
from matching.swap import Refused, Swapped
from store import Conflict, Store
from store.participants import Participant
from store.programmes import Programme
from store.round_plan import exchanged, group_of, met_before, planned_of, regrouped
from store.round_pool import RoundPool, read_round_pool
from store.rounds import Group, Round
from tests.store.shire import BILBO, COFFEE, EVERYBODY, FRODO, MERRY, NOW, PIPPIN, ROSIE, SAM, SHIRE, a_round, gather

BARE: Mapping[str, Any] = {"level": 0, "meetings": (), "slot": None, "languages": ("en",)}
FREE: Mapping[str, Any] = {"languages": ["en"], "availability": "any"}

Profiles = Mapping[Person, Mapping[str, Any]]


async def planned(
    store: Store,
    groups: list[tuple[Person, ...]],
    profiles: Profiles,
    name: str = COFFEE.name,
) -> tuple[Round, Programme]:
    """A matched round of everybody named; who is in no group waits."""
    programme = replace(COFFEE, name=name, state="on", approve=True)
    this = replace(a_round(), programme=name)
    await gather(store)
    async with store.begin() as tx:
        await tx.programmes.save(programme, NOW)
        await tx.rounds.plan(this)
        for person in profiles:
            profile = {**FREE, **profiles[person]}
            await tx.participants.save(Participant(person=person, programme=name, since=NOW, profile=profile), NOW)
        await tx.rounds.join(this, dict.fromkeys(profiles, 1))
        seated = {person for group in groups for person in group}
        made = [Group(n, group, 0, BARE) for n, group in enumerate(groups, 1)]
        await tx.rounds.place(this, made, [person for person in profiles if person not in seated])
        opened = await tx.rounds.advance(this, "planned", "opened", next_at=this.matches_at)
        return await tx.rounds.advance(opened, "opened", "matched", next_at=this.introduces_at), programme


async def pool_of(store: Store, this: Round, programme: Programme) -> tuple[RoundPool, tuple[Group, ...]]:
    """As it stands now."""
    async with store.begin() as tx:
        return await read_round_pool(tx, this, programme, NOW), await tx.rounds.groups(this)


async def test_a_swap_keeps_numbers_and_untouched_groups(store: Store) -> None:
    this, programme = await planned(
        store, [(FRODO, SAM), (MERRY, PIPPIN), (BILBO, ROSIE)], dict.fromkeys(EVERYBODY, FREE)
    )
    pool, groups = await pool_of(store, this, programme)
    before = planned_of(pool, groups)
    done = exchanged(pool, before, SAM.id, MERRY.id)
    assert isinstance(done, Swapped)
    after = regrouped(pool, groups, done.round)
    assert [group.number for group in after] == [1, 2, 3]
    assert {frozenset(group.persons) for group in after} == {
        frozenset({FRODO, MERRY}), frozenset({SAM, PIPPIN}), frozenset({BILBO, ROSIE}),
    }  # fmt: skip
    assert after[2] == groups[2]
    assert after[0].reasons["languages"] == ("en",)
    back = exchanged(pool, done.round, SAM.id, MERRY.id)
    assert isinstance(back, Swapped)
    assert (back.score, back.cost) == (-done.score, -done.cost)


async def test_who_is_left_out_is_told_by_the_rule_that_binds_and_may_take_a_place(store: Store) -> None:
    profiles: Profiles = {FRODO: {}, SAM: {}, MERRY: {"languages": ["sindarin"]}, ROSIE: {}}
    this, programme = await planned(store, [(FRODO, SAM)], profiles)
    pool, groups = await pool_of(store, this, programme)
    plan = planned_of(pool, groups)
    assert {out.member: out.cause for out in plan.left} == {MERRY.id: "language", ROSIE.id: "taken"}
    done = exchanged(pool, plan, ROSIE.id, SAM.id)
    assert isinstance(done, Swapped)
    assert {out.member for out in done.round.left} == {MERRY.id, SAM.id}
    assert isinstance(exchanged(pool, plan, MERRY.id, SAM.id), Refused)
    with pytest.raises(ValueError, match="same place"):
        exchanged(pool, plan, FRODO.id, SAM.id)
    with pytest.raises(ValueError, match="no part"):
        exchanged(pool, plan, FRODO.id, BILBO.id)


async def test_a_block_is_refused_like_anything_else(store: Store) -> None:
    profiles = dict.fromkeys((FRODO, SAM, MERRY, PIPPIN), FREE)
    this, programme = await planned(store, [(FRODO, SAM), (MERRY, PIPPIN)], profiles)
    async with store.begin() as tx:
        await tx.blocks.block(MERRY, FRODO, NOW)
    pool, groups = await pool_of(store, this, programme)
    refused = exchanged(pool, planned_of(pool, groups), SAM.id, MERRY.id)
    assert isinstance(refused, Refused)


async def test_a_circle_has_one_host_and_who_wishes_one_partner_sits_in_none(store: Store) -> None:
    profiles: dict[Person, Mapping[str, Any]] = {
        FRODO: {"hosts": True}, SAM: {}, MERRY: {}, PIPPIN: {"hosts": True}, ROSIE: {"wish": "pair"},
        BILBO: {"wish": "pair"},
    }  # fmt: skip
    this, programme = await planned(store, [(FRODO, SAM, MERRY), (BILBO, ROSIE)], profiles, "circles")
    pool, groups = await pool_of(store, this, programme)
    plan = planned_of(pool, groups)
    assert isinstance(exchanged(pool, plan, PIPPIN.id, FRODO.id), Swapped), "one host for another"
    assert isinstance(exchanged(pool, plan, PIPPIN.id, SAM.id), Refused), "two hosts"
    assert isinstance(exchanged(pool, plan, ROSIE.id, SAM.id), Refused)


async def test_who_left_since_is_no_part_of_it(store: Store) -> None:
    this, programme = await planned(store, [(FRODO, SAM)], dict.fromkeys((FRODO, SAM, MERRY), FREE))
    async with store.begin() as tx:
        await tx.members.unreachable([SAM])
    pool, groups = await pool_of(store, this, programme)
    plan = planned_of(pool, groups)
    assert plan.matches == ()
    assert {out.member for out in plan.left} == {FRODO.id, MERRY.id}


async def test_repeats_are_those_within_the_rounds_that_count(store: Store) -> None:
    this, programme = await planned(store, [(FRODO, SAM)], dict.fromkeys((FRODO, SAM, MERRY), FREE))
    async with store.begin() as tx:
        await tx.met.remember([(FRODO, SAM)], programme.name, NOW, number=0)
    pool, groups = await pool_of(store, this, programme)
    assert met_before(pool, [FRODO.id, SAM.id]) == 1
    assert met_before(pool, [FRODO.id, MERRY.id]) == 0
    [match] = planned_of(pool, groups).matches
    assert group_of(pool, match, 7).number == 7


async def test_two_more_days_move_all_that_is_to_come_and_only_once(store: Store) -> None:
    this, _ = await planned(store, [(FRODO, SAM)], dict.fromkeys((FRODO, SAM), FREE))
    async with store.begin() as tx:
        held = await tx.rounds.hold_back(this, timedelta(hours=48))
    assert held.introduces_at - this.introduces_at == timedelta(hours=48)
    assert held.next_at == this.introduces_at + timedelta(hours=48)
    assert (held.closes_at - this.closes_at, held.matches_at) == (timedelta(hours=48), this.matches_at)
    with pytest.raises(Conflict):
        async with store.begin() as tx:
            await tx.rounds.hold_back(this, timedelta(hours=48))
    assert held.space == SHIRE
