"""Roles are found by what people type; celebrations do not repeat."""

from __future__ import annotations

import pytest

from content.celebrate import celebration
from content.find import find_role, find_title, suggest_roles
from tests.kit.house import shipped

LIBRARY = shipped().library
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


OUTSIDE = {
    "data engineer": "data-engineer",
    "data enginer": "data-engineer",
    "数据工程师": "data-engineer",
    "MLOps": "mlops",
    "提示词工程师": "prompt-engineer",
}


@pytest.mark.parametrize(("words", "title"), OUTSIDE.items())
def test_a_title_outside_the_six_is_known_as_such(words: str, title: str) -> None:
    found = find_title(LIBRARY, words)
    assert found is not None
    assert found.id == title
    assert found.near


def test_no_title_outside_the_six_is_one_of_them() -> None:
    for title in LIBRARY.titles:
        for name in title.names:
            assert not any(found.exact for found in find_role(LIBRARY, name)), name


def test_suggestions_begin_with_what_was_typed() -> None:
    assert suggest_roles(LIBRARY, "data")[:2] == ("role.data-analyst", "role.data-scientist")
    assert len(suggest_roles(LIBRARY, "")) == 6
    assert suggest_roles(LIBRARY, "机器")[0] == "role.ml-engineer"


def test_no_celebration_twice_within_a_week() -> None:
    recent: list[str] = []
    for day in range(60):
        line = celebration(LIBRARY, seed=str(day), recent=recent)
        assert line not in recent[:7]
        recent.insert(0, line)
