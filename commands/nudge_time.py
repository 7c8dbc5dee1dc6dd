"""/nudge time: the hour and the weekdays of the daily step, typed in one line or in a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from chat.action import Action
from chat.errors import Mistakes, Tellable
from chat.form import Answers, Ask, Choose, Form
from chat.markup import clean
from chat.message import Message
from chat.moment import EVERY_DAY, Schedule
from chat.platform import Reply
from commands._call import Call
from commands._nudges import change_week, clock, running
from commands._read import read_time, read_when
from commands._registry import Option, _, answers, command
from commands.nudge_moved import moved_card
from content.say import Say


@dataclass(frozen=True)
class TimeAsked(Action, name="time-asked"):
    """Without answers: let me choose hour and days. With answers: these."""


async def hours(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Common hours; any other may be typed."""
    usual = [f"{hour:02}:{minute:02}" for hour in range(6, 22) for minute in (0, 30)]
    return [(at, at) for at in usual if partial.strip() in at][:25]


async def day_words(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """Words for several days, then each day."""
    say = call.say
    usual = [("every day", say("Every day")), ("weekdays", say("Weekdays")), ("weekends", say("Weekends"))]
    usual += [(name, say.weekday(day)) for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))]
    return [pair for pair in usual if partial.strip().casefold() in pair[0] + pair[1].casefold()]


@command("nudge time", _("When your step comes: an hour, and days if you like"), also=("at", "时间", "几点"))
async def time_command(
    call: Call,
    at: Annotated[str, Option(_("such as 7:15 or 8:30 pm"), complete=hours)] = "",
    days: Annotated[str, Option(_("such as weekdays, or mon wed"), complete=day_words)] = "",
) -> Reply:
    """Without words, a form."""
    nudge = await running(call)
    words = clean(f"{at} {days}").strip()
    if not words:
        return time_form(call.say, call.say.time(nudge.schedule.at), nudge.schedule.days)
    found = read_when(words)
    if found is None:
        raise Tellable(
            call.say("I read hours and days such as 7:15, 8:30 pm weekdays, or mon wed. Nothing has changed.")
        )
    hour, weekdays = found
    schedule = nudge.schedule
    return await _set(call, replace(schedule, at=hour or schedule.at, days=weekdays or schedule.days))


@answers(TimeAsked)
async def time_given(call: Call, pressed: TimeAsked, typed: Answers) -> Reply:
    """The button opens the form; the form sets it."""
    nudge = await running(call)
    if not typed.values:
        return time_form(call.say, call.say.time(nudge.schedule.at), nudge.schedule.days)
    say, words = call.say, clean(typed.text("at")).strip()[:100]
    at, days = read_time(words), chosen_days(typed)
    wrong: dict[str, str] = {}
    if at is None:
        wrong["at"] = say("I read times such as 08:30 or 8:30 pm.")
    if not days:
        wrong["days"] = say("At least one day, please.")
    if wrong or at is None:
        raise Mistakes(wrong, time_form(say, words, days))
    return await _set(call, replace(nudge.schedule, at=at, days=days))


async def _set(call: Call, schedule: Schedule) -> Message:
    moved = await change_week(call, await running(call), schedule=schedule)
    return moved_card(call.say, moved, clock(call, schedule.zone))


def chosen_days(typed: Answers) -> frozenset[int]:
    """The weekdays of a form's `days`."""
    return frozenset(int(day) for day in typed.chosen("days") if day.isdecimal()) & EVERY_DAY


def day_question(say: Say, days: frozenset[int]) -> Choose:
    """On which days?"""
    options = tuple((str(day), say.weekday(day)) for day in range(7))
    return Choose("days", say("On which days?"), options, tuple(str(day) for day in sorted(days)), many=True)


def time_form(say: Say, at: str, days: frozenset[int]) -> Form:
    """Hour and days, filled with what there is."""
    ask = Ask("at", say("When shall it come?"), hint="08:30", value=at, least=1, most=100)
    return Form(say("Your moment"), (ask, day_question(say, days)), TimeAsked(), say("Keep it"))
