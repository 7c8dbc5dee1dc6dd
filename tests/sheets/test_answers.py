"""What may be typed into a sheet: kept whole and as it is, or explained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from chat.form import Answers
from content.say import Say
from content.worksheet import Field
from sheets.answers import WrongAnswers, read_answers, read_field, read_line, read_reason, waiting
from sheets.filling import fill
from sheets.sheet import Value
from tests.sheets.samples import EN, NOW, SCOPE, TODAY, WEIGH, ZH, ask, blank, form, full, step, typed

STEP = SCOPE.steps[1]


def read(field: Field, words: str | tuple[str, ...], say: Say = EN) -> Value:
    return read_field(say, full(), STEP, field, Answers({field.key: words}), TODAY)


def refused(field: Field, words: str | tuple[str, ...], say: Say = EN) -> str:
    with pytest.raises(WrongAnswers) as caught:
        read(field, words, say)
    assert caught.value.typed.values == {field.key: words}
    return caught.value.by_key[field.key]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("  Grid operators \n", "Grid operators"),
        ("🌬️👩🏽‍💻", "🌬️👩🏽‍💻"),
        ("\u200bGrid\u200b", "Grid"),
        ("مرحبا بالعالم", "مرحبا بالعالم"),
        ("Nurses, 护士 and 🩺", "Nurses, 护士 and 🩺"),
        ("a\x00b\u202ec\ud800d", "abcd"),
        ("first\nsecond", "first second"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_words_are_kept_as_they_are_without_what_nobody_can_see(words: str, kept: str) -> None:
    assert read(ask("who"), words) == kept


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "\u2060 \u200d", "\u3164", "\ufe0f", "\u00ad\n\t"])
def test_what_nobody_can_see_is_no_answer(words: str) -> None:
    assert read(ask("who"), words) == ""
    assert refused(ask("who", required=True), words) == "A few words here, please; one is enough."
    assert read(ask("list", "lines"), words) == ()


def test_a_long_text_keeps_its_paragraphs() -> None:
    assert read(ask("why", long=True), "one\r\n\r\ntwo") == "one\n\ntwo"


def test_a_pasted_page_is_refused_with_both_numbers_and_kept_whole() -> None:
    page = "x" * 4_000
    with pytest.raises(WrongAnswers) as caught:
        typed(blank(), "problem.form", {"who": page, "wishes": "plan\n" + page})
    assert caught.value.by_key == {
        "who": "This has 4,000 characters, there is room for 120. Nothing was cut.",
        "wishes": "Line 2 has 4,000 characters, there is room for 200. Nothing was cut.",
    }
    assert caught.value.typed.values["who"] == page
    assert refused(ask("who", most=120), page, ZH) == "这里有 4,000 个字符，放得下 120 个。什么都没删。"


def test_one_character_more_than_there_is_room_for_is_too_many() -> None:
    assert read(ask("who", most=5), "12345") == "12345"
    assert "6 characters" in refused(ask("who", most=5), "123456")


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("map turbines\n\n  predict clouds ", ("map turbines", "predict clouds")),
        ("- map\n• predict\n3. ask\n4) wait\n5、听\n（6）看", ("map", "predict", "ask", "wait", "听", "看")),
        ("1.预测风电\n2.预测云量\n3．看天气", ("预测风电", "预测云量", "看天气")),
        ("①画地图\n② 看天气", ("画地图", "看天气")),
        ("- 1. both\n- 2. - marks", ("both", "marks")),
        ("one\n(30) staff leave yearly\n24）小时", ("one", "(30) staff leave yearly", "24）小时")),
        ("21) more\n22) questions", ("more", "questions")),
        ("1. only", ("only",)),
        ("3.5 hours lost\n2 nurses\n-5 degrees", ("3.5 hours lost", "2 nurses", "-5 degrees")),
        ("Map turbines.\nmap  TURBINES\nｍａｐ turbines", ("Map turbines.",)),
        ("AI для школ\nAI для больниц", ("AI для школ", "AI для больниц")),
        ("C++\nC#\nC", ("C++", "C#", "C")),
        ("一\u2028二", ("一", "二")),
    ],
)
def test_a_list_has_a_thing_a_line_and_each_once(words: str, lines: tuple[str, ...]) -> None:
    assert read(ask("list", "lines", lines=(0, 9)), words) == lines


def test_titles_that_break_over_lines_are_one_where_a_list_is_pasted() -> None:
    pasted = "Forecasting of\nwind power\nClouds, wind:\na review\n关于风电、\n光伏的研究"
    expected = ("Forecasting of wind power", "Clouds, wind: a review", "关于风电、光伏的研究")
    assert read(ask("titles", "lines", lines=(0, 9), grow=True), pasted) == expected
    assert read(ask("ideas", "lines", lines=(0, 9)), "think of\nwind") == ("think of", "wind")


def test_how_many_lines_there_may_be_is_explained_with_numbers() -> None:
    field = ask("list", "lines", lines=(2, 3))
    assert refused(field, "a\nb\nc\nd") == ("These are 4 lines, there is room for 3. Nothing was cut: leave some out.")
    assert refused(field, "a") == "At least 2 lines here, please."
    assert read(field, "") == ()
    assert refused(replace(field, required=True), "") == "At least 2 lines here, please."


def test_a_list_that_grows_counts_what_stands_there() -> None:
    grows = ask("more", "lines", lines=(0, 4), grow=True)
    milestones = SCOPE.steps[4]

    def more(words: str) -> Value:
        return read_field(EN, full(), milestones, grows, Answers({"more": words}), TODAY)

    assert more("third\nfirst\nfourth") == ("third", "first", "fourth")
    assert more("First\n" + "\n".join("abcdefghij")) == ("First", "a", "b"), "the first there is room for"
    part = replace(milestones.parts[0], fields=(grows,))
    pasted = Answers({"more": "first\n" + "\n".join("abcd")})
    values = read_answers(EN, SCOPE, full(), milestones, part, pasted, TODAY)
    kept = fill(SCOPE, full(), "milestones", "form", None, values, NOW)
    assert waiting(kept, milestones, part, pasted) == {"more": "c\nd"}
    assert waiting(kept, milestones, part, Answers({"more": "b"})) == {}
    two = replace(grows, lines=(0, 2))
    with pytest.raises(WrongAnswers) as caught:
        read_field(EN, full(), milestones, two, Answers({"more": "third"}), TODAY)
    assert caught.value.by_key == {"more": "The list is full, it holds 2 lines. Take one out, and there is room again."}


@pytest.mark.parametrize(
    ("words", "kept"), [("3", "3"), ("３", "3"), ("三", "3"), (" 3 ", "3"), ("٣", "3"), ("03", "3")]
)
def test_numbers_are_read_in_any_digits(words: str, kept: str) -> None:
    assert read(ask("worth", "number", range=(1, 5)), words) == kept


@pytest.mark.parametrize("words", ["0", "6", "three", "3.5", "🌬️", "9" * 400, "½"])
def test_other_numbers_are_explained(words: str) -> None:
    assert refused(ask("worth", "number", range=(1, 5)), words) == "A whole number from 1 to 5, please."
    assert read(ask("worth", "number", range=(1, 5)), "") == ""
    assert refused(ask("worth", "number", required=True), "") == "A whole number, please."


@pytest.mark.parametrize(
    "words",
    ["2027-05-04", "2027/5/4", "4.5.2027", "04. 05. 2027", "2027年5月4日", "２０２７年５月４日", "2027 年 5 月 4 号",
     "4 May 2027", "May 4th, 2027", "4 may", "5月4日", "4.5."],
)  # fmt: skip
def test_dates_are_read_in_the_ways_both_languages_write_them(words: str) -> None:
    assert read(ask("date", "date"), words) == "2027-05-04"


@pytest.mark.parametrize("words", ["5/4/2027", "2027-02-30", "soon", "2027-13-01", "0001-01-01", "🌬️", "31.2."])
def test_other_dates_are_explained(words: str) -> None:
    assert refused(ask("date", "date"), words) == "I read dates such as 2026-05-04, 4.5.2026 or 2026年5月4日."


def test_a_past_date_is_for_a_check_to_ask_about() -> None:
    assert read(ask("date", "date"), "2020-01-01") == "2020-01-01"


def test_only_what_is_there_can_be_chosen() -> None:
    one = ask("good", "choice", options="yes no", required=True)
    assert (read(one, ("yes",)), read(one, "no")) == ("yes", "no")
    assert refused(one, ()) == "Please choose one."
    assert refused(one, ("maybe",)) == "This cannot be chosen any more. Please choose again."
    assert refused(one, ("yes", "no")) == "This cannot be chosen any more. Please choose again."
    assert read(ask("kinds", "choices", options="money time"), ("time", "money", "time")) == ("time", "money")
    assert read(ask("kinds", "choices", options="money time"), ()) == ()


def test_a_line_is_chosen_by_its_id_as_long_as_it_is_there() -> None:
    assert read(ask("picked", "item", over="ideas.list"), ("4",)) == "4"
    assert read(ask("picked", "items", over="ideas.list"), ("4", "5")) == ("4", "5")
    assert "any more" in refused(ask("picked", "item", over="ideas.list"), ("1",))
    assert "any more" in refused(ask("picked", "item", over="ideas.list"), ("99",))


def test_what_a_form_cannot_ask_yet_is_not_required() -> None:
    picked = ask("picked", "item", over="ideas.list", required=True)
    assert read_field(EN, blank(), SCOPE.steps[3], picked, Answers({}), TODAY) == ""
    with pytest.raises(WrongAnswers):
        read_field(EN, blank(), SCOPE.steps[3], picked, Answers({"picked": ("4",)}), TODAY)


def test_all_mistakes_of_a_form_are_told_at_once() -> None:
    part = form(ask("who", required=True), ask("worth", "number", range=(1, 5)), ask("fine"))
    answers: Mapping[str, str] = {"who": "", "worth": "many", "fine": "yes"}
    with pytest.raises(WrongAnswers) as caught:
        read_answers(EN, SCOPE, blank(), step("any", part), part, Answers(answers), TODAY)
    assert set(caught.value.by_key) == {"who", "worth"}


def test_of_taps_only_what_was_tapped_is_read() -> None:
    gate = SCOPE.steps[0]
    assert read_answers(EN, SCOPE, blank(), gate, gate.parts[0], Answers({"good": "yes"}), TODAY) == {"good": "yes"}


def test_a_quick_button_beside_a_line_needs_no_other_answers() -> None:
    assert read_field(EN, full(), SCOPE.steps[3], WEIGH.fields[0], Answers({"evidence": "poc"}), TODAY) == "poc"


def test_a_line_and_a_reason_are_one_line_with_room() -> None:
    assert read_line(EN, ask("list", "lines", most=20), " new\nwords ") == "new words"
    with pytest.raises(WrongAnswers, match="1 answers"):
        read_line(EN, ask("list", "lines", most=20), "x" * 21)
    assert read_reason(EN, Answers({"reason": "the metric\nmade no sense"})) == "the metric made no sense"
    for words in ("", "x" * 141):
        with pytest.raises(WrongAnswers) as caught:
            read_reason(EN, Answers({"reason": words}))
        assert set(caught.value.by_key) == {"reason"}
