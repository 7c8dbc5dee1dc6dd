"""What cards of introductions are made of: who stands on them, in three lines each, and the way out below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.markup import clean, escape
from chat.message import Button, Row
from chat.people import Person
from content.introduction_ways import BlockAsked, ReportAsked
from content.say import Say
from content.talk_times import Clock

NAME = 40
"""Characters of a first name that stand in a title."""


@dataclass(frozen=True, slots=True)
class On:
    """What a card's buttons carry: the introduction's id and the letter's."""

    introduction: str
    letter: str


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody in an introduction: their platform's id, the first name they typed, their clock, and some lines about
    them in the dialect."""

    person: Person
    call_me: str
    zone: str
    lines: tuple[str, ...]

    @property
    def short(self) -> str:
        """The name, for a title."""
        return clean(self.call_me).strip()[:NAME] or "?"

    @property
    def clock(self) -> Clock:
        """The name, for a time."""
        return self.short, self.zone


def way_out(say: Say, on: On) -> Row:
    """Below every card on which somebody else stands."""
    return Row(
        (
            Button(say("Block"), BlockAsked(on.introduction, on.letter)),
            Button(say("Report"), ReportAsked(on.introduction, on.letter)),
        )
    )


def seeker_lines(
    say: Say, call_me: str, role: str, industry: str, curious: Sequence[str], speaks: str
) -> tuple[str, ...]:
    """What is said of who asks, from what they typed or chose, unescaped; what was not said is left out."""
    towards = " · ".join(escape(word) for word in (role, industry) if word)
    asks = [escape(one) for one in curious]
    return _lines(
        f"**{escape(call_me)}**" + (f" · {say('growing into: {role}', role=towards)}" if towards else ""),
        say("Curious about: {what}", what=asks[0]) if len(asks) == 1 else "",
        "\n".join((say("Curious about:"), *(f"• {one}" for one in asks))) if len(asks) > 1 else "",
        say("Speaks {languages}", languages=escape(speaks)) if speaks else "",
    )


def host_lines(
    say: Say, call_me: str, role: str, industry: str, topics: Sequence[str], about: str, speaks: str
) -> tuple[str, ...]:
    """What is said of who answers, as `seeker_lines`."""
    does = " · ".join(escape(word) for word in (role, industry) if word)
    can = " · ".join(escape(one) for one in (*topics, about) if one)
    return _lines(
        f"**{escape(call_me)}**" + (f" · {does}" if does else ""),
        say("Can talk about: {what}", what=can) if can else "",
        say("Speaks {languages}", languages=escape(speaks)) if speaks else "",
    )


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
