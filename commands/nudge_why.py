"""/nudge why: why this step and why this moment, by the rules that chose it and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text, short
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import size, track_name
from commands._nudges import mine, moment_text
from commands._registry import _, answers, command
from commands.nudge import HomeShown
from content.library import Library
from content.say import Say
from content.ways import OriginShown
from store.deliveries import STEPS, Delivery
from store.nudges import Nudge


@dataclass(frozen=True)
class WhyShown(Action, name="why-shown"):
    """Turn this message to why the latest step came."""


@command("nudge why", _("Why this step, and why at this moment"), also=("为什么",))
async def why(call: Call) -> Reply:
    """About the latest step."""
    return await _why(call)


@answers(WhyShown)
async def show_why(call: Call, pressed: WhyShown) -> Reply:
    """The same by button."""
    return Edit(await _why(call))


async def _why(call: Call) -> Message:
    async with call.store.begin() as tx:
        recent = await tx.deliveries.recent(call.person, 40)
    steps = [row for row in recent if row.kind in STEPS and row.shown and row.subject in call.library.prompts]
    if not steps:
        return short(call.say("No step has come yet. `/nudge now` gives you one, and then I can say why."))
    latest = max(steps, key=lambda row: (row.sent_at or row.planned_at, row.planned_at, row.kind == "asked"))
    return why_card(call.say, call.library, latest, await mine(call), call.member.track)


def why_card(say: Say, library: Library, step: Delivery, nudge: Nudge | None, track: str) -> Message:
    """The rules in plain words. `step`'s subject is in the library."""
    prompt = library.prompts[step.subject]
    lines = [*_step(say, step, track), *_size(say, step, nudge), *_moment(say, step, nudge)]
    origin = Button(say("Where is this from?"), OriginShown(prompt.id, beside=True))
    return Message(
        say("Why “{title}”?", title=prompt.title.get(say.lang)),
        (
            Text("\n".join(f"• {line}" for line in lines)),
            Note(say("No clock watches when you answer, and nobody else's steps play a part.")),
            Row((origin, Button(say("My page"), HomeShown()))),
        ),
    )


def _step(say: Say, step: Delivery, track: str) -> list[str]:
    if step.kind == "asked":
        return []  # the member chose it, or its topic: no rule of ours did
    gave_way = set(step.why.split(","))
    if step.extra == "recall":
        return [say("It is a question about something you learned here, and it was due today; at most two a week.")]
    lines = [
        say("It is one of the steps for: {track}.", track=escape(track_name(say, track)))
        if track != "any"
        else say("You have chosen no track, so every step may come.")
    ]
    lines.append(
        say("Every step for you came within the last 60 days; this one was the longest ago.")
        if "cooldown" in gave_way
        else say("You have not had it in the last 60 days.")
    )
    if not gave_way & {"topic", "cooldown"}:
        lines.append(say("Its topic is another one than in your two steps before."))
    if "size" in gave_way:
        lines.append(say("None of your size was left, so one near it came."))
    if "language" in gave_way:
        lines.append(say("It is not in your language yet, and neither is any other that fits."))
    if "cooldown" not in gave_way:
        lines.append(say("Among those that are left, chance decides."))
    return lines


def _size(say: Say, step: Delivery, nudge: Nudge | None) -> list[str]:
    """What rides along tells nothing of it: in a silence a step comes smaller, and the size may have changed since."""
    if step.kind == "asked" or step.extra == "recall" or nudge is None:
        return []
    if step.dose == nudge.dose:
        return [say("Your size is {size}: `/nudge easier` and `/nudge harder` change it.", size=size(say, step.dose))]
    if step.dose == 0:
        return [say("It came in its ten-second version, for any day is good for a small one.")]
    then, now = size(say, step.dose), size(say, nudge.dose)
    return [say("It was a step of about {then}. Your size is {now} now.", then=then, now=now)]


def _moment(say: Say, step: Delivery, nudge: Nudge | None) -> list[str]:
    if step.kind == "asked" or nudge is None:
        return [say("It came because you asked for it, at that moment.")]
    schedule = nudge.schedule
    lines = [
        say(
            "You chose {time}, {days}, after “{anchor}”.",
            time=say.time(schedule.at),
            days=escape(say.weekdays(schedule.days)),
            anchor=escape(nudge.anchor),
        )
    ]
    at = step.sent_at or step.planned_at  # its record may be a moment behind its arrival
    lines.append(say("It was sent on {when}.", when=escape(moment_text(say, at, schedule.zone))))
    return lines
