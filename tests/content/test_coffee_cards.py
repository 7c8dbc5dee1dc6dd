"""How coffee rounds speak: they offer; who is left out learns a rule and a way, and nothing of others."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import get_args

import pytest

from chat.message import Message
from content.coffee_words import in_common, opening, why_left
from content.letters import COFFEES, ROUNDS, UNASKED
from content.say import speaker
from content.words import BANNED
from matching.left_out import Cause
from tests.content.test_interview_tone import words
from tests.golden.coffee import coffee
from tests.golden.letters import ON

CARDS = {lang: coffee(speaker(lang)) for lang in ("en", "zh-CN")}
CASES = [(lang, name) for lang, cards in CARDS.items() for name in cards]
AT = datetime(2026, 11, 24, 18, tzinfo=UTC)


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_no_card_orders_blames_or_shouts(lang: str, name: str) -> None:
    text = words(CARDS[lang][name])
    assert BANNED[lang].findall(text) == []
    assert not re.search(r"[!！]", text)


def test_letters_can_be_found_again_by_their_id_and_name_nobody_without_a_way_out() -> None:
    for name in ("soon_card", "intro_card", "alone_card", "how_card", "gone_card", "left_card"):
        card = CARDS["en"][f"{name}.coffee"]
        assert isinstance(card, Message)
        assert any(ON.letter in action.wire() for action in card.actions()), name
        wires = {action.wire_name for action in card.actions()}
        assert ({"block-asked", "report-asked"} <= wires) == (name in {"intro_card", "alone_card", "how_card"}), name


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_cause_has_its_words_and_a_block_has_those_of_bad_luck(lang: str) -> None:
    said = {cause: why_left(speaker(lang), cause, (AT,), "Asia/Shanghai") for cause in get_args(Cause)}
    assert all(len(lines) == 2 and all(lines) for lines in said.values())
    assert said["taken"] == said["met"], "who met all others, or is blocked by all others, was unlucky"
    assert "02:00" in said["hours"][1], "on the reader's own clock"


def test_what_two_share_is_told_and_what_has_no_words_is_not() -> None:
    say = speaker("en")
    facts = ({"term": "hours", "hours": 1.0}, {"term": "stage", "apart": 0}, {"term": "chance"}, {"term": "teams"})
    assert in_common(say, facts) == (
        "You share one hour a week.", "You are at a similar point of the way.", "You work in different teams.",
    )  # fmt: skip
    assert in_common(say, ({"term": "chance"},)) == ("A draw of lots: nothing more is needed for a good talk.",)


def test_the_question_stays_the_same_for_one_introduction() -> None:
    say = speaker("en")
    assert len({opening(say, f"{n:024x}") for n in range(40)}) == 10
    assert opening(say, ON.introduction) == opening(say, ON.introduction)


def test_what_comes_unasked_takes_the_readers_day_and_an_answer_does_not() -> None:
    assert {name for name in (*COFFEES, *ROUNDS) if name in UNASKED} == {"coffee-soon", "coffee-how"}


def test_on_an_unknown_clock_no_hour_is_offered_as_an_example() -> None:
    assert why_left(speaker("en"), "hours", (AT,), "")[1] == "More times would help."
