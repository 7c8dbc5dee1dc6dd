"""Turns every due moment into one row of the ledger and moves the member's next moment on, many in one transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chat.moment import Occurrence
from habit.today import Today, plan_today
from scheduler._rooms import Rooms
from scheduler.when import decide, next_of
from store import Tx
from store.budget import Wish
from store.deliveries import NewDelivery, Ref
from store.nudges import Due, Moved

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=1)
BATCH = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of one due moment: the message of the day, if there is one, and the moment after it."""

    row: NewDelivery | None
    moved: Moved


async def run(rooms: Rooms) -> None:
    """Plans batch after batch until nothing is due."""
    while await plan_batch(rooms) == BATCH:
        pass


async def plan_batch(rooms: Rooms, limit: int = BATCH) -> int:
    """One transaction. Gives back how many moments were due."""
    now = rooms.clock.now()
    async with rooms.store.begin() as tx:
        due = await tx.nudges.due(now, limit=limit)
        if not due:
            return 0
        plans = [plan(one, now) for one in due]
        new = await _write(tx, plans)
        await rooms.dispatcher.planned(tx, new)
    late = sum(plan.row is not None and plan.row.state == "skipped_late" for plan in plans)
    if late:
        log.warning("moments came too late and were skipped", extra={"count": late})
    rooms.dispatcher.wake()
    return len(due)


async def _write(tx: Tx, plans: list[Plan]) -> list[Ref]:
    """The day's one unsolicited message is taken from the budget first: the same account in two guilds is one."""
    rows = [plan.row for plan in plans if plan.row is not None]
    wishes = [Wish(row.person, row.day, row.kind, row.planned_at) for row in rows if row.state == "planned"]
    granted = set(await tx.budget.take(wishes))
    allowed: list[NewDelivery] = []
    for row in rows:
        key = (row.person.account, row.day)
        if row.state == "planned" and key not in granted:
            allowed.append(replace(row, state="skipped_budget"))
        else:
            granted.discard(key)
            allowed.append(row)
    new = await tx.deliveries.plan(allowed)
    await tx.nudges.planned([plan.moved for plan in plans])
    waiting = {row.id for row in allowed if row.state == "planned"}
    return [ref for ref in new if ref.id in waiting]


def plan(due: Due, now: datetime) -> Plan:
    """Pure. A moment of a space we left, or one too late, brings no message; the next moment comes all the same."""
    nudge = due.nudge
    assert nudge.next_day is not None and nudge.next_at is not None  # noqa: PT018  # `due` gives no others
    occurrence = Occurrence(nudge.next_day, nudge.next_at)
    tomorrow = occurrence.day + timedelta(days=1)
    if not due.present or not nudge.runs:
        following = next_of(nudge.week, max(now, occurrence.at), first_day=tomorrow) if nudge.runs else None
        return Plan(None, Moved(nudge, nudge.state, following, None))
    today = plan_today(nudge.standing(zone_moved=due.zone_moved), occurrence.day)
    if decide(nudge.schedule, occurrence, now) != "send":
        row = NewDelivery(nudge.person, "prompt", occurrence.day, now, state="skipped_late")
        following = next_of(nudge.week, max(now, occurrence.at), first_day=tomorrow)
        return Plan(row, Moved(nudge, nudge.state, following, None))
    following = (
        None
        if today.not_before is None
        else next_of(nudge.week, max(now, occurrence.at), first_day=max(tomorrow, today.not_before))
    )
    return Plan(_row(due, today, occurrence, now), Moved(nudge, today.state, following, occurrence.at))


def _row(due: Due, today: Today, occurrence: Occurrence, now: datetime) -> NewDelivery:
    return NewDelivery(due.nudge.person, today.kind, occurrence.day, now, dose=today.dose, extra=today.extra)
