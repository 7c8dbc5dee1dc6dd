"""The quiz ends at two roles with reasons, whatever is tapped; every role can be reached."""

from __future__ import annotations

from itertools import product

from content.quiz import judge
from tests.kit.house import shipped

LIBRARY = shipped().library
ROLES = list(LIBRARY.roles)


def test_six_taps_and_no_more() -> None:
    assert len(LIBRARY.quiz) == 6
    assert all(2 <= len(question.options) <= 4 for question in LIBRARY.quiz)


def test_every_answer_leads_to_two_roles_with_reasons_that_were_given() -> None:
    reached: set[str] = set()
    for answers in product(*(range(len(question.options)) for question in LIBRARY.quiz)):
        results = judge(LIBRARY.quiz, answers, ROLES)
        given = {question.options[n].because for question, n in zip(LIBRARY.quiz, answers, strict=True)}
        assert len(results) == 2
        assert results[0].role != results[1].role
        for result in results:
            assert result.reasons
            assert set(result.reasons) <= given
        reached.add(results[0].role)
    assert reached == set(ROLES), "each of the six is somebody's first"


def test_the_clear_cases_are_clear() -> None:
    def best(*answers: int) -> str:
        return judge(LIBRARY.quiz, answers, ROLES)[0].role

    assert best(0, 0, 2, 2, 0, 1) == "role.data-analyst"
    assert best(1, 1, 0, 0, 1, 1) == "role.ml-researcher"
    assert best(1, 1, 1, 2, 1, 1) == "role.software-engineer"
    assert best(1, 2, 0, 1, 0, 0) == "role.software-engineer-ml"
