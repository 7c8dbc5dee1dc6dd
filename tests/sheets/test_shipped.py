"""The worksheets that are shipped, on this engine: examples fill in, every window opens, every state prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import pytest

from chat.action import Action
from chat.form import Form
from content.document import Table
from content.document_text import csv, markdown
from content.say import speaker
from content.worksheet import Worksheet
from sheets.body import of_json, to_json
from sheets.filling import go_back
from sheets.forms import form_of, lacking
from sheets.naming import title_of
from sheets.printing import card_of, document_of, example_of, tables_of
from sheets.progress import complete, finish_of, next_step, progress, steps_of
from sheets.sheet import Sheet
from tests.kit.house import shipped
from tests.sheets.samples import EN, NOW, blank

LIBRARY = shipped().library
LANGUAGES: tuple[Literal["en", "zh-CN"], ...] = ("en", "zh-CN")
SLUGS = sorted(LIBRARY.worksheets)


@dataclass(frozen=True)
class Sent(Action, name="test-sheet-shipped"):
    """A form of these tests."""


def half(worksheet: Worksheet, lang: Literal["en", "zh-CN"]) -> Sheet:
    """The example up to its middle."""
    kept = worksheet.steps[: len(worksheet.steps) // 2]
    names = {f"{step.key}.{part.key}" for step in kept for part in step.parts}
    example = {name: answers for name, answers in worksheet.example.items() if name in names}
    return example_of(replace(worksheet, example=example), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_example_is_a_complete_sheet(slug: str, lang: Literal["en", "zh-CN"]) -> None:
    worksheet = LIBRARY.worksheets[slug]
    sheet = example_of(worksheet, lang)
    assert (complete(worksheet, sheet), sheet.state) == (True, "done")
    again = of_json(
        sheet.space, sheet.id, to_json(sheet), worksheet=slug, lang=lang, state=sheet.state, created_at=None,
        updated_at=None, version=0,
    )  # fmt: skip
    assert again == sheet


@pytest.mark.parametrize("slug", SLUGS)
def test_a_blank_sheet_is_no_good_end_and_is_walked_through_in_order(slug: str) -> None:
    worksheet = LIBRARY.worksheets[slug]
    sheet = blank(worksheet)
    assert not complete(worksheet, sheet)
    assert finish_of(worksheet, sheet) is None
    keys: list[str] = []
    while (step := next_step(worksheet, sheet, keys[-1] if keys else "")) is not None:
        keys.append(step.key)
    assert keys == [step.key for step in steps_of(worksheet, sheet)]
    assert {one.state for one in progress(worksheet, sheet)} == {"open"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_window_of_every_worksheet_opens_blank_and_filled(slug: str, lang: Literal["en", "zh-CN"]) -> None:
    worksheet, opened = LIBRARY.worksheets[slug], 0
    for sheet in (blank(worksheet), example_of(worksheet, lang)):
        for step in worksheet.steps:
            for part in step.parts:
                if not lacking(worksheet, sheet, part):
                    item = sheet.items(part.over)[0].id if part.over else None
                    made = form_of(speaker(lang), worksheet, sheet, step, part, item, Sent())
                    assert isinstance(made, Form)
                    opened += 1
    assert opened > len(worksheet.steps)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_state_of_every_worksheet_prints(slug: str, lang: Literal["en", "zh-CN"]) -> None:
    worksheet, say = LIBRARY.worksheets[slug], speaker(lang)
    first = worksheet.steps[0].key
    example = example_of(worksheet, lang)
    back = go_back(worksheet, example, first, "we learned more", NOW)
    for sheet in (blank(worksheet), half(worksheet, lang), example, back):
        document = document_of(say, worksheet, sheet)
        titles = [section.title for section in document.sections]
        for step in steps_of(worksheet, sheet):
            assert any(step.title.get(lang) in title for title in titles), step.key
        text = markdown(document)
        assert (say("not yet") in text) or sheet.state == "done"
        assert title_of(say, worksheet, sheet)
        card_of(say, worksheet, sheet)
    assert markdown(document_of(say, worksheet, back)).count("we learned more") == (1 if len(example.steps) > 1 else 0)


def test_the_research_sheet_gives_out_both_its_tables_with_their_columns() -> None:
    worksheet = LIBRARY.worksheets["research"]
    tables = dict(tables_of(EN, worksheet, example_of(worksheet, "en")))
    columns = sorted(len(table.heads) for table in tables.values())
    assert 6 in columns, "question, hypothesis, class, reason, updated hypothesis, updated question"
    for table in tables.values():
        assert isinstance(table, Table)
        assert csv(table).count("\r\n") == len(table.rows) + 1


def test_the_language_of_a_sheet_is_switched_in_the_middle() -> None:
    worksheet = LIBRARY.worksheets["research"]
    sheet = half(worksheet, "zh-CN")
    english = markdown(document_of(EN, worksheet, replace(sheet, lang="en")))
    words = sheet.value("topic.topic")
    assert isinstance(words, str)
    assert words in english
    assert worksheet.steps[0].title.en in english
    assert worksheet.steps[0].title.zh not in english


def test_what_stands_at_the_head_does_not_stand_in_a_step_again() -> None:
    worksheet = LIBRARY.worksheets["pick"]
    assert worksheet.results
    sections = document_of(EN, worksheet, example_of(worksheet, "en")).sections
    assert sections[0].title == "In short"
    assert sections[0].blocks
    assert not any(block in section.blocks for block in sections[0].blocks for section in sections[1:])
