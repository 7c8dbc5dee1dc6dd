"""Discord's answers and broken connections, told apart by what the courier can do about them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import aiohttp
import discord

from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.waiting import UNTOLD

# JSON error codes as Discord documents them; whatever is not listed is decided by the HTTP status.
UNREACHABLE = frozenset(
    {
        10003,  # unknown channel: the direct conversation is gone
        10013,  # unknown user: the account is deleted
        50001,  # missing access: we may not see this conversation
        50007,  # direct messages are closed, or we are blocked
        50278,  # no guild is shared any more
    }
)
OPENINGS = 40003
SLOW_DOWN = {
    20016: 60.0,  # slow mode
    20022: 60.0,  # announcement edit limit
    20028: 60.0,  # channel write limit
    20029: 60.0,  # server write limit
    OPENINGS: 600.0,  # direct messages are opened too fast: Discord flags bots that go on
}
REVOKED = frozenset({40001, 50014})  # unauthorized; invalid authentication token


def from_answer(
    status: int, code: int = 0, retry_after: float | None = None, *, everywhere: bool = False
) -> DeliveryError:
    """The error for an answer that is not 2xx. `code` is Discord's JSON code, 0 where absent; seconds throughout;
    `everywhere`: the limit of the whole bot was met, not a route's.

    >>> from_answer(403, 50007)
    Unreachable('50007')
    """
    reason = str(code) if code else f"http {status}"
    if code in UNREACHABLE:
        return Unreachable(reason)
    if code in SLOW_DOWN or status == 429:
        scope = "openings" if code == OPENINGS else "platform" if everywhere else "message"
        least = SLOW_DOWN.get(code, UNTOLD if retry_after is None else 1.0)
        return Throttled(reason, max(retry_after or 0.0, least), scope)
    if status == 401 or code in REVOKED:
        return Revoked(reason, "platform")  # one token for all guilds
    if status == 503:
        return Unavailable(reason)
    if status >= 500:
        return Uncertain(reason)  # the message may be stored although the answer was lost behind a proxy
    return Rejected(reason)


def from_failure(error: BaseException, *, written: bool) -> DeliveryError:
    """The error for a connection that failed; `written` says whether the request had begun to leave us."""
    reason = type(error).__name__
    return Uncertain(reason) if written else Unavailable(reason)


@contextmanager
def translated() -> Generator[None]:
    """Turns what discord.py and aiohttp raise into the house's delivery errors."""
    try:
        yield
    except discord.RateLimited as error:
        raise Throttled("http 429", error.retry_after, "message") from error
    except discord.HTTPException as error:
        raise from_answer(error.status, error.code) from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        # Only what breaks after the answer began gets here; earlier failures are DeliveryErrors already (rest.py).
        raise from_failure(error, written=True) from error
