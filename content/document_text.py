"""A document as Markdown, and a table as CSV: files that open anywhere, with members' words in them made harmless."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from csv import QUOTE_ALL, writer
from dataclasses import replace
from io import StringIO
from typing import assert_never

from chat.errors import LimitError
from chat.markup import clean
from content.document import Block, Document, Listing, Pairs, Paragraph, Section, Small, Table
from content.say import speaker

MOST = 100_000  # bytes of UTF-8
_SHORTEST = 20  # characters
_INLINE = re.compile(r"[\\`*_\[\]<>|~&$#]")
_BULLET = re.compile(r"^([-+=])(?=[-=\s]|$)")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"(https?://[!-;=?-{}~]*[\w/#=&%+~-])", re.ASCII)
_FORMULA = re.compile(r"\s*[-=+@\t\r＝＋－＠]")
_NUMBER = re.compile(r"\s*[-+]?\d[\d.,  ]*%?\s*")
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}  # spaces, controls, joiners
_JOINERS = "\u200c\u200d"


def markdown(document: Document) -> str:
    """The whole document, at most 100 KB of UTF-8: where it would be longer, its longest texts are shortened and its
    last line says so. All titles and labels stay; raises LimitError when they alone are too long."""
    whole = _rendered(document)
    if len(whole.encode()) <= MOST:
        return whole
    say = speaker(document.lang)
    note = say("The longest texts are shortened here, to keep the file small.")

    def fitting(lines: int, most: int) -> str | None:
        short = _rendered(_shortened(document, lines, most)) + f"\n{_line(note)}\n"
        return short if len(short.encode()) <= MOST else None

    for lines in (MOST, 200, 20, 2, 0):
        if (found := fitting(lines, _SHORTEST)) is None:
            continue
        low, high = _SHORTEST, MOST
        while high - low > 1:
            middle = (low + high) // 2
            if better := fitting(lines, middle):
                low, found = middle, better
            else:
                high = middle
        return found
    raise LimitError("the titles and labels of the document alone are above 100 KB: use fewer")


def csv(table: Table) -> str:
    """RFC 4180 with the byte order mark that Excel needs for Chinese. A cell that a spreadsheet would run as a formula
    gets an apostrophe in front; numbers stay numbers, empty cells empty."""
    out = StringIO()
    rows = writer(out, quoting=QUOTE_ALL, lineterminator="\r\n")
    rows.writerows([_inert_cell(cell) for cell in row] for row in (table.heads, *table.rows))
    return "\ufeff" + out.getvalue()


def visible(text: str) -> str:
    """The text without what no reader should meet; "" when nothing is left that can be seen."""
    kept = clean(text)
    return kept if any(unicodedata.category(one) not in _UNSEEN for one in kept) else ""


def shorten(text: str, most: int) -> str:
    """At most `most` characters, ended by "…" where some are left out; never inside an accented letter, an emoji
    sequence or a flag.

    >>> shorten("one by one", 8), shorten("go 👩‍💻", 5)
    ('one by…', 'go…')
    """
    if len(text) <= most:
        return text
    at = most - 1
    while at > 0 and _belongs_to_the_one_before(text, at):
        at -= 1
    return text[:at].rstrip() + "…"


def _belongs_to_the_one_before(text: str, at: int) -> bool:
    one, before = text[at], text[at - 1]
    if unicodedata.category(one).startswith("M") or one in _JOINERS or before == "\u200d":
        return True
    if "\U0001f3fb" <= one <= "\U0001f3ff" or "\U000e0020" <= one <= "\U000e007f" or "\u1160" <= one <= "\u11ff":
        return True  # skin tones, tags of flags, the later parts of a Korean syllable
    flags = re.search("[\U0001f1e6-\U0001f1ff]*$", text[:at])
    return "\U0001f1e6" <= one <= "\U0001f1ff" and flags is not None and len(flags[0]) % 2 == 1


def _rendered(document: Document) -> str:
    lines = [f"# {_line(document.title) or _line(document.blank)}", ""]
    lines += ["  \n".join(_lines(document.lead)), ""] if visible(document.lead) else []
    for section in document.sections:
        lines += [f"## {_head(section, document)}", ""]
        for block in section.blocks:
            lines += [*_block(block, document), ""]
        if not section.blocks and not section.mark:
            lines += [_line(document.blank), ""]
    lines += ["---", "", _line(document.foot), ""] if visible(document.foot) else []
    return "\n".join(lines)


def _head(section: Section, document: Document) -> str:
    around = "（{}）" if document.lang == "zh-CN" else " ({})"
    title = _line(section.title) or _line(document.blank)
    return title + (around.format(_line(section.mark)) if section.mark else "")


def _block(block: Block, document: Document) -> list[str]:
    blank = _line(document.blank)
    match block:
        case Paragraph(text):
            return ["  \n".join(_lines(text)) or blank]
        case Small(text):
            return [f"> {_line(text) or blank}"]
        case Pairs(pairs):
            return [f"- {_label(label, document)}" + ("  \n  ".join(_lines(text)) or blank) for label, text in pairs]
        case Listing(lines, numbered):
            return [f"{f'{n}.' if numbered else '-'} {_line(text) or blank}" for n, text in enumerate(lines, 1)]
        case Table(heads, rows):
            cells = [[_line(head) for head in heads], ["---"] * len(heads)]
            cells += [["<br>".join(_lines(cell)) or blank for cell in row] for row in rows]
            return [f"| {' | '.join(row)} |" for row in cells]
        case _:
            assert_never(block)


def _label(label: str, document: Document) -> str:
    """Bold, with a colon unless it is a question: "**Who?** ", "**谁：** "."""
    words = _line(label)
    colon = "" if words.endswith((*"?？:：.。!！…",)) else "：" if document.lang == "zh-CN" else ":"
    return f"**{words}{colon}** " if words else ""


def _line(text: str) -> str:
    return _inert(" ".join(visible(text).split()))


def _lines(text: str) -> list[str]:
    return [_inert(" ".join(line.split())) for line in visible(text).splitlines() if line.strip()]


def _inert(line: str) -> str:
    """One line that Markdown shows as it is, wherever it stands; web addresses stay links."""
    parts = _ADDRESS.split(line)
    shown = "".join(f"<{part}>" if n % 2 else _INLINE.sub(r"\\\g<0>", part) for n, part in enumerate(parts))
    return _NUMBERED.sub(r"\1\\\2", _BULLET.sub(r"\\\1", shown))


def _inert_cell(cell: str) -> str:
    words = clean(cell)
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words


def _shortened(document: Document, lines: int, most: int) -> Document:
    """With at most so many lines a block, none longer than `most` characters."""

    def cut(text: str) -> str:
        return shorten(text, most)

    sections = [
        replace(one, blocks=tuple(_cut(block, lines, cut) for block in one.blocks)) for one in document.sections
    ]
    return replace(document, lead=cut(document.lead), sections=tuple(sections), foot=cut(document.foot))


def _cut(block: Block, most: int, cut: Callable[[str], str]) -> Block:
    match block:
        case Paragraph(text):
            return Paragraph(cut(text))
        case Small(text):
            return Small(cut(text))
        case Pairs(pairs):
            kept = tuple((label, cut(text)) for label, text in pairs[:most])
            return Pairs(kept if len(pairs) <= most else (*kept, ("", "…")))
        case Listing(lines, numbered):
            kept = tuple(map(cut, lines[:most]))
            return Listing(kept if len(lines) <= most else (*kept, "…"), numbered)
        case Table(heads, rows):
            cells = tuple(tuple(map(cut, row)) for row in rows[:most])
            return Table(heads, cells if len(rows) <= most else (*cells, ("…",) * len(heads)))
        case _:
            assert_never(block)
