"""The loop's own choices: which line celebrates, which question a week has, what past weeks hold, and that all fits."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from content.celebrate import celebration, joy
from content.nudge_card import Recipe
from content.recall_card import answer_card, graded_card, question_card
from content.reflection_card import Lines, week_card, weeks_card
from content.say import speaker
from content.step_card import Ride, shrunk_card, step_card
from content.weekly_questions import QUESTIONS, question_by, question_of
from habit.ladder import DOSES
from tests.kit.house import shipped

LIBRARY = shipped().library
KEY = "a" * 24
LONGEST = Recipe("*" * 80, "*" * 120, "*" * 60, time(8, 30), frozenset(range(7)))


def test_no_line_comes_twice_while_there_are_others() -> None:
    used: list[str] = []
    for day in range(200):
        recent = used[:20]
        line = celebration(LIBRARY, seed=str(day), recent=recent)
        assert line not in recent
        used.insert(0, line)


def test_when_all_lines_were_used_this_week_the_longest_rested_come_again() -> None:
    ids = list(LIBRARY.celebrations)
    for day in range(50):
        line = celebration(LIBRARY, seed=str(day), recent=ids)
        assert line in ids[7:]


def test_the_own_words_come_mostly_and_the_steps_now_and_then() -> None:
    say, prompt = speaker("en"), next(iter(LIBRARY.prompts.values()))
    lines = [joy(say, prompt, LONGEST, "That counts.", seed=str(n)) for n in range(200)]
    own = sum(LONGEST.celebrate in line for line in lines)
    assert 120 < own < 180
    assert all("That counts." in line for line in lines)
    assert joy(say, prompt, None, "That counts.", seed="1").endswith("That counts.")


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_step_fits_at_every_size_with_all_that_may_ride_along(lang: str) -> None:
    say = speaker(lang)
    full = Ride(say("Good to see you. Ten seconds?"), "*" * 300, True, None, True)
    zones = Ride(wish="*" * 300, zones=("America/Argentina/ComodRivadavia", "Asia/Shanghai"), way_out=True)
    for prompt in LIBRARY.prompts.values():
        for seconds in (10, 120, 1800):
            step_card(say, prompt, KEY, LONGEST, seconds=seconds, ride=full)
            step_card(say, prompt, KEY, LONGEST, seconds=seconds, ride=zones)
        shrunk_card(say, prompt, KEY, smallest=True, ride=full)
        if prompt.recall is not None:
            question_card(say, prompt, prompt.recall, KEY, full)
            answer_card(say, prompt, prompt.recall, KEY)
            graded_card(say, prompt, "*" * 130, 9_999, 28, again="x" * 40, back="x" * 60)


def test_the_action_in_bold_is_the_one_of_the_size() -> None:
    say = speaker("en")
    prompt = LIBRARY.prompts["prompt.habit.ten-seconds"]
    small, big = (str(step_card(say, prompt, KEY, seconds=seconds)) for seconds in (10, 30))
    assert f"**{prompt.tiny.en}**" in small
    assert f"**{prompt.action.en}**" not in small
    assert f"**{prompt.action.en}**" in big
    assert "stay with it" not in big


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_each_size_looks_different(lang: str) -> None:
    say, by_size = speaker(lang), {p.seconds: p for p in LIBRARY.prompts.values()}
    cards = [step_card(say, by_size[30 if size <= 30 else 90], KEY, seconds=size).plain() for size in DOSES]
    sizes = [next(line for line in card.splitlines() if line.startswith(("About", "大约"))) for card in cards]
    assert len(set(sizes)) == 3 + 3
    if lang == "en":
        assert sizes[:3] == ["About 10 seconds.", "About 30 seconds.", "About 90 seconds."]
        assert sizes[5] == "About 90 seconds; if it goes well, stay with it for up to 30 minutes."


def test_questions_stand_in_the_pack_and_have_a_door() -> None:
    for question in QUESTIONS:
        assert question.idea in LIBRARY.ideas, question.idea
        assert question.topic in LIBRARY.topics, question.topic
        assert question_by(question.idea) == question
    assert question_by("gone") is None
    assert len({question.idea for question in QUESTIONS}) == len(QUESTIONS)


def test_each_question_comes_once_before_any_comes_again_and_sensitive_ones_by_consent() -> None:
    monday = date(2026, 11, 16)
    open_ = [question for question in QUESTIONS if not question.optin]
    asked = [question_of(monday + timedelta(weeks=n), "Ada") for n in range(len(open_))]
    assert {question.idea for question in asked} == {question.idea for question in open_}
    consented = [question_of(monday + timedelta(weeks=n), "Ada", {"days"}) for n in range(len(QUESTIONS))]
    assert {question.optin for question in consented} == {"", "days"}
    assert {question_of(monday, str(n)).idea for n in range(60)} > {asked[0].idea}, "people begin elsewhere"


def test_the_longest_lines_fit_and_dots_never_say_when() -> None:
    say, lines = speaker("en"), Lines("*" * 300, "_" * 300, "@" * 300)
    card = week_card(say, date(2026, 11, 22), 9, lines, QUESTIONS[0])
    assert "●●●●●●●" in card.plain()
    many = [(date(2026, 11, 22) - timedelta(weeks=n), lines) for n in range(12)]
    assert 1 <= len(weeks_card(say, many).parts) < 12
