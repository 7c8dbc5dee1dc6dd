"""A worksheet as a pack declares it: steps of small forms, the questions a check may ask, and what becomes of it.

Nothing here is about one worksheet. What a declaration names (checks, results, conditions) are pure functions of
`sheets/`; what a member wrote is a `sheets.sheet.Sheet`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from content.common import Status
from content.text import Localised

FieldKind = Literal["text", "lines", "number", "date", "choice", "choices", "item", "items"]
"""`lines`: one thing a line, each with an id of its own for life. `item`, `items`: one or several of such lines."""


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen. `open`: whoever chooses it has a question left, which the sheet prints as an open one."""

    value: str
    label: Localised
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question. `most`: characters of a text, or of each line. `lines`: how few and how many of them. `grow`: what
    is typed is added to the lines there are, instead of replacing them. `range`: of a number, both ends allowed.
    `over`: whose lines an item is one of, as "step.field"; `reworded` as of a part."""

    key: str
    kind: FieldKind
    label: Localised
    hint: Localised | None = None
    required: bool = False
    most: int = 300
    long: bool = False
    lines: tuple[int, int] = (0, 25)
    grow: bool = False
    range: tuple[int, int] = (0, 0)
    options: tuple[Option, ...] = ()
    over: str = ""
    reworded: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One window of a step. `form`: all its fields (at most five) at once. `taps`: one field after the other, by
    buttons in a message. `each`: the form once for every line of the field `over`; `quick` is the field that can be
    answered by buttons beside the line, without a form. `reworded`: fields, as "step.part.field" with spaces between,
    where lines of `over` were put into other words; the last of these is what is shown of a line, and the line itself
    stays. `when`: see sheets/conditions.py; "" always."""

    key: str
    kind: Literal["form", "taps", "each"]
    short: Localised
    fields: tuple[Field, ...]
    over: str = ""
    quick: str = ""
    reworded: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Advice after a step was saved, never a lock. `id`: the pure function that decides; `on`: the field it reads, ""
    for the whole step. `ask` may hold {words}: what the function found. `buttons`, at most three, of: "rewrite" (the
    form again), "keep" (always there), "later" (keep, for now), "step:<key>" (back to a step), "sheet:<slug>" (begin
    another worksheet), "find-host" (`/interview-match find`)."""

    id: str
    on: str
    ask: Localised
    buttons: tuple[str, ...] = ("rewrite", "keep")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`numbered`: counts in "step 2 of 5". `when`: the step exists only while this holds. `done`: conditions that all
    hold once there is enough to go on. `results`: pure functions whose blocks are shown once the step is saved."""

    key: str
    short: Localised  # at most 24 characters: the title of a window
    title: Localised
    intro: Localised
    parts: tuple[Part, ...]
    numbered: bool = True
    when: str = ""
    checks: tuple[Check, ...] = ()
    done: tuple[str, ...] = ()
    results: tuple[str, ...] = ()

    def part(self, key: str) -> Part | None:
        """The part of this key."""
        return next((part for part in self.parts if part.key == key), None)

    def field(self, key: str) -> Field | None:
        """The field of this key, in whatever part."""
        return next((field for part in self.parts for field in part.fields if field.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """A good end before the last step: as soon as `when` holds after a step was saved, the sheet is complete and the
    member reads `say`."""

    when: str
    say: Localised


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said to a letter by one button, and the sentence that is kept with the sheet when it is."""

    value: str
    label: Localised
    kept: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A letter, once, to who asked for it. `after`: days without a touch while the sheet is open, or, with the step
    `since`, days after that step was first saved; or `on`: a field ("step.field") of kind date, or a result function
    that gives a date. `when`: there is a reason for it while this holds.

    What may be done right in it: `opens`, the part ("step.part") a button goes to; `into`, a field of kind item that
    one of its lines is chosen for; `options`, answers that are kept as a remark. `quotes`: the list whose first line
    that stands on no later sheet is {line} in `ask`; without such a line there is no letter."""

    key: str
    ask: Localised
    after: int = 0
    since: str = ""
    on: str = ""
    when: str = ""
    opens: str = ""
    into: str = ""
    options: tuple[Said, ...] = ()
    quotes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPlan:
    """The share card: labelled answers ("step.field", or several of them with spaces between; the first four that have
    something to say are shown), a badge (a result function), dots (fields: filled when answered, or a result function).
    """

    rows: tuple[tuple[Localised, str], ...]
    badge: str = ""
    dots: tuple[tuple[Localised, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """A worksheet that may follow. `lines`: a list ("step.field") each line of which may begin one of its own; there it
    stands in the field `into` to begin with."""

    slug: str
    lines: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gather:
    """What can be taken over into the list `into`: of sheets of the worksheets `of` (slugs) their lines, or what each
    is called. `ask`: on the button that begins this worksheet with them, where there are two or more."""

    of: tuple[str, ...]
    into: str
    ask: Localised


Example = Mapping[str, Localised] | tuple[Mapping[str, Localised], ...]
"""Of a form or taps: field -> as it would be typed: an option by its value, several with commas; lines one below the
other; an item by its place among the lines, from 1, several with commas. Of an each: one such map a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worksheet:
    """`slug`: how it is named by commands, `/scope` or `/step <slug>`. `names`: the field whose answer names a sheet.
    `example`: "step.part" -> answers, a whole sheet filled in. `finish`: said at the last step. `results` stand
    at the head of the sheet. `words`: what opens it behind `/step`, also with "new", "open" or "export" after it.
    `same`: fields that say what a sheet is about; who begins a second one on the same paper is told of the first."""

    id: str
    rev: int
    status: Status
    sources: tuple[str, ...]
    slug: str
    name: Localised  # at most 40
    short: Localised  # at most 24
    about: Localised
    aliases: tuple[str, ...]
    names: str
    steps: tuple[Step, ...]
    finishes: tuple[Finish, ...]
    finish: Localised
    follows: tuple[Follow, ...]
    card: CardPlan
    results: tuple[str, ...]
    next: tuple[Next, ...]
    example: Mapping[str, Example]
    words: tuple[str, ...] = ()
    gather: Gather | None = None
    same: tuple[str, ...] = ()

    def step(self, key: str) -> Step | None:
        """The step of this key."""
        return next((step for step in self.steps if step.key == key), None)
