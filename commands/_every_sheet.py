"""Every message and window a worksheet of a pack can become: what `bot check` renders and `bot preview` shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from chat.form import Form
from commands._every import View
from content.say import Say
from content.worksheet import Part, Step, Worksheet
from sheets.cards import example_card
from sheets.forms import form_of, lacking
from sheets.part_cards import taps_card
from sheets.printing import example_of
from sheets.refs import lines_over
from sheets.sheet import Sheet
from sheets.ways import SheetFilled

DAY = date(2026, 1, 5)
"""Of the examples; any day would do."""


def sheet_views(say: Say, worksheet: Worksheet) -> Iterator[View]:
    """The example, whole and step by step, and every window of it, as there and as on an empty sheet. Raises
    WrongAnswers when the example is nothing a member could give, KeyError for a function there is not."""
    filled = example_of(worksheet, "zh-CN" if say.lang == "zh-CN" else "en")
    id_, empty = worksheet.id, replace(filled, steps={}, next_id=1)
    yield View(id_, "example", partial(example_card, say, worksheet, filled, DAY))
    for step in worksheet.steps:
        yield View(id_, step.key, partial(example_card, say, worksheet, filled, DAY, step))
        for part in step.parts:
            name = f"{step.key}.{part.key}"
            if part.kind == "taps":
                for at in range(len(part.fields)):
                    yield View(id_, name, partial(taps_card, say, worksheet, filled, step, part, at))
            else:
                for sheet in (filled, empty):
                    if not lacking(worksheet, sheet, part):
                        yield View(id_, name, partial(_form, say, worksheet, sheet, step, part))


def _form(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: Part) -> Form:
    lines = lines_over(sheet, step.key, part)
    item = lines[0].id if lines else None
    then = SheetFilled("a" * 16, f"{step.key}.{part.key}", item or 0, "a" * 12)
    return form_of(say, worksheet, sheet, step, part, item, then)
