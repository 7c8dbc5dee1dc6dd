"""Every card of every worksheet fits both platforms, however much somebody wrote and whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bot.discord import render as discord
from bot.slack import render as slack
from chat.form import Form
from chat.message import Message
from chat.people import Space
from content.say import Say, speaker
from content.worksheet import Field, Part, Step, Worksheet
from sandbox.discord.components import check_components, check_modal
from sandbox.slack.blocks import check_blocks, check_view
from sheets import cards, part_cards, step_cards
from sheets.checks import advice
from sheets.filling import fill, go_back
from sheets.forms import form_of, lacking
from sheets.list_cards import list_card
from sheets.progress import parts_of
from sheets.sheet import Sheet, Value
from sheets.step_cards import Now
from sheets.ways import SheetFilled
from tests.kit.house import shipped

LIBRARY = shipped().library
SPACE, ID = "900000000000000001", "0123456789abcdef"
TODAY, AT = date(2026, 11, 24), datetime(2026, 11, 24, 18, tzinfo=UTC)
TEXTS = {
    "marks": "*_~`|>#[](<@U1>) https://x.example !-+: ",
    "han": "店长每天猜备货量，周末总是不够。",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈é ",
}  # fmt: skip


def most(field: Field, sheet: Sheet, step: str, text: str) -> Value:
    """As much as the field takes."""
    long = (text * (field.most // len(text) + 1))[: field.most - 3]
    over = field.over if "." in field.over else f"{step}.{field.over}"
    match field.kind:
        case "text":
            return long
        case "lines":
            return tuple(f"{n:02}{long[3:]}" for n in range(field.lines[1]))
        case "number":
            return str(field.range[1])
        case "date":
            return "2027-05-31"
        case "choice":
            return field.options[-1].value
        case "choices":
            return tuple(option.value for option in field.options)
        case "item":
            return str(sheet.items(over)[-1].id)
        case "items":
            return tuple(str(item.id) for item in sheet.items(over))


def full(worksheet: Worksheet, lang: str, text: str) -> Sheet:
    """Every part there is, filled to its limits."""
    made = Sheet(space=Space("slack", "T1"), id=ID, worksheet=worksheet.slug, lang="zh-CN" if lang == "zh-CN" else "en")
    for step in worksheet.steps:
        for part in step.parts:
            if not lacking(worksheet, made, part):
                made = filled(worksheet, made, step, part, text)
    return made


def filled(worksheet: Worksheet, sheet: Sheet, step: Step, part: Part, text: str) -> Sheet:
    """One part."""
    lines = [line.id for line in sheet.items(part.over)] if part.kind == "each" else [None]
    for line in lines:
        values = {field.key: most(field, sheet, step.key, text) for field in part.fields}
        sheet = fill(worksheet, sheet, step.key, part.key, line, values, AT)
    return sheet


def shown(say: Say, worksheet: Worksheet, sheet: Sheet) -> Iterator[Message | Form]:
    """All that can be shown of it."""
    yield cards.sheet_card(say, worksheet, sheet, TODAY, [("aim", "x" * 24), ("pick", "y" * 24)])
    yield cards.example_card(say, worksheet, sheet, TODAY)
    yield cards.more_card(say, worksheet, sheet, [(follow.key, "w" * 60) for follow in worksheet.follows])
    yield list_card(say, LIBRARY.worksheets, worksheet.slug, [sheet] * 1, 1, more=True, topic=worksheet.slug)
    for step in worksheet.steps:
        asked = advice(worksheet, sheet, step, TODAY)
        now = Now(today=TODAY, saved=True, advice=asked, finished=worksheet.finish.get(say.lang), imports="a.b")
        yield step_cards.sheet_step_card(say, worksheet, sheet, step, now)
        yield cards.example_card(say, worksheet, sheet, TODAY, step)
        for part in parts_of(worksheet, sheet, step):
            yield from windows(say, worksheet, sheet, step, part)


def windows(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: Part) -> Iterator[Message | Form]:
    """Of one part."""
    then = SheetFilled(ID, f"{step.key}.{part.key}", 999, "a" * 12)
    if not lacking(worksheet, sheet, part):
        yield form_of(say, worksheet, sheet, step, part, 1, then, None, tuple(field.key for field in part.fields))
    if part.kind == "taps":
        for at in range(len(part.fields)):
            yield part_cards.taps_card(say, worksheet, sheet, step, part, at)
    if part.kind == "each":
        for page in (0, 1, 99):
            yield part_cards.items_card(say, worksheet, sheet, step, part, page)


def complaints(value: Message | Form) -> object:
    """What either platform would say."""
    if isinstance(value, Form):
        return check_view(slack.view(value, "[]")) or check_modal(discord.form_payload(value, space=SPACE))
    return check_blocks(slack.blocks(value)) or check_components(discord.payload(value, space=SPACE))


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
@pytest.mark.parametrize("slug", list(LIBRARY.worksheets))
def test_it_fits(slug: str, lang: str) -> None:
    say, worksheet = speaker(lang), LIBRARY.worksheets[slug]
    empty = Sheet(space=Space("slack", "T1"), id=ID, worksheet=slug, lang="en")
    for text in TEXTS.values():
        whole = full(worksheet, lang, text)
        back = go_back(worksheet, whole, worksheet.steps[0].key, text[:100], AT)
        changed = filled(worksheet, back, worksheet.steps[0], worksheet.steps[0].parts[0], "otherwise ")
        for sheet in (whole, changed):
            for value in shown(say, worksheet, sheet):
                assert not complaints(value)
    for value in shown(say, worksheet, empty):
        assert not complaints(value)
