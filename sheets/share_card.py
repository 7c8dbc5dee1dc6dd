"""A sheet at a glance: its share card, and the foot that stands under a card as under a whole document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from content.document import MAX_DOTS, MAX_ROWS, Card, Dot, Language
from content.origins import Book
from content.say import Say
from content.worksheet import Worksheet
from sheets.example import EXAMPLE_AT
from sheets.naming import shortened
from sheets.progress import complete, progress
from sheets.refs import texts
from sheets.results import run_badge, run_dots
from sheets.sheet import Sheet
from sheets.written import answer_at

ROW = 300
"""Characters of an answer that go to the card, which shows as many of them as fit."""


def card_of(say: Say, worksheet: Worksheet, sheet: Sheet, *, today: date | None = None) -> Card:
    """The sheet at a glance, as the worksheet's plan says; the answer it is named after is its title and no row, of a
    list its first line, and the others are one. Rows of steps that do not exist are left out, and of a finished sheet
    those that are blank."""
    plan, on = worksheet.card, today or day(sheet)
    named, *others = answer_at(say, worksheet, sheet, worksheet.names).splitlines() or [""]
    there = {one.key for one in progress(worksheet, sheet)}
    ended = complete(worksheet, sheet)
    rows = list[tuple[str, str]]()
    for label, ref in plan.rows:
        lines = others if ref == worksheet.names else [answer_at(say, worksheet, sheet, one) for one in ref.split()]
        words = _in_a_line("\n".join(lines))
        if words or not (ended or ref == worksheet.names or ref.partition(".")[0] not in there):
            rows.append((label.get(say.lang), words))
    dots: list[Dot] = []
    for label, ref in plan.dots:
        if "." in ref:
            dots.append(Dot(label.get(say.lang), bool(texts(sheet.value(ref)))))
        else:
            dots += run_dots(say, worksheet, sheet, ref, on)
    return Card(
        kicker=worksheet.name.get(say.lang),
        title=_in_a_line(named),
        rows=tuple(rows[:MAX_ROWS]),
        badge=run_badge(say, worksheet, sheet, plan.badge, on) if plan.badge else "",
        dots=tuple(dots[:MAX_DOTS]),
        foot=foot(say, sheet),
        lang=lang(say),
        blank=say("not yet"),
    )


def foot(say: Say, sheet: Sheet, books: Sequence[Book] = ()) -> str:
    """What made it, the day of its last change, and whose the ideas are."""
    when = [say.day(sheet.updated_at.date())] if sheet.updated_at is not None else []
    named = [say("{title}, by {author}", title=one.title.get(say.lang), author=one.by) for one in books if one.by]
    ideas = [say("The ideas follow {books}; the words are ours.", books=say.join(named))] if named else []
    return " · ".join([say("Made with steppingstone"), *when, *ideas])


def day(sheet: Sheet) -> date:
    """Of its last change, by UTC."""
    return (sheet.updated_at or EXAMPLE_AT).date()


def lang(say: Say) -> Language:
    """The language of the headings."""
    return "zh-CN" if say.lang == "zh-CN" else "en"


def _in_a_line(words: str) -> str:
    return shortened(" · ".join(line for line in words.splitlines() if line.strip()), ROW)
