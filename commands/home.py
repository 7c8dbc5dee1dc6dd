"""The member's own page: Slack's App Home and `/nudge home`, every setting with the way to change it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from chat.message import Button, Facts, Message, Note, Part, Picture, Row
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import families, language_name, reflection, rhythm_name, size, track_name
from commands._nudges import mine, today
from commands._registry import _, answers, command, home
from commands.nudge import HomeShown, StepNow, standing_card
from commands.nudge_choices import FamiliesAsked, LanguageAsked, TrackAsked
from commands.nudge_dose import DoseAsked
from commands.nudge_history import HistoryShown
from commands.nudge_rhythm import ReflectAsked, RhythmChosen
from commands.nudge_time import TimeAsked
from commands.nudge_week import WeekShown
from commands.nudge_why import WhyShown
from content.days_picture import days_alt, days_picture
from content.say import Say
from habit.days import dots
from store.members import Member
from store.nudges import Nudge


@home
async def page(call: Call) -> Message:
    """The page as it stands now."""
    standing = await standing_card(call)
    nudge = await mine(call)
    async with call.store.begin() as tx:
        days = await tx.deliveries.days(call.person)
    marks = dots(days, today(call, nudge))
    picture = await asyncio.to_thread(days_picture, marks) if any(marks) else None
    return home_page(call.say, standing, call.member, nudge, marks, picture)


@command("nudge home", _("Your own page: everything set, and how to change it"), also=("me", "page", "我的", "主页"))
async def home_command(call: Call) -> Reply:
    """The same page where a platform keeps none."""
    return await page(call)


@answers(HomeShown)
async def show_home(call: Call, pressed: HomeShown) -> Reply:
    """The page in the message's place; where it was pressed on the page itself, that is made anew anyway."""
    if call.on is None and call.place.id == call.person.id:
        return None
    return Edit(await page(call))


def home_page(
    say: Say, standing: Message, member: Member, nudge: Nudge | None, marks: Sequence[bool], picture: bytes | None
) -> Message:
    """The card of the daily step with the picture above its first buttons, then the settings and their buttons."""
    parts: list[Part] = list(standing.parts)
    if picture is not None:
        first = next((n for n, part in enumerate(parts) if isinstance(part, Row)), len(parts))
        parts.insert(first, Picture(picture, days_alt(say, sum(marks)), "days.png"))
    parts.append(Facts(_facts(say, member, nudge)))
    if nudge is not None and nudge.runs:
        other = "daily" if nudge.rhythm == "weekly" else "weekly"
        parts.append(
            Row(
                (
                    Button(say("Hour and days"), TimeAsked()),
                    Button(say("Size"), DoseAsked()),
                    Button(rhythm_name(say, other), RhythmChosen(other)),
                    Button(say("Look back"), ReflectAsked()),
                    Button(say("Next seven"), WeekShown()),
                )
            )
        )
    parts.append(
        Row(
            (
                Button(say("What for"), TrackAsked()),
                Button(say("Tender topics"), FamiliesAsked()),
                Button(say("Language"), LanguageAsked()),
                Button(say("My days"), HistoryShown(0)),
                Button(say("Why this step?"), WhyShown()),
            )
        )
    )
    if not any(isinstance(action, StepNow) for action in standing.actions()):
        parts.append(Row((Button(say("A step now"), StepNow()),)))
    parts.append(Note(say("Only you see this page. /nudge pause or /nudge off stops everything at any time.")))
    return Message(standing.title, tuple(parts))


def _facts(say: Say, member: Member, nudge: Nudge | None) -> tuple[tuple[str, str], ...]:
    facts: list[tuple[str, str]] = []
    if nudge is not None:
        schedule = nudge.schedule
        when = say("{time}, {days}", time=say.time(schedule.at), days=say.weekdays(schedule.days))
        facts += [
            (say("Hour and days"), when),
            (say("Size"), size(say, nudge.dose)),
            (say("Rhythm"), rhythm_name(say, nudge.rhythm)),
            (say("Look back"), reflection(say, nudge.reflect_day, nudge.reflect_at)),
        ]
    facts += [
        (say("Time zone"), member.zone or say("not known yet")),
        (say("What for"), track_name(say, member.track)),
        (say("Tender topics"), families(say, member.optins)),
        (say("Language"), language_name(say, member.language)),
    ]
    return tuple(facts)
