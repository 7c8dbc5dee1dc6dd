"""Worksheets of the shipped pack are whole in both languages, and a wrong one is told by file and line."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from content.common import Frame
from content.library import SHIPPED, load
from content.read import PackError, Problems, Value, read_entries
from content.review import review
from content.text import Localised
from content.worksheet import Field, Gather, Next, Said, Worksheet
from content.worksheet_read import read_worksheet
from content.worksheet_refs import conditions, terms
from tests.content.test_coverage import texts_of
from tests.kit.house import shipped

LIBRARY = shipped().library
SHEETS = LIBRARY.worksheets
GOOD = """\
- id: worksheet.tea
  rev: 1
  status: live
  sources: [tea.leaf]
  slug: tea
  name: {en: "Tea plan", zh-CN: "泡茶表"}
  short: {en: "Tea plan", zh-CN: "泡茶表"}
  about: {en: "Plan a pot of tea.", zh-CN: "计划泡一壶茶。"}
  aliases: [tea sheet]
  names: guests.who
  steps:
    - key: guests
      short: {en: "1 Guests", zh-CN: "1 客人"}
      title: {en: "Who comes?", zh-CN: "谁来？"}
      intro: {en: "Name them.", zh-CN: "写下来。"}
      fields:
        - {key: who, kind: text, required: true, most: 20, label: {en: "Who?", zh-CN: "谁？"}}
        - key: likes
          kind: lines
          lines: [1, 3]
          most: 20
          label: {en: "Likes", zh-CN: "喜好"}
          hint: {en: "one per line", zh-CN: "每行一个"}
        - {key: best, kind: item, over: guests.likes, label: {en: "The best", zh-CN: "最喜欢"}}
      checks:
        - {id: blank-line, on: who, ask: {en: "Who else?", zh-CN: "还有谁？"}, buttons: [rewrite, "step:pot"]}
      done: [who, "likes>=2"]
    - key: pot
      when: "guests.who & !guests.best=none"
      short: {en: "2 The pot", zh-CN: "2 茶壶"}
      title: {en: "Which pot?", zh-CN: "哪把壶？"}
      intro: {en: "Two taps.", zh-CN: "点两下。"}
      parts:
        - key: size
          kind: taps
          short: {en: "Size", zh-CN: "大小"}
          fields:
            - key: size
              kind: choice
              label: {en: "Size?", zh-CN: "多大？"}
              options: [{value: big, en: "Big", zh-CN: "大"}]
        - key: cups
          kind: each
          over: guests.likes
          quick: sugar
          when: "size=big"
          short: {en: "Cups", zh-CN: "杯"}
          fields:
            - key: sugar
              kind: choice
              label: {en: "Sugar?", zh-CN: "加糖？"}
              options: [{value: "yes", en: "Yes", zh-CN: "加"}]
            - {key: spoons, kind: number, range: [0, 5], label: {en: "Spoons", zh-CN: "几勺"}}
        - key: day
          kind: form
          short: {en: "Day", zh-CN: "日子"}
          fields:
            - {key: day, kind: date, required: true, label: {en: "When?", zh-CN: "哪天？"}}
      done: ["each:cups.sugar | sugar=yes>=2", "?sensitive"]
  finishes: [{when: "pot.day", say: {en: "Good.", zh-CN: "好。"}}]
  finish: {en: "Tea is served.", zh-CN: "茶好了。"}
  follows:
    - {key: day, on: pot.day, ask: {en: "Tea today?", zh-CN: "今天喝茶？"}}
    - key: again
      after: 2
      since: guests
      when: "guests.who & !guests.best"
      opens: pot.cups
      into: guests.best
      quotes: guests.likes
      ask: {en: "Still “{line}”?", zh-CN: "还要“{line}”？"}
      options: [{value: more, label: {en: "More", zh-CN: "再来"}, kept: {en: "More tea.", zh-CN: "再来一杯。"}}]
  card:
    rows: [{of: guests.who, en: "For", zh-CN: "给"}]
    dots: [{of: pot.day, en: "Day", zh-CN: "日子"}]
  next: [{sheet: tea, lines: guests.likes, into: guests.who}, tea]
  words: [tea, 茶]
  gather: {of: [tea], into: guests.likes, ask: {en: "Too much tea?", zh-CN: "茶太多？"}}
  example:
    guests.form: {who: {en: "Ada", zh-CN: "林雨"}, likes: {en: [mint, black], zh-CN: [薄荷, 红茶]}, best: 1}
    pot.size: {size: big}
    pot.cups: [{sugar: "yes", spoons: 2}, {spoons: 0}]
    pot.day: {day: "2031-05-04"}
"""


def _read(tmp_path: Path, text: str) -> tuple[Worksheet, list[str]]:
    path = tmp_path / "tea.yaml"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    frame = Frame(problems, ideas=frozenset({"tea.leaf"}))
    [entry] = list[Value](read_entries(path, "pack/worksheets/tea.yaml", problems))
    return read_worksheet(entry, frame), problems.found


def test_a_worksheet_is_read_as_it_is_written(tmp_path: Path) -> None:
    sheet, problems = _read(tmp_path, GOOD)
    assert problems == []
    guests, pot = sheet.steps
    assert [part.key for part in guests.parts] == ["form"], "fields alone are one form"
    assert guests.parts[0].short == guests.short
    assert [part.kind for part in pot.parts] == ["taps", "each", "form"]
    assert guests.checks[0].buttons == ("rewrite", "step:pot", "keep"), "what was written can always be kept"
    field = guests.field("likes")
    assert field is not None
    assert (field.lines, field.most, field.grow) == ((1, 3), 20, False)
    assert sheet.example["guests.form"] == {
        "who": Localised("Ada", "林雨"),
        "likes": Localised("mint\nblack", "薄荷\n红茶"),
        "best": Localised("1", "1"),
    }
    assert sheet.step("pot") is pot
    again = sheet.follows[1]
    assert (again.after, again.since, again.opens, again.into, again.quotes) == (
        2, "guests", "pot.cups", "guests.best", "guests.likes",
    )  # fmt: skip
    assert again.options == (Said("more", Localised("More", "再来"), Localised("More tea.", "再来一杯。")),)
    assert again.when in conditions(sheet), "what it asks by ?name is looked for as well"
    assert pot.part("day") is pot.parts[2]
    assert sheet.next == (Next(slug="tea", lines="guests.likes", into="guests.who"), Next(slug="tea"))
    assert sheet.words == ("tea", "茶")
    assert sheet.gather == Gather(of=("tea",), into="guests.likes", ask=Localised("Too much tea?", "茶太多？"))


LONG = "x" * 46


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('short: {en: "1 Guests"', f'short: {{en: "{"x" * 25}"', "short.en has 25 characters, allowed 1 to 24"),
        ('title: {en: "Who comes?"', f'title: {{en: "{"x" * 81}"', "title.en has 81 characters, allowed 1 to 80"),
        ('intro: {en: "Name them."', f'intro: {{en: "{"x" * 301}"', "intro.en has 301 characters"),
        ('about: {en: "Plan a pot of tea."', f'about: {{en: "{"x" * 301}"', "about.en has 301 characters"),
        ('name: {en: "Tea plan"', f'name: {{en: "{"x" * 41}"', "name.en has 41 characters, allowed 1 to 40"),
        ('label: {en: "Who?"', f'label: {{en: "{LONG}"', "label.en has 46 characters, allowed 1 to 45"),
        ('hint: {en: "one per line"', f'hint: {{en: "{"x" * 101}"', "hint.en has 101 characters, allowed 1 to 100"),
        ('ask: {en: "Who else?"', f'ask: {{en: "{"x" * 201}"', "ask.en has 201 characters, allowed 1 to 200"),
        ('ask: {en: "Tea today?"', f'ask: {{en: "{"x" * 201}"', "ask.en has 201 characters"),
        ('en: "Big"', f'en: "{"x" * 76}"', "options.en has 76 characters, allowed 1 to 75"),
        ('zh-CN: "谁来？"', 'zh-CN: ""', "title.zh-CN has 0 characters"),
        ("Name them.", "You must name them.", "say it as an offer"),
        ("aliases: [tea", "aliases: [Tea", "lower case"),
        ("slug: tea", "slug: coffee", "so write the rest of the id"),
        ("  finish:", "  finnish:", "'finnish' is not a field here"),
        ("kind: text,", "kind: words,", "kind of a field is one of"),
        ("kind: taps", "kind: tap", "kind of a part is one of"),
        ("key: likes", "key: who", "field 'who' is given twice"),
        ("- key: pot\n", "- key: guests\n", "step 'guests' is given twice"),
        ("key: cups", "key: size", "part 'size' is given twice"),
        ("key: who,", "key: Who,", "lower-case letters, digits and _"),
        ("lines: [1, 3]", "lines: [3, 1]", "lines is [least, most] within 0 to 50"),
        ("range: [0, 5]", "most: 5", "range is [least, most]"),
        ("over: guests.likes, label", "over: guests.who, label", "'guests.who' is no field of kind lines"),
        ("over: guests.likes\n", "over: guests.nobody\n", "'guests.nobody' is no field of kind lines"),
        ("over: guests.likes, label", "label", "only item and items have it"),
        ("over: guests.likes, label", "over: guests.likes, reworded: guests.who, label", "no text of an each over"),
        ("quick: sugar", "quick: spoons", "a choice of this part"),
        ("[{value: big, ", "[{value: big, en: B, zh-CN: 大}, {value: big, ", "option 'big' is given twice"),
        ("[{value: big, ", "[{value: Big Pot, ", "lower-case words joined by -"),
        ("on: who,", "on: whom,", "'whom' is no field of the step guests"),
        ('"step:pot"]', '"step:cup"]', "no step of this worksheet has that key"),
        ('"step:pot"]', "shout]", "button 'shout' is none of"),
        ('[rewrite, "step:pot"]', '[rewrite, later, "step:pot"]', "4 buttons, allowed 3"),
        ("done: [who,", "done: [whom,", "'whom' names no field"),
        ('"likes>=2"', '"who>=2"', ">= counts the lines of a list"),
        ('"likes>=2"', '"likes>2"', "is not understood"),
        ('when: "guests.who &', 'when: "guests.whom &', "'guests.whom' names no field"),
        ('when: "size=big"', 'when: "size=huge"', "'huge' is no option of size"),
        ('"each:cups.sugar |', '"each:cups.milk |', "'each:cups.milk' names no field"),
        ("names: guests.who", "same: [guests.whom]\n  names: guests.who", "same: 'guests.whom' is no field of a form"),
        ("names: guests.who", "names: guests.whom", "names: 'guests.whom' is no field of a form"),
        ("names: guests.who", "names: pot.sugar", "names: 'pot.sugar' is no field of a form"),
        ('when: "pot.day"', 'when: "day"', "'day' names no field"),
        ("on: pot.day", "on: guests.who", "a letter needs a date"),
        ("on: pot.day", "on: pot.day, after: 3", "not both and not neither"),
        ("on: pot.day, ask", "on: pot.day, since: pot, ask", "since names the step that after counts from"),
        ("since: guests", "since: cellar", "'cellar' is no step of this worksheet"),
        ('& !guests.best"', '& !guests.worst"', "'guests.worst' names no field"),
        ("opens: pot.cups", "opens: pot.milk", "'pot.milk' is no part of this worksheet"),
        ("into: guests.best", "into: guests.who", "into: 'guests.who' is no field of kind item"),
        ("quotes: guests.likes", "quotes: guests.who", "quotes: 'guests.who' is no field of kind lines"),
        ("Still “{line}”?", "Still thirsty?", "ask.en: {line} is a line of the list quotes names"),
        ("value: more", "value: More", "value 'More' of an option"),
        ('en: "More"', f'en: "{"x" * 41}"', "label.en has 41 characters, allowed 1 to 40"),
        ("options: [{value: more, ", "options: [{}, {}, {}, {value: more, ", "4 options of a letter, allowed 3"),
        ("of: guests.who", "of: guests.whom", "a row of the card: 'guests.whom' is no field"),
        ("dots: [{of: pot.day", "dots: [{of: pot.milk", "a dot of the card: 'pot.milk' is no field"),
        ("guests.form:", "guests.from:", "'guests.from' is no part of this worksheet"),
        ('{who: {en: "Ada", zh-CN: "林雨"}, likes', "{likes", "who is required: fill it in"),
        ('{en: "Ada"', f'{{en: "{"A" * 21}"', "who has 21 characters, allowed 20"),
        ("best: 1", "best: 3", "the place of a line of guests.likes, 1 to 2"),
        ("[mint, black]", "[mint]", "likes has more lines in one language"),
        ("size: {size: big}", "size: {size: small}", "size is 'small', which is no option"),
        ('[{sugar: "yes", spoons: 2}, ', "[", "has 1 maps, and guests.likes has 2 lines"),
        ("spoons: 2", "spoons: 9", "spoons is '9': a number from 0 to 5"),
        ("2031-05-04", "4 May", "a date such as 2026-05-04"),
        ("{sheet: tea, lines: guests.likes,", "{sheet: tea,", "or a map of sheet, lines (a list here) and into"),
        ("{sheet: tea, lines: guests.likes", "{sheet: tea, lines: guests.who", "lines: 'guests.who' is no field"),
        ("of: [tea], into: guests.likes", "of: [tea], into: guests.who", "into: 'guests.who' is no field"),
        ('ask: {en: "Too much tea?"', f'ask: {{en: "{"x" * 41}"', "ask.en has 41 characters, allowed 1 to 40"),
        ("words: [tea", "words: [Tea", "words 'Tea' must be in lower case"),
        ("sources: [tea.leaf]", "sources: [tea.cup]", "not a known idea"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    _sheet, problems = _read(tmp_path, GOOD.replace(old, new, 1))
    where = [problem for problem in problems if told in problem]
    assert where, problems
    line = GOOD[: GOOD.index(old)].count("\n") + 1 + old.startswith("\n")
    assert where[0].startswith(f"pack/worksheets/tea.yaml:{line}: "), where[0]


def test_an_example_that_leaves_out_what_is_required_is_told(tmp_path: Path) -> None:
    _sheet, problems = _read(tmp_path, GOOD.replace('    pot.day: {day: "2031-05-04"}\n', ""))
    assert [problem.partition(": ")[2] for problem in problems] == [
        "example: 'pot.day' has required fields: fill it in"
    ]


def test_problems_of_a_worksheet_are_told_all_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace("kind: text,", "kind: words,").replace("on: who,", "on: whom,").replace("rev: 1", "rev: one")
    _sheet, problems = _read(tmp_path, wrong)
    assert len(problems) == 3


def test_a_worksheet_that_another_points_to_is_there_and_live(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    path = pack / "worksheets" / "aim.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("status: live", "status: draft"), encoding="utf-8")
    with pytest.raises(
        PackError, match=r"scope\.yaml:\d+: worksheet\.scope points to 'aim', which is not a live entry"
    ):
        load(pack)


def test_lines_that_another_takes_have_a_field_there(tmp_path: Path) -> None:
    pack = Path(shutil.copytree(SHIPPED, tmp_path / "pack"))
    path = pack / "worksheets" / "research.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("into: add.title", "into: pass1.verdict"), encoding="utf-8"
    )
    with pytest.raises(PackError, match=r"research\.yaml:\d+: .* hands lines to 'pass1\.verdict' of paper"):
        load(pack)


def test_the_pack_has_the_six_worksheets_in_both_languages() -> None:
    assert set(SHEETS) == {"scope", "pick", "aim", "ideas", "research", "paper"}
    for sheet in SHEETS.values():
        for text in texts_of(sheet):
            assert text.en, (sheet.id, text)
            assert text.zh, (sheet.id, text)
        assert sheet.example, sheet.id
        assert sheet.follows, f"{sheet.id}: one letter may be asked for"


def _numbered(slug: str) -> list[str]:
    return [step.key for step in SHEETS[slug].steps if step.numbered]


def test_scope_has_its_five_steps_in_order_and_two_that_are_not_counted() -> None:
    """discrepancy.scope-order: problem, solutions, feasibility and value, milestones, budget, each once."""
    assert _numbered("scope") == ["problem", "ideas", "value", "milestones", "budget"]
    assert [step.key for step in SHEETS["scope"].steps if not step.numbered] == ["gate", "harm"]
    gate, harm = SHEETS["scope"].steps[0], SHEETS["scope"].step("harm")
    assert [option.value for field in gate.parts[0].fields for option in field.options] == ["yes", "no", "unsure"] * 3
    assert harm is not None
    assert "?sensitive" in terms(harm.when)
    budget = SHEETS["scope"].step("budget")
    assert budget is not None
    assert [field.key for field in budget.parts[0].fields] == list(budget.done)
    assert len(budget.done) == 5


def test_research_has_seven_steps_and_paper_three_passes() -> None:
    assert _numbered("research") == ["topic", "self", "questions", "rephrase", "hypotheses", "problem", "seed"]
    assert _numbered("paper") == ["pass1", "pass2", "pass3"]
    table, columns = SHEETS["research"].step("hypotheses"), SHEETS["research"].step("seed")
    assert table is not None
    assert columns is not None
    assert 1 + len(table.parts[0].fields) == 6, "the question and five columns: six"
    part = columns.part("columns")
    assert part is not None
    assert [field.key for field in part.fields][:4] == ["noticed", "doubts", "source", "theme"]
    rephrase = SHEETS["research"].step("rephrase")
    assert rephrase is not None
    assert len(rephrase.parts[0].fields[0].options) == 5


LIMITS: dict[str, tuple[tuple[int, int], int]] = {
    "scope.problem.wishes": ((1, 3), 200),
    "scope.ideas.ideas": ((0, 6), 200),
    "pick.projects.projects": ((1, 6), 80),
    "aim.shots.shots": ((1, 5), 160),
    "research.self.titles": ((1, 50), 300),
    "research.questions.questions": ((1, 25), 200),
    "research.seed.papers": ((0, 25), 300),
}


def test_lists_are_as_long_as_the_features_say() -> None:
    for name, (lines, most) in LIMITS.items():
        slug, step, key = name.split(".")
        field = _field(slug, step, key)
        assert (field.kind, field.lines, field.most) == ("lines", lines, most), name


def _field(slug: str, step: str, key: str) -> Field:
    found = SHEETS[slug].step(step)
    assert found is not None
    field = found.field(key)
    assert field is not None
    return field


def test_every_idea_of_scoping_projects_research_and_papers_is_cited_by_a_worksheet() -> None:
    cited = {source for sheet in SHEETS.values() for source in sheet.sources}
    families = ("scope.", "project.", "research.", "paper.")
    assert [idea for idea in LIBRARY.ideas if idea.startswith(families) and idea not in cited] == []
    assert {f"career.unique.{part}" for part in ("stakeholders", "iteration", "learning")} <= cited


def test_every_check_offers_to_keep_what_is_written_and_asks() -> None:
    checks = [check for sheet in SHEETS.values() for step in sheet.steps for check in step.checks]
    assert len(checks) >= 40
    for check in checks:
        assert "keep" in check.buttons, check.id
        assert "?" in check.ask.en, check.ask.en
        assert "？" in check.ask.zh, check.ask.zh
        assert "!" not in check.ask.en + check.ask.zh


def test_a_name_that_something_else_has_is_told_to_the_editor() -> None:
    assert [finding for finding in review(LIBRARY) if finding.entry.startswith("worksheet.")] == []
    scope = replace(SHEETS["scope"], aliases=("eight keys", "scope"))
    found = {finding.text for finding in review(replace(LIBRARY, worksheets={"scope": scope}))}
    for name in scope.aliases:
        assert any(text.startswith(f"{name!r} is a name of ") for text in found), name


def test_two_worksheets_that_open_by_one_word_are_told() -> None:
    pick = replace(SHEETS["pick"], words=("论文",))
    found = [finding.text for finding in review(replace(LIBRARY, worksheets={**SHEETS, "pick": pick}))]
    assert any("the word '论文' opens worksheet.paper already" in text for text in found), found
