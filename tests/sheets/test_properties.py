"""Whatever is typed, in whatever order: nothing else is lost, ids stay, all of it can be stored, shown and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from chat.action import Action
from chat.form import Answers
from content.document_text import markdown
from sheets.answers import WrongAnswers, read_answers
from sheets.body import of_json, to_json
from sheets.filling import fill, go_back, remove_item
from sheets.forms import form_of, lacking
from sheets.lines import with_ids
from sheets.marks import reason_of
from sheets.naming import title_of
from sheets.printing import card_of, document_of, tables_of
from sheets.progress import progress
from sheets.sheet import Item, Sheet
from sheets.typed import lines_of, same
from tests.sheets.samples import EN, NOW, SCOPE, TODAY, ZH, blank, full, saved

PIECES = (
    "wind",
    "太阳能",
    "🌬️",
    "👩‍👩‍👧‍👦",
    "\u200b",
    "\u202e",
    "مرحبا",
    "５",
    "2026年5月4日",
    "e\u0301",
    "|",
    "**",
    "\n",
    "- ",
    " ",
    "{n}",
)
WORDS = st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=12)
LINES = st.lists(WORDS, max_size=5).map("\n".join)
PARTS = [(step, part) for step in SCOPE.steps for part in step.parts]
STEPS = [step.key for step in SCOPE.steps]
Turn = tuple[int, Mapping[str, str | tuple[str, ...]], int]
"""Which part, what is typed into it, which of the lines."""


@dataclass(frozen=True)
class Sent(Action, name="test-sheet-property"):
    """A form of these tests."""


@st.composite
def turn(draw: st.DrawFn) -> Turn:
    at = draw(st.integers(0, len(PARTS) - 1))
    typed: dict[str, str | tuple[str, ...]] = {}
    for field in PARTS[at][1].fields:
        match field.kind:
            case "choice" | "choices":
                typed[field.key] = (draw(st.sampled_from([one.value for one in field.options])),)
            case "item" | "items":
                typed[field.key] = tuple(draw(st.lists(st.sampled_from("345678"), max_size=1)))
            case "lines":
                typed[field.key] = draw(LINES)
            case _:
                typed[field.key] = draw(WORDS | st.sampled_from(["3", "４", "2027-01-01"]))
    return at, typed, draw(st.integers(0, 9))


TURNS = st.lists(turn(), min_size=1, max_size=6)


def play(sheet: Sheet, one: Turn, minute: int) -> Sheet:
    """One form sent, as a command would; as it was where the answers need another try."""
    at, words, which = one
    step, part = PARTS[at]
    if lacking(SCOPE, sheet, part):
        return sheet
    lines = sheet.items(part.over) if part.over else ()
    item = lines[which % len(lines)].id if lines else None
    form_of(EN, SCOPE, sheet, step, part, item, Sent(), Answers(words), list(words))
    try:
        values = read_answers(ZH, SCOPE, sheet, step, part, Answers(words), TODAY)
    except WrongAnswers:
        return sheet
    return saved(fill(SCOPE, sheet, step.key, part.key, item, values, NOW + timedelta(minutes=minute)))


def ids(sheet: Sheet) -> list[int]:
    values = [value for filled in sheet.steps.values() for value in filled.values.values()]
    return [one.id for value in values if isinstance(value, tuple) for one in value if isinstance(one, Item)]


@settings(max_examples=60, deadline=None)
@given(TURNS)
def test_filling_any_step_at_any_time_loses_nothing_of_another(turns: list[Turn]) -> None:
    sheet = full()
    for minute, one in enumerate(turns, 10):
        before, sheet = sheet, play(sheet, one, minute)
        touched = PARTS[one[0]][0].key
        gone = {str(id_) for id_ in set(ids(before)) - set(ids(sheet))}
        for key, filled in before.steps.items():
            if key == touched:
                continue
            after = sheet.steps[key]
            if not gone:
                assert (after.values, after.each) == (filled.values, filled.each)
            for name, value in filled.values.items():
                if isinstance(value, str) and value not in gone:
                    assert after.values[name] == value
            for name, lines in filled.each.items():
                assert {str(id_) for id_ in lines} - {str(id_) for id_ in after.each[name]} <= gone
        assert len(set(ids(sheet))) == len(ids(sheet))
        assert all(id_ < sheet.next_id for id_ in ids(sheet))


@settings(max_examples=40, deadline=None)
@given(TURNS)
def test_every_sheet_can_be_stored_shown_and_printed(turns: list[Turn]) -> None:
    sheet = blank()
    for minute, one in enumerate(turns):
        sheet = play(sheet, one, minute)
    text = to_json(sheet)
    text.encode()
    again = of_json(
        sheet.space, sheet.id, text, worksheet=sheet.worksheet, lang=sheet.lang, state=sheet.state,
        created_at=None, updated_at=None, version=sheet.version,
    )  # fmt: skip
    assert again == sheet
    for say in (EN, ZH):
        assert markdown(document_of(say, SCOPE, sheet))
        assert 0 < len(title_of(say, SCOPE, sheet)) <= 80
        card_of(say, SCOPE, sheet)
        tables_of(say, SCOPE, sheet)
    for step, part in PARTS:
        if not lacking(SCOPE, sheet, part):
            lines = sheet.items(part.over) if part.over else ()
            form_of(ZH, SCOPE, sheet, step, part, lines[0].id if lines else None, Sent())
    assert {one.key for one in progress(SCOPE, sheet)} <= set(STEPS)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(STEPS), turn())
def test_going_back_and_changing_marks_exactly_the_later_filled_steps(to: str, one: Turn) -> None:
    sheet = go_back(SCOPE, full(), to, "we learned more", NOW + timedelta(hours=1))
    assert not any(filled.recheck for filled in sheet.steps.values())
    after = play(sheet, one, 61)
    step = PARTS[one[0]][0]
    before, made = sheet.steps[step.key], after.steps[step.key]
    changed = (before.values, before.each) != (made.values, made.each)
    marked = {key: filled.recheck for key, filled in after.steps.items() if filled.recheck}
    later = STEPS[STEPS.index(step.key) + 1 :]
    if step.key == to:
        assert marked == (dict.fromkeys(later, "we learned more") if changed else {})
    elif changed and marked:
        assert marked == dict.fromkeys(later, reason_of(step.key))
        assert step.numbered
    else:
        assert not marked


@settings(max_examples=100, deadline=None)
@given(LINES, LINES, st.randoms(use_true_random=False))
def test_lines_keep_their_ids_through_a_new_order_and_lines_in_between(before: str, more: str, random: object) -> None:
    from random import Random

    assert isinstance(random, Random)
    lines, next_id = with_ids((), lines_of(before), 1)
    known = {line.text: line.id for line in lines}
    taken = {same(line.text) for line in lines}
    added = [line for line in lines_of(more) if same(line) not in taken]
    order = [*known, *added]
    random.shuffle(order)
    after, last = with_ids(lines, order, next_id)
    assert [line.text for line in after] == order
    assert all(line.id == known[line.text] for line in after if line.text in known)
    assert len({line.id for line in after}) == len(after)
    assert last == next_id + len(added)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([3, 4, 5]), TURNS)
def test_a_line_taken_out_leaves_no_trace(item: int, turns: list[Turn]) -> None:
    sheet = replace(full())
    for minute, one in enumerate(turns, 10):
        sheet = play(sheet, one, minute)
    if item not in {line.id for line in sheet.items("ideas.list")}:
        return
    sheet = remove_item(SCOPE, sheet, "ideas.list", item, NOW + timedelta(hours=2))
    assert item not in sheet.steps["value"].each.get("weigh", {})
    assert sheet.value("value.picked") != str(item)
    assert str(item) not in (sheet.value("value.others") or ())
    assert all(values.get("like") != str(item) for values in sheet.steps["value"].each.get("weigh", {}).values())


@settings(max_examples=200, deadline=None)
@given(LINES | st.text(max_size=40))
def test_a_list_read_twice_is_the_same(words: str) -> None:
    once = lines_of(words)
    assert lines_of("\n".join(once)) == once
