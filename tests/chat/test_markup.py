"""What members typed can never become formatting: escaped, then read, it is the same words in plain style."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chat.markup import Span, clean, escape, plain, spans


@given(st.text(max_size=200))
def test_escaped_text_is_one_plain_run_of_the_same_words(text: str) -> None:
    words = clean(text)
    assert spans(escape(text)) == ((Span(words),) if words else ())


@given(st.text(alphabet="*_`[]()\\<>@#~| a1\n", max_size=80))
def test_no_mixture_of_marks_gets_out(text: str) -> None:
    assert plain(escape(text)) == clean(text)
    assert all(span.style == "plain" for span in spans(escape(text)))


def test_the_dialect() -> None:
    assert [(span.text, span.style) for span in spans("a **b** _c_ `d*` [e](https://f.example) g_h_i")] == [
        ("a ", "plain"), ("b", "bold"), (" ", "plain"), ("c", "italic"), (" ", "plain"), ("d*", "code"),
        (" ", "plain"), ("e", "link"), (" g_h_i", "plain"),
    ]  # fmt: skip
    assert spans("[x](http://insecure.example)")[0].style == "plain"
    assert plain("**my\\*star**") == "my*star"


def test_what_nobody_should_meet_is_dropped() -> None:
    assert clean("a\x00b\u202ec\u2066d\ud800e\r\nf\tg") == "abcde\nf\tg"
