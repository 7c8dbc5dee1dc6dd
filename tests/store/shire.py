"""A small community for the stories about matching: hobbits, what they typed, and introductions between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import NOTHING_SAID, Person, Space
from store import Store, Tx
from store.hosts import Host
from store.introductions import Introduction
from store.programmes import Programme
from store.proposals import Terms
from store.rounds import Round
from store.seekers import Seeker

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHIRE = Space("slack", "TSHIRE")
FRODO, SAM, MERRY, PIPPIN, ROSIE, BILBO = (
    Person(SHIRE, f"U{name}") for name in ("FRODO", "SAM", "MERRY", "PIPPIN", "ROSIE", "BILBO")
)
EVERYBODY = (FRODO, SAM, MERRY, PIPPIN, ROSIE, BILBO)
DAY = timedelta(days=1)
COFFEE = Programme(space=SHIRE, name="coffee:C1", zone="Europe/London")


def seeker(person: Person) -> Seeker:
    """Somebody who looks for an interview."""
    return Seeker(
        person=person, call_me=person.id[1:].title(), languages=frozenset({"en", "zh"}), role="data-engineer",
        curiosities=("How is a week?",), hours=((0, 540, 600), (4, 1080, 1440)), companies=("Bag End, Ltd.",),
        paths=frozenset({"switched_role"}), state="open", since=NOW, asked=(NOW.date(),), rules_at=NOW,
    )  # fmt: skip


def host(person: Person, capacity: int = 1) -> Host:
    """Somebody who gives them."""
    return Host(
        person=person, call_me=person.id[1:].title(), languages=frozenset({"en"}), role="data-engineer",
        topics=("pipelines",), about="gardens, too", capacity=capacity, state="open", idle_since=NOW, rules_at=NOW,
    )  # fmt: skip


def a_round(number: int = 1) -> Round:
    """One round of the coffee programme, a day for each step."""
    at = [NOW + DAY * n for n in range(5)]
    return Round(
        space=SHIRE, programme=COFFEE.name, number=number, seed=2**62 + number, opens_at=at[0], matches_at=at[1],
        introduces_at=at[2], follows_at=at[3], closes_at=at[4], next_at=at[0],
    )  # fmt: skip


async def gather(store: Store, *persons: Person) -> None:
    """They have met the bot."""
    async with store.begin() as tx:
        for person in persons or EVERYBODY:
            await tx.members.meet(person, NOTHING_SAID, NOW)


async def propose(tx: Tx, who: Person, whom: Person, now: datetime = NOW) -> Introduction:
    """Asks a host on behalf of a seeker; reminds on the third day."""
    reasons = ({"term": "topics", "tags": ("pipelines",)},)
    terms = Terms(next=("remind", now + 3 * DAY), score=640, reasons=reasons, expires_at=now + 5 * DAY)
    return await tx.proposals.propose(who, whom, terms, now)


async def offers(store: Store, whom: Person, capacity: int) -> None:
    """This member is a host of so many talks a month."""
    async with store.begin() as tx:
        known = await tx.hosts.get(whom)
        await tx.hosts.save(replace(known, capacity=capacity) if known else host(whom, capacity), NOW)
