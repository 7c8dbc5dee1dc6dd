"""/nudge now, and the buttons of a step: Done, Shrink it, Not today."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._registry import _, answers, command
from content.celebrate import celebration
from content.nudge_card import (
    NudgeDone,
    NudgeNotToday,
    NudgeShrunk,
    done_card,
    not_today_card,
    shrunk_card,
    step_card,
)
from content.prompts import Prompt
from store.deliveries import Delivery, NewDelivery
from store.next_prompt import next_prompt

LAST_DAYS = 28


@command("nudge now", _("A small step right now, right here"), also=("现在",))
async def now(call: Call) -> Reply:
    """Today's open step again, or a new one; works without setting anything up and with closed direct messages."""
    return await step_now(call)


async def step_now(call: Call) -> Message:
    """The card of the step at hand."""
    today = call.now.astimezone(ZoneInfo(call.member.zone or "UTC")).date()
    async with call.store.begin() as tx:
        recent = await tx.deliveries.recent(call.person, 20)
        open_ = [row for row in recent if row.day == today and row.kind != "welcome" and row.answer in {None, "shrunk"}]
        delivery = next((row for row in open_ if row.state == "sent" and row.subject in call.library.prompts), None)
        if delivery is None:
            ordinal = sum(row.day == today and row.kind == "asked" for row in recent)
            prompt = await next_prompt(tx, call.library, call.person, today, ordinal)
            delivery = await tx.deliveries.plan_one(
                NewDelivery(call.person, "asked", today, call.now, ordinal, prompt.id, prompt.rev, state="sent")
            )
    if delivery is None:  # somebody pressed twice at the same moment: the other answer shows it
        raise Tellable(call.say("That step is on its way already."))
    return step_card(call.say, _prompt(call, delivery), delivery.id)


async def begin_step(call: Call, prompt: Prompt | None, topic: str = "") -> tuple[Prompt, Delivery]:
    """Writes down that the member takes this very step now, or one of a topic, so that its buttons count like those of
    any other. A sensitive step is never sent nor suggested unasked; who opens its topic and asks has asked."""
    today = call.now.astimezone(ZoneInfo(call.member.zone or "UTC")).date()
    async with call.store.begin() as tx:
        recent = await tx.deliveries.recent(call.person, 50)
        ordinal = sum(row.day == today and row.kind == "asked" for row in recent)
        prompt = prompt or await next_prompt(tx, call.library, call.person, today, ordinal, topic=topic)
        delivery = await tx.deliveries.plan_one(
            NewDelivery(call.person, "asked", today, call.now, ordinal, prompt.id, prompt.rev, state="sent")
        )
    if delivery is None:  # pressed twice at the same moment: the other answer shows it
        raise Tellable(call.say("That step is on its way already."))
    return prompt, delivery


@answers(NudgeDone)
async def done(call: Call, pressed: NudgeDone) -> Reply:
    """Counts the day once, however often it is pressed, and celebrates in the buttons' place."""
    delivery = await _own(call, pressed.delivery)
    async with call.store.begin() as tx:
        recent = [row.celebration for row in await tx.deliveries.recent(call.person, 14) if row.celebration]
        line = celebration(call.library, seed=delivery.id, recent=recent)
        await tx.deliveries.answer(call.person, delivery.id, "done", call.now, celebration=line)
    return await _answered(call, delivery.id)


@answers(NudgeShrunk)
async def shrink(call: Call, pressed: NudgeShrunk) -> Reply:
    """The same message becomes the ten-second version."""
    delivery = await _own(call, pressed.delivery)
    async with call.store.begin() as tx:
        changed = await tx.deliveries.answer(call.person, delivery.id, "shrunk", call.now)
    if not changed and delivery.answer not in {None, "shrunk"}:
        return await _answered(call, delivery.id)
    return Edit(shrunk_card(call.say, _prompt(call, delivery), delivery.id))


@answers(NudgeNotToday)
async def not_today(call: Call, pressed: NudgeNotToday) -> Reply:
    """Noted, and nothing asked."""
    delivery = await _own(call, pressed.delivery)
    async with call.store.begin() as tx:
        await tx.deliveries.answer(call.person, delivery.id, "not_today", call.now)
    return await _answered(call, delivery.id)


async def _answered(call: Call, delivery_id: str) -> Edit:
    """The card of what was answered first, so a second press shows the same."""
    delivery = await _own(call, delivery_id)
    prompt = _prompt(call, delivery)
    if delivery.answer == "not_today":
        return Edit(not_today_card(call.say, prompt))
    async with call.store.begin() as tx:
        total = await tx.deliveries.shown_up(call.person, date.min)
        recent = await tx.deliveries.shown_up(call.person, delivery.day - timedelta(days=LAST_DAYS - 1))
    line = call.library.celebrations.get(delivery.celebration or "")
    return Edit(done_card(call.say, prompt, line.get(call.say.lang) if line else "✓", total, recent))


async def _own(call: Call, delivery_id: str) -> Delivery:
    """The row, if it is this member's in this space: an id in a button is no authority."""
    async with call.store.begin() as tx:
        delivery = await tx.deliveries.get(call.person, delivery_id)
    if delivery is None:
        raise Tellable(call.say("This step is not among yours. `/nudge now` gives you a fresh one."))
    return delivery


def _prompt(call: Call, delivery: Delivery) -> Prompt:
    prompt = call.library.prompts.get(delivery.subject)
    if prompt is None:
        raise Tellable(call.say("This step has been retired since. `/nudge now` gives you a fresh one."))
    return prompt
