"""A form: at most five questions in one window, the same on both platforms, and the answers it brings back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from chat.action import Action
from chat.errors import LimitError
from chat.message import LABEL, PICKER_OPTIONS, within

FORM_TITLE, QUESTION_LABEL, HINT, ANSWER, QUESTIONS, INTRO = 24, 45, 100, 3_000, 5, 300


@dataclass(frozen=True, slots=True)
class Ask:
    """A question answered in the member's own words. `hint` stands in the empty field, `value` is already typed."""

    key: str
    label: str
    hint: str = ""
    value: str = ""
    required: bool = True
    long: bool = False
    least: int = 0
    most: int = 300

    def __post_init__(self) -> None:
        within(f"the label of question {self.key!r}", self.label, QUESTION_LABEL)
        within(f"the hint of question {self.key!r}", self.hint, HINT, least=0)
        if not 0 <= self.least <= self.most <= ANSWER or self.most < 1:
            raise LimitError(f"question {self.key!r}: 0 <= least <= most <= {ANSWER} is required")
        within(f"the value of question {self.key!r}", self.value, self.most, least=0)


@dataclass(frozen=True, slots=True)
class Choose:
    """A question answered by choosing; options are (value, label). `many` allows several."""

    key: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: tuple[str, ...] = ()
    required: bool = True
    many: bool = False
    hint: str = ""

    def __post_init__(self) -> None:
        within(f"the label of question {self.key!r}", self.label, QUESTION_LABEL)
        within(f"the hint of question {self.key!r}", self.hint, HINT, least=0)
        if not 1 <= len(self.options) <= PICKER_OPTIONS:
            raise LimitError(f"question {self.key!r} has {len(self.options)} options, allowed 1 to {PICKER_OPTIONS}")
        for value, label in self.options:
            within(f"an option of question {self.key!r}", label, LABEL)
            within(f"an option value of question {self.key!r}", value, 75)
        values = [value for value, _ in self.options]
        if len(set(values)) != len(values):
            raise LimitError(f"question {self.key!r} has the same option value twice")
        if not set(self.chosen) <= set(values) or (not self.many and len(self.chosen) > 1):
            raise LimitError(f"question {self.key!r}: what is chosen must be among its options, one unless many")


Question = Ask | Choose


@dataclass(frozen=True, slots=True)
class Form:
    """A window of one to five questions; sending it takes the action `then` with the answers. `intro`: plain words
    above the questions; where five of them leave no room for it (Discord) it is left out. `sealed`: what is typed is
    kept sealed by the command or not at all, so a platform writes no draft of it down."""

    title: str
    questions: tuple[Question, ...]
    then: Action
    send: str = "OK"  # the button's word, at most 24 characters
    close: str = "Cancel"  # the word that closes it unsent; the dispatcher says it in the member's language
    intro: str = ""
    sealed: bool = False

    def __post_init__(self) -> None:
        within("a Form's title", self.title, FORM_TITLE)
        within("a Form's send button", self.send, 24)
        within("a Form's close button", self.close, 24)
        within("a Form's intro", self.intro, INTRO, least=0)
        if not 1 <= len(self.questions) <= QUESTIONS:
            raise LimitError(f"a Form has {len(self.questions)} questions, allowed 1 to {QUESTIONS}: make it two steps")
        keys = [question.key for question in self.questions]
        if len(set(keys)) != len(keys):
            raise LimitError("two questions of a Form have the same key")
        self.then.wire()


@dataclass(frozen=True, slots=True)
class Answers:
    """What came back, by question key. Absent answers read as empty."""

    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict[str, str | tuple[str, ...]])

    def text(self, key: str) -> str:
        """The typed words, outer white space removed."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ",".join(value)

    def chosen(self, key: str) -> tuple[str, ...]:
        """The chosen values, possibly none."""
        value = self.values.get(key, ())
        return ((value,) if value else ()) if isinstance(value, str) else value
