"""A block takes effect: everywhere both are, at whatever point they are, and so that nobody can tell why."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from chat.people import NOTHING_SAID, Person, Space
from store import Store, severing
from store import following as steps
from store.introductions import TELL_GONE, Introduction
from store.proposals import INTERVIEWS, Terms
from tests.store.shire import FRODO, MERRY, NOW, ROSIE, SAM, SHIRE, gather, host, offers, propose, seeker

LATER = NOW + steps.SEVERED_AFTER
AT = {"proposed": 0, "accepted": 1, "introduced": 2, "scheduled": 3}


async def talk(store: Store, state: str, who: Person = FRODO, whom: Person = SAM) -> Introduction:
    """Frodo asked Sam, and they have come so far; Frodo waits for nobody else."""
    async with store.begin() as tx:
        await tx.seekers.save(replace(seeker(who), state="matched"), NOW)
        await tx.hosts.save(host(whom, 2), NOW)
        made = await propose(tx, who, whom)
        if AT[state] > 0:
            made = await tx.proposals.accept(whom, made.id, NOW, next=steps.accepted(NOW))
        if AT[state] > 1:
            step = tx.introductions.transition
            made = await step(who.space, made.id, ["accepted"], "introduced", NOW, next=None, place="C1")
        if AT[state] > 2:
            made = await tx.introductions.transition(
                who.space, made.id, ["introduced"], "scheduled", NOW, next=steps.scheduled(NOW)
            )
    return made


async def seats(store: Store) -> int:
    """Of Sam's two."""
    async with store.begin() as tx:
        return await tx.hosts.seats_left(SAM, NOW)


@pytest.mark.parametrize(
    ("state", "who", "search", "next_"),
    [
        ("proposed", SAM, "open", ("", None)),
        ("proposed", FRODO, "open", ("", None)),
        ("accepted", SAM, "open", ("", None)),
        ("accepted", FRODO, "open", (steps.TELL_HOST, LATER)),
        ("introduced", SAM, "off", (steps.TELL_SEEKER, LATER)),
        ("introduced", FRODO, "off", (steps.TELL_HOST, LATER)),
        ("scheduled", SAM, "off", (steps.TELL_SEEKER, LATER)),
    ],
)
async def test_who_was_told_of_a_yes_hears_later_that_it_is_off_and_a_search_without_a_name_goes_on(
    store: Store, state: str, who: Person, search: str, next_: tuple[str, object]
) -> None:
    await gather(store)
    made = await talk(store, state)
    async with store.begin() as tx:
        places = await severing.block(tx, who, SAM if who == FRODO else FRODO, NOW)
        found, row = await tx.introductions.get(SHIRE, made.id), await tx.seekers.get(FRODO)
    assert found is not None
    assert row is not None
    assert (found.state, row.state) == ("gone" if next_[1] else "closed", search)
    assert (found.next_step, found.next_at) == next_
    assert await seats(store) == (2 if found.state == "gone" or state == "proposed" else 1)
    assert len(found.persons) == 2, "either may still report the other"
    assert places == (((who, "C1"),) if AT[state] > 1 else ())


async def test_a_block_closes_what_is_open_in_every_guild_of_both(store: Store) -> None:
    here, there = ([Person(Space("discord", guild), n) for n in ("10", "11")] for guild in ("1", "2"))
    async with store.begin() as tx:
        for person in (*here, *there):
            await tx.members.meet(person, NOTHING_SAID, NOW)
    open_ = await talk(store, "introduced", *there)
    async with store.begin() as tx:
        assert await severing.block(tx, here[0], here[1], NOW) == ((there[0], "C1"),)
        found = await tx.introductions.get(there[0].space, open_.id)
    assert found is not None
    assert (found.state, found.next_step) == ("gone", steps.TELL_HOST)


async def test_a_conversation_of_a_talk_that_is_over_is_left_too(store: Store) -> None:
    await gather(store)
    made = await talk(store, "scheduled")
    async with store.begin() as tx:
        await tx.introductions.transition(SHIRE, made.id, ["scheduled"], "met", NOW, next=None, met_on=NOW.date())
        assert await severing.block(tx, FRODO, SAM, NOW) == ((FRODO, "C1"),)


async def test_a_coffee_nobody_was_introduced_at_is_off_for_all_of_them(store: Store) -> None:
    await gather(store)
    terms = Terms(next=(steps.INTRODUCE, NOW))
    async with store.begin() as tx:
        made = await tx.proposals.gather(SHIRE, "coffee", "coffee:C1", 1, [MERRY, SAM, ROSIE], terms, NOW)
        assert made is not None
        await severing.block(tx, SAM, ROSIE, NOW)
        found = await tx.introductions.get(SHIRE, made.id)
    assert found is not None
    assert (found.state, found.next_step) == ("gone", TELL_GONE)


async def test_two_who_block_each_other_at_once_do_not_wait_in_a_circle(store: Store) -> None:
    here, there = ([Person(Space("discord", guild), n) for n in ("10", "11")] for guild in ("1", "2"))
    async with store.begin() as tx:
        for person in (*here, *there):
            await tx.members.meet(person, NOTHING_SAID, NOW)
    await talk(store, "introduced", *here)
    await talk(store, "introduced", *there)

    async def block(who: Person, whom: Person) -> None:
        async with store.begin() as tx:
            await severing.block(tx, who, whom, NOW)
            await asyncio.sleep(0.02)

    await asyncio.wait_for(asyncio.gather(block(*here), block(there[1], there[0])), 20)
    async with store.begin() as tx:
        assert await tx.introductions.of(here[0]) == await tx.introductions.of(there[0]) == ()


async def test_a_yes_and_a_block_do_not_slip_past_each_other(store: Store) -> None:
    await gather(store)
    await offers(store, SAM, 2)
    async with store.begin() as tx:
        await tx.seekers.save(replace(seeker(FRODO), state="matched"), NOW)
        made = await propose(tx, FRODO, SAM)

    async def accept() -> None:
        async with store.begin() as tx:
            await tx.proposals.accept(SAM, made.id, NOW, next=steps.accepted(NOW))

    async def block() -> None:
        async with store.begin() as tx:
            await severing.block(tx, FRODO, SAM, NOW + timedelta(seconds=1))

    await asyncio.gather(accept(), block(), return_exceptions=True)
    async with store.begin() as tx:
        found = await tx.introductions.get(SHIRE, made.id)
        assert await tx.met.before(SHIRE, [INTERVIEWS]) == ()
    assert found is not None
    assert found.state in {"closed", "gone"}
