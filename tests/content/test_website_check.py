"""A question their website answers is worth a swap; a question only they can answer never gets the advice."""

from __future__ import annotations

import pytest

from content.interview_words import LANGUAGES
from content.prep_cards import Prep, six_questions, to_take
from content.say import speaker
from content.website_check import on_their_website
from tests.kit.house import shipped


@pytest.mark.parametrize(
    "question",
    [
        "What does your company do?", "When was your firm founded?", "How many people work there?",
        "Where is your office?", "Who are your competitors?", "What products do you sell?", "What is your mission?",
        "你们公司是做什么的？", "公司什么时候成立的？", "有多少员工？", "总部在哪里？", "主要产品有哪些？",
    ],
)  # fmt: skip
def test_a_website_knows(question: str) -> None:
    assert on_their_website(question)


@pytest.mark.parametrize(
    "question",
    [
        "What would you do differently?", "Which part of the week do you like best?", "How did you learn to say no?",
        "What does your team argue about?", "When did you know it was right?", "你最近一次犯错是什么时候？",
        "您平常的一天怎么过？", "当初为什么选这条路？",
    ],
)  # fmt: skip
def test_only_a_person_knows(question: str) -> None:
    assert not on_their_website(question)


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_six_of_the_pack_never_get_the_advice(lang: str) -> None:
    six = six_questions(speaker(lang), shipped().library)
    assert len(six) == 6
    assert [question for question in six if on_their_website(question)] == []


def test_questions_come_in_the_order_of_their_numbers_and_unknown_numbers_are_nobody() -> None:
    prep = Prep(keep=(1, 2, 9), own=("", "Mine?"), order=(8, 2, 44))
    assert to_take(prep, ("One?", "Two?")) == ("Mine?", "Two?", "One?")


def test_every_language_to_talk_in_has_a_name_in_both() -> None:
    for lang in ("en", "zh-CN"):
        names = [speaker(lang).language(code) for code in LANGUAGES]
        assert len(set(names)) == len(LANGUAGES) <= 25
