"""One question a week for a circle, by its theme; none is graded, and no circle is asked the same one twice.

`ideas` are the ids the thought behind a question stands under in the pack.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from random import Random
from typing import Literal, get_args

Theme = Literal["learning", "project", "search", "company"]
THEMES: tuple[Theme, ...] = get_args(Theme)


def _(message: str) -> str:
    """Marks a sentence for the catalogues; it is said by `Say.look_up`."""
    return message


@dataclass(frozen=True, slots=True)
class CircleQuestion:
    """`id` is stored with the circle: never used for another question. `text` in English."""

    id: str
    ideas: tuple[str, ...]
    text: str


def _bank(theme: Theme, *questions: tuple[str, str]) -> tuple[CircleQuestion, ...]:
    return tuple(
        CircleQuestion(f"{theme}.{n}", tuple(ideas.split()), text) for n, (ideas, text) in enumerate(questions, 1)
    )


BANK: dict[Theme, tuple[CircleQuestion, ...]] = {
    "learning": _bank(
        "learning",
        ("imposter.help.strengths", _("Which tenth of what you learn could you explain to a friend today?")),
        ("imposter.ng-struggles", _("What is your bug of the week, and what have you tried so far?")),
        ("imposter.first-be-bad", _("What are you still bad at that you were even worse at a month ago?")),
        ("learn.little-weekly", _("Which hour of your week is the easiest to keep for learning, and why that one?")),
        ("learn.prioritise", _("Of all you could learn next, what would you gladly leave out?")),
        ("learn.course-first learn.papers-later", _("Course, book or paper: which helped you most lately, and how?")),
        ("learn.no-cramming", _("What did you read twice, and what was different the second time?")),
        ("math.when-needed math.debug", _("Where did a little more maths help you, or where would it have?")),
        ("learn.software learn.software.why", _("Which small habit makes your code easier to live with?")),
        ("learn.deepen.application learn.deepen.technology", _("What would you like to understand one layer deeper?")),
        (
            "imposter.everyone-struggled",
            _("Which word or formula did you nod at for a while before you understood it?"),
        ),
        (
            "keys.8.ask imposter.help.lift-others",
            _("Who is one step earlier on your way, and what could you show them?"),
        ),
    ),
    "project": _bank(
        "project",
        ("project.start-small", _("What is the smallest version of it that would be of use to one person?")),
        ("imposter.ng-struggles", _("What went wrong this week that would make the others nod?")),
        ("project.checklist.growth", _("Which part of it stretches you, and which part is easy by now?")),
        ("project.checklist.teammates keys.4", _("What would you hand to a teammate, if you had one for an hour?")),
        ("project.analysis-paralysis", _("Which decision could you make today and change next week?")),
        ("project.ready-fire-aim project.rfa.when-fire", _("What could you try in an hour just to see what happens?")),
        ("scope.step1.q-top-three", _("Whom could you ask what annoys them most about the problem you work on?")),
        ("scope.step4.not-only-accuracy scope.step4", _("How would somebody who uses it notice that it got better?")),
        ("project.early-wins", _("What works already, even if only on your own machine?")),
        ("portfolio.communicate", _("How would you tell the story of your project in three sentences?")),
        ("project.checklist.stepping-stone", _("If it works, what does it make possible next?")),
        (
            "project.ideas.join keys.4",
            _("In whose project here would you like to look over a shoulder for an evening?"),
        ),
    ),
    "search": _bank(
        "search",
        ("job.first-step", _("What is one small step of your search that you took, whatever came of it?")),
        (
            "job.community career.community",
            _("Who has been through such a search and could tell you one thing about it?"),
        ),
        ("imposter.help.strengths", _("Which thing you do well is not in your CV yet?")),
        (
            "job.fundamentals.customise job.fundamentals.resume",
            _("Which line of your CV would you like the others to read?"),
        ),
        (
            "job.fundamentals.practise",
            _("Which interview question would you like to answer here, with friends, first?"),
        ),
        (
            "job.choose-teammates job.choose-teammates.ask",
            _("What would you like to know of a team before you join it?"),
        ),
        ("jobsearch.switch.one-at-a-time", _("Is it the role or the field that draws you more, and has that changed?")),
        ("interview.what interview.questions.1", _("Whose working day would you like to hear about?")),
        ("job.respect.win-win", _("Who was kind to you along the way, and have they heard how it went?")),
        ("adversity.scenarios adversity.plans", _("If the answer is no, what would you do on the day after?")),
        ("job.gap-is-fine", _("What do you do in between that does you good and has nothing to do with applying?")),
        (
            "keys.6.not-adversarial job.respect.exit",
            _("Which ending, of a job or a talk, are you glad you handled well?"),
        ),
    ),
    "company": _bank(
        "company",
        ("imposter.welcome imposter.home", _("When did you first feel that you belong here, or when might you?")),
        ("imposter.definition", _("Which doubt would you say aloud here that you have not said aloud elsewhere?")),
        ("imposter.help.lift-others imposter.help.lift-back", _("Who is one person you can help a little this week?")),
        ("imposter.help.mentors", _("Who backs you, near or far, and do they know it?")),
        ("keys.8", _("What was kind this week, done by you or to you?")),
        ("career.community", _("Which company helps you most: advice, an ear, or somebody alongside?")),
        ("imposter.public-figures imposter.accomplished-too", _("Whom do you admire, and what might they find hard?")),
        ("imposter.help.invite", _("Whom could you invite to something you like?")),
        ("keys.7", _("Which small habit carries you when the mood does not?")),
        ("imposter.help.change-mentors", _("Whose encouragement would you like to hear more of?")),
        ("keys.4", _("When did working with others turn out better than you had thought?")),
        ("career.unique.learning", _("What has changed in you since last year that you have not told anybody?")),
    ),
}
_BY_ID = {question.id: question for bank in BANK.values() for question in bank}


def pick(theme: str, circle: str, asked: Collection[str]) -> CircleQuestion | None:
    """The next one for a circle: of its theme, then of any company's; None when all have been asked. The same circle
    with the same past is given the same one.

    >>> first = pick("project", "a1", ())
    >>> first is not None and pick("project", "a1", [first.id]) != first
    True
    """
    for name in (_known(theme), "company"):
        bank = list(BANK[name])
        Random(f"{circle} {name}").shuffle(bank)  # noqa: S311  # no secret: every circle has an order of its own
        for question in bank:
            if question.id not in asked:
                return question
    return None


def text_of(id_: str) -> str:
    """In English, to be looked up; "" for a question there is no more."""
    found = _BY_ID.get(id_)
    return found.text if found else ""


def _known(theme: str) -> Theme:
    for name in THEMES:
        if name == theme:
            return name
    return "company"
