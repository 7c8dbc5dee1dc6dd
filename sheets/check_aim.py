"""The check of ready-fire-aim: answers that pull in different ways are read back."""

from __future__ import annotations

from sheets.aiming import STEP, case_of, contradictions
from sheets.checks import Seen, check
from sheets.quotes import label_of, option_of, text_at


@check("contradiction")
def contradiction(seen: Seen, on: str) -> tuple[str, ...] | None:
    """Do two answers not fit, such as hours of work for a lot of money, or an easy stop with many people hurt
    (project.rfa.trade)? {words}: "question: answer", both of them."""
    if (case := case_of(seen.sheet)) is None or not (pairs := contradictions(case)):
        return None
    return tuple(" ↔ ".join(_answer(seen, key) for key in pair) for pair in pairs)


def _answer(seen: Seen, key: str) -> str:
    ref, lang = f"{STEP}.{key}", seen.sheet.lang
    chosen = option_of(seen.worksheet, ref, text_at(seen.sheet, ref), lang)
    gap = "" if lang == "zh-CN" else " "
    return f"{label_of(seen.worksheet, ref, lang)}{gap}{chosen}"
