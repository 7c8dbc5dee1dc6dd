"""/reflect: three optional lines about the week, and the lines of weeks before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

from chat.form import Answers
from chat.markup import clean
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import today
from commands._registry import Option, _, answers, command
from commands._tap import tapped
from content.done_card import welcome_back
from content.fold import fold
from content.reflection_card import (
    EMPTY,
    LINE,
    ONE,
    WEEK,
    Lines,
    ReflectionAsked,
    ReflectionGiven,
    ReflectionShrunk,
    one_line_form,
    reflection_form,
    week_card,
    weeks_card,
)
from content.weekly_questions import question_by, question_of
from store import Tx
from store.reflections import Reflection

_LIST = frozenset({"list", "past", "weeks", "列表", "以前", "往周"})
EACH = ("tried", "noticed", "next")
PAST = 12  # weeks looked back on


@command("reflect", _("Three optional lines about your week, and those of weeks before"))
async def reflect(
    call: Call, what: Annotated[str, Option(_("list shows past weeks"), choices=(("list", _("Past weeks")),))] = ""
) -> Reply:
    """This week's form, or what was written before."""
    if fold(what) in _LIST:
        return await _past(call)
    async with call.store.begin() as tx:
        day = today(call, (await tapped(tx, call)).nudge)
        kept = await _of_week(tx, call, day)
    return reflection_form(call.say, kept.day if kept else day, "", _lines(kept))


@answers(ReflectionAsked)
async def ask(call: Call, pressed: ReflectionAsked) -> Reply:
    """The form of that week, with the lines there are."""
    day, kept = await _opened(call, pressed.day)
    return reflection_form(call.say, day, pressed.delivery, _lines(kept))


@answers(ReflectionShrunk)
async def ask_one(call: Call, pressed: ReflectionShrunk) -> Reply:
    """The same with one line."""
    day, kept = await _opened(call, pressed.day)
    return one_line_form(call.say, day, pressed.delivery, _lines(kept))


@answers(ReflectionGiven)
async def keep(call: Call, given: ReflectionGiven, typed: Answers) -> Reply:
    """Keeps the lines and shows the week; nothing written is fine too, and a look back is the day's step."""
    person = f"{call.person.space.key}|{call.person.id}"
    question = question_of(given.day, person, call.member.optins)
    async with call.store.begin() as tx:
        tap = await tapped(tx, call)
        was = _lines(await _of_week(tx, call, given.day))
        lines = replace(was, **{key: _one(typed, key) for key in ([ONE] if given.line == ONE else EACH)})
        await tx.reflections.keep(
            call.person, Reflection(given.day, lines.tried, lines.noticed, lines.next, question.idea)
        )
        await _answer(tx, call, given)
        days = await tx.deliveries.days(call.person, given.day - timedelta(days=WEEK - 1))
        shown = sum(day <= given.day for day in days)
    asked = question_by(question.idea)
    back = welcome_back(call.say, tap.when(call))
    return Edit(week_card(call.say, given.day, shown, lines, asked, back=back))


async def _answer(tx: Tx, call: Call, given: ReflectionGiven) -> None:
    """The card of that week has its answer, also when the lines came by `/reflect`."""
    for row in await tx.deliveries.recent(call.person, 20):
        if row.id == given.delivery or (row.kind == "reflection" and _monday(row.day) == _monday(given.day)):
            await tx.deliveries.answer(call.person, row.id, "done", call.now)


async def _opened(call: Call, day: date) -> tuple[date, Reflection | None]:
    """To open a form is a tap. The day its week is kept under, and what there is."""
    async with call.store.begin() as tx:
        await tapped(tx, call)
        kept = await _of_week(tx, call, day)
    return (kept.day if kept else day), kept


async def _past(call: Call) -> Message:
    async with call.store.begin() as tx:
        kept = await tx.reflections.recent(call.person, limit=PAST)
    return weeks_card(call.say, [(one.day, _lines(one)) for one in kept])


async def _of_week(tx: Tx, call: Call, day: date) -> Reflection | None:
    """The lines of the week that holds the day, Monday to Sunday."""
    kept = await tx.reflections.recent(call.person, since=_monday(day), limit=PAST)
    return next((one for one in kept if _monday(one.day) == _monday(day)), None)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _lines(kept: Reflection | None) -> Lines:
    return Lines(kept.tried, kept.noticed, kept.next) if kept else EMPTY


def _one(typed: Answers, key: str) -> str:
    return " ".join(clean(typed.text(key)).split())[:LINE]
