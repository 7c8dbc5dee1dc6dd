"""Reads a worksheet of a pack and checks it as strictly as windows and buttons do: a wrong one reaches nobody."""

from __future__ import annotations

from content.common import Frame, common, names, only
from content.read import Value
from content.text import Texts
from content.worksheet import CardPlan, Check, Finish, Follow, Said, Step, Worksheet
from content.worksheet_example import read_example
from content.worksheet_next import check_next, read_gather, read_next
from content.worksheet_parts import KEY, OPTION_VALUE, read_parts, unique
from content.worksheet_refs import check_references

PREFIX = "worksheet."
NAME, SHORT, TITLE, ABOUT, INTRO, ASKED, SAID, LABEL = 40, 24, 80, 300, 300, 200, 400, 45
CARD_ROWS, CARD_DOTS, MOST_BUTTONS, MOST_STEPS, DAYS, MOST_SAID, ANSWER = 6, 8, 3, 20, 365, 3, 40
BUTTONS = ("rewrite", "keep", "later", "find-host")
"""What a check may offer by name; beside these "step:<key>" and "sheet:<slug>"."""
_FIELDS = frozenset(
    "id rev status sources slug name short about aliases names steps finishes finish follows card results next "
    "example words gather same".split()
)
_STEP = frozenset("key short title intro parts fields numbered when checks done results".split())
_CHECK = frozenset("id on ask buttons".split())
_FOLLOW = frozenset("key ask after since on when opens into options quotes".split())


def read_worksheet(entry: Value, frame: Frame) -> Worksheet:
    """Reads and checks one worksheet; every problem is noted at its own line, and the read goes on."""
    problems, texts = frame.problems, frame.texts(entry, "name")
    only(entry, _FIELDS, problems)
    base = common(entry, PREFIX, frame)
    slug = entry.string("slug")
    if base.id != PREFIX + slug:
        problems.add(entry.get("slug"), f"slug {slug!r}: the id is {PREFIX} and the slug, so write the rest of the id")
    steps = tuple(_step(value, texts, frame) for value in entry.get("steps").items)
    if not 1 <= len(steps) <= MOST_STEPS:
        problems.add(entry.get("steps"), f"a worksheet has 1 to {MOST_STEPS} steps, not {len(steps)}")
    unique(entry.get("steps").items, [step.key for step in steps], "step", problems)
    card, follows = entry.get("card"), entry.get("follows")
    worksheet = Worksheet(
        id=base.id, rev=base.rev, status=base.status, sources=base.sources, slug=slug,
        name=texts("name", NAME), short=texts("short", SHORT), about=texts("about", ABOUT),
        aliases=names(entry, "aliases", problems), names=entry.string("names"), steps=steps,
        finishes=tuple(_finish(value, texts, frame) for value in entry.get("finishes").items),
        finish=texts("finish", SAID),
        follows=tuple(_follow(value, texts, frame) for value in follows.items), card=_card(card, texts, frame),
        results=entry.strings("results"), next=read_next(entry, problems),
        example=read_example(entry.get("example"), steps, texts, problems),
        words=names(entry, "words", problems), gather=read_gather(entry, texts, problems),
        same=entry.strings("same"),
    )  # fmt: skip
    unique(follows.items, [follow.key for follow in worksheet.follows], "follow", problems)
    check_references(entry, worksheet, problems)
    check_next(entry, worksheet, problems)
    return worksheet


def _step(entry: Value, texts: Texts, frame: Frame) -> Step:
    problems, key = frame.problems, entry.string("key")
    only(entry, _STEP, problems)
    if not KEY.fullmatch(key):
        problems.add(entry.get("key"), f"key {key!r} of a step: lower-case letters, digits and _, at most 20")
    short = texts.inline(entry.get("short"), "short", SHORT)
    checks = tuple(_check(value, texts, frame) for value in entry.get("checks").items)
    unique(entry.get("checks").items, [f"{check.id}/{check.on}" for check in checks], "check", problems)
    return Step(
        key=key, short=short, title=texts.inline(entry.get("title"), "title", TITLE),
        intro=texts.inline(entry.get("intro"), "intro", INTRO), parts=read_parts(entry, short, texts, problems),
        numbered=entry.get("numbered").data is not False, when=entry.string("when"), checks=checks,
        done=entry.strings("done"), results=entry.strings("results"),
    )  # fmt: skip


def _check(entry: Value, texts: Texts, frame: Frame) -> Check:
    only(entry, _CHECK, frame.problems)
    if not entry.string("id"):
        frame.problems.add(entry, "a check needs an id: the name of a function that decides")
    buttons = entry.strings("buttons") or ("rewrite",)
    buttons = buttons if "keep" in buttons else (*buttons, "keep")
    if len(buttons) > MOST_BUTTONS:
        where = entry.get("buttons")
        frame.problems.add(where, f"{len(buttons)} buttons, allowed {MOST_BUTTONS}, with the one that keeps the text")
    for button in buttons:
        if button not in BUTTONS and not button.startswith(("step:", "sheet:")):
            told = f"button {button!r} is none of {', '.join(BUTTONS)}, step:<key>, sheet:<slug>"
            frame.problems.add(entry.get("buttons"), told)
    ask = texts.inline(entry.get("ask"), "ask", ASKED)
    return Check(id=entry.string("id"), on=entry.string("on"), ask=ask, buttons=buttons)


def _finish(entry: Value, texts: Texts, frame: Frame) -> Finish:
    only(entry, frozenset({"when", "say"}), frame.problems)
    if not entry.string("when"):
        frame.problems.add(entry, "a finish needs when: the condition under which the sheet ends early")
    return Finish(when=entry.string("when"), say=texts.inline(entry.get("say"), "say", SAID))


def _follow(entry: Value, texts: Texts, frame: Frame) -> Follow:
    problems, key, after = frame.problems, entry.string("key"), entry.number_at("after")
    only(entry, _FOLLOW, problems)
    if not KEY.fullmatch(key):
        problems.add(entry, f"key {key!r} of a follow: lower-case letters, digits and _, at most 20")
    if ("after" in entry.map) == ("on" in entry.map) or ("after" in entry.map and not 1 <= after <= DAYS):
        problems.add(entry, f"a follow has after (1 to {DAYS} days) or on (a date), not both and not neither")
    if "since" in entry.map and "after" not in entry.map:
        problems.add(entry.get("since"), "since names the step that after counts from: write after as well")
    ask, quotes = texts.inline(entry.get("ask"), "ask", ASKED), entry.string("quotes")
    for lang, text in (("en", ask.en), ("zh-CN", ask.zh)):
        if text and ("{line}" in text) != bool(quotes):
            problems.add(entry.get("ask"), f"ask.{lang}: {{line}} is a line of the list quotes names: both or neither")
    said = entry.get("options").items
    if len(said) > MOST_SAID:
        problems.add(entry.get("options"), f"{len(said)} options of a letter, allowed {MOST_SAID}")
    unique(said, [one.string("value") for one in said], "option", problems)
    return Follow(
        key=key, ask=ask, after=max(after, 0), since=entry.string("since"), on=entry.string("on"),
        when=entry.string("when"), opens=entry.string("opens"), into=entry.string("into"),
        options=tuple(_said(one, texts, frame) for one in said), quotes=quotes,
    )  # fmt: skip


def _said(entry: Value, texts: Texts, frame: Frame) -> Said:
    only(entry, frozenset({"value", "label", "kept"}), frame.problems)
    if not OPTION_VALUE.fullmatch(value := entry.string("value")):
        frame.problems.add(entry, f"value {value!r} of an option: lower-case words joined by -, at most 24")
    label = texts.inline(entry.get("label"), "label", ANSWER)
    return Said(value, label, texts.inline(entry.get("kept"), "kept", ASKED))


def _card(entry: Value, texts: Texts, frame: Frame) -> CardPlan:
    only(entry, frozenset({"rows", "badge", "dots"}), frame.problems)
    rows, dots = entry.get("rows").items, entry.get("dots").items
    if not 1 <= len(rows) <= CARD_ROWS:
        frame.problems.add(entry, f"a card has 1 to {CARD_ROWS} rows, not {len(rows)}")
    if len(dots) > CARD_DOTS:
        frame.problems.add(entry.get("dots"), f"a card has at most {CARD_DOTS} dots, not {len(dots)}")
    for value in (*rows, *dots):
        only(value, frozenset({"of", "en", "zh-CN"}), frame.problems)
    return CardPlan(
        rows=tuple((texts.inline(row, "rows", LABEL), row.string("of")) for row in rows),
        badge=entry.string("badge"),
        dots=tuple((texts.inline(dot, "dots", LABEL), dot.string("of")) for dot in dots),
    )
