"""Recall: the measured gaps, whole local days, the same every time, and no backlog."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.errors import LimitError
from habit.recall import LONGEST, Grade, after_pause, due_on, new_card, review

TODAY = date(2026, 3, 4)
GRADES: tuple[Grade, ...] = ("again", "hard", "good", "easy")
NEW_YORK = ZoneInfo("America/New_York")


def at(day: date, hour: int = 8) -> datetime:
    return datetime.combine(day, time(hour, 30), tzinfo=UTC)


def gaps(first: Grade, count: int) -> list[int]:
    card, found = new_card("learn.two-passes", TODAY), list[int]()
    for n in range(count):
        asked = due_on(card)
        card, due = review(card, first if n == 0 else "good", at(asked))
        found.append((due - asked).days)
    return found


def test_a_card_is_first_asked_three_days_after_it_was_read() -> None:
    assert due_on(new_card("learn.two-passes", TODAY)) == TODAY + timedelta(days=3)


def test_always_good_brings_the_measured_gaps() -> None:
    assert gaps("good", 5) == [2, 11, 46, 163, 180]


def test_a_first_again_brings_the_measured_gaps() -> None:
    assert gaps("again", 6) == [1, 2, 6, 17, 44, 102]


def test_no_gap_is_ever_longer_than_half_a_year() -> None:
    assert max(gaps("easy", 12)) == LONGEST


def test_forgetting_an_old_card_brings_it_back_soon() -> None:
    card = new_card("learn.two-passes", TODAY)
    for _ in range(4):
        card, _ = review(card, "good", at(due_on(card)))
    asked = due_on(card)
    assert (review(card, "again", at(asked))[1] - asked).days < 30


@given(st.lists(st.sampled_from(GRADES), min_size=1, max_size=12), st.integers(0, 2**32))
def test_the_same_answers_make_the_same_card_whatever_the_dice(grades: list[Grade], seed: int) -> None:
    random.seed(seed)
    cards = [new_card("a", TODAY), new_card("a", TODAY)]
    for grade in grades:
        day = due_on(cards[0])
        cards = [review(card, grade, at(day, hour))[0] for card, hour in zip(cards, (0, 23), strict=True)]
        assert cards[0] == cards[1], "neither chance nor the hour of the day changes a card"
        assert day < due_on(cards[0]) <= day + timedelta(days=LONGEST)
        assert len(cards[0]) < 260


def test_it_is_the_members_own_date_that_counts() -> None:
    late = datetime(2026, 3, 5, 23, 30, tzinfo=NEW_YORK)  # the 6th already in UTC
    card, due = review(new_card("a", TODAY), "good", late)
    assert due == due_on(card) == date(2026, 3, 7)


def test_a_clock_change_takes_no_day_away() -> None:
    """Two days over the spring gap are 47 hours in New York."""
    card, due = review(new_card("a", TODAY), "good", datetime(2026, 3, 7, 8, 30, tzinfo=NEW_YORK))
    assert due == date(2026, 3, 9)
    plain, _ = review(new_card("a", TODAY), "good", datetime(2026, 3, 7, 8, 30, tzinfo=UTC))
    again = datetime(2026, 3, 9, 8, 30, tzinfo=NEW_YORK)
    assert review(card, "good", again) == review(plain, "good", again.replace(tzinfo=UTC))


def test_an_answer_a_day_before_the_last_one_is_taken_kindly() -> None:
    """Who flies east over the date line answers on an earlier date."""
    card, _ = review(new_card("a", TODAY), "good", at(TODAY + timedelta(days=1)))
    assert review(card, "good", at(TODAY))[1] > TODAY


def test_different_prompts_are_different_cards() -> None:
    assert new_card("a", TODAY) != new_card("b", TODAY)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"card_id": 1}', "not json", '{"card_id": null}'])
def test_what_is_no_card_says_so(text: str) -> None:
    with pytest.raises(LimitError, match="new_card"):
        due_on(text)
    with pytest.raises(LimitError, match="new_card"):
        review(text, "good", at(TODAY))


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(LimitError, match="aware"):
        review(new_card("a", TODAY), "good", datetime(2026, 3, 5, 8, 30))  # noqa: DTZ001


@given(st.dictionaries(st.text("abcdef", min_size=1), st.dates(TODAY - timedelta(days=90), TODAY + timedelta(days=9))))
def test_after_a_pause_one_question_a_day_and_no_backlog(due: dict[str, date]) -> None:
    spread = after_pause(list(due.items()), TODAY)
    days = [day for _, day in spread]
    assert sorted(id_ for id_, _ in spread) == sorted(due)
    assert days == sorted(set(days)), "no two on one day"
    assert all(day >= max(due[id_], TODAY) for id_, day in spread), "none earlier than it was"
    assert [due[id_] for id_, _ in spread] == sorted(due.values()), "the longest due first"
    assert sum(day <= TODAY for day in days) <= 1
    assert after_pause(spread, TODAY) == spread, "once spread, spread"
