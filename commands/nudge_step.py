"""/nudge now, and the buttons of a step: Done, Shrink it, Not today, and the line about what was done."""

from __future__ import annotations

from chat.errors import Tellable
from chat.form import Answers
from chat.markup import clean
from chat.message import Message
from chat.platform import Edit, Reply
from commands._answered import (
    SHRUNK,
    answered,
    celebrate,
    make_offer,
    offer_size,
    offers_easier,
    own,
    prompt_of,
    seconds,
)
from commands._call import Call
from commands._nudges import recipe_of, today
from commands._registry import _, answers, command
from commands._tap import Tap, tapped
from content.done_card import NOTE, NoteAsked, NoteGiven, note_form
from content.nudge_card import NudgeDone, NudgeNotToday, NudgeShrunk
from content.offer_card import offer_parts
from content.prompts import Prompt
from content.recall_card import question_card
from content.step_card import Ride, not_today_card, shrunk_card, step_card
from habit.ladder import DOSES
from habit.recall import due_on, new_card
from store import Tx
from store.deliveries import STEPS, Delivery, NewDelivery, with_choice
from store.next_prompt import next_prompt
from store.recalls import Learned


@command("nudge now", _("A small step right now, right here"), also=("现在",))
async def now(call: Call) -> Reply:
    """Today's open step again, or a new one; works without setting anything up and with closed direct messages."""
    return await step_now(call)


async def step_now(call: Call) -> Message:
    """The card of the step at hand; after a silence, with a warm word and in its smallest size."""
    async with call.store.begin() as tx:
        tap = await tapped(tx, call)
        day = today(call, tap.nudge)
        recent = await tx.deliveries.recent(call.person, 50)
        open_ = [row for row in recent if row.day == day and row.kind in STEPS and row.answer in {None, "shrunk"}]
        delivery = next((row for row in open_ if row.shown and row.subject in call.library.prompts), None)
        if delivery is None:
            ordinal = sum(row.day == day and row.kind == "asked" for row in recent)
            dose = tap.nudge.dose if tap.nudge else 0
            size = 0 if tap.back else DOSES[dose]
            prompt = await next_prompt(tx, call.library, call.person, day, ordinal, seconds=size)
            row = NewDelivery(
                call.person, "asked", day, call.now, ordinal, prompt.id, prompt.rev, dose, state="sent"
            )  # fmt: skip
            delivery = await tx.deliveries.plan_one(row)
    if delivery is None:  # somebody pressed twice at the same moment: the other answer shows it
        raise Tellable(call.say("That step is on its way already."))
    return _card(call, delivery, tap)


def _card(call: Call, delivery: Delivery, tap: Tap) -> Message:
    prompt = prompt_of(call, delivery)
    lead = call.say("Good to see you. Ten seconds?") if tap.back else ""
    if delivery.extra == "recall" and prompt.recall is not None:
        return question_card(call.say, prompt, prompt.recall, delivery.id, Ride(lead))
    recipe = recipe_of(tap.nudge) if tap.nudge else None
    size = 0 if tap.back else seconds(delivery)
    return step_card(call.say, prompt, delivery.id, recipe, seconds=size, ride=Ride(lead))


async def begin_step(call: Call, prompt: Prompt | None, topic: str = "") -> tuple[Prompt, Delivery]:
    """Writes down that the member takes this very step now, or one of a topic, so that its buttons count like those of
    any other. A sensitive step is never sent nor suggested unasked; who opens its topic and asks has asked."""
    async with call.store.begin() as tx:
        day = today(call, (await tapped(tx, call)).nudge)
        recent = await tx.deliveries.recent(call.person, 50)
        ordinal = sum(row.day == day and row.kind == "asked" for row in recent)
        prompt = prompt or await next_prompt(tx, call.library, call.person, day, ordinal, topic=topic)
        delivery = await tx.deliveries.plan_one(
            NewDelivery(call.person, "asked", day, call.now, ordinal, prompt.id, prompt.rev, state="sent")
        )
    if delivery is None:  # pressed twice at the same moment: the other answer shows it
        raise Tellable(call.say("That step is on its way already."))
    return prompt, delivery


@answers(NudgeDone)
async def done(call: Call, pressed: NudgeDone) -> Reply:
    """Counts the day once, however often it is pressed, and celebrates in the buttons' place."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        tap = await tapped(tx, call)
        line = await celebrate(tx, call, delivery)
        if await tx.deliveries.answer(call.person, delivery.id, "done", call.now, celebration=line):
            await _learn(tx, call, delivery, tap)
            if tap.nudge is not None and not tap.back:
                await make_offer(tx, call, tap.nudge)
        return Edit(await answered(tx, call, await own(tx, call, delivery.id), back=tap.when(call)))


async def _learn(tx: Tx, call: Call, delivery: Delivery, tap: Tap) -> None:
    """A step with a question is learned once it is done; another meaning of it is learned anew."""
    prompt = call.library.prompts.get(delivery.subject)
    if prompt is None or prompt.recall is None:
        return
    known = await tx.recalls.get(call.person, prompt.id)
    if known is None or known.rev != prompt.rev:
        card = new_card(prompt.id, today(call, tap.nudge))
        await tx.recalls.keep(Learned(call.person, prompt.id, prompt.rev, card, due_on(card)))


@answers(NudgeShrunk)
async def shrink(call: Call, pressed: NudgeShrunk) -> Reply:
    """The same message becomes the ten-second version."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        tap = await tapped(tx, call)
        changed = await tx.deliveries.answer(call.person, delivery.id, "shrunk", call.now)
        if not changed and delivery.answer not in {None, "shrunk"}:
            return Edit(await answered(tx, call, delivery, back=tap.when(call)))
        prompt = prompt_of(call, delivery)
        if changed:  # done after this, it still was shrunk
            kept = with_choice(delivery, delivery.subject, delivery.subject_rev, SHRUNK, delivery.why)
            await tx.deliveries.chosen([kept])
        nudge = tap.nudge
        easier = nudge is not None and not tap.back and await offers_easier(tx, call, nudge)
    offer = offer_parts(call.say, "easier", delivery.id, offer_size(call, "easier", nudge)) if easier and nudge else ()
    ride = Ride(call.say("Good to see you.") if tap.back else "")
    smallest = delivery.dose == 0
    return Edit(shrunk_card(call.say, prompt, delivery.id, smallest=smallest, ride=ride, offer=offer))


@answers(NudgeNotToday)
async def not_today(call: Call, pressed: NudgeNotToday) -> Reply:
    """Noted, and nothing asked; also for what is no step."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        tap = await tapped(tx, call)
        await tx.deliveries.answer(call.person, delivery.id, "not_today", call.now)
        if delivery.kind not in STEPS:
            return Edit(not_today_card(call.say))
        return Edit(await answered(tx, call, await own(tx, call, delivery.id), back=tap.when(call)))


@answers(NoteAsked)
async def ask_note(call: Call, pressed: NoteAsked) -> Reply:
    """The one-line form, with the line there is."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        await tapped(tx, call)
    return note_form(call.say, delivery.id, delivery.note or "")


@answers(NoteGiven)
async def keep_note(call: Call, given: NoteGiven, typed: Answers) -> Reply:
    """Keeps the line with the step, or forgets it."""
    words = " ".join(clean(typed.text("note")).split())[:NOTE]
    async with call.store.begin() as tx:
        delivery = await own(tx, call, given.delivery)
        await tx.deliveries.note(call.person, delivery.id, words)
        return Edit(await answered(tx, call, await own(tx, call, delivery.id)))
