"""What `python -m bot check` says of worksheets: names no function has, windows and examples that cannot be shown."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from chat.errors import LimitError
from chat.form import Form
from chat.message import Message
from commands._every_sheet import sheet_views
from content.library import Library
from content.review import Finding
from content.say import speaker
from content.worksheet import Worksheet
from content.worksheet_refs import conditions, terms
from sheets.answers import WrongAnswers
from sheets.body import to_json
from sheets.checks import checks
from sheets.fullest import fullest
from sheets.predicates import predicates
from sheets.results import all_dots, badges, moments, results
from store.sheets import LARGEST

Render = Callable[[Message | Form], object]


def sheet_findings(library: Library, render: Render) -> Iterator[Finding]:
    """Everything wrong with the worksheets of a pack. `render` raises LimitError for what a platform would refuse."""
    for worksheet in library.worksheets.values():
        unknown = [Finding(worksheet.id, text) for text in _unknown(worksheet)]
        yield from unknown
        if (size := len(to_json(fullest(worksheet)).encode())) > LARGEST:
            text = f"{size:,} bytes when it is filled in to its limits, {LARGEST:,} is the most: lower a most or lines"
            yield Finding(worksheet.id, text)
        if not unknown:
            yield from (Finding(worksheet.id, text) for text in _shown(library, worksheet, render))


def _unknown(worksheet: Worksheet) -> Iterator[str]:
    card, steps = worksheet.card, worksheet.steps
    asked = [term for text in conditions(worksheet) for term in terms(text) if term.startswith("?")]
    named: tuple[tuple[str, Iterable[str], Container[str]], ...] = (
        ("check", [check.id for step in steps for check in step.checks], checks()),
        ("result", [*worksheet.results, *(name for step in steps for name in step.results)], results()),
        ("badge", [card.badge] if card.badge else [], badges()),
        ("row of dots", [of for _label, of in card.dots if "." not in of], all_dots()),
        ("moment", [follow.on for follow in worksheet.follows if follow.on and "." not in follow.on], moments()),
        ("predicate", [term.removeprefix("?") for term in asked], predicates()),
    )
    for what, names, known in named:
        for name in dict.fromkeys(names):
            if name not in known:
                yield f"{what} {name!r} is no function of sheets/: mend the spelling, or write it with its tests"


def _shown(library: Library, worksheet: Worksheet, render: Render) -> Iterator[str]:
    for lang in library.languages:
        try:
            screens = list(sheet_views(speaker(lang), worksheet))
        except WrongAnswers as error:
            told = "; ".join(f"{key}: {text}" for key, text in error.by_key.items())
            yield f"the example in {lang} is nothing a member could give: {told}"
            continue
        for screen in screens:
            try:
                render(screen.make())
            except LimitError as error:
                yield f"as {screen.name} in {lang}: {error}"
