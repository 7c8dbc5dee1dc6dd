"""Yes and no to what an answered step may offer: weekly, stop, a bigger size, a smaller one."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from chat.errors import Tellable
from chat.platform import Edit, Reply
from commands._answered import SETTLED, answered, offer_said, offer_size, own, prompt_of
from commands._call import Call
from commands._nudges import change_week_in, moment_text, must_run, today
from commands._registry import answers
from commands._tap import tapped
from content.offer_card import OfferDeclined, OfferName, OfferTaken, well_built_card
from content.step_card import shrunk_card
from habit.days import shown
from habit.ladder import easier, harder
from store import Tx
from store.nudges import Nudge


@answers(OfferTaken)
async def take(call: Call, pressed: OfferTaken) -> Reply:
    """Does what was offered, also by an old button: it is the member's own wish. Once, also by a double click. That it
    was taken and what comes of it are one transaction: when that fails, the next press is the first."""
    name = _name(call, pressed.offer)
    async with call.store.begin() as tx:
        nudge, first = await _settle(tx, call, name, pressed.delivery)
        if not first:
            return None
        match name:
            case "stop":
                await tx.nudges.change(call.person, call.now, state="graduated", paused_until=None, next=None)
                total, _recent = shown(await tx.deliveries.days(call.person), today(call, nudge))
                return Edit(well_built_card(call.say, total))
            case "weekly":
                moved = await change_week_in(tx, call, nudge, rhythm="weekly")
                when = moved.after and moment_text(call.say, moved.after, nudge.schedule.zone)
                said = call.say("Once a week from now on.")
                if when is not None:
                    said = call.say("Once a week from now on. The next one: {when}.", when=when)
            case "harder" | "easier":
                rung = harder(nudge.dose) if name == "harder" else easier(nudge.dose)
                said = call.say("From the next one on: {size}.", size=offer_size(call, name, nudge))
                await tx.nudges.change(call.person, call.now, dose=rung)
        return await _again(tx, call, name, pressed.delivery, said)


@answers(OfferDeclined)
async def decline(call: Call, pressed: OfferDeclined) -> Reply:
    """All stays as it is, and the offer rests."""
    name = _name(call, pressed.offer)
    async with call.store.begin() as tx:
        _nudge, first = await _settle(tx, call, name, pressed.delivery)
        if not first:
            return None
        return await _again(tx, call, name, pressed.delivery, call.say("Good, all stays as it is."))


def _name(call: Call, offer: str) -> OfferName:
    for name in get_args(OfferName):
        if name == offer:
            return name
    raise Tellable(call.say("This button comes from another version of me. `/help` shows what works today."))


async def _settle(tx: Tx, call: Call, name: OfferName, delivery_id: str) -> tuple[Nudge, bool]:
    """Writes down that an offer was answered today, and gives back the nudge, and whether this was the first answer of
    the day. Raises Tellable when the nudge does not run."""
    await own(tx, call, delivery_id)
    nudge = must_run(call, (await tapped(tx, call)).nudge)
    if nudge.offered.get(name + SETTLED) == (now := today(call, nudge)):
        return nudge, False
    offered = {**nudge.offered, name + SETTLED: now}
    await tx.nudges.change(call.person, call.now, offered=offered)
    return replace(nudge, offered=offered), True


async def _again(tx: Tx, call: Call, name: OfferName, delivery_id: str, said: str) -> Reply:
    """The message the offer stood in, with what came of it."""
    delivery = await own(tx, call, delivery_id)
    if name == "easier" and delivery.answer == "shrunk":
        return Edit(shrunk_card(call.say, prompt_of(call, delivery), delivery.id, offer=offer_said(said)))
    return Edit(await answered(tx, call, delivery, settled=offer_said(said)))
