"""What members typed can never become formatting: escaped, then read, it is the same words in plain style."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chat.markup import Span, channel, clean, escape, plain, spans


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


def test_a_channel_is_named_by_us_and_never_by_what_a_member_typed() -> None:
    assert spans(f"in {channel('C01')}: hi") == (Span("in "), Span("C01", "channel"), Span(": hi"))
    assert plain(channel("700000000000000001")) == "#700000000000000001"
    assert [span.style for span in spans(escape(channel("C01")))] == ["plain"]
    assert [span.style for span in spans("<#general> <#C01|x>")] == ["plain"]


def test_what_nobody_should_meet_is_dropped() -> None:
    assert clean("a\x00b\u202ec\u2066d\ud800e\r\nf\tg") == "abcde\nf\tg"
