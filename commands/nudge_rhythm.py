"""/nudge rhythm and /nudge reflect: daily or weekly, and whether the week gets a moment of looking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from chat.action import Action
from chat.errors import Mistakes, Tellable
from chat.form import Answers, Ask, Choose, Form
from chat.markup import clean, escape
from chat.message import Button, Message, Note, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._names import reflection, rhythm_name
from commands._nudges import Moved, change_week, moment_text, running
from commands._read import read_time, read_when
from commands._registry import Option, _, answers, command
from commands.nudge import HomeShown
from commands.nudge_time import day_words
from content.fold import fold
from content.say import Say

SUNDAY, EVENING = 6, time(17)
_WEEKLY = frozenset({"weekly", "week", "once a week", "每周", "每周一次", "一周一次"})
_DAILY = frozenset({"daily", "day", "every day", "每天", "每日"})
_ON, _OFF = frozenset({"on", "yes", "开", "开启", "打开"}), frozenset({"off", "no", "stop", "关", "关闭", "停"})


@dataclass(frozen=True)
class RhythmChosen(Action, name="rhythm"):
    """ "daily" or "weekly"."""

    rhythm: str


@dataclass(frozen=True)
class ReflectAsked(Action, name="reflect-asked"):
    """Show me how it stands with the weekly reflection."""


@dataclass(frozen=True)
class ReflectSet(Action, name="reflect-set"):
    """On at its usual time, or off."""

    wanted: bool


@dataclass(frozen=True)
class ReflectTyped(Action, name="reflect-typed"):
    """Without answers: let me choose day and hour. With answers: these."""


@command("nudge rhythm", _("A step a day, or one a week"), also=("节奏", "频率"))
async def rhythm(
    call: Call,
    kind: Annotated[
        str, Option(_("daily or weekly"), choices=(("daily", _("Daily")), ("weekly", _("Once a week"))))
    ] = "",
) -> Reply:
    """Without a word, shows what is set."""
    if not kind.strip():
        nudge = await running(call)
        return rhythm_card(call.say, Moved(nudge, nudge.next_at, nudge.next_at))
    return await _set_rhythm(call, kind)


@answers(RhythmChosen)
async def choose_rhythm(call: Call, chosen: RhythmChosen) -> Reply:
    """The same by button."""
    return Edit(await _set_rhythm(call, chosen.rhythm))


async def _set_rhythm(call: Call, words: str) -> Message:
    nudge, asked = await running(call), fold(words)
    if asked in _WEEKLY:
        return rhythm_card(call.say, await change_week(call, nudge, rhythm="weekly"))
    if asked in _DAILY:
        return rhythm_card(call.say, await change_week(call, nudge, rhythm="daily"))
    raise Tellable(call.say("I know two rhythms: `/nudge rhythm daily` and `/nudge rhythm weekly`."))


async def reflect_words(call: Call, partial: str) -> Sequence[tuple[str, str]]:
    """On, off, or a day."""
    usual = [("on", call.say("On")), ("off", call.say("Off")), *(await day_words(call, ""))[3:]]
    return [pair for pair in usual if partial.strip().casefold() in pair[0] + pair[1].casefold()]


@command("nudge reflect", _("A weekly look back in that day's place: on, off, or a day and hour"), also=("回顾",))
async def reflect(
    call: Call,
    day: Annotated[str, Option(_("on, off, or a day such as fri"), complete=reflect_words)] = "",
    at: Annotated[str, Option(_("an hour such as 17:00"))] = "",
) -> Reply:
    """Without a word, shows what is set."""
    nudge = await running(call)
    words = clean(f"{day} {at}").strip()
    if not words:
        return reflect_card(call.say, Moved(nudge, nudge.next_at, nudge.next_at))
    if fold(words) in _OFF:
        return await _set_reflection(call, None, None)
    first, _blank, rest = words.partition(" ")
    switched_on = fold(first) in _ON
    found = (None, None) if switched_on and not rest else read_when(rest if switched_on else words)
    if found is None or (found[1] is not None and len(found[1]) != 1):
        raise Tellable(call.say("I read `/nudge reflect on`, `off`, or one day and an hour such as `fri 17:00`."))
    hour, days = found
    weekday = min(days) if days else nudge.reflect_day
    return await _set_reflection(call, SUNDAY if weekday is None else weekday, hour or nudge.reflect_at or EVENING)


@answers(ReflectAsked)
async def ask_reflect(call: Call, pressed: ReflectAsked) -> Reply:
    """How it stands."""
    nudge = await running(call)
    return Edit(reflect_card(call.say, Moved(nudge, nudge.next_at, nudge.next_at)))


@answers(ReflectSet)
async def set_reflect(call: Call, chosen: ReflectSet) -> Reply:
    """The usual Sunday at five, or none."""
    day, at = (SUNDAY, EVENING) if chosen.wanted else (None, None)
    return Edit(await _set_reflection(call, day, at))


@answers(ReflectTyped)
async def reflect_typed(call: Call, pressed: ReflectTyped, typed: Answers) -> Reply:
    """The button opens the form; the form sets it."""
    nudge, say = await running(call), call.say
    day = nudge.reflect_day if nudge.reflect_day is not None else SUNDAY
    if not typed.values:
        return reflect_form(say, day, say.time(nudge.reflect_at or EVENING))
    words = clean(typed.text("at")).strip()[:100]
    at, chosen = read_time(words), typed.text("day")
    day = int(chosen) if chosen in {str(n) for n in range(7)} else day
    if at is None:
        raise Mistakes({"at": say("I read times such as 08:30 or 8:30 pm.")}, reflect_form(say, day, words))
    return await _set_reflection(call, day, at)


async def _set_reflection(call: Call, day: int | None, at: time | None) -> Message:
    return reflect_card(call.say, await change_week(call, await running(call), reflect_day=day, reflect_at=at))


def rhythm_card(say: Say, moved: Moved) -> Message:
    """What is set, when the next step comes, and the other rhythm."""
    nudge = moved.nudge
    other = "daily" if nudge.rhythm == "weekly" else "weekly"
    text = (
        say("One step a week, on {days}.", days=say.weekdays(nudge.week[0].days))
        if nudge.rhythm == "weekly"
        else say("One step a day, on the days you chose.")
    )
    row = (Button(rhythm_name(say, other), RhythmChosen(other)), Button(say("My page"), HomeShown()))
    return Message("", (Text(text), *_next(say, moved), Row(row)))


def reflect_card(say: Say, moved: Moved) -> Message:
    """What is set, and every way to change it."""
    nudge = moved.nudge
    other = Button(say("Another day or hour"), ReflectTyped())
    mine = Button(say("My page"), HomeShown())
    what = Note(say("Three short questions, all optional, in that day's place. The first comes after a week."))
    if nudge.reflect_day is None:
        on = Button(say("On, Sunday 17:00"), ReflectSet(wanted=True), "primary")
        return Message("", (Text(say("The weekly look back is **off**.")), what, Row((on, other, mine))))
    when = escape(reflection(say, nudge.reflect_day, nudge.reflect_at))
    text = Text(say("The weekly look back comes **{when}**.", when=when))
    return Message(
        "", (text, what, *_next(say, moved), Row((other, Button(say("Off"), ReflectSet(wanted=False)), mine)))
    )


def _next(say: Say, moved: Moved) -> tuple[Text, ...]:
    if moved.after is None:
        return (Text(say("Quiet until you say so.")),)
    when = moment_text(say, moved.after, moved.nudge.schedule.zone)
    return (Text(say("Next step: {when}", when=escape(when))),)


def reflect_form(say: Say, day: int, at: str) -> Form:
    """Day and hour."""
    days = tuple((str(n), say.weekday(n)) for n in range(7))
    ask = Ask("at", say("At what hour?"), hint="17:00", value=at, least=1, most=100)
    return Form(
        say("Weekly look back"),
        (Choose("day", say("On which day?"), days, (str(day),)), ask),
        ReflectTyped(),
        say("Keep it"),
    )
