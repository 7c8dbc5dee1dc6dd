"""Spaces we are in: since when, and from which day on they are left."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from chat.people import Space, SpaceInfo
from store import Store
from store.leaving import GRACE

SHIRE = Space("slack", "TSHIRE")
AT = datetime(2026, 11, 20, tzinfo=UTC)
DAY = timedelta(days=1)


async def test_a_second_farewell_does_not_put_off_the_day_on_which_a_space_is_forgotten(store: Store) -> None:
    """Slack says it twice: its tokens are revoked, and the app is uninstalled."""
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SHIRE, "Shire"), AT)
        await tx.spaces.left(SHIRE, AT)
        await tx.spaces.left(SHIRE, AT + 20 * DAY)
        found = await tx.spaces.get(SHIRE)
        assert found is not None
        assert found.left_at == AT
        assert await tx.leaving.forget_spaces(AT + GRACE + DAY) == 1


async def test_a_space_that_comes_back_is_left_anew(store: Store) -> None:
    async with store.begin() as tx:
        await tx.spaces.joined(SpaceInfo(SHIRE, "Shire"), AT)
        await tx.spaces.left(SHIRE, AT)
        await tx.spaces.joined(SpaceInfo(SHIRE, "Shire"), AT + DAY)
        await tx.spaces.left(SHIRE, AT + 20 * DAY)
        found = await tx.spaces.get(SHIRE)
        assert found is not None
        assert found.left_at == AT + 20 * DAY
        assert await tx.leaving.forget_spaces(AT + GRACE + DAY) == 0
