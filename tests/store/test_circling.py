"""The course of a circle, pure: its weekly hour through clock changes, what may be voted, who has carried it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from store.circles import Circle, CircleMember
from store.circling import Course, alive, all_answered, carried, course_of, next_slot, slot_of, too_small, votes_open
from tests.store.shire import FRODO, MERRY, NOW, SAM, SHIRE

TUESDAY = datetime(2027, 3, 16, 18, tzinfo=UTC)
CIRCLE = Circle(
    space=SHIRE, id="c1", programme="circles", theme="learning", language="en", state="running",
    slot=slot_of(TUESDAY, "Europe/London"),
)  # fmt: skip


def test_the_hour_stays_what_it_is_on_its_clock_when_clocks_change() -> None:
    at, local = TUESDAY - timedelta(minutes=1), list[str]()
    for _ in range(4):
        at = next_slot(CIRCLE, at)
        local.append(at.astimezone(ZoneInfo("Europe/London")).strftime("%d %H:%M"))
    assert local == ["16 18:00", "23 18:00", "30 18:00", "06 18:00"]
    assert at.hour == 17, "summer time began on the 28th"


def test_the_next_hour_is_strictly_later_and_never_before_the_first() -> None:
    assert next_slot(CIRCLE, TUESDAY) == TUESDAY + timedelta(weeks=1)
    assert next_slot(CIRCLE, TUESDAY - timedelta(days=400)) == TUESDAY


def test_a_course_is_kept_whole_and_one_of_tomorrow_is_read_as_far_as_it_is_known() -> None:
    course = Course(asked=("learning.1",), polls=3, term=2, pair=True, step="renew", by="c2")
    assert course_of(replace(CIRCLE, question=course.kept())) == course
    assert course_of(replace(CIRCLE, question={"polls": 2, "of_tomorrow": 1})) == Course(polls=2)
    assert course_of(replace(CIRCLE, question=())) == Course()


@pytest.mark.parametrize(
    ("state", "course", "votes"),
    [
        ("running", Course(), {"alive", "quiet", "pause"}),
        ("running", Course(by="c2"), {"alive", "quiet", "pause", "merge", "apart"}),
        ("closing", Course(step="renew"), {"on", "end"}),
        ("closing", Course(step="quiet"), {"alive"}),
        ("merging", Course(step="look"), set[str]()),
        ("merging", Course(step="pair"), {"pair", "end"}),
        ("closed", Course(step="renew"), set[str]()),
    ],
)
def test_only_what_is_asked_can_be_answered(state: str, course: Course, votes: set[str]) -> None:
    circle = replace(CIRCLE, state=state, question=course.kept())  # pyright: ignore[reportArgumentType]  # from the table
    assert set(votes_open(circle)) == votes


def test_a_majority_of_those_who_answer_decides_and_a_tie_does_not() -> None:
    votes = [CircleMember(person, "c1", hosts=False, joined_at=NOW) for person in (FRODO, SAM, MERRY)]
    on, end, silent = replace(votes[0], vote="on"), replace(votes[1], vote="end"), votes[2]
    assert carried([on, silent, silent], "on", "end")
    assert not carried([on, end, silent], "on", "end")
    assert not carried([silent], "on", "end")
    assert all_answered([on, end], ("on", "end"))
    assert not all_answered([on, silent], ("on", "end"))
    assert not all_answered([], ("on", "end"))


def test_any_word_but_quiet_is_a_sign_of_life() -> None:
    member = CircleMember(FRODO, "c1", hosts=False, joined_at=NOW)
    assert [alive([replace(member, vote=vote)]) for vote in (None, "", "quiet", "alive", "pause")] == [
        False, False, False, True, True,
    ]  # fmt: skip


def test_two_are_too_few_unless_they_wished_to_be_two() -> None:
    assert [too_small(Course(), n) for n in (1, 2, 3)] == [True, True, False]
    assert [too_small(Course(pair=True), n) for n in (1, 2)] == [True, False]
