"""One question a week to take along after looking back, taken from those the pack's books ask; none is graded.

`idea` is the id the question stands under in the pack, `topic` what `/step` shows more of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date


def _(message: str) -> str:
    """Marks a sentence for the catalogues; it is said by `Say.look_up`."""
    return message


@dataclass(frozen=True, slots=True)
class WeeklyQuestion:
    """`text` in English; `optin` names the sensitive family a member must have asked for."""

    idea: str
    topic: str
    text: str
    optin: str = ""


QUESTIONS: tuple[WeeklyQuestion, ...] = (
    WeeklyQuestion("keys.8.ask", "keys", _("Whom could you help a little, while your own way is still long?")),
    WeeklyQuestion(
        "scope.step1.q-top-three", "scope", _("Who could tell you the three things they most wish worked better?")
    ),
    WeeklyQuestion(
        "scope.step1.q-why-not", "scope", _("Think of one thing that works badly near you. Why does it not work yet?")
    ),
    WeeklyQuestion(
        "scope.your-domain", "scope", _("Which field that you enjoy might gain from AI, even if you barely know it?")
    ),
    WeeklyQuestion(
        "project.checklist.growth", "project", _("Which small project would stretch you, and still be likely to work?")
    ),
    WeeklyQuestion(
        "project.checklist.teammates",
        "project",
        _("With whom could you talk about what you are making?"),
    ),
    WeeklyQuestion(
        "project.checklist.stepping-stone",
        "project",
        _("Suppose your project works: what larger one comes next?"),
    ),
    WeeklyQuestion("math.decisions", "math", _("Which of your decisions would be easier with more maths?")),
    WeeklyQuestion(
        "math.when-needed", "math", _("When, exactly, would knowing this piece of maths change what you do?")
    ),
    WeeklyQuestion("learn.career-gate", "learn", _("Which course you have in mind would bring your own goal nearer?")),
    WeeklyQuestion("jobsearch.switch.role", "jobsearch", _("Is it a new role, a new field, or both that draws you?")),
    WeeklyQuestion(
        "interview.questions.1", "interview", _("Whom could you ask what a typical day in their work looks like?")
    ),
    WeeklyQuestion(
        "interview.questions.3", "interview", _("Which skill matters most in the work you are curious about?")
    ),
    WeeklyQuestion("pathways.questions", "pathways", _("Which task of your future work could you try this week?")),
    WeeklyQuestion("imposter.help.mentors", "imposter", _("Who is on your side, as a mentor or as a peer?")),
    WeeklyQuestion("research.step1.success", "research", _("What would count as success for what you are making?")),
    WeeklyQuestion(
        "research.step2.why", "research", _("What caught your eye this week, and what did it make you ask?")
    ),
    WeeklyQuestion(
        "research.step6.outside", "research", _("What would a friendly outsider say your questions have in common?")
    ),
    WeeklyQuestion("days.worth-it", "days", _("Which hour of this week would you gladly live again?"), optin="days"),
)


def question_of(week: date, person: str, optins: Collection[str] = ()) -> WeeklyQuestion:
    """The question of the week that holds the day `week`: each comes once before any comes again, each person begins
    elsewhere. `person` is any stable text.

    >>> one, other = (question_of(date(2026, 11, day), "Ada").idea for day in (16, 22))
    >>> one == other == question_of(date(2026, 11, 18), "Ada").idea
    True
    """
    open_ = [question for question in QUESTIONS if not question.optin or question.optin in optins]
    monday = week.toordinal() - week.weekday()
    begin = int.from_bytes(hashlib.sha256(person.encode()).digest()[:4], "big")
    return open_[(monday // 7 + begin) % len(open_)]


def question_by(idea: str) -> WeeklyQuestion | None:
    """The question that was asked, unless it has been retired."""
    return next((question for question in QUESTIONS if question.idea == idea), None)
