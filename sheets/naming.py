"""What a sheet is called: by the answer its worksheet is named after."""

from __future__ import annotations

from content.document_text import shorten
from content.say import Say
from content.worksheet import Worksheet
from sheets.refs import field_at, full_ref, line_of, texts
from sheets.sheet import Sheet
from sheets.typed import tidy

TITLE_MOST = 80


def title_of(say: Say, worksheet: Worksheet, sheet: Sheet, most: int = TITLE_MOST) -> str:
    """In the member's own words, of a list its first line; the worksheet's name while nothing is written there."""
    words = texts(sheet.value(worksheet.names))
    found = field_at(worksheet, worksheet.names)
    if found is not None and found[2].kind == "item":
        over = full_ref(found[2].over, found[0].key)
        chosen = line_of(sheet, over, words[0]) if words else None
        words = (chosen.text,) if chosen is not None else texts(sheet.value(over))
    return shortened(words[0], most) if words else worksheet.name.get(say.lang)


def shortened(text: str, most: int) -> str:
    """On one line and at most `most` characters, with "…" for the rest and never cut inside a character.

    >>> shortened("Grid operators\\ncannot plan", 16)
    'Grid operators…'
    """
    return shorten(tidy(" ".join(text.split())), most)
