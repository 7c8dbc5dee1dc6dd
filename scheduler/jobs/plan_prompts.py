"""Turns every due moment into one row of the ledger and moves the member's next moment on, many in one transaction."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chat.moment import Occurrence
from chat.people import account_of
from habit.today import State, may_send, plan_today
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.figures import DUE
from scheduler.when import decide, next_of
from store import Tx
from store.budget import Wish
from store.deliveries import Kind, delivery_id
from store.deliveries import State as RowState
from store.moments import Due, Moved, Shape

log = logging.getLogger(__name__)

EVERY = timedelta(seconds=1)
BATCH = 2_000


class Row(NamedTuple):
    """The message of the day for everybody of one shape."""

    kind: Kind
    day: date
    at: datetime
    dose: int
    extra: str
    state: RowState


class Plan(NamedTuple):
    """What becomes of a due moment: its row, if there is one, the state after it and the moment after it."""

    row: Row | None
    state: State
    next: Occurrence | None


async def run(rooms: Rooms) -> None:
    """Plans batch after batch until nothing is due."""
    while await plan_batch(rooms) == BATCH:
        pass


async def plan_batch(rooms: Rooms, limit: int = BATCH) -> int:
    """One transaction. Gives back how many moments were due."""
    now = rooms.clock.now()
    plans: dict[Shape, Plan] = {}
    async with rooms.store.begin() as tx:
        due = await tx.moments.due(now, limit=limit)
        if not due:
            return 0
        for shape in {one.shape for one in due}:
            plans[shape] = plan(shape, now)
        new = await _write(tx, due, plans)
        await rooms.dispatcher.planned(tx, new)
        point("planning")
    point("planned")
    counts = Counter(row.state if (row := plans[one.shape].row) else "none" for one in due)
    for outcome, count in counts.items():
        DUE.labels(outcome).inc(count)
    if late := counts["skipped_late"]:
        log.warning("moments came too late and were skipped", extra={"count": late, "now": now.isoformat()})
    rooms.dispatcher.wake()
    return len(due)


async def _write(tx: Tx, due: list[Due], plans: dict[Shape, Plan]) -> Counter[str]:
    """How many new rows each space has to send now. The day's one unsolicited message is taken from the budget first:
    the same account in two guilds is one."""
    wishes: list[Wish] = []
    for space, member, shape in due:
        row = plans[shape].row
        if row is not None and row.state == "planned":
            wishes.append(Wish(account_of(space, member), row.day, row.kind, row.at))
    granted = set(await tx.budget.take(wishes))
    rows: list[tuple[object, ...]] = []
    for space, member, shape in due:
        row = plans[shape].row
        if row is None:
            continue
        state, key = row.state, (account_of(space, member), row.day)
        if state == "planned" and key not in granted:
            state = "skipped_budget"
        granted.discard(key)
        rows.append((
            space, member, delivery_id(space, member, row.kind, row.day, 0), row.kind, row.day, 0, "", 0, row.dose,
            row.extra, "", state, 0, row.at, row.at if state == "planned" else None, None,
        ))  # fmt: skip
    new = await tx.deliveries.plan_many(rows)
    await tx.moments.planned([_moved(one, plans[one.shape]) for one in due])
    skipped = {row[2] for row in rows if row[11] != "planned"}
    return Counter(space for space, _, id_ in new if id_ not in skipped)


def _moved(due: Due, plan: Plan) -> Moved:
    following, sent = plan.next, plan.row is not None and plan.row.state == "planned"
    return Moved(
        due.space, due.member, plan.state, due.shape.next_day, following and following.day, following and following.at,
        due.shape.next_at if sent else None,
    )  # fmt: skip


def plan(shape: Shape, now: datetime) -> Plan:
    """Pure. A moment of a space we left, or one too late, brings no message; the next moment comes all the same.
    Whoever has let the last message pass gets none, whatever is still planned."""
    occurrence = Occurrence(shape.next_day, shape.next_at)
    tomorrow, after = occurrence.day + timedelta(days=1), max(now, occurrence.at)
    if not may_send(shape.standing):
        return Plan(None, "dormant" if shape.state in {"active", "cooling"} else shape.state, None)
    if not shape.present:
        return Plan(None, shape.state, next_of(shape.week, after, first_day=tomorrow))
    if decide(shape.schedule, occurrence, now) != "send":
        row = Row("prompt", occurrence.day, occurrence.at, 0, "", "skipped_late")
        return Plan(row, shape.state, next_of(shape.week, after, first_day=tomorrow))
    today = plan_today(shape.standing, occurrence.day)
    row = Row(today.kind, occurrence.day, occurrence.at, today.dose, today.extra, "planned")
    if today.not_before is None:
        return Plan(row, today.state, None)
    return Plan(row, today.state, next_of(shape.week, after, first_day=max(tomorrow, today.not_before)))
