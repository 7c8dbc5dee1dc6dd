"""The recipe form: After I … I will … then I …, its moment and days; what is typed wrong comes back with its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from chat.action import Action
from chat.errors import Mistakes
from chat.form import Answers, Ask, Form
from chat.markup import clean
from chat.moment import EVERY_DAY
from commands._call import Call
from commands._read import read_time
from commands._ready import ready_text, usual_hour
from commands.nudge_time import chosen_days, day_question
from content.library import Library
from content.nudge_card import Recipe
from content.say import Say

ANCHOR, TINY, CELEBRATE, AT = 80, 120, 60, 20
DEFAULT_AT = time(8, 30)


@dataclass(frozen=True)
class RecipeGiven(Action, name="recipe-given"):
    """The recipe form came back."""


def read_recipe(call: Call, typed: Answers) -> Recipe:
    """The answers as a recipe. Raises Mistakes with one sentence a field; what was typed stays in the form."""
    say = call.say
    words = typed_words(typed)
    wrong: dict[str, str] = {}
    for key, most in (("anchor", ANCHOR), ("tiny", TINY)):
        if not 2 <= len(words[key]) <= most:
            wrong[key] = say("Between 2 and {most} characters, please.", most=most)
    if len(words["celebrate"]) > CELEBRATE:
        wrong["celebrate"] = say("At most {most} characters, please.", most=CELEBRATE)
    at = read_time(words["at"])
    if at is None:
        wrong["at"] = say("I read times such as 08:30 or 8:30 pm.")
    days = chosen_days(typed)
    if not days:
        wrong["days"] = say("At least one day, please.")
    if wrong or at is None:
        raise Mistakes(wrong, form_with(say, call.library, words, days))
    return Recipe(words["anchor"], words["tiny"], words["celebrate"] or say("smile"), at, days)


def typed_words(typed: Answers) -> dict[str, str]:
    """What was typed, shortened to what a field can show again."""
    keys = {"anchor": 3_000, "tiny": 3_000, "celebrate": 3_000, "at": 100}
    return {key: clean(typed.text(key)).replace("\n", " ").strip()[:most] for key, most in keys.items()}


def picked_form(say: Say, library: Library, anchor: str, ready: str) -> Form:
    """Filled with a moment of the pack and a ready act, where they were picked."""
    moment = library.anchors.get(anchor)
    words = {"anchor": moment.get(say.lang) if moment else "", "tiny": ready_text(say, ready)}
    return form_with(say, library, words | {"at": say.time(usual_hour(anchor, DEFAULT_AT))}, EVERY_DAY)


def recipe_form(say: Say, library: Library, recipe: Recipe | None) -> Form:
    """Filled with the recipe there is."""
    if recipe is None:
        return form_with(say, library, {"at": say.time(DEFAULT_AT)}, EVERY_DAY)
    words = {"anchor": recipe.anchor, "tiny": recipe.tiny, "celebrate": recipe.celebrate, "at": say.time(recipe.at)}
    return form_with(say, library, words, recipe.days)


def form_with(say: Say, library: Library, words: dict[str, str], days: frozenset[int]) -> Form:
    """Fields accept more than we keep, so that too long a text is explained and not cut by the window."""
    anchor = next(iter(library.anchors.values())).get(say.lang)
    after, will, then = words.get("anchor", ""), words.get("tiny", ""), words.get("celebrate", "")
    end = say("smile, or say “begun”")
    return Form(
        say("Your recipe"),
        (
            Ask("anchor", say("After I …"), hint=anchor, value=after, least=2, most=3_000),
            Ask("tiny", say("I will …"), hint=say("open the course tab"), value=will, least=2, most=3_000),
            Ask("celebrate", say("then I …"), hint=end, value=then, required=False, most=3_000),
            Ask("at", say("When is that, usually?"), hint="08:30", value=words.get("at", ""), least=1, most=100),
            day_question(say, days),
        ),
        RecipeGiven(),
        say("Keep it"),
    )
