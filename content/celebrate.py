"""The short line after Done: the member's own words or the step's, and one that does not come twice within a week."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from content.library import Library
from content.nudge_card import Recipe
from content.prompts import Prompt
from content.say import Say

REST = 7
"""A line rests for at least so many uses."""
OWN = 0.75
"""How often the member's own words come, where there are any."""


def celebration(library: Library, *, seed: str, recent: Sequence[str]) -> str:
    """The id of a line, deterministic by `seed`. `recent`: ids used in the last week, newest first. One of them comes
    again only when there is no other, and then the one used longest ago, out of the last seven uses if that can be."""
    fresh = [id_ for id_ in library.celebrations if id_ not in set(recent)]
    if not fresh:
        newest = list(dict.fromkeys(id_ for id_ in recent if id_ in library.celebrations))
        fresh = newest[-1:] if len(newest) <= REST else newest[REST:]
    return Random(seed).choice(fresh)  # noqa: S311  # a choice of text, not a secret


def joy(say: Say, prompt: Prompt, recipe: Recipe | None, line: str, *, seed: str) -> str:
    """What is celebrated with, in one line: mostly the member's own "then I …", now and then the step's own words, and
    always the line, which is another one each day of a week. Deterministic by `seed`."""
    mine = recipe.celebrate.strip() if recipe else ""
    if mine and Random(seed).random() < OWN:  # noqa: S311  # a choice of text, not a secret
        return say("{line} And now: {celebrate}", line=line, celebrate=mine)
    theirs = prompt.celebrate.get(say.lang) if prompt.celebrate else ""
    return f"{theirs} {line}".strip()
