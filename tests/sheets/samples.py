"""A small worksheet with one of everything, and the short ways in which the tests of this room fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from chat.form import Answers
from chat.people import Space
from content.say import speaker
from content.text import Localised
from content.worksheet import CardPlan, Check, Example, Field, FieldKind, Finish, Option, Part, Step, Worksheet
from sheets.answers import read_answers
from sheets.filling import fill
from sheets.sheet import Sheet

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TODAY = date(2026, 11, 21)
EN, ZH = speaker("en"), speaker("zh-CN")


def both(en: str, zh: str = "") -> Localised:
    return Localised(en, zh or en)


def ask(key: str, kind: FieldKind = "text", *, label: str = "", options: str = "", **more: Any) -> Field:
    made = tuple(Option(one, both(one.capitalize(), f"选{one}"), one == "unsure") for one in options.split())
    return Field(key=key, kind=kind, label=both(label or key.capitalize(), f"问{key}"), options=made, **more)


def form(*fields: Field, key: str = "form", when: str = "") -> Part:
    return Part(key=key, kind="form", short=both(key.capitalize()), fields=fields, when=when)


def step(key: str, *parts: Part, **more: Any) -> Step:
    title = both(f"The {key}", f"第{key}步")
    short, intro = both(key.capitalize()), both(f"About the {key}.")
    return Step(key=key, short=short, title=title, intro=intro, parts=parts, **more)


GATE = Part(
    key="taps",
    kind="taps",
    short=both("Two taps"),
    fields=(ask("good", "choice", options="yes no unsure"), ask("allowed", "choice", options="yes no unsure")),
)
WEIGH = Part(
    key="weigh",
    kind="each",
    over="ideas.list",
    quick="evidence",
    short=both("Weigh each", "逐个掂量"),
    fields=(
        ask("evidence", "choice", options="published poc none", required=True),
        ask("note", most=300),
        ask("like", "item", over="ideas.list"),
    ),
)
EXAMPLE: Mapping[str, Example] = {
    "gate.taps": {"good": both("yes"), "allowed": both("unsure")},
    "problem.form": {
        "who": both("Night-shift operators", "夜班调度员"),
        "wishes": both("Plan the reserve", "安排备用电源"),
    },
    "ideas.form": {"list": both("map turbines\npredict clouds", "找出风机\n预测云量")},
    "value.weigh": ({"evidence": both("poc"), "note": both("two days", "两天")}, {"evidence": both("none")}),
    "value.pick": {"picked": both("2"), "others": both("1,2")},
    "milestones.form": {"worth": both("4"), "date": both("2026-05-04", "2026年5月4日"), "kinds": both("money,time")},
}
SCOPE = Worksheet(
    id="worksheet.small",
    rev=1,
    status="live",
    sources=(),
    slug="small",
    name=both("Small sheet", "小表"),
    short=both("Small"),
    about=both("About it."),
    aliases=(),
    names="problem.wishes",
    steps=(
        step("gate", GATE, done=("good", "allowed"), numbered=False),
        step(
            "problem",
            form(ask("who", most=120, required=True), ask("wishes", "lines", most=200, lines=(1, 3), required=True)),
            checks=(Check(id="solution-words", on="wishes", ask=both("Is it one?")),),
        ),
        step("ideas", form(ask("list", "lines", most=200, lines=(0, 6)), ask("no_ai")), done=("list>=2 | no_ai",)),
        step(
            "value",
            WEIGH,
            form(
                ask("picked", "item", over="ideas.list", required=True),
                ask("others", "items", over="ideas.list"),
                key="pick",
            ),
            when="!ideas.no_ai",
            done=("each:weigh.evidence", "picked"),
        ),
        step(
            "milestones",
            form(
                ask("worth", "number", range=(1, 5)),
                ask("date", "date"),
                ask("kinds", "choices", options="money time joy"),
                ask("more", "lines", most=80, lines=(0, 50), grow=True),
            ),
            when="!ideas.no_ai",
        ),
    ),
    finishes=(Finish(when="ideas.no_ai", say=both("No AI needed: a fine result.", "不需要 AI：这是个好结果。")),),
    finish=both("All done."),
    follows=(),
    card=CardPlan(
        rows=((both("Problem"), "problem.wishes"), (both("Idea"), "value.picked")),
        dots=((both("When"), "milestones.date"), (both("Worth"), "milestones.worth")),
    ),
    results=(),
    next=(),
    example=EXAMPLE,
)
PROBLEM = {"who": "Operators", "wishes": "plan the reserve\nhear of broken lines"}
IDEAS = {"list": "map turbines\npredict clouds\nask the neighbours"}


def blank(worksheet: Worksheet = SCOPE) -> Sheet:
    return Sheet(space=Space("slack", "T1"), id="0123456789abcdef", worksheet=worksheet.slug, lang="en")


def typed(
    sheet: Sheet,
    name: str,
    values: Mapping[str, str | tuple[str, ...]],
    *,
    item: int | None = None,
    after: int = 0,
    worksheet: Worksheet = SCOPE,
) -> Sheet:
    """As if a form was sent, `after` minutes after NOW, and saved. `name`: "step.part"."""
    key, _, part_key = name.partition(".")
    found = worksheet.step(key)
    assert found is not None
    part = found.part(part_key)
    assert part is not None
    read = read_answers(EN, worksheet, sheet, found, part, Answers(values), TODAY)
    return saved(fill(worksheet, sheet, key, part_key, item, read, NOW + timedelta(minutes=after)))


def saved(sheet: Sheet) -> Sheet:
    """As the store gives it back."""
    return replace(sheet, version=sheet.version + 1)


def full() -> Sheet:
    """The whole worksheet filled in, a minute a step: wishes have the ids 1 and 2, ideas 3, 4 and 5."""
    sheet = typed(blank(), "gate.taps", {"good": "yes", "allowed": "unsure"})
    sheet = typed(sheet, "problem.form", PROBLEM, after=1)
    sheet = typed(sheet, "ideas.form", IDEAS, after=2)
    for item, evidence in ((3, "poc"), (4, "none"), (5, "published")):
        sheet = typed(sheet, "value.weigh", {"evidence": evidence, "note": f"of {item}"}, item=item, after=3)
    sheet = typed(sheet, "value.pick", {"picked": "4", "others": ("3", "5")}, after=3)
    return typed(sheet, "milestones.form", {"worth": "4", "date": "2027-05-04", "more": "first\nsecond"}, after=4)
