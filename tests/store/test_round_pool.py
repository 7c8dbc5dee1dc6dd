"""Who is in a round, as matching sees them: read from what members typed, without those who may not be in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from matching import weights
from matching.rules import CIRCLE_RULES
from matching.week import ANY, span
from store import Store
from store.adults import of_age
from store.conducts import ADULT
from store.participants import Participant
from store.programmes import Programme
from store.round_pool import history_of, peer_of, read_round_pool, rules_of
from tests.store.shire import (
    BILBO,
    COFFEE,
    DAY,
    EVERYBODY,
    FRODO,
    MERRY,
    NOW,
    PIPPIN,
    ROSIE,
    SAM,
    SHIRE,
    a_round,
    gather,
)

TYPED: Mapping[str, Any] = {"call_me": "Somebody", "languages": ["en"], "availability": "any"}


def part(person: Any, **changes: Any) -> Participant:
    """Somebody who joined the coffee rounds."""
    known = Participant(person=person, programme=COFFEE.name, since=NOW, profile=TYPED)
    return replace(known, **changes)


async def opened(store: Store, *participants: Participant, programme: Programme = COFFEE) -> None:
    """A round with them in it."""
    await gather(store)
    async with store.begin() as tx:
        await tx.programmes.save(programme, NOW)
        await tx.rounds.plan(a_round())
        for one in participants:
            await tx.participants.save(one, NOW)
        await tx.rounds.join(a_round(), {one.person: one.waited for one in participants})


async def test_whoever_left_paused_skips_is_unreachable_or_a_stranger_is_not_in_the_pool(store: Store) -> None:
    # A pause that is over by now is none.
    back = part(BILBO, state="paused", paused_until=NOW.date())
    away = part(PIPPIN, state="paused", paused_until=NOW.date() + timedelta(days=1))
    await opened(store, part(FRODO, waited=3), part(SAM), part(MERRY), away, part(ROSIE, external=True), back)
    async with store.begin() as tx:
        await tx.rounds.mark(a_round(), [SAM], "skipped")
        await tx.members.unreachable([MERRY])
        found = await read_round_pool(tx, a_round(), COFFEE, NOW)
    assert list(found.peers) == [BILBO.id, FRODO.id]
    assert set(found.members) == set(found.participants) == {BILBO, FRODO}
    assert found.peers[FRODO.id].wait == 3
    assert found.week.start == a_round().introduces_at


async def test_an_owner_may_let_strangers_of_shared_channels_in(store: Store) -> None:
    programme = replace(COFFEE, settings={"external": True})
    await opened(store, part(FRODO), part(ROSIE, external=True), programme=programme)
    async with store.begin() as tx:
        found = await read_round_pool(tx, a_round(), programme, NOW)
    assert list(found.peers) == [FRODO.id, ROSIE.id]
    assert found.rules.external_allowed


async def test_where_adults_alone_meet_whoever_has_not_said_so_is_not_in_the_pool(store: Store) -> None:
    await opened(store, part(FRODO), part(SAM))
    async with store.begin() as tx:
        assert await of_age(tx, SAM), "nobody asks"
        talks = Programme(space=SHIRE, name="interviews", zone="UTC", settings={"adults": True})
        await tx.programmes.save(talks, NOW)
        await tx.conducts.accept(FRODO, ADULT, NOW)
        found = await read_round_pool(tx, a_round(), COFFEE, NOW)
        assert list(found.peers) == [FRODO.id]
        assert (await of_age(tx, FRODO), await of_age(tx, SAM)) == (True, False)
        await tx.conducts.accept(SAM, ADULT, NOW)
        assert set((await read_round_pool(tx, a_round(), COFFEE, NOW)).peers) == {FRODO.id, SAM.id}


async def test_blocks_and_the_rounds_since_two_met_come_along(store: Store) -> None:
    await opened(store, *(part(person) for person in EVERYBODY))
    async with store.begin() as tx:
        await tx.rounds.plan(a_round(2))
        await tx.met.remember([(SAM, FRODO)], COFFEE.name, NOW, number=1)
        await tx.met.remember([(MERRY, PIPPIN)], "interviews", NOW)
        await tx.blocks.block(ROSIE, SAM, NOW)
        await tx.rounds.plan(a_round(3))
        found = await read_round_pool(tx, a_round(3), COFFEE, NOW + DAY)
        assert found.history == {(FRODO.id, SAM.id): 2}
        assert found.blocks == {(ROSIE.id, SAM.id)}
        assert await history_of(tx, SHIRE, COFFEE.name, 1) == {}, "not the round's own"
        assert await history_of(tx, SHIRE, COFFEE.name, 40) == {}, "long ago"


def test_what_a_member_typed_is_read_and_what_they_did_not_is_missing() -> None:
    said = {
        "call_me": "Sam", "languages": ("en", "zh"), "availability": "stated", "hours": ((0, 540, 600),),
        "native": "zh", "stage": 2, "goals": ("talk",), "team": "  Bag  End ", "theme": "learning", "hosts": True,
    }  # fmt: skip
    peer = peer_of(part(SAM, profile=said), "Europe/London", 2, new=False)
    assert (peer.languages, peer.hours, peer.native, peer.stage) == ({"en", "zh"}, span([0], 9, 10), "zh", 2)
    assert (peer.goals, peer.team, peer.hosts, peer.wait, peer.new) == ({"talk", "learning"}, "bag end", True, 2, False)
    little = peer_of(part(SAM, profile={"call_me": "Sam", "languages": ["en"]}), "UTC", 0, new=True)
    assert (little.hours, little.native, little.stage, little.goals, little.team) == (None, None, None, set(), None)
    assert peer_of(part(SAM), "UTC", 0, new=True).hours == ANY


def test_the_owners_choice_of_who_meets_becomes_weights() -> None:
    chosen = {who: rules_of(replace(COFFEE, settings={"who": who})).weights for who in ("anyone", "alike", "different")}
    assert list(chosen.values()) == [weights.COFFEE, weights.COFFEE_ALIKE, weights.COFFEE_DIFFERENT]
    assert all(one.symmetric for one in chosen.values())
    assert rules_of(COFFEE).weights == weights.COFFEE
    assert rules_of(replace(COFFEE, triad_before_repeat=True)).triad_before_repeat
    assert rules_of(replace(COFFEE, name="circles")) == CIRCLE_RULES
