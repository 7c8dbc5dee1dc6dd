"""When the sheets of the shipped pack are at a good end, and which steps and questions come with the answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from content.document import Listing
from sheets.filling import keep
from sheets.printing import document_of, example_of
from sheets.progress import complete, finish_of, progress, steps_of
from sheets.results import results
from sheets.sheet import Sheet
from tests.sheets.checking import asks, library, sheet, shows, worksheet_of, write
from tests.sheets.samples import EN

RESEARCH = library().worksheets["research"]


def ends(on: Sheet) -> bool:
    return complete(worksheet_of(on), on)


def said(on: Sheet) -> str:
    finish = finish_of(worksheet_of(on), on)
    return finish.say.en if finish is not None else ""


def keys(on: Sheet) -> list[str]:
    return [step.key for step in steps_of(worksheet_of(on), on)]


@pytest.mark.parametrize("words", ["No, we do need AI here", "none", "n/a", "无", "-", "A phone list"])
def test_words_alone_never_end_a_scope_sheet_without_ai(words: str) -> None:
    on = write(sheet("scope"), "problem", who="Drivers", wishes=["Find the ramp"], why_not="Nobody owns it")
    on = write(on, "ideas", ideas=["One", "Two"], no_ai=words)
    assert not ends(on)
    assert "budget" in keys(on)


def test_no_ai_needed_ends_a_scope_sheet_once_it_is_chosen_with_a_reason_and_somebody_has_the_problem() -> None:
    on = write(sheet("scope"), "ideas", need="none", no_ai="A phone list")
    assert not ends(on), "nobody has the problem yet"
    assert "budget" not in keys(on)
    assert not ends(write(on, "ideas", no_ai=""))
    on = write(on, "problem", who="Drivers", wishes=["Find the ramp"], why_not="Nobody owns it")
    assert ends(on)
    assert said(on).startswith("No AI needed: that is a result")


def test_research_with_a_topic_that_was_given_ends_though_it_began_at_step_three() -> None:
    example = example_of(RESEARCH, "en")
    later = {key: filled for key, filled in example.steps.items() if key not in {"topic", "self"}}
    on = replace(example, steps=later)
    assert {one.state for one in progress(RESEARCH, on)} == {"open", "done"}
    assert ends(on)
    assert not ends(replace(on, steps={key: filled for key, filled in later.items() if key != "rephrase"}))


def test_nine_core_papers_are_enough_for_who_keeps_them() -> None:
    example = example_of(RESEARCH, "en")
    on = write(example, "seed", papers=[f"Paper {n}" for n in range(9)])
    assert not ends(on)
    assert ends(keep(on, "seed", "few-papers/papers"))
    assert not ends(keep(write(on, "seed", papers=[]), "seed", "few-papers/papers"))


def test_a_kept_idea_is_a_good_end_without_answers_behind_a_door() -> None:
    on = write(write(sheet("ideas"), "door", door="apply"), "apply", apply_topic="", apply_data="")
    assert not ends(on)
    assert ends(write(on, "kept", ideas=["Students wait at the canteen"]))


def test_stopping_is_praised_for_what_was_written_and_no_more() -> None:
    on = write(write(sheet("paper"), "add", title="T"), "pass1", verdict="go")
    blank = write(on, "pass2", verdict2="stop")
    assert ends(blank)
    assert "graph" not in said(blank)
    assert "a graph you can explain" in said(write(blank, "pass2", figure="Figure 4: later is farther"))
    stopped = write(on, "pass1", verdict="stop")
    assert "sentence" not in said(stopped)
    assert "understood in a sentence" in said(write(stopped, "pass1", sentence="Attention is enough"))


def test_only_the_title_today_is_a_beginning_that_counts() -> None:
    on = write(write(sheet("paper"), "add", title="T"), "pass1", verdict="title")
    assert [one.state for one in progress(worksheet_of(on), on)][1] == "begun"
    assert not ends(on)
    assert "it counts" in shows(on, "title-read")
    assert "it counts" in shows(on, "paper-pass")
    assert shows(write(on, "pass1", verdict="go"), "title-read") == ""
    assert "title-read" in results()


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"good": "no", "harm": "yes", "allowed": "no"}, ["answer-no", "answer-yes", "answer-no"]),
        ({"good": "yes", "harm": "no", "allowed": "yes"}, []),
        ({"good": "unsure", "harm": "yes", "allowed": "unsure"}, ["gate-open", "answer-yes"]),
    ],
)
def test_the_gate_asks_about_what_stays_open_and_the_sheet_prints_it(answers: dict[str, str], asked: list[str]) -> None:
    on = write(sheet("scope"), "gate", **answers)
    fields = worksheet_of(on).steps[0].parts[0].fields
    known = ("gate-open", "answer-no", "answer-yes")
    assert {check for check in known if asks(on, "gate", check) is not None} == set(asked)
    sections = {section.title: section for section in document_of(EN, worksheet_of(on), on).sections}
    if asked:
        assert sections["Open questions"].blocks == (Listing(tuple(field.label.en for field in fields)),)
    assert ("Open questions" in sections) is bool(asked)


def test_who_fears_harm_is_asked_who_looks_over_it() -> None:
    on = write(sheet("scope"), "problem", who="Shop managers", wishes=["Throw less bread away"])
    assert "harm" not in keys(write(on, "gate", harm="no"))
    assert "harm" in keys(write(on, "gate", harm="yes"))
    assert "harm" not in keys(write(write(on, "gate", harm="yes"), "ideas", need="none"))
