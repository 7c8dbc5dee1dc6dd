"""Discord's rate limits: a bucket a route and top-level resource, fifty requests a second for the whole bot."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from typing import Any

from sandbox.rates import Limits, Taken, Window

# Discord documents the headers, not the numbers ("never hard-code them"); these are close to what bots have seen.
LIMITS: dict[str, tuple[int, float]] = {
    "POST /channels/{channel}/messages": (5, 5.0), "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "DELETE /channels/{channel}/messages/{message}": (5, 1.0), "GET /channels/{channel}/messages": (10, 5.0),
    "POST /users/@me/channels": (10, 10.0), "POST /channels/{channel}/threads": (10, 10.0),
    "PUT /applications/{app}/commands": (5, 20.0), "PUT /applications/{app}/guilds/{guild}/commands": (5, 20.0),
    "POST /webhooks/{app}/{token}": (5, 2.0), "PATCH /webhooks/{app}/{token}/messages/{message}": (5, 2.0),
    "GET /guilds/{guild}/members": (10, 10.0), "PATCH /guilds/{guild}/members/{user}": (10, 10.0),
}  # fmt: skip
OTHERWISE = (50, 1.0)
GLOBAL = (50, 1.0)
INVALID = (10_000, 600.0)  # 401, 403 and 429 in ten minutes, then Cloudflare closes the door
NEW_DMS = (50, 600.0)  # opening them faster than this is 40003
NEW_COMMANDS = (200, 86_400.0)  # creations a day, a guild or globally
TOP_LEVEL = ("channel", "guild", "token")


class RateLimits:
    """What the bot has used up."""

    def __init__(self) -> None:
        self._buckets: Limits[Window] = Limits()
        self._global = Window(*GLOBAL)
        self._invalid = Window(*INVALID)
        self._banned = 0.0
        self._dms = Window(*NEW_DMS)
        self._created: Limits[Window] = Limits()
        self.hashes = ""  # the buckets' hashes change when this does

    def take(self, route: str, path: Mapping[str, str], now: float) -> tuple[Taken, bool]:
        """One request: the bucket's state, and whether the global limit stopped it."""
        if "/interactions/" not in route and "/webhooks/" not in route:
            everywhere = self._global.take(now)
            if everywhere.wait:
                return everywhere, True
        resource = tuple(path[key] for key in TOP_LEVEL if key in path)
        return self._buckets.take((route, resource), now, lambda: Window(*LIMITS.get(route, OTHERWISE))), False

    def new_dm(self, now: float) -> bool:
        """Whether one more person may be written to for the first time."""
        return not self._dms.take(now).wait

    def new_command(self, guild: str, now: float) -> bool:
        """Whether one more command may be created today, for everybody or in a guild."""
        return not self._created.take(guild, now, lambda: Window(*NEW_COMMANDS)).wait

    def note_invalid(self, now: float) -> None:
        """Counts a 401, 403 or 429."""
        if self._invalid.take(now).wait:
            self._banned = now + INVALID[1]

    def banned(self, now: float) -> bool:
        """Whether Cloudflare answers instead of Discord."""
        return now < self._banned


def headers(route: str, taken: Taken, epoch: float, hashes: str = "") -> dict[str, str]:
    """The headers of every answer; `epoch` in Unix seconds. `Via`: without it discord.py takes a 429 for a ban.

    >>> headers("GET /gateway", Taken(0.0, 50, 49, 1.0), 100.0)["X-RateLimit-Remaining"]
    '49'
    """
    return {
        "Via": "1.1 sandbox", "X-RateLimit-Bucket": hashlib.sha256((route + hashes).encode()).hexdigest()[:16],
        "X-RateLimit-Limit": str(taken.limit), "X-RateLimit-Remaining": str(taken.remaining),
        "X-RateLimit-Reset-After": f"{taken.reset_after:.3f}", "X-RateLimit-Reset": f"{epoch + taken.reset_after:.3f}",
    }  # fmt: skip


def refusal(taken: Taken, *, everywhere: bool) -> tuple[dict[str, Any], dict[str, str]]:
    """Body and further headers of a 429."""
    wait = max(0.001, round(taken.wait, 3))
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere, "code": 0}
    more = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": "global" if everywhere else "user"}
    return body, more | ({"X-RateLimit-Global": "true"} if everywhere else {})
