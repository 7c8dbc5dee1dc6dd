"""The form of one part of a step, filled with what stands there or with what was just typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from chat.action import Action
from chat.form import ANSWER, INTRO, QUESTION_LABEL, Answers, Ask, Choose, Form, Question
from chat.message import LABEL, PICKER_OPTIONS
from content.say import Say
from content.worksheet import Field, Part, Step, Worksheet
from sheets.answers import adds, as_typed
from sheets.naming import shortened
from sheets.refs import full_ref, lines_over, lines_shown
from sheets.sheet import Filled, Item, Sheet

AGAIN = "⚠ "
"""Before the label of a question whose answer needs another try, where the label leaves room."""


def form_of(
    say: Say,
    worksheet: Worksheet,
    sheet: Sheet,
    step: Step,
    part: Part,
    item: int | None,
    then: Action,
    typed: Answers | None = None,
    wrong: Collection[str] = (),
) -> Form:
    """`item`: the line an `each` part is filled in for. `typed` stands before what is kept; `wrong` are the fields that
    need another try. Every field of words takes more than is kept, so that too long a text arrives whole and can be
    explained. A field that chooses among lines is left out while there are none: see `lacking`. Raises LimitError when
    no question is left."""
    filled = sheet.steps.get(step.key, Filled())
    kept = filled.values if part.kind != "each" else filled.each.get(part.key, {}).get(item or 0, {})
    shown: dict[str, str | tuple[str, ...]] = {key: as_typed(value) for key, value in kept.items()}
    for field in part.fields:
        if field.kind == "lines" and adds(sheet, full_ref(field.key, step.key), field):
            shown.pop(field.key, None)
    known = Answers({**shown, **(typed.values if typed is not None else {})})
    questions = [_question(say, sheet, step, field, known, again=field.key in wrong) for field in part.fields]
    there = tuple(question for question in questions if question is not None)
    intro = _intro(say, sheet, step, part, item)
    return Form(part.short.get(say.lang), there, then, say("Save"), intro=intro, sealed=True)


def lacking(worksheet: Worksheet, sheet: Sheet, part: Part) -> str:
    """The list ("step.field") a part needs lines of and that has none; "" when nothing is lacking: an `each` part goes
    through lines, and a form of nothing but choices among lines has nothing to ask without them."""
    if part.over:
        return "" if sheet.items(part.over) else part.over
    empty = [field.over for field in part.fields if field.over and not sheet.items(field.over)]
    return empty[0] if len(empty) == len(part.fields) else ""


def _intro(say: Say, sheet: Sheet, step: Step, part: Part, item: int | None) -> str:
    """What a form is about: of an `each` part its line."""
    if part.kind != "each":
        return shortened(step.intro.get(say.lang), INTRO)
    line = next((one for one in lines_over(sheet, step.key, part) if one.id == item), None)
    return shortened(line.text, INTRO) if line is not None else ""


def _question(say: Say, sheet: Sheet, step: Step, field: Field, known: Answers, *, again: bool) -> Question | None:
    label = field.label.get(say.lang)
    if again and len(AGAIN + label) <= QUESTION_LABEL:
        label = AGAIN + label
    hint = field.hint.get(say.lang) if field.hint is not None else ""
    match field.kind:
        case "text" | "lines" | "number" | "date":
            value = known.values.get(field.key, "")
            text = value if isinstance(value, str) else "\n".join(value)
            required = field.required and not (field.grow and sheet.items(full_ref(field.key, step.key)))
            return Ask(
                field.key, label, hint=hint, value=text[:ANSWER], required=required, least=int(required),
                long=field.long or field.kind == "lines", most=ANSWER,
            )  # fmt: skip
        case "choice" | "choices":
            options = {option.value: option.label.get(say.lang) for option in field.options}
        case "item" | "items":
            options = _lines(
                lines_shown(sheet, full_ref(field.over, step.key), field.reworded), known.chosen(field.key)
            )
    if not options:
        return None
    many = field.kind in {"choices", "items"}
    chosen = tuple(value for value in dict.fromkeys(known.chosen(field.key)) if value in options)
    return Choose(
        field.key, label, tuple(options.items()), chosen if many else chosen[:1],
        required=field.required, many=many, hint=hint,
    )  # fmt: skip


def _lines(there: Collection[Item], chosen: Collection[str]) -> Mapping[str, str]:
    """As many lines as a picker holds, the chosen ones among them."""
    lines = {str(line.id): shortened(line.text, LABEL) for line in there}
    spare = [id_ for id_ in lines if id_ not in chosen]
    dropped = set(spare[len(spare) - max(0, len(lines) - PICKER_OPTIONS) :])
    return {id_: text for id_, text in lines.items() if id_ not in dropped}
