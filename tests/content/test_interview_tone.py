"""How `/interview-match` speaks: it offers, never orders; nobody is blamed, counted against others, or shouted at."""

from __future__ import annotations

import re

import pytest

from chat.form import Form
from chat.message import Button, Message, Row
from content.say import speaker
from content.words import BANNED
from tests.golden.interviews import interviews
from tests.kit.house import shipped

CARDS = {lang: interviews(speaker(lang), shipped().library) for lang in ("en", "zh-CN")}
CASES = [(lang, name) for lang, cards in CARDS.items() for name in cards]
RANK = {
    "en": r"\b(rejected|declined|refused|turned down|rank(?:ed)?|queue position|ahead of you)\b",
    "zh-CN": r"被拒|拒绝了你|排名|排在你",
}


def words(value: Message | Form) -> str:
    """All that is read on it."""
    if isinstance(value, Form):
        return "\n".join([value.title, *(f"{asked.label}\n{asked.hint}" for asked in value.questions), value.send])
    labels = [i.label for part in value.parts if isinstance(part, Row) for i in part.items if isinstance(i, Button)]
    return "\n".join([value.plain(), *labels])


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_no_card_orders_blames_ranks_or_shouts(lang: str, name: str) -> None:
    text = words(CARDS[lang][name])
    assert BANNED[lang].findall(text) == []
    assert re.findall(RANK[lang], text, re.IGNORECASE) == []
    assert not re.search(r"[!！]", text)


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_a_host_sees_no_the_same_size_as_yes(lang: str) -> None:
    card = CARDS[lang]["status_card.both"]
    assert isinstance(card, Message)
    rows = [part for part in card.parts if isinstance(part, Row)]
    yes = {"en": ["Yes", "Not now", "Not a fit"], "zh-CN": ["好", "现在不用", "不太合适"]}[lang]
    assert yes in [[item.label for item in row.items] for row in rows]
