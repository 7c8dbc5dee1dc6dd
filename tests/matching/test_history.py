"""Who met and who must not."""

from __future__ import annotations

import pytest

from matching.history import after, blocks, pair


def test_a_block_holds_both_ways() -> None:
    assert blocks([("sam", "smeagol"), ("smeagol", "sam"), ("smeagol", "frodo")]) == {
        pair("smeagol", "sam"),
        pair("frodo", "smeagol"),
    }


def test_nobody_is_a_pair_alone() -> None:
    with pytest.raises(ValueError, match="themselves"):
        pair("sam", "sam")


def test_a_meeting_ages_by_a_round_and_is_forgotten_in_the_end() -> None:
    history = after({}, [pair("frodo", "sam")], keep=2)
    history = after(history, [pair("frodo", "merry")], keep=2)
    assert history == {pair("frodo", "sam"): 2, pair("frodo", "merry"): 1}
    history = after(history, [pair("sam", "frodo")], keep=2)
    assert history == {pair("frodo", "sam"): 1, pair("frodo", "merry"): 2}
    assert after(after(history, [], keep=2), [], keep=2) == {}
