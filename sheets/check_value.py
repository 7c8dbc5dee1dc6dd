"""Checks on what an idea is worth and whether it can be done: evidence, and somebody else's word for the value."""

from __future__ import annotations

from collections.abc import Iterator

from sheets.check_blank import alone
from sheets.checks import Seen, check
from sheets.quotes import lines_with, quoted, text_at, text_of
from sheets.sheet import Item, Values


@check("no-evidence")
def no_evidence(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Does nothing show yet that it can be done (scope.step3.feasibility)? {words}: the ideas with "none yet"."""
    return quoted(item.text for item, said in _weighed(seen, on) if text_of(said.get(on)) == "none")


@check("judged-alone")
def judged_alone(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Is a value the member's own guess (scope.step3.value)? {words}: the ideas nobody else confirmed."""
    return quoted(
        item.text for item, said in _weighed(seen, on) if text_of(said.get("value")) and alone(text_of(said.get(on)))
    )


@check("evidence-no-value")
def evidence_no_value(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Can it be done, and nobody said what it is worth (scope.step3)? {words}: those ideas."""
    return quoted(
        item.text
        for item, said in _weighed(seen, on)
        if text_of(said.get("evidence")) not in {"", "none"} and not text_of(said.get(on))
    )


def _weighed(seen: Seen, on: str) -> Iterator[tuple[Item, Values]]:
    """The ideas something was said of; once one is picked, that one alone."""
    picked = text_at(seen.sheet, f"{seen.step.key}.picked")
    for item, said in lines_with(seen.worksheet, seen.sheet, f"{seen.step.key}.{on}"):
        if said and picked in {"", str(item.id)}:
            yield item, said
