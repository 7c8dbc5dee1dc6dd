"""Roles are found by what people type; choices and celebrations are fair and can be replayed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.celebrate import celebration
from content.choose import COOLDOWN, choose_prompt
from content.find import find_role, suggest_roles
from content.library import load

LIBRARY = load()
TODAY = date(2026, 11, 20)
EXACT = {
    "role.data-scientist": [
        "data scientist",
        "Data Scientist",
        "data scientst",
        "ds",
        "DS",
        "数据科学家",
        "data science",
    ],
    "role.ml-engineer": [
        "mle",
        "MLE",
        "ml eng",
        "ML engineer",
        "machin lerning enginer",
        "机器学习工程师",
        "算法工程师",
        "ｍｌｅ",
        "machine learning engineer",
        "ml-engineer",
        "machine-learning engineer",
    ],
    "role.data-analyst": ["data analyst", "data analist", "analyst", "数据分析师", "business analyst", "分析师"],
    "role.software-engineer-ml": ["swe-ml", "software engineer ml", "software engineer, ML", "机器学习软件工程师"],
    "role.ml-researcher": ["researcher", "research scientist", "machine learning reseacher", "研究员", "ml researcher"],
    "role.software-engineer": ["software engineer", "sofware enginer", "swe", "developer", "软件工程师", "程序员"],
}
NOT_AMONG_THEM = ["prompt engineer", "data engineer", "mlops", "product manager", "designer", "nurse", "ai ethicist",
                  "产品经理", "数据工程师", "提示词工程师", "devops", "cloud architect"]  # fmt: skip
GARBAGE = ["", "   ", "🌱🌱", "x" * 10_000, "\u202e", "@everyone", "<!channel>", "....", "？？？"]


@pytest.mark.parametrize(("role", "words"), [(role, words) for role, all_ in EXACT.items() for words in all_])
def test_a_role_is_found(role: str, words: str) -> None:
    best = find_role(LIBRARY, words)[0]
    assert (best.role, best.exact) == (role, True)


@pytest.mark.parametrize("words", NOT_AMONG_THEM)
def test_what_is_not_among_the_six_is_only_a_suggestion(words: str) -> None:
    assert not any(found.exact for found in find_role(LIBRARY, words))


@pytest.mark.parametrize("words", GARBAGE)
def test_garbage_finds_nothing(words: str) -> None:
    assert not any(found.exact for found in find_role(LIBRARY, words))


def test_suggestions_begin_with_what_was_typed() -> None:
    assert suggest_roles(LIBRARY, "data")[:2] == ("role.data-analyst", "role.data-scientist")
    assert len(suggest_roles(LIBRARY, "")) == 6
    assert suggest_roles(LIBRARY, "机器")[0] == "role.ml-engineer"


seen_maps = st.dictionaries(
    st.sampled_from(sorted(LIBRARY.prompts)), st.integers(0, 90).map(lambda n: TODAY - timedelta(days=n))
)
topics = st.lists(st.sampled_from(sorted({p.topic for p in LIBRARY.prompts.values()})), max_size=2)


@given(st.integers(), seen_maps, topics, st.sampled_from(["any", "learn", "build", "job"]))
def test_the_choice_keeps_its_rules(seed: int, seen: dict[str, date], recent: list[str], track: str) -> None:
    def choose() -> str:
        return choose_prompt(
            LIBRARY, seed=seed, seen=seen, recent_topics=recent, today=TODAY, track=track, optins=frozenset()
        ).id

    chosen = LIBRARY.prompts[choose()]
    assert choose() == chosen.id, "the same seed chooses the same"
    assert chosen.requires_optin == ""
    assert track == "any" or chosen.tracks & {track, "any"}
    may = [
        p for p in LIBRARY.prompts.values() if not p.requires_optin and (track == "any" or p.tracks & {track, "any"})
    ]
    rested = [p for p in may if TODAY - seen.get(p.id, date.min) >= COOLDOWN]
    if rested:
        assert chosen in rested
    if varied := [p for p in rested if p.topic not in recent]:
        assert chosen in varied


def test_no_celebration_twice_within_a_week() -> None:
    recent: list[str] = []
    for day in range(60):
        line = celebration(LIBRARY, seed=str(day), recent=recent)
        assert line not in recent[:7]
        recent.insert(0, line)
