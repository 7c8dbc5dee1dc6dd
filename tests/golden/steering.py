"""The messages of setting up and steering the daily step: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from chat.form import Form
from chat.message import Message
from chat.moment import Occurrence, Schedule
from chat.people import Person, Space
from commands import (
    home,
    nudge,
    nudge_choices,
    nudge_dose,
    nudge_form,
    nudge_history,
    nudge_moved,
    nudge_pause,
    nudge_recipe,
    nudge_rhythm,
    nudge_setup,
    nudge_time,
    nudge_week,
    nudge_welcome,
    nudge_why,
    nudge_zone,
)
from commands._nudges import Moved
from commands.nudge import WelcomeStep
from content.cities import cities
from content.library import Library
from content.nudge_card import Recipe
from content.say import Say
from store.deliveries import Delivery
from store.members import Member
from store.nudges import Nudge
from tests.kit.pictures import png

PERSON = Person(Space("slack", "T1"), "U1")
RECIPE = Recipe("pour *my* coffee", "open <the> course", "say “begun” @everyone", time(8, 30), frozenset({0, 4}))
NEXT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
NUDGE = Nudge(
    PERSON, RECIPE.anchor, RECIPE.tiny, RECIPE.celebrate, Schedule(RECIPE.at, "Europe/London", RECIPE.days), "active",
    "daily", 0, 0, date(2026, 11, 2), None, None, {}, None, date(2026, 11, 23), NEXT, None, None, 1,
)  # fmt: skip
LOOKS_BACK = replace(NUDGE, rhythm="weekly", reflect_day=6, reflect_at=time(17))
NEW = Member(PERSON, "auto", "en-GB", None, None, None, None, "any", frozenset(), "", None, None, True, None, NEXT)
KNOWN = replace(NEW, zone="Europe/London", track="build", optins=frozenset({"days", "wellbeing"}))
SPRING = replace(NUDGE, schedule=Schedule(time(2, 30), "America/New_York"), paused_until=date(2027, 3, 13))
STEP = Delivery(
    "a" * 24, PERSON, "prompt", date(2026, 11, 23), 0, "prompt.habit.ten-seconds", 1, 2, "", "", "sent", 1, None, None,
    None, None, NEXT, NEXT, "done", NEXT, None, None,
)  # fmt: skip


def steering(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    return {**_standing(say), **_welcome(say, library), **_changes(say), **_looks(say, library)}


def _standing(say: Say) -> Mapping[str, Message | Form]:
    standing = nudge.settings_card(say, NUDGE, 3, reachable=True)
    five = (True,) * 5 + (False,) * 23
    return {
        "settings_card": standing,
        "settings_card.paused": nudge.settings_card(say, replace(NUDGE, next_at=None), 1, reachable=True),
        "settings_card.unreachable": nudge.settings_card(say, NUDGE, 0, reachable=False),
        "off_card": nudge.off_card(say),
        "stopped_card": nudge.stopped_card(say),
        "quiet_card": nudge.quiet_card(say, RECIPE, 12),
        "graduated_card": nudge.graduated_card(say, RECIPE, 80),
        "paused_card": nudge_pause.paused_card(say, None),
        "paused_card.until": nudge_pause.paused_card(say, Occurrence(NEXT.date(), NEXT)),
        "paused_card.unreachable": nudge_pause.paused_card(say, Occurrence(NEXT.date(), NEXT), reachable=False),
        "home_page": home.home_page(say, standing, KNOWN, LOOKS_BACK, five, png()),
        "home_page.new": home.home_page(say, nudge.off_card(say), NEW, None, (False,) * 28, None),
    }


def _welcome(say: Say, library: Library) -> Mapping[str, Message | Form]:
    local, skip = time(21, 40), WelcomeStep("zone")
    saved = nudge_setup.saved_card
    return {
        "start_card": nudge_welcome.start_card(say),
        "language_question": nudge_welcome.language_question(say),
        "track_question": nudge_welcome.track_question(say),
        "families_question": nudge_welcome.families_question(say),
        "all_set_card": nudge_welcome.all_set_card(say),
        "zone_card": nudge_zone.zone_card(say),
        "zone_card.skip": nudge_zone.zone_card(say, skip),
        "zones_found": nudge_zone.zones_found(
            say, [(cities().of("Europe/London"), local), (cities().of("Asia/Shanghai"), time(4, 40))]
        ),
        "zone_proof": nudge_zone.zone_proof(say, "Europe/London", local),
        "zone_proof.skip": nudge_zone.zone_proof(say, "Europe/London", local, WelcomeStep("zone", "yes"), skip),
        "city_form": nudge_zone.city_form(say, "Puna"),
        "recipe_offer": nudge_recipe.recipe_offer(say, library),
        "act_offer": nudge_recipe.act_offer(say, library, "finish-lunch", "any"),
        "picked_form": nudge_form.picked_form(say, library, "finish-lunch", "b2"),
        "recipe_form": nudge_form.recipe_form(say, library, RECIPE),
        "recipe_form.first": nudge_form.recipe_form(say, library, None),
        "form_with": nudge_form.form_with(say, library, {"anchor": "@everyone", "at": "25:00"}, frozenset()),
        "saved_card": saved(say, RECIPE, "Monday", "Europe/London", reachable=True),
        "saved_card.first": saved(
            say, RECIPE, "Monday", "Europe/London", reachable=True, first=True, advice=("vague",)
        ),
        "saved_card.unreachable": saved(say, RECIPE, "Monday", "Europe/London", reachable=False),
        "back_card": nudge_setup.back_card(say, RECIPE, "Monday"),
        "back_card.unreachable": nudge_setup.back_card(say, RECIPE, None),
    }


def _changes(say: Say) -> Mapping[str, Message | Form]:
    local = time(21, 40)
    moved = Moved(NUDGE, NEXT - timedelta(days=2), NEXT)
    unmoved, back = Moved(NUDGE, NEXT, NEXT), Moved(LOOKS_BACK, NEXT, NEXT)
    return {
        "moved_card": nudge_moved.moved_card(say, moved, local),
        "moved_card.paused": nudge_moved.moved_card(say, Moved(NUDGE, None, None), local),
        "moved_card.off": nudge_moved.moved_card(say, Moved(replace(NUDGE, state="dormant"), None, None), local),
        "time_form": nudge_time.time_form(say, "08:30", frozenset({0, 1})),
        "dose_card": nudge_dose.dose_card(say, 0),
        "dose_card.long": nudge_dose.dose_card(say, 5),
        "rhythm_card": nudge_rhythm.rhythm_card(say, unmoved),
        "rhythm_card.weekly": nudge_rhythm.rhythm_card(say, back),
        "reflect_card": nudge_rhythm.reflect_card(say, unmoved),
        "reflect_card.on": nudge_rhythm.reflect_card(say, back),
        "reflect_form": nudge_rhythm.reflect_form(say, 6, "17:00"),
        "track_card": nudge_choices.track_card(say, "build"),
        "families_card": nudge_choices.families_card(say, frozenset({"days"})),
    }


def _looks(say: Say, library: Library) -> Mapping[str, Message | Form]:
    days = tuple(date(2026, 11, n) for n in range(1, 13))
    noted = replace(STEP, note="*bold* @everyone")
    gave_way = replace(STEP, why="language,topic,cooldown", extra="tiny", dose=0)
    gap = tuple(Occurrence(date(2027, 3, n), _at(n)) for n in (13, 14, 15))
    seven = tuple(Occurrence(NEXT.date() + timedelta(days=n), NEXT + timedelta(days=n)) for n in (0, 4))
    return {
        "recipe_card": nudge_recipe.recipe_card(say, RECIPE, ()),
        "recipe_card.advice": nudge_recipe.recipe_card(say, RECIPE, ("clock", "often")),
        "rehearsal": nudge_recipe.rehearsal(say, RECIPE),
        "why_card": nudge_why.why_card(say, library, STEP, replace(NUDGE, dose=2), "build"),
        "why_card.resized": nudge_why.why_card(say, library, STEP, NUDGE, "build"),
        "why_card.gave-way": nudge_why.why_card(say, library, gave_way, replace(NUDGE, dose=2), "any"),
        "why_card.recall": nudge_why.why_card(say, library, replace(STEP, extra="recall"), NUDGE, "any"),
        "why_card.asked": nudge_why.why_card(say, library, replace(STEP, kind="asked"), None, "any"),
        "history_card": nudge_history.history_card(say, library, days, days[-1], [noted] * 12, 1, png()),
        "history_card.none": nudge_history.history_card(say, library, (), days[-1], (), 0, None),
        "moments_card": nudge_week.moments_card(say, NUDGE, seven),
        "moments_card.clocks": nudge_week.moments_card(say, SPRING, gap),
        "moments_card.one": nudge_week.moments_card(say, NUDGE, seven[:1]),
    }


def _at(day: int) -> datetime:
    """Half past two in New York around the gap of 14 March 2027."""
    return datetime(2027, 3, day, 7 if day <= 14 else 6, 30, tzinfo=UTC)
