"""Answers to what is said into a silence: another moment, smaller, stop, keep going; and weekly instead of daily."""

from __future__ import annotations

from chat.platform import Edit, Reply
from commands._answered import own, prompt_of
from commands._call import Call
from commands._nudges import change_week_in, moment_text, must_run, recipe_of
from commands._registry import answers
from commands._tap import Tap, tapped
from commands.nudge import NudgeSetUp, stopped_card
from commands.nudge_setup import set_up
from content.nudge_card import WeeklyInstead
from content.silence_card import KeepGoing, TroubleMoment, TroubleSmaller, TroubleStop, going_card, smaller_card
from content.step_card import Ride, step_card
from habit.ladder import DOSES


@answers(TroubleMoment)
async def another_moment(call: Call, pressed: TroubleMoment) -> Reply:
    """Prompt first: the recipe's form, with its moment and time. Pressing is a tap, whatever becomes of the form."""
    await _answered(call, pressed.delivery)
    return await set_up(call, NudgeSetUp())


@answers(TroubleSmaller)
async def smaller(call: Call, pressed: TroubleSmaller) -> Reply:
    """Then ability: ten seconds from here on."""
    tap = await _answered(call, pressed.delivery)
    async with call.store.begin() as tx:
        await tx.nudges.change(call.person, call.now, dose=0)
    return Edit(smaller_card(call.say, _when(call, tap)))


@answers(TroubleStop)
async def stop(call: Call, pressed: TroubleStop) -> Reply:
    """Then motivation: stopping is a good answer too."""
    await _answered(call, pressed.delivery)
    async with call.store.begin() as tx:
        await tx.nudges.turn_off(call.person, call.now)
    return Edit(stopped_card(call.say))


@answers(KeepGoing)
async def keep_going(call: Call, pressed: KeepGoing) -> Reply:
    """Back from the goodbye, in the smallest size."""
    return Edit(going_card(call.say, _when(call, await _answered(call, pressed.delivery))))


@answers(WeeklyInstead)
async def weekly_instead(call: Call, pressed: WeeklyInstead) -> Reply:
    """One a week from now on; today's step stays where it is, without the question."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, pressed.delivery)
        nudge = must_run(call, (await tapped(tx, call)).nudge)
        moved = await change_week_in(tx, call, nudge, rhythm="weekly")
    lead = call.say("Once a week from now on.")
    if moved.after is not None:
        when = moment_text(call.say, moved.after, nudge.schedule.zone)
        lead = call.say("Once a week from now on. The next one: {when}.", when=when)
    return Edit(
        step_card(call.say, prompt_of(call, delivery), delivery.id, recipe_of(nudge), seconds=DOSES[0], ride=Ride(lead))
    )


async def _answered(call: Call, delivery_id: str) -> Tap:
    """The message has been looked at; whose it is was checked."""
    async with call.store.begin() as tx:
        delivery = await own(tx, call, delivery_id)
        tap = await tapped(tx, call)
        await tx.deliveries.answer(call.person, delivery.id, "seen", call.now)
        return tap


def _when(call: Call, tap: Tap) -> str:
    """When the next step comes, in words; "" where none is planned."""
    nudge = tap.nudge
    return moment_text(call.say, nudge.next_at, nudge.schedule.zone) if nudge and nudge.next_at else ""
