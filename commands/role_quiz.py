"""/role quiz: six taps, then the two roles the answers point to, with the reasons and never a score."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action
from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import answers
from content.library import Library
from content.quiz import judge
from content.say import Say
from content.ways import RoleShown


@dataclass(frozen=True)
class QuizAnswered(Action, name="role-quiz"):
    """`answers`: one digit a question answered so far, its option's number."""

    answers: str


@dataclass(frozen=True)
class QuizKept(Action, name="role-quiz-keep"):
    """Remember these answers."""

    answers: str


@dataclass(frozen=True)
class QuizForgotten(Action, name="role-quiz-forget"):
    """Forget what was kept."""


async def quiz(call: Call, words: str) -> Reply:
    """What was kept, or the first question."""
    if (kept := _read(call.library, call.member.quiz)) is not None:
        return quiz_result(call.say, call.library, kept, kept=True)
    return _page(call, "")


@answers(QuizAnswered)
async def next_question(call: Call, answered: QuizAnswered) -> Reply:
    """The same message turns to the next question, or to the result."""
    return Edit(_page(call, answered.answers))


@answers(QuizKept)
async def keep(call: Call, kept: QuizKept) -> Reply:
    """Only now are the answers stored."""
    if not _valid(call.library, kept.answers) or len(kept.answers) != len(call.library.quiz):
        raise Tellable(call.say("The questions have changed since. `/role quiz` starts afresh."))
    async with call.store.begin() as tx:
        await tx.members.set_quiz(call.person, _write(call.library, kept.answers))
    return Edit(quiz_result(call.say, call.library, kept.answers, kept=True))


@answers(QuizForgotten)
async def forget(call: Call, pressed: QuizForgotten) -> Reply:
    """Deletes the kept answers and starts again."""
    async with call.store.begin() as tx:
        await tx.members.set_quiz(call.person, None)
    return Edit(_page(call, ""))


def _page(call: Call, given: str) -> Message:
    library = call.library
    if not library.quiz or not _valid(library, given):
        raise Tellable(call.say("The questions have changed since. `/role quiz` starts afresh."))
    if len(given) < len(library.quiz):
        return quiz_question(call.say, library, given)
    return quiz_result(call.say, library, given, kept=False)


def _valid(library: Library, given: str) -> bool:
    if len(given) > len(library.quiz) or not (given.isdecimal() or not given):
        return False
    return all(int(digit) < len(question.options) for digit, question in zip(given, library.quiz, strict=False))


def _write(library: Library, given: str) -> str:
    """Answers as they are stored: by the ids of their questions, so that they outlive a change of their order."""
    return " ".join(f"{question.id}={digit}" for question, digit in zip(library.quiz, given, strict=True))


def _read(library: Library, stored: str | None) -> str | None:
    """The inverse; None when a question has come or gone since."""
    by_id = dict(pair.split("=", 1) for pair in (stored or "").split())
    if not by_id or set(by_id) != {question.id for question in library.quiz}:
        return None
    given = "".join(by_id[question.id] for question in library.quiz)
    return given if _valid(library, given) else None


def quiz_question(say: Say, library: Library, given: str) -> Message:
    """One question, its options as buttons, and the way back."""
    question, lang = library.quiz[len(given)], say.lang
    options = enumerate(question.options)
    rows: list[Part] = [
        Row((Button(option.label.get(lang), QuizAnswered(f"{given}{number}")),)) for number, option in options
    ]
    if given:
        rows.append(Row((Button(say("One back"), QuizAnswered(given[:-1])),)))
    return Message(
        say("A few taps to a role"),
        (
            Note(say("{n} of {all}", n=len(given) + 1, all=len(library.quiz))),
            Text(f"**{escape(question.ask.get(lang))}**"),
            *rows,
        ),
    )


def quiz_result(say: Say, library: Library, given: str, *, kept: bool) -> Message:
    """The two roles with the reasons, and what may be done next."""
    lang = say.lang
    results = judge(library.quiz, [int(digit) for digit in given], list(library.roles))
    parts: list[Part] = []
    for result in results:
        role = library.roles[result.role]
        reasons = say.join(reason.get(lang) for reason in result.reasons)
        because = say("Because {reasons}.", reasons=reasons)
        parts.append(Text(f"**{escape(role.name.get(lang))}**\n{escape(because)}"))
    buttons = [Button(library.roles[result.role].name.get(lang), RoleShown(result.role)) for result in results]
    last = Button(say("Forget this"), QuizForgotten()) if kept else Button(say("Keep this"), QuizKept(given))
    parts += [
        Note(say("Titles differ from firm to firm. Look at the tasks.")),
        Note(say("Kept for you alone.") if kept else say("Nothing is stored unless you keep it.")),
        Row((*buttons, last, Button(say("Start again"), QuizAnswered("")))),
    ]
    return Message(say("Two roles worth a look"), tuple(parts))
