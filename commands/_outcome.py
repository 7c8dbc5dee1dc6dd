"""From what came of an event to what the member sees: how each kind of reply is shown, in time or too late."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from typing import assert_never

from chat.action import Action
from chat.errors import Mistakes
from chat.form import Answers, Form
from chat.message import Button, Message, Row, Text, short
from chat.platform import Edit, Onward, Reply, Responder
from commands._call import Call


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to run, and how its answer may be shown."""

    run: Callable[[], Coroutine[None, None, Reply]]
    private: bool
    again: Action | None  # takes the member back here when a form comes too late
    answers: Answers


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an event; `told` marks words about an error, which are always private."""

    call: Call | None
    plan: Plan | None
    reply: Reply | Mistakes
    told: bool = False


async def give(outcome: Outcome, responder: Responder, *, late: bool) -> None:
    """Shows it, by the one way of answering that fits. Raises DeliveryError, and LimitError of a platform's own."""
    plan, reply = outcome.plan, outcome.reply
    private = True if plan is None or outcome.told else plan.private
    match reply:
        case Mistakes() if plan is not None and not late:
            await responder.correct(reply.again, reply.by_key, plan.answers)
        case Mistakes():  # a deferral closed the form: the sentences are all one can show
            await responder.show(short(str(reply)), private=True)
        case Message():
            await responder.show(reply, private=private)
        case Edit(message):
            await responder.edit(message)
        case Form() if late and outcome.call and plan:
            await responder.show(_form_by_button(outcome.call, reply, plan.again), private=True)
        case Form():
            await responder.open(_closable(outcome, reply))
        case Onward(form, message):
            await (responder.edit(message) if late else responder.onward(_closable(outcome, form), message))
        case None:
            await responder.nothing()
        case _:
            assert_never(reply)


def _closable(outcome: Outcome, form: Form) -> Form:
    return replace(form, close=outcome.call.say("Cancel")) if outcome.call else form


def _form_by_button(call: Call, form: Form, again: Action | None) -> Message:
    """Neither platform opens a form after a deferral, so a button does it."""
    if again is None:
        return short(call.say("That took me too long, sorry. Please try it once more."))
    button = Button(call.say("Open the form"), again, "primary")
    return Message("", (Text(call.say("The form is ready.")), Row((button,))))
