"""The daily budget of session starts: Discord resets the bot's token after about 1,000 IDENTIFYs a day."""

from __future__ import annotations

import asyncio
import time

import discord
from discord.http import HTTPClient

from chat.errors import PlatformSetup, Revoked

LEAST = 100
"""Starts that must remain before we use another: the last ones belong to a person who repairs something."""


class BudgetSpent(PlatformSetup):
    """Too few session starts are left; `seconds` until Discord gives new ones."""

    def __init__(self, remaining: int, seconds: float) -> None:
        super().__init__(
            f"Discord allows this bot only {remaining} more session starts in the next {seconds / 3600:.1f} hours and "
            f"would then reset DISCORD_TOKEN; steppingstone keeps the last {LEAST}. Find what restarts the bot so "
            "often, and wait."
        )
        self.seconds = seconds


class Starts:
    """Asked before every IDENTIFY. `pause` seconds lie between two: Discord allows one per five seconds."""

    def __init__(self, http: HTTPClient, pause: float) -> None:
        self._http, self._pause, self._last = http, pause, float("-inf")

    async def take(self) -> None:
        """Waits for our turn. Raises BudgetSpent, Revoked for a dead token, DeliveryError when Discord is away."""
        await asyncio.sleep(max(0.0, self._last + self._pause - time.monotonic()))
        try:
            _shards, _url, limit = await self._http.get_bot_gateway()
        except discord.GatewayNotFound as error:
            refused = error.__cause__
            if isinstance(refused, discord.HTTPException) and refused.status == 401:
                raise Revoked("401") from error
            raise
        if limit["remaining"] < LEAST:
            raise BudgetSpent(limit["remaining"], limit["reset_after"] / 1000)
        self._last = time.monotonic()
