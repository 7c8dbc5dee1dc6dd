"""/nudge show and off, and what the member sees when nothing comes: off, quiet, graduated, unreachable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import moment_text, recipe_of
from commands._registry import _, answers, command
from commands._tap import tapped
from content.nudge_card import NudgePause, Recipe, recipe_lines
from content.say import Say
from store.nudges import Nudge


@dataclass(frozen=True)
class NudgeSetUp(Action, name="nudge-set-up"):
    """Begin, come back to, or change the daily step: whatever comes next for this member."""


@dataclass(frozen=True)
class NudgeOff(Action, name="nudge-off"):
    """Stop the daily step."""


@dataclass(frozen=True)
class ZoneAsked(Action, name="zone-asked"):
    """Let me choose my time zone (again)."""


@dataclass(frozen=True)
class NudgeBack(Action, name="nudge-back"):
    """End a pause now."""


@dataclass(frozen=True)
class ReachAgain(Action, name="reach-again"):
    """Try once more whether direct messages arrive."""


@dataclass(frozen=True)
class StepNow(Action, name="step-now"):
    """Give me a step right away."""


@dataclass(frozen=True)
class WelcomeStep(Action, name="welcome-step"):
    """One step of the first setting up is answered; an empty choice skips it."""

    step: str
    choice: str = ""


@dataclass(frozen=True)
class Agreed(Action, name="consent-agreed"):
    """I agree to the text of what is kept as it is now; then as NudgeSetUp."""


@dataclass(frozen=True)
class GoOn(Action, name="go-on"):
    """As NudgeSetUp, in this message's place."""


@dataclass(frozen=True)
class HomeShown(Action, name="home"):
    """Turn this message to my own page."""


@command("nudge show", _("Your recipe, your next step, your days"), bare=True, also=("status", "查看", "状态"))
async def show(call: Call) -> Reply:
    """How the daily step stands."""
    return await standing_card(call)


async def standing_card(call: Call) -> Message:
    """The card of the daily step as it stands, with every way to change it."""
    async with call.store.begin() as tx:
        nudge = await tx.nudges.get(call.person)
        days = await tx.deliveries.shown_up(call.person, date.min)
    if nudge is None or nudge.state == "off":
        return off_card(call.say)
    if nudge.state == "dormant":
        return quiet_card(call.say, recipe_of(nudge), days)
    if nudge.state == "graduated":
        return graduated_card(call.say, recipe_of(nudge), days)
    return settings_card(call.say, nudge, days, reachable=call.member.reachable)


@command("nudge off", _("Stop the daily step"), also=("stop", "关", "关闭", "停止"))
async def off(call: Call) -> Reply:
    """Stops at once; the recipe stays for a later return."""
    async with call.store.begin() as tx:
        await tapped(tx, call)
        await tx.nudges.turn_off(call.person, call.now)
    return stopped_card(call.say)


@answers(NudgeOff)
async def off_by_button(call: Call, pressed: NudgeOff) -> Reply:
    """The same by button."""
    reply = await off(call)
    return Edit(reply) if isinstance(reply, Message) else reply


def settings_card(say: Say, nudge: Nudge, days: int, *, reachable: bool) -> Message:
    """Recipe, next step, pause and days, with every way to change them."""
    parts: list[Part] = [recipe_lines(say, recipe_of(nudge))]
    if not reachable:
        parts.append(Text(unreachable_text(say)))
    elif nudge.next_at is None:
        parts.append(Text(say("Quiet until you say so.")))
    else:
        when = moment_text(say, nudge.next_at, nudge.schedule.zone)
        parts.append(Text(say("Next step: {when}", when=escape(when))))
    parts.append(Note(say.plural("{n} day shown up", "{n} days shown up", days)))
    last = Button(say("Pause"), NudgePause(""))
    if not reachable:
        last = Button(say("Try again"), ReachAgain())
    elif nudge.paused_until is not None or nudge.next_at is None:
        last = Button(say("I am back"), NudgeBack())
    change = Button(say("Change it"), NudgeSetUp(), "primary")
    parts.append(Row((change, last, Button(say("Time zone"), ZoneAsked()), Button(say("Stop"), NudgeOff()))))
    return Message(say("Your daily step"), tuple(parts))


def off_card(say: Say) -> Message:
    """Before the first step, and after a stop."""
    return Message(
        say("Your daily step"),
        (
            Text(say("It is off. One small step a day, ten seconds by default, at a moment you choose.")),
            Note(say("I keep what you set and write here, and which days you answered. Nobody else sees it.")),
            Row((Button(say("Start small"), NudgeSetUp(), "primary"),)),
        ),
    )


def quiet_card(say: Say, recipe: Recipe, days: int) -> Message:
    """After the last message of a silence: no word of what was, the door open."""
    return Message(
        say("Good to see you."),
        (
            Text(say("I have been quiet, and your recipe is here as you left it.")),
            *_way_back(say, recipe, days),
        ),
    )


def graduated_card(say: Say, recipe: Recipe, days: int) -> Message:
    """Somebody whose habit runs by itself: that is what it was for."""
    return Message(
        say("This runs without me"),
        (
            Text(say("You let the steps go because they run by themselves. That is the best end there is.")),
            *_way_back(say, recipe, days),
        ),
    )


def _way_back(say: Say, recipe: Recipe, days: int) -> tuple[Part, ...]:
    return (
        recipe_lines(say, recipe),
        Note(say.plural("{n} day shown up", "{n} days shown up", days)),
        Row(
            (
                Button(say("Start again, ten seconds"), NudgeSetUp(), "primary"),
                Button(say("A step now"), StepNow()),
            )
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


def unreachable_row(say: Say) -> Row:
    """What helps where direct messages do not arrive."""
    return Row((Button(say("Try again"), ReachAgain(), "primary"), Button(say("A step now"), StepNow())))


def unreachable_text(say: Say) -> str:
    """Said in the reply when direct messages do not arrive: what happened, what to do, what works meanwhile."""
    return say(
        "I could not send you a direct message. Please allow direct messages from members here in your privacy "
        "settings, then try again. Until then, `/nudge now` gives you a step right here."
    )
