"""A sheet on paper: empty, half way and finished, after returns, with remarks, and when its worksheet has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from content.document import Block, Dot, Listing, Pairs, Paragraph, Section, Small, Table
from content.document_text import markdown
from content.origins import Book
from content.say import Say
from content.worksheet import Finish, Worksheet
from sheets.example import example_of
from sheets.filling import go_back
from sheets.printing import Remark, card_of, document_of, tables_of
from sheets.sheet import Filled, Item, Sheet
from tests.sheets.samples import EN, IDEAS, NOW, PROBLEM, SCOPE, ZH, blank, both, full, typed


def printed(sheet: Sheet, say: Say = EN, worksheet: Worksheet = SCOPE) -> dict[str, Section]:
    return {section.title: section for section in document_of(say, worksheet, sheet).sections}


def pairs(section: Section) -> dict[str, str]:
    return {label: text for block in section.blocks if isinstance(block, Pairs) for label, text in block.pairs}


def shown(section: Section, kind: type[Block]) -> list[Block]:
    return [block for block in section.blocks if isinstance(block, kind)]


def test_an_empty_sheet_has_all_its_steps_and_says_not_yet() -> None:
    document = document_of(EN, SCOPE, blank())
    assert (document.title, document.lead, document.blank) == ("Small sheet", "5 steps are still open.", "not yet")
    assert [(section.title, section.mark, section.blocks) for section in document.sections] == [
        ("The gate", "not yet", ()),
        ("1. The problem", "not yet", ()),
        ("2. The ideas", "not yet", ()),
        ("3. The value", "not yet", ()),
        ("4. The milestones", "not yet", ()),
    ]
    assert markdown(document).count("(not yet)") == 5


def test_half_way_the_blank_parts_say_not_yet() -> None:
    sheet = typed(typed(blank(), "gate.taps", {"good": "yes"}), "ideas.form", {"list": "map turbines"})
    sections = printed(sheet)
    assert pairs(sections["The gate"]) == {"Good": "Yes", "Allowed": ""}
    assert pairs(sections["2. The ideas"]) == {"List": "map turbines", "No_ai": ""}
    assert sections["2. The ideas"].mark == ""
    assert sections["1. The problem"].mark == "not yet"
    text = markdown(document_of(EN, SCOPE, sheet))
    assert "**Allowed:** not yet" in text
    assert "map turbines" in text
    weighed = typed(sheet, "value.weigh", {"evidence": "poc", "note": ""}, item=1)
    assert shown(printed(weighed)["3. The value"], Table) == [
        Table(("List", "Evidence", "Note", "Like"), (("map turbines", "Poc", "", ""),))
    ]


def test_a_finished_sheet_holds_every_answer_and_no_blank_of_the_other_way() -> None:
    sections = printed(full())
    assert list(sections) == [
        "Open questions", "The gate", "1. The problem", "2. The ideas", "3. The value", "4. The milestones",
    ]  # fmt: skip
    assert sections["1. The problem"].blocks == (
        Pairs((("Who", "Operators"), ("Wishes", "• plan the reserve\n• hear of broken lines"))),
    )
    assert "No_ai" not in pairs(sections["2. The ideas"])
    assert sections["3. The value"].blocks == (
        Table(
            ("List", "Evidence", "Note", "Like"),
            (
                ("map turbines", "Poc", "of 3", "–"),
                ("predict clouds", "None", "of 4", "–"),
                ("ask the neighbours", "Published", "of 5", "–"),
            ),
        ),
        Pairs((("Picked", "predict clouds"), ("Others", "• map turbines\n• ask the neighbours"))),
    )
    assert pairs(sections["4. The milestones"]) == {
        "Worth": "4", "Date": "4 May 2027", "Kinds": "", "More": "• first\n• second",
    }  # fmt: skip


def test_a_long_list_stands_below_its_question() -> None:
    sheet = typed(full(), "milestones.form", {"more": "\n".join(f"line {n}" for n in range(7))})
    blocks = printed(sheet)["4. The milestones"].blocks
    assert blocks[-2:] == (Small("More"), Listing(("first", "second", *(f"line {n}" for n in range(7)))))


def test_answers_of_not_sure_are_open_questions() -> None:
    assert printed(full())["Open questions"].blocks == (Listing(("Allowed",)),)
    assert "Open questions" not in printed(typed(full(), "gate.taps", {"allowed": "yes"}))


def test_no_ai_needed_prints_as_the_good_result_it_is() -> None:
    sheet = typed(full(), "ideas.form", {"list": "", "no_ai": "a spreadsheet does it"})
    document = document_of(EN, SCOPE, sheet)
    assert document.lead == "Small sheet\nNo AI needed: a fine result."
    titles = [section.title for section in document.sections]
    assert titles[titles.index("2. The ideas") + 1 :] == ["The way here", "Other notes"]


def test_what_was_written_before_no_ai_was_needed_is_printed_all_the_same() -> None:
    sheet = typed(full(), "ideas.form", IDEAS | {"no_ai": "a spreadsheet does it"})
    notes = pairs(printed(sheet)["Other notes"])
    assert notes["Value: ask the neighbours"] == "Evidence: Published\nNote: of 5"
    assert notes["Value: Picked"] == "predict clouds"
    assert notes["Milestones: Date"] == "4 May 2027"
    chinese = {section.title: section for section in document_of(ZH, SCOPE, sheet).sections}
    assert ("Milestones：问worth", "4") in pairs(chinese["其他内容"]).items()


def test_a_good_end_that_is_also_the_last_step_needs_no_words_above() -> None:
    ends = replace(SCOPE, finishes=(Finish(when="milestones.worth", say=both("Well done.")),))
    assert document_of(EN, ends, full()).lead == "Small sheet"
    open_again = typed(full(), "gate.taps", {"good": ()}, worksheet=ends)
    assert document_of(EN, ends, open_again).lead == "Small sheet\nWell done."


def test_returns_print_as_good_work_and_what_they_touched_is_to_be_looked_at_again() -> None:
    sheet = go_back(SCOPE, full(), "problem", "the metric made no sense", NOW + timedelta(hours=1))
    sheet = typed(sheet, "problem.form", PROBLEM | {"who": "Planners"}, after=61)
    sections = printed(sheet)
    lead, lines = sections["The way here"].blocks
    assert isinstance(lead, Paragraph)
    assert lines == Listing(("returned from 4 to 1: the metric made no sense",))
    again = sections["3. The value"]
    assert (again.mark, again.blocks[0]) == ("re-check", Small("Worth another look: the metric made no sense"))
    assert shown(again, Table), "what was written is still there"
    assert "从 4 回到 1：the metric made no sense" in markdown(document_of(ZH, SCOPE, sheet))


def test_a_return_to_a_step_without_a_number_is_said_by_its_name() -> None:
    sheet = go_back(SCOPE, full(), "gate", "who may be hurt?", NOW)
    assert printed(sheet)["The way here"].blocks[1] == Listing(("returned from 4 to Gate: who may be hurt?",))


def test_remarks_stand_by_the_step_and_their_writer() -> None:
    remarks = (Remark("value", "Ada", "Who confirmed it?"), Remark("gone", "Bo", "And this?"))
    section = document_of(EN, SCOPE, full(), remarks).sections[-1]
    assert section.title == "Second pair of eyes"
    assert pairs(section) == {"Ada, on “3. The value”": "Who confirmed it?", "Bo, on “gone”": "And this?"}


def test_the_headings_follow_the_language_and_members_words_stay() -> None:
    document = document_of(ZH, SCOPE, full())
    assert (document.lang, document.blank, document.title) == ("zh-CN", "还没写", "plan the reserve")
    text = markdown(document)
    for words in ("第problem步", "问who", "Operators", "hear of broken lines", "待解的问题", "选poc"):
        assert words in text, words


def test_the_foot_says_what_made_it_when_and_whose_the_ideas_are() -> None:
    sheet = replace(full(), updated_at=NOW)
    books = (Book("ebook", both("A Book"), "Andrew Ng", None), Book("notes", both("Notes"), "", None))
    assert document_of(EN, SCOPE, sheet).foot == "Made with steppingstone · 21 November 2026"
    assert document_of(EN, SCOPE, sheet, books=books).foot == (
        "Made with steppingstone · 21 November 2026 · The ideas follow A Book, by Andrew Ng; the words are ours."
    )


def test_what_the_worksheet_no_longer_asks_is_printed_all_the_same() -> None:
    old = {
        **full().steps,
        "risks": Filled(values={"worst": "nobody uses it", "list": (Item(90, "one"), Item(91, "two")), "blank": ""}),
        "problem": replace(full().steps["problem"], values={**full().steps["problem"].values, "whom": "the planner"}),
        "value": replace(full().steps["value"], each={"gone": {3: {"price": "9"}}, "weigh": {3: {"cost": "low"}}}),
    }
    sheet = replace(full(), steps=old)
    assert pairs(printed(sheet)["Other notes"]) == {
        "risks: worst": "nobody uses it", "risks: list": "one\ntwo", "problem: whom": "the planner",
        "value: price": "9", "value: cost": "low",
    }  # fmt: skip
    assert "Other notes" not in printed(full())


def test_what_is_kept_survives_the_change_of_a_worksheet_and_further_filling() -> None:
    shorter = replace(SCOPE, steps=SCOPE.steps[:3])
    more = PROBLEM | {"wishes": PROBLEM["wishes"] + "\nsleep"}
    sheet = typed(full(), "problem.form", more, worksheet=shorter)
    assert sheet.steps["milestones"] == full().steps["milestones"]
    assert pairs(printed(sheet, worksheet=shorter)["Other notes"])["milestones: date"] == "2027-05-04"
    sheet = go_back(shorter, sheet, "problem", "look again", NOW)
    assert printed(sheet, worksheet=shorter)["The way here"].blocks[1] == Listing(("returned from 2 to 1: look again",))


def test_a_choice_that_is_gone_is_shown_as_it_stands() -> None:
    steps = {**full().steps, "gate": replace(full().steps["gate"], values={"good": "perhaps", "allowed": "yes"})}
    assert pairs(printed(replace(full(), steps=steps))["The gate"]) == {"Good": "perhaps", "Allowed": "Yes"}


def test_the_card_holds_what_the_worksheet_plans_for_it() -> None:
    card = card_of(EN, SCOPE, full())
    assert (card.kicker, card.lang, card.blank) == ("Small sheet", "en", "not yet")
    assert card.title == "plan the reserve"
    assert card.rows == (("Problem", "hear of broken lines"), ("Idea", "predict clouds")), "what is the title is no row"
    assert card.dots == (Dot("When", filled=True), Dot("Worth", filled=True))
    assert (card_of(EN, SCOPE, blank()).title, card_of(EN, SCOPE, blank()).rows) == ("", (("Idea", ""),))
    assert card_of(EN, SCOPE, blank()).dots == (Dot("When", filled=False), Dot("Worth", filled=False))


def test_where_there_is_one_line_it_need_not_be_chosen_for_the_card() -> None:
    sheet = typed(blank(), "ideas.form", {"list": "map turbines", "no_ai": ""})
    assert card_of(EN, SCOPE, sheet).rows == (("Idea", "map turbines"),)
    assert card_of(EN, SCOPE, typed(sheet, "ideas.form", IDEAS)).rows == (("Idea", ""),)


def test_tables_are_given_out_by_name() -> None:
    assert tables_of(EN, SCOPE, blank()) == ()
    ((name, table),) = tables_of(ZH, SCOPE, full())
    assert (name, table.heads[0], len(table.rows)) == ("逐个掂量", "问list", 3)
    assert table.rows[0] == ("map turbines", "选poc", "of 3", ""), "a blank cell of a table to calculate with is blank"


def test_the_example_is_a_sheet_like_any_other() -> None:
    sheet = example_of(SCOPE, "en")
    assert (sheet.state, sheet.value("value.picked"), sheet.value("value.others")) == ("done", "3", ("2", "3"))
    assert sheet.value("milestones.kinds") == ("money", "time")
    chinese = example_of(SCOPE, "zh-CN")
    assert chinese.items("ideas.list") == (Item(2, "找出风机"), Item(3, "预测云量"))
    assert chinese.value("milestones.date") == "2026-05-04"
    assert (chinese.lang, chinese.steps["value"].each) == (
        "zh-CN", {"weigh": {2: {"evidence": "poc", "note": "两天"}, 3: {"evidence": "none"}}},
    )  # fmt: skip
