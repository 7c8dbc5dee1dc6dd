"""Study first or build first: the table of rules, each with the answers it fires on, and answers that do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets.quotes import text_at
from sheets.sheet import Sheet

Verdict = Literal["aim-safe", "aim-study", "smaller", "fire-model", "fire-shots", "mixed"]
STEP = "situation"
KEYS = ("place", "cost", "money", "undo", "study", "hurt")


@dataclass(frozen=True, slots=True)
class Case:
    """The answers to the taps, "" for one that is open."""

    place: str
    cost: str
    money: str
    undo: str
    study: str
    hurt: str

    @property
    def dear(self) -> bool:
        """Weeks or more, or a lot of money."""
        return self.cost in {"weeks", "months"} or self.money == "lot"


@dataclass(frozen=True, slots=True)
class Ruling:
    """`because`: the answers that decided, the strongest first, at most two."""

    verdict: Verdict
    because: tuple[str, ...]


def case_of(sheet: Sheet) -> Case | None:
    """None until every tap was answered."""
    found = [text_at(sheet, f"{STEP}.{key}") for key in KEYS]
    return Case(*found) if all(found) else None


def rule(case: Case) -> Ruling:
    """The first row of the table that fits, from safety down (project.rfa.one-way-door, .when-aim, .ml-bias,
    .when-fire, .many-shots). Whoever could hurt many aims first, whatever else was said."""
    if grave := tuple(key for key, bad in (("hurt", case.hurt == "many"), ("undo", case.undo == "oneway")) if bad):
        return Ruling("aim-safe", (*grave, "cost")[:2])
    if case.place == "model" and case.cost != "months" and case.money != "lot" and case.undo == "easily":
        return Ruling("fire-model", ("place", "cost"))
    if case.dear:
        return Ruling("aim-study" if case.study.startswith("yes") else "smaller", ("cost", "study"))
    if case.undo == "easily":
        return Ruling("fire-shots", ("cost", "undo"))
    return Ruling("mixed", ("cost", "undo"))


def contradictions(case: Case) -> tuple[tuple[str, str], ...]:
    """Pairs of answers that pull in different ways, to be read back and not corrected."""
    quick = case.cost in {"hours", "days"}
    pairs = (
        (("undo", "hurt"), case.undo == "easily" and case.hurt == "many"),
        (("cost", "money"), quick and case.money == "lot"),
        (("cost", "undo"), quick and case.money == "none" and case.undo == "oneway" and case.hurt == "nobody"),
        (("cost", "study"), case.cost == "hours" and case.study in {"yes-week", "yes-month"}),
        (("cost", "study"), case.cost == "days" and case.study == "yes-month"),
    )
    return tuple(pair for pair, odd in pairs if odd)
