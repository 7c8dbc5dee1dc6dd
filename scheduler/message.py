"""Which card a row of the ledger becomes: pure, from what was read at the moment of sending."""

from __future__ import annotations

from datetime import date, timedelta

from chat.message import Message
from content.library import Library
from content.nudge_card import Recipe, welcome_card
from content.recall_card import question_card
from content.reflection_card import reflection_card
from content.say import Say
from content.silence_card import last_card, trouble_card
from content.step_card import Ride, step_card
from habit.ladder import DOSES
from store.deliveries import Delivery
from store.members import Member
from store.nudges import Nudge

WISH_LASTS = timedelta(days=8)
"""Lines of a weekly reflection are read so long afterwards."""


def message_of(
    say: Say, library: Library, delivery: Delivery, nudge: Nudge, member: Member, wish: str
) -> Message | None:
    """The card of a welcome, a step, a question, a look back, or what is said into a silence; None when the pack no
    longer has its step. `wish`: what the member wanted to do this week."""
    recipe = Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)
    out = names_way_out(nudge, delivery.day)
    match delivery.kind:
        case "welcome":
            return welcome_card(say, recipe, nudge.schedule.zone)
        case "trouble":
            return trouble_card(say, recipe, delivery.id, out=out)
        case "last":
            return last_card(say, delivery.id)
        case "reflection":
            return reflection_card(say, delivery.day, delivery.id, out=out)
        case "prompt" | "asked":
            prompt = library.prompts.get(delivery.subject)
            if prompt is None:
                return None
            seen = member.zone_seen
            zones = (nudge.schedule.zone, seen) if delivery.extra == "zone" and seen else None
            ride = Ride(wish=wish, weekly=delivery.extra == "weekly", zones=zones, way_out=out)
            if delivery.extra == "recall" and prompt.recall is not None:
                return question_card(say, prompt, prompt.recall, delivery.id, ride)
            return step_card(say, prompt, delivery.id, recipe, seconds=DOSES[delivery.dose], ride=ride)
        case "letter":
            return None  # has no nudge to go by: see scheduler/letters.py


def names_way_out(nudge: Nudge, day: date) -> bool:
    """Whether this day's message names `/nudge off`: once a week (R5), on the weekday the member began, or on the first
    one that is theirs."""
    days = _days(nudge)
    begun = nudge.started_on.weekday()
    return day.weekday() == (begun if begun in days else min(days))


def opens_week(nudge: Nudge, day: date) -> bool:
    """Whether the step of this day is the first after the weekend, on Monday or on the next day that is the member's:
    there the one tiny thing of last week's look back stands."""
    steps = _days(nudge) - {nudge.reflect_day}
    return day.weekday() == min(steps or _days(nudge))


def _days(nudge: Nudge) -> frozenset[int]:
    return frozenset[int]().union(*(schedule.days for schedule in nudge.week))
