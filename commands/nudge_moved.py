"""What a change of time, days or zone did: the moment before and after, and the own clock as the proof."""

from __future__ import annotations

from datetime import time

from chat.markup import escape
from chat.message import Button, Facts, Message, Note, Row, Text
from commands._nudges import Moved, moment_text
from commands.nudge import HomeShown, NudgeBack, NudgeSetUp, ZoneAsked
from content.say import Say


def moved_card(say: Say, moved: Moved, local: time) -> Message:
    """The week as it is from now on. `local`: what the member's clock shows, to be checked at a glance."""
    nudge, schedule = moved.nudge, moved.nudge.schedule
    when = say("{time}, {days}", time=say.time(schedule.at), days=say.weekdays(schedule.days))
    proof = Note(say("It is {time} for you now ({zone}).", time=say.time(local), zone=schedule.zone))
    if not nudge.runs:
        again = Row((Button(say("Start again"), NudgeSetUp(), "primary"), Button(say("My page"), HomeShown())))
        return Message(
            "", (Text(say("Kept for when your daily step is back: **{when}**.", when=escape(when))), proof, again)
        )
    parts = [Text(say("From now on: **{when}**.", when=escape(when)))]
    row = [Button(say("Another city"), ZoneAsked()), Button(say("My page"), HomeShown())]
    if moved.after is None:
        return Message(
            "",
            (*parts, Text(say("Quiet until you say so.")), proof, Row((Button(say("I am back"), NudgeBack()), *row))),
        )
    now = moment_text(say, moved.after, schedule.zone)
    before = moved.before and moment_text(say, moved.before, schedule.zone)
    facts = [(say("Next step"), now)]
    if before is not None and before != now:
        facts.insert(0, (say("It was"), before))
    return Message("", (*parts, Facts(tuple(facts)), proof, Row(tuple(row))))
