"""The messages and forms of sheets: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from chat.form import Answers, Form
from chat.message import Button, File, Message
from chat.people import Space
from content.library import Library
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets import back_cards, cards, forms, line_cards, list_cards, part_cards, step_cards
from sheets.checks import advice
from sheets.filling import fill, go_back
from sheets.line_ways import SheetLineGiven
from sheets.printing import example_of
from sheets.sheet import Sheet
from sheets.step_cards import Now
from sheets.ways import SheetFilled, SheetMine, SheetTheirs

ID, OTHER = "0123456789abcdef", "fedcba9876543210"
MAKERS = Space("slack", "T01MAKERS")
TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
HOSTILE = "*Build* a <@U1> chatbot for @everyone\nhttps://x.example [shop](https://x.example)\n" + "长" * 200


def sheets(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    scope, research = library.worksheets["scope"], library.worksheets["research"]
    whole, empty, ideas = filled(say, scope), fresh(say, scope), library.worksheets["ideas"]
    typed = fill(scope, empty, "problem", "form", None, {"who": HOSTILE, "wishes": tuple(HOSTILE.split("\n"))}, AT)
    back = go_back(scope, whole, "problem", "*the* metric", AT)
    marked = fill(scope, back, "problem", "form", None, {"who": "*Operators*"}, AT)
    return {
        "sheet_card": cards.sheet_card(say, scope, whole, TODAY, [("aim", "Aim")]),
        "sheet_card.empty": cards.sheet_card(say, scope, empty, TODAY),
        "sheet_card.hostile": cards.sheet_card(say, scope, typed, TODAY),
        "sheet_card.back": cards.sheet_card(say, scope, marked, TODAY),
        "sheet_card.away": cards.sheet_card(say, scope, replace(typed, state="away"), TODAY),
        "sheet_card.research": cards.sheet_card(say, research, filled(say, research), TODAY),
        "sheet_card.gathering": cards.sheet_card(
            say, ideas, filled(say, ideas), TODAY, gathering=[library.worksheets["pick"]]
        ),
        "example_card": cards.example_card(say, scope, whole, TODAY),
        "example_card.step": cards.example_card(say, scope, whole, TODAY, step(scope, "ideas")),
        "more_card": cards.more_card(say, scope, whole, [("unfinished", "…")]),
        "more_card.away": cards.more_card(say, scope, replace(empty, state="away")),
        "delete_sheet_card": cards.delete_sheet_card(say, scope, typed),
        "sheet_gone_card": cards.sheet_gone_card(say),
        "sheet_away_card": cards.sheet_away_card(say, scope, typed),
        "sheet_reminded_card": cards.sheet_reminded_card(say, scope, whole, "…"),
        "back_step_card": back_cards.back_step_card(say, scope, whole),
        "reason_form": back_cards.reason_form(say, whole, step(scope, "problem"), "*why*"),
        **steps(say, scope, whole, typed, marked),
        **growing(say, research),
        **lists(say, library, whole, typed),
    }


def steps(say: Say, scope: Worksheet, whole: Sheet, typed: Sheet, marked: Sheet) -> Mapping[str, Message | Form]:
    """One step."""
    problem, value, empty = step(scope, "problem"), step(scope, "value"), fresh(say, scope)
    mine, theirs = SheetMine(ID, "problem.form", 0, "7"), SheetTheirs(ID, "problem.form", 0)
    weigh, form, then = value.parts[0], problem.parts[0], SheetFilled(ID, "problem.form", 0, "7")
    line, gate = whole.items("ideas.ideas")[0].id, step(scope, "gate")
    taps = gate.parts[0]
    return {
        "sheet_step_card": step_cards.sheet_step_card(say, scope, whole, problem, Now(today=TODAY, saved=True)),
        "sheet_step_card.empty": step_cards.sheet_step_card(say, scope, empty, problem, Now(today=TODAY)),
        "sheet_step_card.advice": step_cards.sheet_step_card(
            say, scope, typed, problem, Now(today=TODAY, saved=True, advice=advice(scope, typed, problem, TODAY))
        ),
        "sheet_step_card.recheck": step_cards.sheet_step_card(
            say, scope, marked, value, Now(today=TODAY, finished="*Done*", imports="problem.wishes")
        ),
        "taps_card": part_cards.taps_card(say, scope, empty, gate, taps, 0),
        "taps_card.later": part_cards.taps_card(
            say, scope, whole, step(scope, "gate"), step(scope, "gate").parts[0], 1
        ),
        "items_card": part_cards.items_card(say, scope, whole, value, weigh, 0),
        "items_card.none": part_cards.items_card(say, scope, empty, value, weigh, 0),
        "conflict_card": step_cards.conflict_card(
            say, "stands", "", Button(say("Use mine"), mine), Button(say("Keep what stands"), theirs)
        ),
        "form_of": forms.form_of(say, scope, typed, problem, form, None, then),
        "form_of.wrong": forms.form_of(
            say, scope, whole, problem, form, None, then, Answers({"wishes": HOSTILE}), ("wishes",)
        ),
        "form_of.line": forms.form_of(say, scope, whole, value, weigh, line, then),
    }


def growing(say: Say, research: Worksheet) -> Mapping[str, Message | Form]:
    """A list to which lines are only added, and one line of it."""
    asked, ref = step(research, "questions"), "questions.questions"
    sheet = fill(
        research, fresh(say, research), "questions", "form", None, {"questions": tuple(HOSTILE.split("\n"))}, AT
    )
    line, then = sheet.items(ref)[0], SheetLineGiven(ID, ref, 1, "7")
    return {
        "sheet_step_card.growing": step_cards.sheet_step_card(say, research, sheet, asked, Now(today=TODAY)),
        "line_form": line_cards.line_form(say, asked.parts[0].fields[0], line, then),
    }


def lists(say: Say, library: Library, whole: Sheet, typed: Sheet) -> Mapping[str, Message | Form]:
    """Several sheets, and files."""
    known, scope = library.worksheets, library.worksheets["scope"]
    both = (replace(whole, updated_at=AT), replace(typed, id=OTHER))
    file = File(b"# Sheet", "scope.md", say("“{title}”, as text", title="*Sheet*"))
    return {
        "list_card": list_cards.list_card(say, known, "scope", both, 1, more=True, topic="scope"),
        "list_card.all": list_cards.list_card(say, known, "", (), 0, away=True),
        "list_card.none": list_cards.list_card(say, known, "scope", (), 0),
        "first_sheet_card": list_cards.first_sheet_card(say, scope, "scope"),
        "too_many_card": list_cards.too_many_card(say, known, both),
        "export_choice_card": list_cards.export_choice_card(say, whole, "*Sheet*", list_cards.KINDS),
        "export_choice_card.plain": list_cards.export_choice_card(say, whole, "*Sheet*", ("md",)),
        "exported_card": list_cards.exported_card(say, whole, [file]),
        "import_card": list_cards.import_card(say, known, whole, "projects.projects", both[1:]),
        "import_card.none": list_cards.import_card(say, known, whole, "projects.projects", ()),
    }


def fresh(say: Say, worksheet: Worksheet) -> Sheet:
    """Nothing stands on it."""
    return Sheet(space=MAKERS, id=ID, worksheet=worksheet.slug, lang="zh-CN" if say.lang == "zh-CN" else "en")


def filled(say: Say, worksheet: Worksheet) -> Sheet:
    """The example, as somebody's own."""
    return replace(example_of(worksheet, "zh-CN" if say.lang == "zh-CN" else "en"), space=MAKERS, id=ID)


def step(worksheet: Worksheet, key: str) -> Step:
    """Of this worksheet."""
    found = worksheet.step(key)
    assert found is not None
    return found
