"""The one Markdown dialect of the house: bold, italic, code, https links, channels; a backslash makes anything inert.

What members typed goes through `escape` and can then never become formatting, a mention or a link on either platform.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Style = Literal["plain", "bold", "italic", "code", "link", "channel"]

SPECIAL = "\\*_~`|>#[]()<@-+!:"
_INERT = str.maketrans({c: "\\" + c for c in SPECIAL})
_TOKEN = re.compile(
    r"\\(?P<escaped>[^\w\s]|_)"
    r"|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*"
    r"|(?<![\w\\])_(?P<italic>(?:\\.|[^_\\])+)_(?!\w)"
    r"|`(?P<code>[^`]+)`"
    r"|<#(?P<channel>[A-Z0-9]+)>"
    r"|\[(?P<label>(?:\\.|[^\]\\])+)\]\((?P<url>https://[^\s()]+)\)",
    re.DOTALL,
)
# NUL and other controls, bidirectional overrides, lone surrogates: never shown, on any platform.
_UNSHOWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; `url` only for links. The text of a channel is its id: only the platform knows its
    name, and who may read it."""

    text: str
    style: Style = "plain"
    url: str = ""


def clean(text: str) -> str:
    """Drops what no reader should meet: NUL, controls other than tab and newline, direction overrides, lone surrogates.

    >>> clean("a\\x00b\\u202ec\\r\\n")
    'abc\\n'
    """
    if text.isascii() and text.isprintable():
        return text
    return _UNSHOWABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escape(text: str) -> str:
    """Makes a stranger's text inert.

    >>> escape("*hi* <@U1>")
    '\\\\*hi\\\\* \\\\<\\\\@U1\\\\>'
    """
    return clean(text).translate(_INERT)


def channel(id_: str) -> str:
    """A channel as the platform shows it to whoever reads.

    >>> channel("C01")
    '<#C01>'
    """
    return f"<#{id_}>"


def unescape(text: str) -> str:
    """Removes the backslashes that `escape` put in."""
    return re.sub(r"\\([^\w\s]|_)", r"\1", text)


@lru_cache(4_096)  # the same sentences go to thousands of members of a morning
def spans(text: str) -> tuple[Span, ...]:
    """Splits a text of the dialect into styled runs, neighbouring plain runs joined.

    >>> spans("say **hi**")
    (Span(text='say ', style='plain', url=''), Span(text='hi', style='bold', url=''))
    """
    out: list[Span] = []
    plain: list[str] = []

    def flush() -> None:
        if plain:
            out.append(Span("".join(plain)))
            plain.clear()

    at = 0
    for match in _TOKEN.finditer(text):
        plain.append(text[at : match.start()])
        at = match.end()
        if (escaped := match["escaped"]) is not None:
            plain.append(escaped)
            continue
        flush()
        if (bold := match["bold"]) is not None:
            out.append(Span(unescape(bold), "bold"))
        elif (italic := match["italic"]) is not None:
            out.append(Span(unescape(italic), "italic"))
        elif (code := match["code"]) is not None:
            out.append(Span(code, "code"))
        elif (id_ := match["channel"]) is not None:
            out.append(Span(id_, "channel"))
        else:
            out.append(Span(unescape(match["label"]), "link", match["url"]))
    plain.append(text[at:])
    if not plain[-1]:
        plain.pop()
    flush()
    return tuple(span for span in out if span.text)


def plain(text: str) -> str:
    """The words alone, for notifications and screen readers."""
    return "".join(f"#{span.text}" if span.style == "channel" else span.text for span in spans(text))
