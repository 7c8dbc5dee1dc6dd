"""What the /nudge commands share: one's own nudge, its day and clock, and its next moment after a change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Unpack
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.moment import Occurrence
from commands._call import Call
from content.nudge_card import Recipe
from content.say import Say
from habit.today import returns
from store import Tx
from store.nudges import Changes, Nudge


@dataclass(frozen=True, slots=True)
class Moved:
    """A nudge after a change of its week, and its next moments before and after; None where none is planned."""

    nudge: Nudge
    before: datetime | None
    after: datetime | None


async def mine(call: Call) -> Nudge | None:
    """The member's nudge, also when it is off."""
    async with call.store.begin() as tx:
        return await tx.nudges.get(call.person)


async def running(call: Call) -> Nudge:
    """The nudge, when messages may come. Raises Tellable with the way to start it."""
    return must_run(call, await mine(call))


def must_run(call: Call, nudge: Nudge | None) -> Nudge:
    """The same of a nudge that was read already."""
    if nudge is not None and nudge.runs:
        return nudge
    if nudge is None or nudge.state == "off":
        raise Tellable(call.say("Your daily step is off, so there is nothing to change yet. `/nudge on` starts it."))
    raise Tellable(call.say("I am quiet just now. `/nudge on` brings your daily step back, with the recipe you had."))


def zone_of(call: Call, nudge: Nudge | None = None) -> str:
    """The zone whose calendar counts for this member."""
    return (nudge.schedule.zone if nudge else call.member.zone) or "UTC"


def today(call: Call, nudge: Nudge | None = None) -> date:
    """The member's own date."""
    return call.now.astimezone(ZoneInfo(zone_of(call, nudge))).date()


def clock(call: Call, zone: str) -> time:
    """What a clock there shows, to the minute: the proof that the zone is right."""
    return call.now.astimezone(ZoneInfo(zone)).time().replace(second=0, microsecond=0)


def recipe_of(nudge: Nudge) -> Recipe:
    """The recipe as cards show it."""
    return Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)


def is_return(call: Call, nudge: Nudge) -> bool:
    """Whether the member comes back from silence by what they do now (see `habit.today.returns`)."""
    return returns(nudge.standing(), due=nudge.next_at is not None and nudge.next_at <= call.now)


def moment_text(say: Say, at: datetime, zone: str) -> str:
    """An instant as the member's own date and time."""
    local = at.astimezone(ZoneInfo(zone))
    return say("{day}, {time}", day=say.date(local.date()), time=say.time(local.timetz().replace(tzinfo=None)))


def following(call: Call, nudge: Nudge) -> Occurrence | None:
    """The next moment of a nudge whose week has changed: on a date of its own, neither too close to the last one nor
    too far from it; a pause stays a pause, and None stays None."""
    if not nudge.runs or nudge.next_at is None or not call.member.reachable:
        return None
    if nudge.paused_until is None:
        return after_last(call, nudge)
    free = nudge.last_day and nudge.last_day + timedelta(days=1)
    return call.rooms.when.next_of(nudge.week, call.now, first_day=max(nudge.paused_until, free or date.min))


def after_last(call: Call, nudge: Nudge) -> Occurrence:
    """The next moment when nothing holds it."""
    return call.rooms.when.after_move(nudge.week, last_day=nudge.last_day, last_at=nudge.last_at, now=call.now)


async def change_week(call: Call, nudge: Nudge, **changes: Unpack[Changes]) -> Moved:
    """Keeps a change of schedule, rhythm or reflection and moves the next moment accordingly. Whoever changes something
    is not silent, so a running nudge is fully awake again; after a silence at its smallest size (behaviour.md R15)."""
    async with call.store.begin() as tx:
        now = await tx.nudges.get(call.person, lock=True)  # a step may have been planned meanwhile
        return await change_week_in(tx, call, now or nudge, **changes)


async def change_week_in(tx: Tx, call: Call, nudge: Nudge, **changes: Unpack[Changes]) -> Moved:
    """The same within a transaction that has just read the nudge."""
    if nudge.runs:
        changes = {**changes, "state": "active", "unanswered": 0}
        if is_return(call, nudge):
            changes = {**changes, "dose": 0}
    fields = {name: value for name, value in changes.items() if name != "next"}
    after = replace(nudge, **fields)  # pyright: ignore[reportArgumentType]  # Changes names fields of Nudge
    moment = following(call, after)
    await tx.nudges.change(call.person, call.now, **{**changes, "next": moment})
    return Moved(after, nudge.next_at, moment and moment.at)
