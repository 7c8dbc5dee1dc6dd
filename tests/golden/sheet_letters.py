"""The letters about sheets: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chat.form import Form
from chat.message import Message
from chat.people import Space
from content.library import Library
from content.say import Say
from sheets import letter_cards as cards
from sheets.sheet import Filled, Item, Sheet

SHEET, LETTER = "0123456789abcdef", "fedcba9876543210fedcba98"
HOSTILE = "*bold* <@U1> @everyone 茶"


def sheet_letters(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    return {
        "sheet_follow_card": _letter(say, library, "scope", "unfinished", who=HOSTILE),
        "sheet_follow_card.date": _letter(say, library, "scope", "numbers", who="Seed cakes"),
        "sheet_follow_card.pick": _letter(say, library, "pick", "decide"),
        "sheet_follow_card.said": _letter(say, library, "pick", "stone", picked="2"),
        "sheet_follow_card.taps": _letter(say, library, "aim", "again"),
        "sheet_follow_card.line": _letter(say, library, "ideas", "resurface", line=HOSTILE),
        "sheet_said_card": cards.sheet_said_card(say, f"Looking back: {HOSTILE}", SHEET),
        "sheet_expires_card": cards.sheet_expires_card(say, HOSTILE, date(2026, 12, 20), SHEET, LETTER),
        "sheet_not_now_card": cards.sheet_not_now_card(say, SHEET, goes=False),
        "sheet_not_now_card.goes": cards.sheet_not_now_card(say, SHEET, goes=True),
        "sheet_stays_card": cards.sheet_stays_card(say, HOSTILE, SHEET),
    }


def _letter(
    say: Say, library: Library, slug: str, key: str, *, who: str = "", picked: str = "", line: str = ""
) -> Message:
    """About a sheet that has what the letter speaks of."""
    worksheet = library.worksheets[slug]
    follow = next(one for one in worksheet.follows if one.key == key)
    lines = (Item(1, HOSTILE), Item(2, "Seed cakes"))
    sheet = Sheet(
        space=Space("slack", "T1"), id=SHEET, worksheet=slug, lang="en",
        steps={
            "problem": Filled(values={"who": who, "wishes": (Item(3, who),)} if who else {}),
            "projects": Filled(values={"projects": lines}), "decide": Filled(values={"picked": picked}),
            "shots": Filled(values={"shots": lines}), "kept": Filled(values={"ideas": lines}),
        },
    )  # fmt: skip
    return cards.sheet_follow_card(say, worksheet, sheet, follow, LETTER, line)
