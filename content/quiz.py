"""The role quiz: a few taps, and for each answer which roles it points to and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content.common import Frame, only
from content.read import Value
from content.text import Localised


@dataclass(frozen=True, slots=True)
class Option:
    """An answer. `toward`: role id -> how much; `because` ends the sentence "because you …"."""

    label: Localised
    toward: Mapping[str, int]
    because: Localised


@dataclass(frozen=True, slots=True)
class Question:
    """One tap."""

    id: str
    ask: Localised
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A role, and the reasons that led to it, the strongest first. No score: titles differ from firm to firm."""

    role: str
    reasons: tuple[Localised, ...]


def read_question(entry: Value, frame: Frame) -> Question:
    """Reads and checks one question."""
    only(entry, frozenset({"id", "ask", "options"}), frame.problems)
    texts = frame.texts(entry, "ask")
    options: list[Option] = []
    for value in entry.get("options").items:
        weights = value.get("toward")
        toward = {role: weights.get(role).number for role in weights.map}
        if any(not 1 <= weight <= 3 for weight in toward.values()):
            frame.problems.add(weights, "toward gives each role 1 to 3")
        label = texts.inline(value.get("label"), "label", 60)
        options.append(Option(label, toward, texts.inline(value.get("because"), "because", 120)))
    if not 2 <= len(options) <= 5:
        frame.problems.add(entry.get("options"), "a question has 2 to 5 options")
    return Question(entry.string("id"), texts("ask", 160), tuple(options))


def judge(questions: Sequence[Question], answers: Sequence[int], roles: Sequence[str], top: int = 2) -> list[Result]:
    """The roles the answers point to, best first; `answers[n]` is the option chosen at question n.

    Every option counts for its roles by its weight; of equal roles the earlier in `roles` comes first. A role nothing
    points to is never a result.
    """
    chosen = [question.options[answer] for question, answer in zip(questions, answers, strict=True)]
    total = {role: sum(option.toward.get(role, 0) for option in chosen) for role in roles}
    ranked = sorted((role for role in roles if total[role]), key=lambda role: -total[role])[:top]
    results: list[Result] = []
    for role in ranked:
        pointing = sorted((o for o in chosen if role in o.toward), key=lambda option: -option.toward[role])
        results.append(Result(role, tuple(option.because for option in pointing[:3])))
    return results
