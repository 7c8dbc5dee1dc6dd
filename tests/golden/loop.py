"""The messages of the daily loop, from a step's arrival to graduation: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from chat.form import Form
from chat.message import Message
from content import done_card, nudge_card, offer_card, recall_card, reflection_card, silence_card, step_card
from content.library import Library
from content.say import Say
from content.weekly_questions import question_by

RECIPE = nudge_card.Recipe(
    "pour *my* coffee", "open <the> course", "say “begun” @everyone", time(8, 30), frozenset({0, 4})
)
KEY = "abcdefghijklmnopqrstuvwx"
DAY = date(2026, 11, 22)
HOSTILE = "*bold* <@U1> @everyone"


def loop(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    prompt = library.prompts["prompt.habit.ten-seconds"]
    asks = next(one for one in library.prompts.values() if one.recall)
    assert asks.recall is not None
    ride, after, offer = step_card.Ride, done_card.After, offer_card.offer_parts
    lines = reflection_card.Lines("a talk", HOSTILE, "open the data")
    return {
        "step_card": step_card.step_card(say, prompt, KEY, RECIPE),
        "step_card.action": step_card.step_card(say, prompt, KEY, RECIPE, seconds=120, ride=ride(way_out=True)),
        "step_card.long": step_card.step_card(say, prompt, KEY, RECIPE, seconds=900, ride=ride(wish=HOSTILE)),
        "step_card.weekly": step_card.step_card(say, prompt, KEY, RECIPE, ride=ride(weekly=True)),
        "step_card.zone": step_card.step_card(
            say, prompt, KEY, RECIPE, ride=ride(zones=("Europe/London", "America/New_York"))
        ),
        "step_card.back": step_card.step_card(
            say, prompt, KEY, None, ride=ride(lead=say("Good to see you. Ten seconds?"))
        ),
        "shrunk_card": step_card.shrunk_card(say, prompt, KEY),
        "shrunk_card.offer": step_card.shrunk_card(
            say, prompt, KEY, smallest=True, offer=offer(say, "easier", KEY, "30 s")
        ),
        "done_card": done_card.done_card(say, prompt, "That counts.", 3, 2),
        "done_card.all": done_card.done_card(
            say,
            prompt,
            "That counts.",
            3,
            2,
            after(KEY, True, "Monday, 08:30", "Sunday", HOSTILE, offer(say, "weekly", KEY, "")),
        ),
        "done_card.harder": done_card.done_card(
            say, prompt, "That counts.", 3, 2, after(KEY, offer=offer(say, "harder", KEY, "2 min"))
        ),
        "done_card.stop": done_card.done_card(
            say, prompt, "That counts.", 3, 2, after(KEY, offer=offer(say, "stop", KEY, ""))
        ),
        "counted_card": done_card.counted_card(say, "That counts.", 3, 2),
        "well_built_card": offer_card.well_built_card(say, 80),
        "note_form": done_card.note_form(say, KEY, "read two pages"),
        "not_today_card": step_card.not_today_card(say, prompt.title.get(say.lang)),
        "not_today_card.reflection": step_card.not_today_card(say),
        "pause_offer": nudge_card.pause_offer(say),
        "welcome_card": nudge_card.welcome_card(say, RECIPE, "Europe/London"),
        "question_card": recall_card.question_card(say, asks, asks.recall, KEY, ride(wish=HOSTILE, way_out=True)),
        "answer_card": recall_card.answer_card(say, asks, asks.recall, KEY),
        "graded_card": recall_card.graded_card(say, asks, "That counts.", 12, 9, again=say.date(DAY)),
        "put_away_card": recall_card.put_away_card(say, reported=False),
        "put_away_card.reported": recall_card.put_away_card(say, reported=True),
        "wrong_form": recall_card.wrong_form(say, KEY),
        "trouble_card": silence_card.trouble_card(say, RECIPE, KEY, out=True),
        "smaller_card": silence_card.smaller_card(say, "Monday, 08:30"),
        "last_card": silence_card.last_card(say, KEY),
        "going_card": silence_card.going_card(say, "Monday, 08:30"),
        "reflection_card": reflection_card.reflection_card(say, DAY, KEY, out=True),
        "reflection_form": reflection_card.reflection_form(say, DAY, KEY, lines),
        "one_line_form": reflection_card.one_line_form(say, DAY, KEY, lines),
        "week_card": reflection_card.week_card(say, DAY, 5, lines, question_by("keys.8.ask")),
        "week_card.empty": reflection_card.week_card(say, DAY, 0, reflection_card.EMPTY, question_by("math.decisions")),
        "weeks_card": reflection_card.weeks_card(say, [(DAY, lines), (date(2026, 11, 15), reflection_card.EMPTY)]),
        "weeks_card.none": reflection_card.weeks_card(say, []),
    }
