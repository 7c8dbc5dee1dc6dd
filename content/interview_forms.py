"""The forms of who looks for a talk and who offers one: a first one each, and two that only make the match better."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chat.form import Ask, Choose, Form, Question
from content import interview_words as words
from content.interview_ways import GroundGiven, HostGiven, SeekerGiven, Side, TimesGiven
from content.interview_words import Options
from content.library import Library
from content.say import Say

NAME, CURIOSITY, CURIOSITIES, ABOUT, TOPICS, SEATS = 40, 140, 3, 200, 3, 4
SHORT = 80
"""Characters of a company, a team or a school."""
ROOM = 1_000
"""Fields take more than we keep, so that too long a text is explained and not cut by the window."""
NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What stands in the forms when they open. `curiosities`, `companies`: one a line; `hours` as typed."""

    call_me: str = ""
    role: str = ""
    second: str = ""
    curiosities: str = ""
    about: str = ""
    languages: Collection[str] = ()
    format: str = "call"
    capacity: str = "1"
    hours: str = ""
    industry: str = ""
    topics: Collection[str] = ()
    paths: Collection[str] = ()
    school: str = ""
    company: str = ""
    companies: str = ""
    team: str = ""
    native: str = ""


def seeker_form(say: Say, library: Library, filled: Filled) -> Form:
    """Who looks for a talk: with whom, about what, in which language, how."""
    return Form(
        say("A talk I would like"),
        (
            _name(say, filled),
            _one("role", say("Which role are you curious about?"), words.roles(say, library), filled.role),
            Ask(
                "curiosities",
                say("What would you ask? Up to three lines"),
                hint=say("how they came to it; no names or private details of others"),
                value=filled.curiosities[:ROOM],
                long=True,
                least=1,
                most=ROOM,
            ),
            _languages(say, filled),
            _one("format", say("How would you like to talk?"), words.formats(say), filled.format),
        ),
        SeekerGiven(),
        say("Look for someone"),
    )


def host_form(say: Say, library: Library, filled: Filled) -> Form:
    """Who offers talks: what they do, what they can tell of it, how often."""
    return Form(
        say("Talks I can offer"),
        (
            _name(say, filled),
            _one("role", say("Which role comes nearest to your work?"), words.roles(say, library), filled.role),
            Ask(
                "about",
                say("What could you tell about? A line is enough"),
                hint=say("changed from teaching to data work, small team"),
                value=filled.about[:ROOM],
                required=False,
                long=True,
                most=ROOM,
            ),
            _languages(say, filled),
            _one("capacity", say("How many talks a month, at most?"), _seats(say), filled.capacity),
        ),
        HostGiven(),
        say("Offer it"),
    )


def times_form(say: Say, library: Library, side: Side, filled: Filled) -> Form:
    """When, and what besides: all of it may stay empty."""
    seeks = side == "seeker"
    about = say("Topics you wonder about") if seeks else say("Up to three topics you can talk about")
    ways = say("Whose way would help you?") if seeks else say("Which of these ways did you go?")
    questions: list[Question] = [
        Ask(
            "hours",
            say("When could you talk, by your clock?"),
            hint=say("weekdays 18:00-20:00, Sat 10-12; empty: by day; any: always"),
            value=filled.hours[:ROOM],
            required=False,
            most=ROOM,
        ),
        _maybe(
            "industry",
            say("Which industry?") if seeks else say("Your industry"),
            words.industries(say),
            (filled.industry,),
        ),
        _maybe("paths", ways, words.paths(say), filled.paths, many=True),
    ]
    if topics := words.topics(say, library):
        questions.append(_maybe("topics", about, topics, filled.topics, many=True))
    if seeks:
        options = ((NONE, say("none")), *words.roles(say, library))[:25]
        questions.append(_maybe("second", say("A second role, if there is one"), options, (filled.second or NONE,)))
    return Form(say("Times and interests"), tuple(questions), TimesGiven(side), say("Keep it"))


def ground_form(say: Say, side: Side, filled: Filled) -> Form:
    """Where somebody comes from: what they share with others, and with whom they talk anyway."""
    questions: list[Question] = [
        _line("school", say("Your school, for those who share it"), filled.school),
        _line("company", say("Where you work"), filled.company),
        _line("team", say("Your team: nobody from it is suggested"), filled.team),
        _maybe("native", say("Your first language"), words.languages(say), (filled.native,)),
    ]
    if side == "seeker":
        label, hint = say("Where you would like to work, one a line"), say("hosts who work there read it")
        value = filled.companies[:ROOM]
        questions.append(Ask("companies", label, hint=hint, value=value, required=False, long=True, most=ROOM))
    return Form(say("School, work, language"), tuple(questions), GroundGiven(side), say("Keep it"))


def _name(say: Say, filled: Filled) -> Ask:
    return Ask("call_me", say("What shall others call you?"), hint=say("a first name is enough"),
               value=filled.call_me[:SHORT], least=1, most=SHORT)  # fmt: skip


def _languages(say: Say, filled: Filled) -> Choose:
    options = words.languages(say)
    chosen = tuple(code for code, _label in options if code in filled.languages)
    return Choose("languages", say("Languages you can talk in"), options, chosen, many=True)


def _seats(say: Say) -> Options:
    return tuple((str(n), say.plural("{n} a month", "{n} a month", n)) for n in range(1, SEATS + 1))


def _one(key: str, label: str, options: Options, chosen: str) -> Choose:
    return Choose(key, label, options, tuple(value for value, _label in options if value == chosen))


def _maybe(key: str, label: str, options: Options, chosen: Collection[str], *, many: bool = False) -> Choose:
    there = tuple(value for value, _label in options if value in chosen)
    return Choose(key, label, options, there, required=False, many=many)


def _line(key: str, label: str, value: str) -> Ask:
    return Ask(key, label, value=value[:SHORT], required=False, most=SHORT)
