"""A delivery in doubt is sent once more because a person wants it: never at night, and within one message a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chat.moment import Schedule
from content.library import Library
from scheduler.compose import unwanted
from scheduler.letters import compose_letter
from scheduler.when import QUIET_UNTIL, instant, is_quiet
from store import Tx
from store.budget import Wish
from store.deliveries import UNSOLICITED, Delivery
from store.member_hours import zone_of

REFUSED = {
    "opted_out": "the member turned their steps off",
    "paused": "the member's steps are paused, or their direct messages are closed",
}


NOW = "it goes out now, marked as a possible repeat"
LOOKS = 4
"""Nights and days a letter is tried on before it is given back."""


@dataclass(frozen=True, slots=True)
class Resend:
    """`at`: when it goes out, None where it may not; `told`: what whoever runs the bot reads, in English."""

    at: datetime | None
    told: str


async def resend(tx: Tx, row: Delivery, library: Callable[[], Library], now: datetime) -> Resend:
    """Takes the budget of the member's local day it goes out on, unless that is the row's own. Changes nothing else:
    the row keeps its nominal day. `library`: asked for what a letter needs to be judged, and for nothing else."""
    return await (_letter(tx, row, library(), now) if row.kind == "letter" else _step(tx, row, now))


async def _letter(tx: Tx, row: Delivery, library: Library, now: datetime) -> Resend:
    """By the rules of its first sending, as if that had never been tried: still true, by day for all who read it, and,
    unasked, on a day with no other message."""
    at, why = now, "it is night where it is read"
    for _ in range(LOOKS):
        kept = await tx.deliveries.get(row.person, row.id) or row
        made = await compose_letter(tx, library, replace(kept, error=None), at)
        if made.until is None:
            break
        again = await tx.deliveries.get(row.person, row.id) or row
        at, why = made.until, "the reader's one message of today is used" if again.extra != kept.extra else why
    else:
        return Resend(
            None, "not sent again: the reader's next days have their message; try again later, or settle it as arrived "
            "or drop",
        )  # fmt: skip
    if made.message is None:
        return Resend(None, "not sent again: what it says is not true any more; settle it as arrived or drop")
    if at == now:
        return Resend(at, NOW)
    member = (await tx.members.of([row.person])).get(row.person)
    local = at.astimezone(Schedule(QUIET_UNTIL, zone_of(member)).tz)
    return Resend(at, f"it is held until {local:%Y-%m-%d %H:%M} ({zone_of(member)}), for {why}")


async def _step(tx: Tx, row: Delivery, now: datetime) -> Resend:
    nudge = await tx.nudges.get(row.person)
    refused = unwanted(row, nudge)
    if nudge is None or refused:
        return Resend(None, f"not sent again: {REFUSED[refused or 'opted_out']}; settle it as arrived or drop")
    awake = _morning(nudge.schedule, now) if is_quiet(now, nudge.schedule) else now
    for at in (awake, _morning(nudge.schedule, awake)):
        if await _free(tx, row, nudge.schedule, at):
            break
    else:
        return Resend(
            None, "not sent again: the member's one message of each day is used, today's and tomorrow's; try again the "
            "day after, or settle it as arrived or drop",
        )  # fmt: skip
    if at == now:
        return Resend(at, NOW)
    why = "it is night there" if awake != now else "their one message of today is used"
    local = at.astimezone(nudge.schedule.tz)
    own = ", and the member's own message of that day gives way" if row.kind in UNSOLICITED else ""
    return Resend(at, f"it is held until {local:%Y-%m-%d %H:%M} ({nudge.schedule.zone}), for {why}{own}")


def _morning(schedule: Schedule, after: datetime) -> datetime:
    """The next end of a night, strictly later."""
    waking, day = replace(schedule, at=QUIET_UNTIL), after.astimezone(schedule.tz).date()
    ends = (instant(waking, day + timedelta(days=n)) for n in range(3))
    return next(at for at in ends if at > after)


async def _free(tx: Tx, row: Delivery, schedule: Schedule, at: datetime) -> bool:
    day = at.astimezone(schedule.tz).date()
    if row.kind not in UNSOLICITED or day == row.day:
        return True
    return bool(await tx.budget.take([Wish(row.person.account, day, row.kind, at)]))
