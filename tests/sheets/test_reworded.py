"""What was put into better words is what later steps show; the line itself stays as it was written."""

from __future__ import annotations

from chat.form import Choose
from sheets.forms import form_of
from sheets.refs import lines_over
from sheets.shown import held
from sheets.ways import SheetFilled
from sheets.written import step_blocks
from tests.sheets.checking import sheet, weigh, worksheet_of, write
from tests.sheets.samples import EN

ASKED = write(sheet("research"), "questions", questions=["Who bakes", "Since when", "How much"])
REPHRASED = weigh(ASKED, "rephrase.checks", {"better": "Who bakes\nat night"}, {"better": " "}, {"keywords": "bread"})


def test_the_better_wording_is_what_the_next_step_goes_through() -> None:
    hypotheses, rephrase = worksheet_of(REPHRASED).step("hypotheses"), worksheet_of(REPHRASED).step("rephrase")
    assert hypotheses is not None
    assert rephrase is not None
    shown = [line.text for line in lines_over(REPHRASED, "hypotheses", hypotheses.parts[0])]
    assert shown == ["Who bakes at night", "Since when", "How much"]
    assert lines_over(REPHRASED, "rephrase", rephrase.parts[0])[0].text == "Who bakes"
    form = form_of(EN, worksheet_of(REPHRASED), REPHRASED, hypotheses, hypotheses.parts[0], 1, _then())
    assert form.intro == "Who bakes at night"
    assert "Who bakes at night" in str(step_blocks(EN, worksheet_of(REPHRASED), REPHRASED, hypotheses))
    assert REPHRASED.items("questions.questions")[0].text == "Who bakes"


def test_a_choice_among_questions_offers_and_prints_the_last_wording() -> None:
    on = weigh(REPHRASED, "hypotheses.table", {}, {"new_question": "Since which year"})
    problem = worksheet_of(on).step("problem")
    assert problem is not None
    form = form_of(EN, worksheet_of(on), on, problem, problem.parts[0], None, _then())
    choose = form.questions[0]
    assert isinstance(choose, Choose)
    assert [label for _, label in choose.options] == ["Who bakes at night", "Since which year", "How much"]
    chosen = write(on, "problem", together=["1", "2"])
    assert "Who bakes at night · Since which year" in held(EN, chosen, problem, problem.parts, 500)


def _then() -> SheetFilled:
    return SheetFilled("0123456789abcdef", "problem.form", 0, "7")
