"""What the buttons of our messages share: whose row it is, the card of an answer given, the one offer below it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

from chat.errors import Tellable
from chat.message import Message, Note, Part
from commands._call import Call
from commands._names import size
from commands._nudges import recipe_of, today
from content.celebrate import celebration, joy
from content.done_card import After, counted_card, done_card
from content.offer_card import OfferName, offer_parts
from content.prompts import Prompt
from content.recall_card import graded_card
from content.step_card import not_today_card
from habit.days import shown
from habit.ladder import DOSES, easier, harder
from habit.taper import REST, easier_offer, offer
from store import Tx
from store.deliveries import Delivery
from store.nudges import Nudge

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SETTLED = ":settled"
"""Behind an offer's name it stands among the offers made, with the day on which the member said yes or no to it."""
SHRUNK = "shrunk"
"""`extra` of a step that was shrunk before it was done."""


async def own(tx: Tx, call: Call, delivery_id: str) -> Delivery:
    """The row, if it is this member's in this space: an id in a button is no authority. Raises Tellable."""
    delivery = await tx.deliveries.get(call.person, delivery_id)
    if delivery is None:
        raise Tellable(call.say("This step is not among yours. `/nudge now` gives you a fresh one."))
    return delivery


def prompt_of(call: Call, delivery: Delivery) -> Prompt:
    """The step of a row. Raises Tellable when the pack no longer has it."""
    prompt = call.library.prompts.get(delivery.subject)
    if prompt is None:
        raise Tellable(call.say("This step has been retired since. `/nudge now` gives you a fresh one."))
    return prompt


async def celebrate(tx: Tx, call: Call, delivery: Delivery) -> str:
    """The id of the line for this answer: none that was used within the last week."""
    recent = await tx.deliveries.recent(call.person, 100)
    used = [row for row in recent if row.celebration and row.answered_at and call.now - row.answered_at < WEEK]
    used.sort(key=lambda row: row.answered_at or row.planned_at, reverse=True)
    return celebration(call.library, seed=delivery.id, recent=[row.celebration or "" for row in used])


async def answered(
    tx: Tx, call: Call, delivery: Delivery, *, back: str = "", settled: tuple[Part, ...] = ()
) -> Message:
    """The card of the answer given first, so that a second press shows the same. `back`: when the next step comes,
    after a return; `settled`: what came of an offer."""
    prompt = call.library.prompts.get(delivery.subject)
    if delivery.answer == "not_today":
        return not_today_card(call.say, prompt.title.get(call.say.lang) if prompt else "")
    nudge = await tx.nudges.get(call.person)
    now = today(call, nudge)
    total, recent = shown(await tx.deliveries.days(call.person), now)
    line = call.library.celebrations.get(delivery.celebration or "")
    words = line.get(call.say.lang) if line else "✓"
    if prompt is None:
        return counted_card(call.say, words, total, recent)
    if delivery.extra == "recall":
        learned = await tx.recalls.get(call.person, prompt.id)
        again = call.say.date(learned.due) if learned and now < learned.due < date.max else ""
        return graded_card(call.say, prompt, words, total, recent, again=again, back=back)
    recipe = recipe_of(nudge) if nudge else None
    old = call.now - (delivery.sent_at or delivery.planned_at) > DAY
    after = After(
        delivery=delivery.id,
        small=delivery.dose == 0 or delivery.extra == SHRUNK,
        back=back,
        sent_on=call.say.date(delivery.day) if old else "",
        note=delivery.note or "",
        offer=settled or _asked(call, nudge, delivery, now),
    )
    return done_card(call.say, prompt, joy(call.say, prompt, recipe, words, seed=delivery.id), total, recent, after)


async def make_offer(tx: Tx, call: Call, nudge: Nudge) -> None:
    """After Done: writes down the one offer that fits today, if any; the card then shows it (R9, R21)."""
    now = today(call, nudge)
    made = offer(nudge.standing(), await tx.deliveries.days(call.person), now, _made(nudge))
    if made is not None:
        await tx.nudges.change(call.person, call.now, offered={**nudge.offered, made: now})


async def offers_easier(tx: Tx, call: Call, nudge: Nudge) -> bool:
    """After "Shrink it": whether two in a row suggest a smaller size, at most once in a while. Writes it down."""
    now = today(call, nudge)
    made = nudge.offered.get("easier")
    if nudge.offered.get("easier" + SETTLED) == now or (made is not None and made != now and now - made <= REST):
        return False
    rows = [row for row in await tx.deliveries.recent(call.person, 20) if row.answer in {"done", "shrunk"}]
    answers = [SHRUNK if row.extra == SHRUNK else str(row.answer) for row in reversed(rows[:2])]
    if not easier_offer(answers, nudge.dose):
        return False
    await tx.nudges.change(call.person, call.now, offered={**nudge.offered, "easier": now})
    return True


def offer_size(call: Call, name: OfferName, nudge: Nudge) -> str:
    """The size an offer would lead to, in words."""
    rung = easier(nudge.dose) if name == "easier" else harder(nudge.dose)
    return size(call.say, rung)


def offer_said(text: str) -> tuple[Part, ...]:
    """What came of an offer, in its place."""
    return (Note(text),) if text else ()


def _asked(call: Call, nudge: Nudge | None, delivery: Delivery, now: date) -> tuple[Part, ...]:
    """The offer made today, until it is settled; "easier" stands on the shrunk card and not here."""
    if nudge is None or not nudge.runs:
        return ()
    for name in get_args(OfferName):
        if name != "easier" and nudge.offered.get(name) == now != nudge.offered.get(name + SETTLED):
            return offer_parts(call.say, name, delivery.id, offer_size(call, name, nudge))
    return ()


def _made(nudge: Nudge) -> dict[str, date]:
    return {name: day for name, day in nudge.offered.items() if not name.endswith(SETTLED)}


def seconds(delivery: Delivery) -> int:
    """The size a row is shown at."""
    return DOSES[delivery.dose]
