"""Every message and form the bot can show, each once in English and once in Chinese: what the golden files hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from chat.form import Form
from chat.message import Button, File, Message, People, Picture, Text, short
from chat.people import Person, Space
from commands import (
    admin,
    card,
    language,
    role,
    role_compare,
    role_fit,
    role_org,
    role_quiz,
    step,
)
from commands import help as help_command
from commands._registry import load as load_commands
from content.days_picture import days_alt
from content.interview_ways import TalkSought
from content.origin_card import origin_card
from content.say import Say, speaker
from content.ways import CardShown
from tests.golden.circles import circles
from tests.golden.coffee import coffee
from tests.golden.data import data
from tests.golden.interviews import interviews
from tests.golden.letters import letters
from tests.golden.loop import loop
from tests.golden.rounds import rounds
from tests.golden.sheet_letters import sheet_letters
from tests.golden.sheet_sharing import sheet_sharing
from tests.golden.sheets import sheets
from tests.golden.steering import steering
from tests.kit.house import shipped
from tests.kit.pictures import png

LIBRARY = shipped().library
PROMPT = LIBRARY.prompts["prompt.habit.ten-seconds"]
KEY = "abcdefghijklmnopqrstuvwx"
MAKERS = {"slack": Space("slack", "T01MAKERS"), "discord": Space("discord", "900000000000000001")}
NAMED = {"slack": ("U001", "U003"), "discord": ("800000000000000001", "800000000000000003")}  # Ada, Kofi


def shown(say: Say) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    roles = LIBRARY.roles
    own: Mapping[str, Message | Form] = {
        "help_card": help_command.help_card(say, load_commands().usages(owner=True)),
        "help_card.more": help_command.help_card(say, load_commands().usages(owner=True), 1),
        "role_list": role.role_list(say, LIBRARY, "role.data-analyst"),
        "role_card": role.role_card(say, LIBRARY, roles["role.ml-engineer"], None),
        "role_card.own": role.role_card(say, LIBRARY, roles["role.data-scientist"], "role.data-scientist"),
        "unknown_role": role.unknown_role(say, LIBRARY, "prompt *engineer*"),
        "unknown_role.talk": role.unknown_role(say, LIBRARY, "astro *naut*", TalkSought),
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
        "picture": Message("", (Text(say("Done")), Picture(png(), days_alt(say, 3), "days.png"))),
        "people": Message(say("Done"), (People(named("slack")), Text("<@U001> \\<@U001\\> @everyone"))),
        "file": Message("", (Text(say("Done")), File(b"BEGIN:VCALENDAR", "talk.ics", "*Thursday* at 14:00"))),
        "short": short("A **small** word."),
    }
    parts: tuple[Mapping[str, Message | Form], ...] = (
        own,
        steering(say, LIBRARY),
        loop(say, LIBRARY),
        letters(say, LIBRARY),
        interviews(say, LIBRARY),
        circles(say, LIBRARY),
        coffee(say),
        rounds(say),
        data(say),
        sheet_letters(say, LIBRARY),
        sheets(say, LIBRARY),
        sheet_sharing(say, LIBRARY),
    )
    made = {name: message for part in parts for name, message in part.items()}
    assert len(made) == sum(map(len, parts)), "two parts have messages of one name"
    return made


def named(platform: str) -> tuple[Person, ...]:
    """Ada and Kofi as the demo community of a platform knows them."""
    return tuple(Person(MAKERS[platform], id_) for id_ in NAMED[platform])


def on(platform: str, message: Message) -> Message:
    """The message with its people as that platform knows them."""
    parts = tuple(People(named(platform)) if isinstance(part, People) else part for part in message.parts)
    return replace(message, parts=parts)


def _closable(say: Say, value: Message | Form) -> Message | Form:
    """As the dispatcher opens it."""
    return replace(value, close=say("Cancel")) if isinstance(value, Form) else value


SHOWN = {
    lang: {name: _closable(speaker(lang), value) for name, value in shown(speaker(lang)).items()}
    for lang in ("en", "zh-CN")
}
