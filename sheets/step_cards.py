"""One step of a sheet as a message: what stands there, what the checks ask, where to go from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chat.markup import escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content.say import Say
from content.worksheet import Step, Worksheet
from sheets.buttons import LABEL, advice_buttons, fresh, rows
from sheets.checks import Advice
from sheets.flow import EMPTY, answered, next_part, parts_of, to_do, way_into, way_to
from sheets.forms import lacking
from sheets.heading import ahead, heading
from sheets.line_cards import line_pickers
from sheets.marks import why
from sheets.naming import shortened
from sheets.progress import next_step, progress
from sheets.results import run_results
from sheets.sheet import Sheet
from sheets.shown import drawn, held, inert
from sheets.ways import SheetBackAsked, SheetExportAsked, SheetImport, SheetOpened, SheetStill

ADVICE = 3  # questions of checks at once
HELD, BESIDE, RESULTS = 1_200, 700, 1_500  # characters of what stands in a step, alone and beside its results


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """What a step's card says beside the step. `saved`: just now; `told`: what else there is to read about it;
    `finished`: words when the sheet is complete by it;
    `imports`: the list ("step.field") into which lines of other sheets can be taken over."""

    today: date
    saved: bool = False
    advice: Sequence[Advice] = ()
    told: Sequence[Part] = ()
    finished: str = ""
    imports: str = ""


def sheet_step_card(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, now: Now) -> Message:
    """What stands in a step, the advice on it, and the ways on."""
    filled, there = sheet.steps.get(step.key, EMPTY), parts_of(worksheet, sheet, step)
    parts: list[Part] = [Text(f"**{escape(now.finished)}**")] if now.finished else []
    parts += [Note(say("Saved."))] if now.saved and not now.finished else []
    parts += now.told
    if filled.recheck:
        reason = shortened(why(say, worksheet, filled.recheck), 160)
        parts.append(Note(say("Worth another look, for a step before it changed: {why}", why=reason)))
    results = run_results(say, worksheet, sheet, step.results, now.today) if filled.version else ()
    text = held(say, sheet, step, there, BESIDE if results else HELD)
    parts.append(Text(text or escape(step.intro.get(say.lang))))
    parts += drawn(results, RESULTS)
    used: set[str] = set()
    for one in now.advice[:ADVICE]:
        parts += _asked(say, worksheet, sheet, step, one, used)
    if (following := _onward(worksheet, sheet, step)) is not None:
        parts += ahead(say, worksheet, sheet, following)
    parts += rows(fresh(_ways_on(say, worksheet, sheet, step, now), used))
    parts += _changes(say, worksheet, sheet, step, now.imports, used)
    parts += line_pickers(say, worksheet, sheet, step)
    parts += _back(say, worksheet, sheet, step)
    return Message(heading(say, worksheet, sheet, step), tuple(parts))


def conflict_card(
    say: Say, stands: str, typed: str, mine: Button, theirs: Button
) -> Message:  # fmt: skip
    """The step was changed elsewhere since the form was opened: nothing is overwritten before somebody says so."""
    return Message(
        say("This step was saved in another window meanwhile"),
        (
            Text(f"**{escape(say('What stands there'))}**\n{stands or escape(say('nothing'))}"),
            Text(f"**{escape(say('What you typed'))}**\n{typed or escape(say('nothing'))}"),
            Row((mine, theirs)),
        ),
    )


def _asked(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, one: Advice, used: set[str]) -> list[Part]:
    found = [words.rstrip("?？") for words in one.words]  # of a question, which stands in a sentence here
    words = inert(("、" if say.lang == "zh-CN" else ", ").join(found), 200)
    ask = escape(one.check.ask.get(say.lang)).replace("\\{words\\}", "{words}")
    return [Text(ask.replace("{words}", words)), *rows(fresh(advice_buttons(say, worksheet, sheet, step, one), used))]


def _ways_on(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, now: Now) -> list[Button]:
    """The next part of this step, else the next step, and the whole sheet."""
    found: list[Button] = []
    style = "plain" if now.advice else "primary"
    part, following = next_part(worksheet, sheet, step), _onward(worksheet, sheet, step)
    if part is not None:
        label = shortened(part.short.get(say.lang), LABEL)
        found.append(Button(label, way_to(sheet, step, part), "plain" if following else style))
    if following is not None:
        label = say("Next step: {step}", step=shortened(following.short.get(say.lang), LABEL))
        found.append(Button(label, way_into(worksheet, sheet, following), style))
    filled = sheet.steps.get(step.key, EMPTY)
    if filled.recheck:
        found.append(Button(say("It still holds"), SheetStill(sheet.id, step.key)))
    found.append(Button(say("The whole sheet"), SheetOpened(sheet.id, here=True)))
    return [*found, Button(say("Export"), SheetExportAsked(sheet.id))] if now.finished else found


def _onward(worksheet: Worksheet, sheet: Sheet, step: Step) -> Step | None:
    """The step that waits after this one; the next one, where this one is left as it is with something blank."""
    following = to_do(worksheet, sheet)
    left = next_part(worksheet, sheet, step) is None and not sheet.steps.get(step.key, EMPTY).recheck
    if following is not None and following.key == step.key and left:
        following = next_step(worksheet, sheet, step.key)
    return following if following is not None and following.key != step.key and step.key in sheet.steps else None


def _changes(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, imports: str, used: set[str]) -> list[Part]:
    """A button for every part that holds something, or waits for lines of another step."""
    found, there = list[Button](), parts_of(worksheet, sheet, step)
    for part in there:
        if answered(sheet, step, part):
            label = say("Change: {part}", part=shortened(part.short.get(say.lang), LABEL))
            found.append(Button(label, way_to(sheet, step, part)))
        else:
            found.append(Button(shortened(part.short.get(say.lang), LABEL), way_to(sheet, step, part)))
    waits = [part for part in step.parts if part not in there and lacking(worksheet, sheet, part)]
    for ref in dict.fromkeys(lacking(worksheet, sheet, part) for part in waits):
        if (other := worksheet.step(ref.partition(".")[0])) is not None and other.key != step.key:
            label = say("First: {step}", step=shortened(other.short.get(say.lang), LABEL))
            found.append(Button(label, way_into(worksheet, sheet, other)))
    if imports:
        found.append(Button(say("Take over from my sheets"), SheetImport(sheet.id, imports)))
    return rows(fresh(found, used))


def _back(say: Say, worksheet: Worksheet, sheet: Sheet, step: Step) -> list[Part]:
    """Every step before this one that was filled in can be gone back to."""
    steps = progress(worksheet, sheet)
    at = next((n for n, one in enumerate(steps) if one.key == step.key), 0)
    choices: list[Choice] = []
    for one in steps[:at]:
        if one.number is not None and one.key in sheet.steps and (known := worksheet.step(one.key)) is not None:
            label = say("Back to step {n}: {step}", n=one.number, step=known.short.get(say.lang))
            choices.append(Choice(shortened(label, 75), SheetBackAsked(sheet.id, one.key, step.key)))
    return [Picker(say("Back to a step"), tuple(choices))] if choices else []
