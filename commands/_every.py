"""Every message a pack can become, entry by entry: what `bot check` renders and `bot preview` shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time

from chat.form import Form
from chat.message import Button, Message
from commands import card, role, role_compare, role_fit, role_org, role_quiz, step
from content.done_card import done_card
from content.library import Library
from content.nudge_card import Recipe
from content.origin_card import origin_card
from content.say import Say
from content.step_card import shrunk_card, step_card
from content.ways import way_to

KEY = "a" * 24  # a delivery's id is this long
RECIPE = Recipe("a" * 80, "b" * 120, "c" * 60, time(8, 30), frozenset(range(7)))  # as long as members may write


@dataclass(frozen=True, slots=True)
class View:
    """One screen of one entry. `make` raises LimitError when the words are too long for it."""

    entry: str
    name: str
    make: Callable[[], Message | Form]


def views(say: Say, library: Library) -> Iterator[View]:
    """All screens in this language, in the order of the pack."""
    yield View("topics", "list", lambda: step.directory(say, library))
    for topic in library.topics.values():
        yield View(f"topic.{topic.id}", "page", lambda topic=topic: step.topic_page(say, library, topic))
    for entry in (*library.prompts, *library.cards, *library.roles):
        for name, make in _entry(say, library, entry).items():
            yield View(entry, name, make)
    if library.roles:
        yield View("roles", "list", lambda: role.role_list(say, library, None))
        yield View("roles", "teams", lambda: role_org.org_card(say, library))
        yield View("roles", "tools", lambda: role_fit.fit_form(say, library, ""))
    for n, question in enumerate(library.quiz):
        yield View(question.id, "question", lambda n=n: role_quiz.quiz_question(say, library, "0" * n))
    if library.quiz:
        yield View("quiz", "result", lambda: role_quiz.quiz_result(say, library, "0" * len(library.quiz), kept=True))


def _entry(say: Say, library: Library, id_: str) -> Mapping[str, Callable[[], Message]]:
    """The screens of a prompt, a card or a role, by name."""
    if prompt := library.prompts.get(id_):
        return {
            "step": lambda: step_card(say, prompt, KEY, RECIPE),
            "ten seconds": lambda: shrunk_card(say, prompt, KEY),
            "done": lambda: done_card(say, prompt, "a" * 60, 9_999, 28),
            "page": lambda: card.prompt_page(say, library, prompt),
            "origin": lambda: _origin(say, library, id_, prompt.sources),
        }
    if known := library.cards.get(id_):
        return {
            "card": lambda: card.card_page(say, library, known),
            "origin": lambda: _origin(say, library, id_, known.sources),
        }
    shown = library.roles[id_]
    others = [other for other in library.roles.values() if other.id != id_]
    return {
        "card": lambda: role.role_card(say, library, shown, None),
        "origin": lambda: _origin(say, library, id_, shown.sources),
        "tools": lambda: role_fit.fit_card(say, library, shown, []),
        **{
            f"beside {other.id}": lambda other=other: role_compare.comparison(say, library, shown, other)
            for other in others
        },
    }


def _origin(say: Say, library: Library, id_: str, sources: tuple[str, ...]) -> Message:
    return origin_card(say, library, id_, sources, Button(say("Back"), way_to(id_)))
