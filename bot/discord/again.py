"""A form that came back with mistakes: kept for the button that opens it again, with every word still in it.

Discord cannot show mistakes inside a modal, and a modal can only be opened by a press.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from chat.action import Action
from chat.event import FormSent
from chat.form import Answers, Form
from chat.markup import escape
from chat.message import Button, Message, Row, Text
from chat.people import Person
from content.say import Say
from store import Store

FORMS_KEPT = 1_000


@dataclass(frozen=True)
class FormAgain(Action, name="form-again"):
    """Opens a kept form again. Answered by the Discord adapter itself, never by a command."""

    form: str


class KeptForms:
    """The last forms with mistakes, in memory: they are pressed within minutes. The words typed are kept as a draft in
    the store until the form is accepted, so a restart loses the window but not the words; those of a sealed form are
    not, its command sees to them."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._forms: OrderedDict[str, tuple[Person, Form]] = OrderedDict()

    async def keep(self, person: Person, form: Form, answers: Answers) -> FormAgain:
        """The action of the button that opens it again."""
        id_ = secrets.token_hex(8)
        self._forms[id_] = (person, form)
        while len(self._forms) > FORMS_KEPT:
            self._forms.popitem(last=False)
        if form.sealed:
            return FormAgain(id_)
        async with self._store.begin() as tx:
            await tx.drafts.keep(person, form.then.wire_name, answers.values, self._clock())
        return FormAgain(id_)

    def find(self, person: Person, action: FormAgain) -> Form | None:
        """The form, for the person whose words are in it and nobody else."""
        owner, form = self._forms.get(action.form, (None, None))
        return form if owner == person else None

    async def accepted(self, event: FormSent) -> None:
        """The form came back without mistakes: its draft may go."""
        async with self._store.begin() as tx:
            await tx.drafts.drop(event.person, event.wire.partition("|")[0])


def correction(say: Say, again: Form, mistakes: Mapping[str, str], button: FormAgain) -> Message:
    """Each mistake beside its question's label, and the button."""
    labels = {question.key: question.label for question in again.questions}
    lines = [f"**{escape(labels.get(key, key))}** {escape(sentence)}" for key, sentence in mistakes.items()]
    return Message("", (Text("\n".join(lines)), Row((Button(say("Try again"), button, "primary"),))))
