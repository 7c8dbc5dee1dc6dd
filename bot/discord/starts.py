"""The daily budget of session starts: Discord resets the bot's token after about 1,000 IDENTIFYs a day.

Every IDENTIFY stands in the store before it is sent, so a process that crashes and is started again, for ever, slows
down by itself. A RESUME costs nothing and is not counted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import discord
from discord.http import HTTPClient

from chat.errors import PlatformSetup, Revoked
from store import Store
from store.starts import DAY

LEAST = 100
"""Starts that must remain before we use another: the last ones belong to a person who repairs something."""

PATIENCE = 15.0  # seconds the question how many remain may take
SHORT = timedelta(minutes=10)
SHORT_FREE, SHORT_FIRST, SHORT_MOST = 3, timedelta(seconds=30), timedelta(minutes=10)
DAY_FREE, DAY_FIRST, DAY_MOST = 12, timedelta(minutes=1), timedelta(hours=1)
RUNNING_FREE, RUNNING_GAP = 100, timedelta(minutes=8)  # so that the worst day has fewer than 300


class BudgetSpent(PlatformSetup):
    """Too few session starts are left; `seconds` until Discord gives new ones."""

    def __init__(self, remaining: int, seconds: float) -> None:
        super().__init__(
            f"Discord allows this bot only {remaining} more session starts in the next {seconds / 3600:.1f} hours and "
            f"would then reset DISCORD_TOKEN; steppingstone keeps the last {LEAST}. Find what restarts the bot so "
            "often, and wait."
        )
        self.seconds = seconds


def gap(starts: Sequence[datetime], now: datetime, *, restarted: bool) -> timedelta:
    """How long to wait still before one more, `starts` being those of the last day, oldest first.

    A process that was just started waits the longer the more there were: not at all for three in ten minutes and
    twelve in a day, then growing, so that a crash loop has at most fifty a day. One that is running lost its session to
    Discord and waits only when there were very many.

    >>> noon = datetime(2026, 11, 20, 12)
    >>> minutes = lambda *ago: [noon - timedelta(minutes=at) for at in ago]
    >>> [gap(minutes(*ago), noon, restarted=True).total_seconds() for ago in ((8, 4), (8, 4, 0), (8, 6, 4, 0))]
    [0.0, 30.0, 60.0]
    """
    if not starts:
        return timedelta(0)
    if restarted:
        lately = sum(1 for at in starts if at > now - SHORT)
        need = max(
            _doubled(SHORT_FIRST, lately - SHORT_FREE, SHORT_MOST),
            _doubled(DAY_FIRST, (len(starts) - DAY_FREE) / 2, DAY_MOST),
        )
    else:
        need = RUNNING_GAP if len(starts) >= RUNNING_FREE else timedelta(0)
    return max(timedelta(0), min(starts[-1], now) + need - now)


def _doubled(first: timedelta, times: float, most: timedelta) -> timedelta:
    return min(most, first * 2 ** min(times, 20)) if times >= 0 else timedelta(0)


class Starts:
    """Asked before every connection that will IDENTIFY, and told of each IDENTIFY. `pause` seconds lie between two:
    Discord allows one per five seconds. `patient=False` leaves out the waiting, not the counting."""

    def __init__(
        self, http: HTTPClient, store: Store, clock: Callable[[], datetime], bot: str, pause: float, *, patient: bool
    ) -> None:
        self._http, self._store, self._clock, self._bot = http, store, clock, bot
        self._pause, self._patient = pause, patient
        self._last = float("-inf")  # of the loop's clock
        self._restarted = True

    async def wait(self) -> timedelta:
        """How long our own record says to wait still; zero when it is our turn."""
        if not self._patient:
            return timedelta(0)
        now = self._clock()
        async with self._store.begin() as tx:
            known = await tx.starts.since(self._bot, now - DAY)
        return gap(known, now, restarted=self._restarted)

    async def allowed(self) -> None:
        """Waits for Discord's pace, then asks how many are left. Raises BudgetSpent, Revoked for a dead token,
        DeliveryError or TimeoutError when Discord is away."""
        await asyncio.sleep(max(0.0, self._last + self._pause - _now()))
        try:
            async with asyncio.timeout(PATIENCE):
                _shards, _url, limit = await self._http.get_bot_gateway()
        except discord.GatewayNotFound as error:
            refused = error.__cause__
            if isinstance(refused, discord.HTTPException) and refused.status == 401:
                raise Revoked("401") from error
            raise
        if limit["remaining"] < LEAST:
            raise BudgetSpent(limit["remaining"], limit["reset_after"] / 1000)

    async def note(self) -> None:
        """To be called before an IDENTIFY is sent; one that could not be noted must not be sent."""
        async with self._store.begin() as tx:
            await tx.starts.note(self._bot, self._clock())
        self._last, self._restarted = _now(), False


def _now() -> float:
    return asyncio.get_running_loop().time()
