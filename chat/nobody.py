"""The responder of events for which nobody waits: a space was joined or left. Answering one is a mistake of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chat.errors import Rejected
from chat.form import Answers, Form
from chat.message import Message


class Nobody:
    """Every answer is refused."""

    async def defer(self, *, private: bool) -> None:
        """Refused."""
        raise _refused()

    async def show(self, message: Message, *, private: bool) -> None:
        """Refused."""
        raise _refused()

    async def edit(self, message: Message) -> None:
        """Refused."""
        raise _refused()

    async def open(self, form: Form) -> None:
        """Refused."""
        raise _refused()

    async def onward(self, form: Form, message: Message) -> None:
        """Refused."""
        raise _refused()

    async def correct(self, form_again: Form, mistakes: Mapping[str, str], answers: Answers) -> None:
        """Refused."""
        raise _refused()

    async def suggest(self, choices: Sequence[tuple[str, str]]) -> None:
        """Refused."""
        raise _refused()

    async def nothing(self) -> None:
        """Nothing it is."""


def _refused() -> Rejected:
    return Rejected("nobody asked")
