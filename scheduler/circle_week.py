"""A circle over its weeks: it begins, is asked one question a week, says whether it goes on, and ends kindly.

Each step is one transaction: its letter, its votes, and when time looks at it next; whoever comes second finds another
version. What is opened at a platform is opened before, by a key.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta

from chat.errors import DeliveryError
from content.circle_questions import pick
from scheduler._rooms import Rooms
from scheduler.circle_begin import begin
from scheduler.circle_room import Turn, hold, look_in, together
from scheduler.circle_small import SMALL_STEPS
from scheduler.failpoints import point
from scheduler.post import by_day_for_all
from store import Conflict
from store.circles import Circle, CircleState
from store.circling import (
    ALIVE_WEEK,
    QUIET_WEEKS,
    WEEK,
    WEEKS,
    alive,
    carried,
    next_slot,
    too_small,
)

log = logging.getLogger(__name__)

AGAIN = timedelta(minutes=1)
"""Until a platform that does not answer is asked again."""
LATE = timedelta(days=1)
"""A week's question that comes later than this is not caught up with."""


async def step(rooms: Rooms, found: Circle, now: datetime) -> None:
    """Once, however often it is begun."""
    fields = {"circle": found.id, "space": found.space.key}
    try:
        async with rooms.store.begin() as tx:
            room = await look_in(tx, found)
        at = by_day_for_all(room.zones, now) if room.seated else now
        if at > now:
            await later(rooms, found, at)
            return
        room = await together(rooms, room)
        if found.state == "merging" and room.course.step in SMALL_STEPS:
            await SMALL_STEPS[room.course.step](rooms, room, now)
            return
        async with rooms.store.begin() as tx:
            await hold(tx, room, now)
            await STEPS[found.state](Turn(rooms, tx, room, now))
            point("circle-week")
    except Conflict:
        log.info("a circle took another step meanwhile", extra=fields)
    except DeliveryError as error:
        log.warning("a circle's conversation could not be opened now", extra=fields | {"reason": error.reason})
        await later(rooms, found, now + AGAIN)


async def later(rooms: Rooms, found: Circle, at: datetime) -> None:
    """Nothing but when time looks at it next."""
    try:
        async with rooms.store.begin() as tx:
            await tx.circles.advance(found, found.state, next_at=at)
    except Conflict:
        log.info("a circle took another step meanwhile", extra={"circle": found.id})


async def _week(turn: Turn) -> None:
    """The next question, or what comes in its place."""
    circle, course, now = turn.room.circle, turn.course, turn.now
    due = circle.next_at or now
    upcoming = next_slot(circle, now)
    if turn.size == 0 or (course.pair and turn.size < 2):
        await turn.close()
    elif too_small(course, turn.size):
        await turn.to("merging", now, replace(course, step="look"))
    elif course.step == "grown":
        course = replace(course, polls=course.polls + 1, step="")
        await turn.write("circle-grown", course.polls)
        await turn.to("running", upcoming, course)
    elif now - due > LATE:
        passed = 1 + (now - due) // WEEK
        await turn.to("running", upcoming, week=min(WEEKS, circle.week + passed))
    elif circle.week >= WEEKS:
        course = replace(course, polls=course.polls + 1, step="renew")
        await turn.write("circle-last", course.polls)
        await turn.to("closing", upcoming, course)
    else:
        await _ask(turn, upcoming)


async def _ask(turn: Turn, upcoming: datetime) -> None:
    circle, course = turn.room.circle, turn.course
    quiet = circle.quiet_weeks + 1 if course.alive_at and not alive(turn.room.seated) else 0
    if quiet >= QUIET_WEEKS:
        course = replace(course, polls=course.polls + 1, step="quiet", alive_at=0)
        await turn.write("circle-quiet", course.polls)
        await turn.to("closing", upcoming, course, quiet_weeks=quiet)
        return
    week = circle.week + 1
    question = pick(circle.theme, circle.id, course.asked)
    asked = (*course.asked, question.id if question else "")
    if week == ALIVE_WEEK:
        course = replace(course, alive_at=len(asked))
        if not course.by:  # else a vote is open
            await turn.forget_votes()
    course = replace(course, asked=asked)
    await turn.write("circle-week", len(asked))
    await turn.to("running", upcoming, course, week=week, quiet_weeks=quiet)


async def _end(turn: Turn) -> None:
    """What came of the vote, or of the kind message."""
    course = turn.course
    circle, now = turn.room.circle, turn.now
    soon = next_slot(circle, now) if course.settled else max(now, next_slot(circle, now - LATE))
    if course.step == "quiet" and alive(turn.room.seated):
        await turn.to("running", soon, replace(course, step="", by=""), quiet_weeks=0)
    elif course.step == "renew" and carried(turn.room.seated, "on", "end"):
        renewed = replace(course, step="", by="", term=course.term + 1, alive_at=0, settled=False)
        await turn.to("running", soon, renewed, week=0, quiet_weeks=0)
    else:
        await turn.close()


STEPS: dict[CircleState, Callable[[Turn], Awaitable[None]]] = {
    "forming": begin, "running": _week, "closing": _end,
}  # fmt: skip
