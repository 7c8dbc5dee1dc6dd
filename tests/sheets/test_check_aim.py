"""Ready-fire-aim: the table of the design row by row, safety above all, reasons in the member's own numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chat.parts import Note, Text
from content.say import speaker
from sheets.aiming import KEYS, Case, rule
from sheets.cards import sheet_card
from sheets.results import run_moment
from sheets.sheet import Sheet
from sheets.step_cards import Now, sheet_step_card
from tests.sheets.checking import Lang, asks, library, sheet, shows, worksheet_of, write
from tests.sheets.samples import TODAY

PLAIN = dict(zip(KEYS, ("product", "weeks", "some", "easily", "yes-week", "nobody"), strict=True))


def case(lang: Lang = "en", /, **answers: str) -> Sheet:
    given: dict[str, str] = PLAIN | answers
    return write(sheet("aim", lang), "situation", **given)


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ({"undo": "oneway"}, "aim-safe"),
        ({"hurt": "many"}, "aim-safe"),
        ({"hurt": "many", "cost": "hours", "money": "none", "place": "model"}, "aim-safe"),
        ({}, "aim-study"),
        ({"cost": "hours", "money": "lot"}, "aim-study"),
        ({"study": "no"}, "smaller"),
        ({"cost": "months", "study": "no", "place": "model"}, "smaller"),
        ({"cost": "days", "money": "none"}, "fire-shots"),
        ({"place": "model"}, "fire-model"),
        ({"place": "model", "cost": "hours", "hurt": "users", "study": "no"}, "fire-model"),
        ({"place": "model", "cost": "months"}, "aim-study"),
        ({"place": "model", "undo": "pain"}, "aim-study"),
        ({"cost": "days", "undo": "pain"}, "mixed"),
        ({"place": "model", "cost": "hours", "undo": "pain"}, "mixed"),
    ],
)
def test_the_table_row_by_row(answers: dict[str, str], verdict: str) -> None:
    assert rule(Case(**PLAIN | answers)).verdict == verdict


def test_whoever_could_hurt_many_aims_first_whatever_else_is_said() -> None:
    for place in ("product", "model"):
        for cost in ("hours", "days", "weeks", "months"):
            for undo in ("easily", "pain", "oneway"):
                shown = shows(case(place=place, cost=cost, undo=undo, money="none", hurt="many"), "aim-advice")
                assert "Aim first" in shown
                assert "many people could be hurt" in shown


def test_the_reasons_are_the_members_own_numbers() -> None:
    shown = shows(case(), "aim-advice")
    assert "a study of a week and no longer" in shown
    assert "Because the first try takes weeks and some money, and because a study of a week could say" in shown
    shown = shows(case(cost="hours", money="none"), "aim-advice")
    assert "Because the first try takes a few hours and no money, and because you can stop easily" in shown
    chinese = shows(case("zh-CN", cost="days"), "aim-advice")
    assert "因为第一次尝试要几天，花一些钱，又因为试完" in chinese
    assert "因为第一次尝试要几小时，不花钱，" in shows(case("zh-CN", cost="hours", money="none"), "aim-advice")


def test_every_advice_has_a_stop_rule() -> None:
    assert "A stop rule to begin with: when a week is over" in shows(case(), "aim-advice")
    fires = shows(case(cost="days"), "aim-advice")
    assert "A stop rule to begin with: you planned a few days and some money." in fires
    assert "finding that out early is cheap" in shows(case(hurt="many"), "aim-advice")


@pytest.mark.parametrize(
    ("answers", "half"),
    [({"cost": "weeks"}, "weeks"), ({"cost": "months"}, "months"), ({"cost": "days", "money": "lot"}, "money")],
)
def test_a_smaller_try_stops_at_half_of_what_the_large_one_was_to_take(answers: dict[str, str], half: str) -> None:
    shown = shows(case(study="no", **answers), "aim-advice")
    assert "Cut a smaller shot" in shown
    assert f"A stop rule to begin with: half of the {half} you planned." in shown


def test_a_model_inside_an_agreed_product_is_not_sent_to_look_for_a_trade() -> None:
    assert "three places it could be used in" in shows(case(), "aim-advice")
    shown = shows(case(place="model", money="lot"), "aim-advice")
    assert "Aim first, with a study of a week and no longer" in shown
    assert "places it could be used in" not in shown
    assert "how others solved something like it" in shown


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({}, "Why Greatness Cannot Be Planned"),
        ({"hurt": "many"}, ""), ({"undo": "oneway"}, ""),
        ({"cost": "hours", "money": "none"}, ""), ({"cost": "days"}, ""), ({"place": "model", "cost": "hours"}, ""),
        ({"cost": "days", "undo": "pain"}, "How Big Things Get Done"),
        ({"study": "no"}, "How Big Things Get Done"), ({"place": "model"}, "How Big Things Get Done"),
        ({"cost": "days", "money": "lot", "study": "no"}, "How Big Things Get Done"),
    ],
)  # fmt: skip
def test_the_other_side_is_heard_only_where_it_disagrees(answers: dict[str, str], named: str) -> None:
    shown = shows(case(**answers), "aim-advice")
    books = [book for book in ("Why Greatness Cannot Be Planned", "How Big Things Get Done") if book in shown]
    assert books == ([named] if named else [])


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_the_advice_is_never_shortened_on_the_cards(lang: Lang) -> None:
    say, worksheet = speaker(lang), library().worksheets["aim"]
    step = worksheet.steps[0]
    for answers in ({}, {"hurt": "many"}, {"study": "no", "money": "lot"}, {"place": "model", "money": "lot"}):
        on = case(lang, idea="A helper for restaurant orders by phone, also in the evening", **answers)
        saved = replace(on, steps={"situation": replace(on.steps["situation"], version=1)})
        for card in (
            sheet_step_card(say, worksheet, saved, step, Now(today=TODAY)), sheet_card(say, worksheet, saved, TODAY),
        ):  # fmt: skip
            said = [part.text for part in card.parts if isinstance(part, (Text, Note))]
            assert any({"en": "Because ", "zh-CN": "因为"}[lang] in text for text in said)
            assert not [text for text in said if "…" in text]


def test_no_advice_before_every_tap() -> None:
    assert shows(case(hurt=""), "aim-advice") == ""
    assert shows(sheet("aim"), "aim-advice") == ""


@pytest.mark.parametrize(
    ("answers", "odd"),
    [
        ({"undo": "easily", "hurt": "many"}, True),
        ({"cost": "hours", "money": "lot"}, True),
        ({"cost": "hours", "study": "yes-month"}, True),
        ({"cost": "days", "money": "none", "undo": "oneway", "hurt": "nobody"}, True),
        ({}, False),
        ({"cost": "days", "study": "yes-day"}, False),
        ({"undo": "oneway", "hurt": "many"}, False),
    ],
)
def test_answers_that_pull_in_two_ways_are_read_back(answers: dict[str, str], odd: bool) -> None:
    assert (asks(case(**answers), "situation", "contradiction") is not None) is odd


def test_what_is_read_back_is_both_questions_with_their_answers() -> None:
    found = asks(case(cost="hours", money="lot", study="no"), "situation", "contradiction")
    assert found == ("How long does the first try take? Hours ↔ And how much money? A lot",)
    chinese = asks(case("zh-CN", cost="hours", money="lot", study="no"), "situation", "contradiction")
    assert chinese == ("第一次尝试要多久？几小时 ↔ 要花多少钱？很多",)


def test_the_day_to_look_again_is_the_members() -> None:
    on = write(case(), "again", date="2027-05-31")
    assert run_moment(worksheet_of(on), on, "aim-again", date(2026, 11, 21)) == date(2027, 5, 31)
    assert run_moment(worksheet_of(on), case(), "aim-again", date(2026, 11, 21)) is None
