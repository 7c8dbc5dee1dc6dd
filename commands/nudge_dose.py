"""/nudge dose, easier, harder: how big a step is, moved by the member and never commented on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from chat.action import Action
from chat.errors import Tellable
from chat.message import Button, Choice, Message, Note, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import looks, size
from commands._nudges import mine
from commands._registry import Option, _, answers, command
from commands._tap import tapped
from commands.nudge import HomeShown
from content.fold import fold
from content.say import Say
from habit.ladder import DOSES, TOP, easier, harder
from store.nudges import Nudge

SIZES = (("10s", _("10 seconds")), ("30s", _("30 seconds")), ("2min", _("2 minutes")), ("5min", _("5 minutes")),
         ("15min", _("15 minutes")), ("30min", _("30 minutes")))  # fmt: skip

_SECONDS = ("", "s", "sec", "secs", "second", "seconds", "秒", "秒钟")
_MINUTES = ("", "m", "min", "mins", "minute", "minutes", "分", "分钟")


@dataclass(frozen=True)
class DoseAsked(Action, name="dose-asked"):
    """Show me the sizes."""


@dataclass(frozen=True)
class DoseChosen(Action, name="dose-chosen"):
    """Steps of this rung of the ladder, please."""

    rung: int


@command("nudge dose", _("How big a step is, from ten seconds to half an hour"), also=("size", "大小", "份量"))
async def dose(call: Call, size: Annotated[str, Option(_("10 seconds to 30 minutes"), choices=SIZES)] = "") -> Reply:
    """Without a size, the ladder to pick from."""
    nudge = await _known(call)
    if not size.strip():
        return dose_card(call.say, nudge.dose)
    rung = read_size(size)
    if rung is None:
        raise Tellable(call.say("I know these sizes: 10 s, 30 s, 2 min, 5 min, 15 min, 30 min."))
    return await _set(call, lambda _now: rung)


@command("nudge easier", _("Make steps one size smaller"), also=("smaller", "小一点", "更小"))
async def smaller(call: Call) -> Reply:
    """One rung down; the smallest stays."""
    return await _set(call, easier)


@command("nudge harder", _("Make steps one size bigger"), also=("bigger", "大一点", "更大"))
async def bigger(call: Call) -> Reply:
    """One rung up; the biggest stays."""
    return await _set(call, harder)


@answers(DoseAsked)
async def ask(call: Call, pressed: DoseAsked) -> Reply:
    """The ladder in the message's place."""
    return Edit(dose_card(call.say, (await _known(call)).dose))


@answers(DoseChosen)
async def choose(call: Call, chosen: DoseChosen) -> Reply:
    """One of the ladder."""
    if not 0 <= chosen.rung <= TOP:
        raise Tellable(call.say("I know these sizes: 10 s, 30 s, 2 min, 5 min, 15 min, 30 min."))
    return Edit(await _set(call, lambda _now: chosen.rung))


async def _known(call: Call) -> Nudge:
    nudge = await mine(call)
    if nudge is None:
        raise Tellable(call.say("Your daily step is off, so there is nothing to change yet. `/nudge on` starts it."))
    return nudge


async def _set(call: Call, change: Callable[[int], int]) -> Message:
    """A size asked for stays, also after a silence; one rung up or down is counted from the smallest then (R15), and
    climbed once, also when the same press is handled again after a crash."""
    nudge = await _known(call)
    async with call.store.begin() as tx:
        if not await tx.inbox.first(call.event, call.now):
            return dose_card(call.say, nudge.dose)
        if nudge.runs:
            nudge = (await tapped(tx, call)).nudge or nudge
        rung = change(nudge.dose)
        await tx.nudges.change(call.person, call.now, dose=rung)
    return dose_card(call.say, rung)


def read_size(words: str) -> int | None:
    """The rung of "2", "30s", "2 min", "5分钟" or a label in either language; a bare number is the smaller of two.

    >>> [read_size(w) for w in ("10 s", "30", "30 min", "2", "一小时")]
    [0, 1, 5, 2, None]
    """
    asked = fold(words).replace(" ", "")
    for rung, seconds in enumerate(DOSES):
        count, units = (seconds, _SECONDS) if seconds < 60 else (seconds // 60, _MINUTES)
        if asked in {f"{count}{unit}" for unit in units}:
            return rung
    return None


def dose_card(say: Say, rung: int) -> Message:
    """What a step looks like now, and the whole ladder."""
    choices = tuple(Choice(size(say, other), DoseChosen(other)) for other in range(TOP + 1))
    return Message(
        "",
        (
            Text(say("A step is about **{size}** now.", size=size(say, rung))),
            Note(looks(say, rung)),
            Picker(say("Another size"), choices),
            Row((Button(say("My page"), HomeShown()),)),
        ),
    )
