"""Turns every due moment into one row of the ledger and moves the member's next moment on, many in one transaction."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from chat.moment import Occurrence
from chat.people import account_of
from habit.budget import rank
from habit.today import Kind, State, may_send, plan_today
from scheduler._rooms import Rooms
from scheduler.failpoints import point
from scheduler.figures import DUE
from scheduler.when import decide, next_of
from store import Tx
from store.budget import Wish
from store.deliveries import State as RowState
from store.deliveries import delivery_id
from store.moments import Due, Moved, Shape

InLedger = RowState | Literal["none"]
"""What stands in the ledger for a due moment."""
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
    rooms.late.tell()


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
        granted = await _granted(tx, due, plans)
        states: list[InLedger] = [_state(one, plans[one.shape].row, granted) for one in due]
        await rooms.dispatcher.planned(tx, await _write(tx, due, plans, states, now))
        point("planning")
    point("planned")
    counts = Counter((one.space, state) for one, state in zip(due, states, strict=True))
    for (space, state), count in counts.items():
        DUE.labels(state).inc(count)
        if state == "skipped_late":
            rooms.late.add(space, count)
    rooms.dispatcher.wake()
    return len(due)


async def _granted(tx: Tx, due: list[Due], plans: dict[Shape, Plan]) -> frozenset[tuple[str, str]]:
    """Who may have today's one unsolicited message, as (space, member). The same account in two guilds is one: of what
    is due at once the more important goes, else what came first."""
    wanted = [(one, row) for one in due if (row := plans[one.shape].row) is not None and row.state == "planned"]
    wanted.sort(key=lambda want: rank(want[1].kind))
    wishes = [Wish(account_of(one.space, one.member), row.day, row.kind, row.at) for one, row in wanted]
    free = set(await tx.budget.take(wishes))
    granted: list[tuple[str, str]] = []
    for (one, _), wish in zip(wanted, wishes, strict=True):
        if (wish.account, wish.day) in free:
            free.discard((wish.account, wish.day))
            granted.append((one.space, one.member))
    return frozenset(granted)


def _state(one: Due, row: Row | None, granted: frozenset[tuple[str, str]]) -> InLedger:
    """What stands in the ledger now."""
    if row is None:
        return "none"
    lost = row.state == "planned" and (one.space, one.member) not in granted
    return "skipped_budget" if lost else row.state


async def _write(
    tx: Tx, due: list[Due], plans: dict[Shape, Plan], states: list[InLedger], now: datetime
) -> Counter[str]:
    """`states`: of each that is due. How many new rows each space has to send now. For whoever's day
    was used already nothing moves but the date: what did not come today is planned anew tomorrow (R2)."""
    rows: list[tuple[object, ...]] = []
    moved: list[Moved] = []
    for (space, member, shape), state in zip(due, states, strict=True):
        row, after, following = plans[shape]
        sent_at = None
        if row is not None:
            sent_at = row.at if state == "planned" else None
            rows.append((
                space, member, delivery_id(space, member, row.kind, row.day, 0), row.kind, row.day, 0, "", 0, row.dose,
                row.extra, "", state, 0, row.at, sent_at, None,
            ))  # fmt: skip
        if state == "skipped_budget":
            after, following = shape.state, _tomorrow(shape, now)
        day, at = (following.day, following.at) if following else (None, None)
        moved.append(Moved(space, member, after, shape.next_day, day, at, sent_at))
    new = await tx.deliveries.plan_many(rows)
    await tx.moments.planned(moved)
    skipped = {row[2] for row in rows if row[11] != "planned"}
    return Counter(space for space, _, id_ in new if id_ not in skipped)


def _tomorrow(shape: Shape, now: datetime) -> Occurrence:
    """The member's next moment on a later date."""
    return next_of(shape.week, max(now, shape.next_at), first_day=shape.next_day + timedelta(days=1))


def plan(shape: Shape, now: datetime) -> Plan:
    """Pure. A moment of a space we left, or one too late, brings no message; the next moment comes all the same.
    Whoever has let the last message pass gets none, whatever is still planned."""
    occurrence = Occurrence(shape.next_day, shape.next_at)
    if not may_send(shape.standing):
        return Plan(None, "dormant" if shape.state in {"active", "cooling"} else shape.state, None)
    if not shape.present:
        return Plan(None, shape.state, _tomorrow(shape, now))
    if decide(shape.schedule, occurrence, now) != "send":
        row = Row("prompt", occurrence.day, occurrence.at, 0, "", "skipped_late")
        return Plan(row, shape.state, _tomorrow(shape, now))
    today = plan_today(shape.standing, occurrence.day)
    row = Row(today.kind, occurrence.day, occurrence.at, today.dose, today.extra, "planned")
    if today.not_before is None:
        return Plan(row, today.state, None)
    first_day = max(occurrence.day + timedelta(days=1), today.not_before)
    return Plan(row, today.state, next_of(shape.week, max(now, occurrence.at), first_day=first_day))
