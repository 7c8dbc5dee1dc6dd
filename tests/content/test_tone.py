"""How the loop speaks (behaviour.md R11, R13, R14, R17): no order, no blame, no counting of what was not."""

from __future__ import annotations

import re

import pytest

from chat.form import Form
from chat.message import Button, Message, Row
from content.say import speaker
from content.weekly_questions import QUESTIONS
from tests.golden.loop import RECIPE, loop
from tests.kit.house import shipped
from tests.kit.sentences import sentences

LIBRARY = shipped().library
CARDS = {lang: loop(speaker(lang), LIBRARY) for lang in ("en", "zh-CN")}
CASES = [(lang, name) for lang, cards in CARDS.items() for name in cards]

FORBIDDEN = {
    "en": r"\b(?:should|must|have to|don['’]t forget|fail(?:ed|ure)?|miss(?:ed|ing)?|behind|streaks?|lazy|only|"
    r"we noticed|"
    r"at least|finally|overdue|points?|badges?|ranks?|others?)\b",
    "zh-CN": r"应该|必须|别忘|又没|落后|断签|坚持|一定要|错过|失败|偷懒|连续|终于|积分|排名|其他人",
}
ALLOWED = {"Only ten seconds?"}
"""R17 avoids "only" as blame; here it makes the step lighter, in the words of the brief."""
FILES = (
    "commands/_answered.py", "commands/_tap.py", "commands/nudge_step.py", "commands/offers.py", "commands/recall.py",
    "commands/reflect.py", "commands/trouble.py", "scheduler/message.py",
)  # fmt: skip
"""Files with sentences of the loop that stand on no golden card."""


def words(value: Message | Form) -> str:
    """All that is read on it but what the pack and the member say."""
    if isinstance(value, Form):
        asked = [f"{question.label}\n{question.hint}" for question in value.questions]
        return "\n".join([value.title, *asked, value.send])
    labels = [item.label for part in value.parts if isinstance(part, Row) for item in part.items]
    assert all(isinstance(item, Button) for part in value.parts if isinstance(part, Row) for item in part.items)
    return "\n".join([value.plain(), *labels])


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_no_card_orders_blames_or_counts_what_was_not(lang: str, name: str) -> None:
    assert _found(lang, words(CARDS[lang][name])) == []


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_no_card_shouts_or_numbers_days_in_a_row(lang: str, name: str) -> None:
    text = words(CARDS[lang][name])
    assert not re.search(r"[!！]", text), "no exclamation pile-ups: none at all is simplest"
    assert not re.search(r"in a row|\bin 24 hours|连着|天没", text)


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_no_sentence_of_the_loop_does_so_either(lang: str) -> None:
    say = speaker(lang)
    said = {message for file, _, message in sentences() if file in FILES and message}
    told = [*map(say.look_up, said), *(say.look_up(question.text) for question in QUESTIONS)]
    assert len(told) > 25
    assert {text: _found(lang, text) for text in told if _found(lang, text)} == {}


def test_the_guard_itself_sees_what_it_forbids() -> None:
    assert _found("en", "You missed two days, don't forget your streak") == ["missed", "don't forget", "streak"]
    assert _found("zh-CN", "你又没来，连续打卡断了") == ["又没", "连续"]


def test_four_equally_polite_buttons_in_a_fixed_order() -> None:
    for lang, four in {
        "en": ["Done", "Shrink it", "Not today", "Pause"],
        "zh-CN": ["做了", "再小一点", "今天不了", "暂停"],
    }.items():
        for name in ("step_card", "step_card.action", "step_card.long", "step_card.weekly", "step_card.zone"):
            card = CARDS[lang][name]
            assert isinstance(card, Message)
            rows = [part for part in card.parts if isinstance(part, Row)]
            assert [item.label for item in rows[0].items] == four
        card = CARDS[lang]["reflection_card"]
        assert isinstance(card, Message)
        [row] = [part for part in card.parts if isinstance(part, Row)]
        assert [item.label for item in row.items][1:] == four[1:], "a look back has its smaller size too"


def test_a_lock_screen_shows_the_step_and_no_machinery() -> None:
    for lang in ("en", "zh-CN"):
        for name in ("step_card", "step_card.long", "question_card", "reflection_card", "trouble_card", "last_card"):
            card = CARDS[lang][name]
            assert isinstance(card, Message)
            first = card.plain()[:60]
            assert "prompt." not in first
            assert not first.startswith(("/", "steppingstone"))
            assert len(first.strip()) > 5
    assert RECIPE.anchor in str(CARDS["en"]["step_card"])


def _found(lang: str, text: str) -> list[str]:
    for allowed in ALLOWED:
        text = text.replace(allowed, "")
    return [match.group().casefold() for match in re.finditer(FORBIDDEN[lang], text, re.IGNORECASE)]
