"""/nudge history: the days somebody showed up and the steps they took; the days between are nobody's business."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chat.action import Action
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Picture, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import mine, today
from commands._registry import _, answers, command
from commands.nudge import HomeShown, StepNow
from content.days_picture import days_alt, days_picture
from content.library import Library
from content.say import Say
from habit.days import dots, shown
from store.deliveries import STEPS, Delivery

PAGE = 5
MOST = 2_000
"""Rows looked through: some five years of daily steps."""


@dataclass(frozen=True)
class HistoryShown(Action, name="history-shown"):
    """Turn this message to a page of the steps I took, the newest first."""

    page: int


@command("nudge history", _("Days shown up, and the steps you took"), also=("历史", "记录"))
async def history(call: Call) -> Reply:
    """The newest five."""
    return await _page(call, 0)


@answers(HistoryShown)
async def show_history(call: Call, pressed: HistoryShown) -> Reply:
    """Another five."""
    return Edit(await _page(call, pressed.page))


async def _page(call: Call, page: int) -> Message:
    nudge = await mine(call)
    async with call.store.begin() as tx:
        days = await tx.deliveries.days(call.person)
        rows = await tx.deliveries.recent(call.person, MOST)
    taken = [row for row in rows if row.kind in STEPS and row.answer in {"done", "shrunk"}]
    day = today(call, nudge)
    marks = dots(days, day)
    picture = await asyncio.to_thread(days_picture, marks) if any(marks) else None
    last = max(0, (len(taken) - 1) // PAGE)
    return history_card(call.say, call.library, days, day, taken, min(max(page, 0), last), picture)


def history_card(
    say: Say,
    library: Library,
    days: Sequence[date],
    today_: date,
    taken: Sequence[Delivery],
    page: int,
    picture: bytes | None,
) -> Message:
    """Total, n of the last 28, the picture, and one page of the steps taken. `taken`: newest first."""
    mine_ = Button(say("My page"), HomeShown())
    if not taken:
        text = Text(say("Your first step will stand here, whenever it comes."))
        return Message(
            say("Your days"), (text, Row((Button(say("My first ten seconds"), StepNow(), "primary"), mine_)))
        )
    total, recent = shown(days, today_)
    parts: list[Part] = [
        Text(f"{say.plural('{n} day shown up', '{n} days shown up', total)} · {say('{n} of the last 28', n=recent)}")
    ]
    if picture is not None:
        parts.append(Picture(picture, days_alt(say, recent), "days.png"))
    rows = taken[page * PAGE : (page + 1) * PAGE]
    parts.append(Text("\n".join(_line(say, library, row) for row in rows)))
    pages = (len(taken) - 1) // PAGE + 1
    if pages > 1:
        parts.append(Note(say("Page {n} of {all}", n=page + 1, all=pages)))
    row: list[Button] = []
    if page > 0:
        row.append(Button(say("Newer"), HistoryShown(page - 1)))
    if page + 1 < pages:
        row.append(Button(say("Older"), HistoryShown(page + 1)))
    parts.append(Row((*row, mine_)))
    return Message(say("Your days"), tuple(parts))


def _line(say: Say, library: Library, row: Delivery) -> str:
    prompt = library.prompts.get(row.subject)
    title = prompt.title.get(say.lang) if prompt else say("a step that is retired since")
    note = f"\n  _{escape(row.note)}_" if row.note else ""
    return f"• {escape(say.date(row.day))}: **{escape(title)}**{note}"
