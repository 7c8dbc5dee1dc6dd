"""The choice as it is really made: from the ledger, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from chat.people import NOTHING_SAID, Person, Space, SpaceInfo
from store import Store
from store.deliveries import NewDelivery
from store.next_prompt import next_prompt
from tests.kit.house import shipped

LIBRARY = shipped().library
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")


async def test_a_step_seen_long_ago_is_known_as_seen(store: Store) -> None:
    """Half of the pack was seen a quarter of a year ago: it may come again, but the other half is twice as likely."""
    open_ = sorted(id_ for id_, prompt in LIBRARY.prompts.items() if not prompt.requires_optin)
    old = set(open_[::2])
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(ADA.space, "shire"), NOW)
        await tx.members.meet(ADA, NOTHING_SAID, NOW)
        for n, id_ in enumerate(sorted(old)):
            day = NOW.date() - timedelta(days=90 + n)
            await tx.deliveries.plan([NewDelivery(ADA, "asked", day, NOW, subject=id_, subject_rev=1, state="sent")])
        days = [NOW.date() + timedelta(days=n) for n in range(150)]
        picks = [(await next_prompt(tx, LIBRARY, ADA, day)).id for day in days]
    again = sum(id_ in old for id_ in picks)
    assert 25 <= again <= 70, "about a third"


async def test_a_sensitive_step_comes_only_when_its_topic_is_asked_for(store: Store) -> None:
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(ADA.space, "shire"), NOW)
        await tx.members.meet(ADA, NOTHING_SAID, NOW)
        unasked = [await next_prompt(tx, LIBRARY, ADA, date(2026, 1, 1) + timedelta(days=n)) for n in range(100)]
        asked = await next_prompt(tx, LIBRARY, ADA, NOW.date(), topic="days")
    assert not any(prompt.requires_optin for prompt in unasked)
    assert asked.topic == "days"
