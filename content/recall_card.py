"""A question about something learned, in a step's place: ask, let them think, show, and be told how it went."""

from __future__ import annotations

from dataclasses import dataclass

from chat.action import Action
from chat.form import Ask, Form
from chat.markup import escape
from chat.message import Button, Message, Note, Row, Text
from content.done_card import NOTE, days_line, welcome_back
from content.nudge_card import NudgeNotToday, NudgePause
from content.prompts import Prompt, Recall
from content.say import Say
from content.step_card import NOTHING, Ride, lead, way_out, wish
from content.ways import OriginShown, TopicShown


@dataclass(frozen=True)
class AnswerShown(Action, name="recall-answer"):
    """I have thought; show the answer."""

    delivery: str


@dataclass(frozen=True)
class RecallGraded(Action, name="recall-graded"):
    """How it went: "again", "hard", "good" or "easy"."""

    delivery: str
    grade: str


@dataclass(frozen=True)
class RecallWrong(Action, name="recall-wrong"):
    """Let me say what is wrong with this question."""

    delivery: str


@dataclass(frozen=True)
class RecallReported(Action, name="recall-reported"):
    """What is wrong with this question."""

    delivery: str


@dataclass(frozen=True)
class RecallStopped(Action, name="recall-stopped"):
    """Never ask me this one again."""

    delivery: str


def question_card(say: Say, prompt: Prompt, recall: Recall, delivery: str, ride: Ride = NOTHING) -> Message:
    """The question alone comes first, also on a lock screen."""
    return Message(
        "",
        (
            *lead(ride),
            Text(f"**{escape(recall.question.get(say.lang))}**"),
            Note(say("You met this before. Think for a breath, then look.")),
            *wish(say, ride),
            Row(
                (
                    Button(say("Show answer"), AnswerShown(delivery), "primary"),
                    Button(say("Not today"), NudgeNotToday(delivery)),
                    Button(say("Pause"), NudgePause(delivery)),
                )
            ),
            *way_out(say, shown=ride.way_out),
            Note(f"{prompt.id} · {prompt.sources[0]}"),
        ),
    )


def answer_card(say: Say, prompt: Prompt, recall: Recall, delivery: str) -> Message:
    """The answer, and how it went by one tap."""
    grades = (("again", say("Again")), ("hard", say("Hard")), ("good", say("Good")), ("easy", say("Easy")))
    return Message(
        "",
        (
            Text(f"**{escape(recall.question.get(say.lang))}**"),
            Text(escape(recall.answer.get(say.lang))),
            Note(say("How was it? Each counts the same and just moves when I ask again.")),
            Row(tuple(Button(label, RecallGraded(delivery, grade)) for grade, label in grades)),
            Row(
                (
                    Button(say("This question is wrong"), RecallWrong(delivery)),
                    Button(say("Stop asking this one"), RecallStopped(delivery)),
                )
            ),
            Note(f"{prompt.id} · {prompt.sources[0]}"),
        ),
    )


def graded_card(
    say: Say, prompt: Prompt, line: str, total: int, of_last: int, *, again: str, back: str = ""
) -> Message:
    """After the grade: a warm line, days shown up, and the act the fact leads to. `again`: the day from which it may
    come again, in words; "" when it will not."""
    return Message(
        prompt.title.get(say.lang),
        (
            *welcome_back(say, back),
            Text(f"**{escape(line)}**"),
            Note(days_line(say, total, of_last)),
            *((Note(say("It may come round again from {day} on.", day=again)),) if again else ()),
            Note(say("If you like, ten seconds of it: {tiny}", tiny=prompt.tiny.get(say.lang))),
            Row(
                (
                    Button(say("Where is this from?"), OriginShown(prompt.id, beside=True)),
                    Button(say("More on this topic"), TopicShown(prompt.topic, beside=True)),
                )
            ),
        ),
    )


def put_away_card(say: Say, *, reported: bool) -> Message:
    """The question does not come again."""
    thanks = say("Thank you, that helps. I have put this question away.")
    return Message("", (Text(thanks if reported else say("Put away. I will not ask this one again.")),))


def wrong_form(say: Say, delivery: str) -> Form:
    """What is wrong, in a line or in nothing."""
    hint = say("A word or two, or nothing at all.")
    ask = Ask("note", say("What is wrong with it?"), hint=hint, required=False, most=NOTE)
    return Form(say("This question"), (ask,), RecallReported(delivery), say("Put it away"))
