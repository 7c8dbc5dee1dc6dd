"""Checks for what was left open: a field without words, a list that is still short, a tap on "not sure"."""

from __future__ import annotations

import re

from content.say import speaker
from sheets.checks import Seen, check
from sheets.quotes import label_of, lines_at, quoted, text_at
from sheets.refs import texts
from sheets.word_lists import lists, whole, words

_PEOPLE = re.compile(rf"\b(?:{lists('en')['people']})\b|{lists('zh-CN')['people']}", re.IGNORECASE)
_THING = re.compile(
    rf"\b(?:{lists('en')['things']})\b|{lists('zh-CN')['things']}|{lists('en')['technique']}", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W_]")


@check("nobody-affected")
def nobody_affected(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is a person or role named who has the problem (scope.step1)? Not when the field is empty or without a letter,
    names everybody, or names a thing. {words}: what stands there."""
    who = text_at(seen.sheet, f"{seen.step.key}.{on}")
    if not _LETTER.search(who) or whole("everybody").fullmatch(who):
        return (who,) if who else ()
    somebody = _PEOPLE.search(who) or words("teams").search(who)
    return (who,) if _THING.search(who) and not somebody else None


@check("why-empty")
def why_empty(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Was it said why nobody solved it yet (scope.step1.q-why-not)?"""
    return () if not _LETTER.search(text_at(seen.sheet, f"{seen.step.key}.{on}")) else None


@check("nobody-asked")
def nobody_asked(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Was anybody asked who knows the field (scope.step1.expert)? "Nobody yet" and "myself" count as not."""
    return () if alone(text_at(seen.sheet, f"{seen.step.key}.{on}")) else None


@check("blank-line")
def blank_line(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Which fields of the step are still blank (scope.step5.lines)? "None" is an answer. {words}: their labels."""
    step, sheet = seen.step, seen.sheet
    keys = [on] if on else [field.key for part in step.parts if part.kind != "each" for field in part.fields]
    blank = [key for key in keys if not texts(sheet.value(f"{step.key}.{key}"))]
    return tuple(label_of(seen.worksheet, f"{step.key}.{key}", sheet.lang) for key in blank) or None


@check("gate-open")
def gate_open(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Which taps were "not sure" (project.ethics)? {words}: the questions, which stay open on the sheet."""
    step, sheet = seen.step, seen.sheet
    fields = [field for part in step.parts for field in part.fields if on in {"", field.key}]
    return tuple(f.label.get(sheet.lang) for f in fields if text_at(sheet, f"{step.key}.{f.key}") == "unsure") or None


@check("answer-no")
def answer_no(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Was a question answered with no that had better be a yes (project.ethics)? It stays open on the sheet."""
    return () if text_at(seen.sheet, f"{seen.step.key}.{on}") == "no" else None


@check("answer-yes")
def answer_yes(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Was a question answered with yes that had better be a no (project.ethics)? It stays open on the sheet."""
    return () if text_at(seen.sheet, f"{seen.step.key}.{on}") == "yes" else None


@check("few-questions")
def few_questions(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Are there twenty small questions (research.step3)? {words}: how many of them there are."""
    return _few(seen, on, 20)


@check("few-papers")
def few_papers(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does the core list hold ten papers (research.step7.core-list)? {words}: how many of them there are."""
    return _few(seen, on, 10)


@check("few-together")
def few_together(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Do at least three questions belong together (research.step6)? {words}: those there are."""
    found = lines_at(seen.sheet, f"{seen.step.key}.{on}")
    return quoted(found) or () if len(found) < 3 else None


@check("needs-contrast")
def needs_contrast(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is the sentence over both lists written (research.step2.contrast)? Asked only once there are lists to sum up:
    three titles of each."""
    if text_at(seen.sheet, f"{seen.step.key}.{on}"):
        return None
    return () if _sorted(seen) else None


def alone(text: str) -> bool:
    """Nobody is named, or only the member.

    >>> alone("nobody yet"), alone("我自己"), alone("ward sister")
    (True, True, False)
    """
    return not _LETTER.search(text) or whole("alone").fullmatch(text) is not None


def _few(seen: Seen, on: str, most: int) -> tuple[str, ...] | None:
    n = len(lines_at(seen.sheet, f"{seen.step.key}.{on}"))
    say = speaker(seen.sheet.lang)
    return (say("{n} of {most} so far", n=n, most=most),) if n < most else None


def _sorted(seen: Seen) -> bool:
    said = [values for rows in seen.sheet.steps[seen.step.key].each.values() for values in rows.values()]
    found = [value for values in said for value in values.values()]
    return min(found.count("heart"), found.count("bored")) >= 3
