"""/nudge show, off and pause: everything about the daily step except setting it up and taking it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from chat.action import Action
from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text, short
from chat.platform import Edit, Reply
from commands._call import Call
from commands._read import read_pause
from commands._registry import Option, _, answers, command
from content.nudge_card import NudgePause, PauseFor, Recipe, pause_offer, recipe_lines
from content.say import Say
from store.nudges import Nudge


@dataclass(frozen=True)
class NudgeSetUp(Action, name="nudge-set-up"):
    """Begin, or change, the daily step: opens the recipe form (or asks for the zone first)."""


@dataclass(frozen=True)
class NudgeOff(Action, name="nudge-off"):
    """Stop the daily step."""


@dataclass(frozen=True)
class ZoneAsked(Action, name="zone-asked"):
    """Let me choose my time zone (again)."""


@dataclass(frozen=True)
class NudgeBack(Action, name="nudge-back"):
    """End a pause now."""


@command("nudge show", _("Your recipe, your next step, your days"), bare=True, also=("status", "查看", "状态"))
async def show(call: Call) -> Reply:
    """The member's own page of the daily step."""
    async with call.store.begin() as tx:
        nudge = await tx.nudges.get(call.person)
        days = await tx.deliveries.shown_up(call.person, date.min)
    if nudge is None or not nudge.runs:
        return off_card(call.say)
    return settings_card(call.say, nudge, days, reachable=call.member.reachable)


@command("nudge off", _("Stop the daily step"), also=("stop", "关", "关闭", "停止"))
async def off(call: Call) -> Reply:
    """Stops at once; the recipe stays for a later return."""
    async with call.store.begin() as tx:
        await tx.nudges.turn_off(call.person, call.now)
    return stopped_card(call.say)


@answers(NudgeOff)
async def off_by_button(call: Call, pressed: NudgeOff) -> Reply:
    """The same by button."""
    reply = await off(call)
    return Edit(reply) if isinstance(reply, Message) else reply


async def lengths(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """The usual pauses; anything else may be typed."""
    say = call.say
    usual = [("3d", say("3 days")), ("1w", say("1 week")), ("2w", say("2 weeks")), ("open", say("Until I say"))]
    return [pair for pair in usual if partial.casefold() in pair[0] + pair[1].casefold()] or usual


@command("nudge pause", _("Be quiet for a while: 3d, 1w, 2w or a date"), also=("暂停",))
async def pause(
    call: Call,
    length: Annotated[str, Option(_("3d, 1w, 2w, open, or a date such as 2026-12-24"), complete=lengths)] = "",
) -> Reply:
    """Without a length, offers the usual ones."""
    return await _pause(call, length) if length.strip() else pause_offer(call.say)


@answers(NudgePause)
async def offer_pause(call: Call, pressed: NudgePause) -> Reply:
    """The Pause button of a step turns that message into the four pauses."""
    return Edit(pause_offer(call.say))


@answers(PauseFor)
async def pause_for(call: Call, chosen: PauseFor) -> Reply:
    """One of the offered pauses."""
    return Edit(await _pause(call, chosen.length))


@answers(NudgeBack)
async def back(call: Call, pressed: NudgeBack) -> Reply:
    """Ends the pause; the next step comes at the next own moment."""
    nudge = await _running(call)
    moment = call.rooms.next_moment(nudge.schedule, call.now)
    async with call.store.begin() as tx:
        await tx.nudges.pause(call.person, None, moment, call.now)
    when = moment_text(call.say, moment.at, nudge.schedule.zone)
    return Edit(short(call.say("Good to see you. Your next step comes {when}.", when=when)))


async def _pause(call: Call, length: str) -> Message:
    nudge = await _running(call)
    say = call.say
    today = call.now.astimezone(nudge.schedule.tz).date()
    if length.strip().casefold() in {"open", "until", "直到我说"}:
        until, moment = None, None
        text = say("Quiet until you say so.")
    else:
        until = read_pause(length, today)
        if until is None:
            raise Tellable(say("I read pauses such as 3d, 1w, 2w, or a coming date like 2026-12-24."))
        moment = call.rooms.next_moment(nudge.schedule, call.now, first_day=until)
        text = say("Quiet until {day}. It goes on by itself then.", day=say.date(moment.day))
    async with call.store.begin() as tx:
        await tx.nudges.pause(call.person, until, moment, call.now)
    return paused_card(say, text)


async def _running(call: Call) -> Nudge:
    async with call.store.begin() as tx:
        nudge = await tx.nudges.get(call.person)
    if nudge is None or not nudge.runs:
        raise Tellable(call.say("There is no daily step to pause: it is off. `/nudge on` starts it."))
    return nudge


def moment_text(say: Say, at: datetime, zone: str) -> str:
    """An instant as the member's own date and time."""
    local = at.astimezone(ZoneInfo(zone))
    return say("{day}, {time}", day=say.date(local.date()), time=say.time(local.timetz().replace(tzinfo=None)))


def settings_card(say: Say, nudge: Nudge, days: int, *, reachable: bool) -> Message:
    """Recipe, next step, pause and days, with every way to change them."""
    recipe = Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)
    parts: list[Part] = [recipe_lines(say, recipe)]
    if not reachable:
        parts.append(Text(unreachable_text(say)))
    elif nudge.next_at is None:
        parts.append(Text(say("Quiet until you say so.")))
    else:
        when = moment_text(say, nudge.next_at, nudge.schedule.zone)
        parts.append(Text(say("Next step: {when}", when=escape(when))))
    parts.append(Note(say.plural("{n} day shown up", "{n} days shown up", days)))
    paused = nudge.paused_until is not None or nudge.next_at is None
    last = Button(say("I am back"), NudgeBack()) if paused else Button(say("Pause"), NudgePause(""))
    change = Button(say("Change it"), NudgeSetUp(), "primary")
    parts.append(Row((change, last, Button(say("Time zone"), ZoneAsked()), Button(say("Stop"), NudgeOff()))))
    return Message(say("Your daily step"), tuple(parts))


def off_card(say: Say) -> Message:
    """Before the first step, and after a stop."""
    return Message(
        say("Your daily step"),
        (
            Text(say("It is off. One small step a day, ten seconds by default, at a moment you choose.")),
            Note(say("I keep your recipe, your time zone and which days you answered. Nothing else.")),
            Row((Button(say("Start small"), NudgeSetUp(), "primary"),)),
        ),
    )


def stopped_card(say: Say) -> Message:
    """After /nudge off: no regret, the door stays open."""
    return Message(
        "",
        (
            Text(say("Off. No more steps from me. `/nudge on` whenever you like.")),
            Row((Button(say("Start again"), NudgeSetUp()),)),
        ),
    )


def paused_card(say: Say, text: str) -> Message:
    """After a pause: until when, and the way back."""
    return Message("", (Text(text), Row((Button(say("I am back"), NudgeBack()),))))


def unreachable_text(say: Say) -> str:
    """Said in the reply when direct messages do not arrive: what happened, what to do, what works meanwhile."""
    return say(
        "I could not send you a direct message. Please allow direct messages from members here in your privacy "
        "settings, then try again. Until then, `/nudge now` gives you a step right here."
    )
