"""The house's dialect in Discord's Markdown: our styles come through, everything else is shown as it was typed."""

from __future__ import annotations

import re
from typing import assert_never

from chat.markup import Span, clean, spans

# Escaped where Discord would read meaning, and only there: each backslash counts against the 4,000 characters.
_ANYWHERE = re.compile(r"[\\*_~`|\[\]<@]|:(?=//)")
_LINE_START = re.compile(r"^([ \t]*)([-+#>])", re.MULTILINE)
_NUMBERED = re.compile(r"^([ \t]*\d+)([.)])", re.MULTILINE)
_EMPTY = "…"  # what is left of a text of unshowable characters; Discord refuses an empty one

__all__ = ["clean", "inert", "label", "line", "text"]


def text(dialect: str) -> str:
    """A text of the dialect.

    >>> text("say **hi**, not *hi*")
    'say **hi**, not \\\\*hi\\\\*'
    """
    return _line_starts("".join(map(_span, spans(clean(dialect)))).strip()) or _EMPTY


def line(plain: str) -> str:
    """Plain words on one line, inert.

    >>> line("# @everyone")
    '\\\\# \\\\@everyone'
    """
    return inert(label(plain))


def label(plain: str) -> str:
    """Plain words on one line for places that read no Markdown: buttons, titles of windows, placeholders."""
    return " ".join(clean(plain).split()) or _EMPTY


def inert(plain: str) -> str:
    """Backslashes before whatever Discord would make bold, a quote, a heading, a list, a mention or a link."""
    return _line_starts(_escaped(plain))


def _escaped(plain: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", plain)


def _line_starts(words: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _LINE_START.sub(r"\1\\\2", words))


def _span(span: Span) -> str:
    words = _escaped(span.text)
    match span.style:
        case "plain":
            return words
        case "bold":
            return f"**{words}**"
        case "italic":
            return f"*{words}*"
        case "code":
            return f"`{' '.join(span.text.split())}`"  # one line, or _line_starts would show its backslash
        case "channel":
            return f"<#{span.text}>"
        case "link":
            return f"[{words}]({span.url.replace('<', '%3C').replace('>', '%3E')})"
        case _:
            assert_never(span.style)
