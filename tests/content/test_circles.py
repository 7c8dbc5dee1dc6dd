"""How circles speak: a bank of questions with their sources, letters that can be found again, no word that shames."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from chat.message import Message
from chat.people import Person, Space
from content.circle_questions import BANK, THEMES, pick, text_of
from content.circle_words import Seat, on_clocks, weekly
from content.say import speaker
from content.words import BANNED
from tests.content.test_interview_tone import words
from tests.golden.circles import ON, circle_letters, circles
from tests.kit.house import shipped

LIBRARY = shipped().library
CARDS = {lang: circles(speaker(lang), LIBRARY) for lang in ("en", "zh-CN")}
CASES = [(lang, name) for lang, cards in CARDS.items() for name in cards]


def test_every_theme_has_twelve_questions_each_from_somewhere_and_in_both_languages() -> None:
    chinese = speaker("zh-CN")
    for theme in THEMES:
        assert len(BANK[theme]) >= 12
        for question in BANK[theme]:
            assert question.ideas
            assert set(question.ideas) <= set(LIBRARY.ideas), question.id
            assert chinese.look_up(question.text) != question.text
            assert BANNED["en"].findall(question.text) == []
    texts = [question.text for bank in BANK.values() for question in bank]
    assert len(set(texts)) == len(texts)


def test_no_circle_is_asked_the_same_twice_and_two_circles_go_different_ways() -> None:
    asked: list[str] = []
    while (question := pick("search", "c1", asked)) is not None:
        asked.append(question.id)
    assert len(asked) == len(set(asked)) == len(BANK["search"]) + len(BANK["company"])
    assert all(id_.startswith("search.") for id_ in asked[:12])
    orders = {pick("search", f"c{n}", ()) for n in range(12)}
    assert len(orders) > 1
    assert pick("of tomorrow", "c1", ()) in BANK["company"]
    assert (text_of("search.1"), text_of("search.999")) == (BANK["search"][0].text, "")


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_no_card_orders_blames_ranks_or_shouts(lang: str, name: str) -> None:
    text = words(CARDS[lang][name])
    assert BANNED[lang].findall(text) == []
    assert not re.search(r"[!！]", text)


@pytest.mark.parametrize("name", list(circle_letters(speaker("en"))))
def test_every_letter_can_be_found_again_and_left_and_reported_from(name: str) -> None:
    """Discord looks for a letter by its id in the controls."""
    card = CARDS["en"][name]
    assert isinstance(card, Message)
    wires = [action.wire() for action in card.actions()]
    assert any(ON.letter in wire for wire in wires)
    kinds = {wire.partition("|")[0] for wire in wires}
    assert {"circle-block", "circle-report", "circle-help"} <= kinds
    if name != "circle_closed_card":
        assert "circle-leave" in kinds


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_how_common_doubt_is_stands_with_its_range(lang: str) -> None:
    text = words(CARDS[lang]["circle_doubts_card"])
    assert all(number in text for number in ("9", "82"))


def test_without_help_lines_the_card_says_so_and_names_the_emergency_services() -> None:
    text = words(CARDS["en"]["circle_more_card.none"])
    assert "have set no help lines yet" in text
    assert "emergency services" in text


def test_whose_clock_nobody_knows_reads_no_time_as_their_own() -> None:
    at, say = datetime(2026, 11, 24, 18, tzinfo=UTC), speaker("en")
    makers = Space("slack", "T01MAKERS")
    seats = [Seat(Person(makers, "U1"), "Ada", "Asia/Tokyo"), Seat(Person(makers, "U2"), "Kofi", "")]
    assert on_clocks(say, at, seats).splitlines() == [
        "• Wednesday, 03:00 for Ada", "• Tuesday, 18:00 UTC; I do not know the clock of Kofi",
    ]  # fmt: skip
    assert weekly(say, at, "") == "Tuesday, 18:00 UTC"
