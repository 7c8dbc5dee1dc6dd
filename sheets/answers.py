"""Reading what was typed into a form of a sheet: kept as it is, or explained; nothing is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from chat.errors import SteppingstoneError
from chat.form import ANSWER, Answers
from content.say import Say
from content.worksheet import Field, Part, Step, Worksheet
from sheets.dates import read_date
from sheets.refs import full_ref
from sheets.sheet import Item, Sheet, Value, Values
from sheets.typed import lines_of, once, same, tidy, whole_number

REASON_MOST = 140


class WrongAnswers(SteppingstoneError):
    """Answers that need another try: field -> sentence, in the reader's language. `typed`: all of them, whole."""

    def __init__(self, by_key: Mapping[str, str], typed: Answers) -> None:
        super().__init__(f"{len(by_key)} answers need another try")
        self.by_key, self.typed = dict(by_key), typed


class _Wrong(Exception):
    """One answer; its text is the sentence."""


def read_answers(
    say: Say, worksheet: Worksheet, sheet: Sheet, step: Step, part: Part, typed: Answers, today: date
) -> Values:
    """All fields of a part as `fill` takes them ("" or () for one left blank; lines as texts), of taps those that were
    answered. Of a field that grows as much as finds room: see `waiting`. Raises WrongAnswers."""
    asked = [field for field in part.fields if part.kind != "taps" or field.key in typed.values]
    found: dict[str, Value] = {}
    wrong: dict[str, str] = {}
    for field in asked:
        try:
            found[field.key] = _read(say, sheet, step, field, typed, today)
        except _Wrong as error:
            wrong[field.key] = str(error)
    if wrong:
        raise WrongAnswers(wrong, typed)
    return found


def read_field(say: Say, sheet: Sheet, step: Step, field: Field, typed: Answers, today: date) -> Value:
    """One answer alone: a tap, or a quick button. Raises WrongAnswers."""
    try:
        return _read(say, sheet, step, field, typed, today)
    except _Wrong as error:
        raise WrongAnswers({field.key: str(error)}, typed) from error


def read_line(say: Say, field: Field, typed: str) -> str:
    """The new words of one line of a list. Raises WrongAnswers."""
    try:
        return _text(say, tidy(typed), field.most, required=True)
    except _Wrong as error:
        raise WrongAnswers({field.key: str(error)}, Answers({field.key: typed})) from error


def read_reason(say: Say, typed: Answers, key: str = "reason") -> str:
    """Why somebody goes back, in one line. Raises WrongAnswers."""
    try:
        return _text(say, tidy(typed.text(key)), REASON_MOST, required=True)
    except _Wrong as error:
        raise WrongAnswers({key: str(error)}, typed) from error


def adds(sheet: Sheet, ref: str, field: Field) -> bool:
    """Whether what is typed is added to the lines there are: where the field grows, and where the lines are too long
    for one window to show them all."""
    return field.grow or len("\n".join(line.text for line in sheet.items(ref))) > ANSWER


def _read(say: Say, sheet: Sheet, step: Step, field: Field, typed: Answers, today: date) -> Value:
    words = typed.text(field.key)
    match field.kind:
        case "text":
            return _text(say, tidy(words, long=field.long), field.most, required=field.required)
        case "lines":
            return _lines(say, sheet, full_ref(field.key, step.key), field, words)
        case "number":
            return _number(say, field, tidy(words))
        case "date":
            return _date(say, field, tidy(words), today)
        case "choice" | "choices":
            values = {option.value for option in field.options}
            return _chosen(say, field, typed, values, many=field.kind == "choices")
        case "item" | "items":
            ids = {str(line.id) for line in sheet.items(full_ref(field.over, step.key))}
            return _chosen(say, field, typed, ids, many=field.kind == "items")


def _text(say: Say, text: str, most: int, *, required: bool) -> str:
    if required and not text:
        raise _Wrong(say("A few words here, please; one is enough."))
    if len(text) > most:
        n, room = say.number(len(text)), say.number(most)
        raise _Wrong(say("This has {n} characters, there is room for {most}. Nothing was cut.", n=n, most=room))
    return text


def _lines(say: Say, sheet: Sheet, ref: str, field: Field, words: str) -> tuple[str, ...]:
    typed, there = lines_of(words, pasted=field.grow), sheet.items(ref)
    for number, line in enumerate(typed, 1):
        if len(line) > field.most:
            sentence = say(
                "Line {line} has {n} characters, there is room for {most}. Nothing was cut.",
                line=number, n=say.number(len(line)), most=say.number(field.most),
            )  # fmt: skip
            raise _Wrong(sentence)
    kept = tuple(line.text for line in there) if adds(sheet, ref, field) else ()
    if field.grow and len(kept) < field.lines[1]:
        typed = _fitting(kept, typed, field)
    total = len(once((*kept, *typed)))
    least, most = field.lines
    if total > most:
        raise _Wrong(_too_many(say, len(typed), most, room=max(0, most - len(kept)), full=bool(kept)))
    least = max(least, 1) if field.required else least if total else 0
    if total < least:
        raise _Wrong(say.plural("At least {n} line here, please.", "At least {n} lines here, please.", least))
    return typed


def _fitting(kept: Sequence[str], typed: Sequence[str], field: Field) -> tuple[str, ...]:
    """The first of the new lines, as many as there is room for, and those that stand there already."""
    known, room = set(map(same, kept)), field.lines[1] - len(kept)
    new = [line for line in typed if same(line) not in known][:room]
    return tuple(line for line in typed if line in new or same(line) in known)


def waiting(sheet: Sheet, step: Step, part: Part, typed: Answers) -> Mapping[str, str]:
    """What of a long paste found no room after it was saved: field -> lines, one below the other. `sheet`: as saved."""
    found: dict[str, str] = {}
    for field in part.fields:
        if field.kind == "lines" and field.grow:
            known = {same(line.text) for line in sheet.items(full_ref(field.key, step.key))}
            lines = lines_of(typed.text(field.key), pasted=True)
            found[field.key] = "\n".join(line for line in lines if same(line) not in known)
    return {key: lines for key, lines in found.items() if lines}


def _too_many(say: Say, n: int, most: int, *, room: int, full: bool) -> str:
    if not full:
        return say("These are {n} lines, there is room for {most}. Nothing was cut: leave some out.", n=n, most=most)
    if not room:
        return say("The list is full, it holds {most} lines. Take one out, and there is room again.", most=most)
    return say("These are {n} lines, there is room for {room} more: bring the first {room} now.", n=n, room=room)


def _number(say: Say, field: Field, text: str) -> str:
    low, high = field.range
    found = whole_number(text)
    if not text and not field.required:
        return ""
    if found is None or (field.range != (0, 0) and not low <= found <= high):
        if field.range == (0, 0):
            raise _Wrong(say("A whole number, please."))
        raise _Wrong(say("A whole number from {low} to {high}, please.", low=low, high=high))
    return str(found)


def _date(say: Say, field: Field, text: str, today: date) -> str:
    if not text and not field.required:
        return ""
    if (found := read_date(text, today)) is None:
        raise _Wrong(say("I read dates such as 2026-05-04, 4.5.2026 or 2026年5月4日."))
    return found.isoformat()


def _chosen(say: Say, field: Field, typed: Answers, allowed: set[str], *, many: bool) -> Value:
    chosen = tuple(dict.fromkeys(value for value in typed.chosen(field.key) if value))
    if field.required and not chosen and allowed:  # without lines to choose from the form does not ask
        raise _Wrong(say("Please choose one."))
    if not set(chosen) <= allowed or (len(chosen) > 1 and not many):
        raise _Wrong(say("This cannot be chosen any more. Please choose again."))
    return chosen if many else "".join(chosen)


def as_typed(value: Value) -> str | tuple[str, ...]:
    """An answer as the form shows it: lines one under the other, choices as they are."""
    if isinstance(value, str):
        return value
    lines = [one.text for one in value if isinstance(one, Item)]
    return "\n".join(lines) if lines else tuple(one for one in value if isinstance(one, str))
