"""Every message and form the bot can show, each once in English and once in Chinese: what the golden files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time

from chat.form import Form
from chat.message import Button, Message, short
from chat.moment import Schedule
from chat.people import Person, Space
from commands import (
    admin,
    card,
    language,
    nudge,
    nudge_setup,
    nudge_zone,
    role,
    role_compare,
    role_fit,
    role_org,
    role_quiz,
    step,
)
from commands import help as help_command
from commands._registry import load as load_commands
from content import nudge_card
from content.library import load
from content.origin_card import origin_card
from content.say import Say, speaker
from content.ways import CardShown
from store.nudges import Nudge

LIBRARY = load()
RECIPE = nudge_card.Recipe(
    "pour *my* coffee", "open <the> course", "say “begun” @everyone", time(8, 30), frozenset({0, 4})
)
NUDGE = Nudge(
    Person(Space("slack", "T1"), "U1"), RECIPE.anchor, RECIPE.tiny, RECIPE.celebrate,
    Schedule(RECIPE.at, "Europe/London", RECIPE.days), "on", None, date(2026, 11, 23),
    datetime(2026, 11, 23, 8, 30, tzinfo=UTC), None, 1,
)  # fmt: skip
PROMPT = LIBRARY.prompts["prompt.habit.ten-seconds"]
KEY = "abcdefghijklmnopqrstuvwx"


def shown(say: Say) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    roles = LIBRARY.roles
    return {
        "help_card": help_command.help_card(say, load_commands().usages()),
        "role_list": role.role_list(say, LIBRARY, "role.data-analyst"),
        "role_card": role.role_card(say, LIBRARY, roles["role.ml-engineer"], None),
        "role_card.own": role.role_card(say, LIBRARY, roles["role.data-scientist"], "role.data-scientist"),
        "unknown_role": role.unknown_role(say, LIBRARY, "prompt *engineer*", ()),
        "comparison": role_compare.comparison(say, LIBRARY, roles["role.ml-engineer"], roles["role.data-analyst"]),
        "comparison.same-tools": role_compare.comparison(
            say, LIBRARY, roles["role.ml-engineer"], roles["role.ml-researcher"]
        ),
        "compare_picker": role_compare.compare_picker(say, LIBRARY, None),
        "compare_picker.second": role_compare.compare_picker(say, LIBRARY, roles["role.data-analyst"]),
        "quiz_question": role_quiz.quiz_question(say, LIBRARY, ""),
        "quiz_question.later": role_quiz.quiz_question(say, LIBRARY, "012"),
        "quiz_result": role_quiz.quiz_result(say, LIBRARY, "000000", kept=False),
        "quiz_result.kept": role_quiz.quiz_result(say, LIBRARY, "111110", kept=True),
        "fit_form": role_fit.fit_form(say, LIBRARY, "role.ml-engineer"),
        "fit_card": role_fit.fit_card(say, LIBRARY, roles["role.ml-engineer"], ["Python", "R"]),
        "fit_card.all": role_fit.fit_card(
            say, LIBRARY, roles["role.data-analyst"], ["A/B-testing", "Excel", "Python", "SQL", "Tableau"]
        ),
        "org_card": role_org.org_card(say, LIBRARY),
        "directory": step.directory(say, LIBRARY),
        "topic_page": step.topic_page(say, LIBRARY, LIBRARY.topics["math"]),
        "topic_page.roles": step.topic_page(say, LIBRARY, LIBRARY.topics["role"]),
        "results": step.results(
            say, LIBRARY, "how *much* maths", ["card.math.how-much", "role.ml-engineer", PROMPT.id]
        ),
        "results.unsure": step.results(say, LIBRARY, "wether *today*", [PROMPT.id], sure=False, mended="weather today"),
        "results.none": step.results(say, LIBRARY, "@everyone", []),
        "card_page": card.card_page(say, LIBRARY, LIBRARY.cards["card.keys.eight"]),
        "card_page.story": card.card_page(say, LIBRARY, LIBRARY.cards["card.voice.swetha-mandava"]),
        "card_page.source": card.card_page(say, LIBRARY, LIBRARY.cards["card.source.d2l"]),
        "prompt_page": card.prompt_page(say, LIBRARY, PROMPT),
        "origin_card": origin_card(say, LIBRARY, PROMPT.id, PROMPT.sources, Button(say("Back"), CardShown(PROMPT.id))),
        "origin_card.notes": origin_card(
            say, LIBRARY, "card.x", ("keys.5.community", "research.step1"), Button(say("Back"), CardShown("card.x"))
        ),
        "language_card": language.language_card(say, "auto"),
        "language_card.set": language.language_card(say, "en" if say.lang == "en" else "zh-CN"),
        "reloaded_card": admin.reloaded_card(say, LIBRARY),
        "refused_card": admin.refused_card(say, ("pack/prompts/a.yaml:3: rev is missing: start at `1`",)),
        "settings_card": nudge.settings_card(say, NUDGE, 3, reachable=True),
        "settings_card.paused": nudge.settings_card(say, replace(NUDGE, next_at=None), 1, reachable=True),
        "settings_card.unreachable": nudge.settings_card(say, NUDGE, 0, reachable=False),
        "off_card": nudge.off_card(say),
        "stopped_card": nudge.stopped_card(say),
        "paused_card": nudge.paused_card(say, say("Quiet until you say so.")),
        "zone_card": nudge_zone.zone_card(say),
        "zones_found": nudge_zone.zones_found(say, ("Europe/London", "Asia/Shanghai")),
        "zone_proof": nudge_zone.zone_proof(say, "Europe/London", time(21, 40)),
        "city_form": nudge_zone.city_form(say, "Puna"),
        "recipe_form": nudge_setup.recipe_form(say, LIBRARY, RECIPE),
        "recipe_form.first": nudge_setup.recipe_form(say, LIBRARY, None),
        "saved_card": nudge_setup.saved_card(say, RECIPE, "Monday", "Europe/London", reachable=True),
        "saved_card.unreachable": nudge_setup.saved_card(say, RECIPE, "Monday", "Europe/London", reachable=False),
        "step_card": nudge_card.step_card(say, PROMPT, KEY, RECIPE),
        "shrunk_card": nudge_card.shrunk_card(say, PROMPT, KEY),
        "done_card": nudge_card.done_card(say, PROMPT, "That counts.", 3, 2),
        "not_today_card": nudge_card.not_today_card(say, PROMPT),
        "pause_offer": nudge_card.pause_offer(say),
        "welcome_card": nudge_card.welcome_card(say, RECIPE, "Europe/London"),
        "short": short("A **small** word."),
    }


SHOWN = {lang: shown(speaker(lang)) for lang in ("en", "zh-CN")}
