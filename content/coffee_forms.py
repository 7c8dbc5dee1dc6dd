"""The form of who takes part in coffees, and those by which an owner sets up rounds: five questions each at most."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from chat.form import Ask, Choose, Form, Question
from content import coffee_words as words
from content.coffee_ways import CoffeeGiven
from content.interview_forms import NAME, ROOM, SHORT
from content.interview_words import Options, languages
from content.programme_ways import CirclesGiven, CoffeesGiven
from content.say import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What stands in a member's form when it opens. `hours` as typed."""

    call_me: str = ""
    languages: Collection[str] = ()
    hours: str = ""
    stage: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """What stands in an owner's form. `when`: weekday and time as typed, on the clock of `zone`, "" the owner's own;
    `who`: see `coffee_words.who`."""

    cadence: str = "2"
    when: str = ""
    size: str = "2"
    who: str = "anyone"
    approve: str = "no"
    zone: str = ""


def coffee_form(say: Say, channel: str, filled: Person) -> Form:
    """What matching goes by, and nothing else."""
    known, stages = languages(say), words.stages(say)
    return Form(
        say("Coffee with somebody"),
        (
            Ask("call_me", say("What shall others call you?"), hint=say("a first name is enough"),
                value=filled.call_me[:SHORT], least=1, most=SHORT),
            Choose("languages", say("Languages you can talk in"), known,
                   tuple(code for code, _label in known if code in filled.languages), many=True),
            Ask("hours", say("When could you meet, by your clock?"), value=filled.hours[:ROOM], required=False,
                most=ROOM, hint=say("weekdays 18:00-20:00, Sat 10-12; empty: by day; any: always")),
            Choose("stage", say("Where are you on your way?"), stages, _known(stages, filled.stage), required=False),
            Ask("team", say("Your team, to meet somebody from another"), value=filled.team[:SHORT], required=False,
                most=SHORT),
        ),
        CoffeeGiven(channel),
        say("Take part"),
    )  # fmt: skip


def coffees_form(say: Say, channel: str, filled: Rounds) -> Form:
    """How coffees of one channel go."""
    sizes, who = (("2", say("Two")), ("3", say("Three"))), words.who(say)
    questions = (
        *_rhythm(say, filled),
        Choose("size", say("How many meet?"), sizes, _known(sizes, filled.size)),
        Choose("who", say("Who meets whom?"), who, _known(who, filled.who)),
        _approve(say, filled),
    )
    return Form(say("Coffees of this channel"), questions, CoffeesGiven(channel), say("Keep it"))


def circles_form(say: Say, filled: Rounds) -> Form:
    """How often new circles are formed; three to five sit in each."""
    return Form(say("Circles"), (*_rhythm(say, filled), _approve(say, filled)), CirclesGiven(), say("Keep it"))


def _rhythm(say: Say, filled: Rounds) -> tuple[Question, ...]:
    weeks: Options = tuple((str(n), say.plural("Every week", "Every {n} weeks", n)) for n in (1, 2, 4, 6))
    own = say("Tuesday 9:00; by your own clock")
    hint = say("Tuesday 9:00; by the clock of {zone}", zone=filled.zone) if filled.zone else own
    return (
        Choose("cadence", say("How often?"), weeks, _known(weeks, filled.cadence)),
        Ask("when", say("On which day, at what time?"), hint=hint, value=filled.when[:NAME], least=1, most=NAME),
    )


def _approve(say: Say, filled: Rounds) -> Choose:
    options = (("no", say("They go out by themselves")), ("yes", say("An owner looks at each round first")))
    return Choose("approve", say("Before people are introduced"), options, _known(options, filled.approve))


def _known(options: Options, chosen: str) -> tuple[str, ...]:
    return tuple(value for value, _label in options if value == chosen)
