"""Letters of introductions: their tone, their reasons, their times on two clocks, and a file every calendar reads."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from chat.message import Link, Message, Row
from content.introduction_reasons import Reader, reasons
from content.letters import RESENT, UNASKED, letter_of, subject_of
from content.say import speaker
from content.talk_times import calendar, talk_times, times
from tests.content.test_tone import FORBIDDEN
from tests.golden.letters import AT, FACTS, ON, letters
from tests.kit.house import shipped

LIBRARY = shipped().library
CARDS = {lang: letters(speaker(lang), LIBRARY) for lang in ("en", "zh-CN")}
CASES = [(lang, name) for lang, cards in CARDS.items() for name in cards]
ZONES = (("Ada", "Europe/London"), ("林雨", "Asia/Shanghai"))


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_a_letter_offers_and_never_orders_blames_or_shouts(lang: str, name: str) -> None:
    card = CARDS[lang][name]
    assert isinstance(card, Message)
    labels = [item.label for part in card.parts if isinstance(part, Row) for item in part.items]
    text = "\n".join([card.plain(), *labels])
    assert re.findall(FORBIDDEN[lang], text, re.IGNORECASE) == []
    assert not re.search(r"[!！]", text)


@pytest.mark.parametrize(("lang", "name"), CASES)
def test_every_letter_can_be_found_again_by_its_id(lang: str, name: str) -> None:
    """Discord looks for it in the controls, and a letter that is looked for in vain is sent twice."""
    card = CARDS[lang][name]
    assert isinstance(card, Message)
    assert any(ON.letter in action.wire() for action in card.actions())


def test_whoever_stands_on_a_card_can_be_blocked_and_reported_from_it() -> None:
    without = {
        "not_available_card", "gone_card", "gone_card.host", "pay_forward_card", "rematch_card", "host_rests_card",
    }  # fmt: skip
    for name, card in CARDS["en"].items():
        assert isinstance(card, Message)
        wires = {action.wire_name for action in card.actions()}
        assert ({"block-asked", "report-asked"} <= wires) == (name not in without), name


def test_a_no_has_two_faces_and_both_are_as_easy_as_a_yes() -> None:
    card = CARDS["en"]["ask_host_card"]
    assert isinstance(card, Message)
    first = next(part for part in card.parts if isinstance(part, Row))
    assert [item.label for item in first.items] == ["Yes", "Not now", "Not a fit"]


def test_reasons_are_told_to_each_side_in_its_own_words_and_on_its_own_clock() -> None:
    say = speaker("en")
    host = reasons(say, LIBRARY, FACTS, Reader("host", "Asia/Shanghai", "Europe/London"))
    seeker = reasons(say, LIBRARY, FACTS, Reader("seeker", "Europe/London", "Asia/Shanghai"))
    assert host == (
        "They are growing into what you do: Machine learning engineer.",
        r"You went to the same school: \*Bag End\*.",
        "You share 6.5 hours a week, for example Wednesday 02:00 for you, Tuesday 18:00 for them.",
    )
    assert seeker[0] == "They do what you are growing into: Machine learning engineer."
    assert seeker[2].endswith("for example Tuesday 18:00 for you, Wednesday 02:00 for them.")


def test_no_more_than_three_reasons_and_none_for_what_has_no_words() -> None:
    many = [{"term": "chance"}, *({"term": "native"},) * 5]
    assert len(reasons(speaker("en"), LIBRARY, many, Reader("host", "UTC", "UTC"))) == 3
    assert reasons(speaker("en"), LIBRARY, [{"term": "chance"}, {}], Reader("host", "UTC", "UTC")) == ()


def test_each_time_stands_on_both_clocks_with_its_own_date() -> None:
    assert times(speaker("en"), [AT], *ZONES) == (
        "1. Tuesday, 24 November, 18:00 for Ada · Wednesday, 25 November, 02:00 for 林雨"
    )


def test_what_both_clocks_show_alike_is_said_once() -> None:
    alike, near = (
        (("Ada", "Europe/London"), ("Kofi", "Africa/Accra")),
        (("Ada", "Europe/London"), ("Noor", "Asia/Dubai")),
    )
    assert times(speaker("en"), [AT], *alike) == "1. Tuesday, 24 November, 18:00 for both"
    assert times(speaker("en"), [AT], *near) == "1. Tuesday, 24 November, 18:00 for Ada · 22:00 for Noor"
    assert times(speaker("zh-CN"), [AT], *near) == "1. Ada 那边 11月24日 星期二 18:00 · Noor 那边 22:00"


def test_a_clock_nobody_knows_is_called_utc() -> None:
    unknown = (("Ada", "UTC"), ("Kofi", "UTC"))
    assert times(speaker("en"), [AT], *unknown) == "1. Tuesday, 24 November, 18:00 UTC for both"


def test_shared_hours_are_told_as_far_as_they_are_known() -> None:
    said = [{"term": "hours", "hours": hours, "at": AT.isoformat()} for hours in (1, 6.5, 98)]
    reader = Reader("seeker", "Europe/London", "Africa/Accra")
    assert reasons(speaker("en"), LIBRARY, said, reader) == (
        "You share one hour a week, for example Tuesday 18:00.",
        "You share 6.5 hours a week, for example Tuesday 18:00.",
        "You share many hours a week, for example Tuesday 18:00.",
    )


def test_the_calendar_file_is_as_rfc_5545_wants_it() -> None:
    slots = [AT, AT + timedelta(days=1)]
    made = calendar("Talk: " + "林雨" * 20 + "; a, b\\c\r\nATTENDEE:x", slots, id_="i1", made_at=AT)
    assert made.endswith("END:VCALENDAR\r\n")
    lines = made.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = made.replace("\r\n ", "").split("\r\n")
    assert [line for line in unfolded if line.startswith("DTSTART")] == [
        "DTSTART:20261124T180000Z", "DTSTART:20261125T180000Z",
    ]  # fmt: skip
    assert len({line for line in unfolded if line.startswith("UID:")}) == 2
    assert not any(line.startswith("ATTENDEE") for line in unfolded), "a name is never a line of its own"
    assert "SUMMARY:Talk: " + "林雨" * 20 + r"\; a\, b\\c ATTENDEE:x" in unfolded


def test_the_same_introduction_gives_the_same_file() -> None:
    said = [talk_times(speaker("en"), [AT], *ZONES, id_="i1", made_at=datetime(2026, 11, 20, tzinfo=UTC))] * 2
    assert said[0] == said[1]


def test_the_longest_names_fit_into_a_calendar_link() -> None:
    longest = ("🧑‍🚀" * 40, "Europe/London"), ("林" * 80, "Asia/Shanghai")
    row = talk_times(speaker("en"), [AT] * 3, *longest, id_="i1", made_at=AT)[1]
    assert isinstance(row, Row)
    assert all(isinstance(item, Link) for item in row.items)


def test_a_letter_is_named_once_and_known_again() -> None:
    assert letter_of(subject_of("how-was-it-again", "a1")) == ("how-was-it-again", "a1")
    assert letter_of("of-tomorrow a1") == (None, "a1")
    assert not UNASKED & RESENT
