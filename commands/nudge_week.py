"""/nudge week: the next seven moments by the member's own calendar, clock changes explained where they fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from chat.moment import Occurrence
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import mine
from commands._registry import _, answers, command
from commands.nudge import HomeShown, standing_card
from content.say import Say
from store.nudges import Nudge

COUNT = 7


@dataclass(frozen=True)
class WeekShown(Action, name="week-shown"):
    """Turn this message to my next seven moments."""


@command("nudge week", _("Your next seven moments, date and hour"), also=("preview", "日程", "预览"))
async def week(call: Call) -> Reply:
    """What is planned, in the member's own zone."""
    return await _week(call)


@answers(WeekShown)
async def show_week(call: Call, pressed: WeekShown) -> Reply:
    """The same by button."""
    return Edit(await _week(call))


async def _week(call: Call) -> Message:
    nudge = await mine(call)
    if nudge is None or not nudge.runs or nudge.next_day is None or nudge.next_at is None:
        return await standing_card(call)  # nothing is planned; it says so, and how to change it
    first = Occurrence(nudge.next_day, nudge.next_at)
    if nudge.state == "cooling":  # what comes after it depends on the member
        return moments_card(call.say, nudge, (first,))
    after = first.day + timedelta(days=1)
    rest = call.rooms.when.upcoming(nudge.week, first.at, COUNT - 1, first_day=after)
    return moments_card(call.say, nudge, (first, *rest))


def moments_card(say: Say, nudge: Nudge, moments: Sequence[Occurrence]) -> Message:
    """One line a moment; a line more where the clocks change."""
    zone = nudge.schedule.tz
    lines: list[str] = []
    for moment in moments:
        local = moment.at.astimezone(zone)
        lines.append(f"• {escape(say('{day}, {time}', day=say.date(local.date()), time=say.time(_bare(local))))}")
        if note := _odd(say, nudge, moment):
            lines.append(f"  _{escape(note)}_")
    parts: list[Part] = [Text("\n".join(lines))]
    if len(moments) == 1:
        parts.append(Note(say("From there on it is as you like: one tap, and every day of yours has its step again.")))
    if nudge.paused_until is not None:
        parts.append(Note(say("The days of your pause are left out.")))
    parts.append(Note(say("Time zone: {zone}", zone=nudge.schedule.zone)))
    parts.append(Row((Button(say("My page"), HomeShown()),)))
    return Message(say("Your next moments"), tuple(parts))


def _bare(local: datetime) -> time:
    return local.time().replace(second=0, microsecond=0)


def _odd(say: Say, nudge: Nudge, moment: Occurrence) -> str:
    """Why a moment is not at its usual hour, or which of two passes it is; "" on an ordinary day."""
    zone = nudge.schedule.tz
    own = next((one.at for one in nudge.week if moment.day.weekday() in one.days), nudge.schedule.at)
    early, late = (datetime.combine(moment.day, own, zone).replace(fold=fold) for fold in (0, 1))
    local = moment.at.astimezone(zone)
    if early.astimezone(UTC) != moment.at:
        return say("Once at another hour, for you changed your clock or your time.")
    if early.utcoffset() == late.utcoffset():
        return ""
    if _bare(local) != own:
        return say("The clocks go forward: {time} does not exist that day.", time=say.time(own))
    return say("The clocks go back: {time} comes twice that day, this is the first.", time=say.time(own))
