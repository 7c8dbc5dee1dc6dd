"""What owners see of rounds: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from chat.form import Form
from chat.message import Message
from content import round_cards as cards
from content import round_swap_cards as swaps
from content import round_words as words
from content.round_cards import Item, Preview, Waiting, Who
from content.round_report_cards import RoundFigures, TalkFigures, more_row, rounds_report_card, talks_report_card
from content.say import Say

HOSTILE = "*bold* <@U1> @everyone"
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
COFFEE = "coffee:700000000000000001"
ADA, KOFI, SAM, YU, PRIYA = (
    Who("U1", "Ada"), Who("U2", HOSTILE), Who("U3", "Sam"), Who("U4", "林雨"), Who("U5", "Priya"),
)  # fmt: skip


def rounds(say: Say) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    facts = ({"term": "hours", "hours": 3.5}, {"term": "teams"}, {"term": "stage", "apart": 0})
    items = (
        Item(1, (ADA, KOFI), (*words.why(say, (facts,)), words.level(say, 1)), 640, repeats=1),
        Item(2, (SAM, YU), (), 120),
        Item(0, (PRIYA,), (words.cause(say, "hours"),), waited=3),
    )
    page = Preview(
        programme=COFFEE, number=12, version=34, open=True, goes_at=AT, zone="Europe/London", items=items, page=2,
        pages=3, placed=21, left=1, repeats=1, fit=480, here="",
    )  # fmt: skip
    figures = [
        RoundFigures(
            n, AT, members=9 + n, placed=8 + n, groups=4, skipped=n % 2, longest_wait=n % 3, repeats=None, met=n,
            missed=0,
        )
        for n in range(1, 7)
    ]  # fmt: skip
    talks = TalkFigures(12, 7, 6, 4, 5, 9, 2, (("ML engineer", 3, 0), (HOSTILE, 2, 1)))
    report = rounds_report_card(say, COFFEE, figures, ((HOSTILE, 3), ("Sam", 1)), "Asia/Shanghai", "")
    return {
        "notice_card": cards.notice_card(say, Waiting(COFFEE, 12, 21, 10, 1, AT, "Europe/London")),
        "preview_card": cards.preview_card(say, page),
        "preview_card.nobody": cards.preview_card(say, replace(page, items=(), page=1, pages=1, told=False)),
        "not_matched_card": cards.not_matched_card(say, "circles", 3, 17, AT, "Asia/Shanghai"),
        "out_card": cards.out_card(say, COFFEE, 12),
        "no_round_card": cards.no_round_card(say, "circles"),
        "which_programme_card": cards.which_programme_card(say, [COFFEE, "circles", "interviews"], "C1", report=True),
        "approved_card": cards.approved_card(say, COFFEE, 12),
        "held_card": cards.held_card(say, COFFEE, 12, AT, "Europe/London"),
        "notices_card": cards.notices_card(say, told=False),
        "swap_with_card": swaps.swap_with_card(say, page, SAM),
        "names_form": swaps.names_form(say, COFFEE, 34),
        "tried_card": swaps.tried_card(say, COFFEE, 34, KOFI, SAM, score=-35, cost=1_234, repeats=1, left=True),
        "swap_refused_card": swaps.swap_refused_card(say, COFFEE, KOFI, SAM),
        "rounds_report_card": Message(report.title, (*report.parts, more_row(say, ["circles", "interviews"], ""))),
        "talks_report_card": talks_report_card(say, talks),
    }
