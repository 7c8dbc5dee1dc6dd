"""Research: words for outsiders, no answer preferred, a second look before dropping, papers that can be found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets.papers import broken, identity
from sheets.sheet import Sheet
from tests.sheets.checking import asks, sheet, weigh, write


def question(text: str, better: str = "", ticks: tuple[str, ...] = ("clear",)) -> Sheet:
    on = write(sheet("research"), "questions", questions=[text, "Untouched: why is it better?"])
    return weigh(on, "rephrase.checks", {"ticks": ticks, "better": better})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How do stakeholders leverage synergies?", ("stakeholders", "leverage", "synergies")),
        ("What does fMRI show about HRV?", ("HRV",)),
        ("模型的鲁棒性和泛化如何？", ("鲁棒性", "泛化")),
        ("How high above the street do bats fly in the UK?", None),
        ("蝙蝠飞多高？", None),
        ("How much power does an LLM draw on one GPU?", None),
        ("LLM 要多少 GPU？", None),
    ],
)
def test_jargon_is_named(text: str, words: tuple[str, ...] | None) -> None:
    assert asks(question(text), "rephrase", "jargon") == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Can we prove that bats are better pilots?", ("prove", "better")),
        ("怎样证明夜间灯光更好？", ("证明", "更好")),
        ("Why don't people care?", ("why don't",)),
        ("How many bats pass the lamp in an hour?", None),
        ("一小时有几只飞过路灯？", None),
        ("最优路径有多长？", None),
        ("正确率和成功率差多少？", None),
        ("错误信息有几种？", None),
        ("How good are bats at counting?", None),
        ("How long is the optimal path?", None),
        ("为什么正确的做法是关灯？", ("正确",)),
        ("Is it good to switch off lamps?", ("good",)),
    ],
)
def test_words_that_lean_to_an_answer_are_named(text: str, words: tuple[str, ...] | None) -> None:
    assert asks(question(text), "rephrase", "loaded-words") == words


def test_the_new_wording_counts_and_untouched_questions_wait() -> None:
    assert asks(question("Is it better?", "How many pass in an hour?"), "rephrase", "loaded-words") is None
    untouched = question("Is it better?", ticks=())
    assert asks(replace(untouched), "rephrase", "loaded-words") is None


def test_a_question_is_looked_at_again_before_it_is_dropped() -> None:
    on = write(sheet("research"), "questions", questions=["Who leads?", "How high?", "How far?"])
    on = weigh(
        on, "hypotheses.table", {"class": "b"}, {"class": "b", "new_question": "How high in rain?"}, {"class": "a"}
    )
    assert asks(on, "hypotheses", "drop-or-modify") == ("Who leads?",)


@pytest.mark.parametrize(
    "line",
    [
        "https://arxiv", "htp://example.org/a", "https://doi.org/", "arXiv:2301.12", "doi: 10.12", "www.nature",
        "http://",
        "https://arxiv.org/abs/12345", "https:// example.org/paper", "ａｒＸｉｖ：２３０１",
        "arXiv 2012.12", "arXiv 2301", "https://exa mple.org",
    ],
)  # fmt: skip
def test_an_address_that_lacks_a_piece_is_noticed(line: str) -> None:
    assert broken(line)


@pytest.mark.parametrize(
    "line",
    [
        "Attention is all you need", "https://arxiv.org/abs/1706.03762", "https://arxiv.org/pdf/1706.03762v5.pdf",
        "arXiv:1706.03762",
        "arxiv: hep-th/9901001", "10.1000/xyz123", "doi:10.1038/s41586-020-2649-2",
        "https://doi.org/10.1038/s41586-020-2649-2",
        "www.nature.com/articles/x", "注意力就是你所需要的一切", "A study of http headers", "Ratio 10.5/3 in bats",
        "", "1706.03762",
        "Attention Is All You Need, arXiv 2017", "Bats in town (arXiv 2021).", "arXiv 2017, 注意力",
        "见 https://例子.中国/论文。", "Smith 2019, arXiv preprint", "ｈｔｔｐｓ：／／ｅｘａｍｐｌｅ．ｏｒｇ／ａ",
    ],
)  # fmt: skip
def test_titles_and_whole_addresses_are_left_alone(line: str) -> None:
    assert broken(line) is None


def test_broken_lines_are_named_on_both_lists() -> None:
    on = write(sheet("research"), "seed", seed="https://arxiv", papers=["A title", "doi: 10.12"])
    assert asks(on, "seed", "bad-link") == ("https://arxiv",)
    assert asks(write(on, "seed", seed="A title"), "seed", "bad-link") == ("doi: 10.12",)
    assert asks(write(sheet("paper"), "add", title="A title", link="https://doi.org/"), "add", "bad-link") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://arxiv.org/abs/1706.03762v5", "arXiv: 1706.03762"),
        ("https://arxiv.org/pdf/1706.03762", "1706.03762v1"),
        ("https://doi.org/10.1038/S41586-020-2649-2", "doi:10.1038/s41586-020-2649-2."),
        ("https://www.example.org/a/", "http://example.org/a"),
        ("Attention Is All You Need", "attention is all you need."),
        ("注意力就是一切", "注意力，就是一切！"),
    ],
)
def test_one_paper_is_recognised_in_other_clothes(one: str, other: str) -> None:
    assert identity(one) == identity(other)


def test_a_reference_is_not_the_paper_itself_nor_named_twice() -> None:
    on = write(sheet("paper"), "add", title="Bats in town", link="arXiv:1706.03762")
    on = write(on, "pass2", refs=["https://arxiv.org/abs/1706.03762", "Glass and echoes", "glass and echoes", "Lamps"])
    assert asks(on, "pass2", "same-paper") == ("https://arxiv.org/abs/1706.03762", "glass and echoes")
    assert asks(write(on, "pass2", refs=["Lamps"]), "pass2", "same-paper") is None
