"""What an owner reads of rounds and talks: no small count gives away what somebody did."""

from __future__ import annotations

from dataclasses import replace

from chat.message import Facts
from content.round_report_cards import TalkFigures, talks_report_card
from content.say import speaker

TALKS = TalkFigures(12, 2, 2, 1, 5, 9, 2, ())


def test_counts_of_what_members_answered_are_hidden_together_while_they_are_small() -> None:
    (facts,) = [part for part in talks_report_card(speaker("en"), TALKS).parts if isinstance(part, Facts)]
    shown = dict(facts.pairs)
    assert {shown[name] for name in ("Said yes", "Introduced", "Met")} == {"fewer than 3"}
    (facts,) = [
        part for part in talks_report_card(speaker("en"), replace(TALKS, introduced=4)).parts if isinstance(part, Facts)
    ]
    assert dict(facts.pairs)["Introduced"] == "4"
