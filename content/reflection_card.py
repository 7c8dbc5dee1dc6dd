"""Looking back once a week: three optional lines, the week as dots without an order, one question to take along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chat.action import Action
from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from content.nudge_card import NudgeNotToday, NudgePause
from content.say import Say
from content.step_card import way_out
from content.weekly_questions import WeeklyQuestion

LINE = 300
"""Characters of each line."""
WEEK = 7
ONE = "noticed"
"""The line of a look back in its smallest size."""


@dataclass(frozen=True)
class ReflectionAsked(Action, name="reflection-asked"):
    """Let me write, or change, the three lines of the week that holds this day."""

    day: date
    delivery: str = ""


@dataclass(frozen=True)
class ReflectionShrunk(Action, name="reflection-shrunk"):
    """The same in its smallest size: one line."""

    day: date
    delivery: str = ""


@dataclass(frozen=True)
class ReflectionGiven(Action, name="reflection-given"):
    """The lines of that week. `line`: the one that was asked for, where it was not all three; the others stay."""

    day: date
    delivery: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """In the member's words, unescaped; each may be empty."""

    tried: str = ""
    noticed: str = ""
    next: str = ""


EMPTY = Lines()


def reflection_card(say: Say, day: date, delivery: str, *, out: bool = False) -> Message:
    """Comes in a step's place, from the second week on. `out`: name `/nudge off` today."""
    return Message(
        say("Your week, in three lines?"),
        (
            Text(say("Something you tried, something you noticed, one tiny thing for next week. Each may stay empty.")),
            Note(say("Nobody else sees it.")),
            Row(
                (
                    Button(say("Write three lines"), ReflectionAsked(day, delivery), "primary"),
                    Button(say("Shrink it"), ReflectionShrunk(day, delivery)),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                    Button(say("Pause"), NudgePause(delivery)),
                )
            ),
            *way_out(say, shown=out),
        ),
    )


def reflection_form(say: Say, day: date, delivery: str = "", lines: Lines = EMPTY) -> Form:
    """Three questions, all optional, filled with what there is."""
    return Form(
        say("Your week"),
        (
            _ask("tried", say("One thing I tried"), say("a line of code, a talk, a question"), lines.tried),
            _ask("noticed", say("One thing I noticed"), say("easier than it looked"), lines.noticed),
            _ask("next", say("One tiny thing for next week"), say("open the data once"), lines.next),
        ),
        ReflectionGiven(day, delivery),
        say("Keep it"),
    )


def one_line_form(say: Say, day: date, delivery: str = "", lines: Lines = EMPTY) -> Form:
    """Ten seconds of it: what comes to mind."""
    ask = _ask(ONE, say("One thing I noticed"), say("easier than it looked"), lines.noticed)
    return Form(say("Your week"), (ask,), ReflectionGiven(day, delivery, ONE), say("Keep it"))


def _ask(key: str, label: str, hint: str, value: str) -> Ask:
    return Ask(key, label, hint=hint, value=value[:LINE], required=False, long=True, most=LINE)


def week_card(
    say: Say, day: date, shown: int, lines: Lines, question: WeeklyQuestion | None, *, back: tuple[Part, ...] = ()
) -> Message:
    """The week kept: how many days as filled dots, never which; the lines; a question and where it leads."""
    full = min(shown, WEEK)
    dots = (Text("●" * full + "○" * (WEEK - full)),) if full else ()
    counted = (Note(say.plural("{n} day shown up this week", "{n} days shown up this week", full)),) if full else ()
    asked: tuple[Part, ...] = ()
    if question is not None:
        more = f"/step {question.topic}"
        asked = (
            Text(say("A question to take along: **{question}**", question=say.look_up(question.text))),
            Note(say("If you like, one door on: {command}", command=more)),
        )
    return Message(
        say("Your week"),
        (
            *back,
            *dots,
            *counted,
            *_lines(say, lines),
            *asked,
            Row((Button(say("Change my lines"), ReflectionAsked(day)),)),
        ),
    )


def weeks_card(say: Say, weeks: Sequence[tuple[date, Lines]]) -> Message:
    """Lines of past weeks, the newest first, as many as one message holds."""
    parts: list[Part] = []
    size = 0
    for day, lines in weeks:
        text = "\n".join([f"**{escape(say.date(day))}**", *(part.text for part in _lines(say, lines))])
        if lines == EMPTY or (size := size + len(text)) > 3_000:
            continue
        parts.append(Text(text))
    if not parts:
        parts.append(Text(say("No lines yet. `/reflect` opens this week's three.")))
    return Message(say("Your weeks"), tuple(parts))


def _lines(say: Say, lines: Lines) -> tuple[Text, ...]:
    """Those that were written, inert."""
    told = (
        (say("I tried: {line}", line=escape(lines.tried)), lines.tried),
        (say("I noticed: {line}", line=escape(lines.noticed)), lines.noticed),
        (say("Next week: {line}", line=escape(lines.next)), lines.next),
    )
    return tuple(Text(sentence) for sentence, words in told if words)
