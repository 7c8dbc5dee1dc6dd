"""What a member wrote, in the few words a message has room for: shortened with "…", inert; the sheet keeps it all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chat.markup import escape
from chat.message import Note, Part, Text
from content.document import Block, Listing, Pairs, Paragraph, Small, Table
from content.say import Say
from content.worksheet import Field, Step
from content.worksheet import Part as WorksheetPart
from sheets.flow import EMPTY
from sheets.naming import shortened
from sheets.refs import lines_over
from sheets.sheet import Sheet, Value, Values
from sheets.written import head, written

NOTE = 300
ROWS = 8  # of a result's table or list that are shown in a message


def inert(text: str, most: int) -> str:
    """On one line, at most `most` characters with the backslashes that keep a stranger's words from coming alive."""
    room = most
    while len(out := escape(shortened(text, room))) > most:
        room -= max(1, (len(out) - most) // 2)
    return out


def said(say: Say, sheet: Sheet, step: Step, field: Field, value: Value | None) -> str:
    """An answer in words, several things after each other; "" for none."""
    words = written(say, sheet, step.key, field, value)
    return words.replace("\n", " · ") if field.kind in {"lines", "items", "choices"} else words


def answers_of(
    say: Say, sheet: Sheet, step: Step, fields: Sequence[Field], values: Values
) -> Iterator[tuple[str, str]]:
    """(label, answer) of everything that was answered."""
    for field in fields:
        if words := said(say, sheet, step, field, values.get(field.key)):
            label = field.label.get(say.lang)
            yield head(label) if field.kind == "lines" else label, words


def about_line(say: Say, sheet: Sheet, step: Step, part: WorksheetPart, item: int, most: int) -> str:
    """What was said of one line, inert; "" for nothing yet."""
    return inert(_about(say, sheet, step, part, item), most)


def held(say: Say, sheet: Sheet, step: Step, parts: Sequence[WorksheetPart], most: int, *, quiet: bool = False) -> str:
    """What a step holds, one line an answer, within `most` characters; "" for nothing yet. Short answers leave their
    room to the long ones. `quiet`: below the heading of a summary, the questions less loud, of lines only how many."""
    filled, rows = sheet.steps.get(step.key, EMPTY), list[tuple[str, str]]()
    for part in parts:
        if part.kind == "each":
            rows += _each(say, sheet, step, part, counted=quiet)
        else:
            rows += answers_of(say, sheet, step, part.fields, filled.values)
    mark = "_" if quiet else "**"
    heads = [f"{mark}{escape(label)}{mark} " for label, _ in rows]
    rooms = shares([len(escape(words)) for _, words in rows], most - len("\n".join(heads)))
    return "\n".join(head + inert(words, room) for head, (_, words), room in zip(heads, rows, rooms, strict=True))


def shares(wanted: Sequence[int], most: int) -> list[int]:
    """Who wants little gets it, the others get the same, all together at most `most`; each at least a few characters.

    >>> shares([10, 400, 300], 310), shares([4, 4, 4, 39], 51)
    ([10, 150, 150], [4, 4, 4, 39])
    """
    given, left, n = [0] * len(wanted), most, len(wanted)
    for at in sorted(range(n), key=wanted.__getitem__):
        given[at] = max(min(wanted[at], max(left // n, 8)), 1)
        left, n = left - given[at], n - 1
    return given


def _each(
    say: Say, sheet: Sheet, step: Step, part: WorksheetPart, *, counted: bool
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """How many lines were gone through and, unless they are only `counted`, what was said of each."""
    lines, there = lines_over(sheet, step.key, part), sheet.steps.get(step.key, EMPTY).each.get(part.key, {})
    told = [line for line in lines if there.get(line.id)]
    if told:
        count = say("{n} of {all} done", n=len(told), all=len(lines))
        colon = "：" if say.lang == "zh-CN" else ": "
        about = (f"{line.text}{colon}{_about(say, sheet, step, part, line.id)}" for line in told)
        yield part.short.get(say.lang), count if counted else " · ".join([count, *about])


def _about(say: Say, sheet: Sheet, step: Step, part: WorksheetPart, item: int) -> str:
    values = sheet.steps.get(step.key, EMPTY).each.get(part.key, {}).get(item, {})
    return say.join(words for _, words in answers_of(say, sheet, step, part.fields, values))


def drawn(blocks: Sequence[Block], most: int) -> list[Part]:
    """Blocks of results as parts of a message, together within `most` characters: short ones leave their room to the
    long ones."""
    wanted = [sum(len(escape(line)) + 12 for line in _lines(block)) for block in blocks]
    rooms = shares(wanted, most)
    return [part for block, room in zip(blocks, rooms, strict=True) if (part := _drawn(block, room)) is not None]


def _drawn(block: Block, most: int) -> Part | None:
    lines = _lines(block)
    if not any(line.strip() for line in lines):
        return None
    if isinstance(block, Small) and len(block.text) <= min(most, NOTE):
        return Note(shortened(block.text, NOTE))
    heads = _heads(block, len(lines))
    rooms = shares([len(escape(line)) for line in lines], most - sum(map(len, heads)) - len(lines))
    shown = [head + inert(line, room) for head, line, room in zip(heads, lines, rooms, strict=True)]
    if isinstance(block, Table):
        shown[0] = f"**{inert(lines[0], max(rooms[0] - 4, 1))}**"
    return Text("\n".join(shown))


def _lines(block: Block) -> list[str]:
    """What of a block is shown, line by line."""
    match block:
        case Paragraph(text):
            return [line for line in text.splitlines() if line.strip()]
        case Small(text):
            return [text]
        case Pairs(pairs):
            return [f"{label}  {text}" for label, text in pairs[:ROWS]]
        case Listing(texts, _):
            return list(texts[:ROWS])
        case Table(heads, rows):
            return [" · ".join(filter(None, row)) for row in (heads, *rows[:ROWS])]


def _heads(block: Block, n: int) -> list[str]:
    if not isinstance(block, Listing):
        return [""] * n
    return [f"{at}. " if block.numbered else "• " for at in range(1, n + 1)]
