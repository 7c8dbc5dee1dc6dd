"""How long a whole scope sheet takes to become a Markdown file, a PDF and a share card, in both languages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Literal

from bench.matching_table import Row
from content.document_pages import CannotDraw, card_png, fonts_missing, pdf
from content.document_text import markdown
from content.say import speaker
from sheets.printing import card_of, document_of, example_of
from tests.kit.house import shipped

LANGUAGES: tuple[Literal["en", "zh-CN"], ...] = ("en", "zh-CN")


def rows(rounds: int) -> Iterator[Row]:
    """Medians; the first drawing, which reads the fonts, is told beside."""
    worksheet = shipped().library.worksheets["scope"]
    for lang in LANGUAGES:
        say, sheet = speaker(lang), example_of(worksheet, lang)
        document, card = document_of(say, worksheet, sheet), card_of(say, worksheet, sheet)
        makers: dict[str, Callable[[], str | bytes]] = {
            "Markdown": lambda: markdown(document_of(say, worksheet, sheet)),  # noqa: B023  # called in this round only
            "PDF": lambda: pdf(document),  # noqa: B023
            "share card": lambda: card_png(card),  # noqa: B023
        }
        for kind, make in makers.items():
            yield _row(f"scope sheet as {kind}, {'English' if lang == 'en' else 'Chinese'}", make, rounds)


def _row(figure: str, make: Callable[[], str | bytes], rounds: int) -> Row:
    try:
        first, size = _timed(make)
    except CannotDraw as error:
        return Row(figure, f"not drawn: {error} {', '.join(fonts_missing())}")
    taken = [_timed(make)[0] for _ in range(rounds)]
    return Row(figure, f"{median(taken):.1f} ms median of {rounds}, the first {first:.0f} ms, {size / 1_000:,.0f} kB")


def _timed(make: Callable[[], str | bytes]) -> tuple[float, int]:
    began = time.perf_counter()
    made = make()
    return (time.perf_counter() - began) * 1_000, len(made.encode() if isinstance(made, str) else made)
