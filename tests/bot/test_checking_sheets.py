"""`bot check` knows the functions a worksheet names, and shows every window and example on both platforms."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.checking import render
from bot.checking_sheets import sheet_findings
from bot.preview import as_text
from chat.errors import LimitError
from chat.form import Form
from chat.message import Message
from content.common import Frame
from content.library import SHIPPED
from content.read import Problems, read_entries
from content.worksheet_read import read_worksheet
from sandbox.discord.components import check_components, check_modal
from sandbox.slack.blocks import check_blocks, check_view
from tests.kit.house import shipped

LIBRARY = shipped().library


def _damaged(tmp_path: Path, slug: str, old: str, new: str) -> list[str]:
    """What is found when one text of a worksheet is another, readable one."""
    text = (SHIPPED / "worksheets" / f"{slug}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / f"{slug}.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    problems = Problems()
    frame = Frame(problems, ideas=frozenset(LIBRARY.ideas))
    sheets = {sheet.slug: sheet for e in read_entries(path, slug, problems) for sheet in (read_worksheet(e, frame),)}
    assert problems.found == []
    return [finding.text for finding in sheet_findings(replace(LIBRARY, worksheets=sheets), render)]


@pytest.mark.parametrize(
    ("slug", "old", "new", "told"),
    [
        ("scope", "id: solution-words", "id: solution-sounds", "check 'solution-sounds' is no function of sheets/"),
        ("scope", "badge: evidence", "badge: medal", "badge 'medal' is no function of sheets/"),
        ("scope", "of: budget, en", "of: money, en", "row of dots 'money' is no function of sheets/"),
        ("scope", '"?sensitive', '"?delicate', "predicate 'delicate' is no function of sheets/"),
        ("pick", "on: decide-by", "on: some-day", "moment 'some-day' is no function of sheets/"),
        ("pick", "[nine-dots]", "[ten-dots]", "result 'ten-dots' is no function of sheets/"),
    ],
)
def test_a_name_no_function_has_is_told(tmp_path: Path, slug: str, old: str, new: str, told: str) -> None:
    assert [text for text in _damaged(tmp_path, slug, old, new) if told in text]


def test_an_example_no_member_could_give_is_told(tmp_path: Path) -> None:
    found = _damaged(tmp_path, "paper", 'title: {en: "Sound maps of a town"', 'title: {en: "\u200b"')
    assert any("the example in en is nothing a member could give: title" in text for text in found), found


def test_a_worksheet_that_allows_more_than_a_sheet_may_hold_is_told(tmp_path: Path) -> None:
    found = _damaged(tmp_path, "research", "most: 300", "most: 900")
    assert [text for text in found if "bytes when it is filled in to its limits" in text], found


def test_a_window_a_platform_would_refuse_is_told() -> None:
    def narrow(value: Message | Form) -> None:
        if isinstance(value, Form) and "Idea" in value.title:
            raise LimitError("too wide")

    found = {(finding.entry, finding.text) for finding in sheet_findings(LIBRARY, narrow)}
    assert ("worksheet.scope", "as ideas.form in en: too wide") in found
    assert not any("zh-CN" in text for _, text in found)


def test_every_window_and_example_passes_both_platforms_own_checks() -> None:
    seen = list[str]()

    def strict(value: Message | Form) -> None:
        shown = render(value)
        if isinstance(value, Form):
            problems = [*check_view(shown["slack"]), *check_modal(shown["discord"])]
        else:
            problems = [*check_blocks(shown["slack"]), *check_components(shown["discord"])]
        assert problems == [], value
        seen.append(type(value).__name__)

    assert list(sheet_findings(LIBRARY, strict)) == []
    assert seen.count("Form") > 80
    assert seen.count("Message") > 80


def test_a_worksheet_can_be_looked_at_before_anybody_fills_it_in() -> None:
    lines = "\n".join(as_text(LIBRARY, "worksheet.scope", ["en", "zh-CN"]))
    for told in ("keep a power grid in balance", "负责电网平衡的调度员", "谁有这个问题？"):
        assert told in lines
