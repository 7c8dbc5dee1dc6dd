"""What a failed send means for its row and for those behind it: pure, one place for every policy of reliability.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from content.letters import RESENT, letter_of
from store.claims import PARK, Result
from store.deliveries import DOUBT, REPEAT, REPEATED, Delivery, Kind

Policy = Literal["skip", "resend"]
POLICY: Mapping[Kind, Policy] = {
    "prompt": "skip", "reflection": "skip", "trouble": "skip", "last": "skip", "welcome": "skip",
}  # fmt: skip
"""When nobody can say whether it arrived: skip it (at most once), or send it again marked as a possible repeat. Letters
go by their name, see `policy_of`."""

AGAIN = timedelta(seconds=2)
PARKED = timedelta(hours=1)  # a space whose token was revoked
OUTAGE = 2  # answers lost in a row, from which on a space is left in peace for a while
TRIES = 5  # of a row that our own code breaks on
BROKE = "broke:"  # and how often it has, at the end of the row's error
LONGEST_REST = 30.0  # seconds between two looks at a platform that is away: it must not take long to notice its return


@dataclass(frozen=True, slots=True)
class Rest:
    """Who is to be left in peace, until when."""

    scope: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The row's record, and a rest for its space or platform. `unreachable`: the person must act before we write again.
    `failing`: the space or its platform did not answer as it should; fewer at once until it does. `opened`: the
    conversation was not known before. `counted`: a repeat, which counted as unanswered when it was first given up."""

    result: Result
    rest: Rest | None = None
    unreachable: bool = False
    failing: bool = False
    opened: bool = False
    counted: bool = False


def outcome(delivery: Delivery, error: DeliveryError, now: datetime, *, failures: int, settles: bool) -> Outcome:
    """`failures`: how often in a row the space did not answer. `settles`: whether a doubt can be settled on this
    platform, by repeating the key or by looking the message up."""
    space, platform = delivery.person.space.key, delivery.person.space.platform
    match error:
        case Unreachable():
            return Outcome(_refused(delivery, error), unreachable=True)
        case Throttled(scope=scope, retry_after=seconds):
            until = now + timedelta(seconds=max(1.0, seconds))
            who = {"space": space, "platform": platform, "openings": f"{platform}/openings"}.get(scope)
            return Outcome(_retry(delivery, error.reason, until), Rest(who, until, error.reason) if who else None)
        case Unavailable():
            until = now + _backoff(failures)
            return Outcome(_retry(delivery, error.reason, until), Rest(space, until, error.reason), failing=True)
        case Revoked(scope=scope):
            until, reason = now + PARKED, PARK + error.reason
            rest = Rest(platform if scope == "platform" else space, until, reason)
            return Outcome(_retry(delivery, reason, until), rest, failing=True)
        case Uncertain():
            # One lost answer is this message's matter; a row of them is an outage, and each try may cost a message.
            rest = Rest(space, now + _backoff(failures), error.reason) if failures >= OUTAGE else None
            again = _retry(delivery, DOUBT + error.reason, now + AGAIN)
            return Outcome(again if settles else unsettled(delivery, error.reason, now), rest, failing=True)
        case Rejected() | _:
            return Outcome(_refused(delivery, error))


def _refused(delivery: Delivery, error: DeliveryError) -> Result:
    """This try surely did not arrive; an earlier one may have."""
    if delivery.doubtful:
        return Result(delivery, "ambiguous", f"{doubt_of(delivery)}, {error.reason}")
    return Result(delivery, "dead", error.reason)


def _backoff(failures: int) -> timedelta:
    return timedelta(seconds=min(LONGEST_REST, 2.0 ** min(failures + 1, 6)))


def unsettled(delivery: Delivery, reason: str, now: datetime) -> Result:
    """Nobody can say whether it arrived: what the class of message says. A resend carries the mark "repeat"."""
    if policy_of(delivery) == "resend" and not delivery.repeated:
        return _retry(delivery, REPEAT, now + AGAIN)
    return Result(delivery, "ambiguous", reason)


def policy_of(delivery: Delivery) -> Policy:
    """Of an introduction each is told once at least, of anything else once at most."""
    if delivery.kind == "letter":
        return "resend" if letter_of(delivery.subject)[0] in RESENT else "skip"
    return POLICY[delivery.kind]


def unsent(delivery: Delivery, why: str, now: datetime) -> Result:
    """It will not be sent: `why` is "late", "paused", "opted_out", "prompt_gone", or "broke" where our own code did.
    What may have arrived earlier is not said to have been skipped."""
    if why == "broke":
        return broken(delivery, now, doubt=False)
    if delivery.doubtful:
        return Result(delivery, "ambiguous", f"{doubt_of(delivery)}, {why}")
    return Result(delivery, "skipped_late" if why == "late" else "dead", why)


def broken(delivery: Delivery, now: datetime, *, doubt: bool) -> Result:
    """Our own mistake came in between; `doubt`: perhaps after the send. Tried again a few times, then given up. Our own
    mistakes are counted, not how often the row was claimed: it may have waited for somebody's quiet."""
    broke = 1 + _broke(delivery)
    if broke >= TRIES:
        return unsettled(delivery, "broke", now) if doubt or delivery.doubtful else Result(delivery, "dead", "broke")
    return _retry(delivery, f"{DOUBT if doubt else ''}{BROKE}{broke}", now + timedelta(seconds=30))


def waits(delivery: Delivery, reason: str, until: datetime) -> Result:
    """Nothing was asked of the platform; the same again when it may be."""
    return _retry(delivery, reason, until)


def doubt_of(delivery: Delivery) -> str:
    """Why nobody knows whether it arrived, for whoever settles it."""
    return re.sub(rf", {BROKE}\d+$", "", (delivery.error or "").removeprefix(REPEATED).removeprefix(DOUBT))


def certain(delivery: Delivery) -> Delivery:
    """The same row, once it is known that it did not arrive and will not."""
    return replace(delivery, error=None)


def _broke(delivery: Delivery) -> int:
    found = re.search(rf"\b{BROKE}(\d+)$", delivery.error or "")
    return int(found[1]) if found else 0


def _retry(delivery: Delivery, reason: str, again: datetime) -> Result:
    """A doubt stays with the row, whatever happens to it afterwards, and so does the count of our own mistakes."""
    kept = reason
    if delivery.repeats and not reason.startswith(DOUBT):
        kept = f"{REPEAT}:{reason}"
    elif delivery.repeated:
        kept = REPEATED + reason.removeprefix(DOUBT)
    elif delivery.doubtful and not reason.startswith(DOUBT):
        kept = DOUBT + reason
    broke = _broke(delivery)
    return Result(delivery, "retry", f"{kept}, {BROKE}{broke}" if broke and BROKE not in reason else kept, at=again)
