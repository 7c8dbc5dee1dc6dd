"""What a member wrote on a worksheet: a value, changed only by the functions of this room and stored as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from chat.people import Space

SheetState = Literal["open", "done", "away"]
"""`away`: put away unfinished by its owner; it can be taken out again. Only open ones count towards the ten."""
OPEN_MOST = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list. Its id is its own for life, so what later steps say of it survives an edit."""

    id: int
    text: str


Value = str | tuple[str, ...] | tuple[Item, ...]
"""text, number ("4"), date (ISO), choice and item (its id as text): str. choices, items: texts. lines: items."""
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in one step. `values` of its forms and taps; `each`: part -> item's id -> values. `version`: the
    sheet's, when this step was last changed. `recheck`: why it is to be looked at again after a step before it
    changed, "" when it is not. `kept`: checks whose advice the member decided to leave, as "check" or "check/field".
    `first_on`: the day it was first saved, on the calendar of who saved it."""

    values: Values = field(default_factory=dict[str, Value])
    each: Mapping[str, Mapping[int, Values]] = field(default_factory=dict[str, Mapping[int, Values]])
    version: int = 0
    saved_at: datetime | None = None
    recheck: str = ""
    kept: frozenset[str] = frozenset()
    first_on: date | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody went back, and why: good work, and printed as such."""

    at: datetime
    from_: str
    to: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet. Who owns it, may comment and holds the pen stands beside it (store/sheet_people.py), for people come
    and go. `worksheet`: the slug. `step`: where its owner is. `next_id`: of the next line. `version` 0: not yet.
    """

    space: Space
    id: str
    worksheet: str
    lang: Literal["en", "zh-CN"]
    state: SheetState = "open"
    step: str = ""
    steps: Mapping[str, Filled] = field(default_factory=dict[str, Filled])
    history: tuple[Return, ...] = ()
    next_id: int = 1
    created_at: datetime | None = None
    updated_at: datetime | None = None
    version: int = 0

    def value(self, ref: str) -> Value | None:
        """What stands at "step.field"; None when nothing does."""
        step, _, key = ref.partition(".")
        return self.steps[step].values.get(key) if step in self.steps else None

    def items(self, ref: str) -> tuple[Item, ...]:
        """The lines at "step.field"."""
        found = self.value(ref)
        return tuple(one for one in found if isinstance(one, Item)) if isinstance(found, tuple) else ()
