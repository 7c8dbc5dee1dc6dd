"""A delivery in doubt is sent once more because a person wants it: never at night, and within one message a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chat.moment import Schedule
from scheduler.compose import unwanted
from scheduler.when import QUIET_UNTIL, instant, is_quiet
from store import Tx
from store.budget import Wish
from store.deliveries import UNSOLICITED, Delivery

REFUSED = {
    "opted_out": "the member turned their steps off",
    "paused": "the member's steps are paused, or their direct messages are closed",
}


@dataclass(frozen=True, slots=True)
class Resend:
    """`at`: when it goes out, None where it may not; `told`: what whoever runs the bot reads, in English."""

    at: datetime | None
    told: str


async def resend(tx: Tx, row: Delivery, now: datetime) -> Resend:
    """Takes the budget of the member's local day it goes out on, unless that is the row's own. Changes nothing else:
    the row keeps its nominal day."""
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
        return Resend(at, "it goes out now, marked as a possible repeat")
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
