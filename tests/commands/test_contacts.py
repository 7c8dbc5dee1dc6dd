"""Addresses and numbers are kept out of what others read, however they are written; ordinary words are not."""

from __future__ import annotations

import pytest

from commands._profile import CONTACT


@pytest.mark.parametrize(
    "words",
    [
        "ada@example.org", "https://ada.example", "www.ada.example", "@ada_l", "t.me/ada", "linkedin.com/in/ada",
        "LinkedIn.com/in/ada", "wechat: ada_l_99", "微信：ada99", "WeChat id = ada", "QQ 123456",
        "ada at gmail dot com", "ada [at] gmail [dot] com", "ada#1234", "+44 20 7946 0958", "020-7946-0958",
    ],
)  # fmt: skip
def test_it_is_a_contact(words: str) -> None:
    assert CONTACT.search(f"Write me, {words}, gladly")


@pytest.mark.parametrize(
    "words",
    [
        "I taught 2015-2019", "2019 – 2023 in a bakery", "Node.js and ASP.NET", "CI/CD and A/B tests", "Booking.com",
        "worked at Dot Labs", "how is a week at a small firm?", "C# for 10 years", "我用微信小程序做过项目",
        "24/7 on call", "from 2015 to 2019", "10,000 users", "an issue such as #1234",
    ],
)  # fmt: skip
def test_it_is_none(words: str) -> None:
    assert not CONTACT.search(words)
