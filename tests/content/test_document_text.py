"""A sheet as Markdown and as CSV: what anybody typed stands there as they typed it, in whatever opens the file."""

from __future__ import annotations

import csv as csv_reader
import unicodedata
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from chat.errors import LimitError
from chat.markup import clean
from content.document import Card, Document, Dot, Listing, Pairs, Paragraph, Section, Small, Table
from content.document_text import MOST, csv, markdown, shorten

FAMILY, FLAG = "👩‍👩‍👧‍👦", "🇨🇳"
NASTY = (
    *"#$\\[]{}()*_@<>-+=~`|&!.:;/'\"1 \n\tab中",
    "1. ", "- ", "---", "```", "    ", "<b>", "&amp;", "![x](y)", "_a_", "**b**", "`c`", "~~d~~", "[e]: /f",
    "é", FAMILY, "我们，", "\u202e", "\x00",
)  # fmt: skip
TYPED = st.lists(st.sampled_from(NASTY), max_size=12).map("".join)


def _document(*sections: Section, title: str = "Wind and sun", lang: str = "en") -> Document:
    blank = "还没写" if lang == "zh-CN" else "not yet"
    return Document(title, "", sections, "", "zh-CN" if lang == "zh-CN" else "en", blank)


def _read(text: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)


def _seen(text: str) -> list[str]:
    """The words of each inline run as a reader sees them, one string a line."""
    runs: list[str] = []
    for token in _read(text):
        if token.type == "inline":
            breaks = {"hardbreak": "\n", "softbreak": "\n"}
            shown = (breaks.get(one.type) or one.content for one in token.children or ())
            runs.append("".join(shown).replace("<br>", "\n"))
    return runs


def _squeezed(text: str) -> str:
    """As a document shows it: one space for many, no empty lines."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in clean(text).splitlines())))


def test_a_sheet_reads_like_a_page_in_any_editor() -> None:
    sheet = _document(
        Section(
            "1 The problem",
            (
                Pairs((("Who has it?", "Grid operators"), ("Why not solved", ""))),
                Listing(("Plan tomorrow", "Sleep at night"), numbered=True),
                Small("kept as it is"),
            ),
            "re-check",
        ),
        Section("2 Evidence", (Table(("Idea", "Value"), (("Forecast", "5"), ("As yesterday", ""))),)),
        Section("3 Budget", (), "not yet"),
    )
    assert (
        markdown(sheet)
        == """\
# Wind and sun

## 1 The problem (re-check)

- **Who has it?** Grid operators
- **Why not solved:** not yet

1. Plan tomorrow
2. Sleep at night

> kept as it is

## 2 Evidence

| Idea | Value |
| --- | --- |
| Forecast | 5 |
| As yesterday | not yet |

## 3 Budget (not yet)
"""
    )


def test_in_chinese_the_small_marks_are_chinese_too() -> None:
    text = markdown(_document(Section("1 业务问题", (Pairs((("谁", ""),)),), "待复查"), title="", lang="zh-CN"))
    assert text == "# 还没写\n\n## 1 业务问题（待复查）\n\n- **谁：** 还没写\n"


def test_a_web_address_stays_a_link_and_nothing_else_becomes_one() -> None:
    text = markdown(_document(Section("Evidence", (Paragraph("see https://x.org/a_b?c=1|2, [or](https://y.org)"),))))
    links = [str(one.attrs["href"]) for token in _read(text) for one in token.children or () if one.type == "link_open"]
    assert links == ["https://x.org/a_b?c=1", "https://y.org"]
    assert _seen(text)[-1] == "see https://x.org/a_b?c=1|2, [or](https://y.org)"


@given(TYPED)
@settings(max_examples=60, deadline=None)
def test_whatever_a_member_types_is_shown_as_typed_wherever_it_stands(typed: str) -> None:
    wanted = _squeezed(typed)
    seen = wanted if any(unicodedata.category(one)[0] not in "ZC" for one in wanted) else "not yet"
    flat = seen.replace("\n", " ")
    blocks = (
        Paragraph(typed),
        Small(typed),
        Pairs((("Who?", typed),)),
        Listing((typed, typed)),
        Table(("A",), ((typed,),)),
    )
    text = markdown(_document(Section("S", blocks), title=typed))
    assert _seen(text) == [flat, "S", seen, flat, f"Who? {seen}", flat, flat, "A", seen]
    kinds = {one.type for token in _read(text) for one in token.children or ()}
    assert kinds <= {"text", "text_special", "hardbreak", "strong_open", "strong_close", "html_inline"}
    assert {one.content for token in _read(text) for one in token.children or () if one.type == "html_inline"} <= {
        "<br>"
    }


def test_a_sheet_of_a_megabyte_becomes_a_file_below_the_limit_that_says_so_and_keeps_every_title() -> None:
    long = _document(
        *(Section(f"Step {n}", (Paragraph("我们" * 40_000), Listing(("short", "w" * 50_000)))) for n in range(9)),
        lang="zh-CN",
    )
    text = markdown(long)
    assert MOST * 0.9 < len(text.encode()) <= MOST
    assert [f"Step {n}" for n in range(9)] == [run for run in _seen(text) if run.startswith("Step")]
    assert text.count("- short") == 9, "what is short already stays"
    assert text.endswith("为了让文件小一些，这里缩短了最长的几段文字。\n")


def test_ten_thousand_lines_are_cut_by_lines_and_titles_alone_that_are_too_long_are_refused() -> None:
    text = markdown(_document(Section("All", (Listing(("a line of words", *("x" * 40,) * 10_000)),))))
    assert len(text.encode()) <= MOST
    assert "- a line of words" in text
    assert "\n- …\n" in text
    with pytest.raises(LimitError, match="above 100 KB"):
        markdown(_document(*(Section("x" * 1_000, ()) for _ in range(101))))


def test_shortening_never_cuts_inside_what_a_reader_sees_as_one_character() -> None:
    assert shorten("abc", 3) == "abc"
    assert [shorten(f"ab{FAMILY}!", n) for n in range(1, 10)] == ["…", "a…"] + ["ab…"] * 7
    assert shorten(FLAG * 3, 4) == FLAG + "…", "never half of a flag"
    assert shorten("cafe\u0301s", 5) == "caf…", "never without its accent"
    assert shorten("👍🏽👍🏽", 2) == "…", "never in another skin"
    syllable = "\u1100\u1161\u11a8"  # written as its single sounds
    assert shorten(syllable * 2, 5) == syllable + "…"


@given(st.lists(st.sampled_from((FAMILY, FLAG, "e\u0301", "我", "x", "👍🏽", "1️⃣")), max_size=9), st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_what_is_kept_is_always_whole_characters_from_the_start(characters: list[str], most: int) -> None:
    text = "".join(characters)
    kept = shorten(text, most)
    starts = {"".join(characters[:n]) for n in range(len(characters) + 1)}
    assert len(kept) <= most
    assert kept == text or (kept.removesuffix("…") in starts and kept.endswith("…"))


@given(st.lists(st.tuples(TYPED, TYPED), max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_table_comes_back_from_csv_as_it_was_except_for_what_a_spreadsheet_would_run(
    rows: list[tuple[str, str]],
) -> None:
    text = csv(Table(("A", "B"), tuple(rows)))
    assert text.startswith("\ufeff")
    read = list(csv_reader.reader(StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        ["A", "B"], *([clean(cell).removeprefix("'") for cell in row] for row in rows)
    ]  # fmt: skip
    assert not any(
        cell.lstrip()[:1] in {"=", "+", "-", "@"} and not cell.strip()[1:].isdecimal() for row in read for cell in row
    )


def test_formulas_are_words_and_numbers_stay_numbers() -> None:
    cells = ("=1+1", "+49 171", "-cmd|' /C calc'!A0", "@SUM(A1)", "＝1", "\t=1", "-5", "+3.5 %", "", 'a,"b"\nc')
    text = csv(Table(("heads",), tuple((cell,) for cell in cells)))
    read = [row[0] for row in csv_reader.reader(StringIO(text.removeprefix("\ufeff"), newline=""))][1:]
    assert read == ["'=1+1", "+49 171", "'-cmd|' /C calc'!A0", "'@SUM(A1)", "'＝1", "'\t=1", *cells[6:]]


def test_a_table_that_is_no_table_and_a_card_that_is_too_full_are_refused_when_they_are_made() -> None:
    with pytest.raises(LimitError, match="every row has 2"):
        Table(("A", "B"), (("only one",),))
    with pytest.raises(LimitError, match="at most 4 rows and 9 dots"):
        Card("", "", (), "", (Dot("x", True),) * 10, "", "en", "not yet")
