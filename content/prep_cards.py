"""The prep kit: three research notes, a goal, questions to take along on one page, and notes afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chat.form import Ask, Choose, Form, Question
from chat.markup import escape
from chat.message import LABEL, Button, Message, Note, Part, Row, Text
from content.interview_ways import (
    AfterGiven,
    NotesDropped,
    PrepForm,
    PrepGiven,
    QuestionsGiven,
    QuestionsKept,
    ThingTaken,
)
from content.introduction_cards import On, way_out
from content.introduction_ways import ThankDraft
from content.library import Library
from content.say import Say

NOTE, GOAL, OWN, AFTER, WHO = 300, 140, 160, 500, 80
OWN_QUESTIONS = 3
SIX = "interview.questions."
"""What the ids of the six questions begin with, among the sources of their card."""
RESEARCH: tuple[str, ...] = ("person", "company", "product")
STAYED: tuple[str, ...] = ("surprised", "skills", "next", "thing")


@dataclass(frozen=True, slots=True)
class Prep:
    """What somebody prepared. `who`: for a talk found elsewhere. `keep`: numbers of the pack's questions, `own`: up to
    three more; `order`: numbers as they were typed, own ones from seven."""

    who: str = ""
    notes: Mapping[str, str] = field(default_factory=dict[str, str])
    goal: str = ""
    keep: tuple[int, ...] = (1, 2, 3, 4, 5, 6)
    own: tuple[str, ...] = ()
    order: tuple[int, ...] = ()


def six_questions(say: Say, library: Library) -> tuple[str, ...]:
    """The questions of the pack that stand on the card of the six; none where it has no such card."""
    for card in library.cards.values():
        if SIX + "1" in card.sources and card.points:
            return tuple(point.get(say.lang) for point in card.points)
    return ()


def to_take(prep: Prep, six: Sequence[str]) -> tuple[str, ...]:
    """The questions in the member's order; those without a number keep their place behind.

    >>> to_take(Prep(keep=(1, 2), own=("Mine?",), order=(7, 2)), ("One?", "Two?"))
    ('Mine?', 'Two?', 'One?')
    """
    numbered = {n: six[n - 1] for n in prep.keep if 1 <= n <= len(six)}
    numbered |= {7 + n: words for n, words in enumerate(prep.own) if words}
    order = [n for n in dict.fromkeys(prep.order) if n in numbered]
    return tuple(numbered[n] for n in [*order, *(n for n in numbered if n not in order)])


def research_form(say: Say, talk: str, prep: Prep) -> Form:
    """Who they are, what they do, and what one wants to know."""
    questions: list[Question] = []
    if talk.startswith("own:"):
        questions.append(Ask("who", say("Whom will you talk with?"), hint=say("a first name is enough"),
                             value=prep.who, required=False, most=WHO))  # fmt: skip
    labels = {
        "person": say("The person: what you read about their way"),
        "company": say("Where they work: what it is about"),
        "product": say("Something they made or use"),
    }
    questions += [_long(key, labels[key], prep.notes.get(key, ""), NOTE) for key in RESEARCH]
    goal = say("What you would like to know afterwards")
    questions.append(Ask("goal", goal, value=prep.goal, required=False, most=GOAL))
    return Form(say("Before the talk"), tuple(questions), PrepGiven(talk), say("Keep it"))


def questions_form(say: Say, library: Library, talk: str, prep: Prep) -> Form:
    """The six to tick, three of one's own, and their order by number."""
    six = six_questions(say, library)
    questions: list[Question] = []
    if six:
        options = tuple((str(n), _short(f"{n}. {words}")) for n, words in enumerate(six, 1))
        chosen = tuple(str(n) for n in prep.keep if n <= len(six))
        questions.append(Choose("keep", say("Which of these six?"), options, chosen, required=False, many=True))
    for n in range(OWN_QUESTIONS):
        value = prep.own[n] if n < len(prep.own) else ""
        label = say("{n}. A question of your own", n=n + 7)
        questions.append(Ask(f"own{n}", label, value=value, required=False, most=OWN))
    order = " ".join(map(str, prep.order))
    questions.append(Ask("order", say("Their order, by number"), hint="7 1 3", value=order, required=False, most=40))
    return Form(say("Questions to take along"), tuple(questions), QuestionsGiven(talk), say("Keep it"))


def crib_card(
    say: Say, talk: str, name: str, prep: Prep, questions: Sequence[str], doubts: Sequence[int], *, quiet: bool = False
) -> Message:
    """One page for the talk. `doubts`: numbers of questions that a website may answer as well. `quiet`: the other side
    asked not to be quoted."""
    parts: list[Part] = [Note(not_quoted(say))] if quiet else []
    if prep.goal:
        parts.append(Text(say("You would like to know: **{goal}**", goal=escape(prep.goal))))
    head = heads(say)
    noted = [f"**{head[key]}** {escape(words)}" for key in RESEARCH if (words := prep.notes.get(key, ""))]
    parts += [Text("\n".join(noted))] if noted else []
    if questions:
        parts.append(Text("\n".join(f"{n}. {escape(words)}" for n, words in enumerate(questions, 1))))
    row = [
        Button(say("My notes"), PrepForm(talk, "research")),
        Button(say("My questions"), PrepForm(talk, "questions")),
    ]
    if doubts:
        which = say.join(map(str, doubts))
        parts.append(Text(say("Could their website answer this as well: {which}? You might swap it.", which=which)))
        row.append(Button(say("Keep it as it is"), QuestionsKept(talk)))
    parts += [
        Note(say("Ask, listen, keep to the time, say thank you. Nobody but you reads this page.")),
        Row(tuple(row)),
        Row(
            (
                Button(say("After the talk"), PrepForm(talk, "after")),
                Button(say("As a file"), PrepForm(talk, "file")),
                Button(say("Delete my notes"), NotesDropped(talk)),
            )
        ),
    ]
    if not talk.startswith("own:"):
        parts.append(way_out(say, On(talk, "")))
    return Message(page_title(say, name), tuple(parts))


def heads(say: Say) -> Mapping[str, str]:
    """Above each of the research notes."""
    return {"person": say("The person"), "company": say("Where they work"), "product": say("What they make or use")}


def page_title(say: Say, name: str) -> str:
    """With whom, as far as it is known."""
    return say("Your page for {name}", name=name[:60]) if name else say("Your page for the talk")


def after_form(say: Say, talk: str, notes: Mapping[str, str]) -> Form:
    """Four lines while it is fresh; each may stay empty."""
    labels = {
        "surprised": say("What surprised me"), "skills": say("Skills that matter there"),
        "next": say("What I would ask next"), "thing": say("One thing I will do"),
    }  # fmt: skip
    questions = tuple(_long(key, labels[key], notes.get(key, ""), AFTER) for key in STAYED)
    return Form(say("After the talk"), questions, AfterGiven(talk), say("Keep it"))


def not_quoted(say: Say) -> str:
    """For the seeker alone, on their own pages."""
    return say("They asked not to be quoted from this talk. What you learned is yours all the same.")


def after_card(say: Say, talk: str, thing: str, *, quiet: bool = False) -> Message:
    """Kept; the one thing may become the next daily step, if the member likes. `quiet`: see crib_card."""
    parts: list[Part] = [Text(say("Kept, sealed, and for your eyes alone."))]
    parts += [Note(not_quoted(say))] if quiet else []
    row: list[Button] = []
    if thing:
        parts.append(Text(say("One thing: **{thing}**. Small enough for a daily step?", thing=escape(thing))))
        row.append(Button(say("Make it my step"), ThingTaken(talk), "primary"))
    row += [Button(say("A draft of thanks"), ThankDraft(talk)), Button(say("Change it"), PrepForm(talk, "after"))]
    parts += [Row(tuple(row)), Note(say("If others are named in it: leave out what is private to them."))]
    return Message("", tuple(parts))


def dropped_card(say: Say) -> Message:
    """The notes of one talk are gone."""
    return Message("", (Text(say("Gone, all of them.")),))


def preps_card(say: Say, preps: Sequence[tuple[str, str]], new: str) -> Message:
    """`preps`: (talk, whom with) of pages there are; `new` the talk of the next one."""
    rows = [Button(say("With {name}", name=name[:40]) if name else say("A talk"), PrepForm(talk, "page"))
            for talk, name in preps[:4]]  # fmt: skip
    rows.append(Button(say("A new page"), PrepForm(new, "research"), "primary"))
    text = say("Pages for talks, also for those you found elsewhere.")
    return Message(say("Prepare a talk"), (Text(text), Row(tuple(rows))))


def _long(key: str, label: str, value: str, most: int) -> Ask:
    return Ask(key, label, value=value[:most], required=False, long=True, most=most)


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"
