"""Anchors: fuzzy ones get advice, precise ones none, in both languages; nothing is ever refused."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from habit.anchor import Advice, check
from tests.habit.anchors import FUZZY_EN, FUZZY_ZH, labelled

PACKS = Path(__file__).parents[2] / "content" / "packs"


@pytest.mark.parametrize(("text", "advice"), labelled())
def test_a_labelled_anchor_gets_its_advice(text: str, advice: str) -> None:
    assert (advice in check(text)) if advice else check(text) == ()


def test_the_labelled_list_is_half_chinese_and_half_fuzzy() -> None:
    labels = labelled()
    chinese = sum(any("\u4e00" <= sign <= "\u9fff" for sign in text) for text, _ in labels)
    assert len(labels) >= 60
    assert abs(chinese / len(labels) - 0.5) < 0.05
    assert abs(sum(advice == "" for _, advice in labels) / len(labels) - 0.5) < 0.05
    assert {*FUZZY_EN.values()} == {*FUZZY_ZH.values()} == set(get_args(Advice))


def test_every_anchor_we_offer_ourselves_is_precise() -> None:
    offered = [
        text
        for file in PACKS.glob("*/anchors.yaml")
        for entry in yaml.safe_load(file.read_text(encoding="utf-8"))
        for text in entry["text"].values()
    ]
    assert len(offered) >= 20
    assert {text: check(text) for text in offered if check(text)} == {}


@pytest.mark.parametrize(
    "text", ["In the EVENING.", "after I'm in the evening", "ｉｎ ｔｈｅ ｅｖｅｎｉｎｇ", "in the evening…"]
)
def test_how_it_is_typed_does_not_matter(text: str) -> None:
    assert check(text) == ("vague",)


@pytest.mark.parametrize("text", ["有 空 时", "有空时。", "我有空了"])
def test_nor_do_blanks_and_punctuation_in_chinese(text: str) -> None:
    assert check(text) == ("condition",)


def test_an_act_beside_a_time_is_precise_but_a_condition_stays_one() -> None:
    assert check("pour my coffee in the morning at 8:30 at home") == ()
    assert check("pour my coffee if I have time") == ("condition",)


@pytest.mark.parametrize("text", ["", "   ", "…", "!!"])
def test_nothing_written_is_vague(text: str) -> None:
    assert check(text) == ("vague",)


@given(
    st.text(max_size=120)
    | st.lists(st.sampled_from("in the evening after work 晚上 有空 8点 的 时候 coffee".split())).map(" ".join)
)
def test_any_text_gets_an_answer_and_each_advice_once(text: str) -> None:
    found = check(text)
    assert set(found) <= set(get_args(Advice))
    assert len(found) == len(set(found))
