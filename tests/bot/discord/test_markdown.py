"""Whatever a member types is shown, and never comes alive on Discord."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord import markdown
from chat import markup

ALIVE = re.compile(r"(?<!\\)(?:\\\\)*([*_~`|\[\]<@])")
LIST_OR_QUOTE = re.compile(r"^[ \t]*(?:[-+#>]|\d+[.)])", re.MULTILINE)


def shown(rendered: str) -> str:
    """What Discord displays: a backslash before punctuation disappears."""
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", rendered)


@given(st.text(alphabet=st.one_of(st.sampled_from("\\*_~`|[]()<>@#-+!:1. \n/ahtps"), st.characters()), max_size=80))
def test_typed_text_is_shown_as_typed_and_nothing_in_it_is_alive(typed: str) -> None:
    rendered = markdown.text(markup.escape(typed))
    assert ALIVE.search(rendered) is None
    assert LIST_OR_QUOTE.search(rendered) is None
    assert shown(rendered) == (markup.clean(typed).strip() or "…")


@pytest.mark.parametrize(
    "hostile",
    [
        "@everyone",
        "<@1>",
        "<@&2>",
        "<#3>",
        "<t:1:R>",
        "<:x:4>",
        "# big",
        "> quote",
        "1. list",
        "http://x.y",
        "||spoiler||",
    ],
)
def test_the_usual_tricks_stay_words(hostile: str) -> None:
    rendered = markdown.text(markup.escape(hostile))
    assert rendered != hostile
    assert shown(rendered) == hostile


def test_our_own_styles_come_through() -> None:
    dialect = "**bold** _soft_ `code` [here](https://example.org/a_b)"
    assert markdown.text(dialect) == "**bold** *soft* `code` [here](https://example.org/a_b)"


def test_a_members_words_inside_our_style_cannot_end_it() -> None:
    assert markdown.text(f"**{markup.escape('a** b')}**") == r"**a\*\* b**"


def test_plain_prose_costs_no_backslashes() -> None:
    prose = "Ten minutes, then stop! (Really: that is enough.) It's 08:30 - a good start."
    assert markdown.text(prose) == prose


def test_nul_and_direction_marks_disappear() -> None:
    assert markdown.line("a\x00\u202eb") == "ab"


def test_a_text_of_nothing_is_still_something() -> None:
    assert markdown.text("\x00\u202e") == "…"
    assert markdown.label("\n\t") == "…"


def test_a_label_is_one_line() -> None:
    assert markdown.label("two\nlines") == "two lines"
