"""What share cards show of a worksheet as a whole: the verdict in two words, and how far the steps are."""

from __future__ import annotations

from datetime import date

from content.document import Dot
from content.say import Say
from content.worksheet import Worksheet
from sheets.aiming import case_of, rule
from sheets.progress import progress, steps_of
from sheets.results import badge, dots
from sheets.sheet import Sheet


@badge("aim-verdict")
def aim_verdict(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> str:
    """Which way the advice goes; "" until every tap was answered."""
    if (case := case_of(sheet)) is None:
        return ""
    match rule(case).verdict:
        case "aim-safe" | "aim-study":
            return say("Aim first")
        case "fire-model" | "fire-shots":
            return say("Fire first")
        case "smaller":
            return say("A smaller shot")
        case "mixed":
            return say("Half and half")


@dots("steps")
def step_dots(say: Say, worksheet: Worksheet, sheet: Sheet, today: date) -> tuple[Dot, ...]:
    """A dot for every step that is counted, filled once it is done."""
    named = {step.key: step.short.get(say.lang) for step in steps_of(worksheet, sheet)}
    return tuple(
        Dot(named[one.key], one.state == "done") for one in progress(worksheet, sheet) if one.number is not None
    )
