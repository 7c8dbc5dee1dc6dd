"""What an owner sees of a round before members do: its groups, a swap and its price, yes or two days more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chat.action import Action
from chat.markup import clean, escape
from chat.message import Button, Choice, Message, Note, Part, Picker, Row, Text
from content import round_words as words
from content.round_ways import (
    RoundApproved,
    RoundHeld,
    RoundNotices,
    RoundReported,
    RoundShown,
    RoundSwapTyping,
    RoundSwapWith,
    tag,
)
from content.say import Say

NAME = 40
"""Characters of a first name that are shown."""


@dataclass(frozen=True, slots=True)
class Who:
    """A member by id and the first name they typed."""

    id: str
    name: str

    @property
    def short(self) -> str:
        """The name, plain."""
        return clean(self.name).strip()[:NAME] or "?"


@dataclass(frozen=True, slots=True)
class Item:
    """A group of the round (`number` from 1), or one who is left out (`number` 0). `why`: words in the reader's
    language; `fit` 0 to 1,000; `repeats`: pairs that met lately; `waited`: rounds, this one included."""

    number: int
    who: tuple[Who, ...]
    why: tuple[str, ...]
    fit: int = 0
    repeats: int = 0
    waited: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A page of a round. `open`: it waits for its owner. `goes_at`: when it goes out by itself; `zone` the reader's."""

    programme: str
    number: int
    version: int
    open: bool
    goes_at: datetime
    zone: str
    items: Sequence[Item]
    page: int
    pages: int
    placed: int
    left: int
    repeats: int
    fit: int
    here: str = ""
    told: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round that waits, for a notice."""

    programme: str
    number: int
    placed: int
    groups: int
    left: int
    goes_at: datetime
    zone: str


def notice_card(say: Say, round_: Waiting) -> Message:
    """To an owner, by direct message: no name in it, and no button, for outside of a guild Discord does not say who
    its owners are."""
    text = say(
        "Round {n} is matched. `/admin round` there shows it, if you like. It goes out by itself on {when}.",
        n=round_.number, when=escape(words.when(say, round_.goes_at, round_.zone)),
    )  # fmt: skip
    counts = say(
        "{placed} placed in {groups} groups, {left} left out.",
        placed=say.number(round_.placed), groups=say.number(round_.groups), left=say.number(round_.left),
    )  # fmt: skip
    where = words.channel_of(round_.programme)
    return Message(words.programme_title(say, round_.programme), (*where, Text(text), Note(counts)))


def preview_card(say: Say, shown: Preview) -> Message:
    """Five groups a page, and what an owner may do."""
    head = say(
        "{placed} placed, {left} left out, {repeats} meet again, mean fit {fit} of 1,000.",
        placed=say.number(shown.placed), left=say.number(shown.left), repeats=say.number(shown.repeats),
        fit=say.number(shown.fit),
    )  # fmt: skip
    where = words.channel_of(shown.programme, shown.here)
    parts: list[Part] = [*where, Text(head), *(Text(_item(say, item)) for item in shown.items)]
    if not shown.items:
        parts.append(Text(say("Nobody is in this round.")))
    if shown.open:
        goes = say("It goes out by itself on {when}.", when=words.when(say, shown.goes_at, shown.zone))
        parts += [Note(goes), *_swap_picker(say, shown), Row(_ways(say, shown))]
    parts.append(Row(_turns(say, shown)))
    title = say(
        "Round {n}: {programme}", n=shown.number, programme=words.programme_title(say, shown.programme, shown.here)
    )
    return Message(title, tuple(parts))


def not_matched_card(say: Say, programme: str, number: int, members: int, at: datetime, zone: str) -> Message:
    """There is a round, and no plan of it yet."""
    text = say(
        "Round {n} is matched on {when}; {members} take part so far.",
        n=number, when=escape(words.when(say, at, zone)), members=say.number(members),
    )  # fmt: skip
    row = Row((Button(say("Figures"), RoundReported(programme)),))
    return Message(words.programme_title(say, programme), (*words.channel_of(programme), Text(text), row))


def out_card(say: Say, programme: str, number: int) -> Message:
    """The newest round went out."""
    text = say("Round {n} is out; nothing waits for you.", n=number)
    row = Row((Button(say("Figures"), RoundReported(programme)),))
    return Message(words.programme_title(say, programme), (*words.channel_of(programme), Text(text), row))


def no_round_card(say: Say, programme: str) -> Message:
    """Nothing was planned yet."""
    text = say("There was no round yet. `/admin rounds` shows what is set up.")
    row = Row((Button(say("Figures"), RoundReported(programme)),))
    return Message(words.programme_title(say, programme), (*words.channel_of(programme), Text(text), row))


def which_programme_card(say: Say, programmes: Sequence[str], here: str, *, report: bool) -> Message:
    """Several programmes: which one."""

    def way(name: str) -> Action:
        return RoundReported(name) if report or name == "interviews" else RoundShown(name)

    shown = programmes[:25]
    lines = [words.numbered(say, n, name, here) for n, name in enumerate(shown, 1)]
    choices = tuple(
        Choice(f"{n}. {words.programme_title(say, name, here)}", way(name)) for n, name in enumerate(shown, 1)
    )
    text = "\n".join((say("Which one?"), *lines))
    return Message("", (Text(text), Picker(say("Choose a programme"), choices)))


def notices_card(say: Say, *, told: bool) -> Message:
    """Whether this owner hears of rounds."""
    if told:
        text = say("I write to you when a round is matched and waits for its owner.")
    else:
        text = say("I write to you about rounds no more. `/admin round` shows them whenever you like.")
    return Message("", (Text(text),))


def approved_card(say: Say, programme: str, number: int) -> Message:
    """It is on its way."""
    text = say("Round {n} goes out now. Each group hears of it by day, on its own clocks.", n=number)
    return Message(
        words.programme_title(say, programme),
        (
            *words.channel_of(programme),
            Text(text),
        ),
    )


def held_card(say: Say, programme: str, number: int, at: datetime, zone: str) -> Message:
    """Two days more."""
    text = say("Round {n} waits. It goes out by itself on {when}.", n=number, when=escape(words.when(say, at, zone)))
    row = Row((Button(say("Back"), RoundShown(programme, 1)),))
    return Message(words.programme_title(say, programme), (*words.channel_of(programme), Text(text), row))


def _item(say: Say, item: Item) -> str:
    names = escape(say.join(who.short for who in item.who))
    if not item.number:
        waits = say.plural("{n} round without a group", "{n} rounds without a group", item.waited)
        return f"**{say('Left out')}** · {names} · {escape(say.join((*item.why, waits)))}"
    again = (say("met lately"),) if item.repeats else ()
    why = say.join((*item.why, *again, say("fit {n}", n=item.fit)))
    return f"**{item.number}** · {names} · {escape(why)}"


def choice_label(say: Say, item: Item, who: Who) -> str:
    """Somebody in a list: "Ada · group 3"."""
    where = say("group {n}", n=item.number) if item.number else say("left out")
    return f"{who.short} · {where}"


def _swap_picker(say: Say, shown: Preview) -> tuple[Part, ...]:
    choices = tuple(
        Choice(choice_label(say, item, who), RoundSwapWith(shown.programme, shown.version, tag(who.id), 1))
        for item in shown.items
        for who in item.who
    )
    return (Picker(say("Swap somebody…"), choices[:25]),) if choices else ()


def _ways(say: Say, shown: Preview) -> tuple[Button, ...]:
    return (
        Button(say("It may go out"), RoundApproved(shown.programme, shown.version), "primary"),
        Button(say("Two more days"), RoundHeld(shown.programme, shown.version)),
        Button(say("Type two names"), RoundSwapTyping(shown.programme, shown.version)),
    )


def _turns(say: Say, shown: Preview) -> tuple[Button, ...]:
    row: list[Button] = []
    if shown.page > 1:
        row.append(Button(say("Earlier"), RoundShown(shown.programme, shown.page - 1)))
    if shown.page < shown.pages:
        row.append(Button(say("More"), RoundShown(shown.programme, shown.page + 1)))
    row.append(Button(say("Figures"), RoundReported(shown.programme)))
    label = say("No notices to me") if shown.told else say("Tell me of rounds")
    row.append(Button(label, RoundNotices(shown.programme, not shown.told)))
    return tuple(row)
