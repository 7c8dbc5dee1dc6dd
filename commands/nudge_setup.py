"""/nudge on: the first setting up, the recipe form, the way back from quiet, and the proof that messages arrive."""

from __future__ import annotations

from dataclasses import replace

from chat.form import Answers
from chat.markup import escape
from chat.message import Button, Message, Note, Part, Row, Text
from chat.moment import Schedule
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import after_last, mine, moment_text, must_run, recipe_of, today
from commands._registry import _, answers, command
from commands._tap import tapped
from commands.nudge import Agreed, GoOn, NudgeSetUp, ReachAgain, StepNow, unreachable_row, unreachable_text
from commands.nudge_form import RecipeGiven, form_with, read_recipe, recipe_form, typed_words
from commands.nudge_pause import pause_ends, paused_card
from commands.nudge_recipe import RecipeKept, anchor_advice
from commands.nudge_step import step_now
from commands.nudge_time import chosen_days
from commands.nudge_welcome import CONSENT, THROUGH, consent_again, welcome
from commands.nudge_zone import zone_card
from content.nudge_card import Recipe, recipe_lines
from content.say import Say
from habit.anchor import Advice, check
from habit.today import free_from
from store.deliveries import NewDelivery
from store.nudges import Nudge

RETRIES_A_DAY = 5
WAITING = "recipe-waiting"
"""The draft of a recipe that waits for its time zone."""


@command("nudge on", _("Start your daily step, or change it"), also=("start", "开", "开启", "开始"))
async def on(call: Call) -> Reply:
    """Whatever comes next: a question of the first setting up, the recipe form, or the way back."""
    if call.member.consent_version not in {None, CONSENT}:
        return consent_again(call.say)
    nudge = await mine(call)
    call = await _newest_zone(call, nudge)
    if nudge is not None and nudge.state in {"dormant", "graduated"}:
        return await _resume(call, nudge)
    if nudge is None and call.member.onboarded != THROUGH:
        return await welcome(call)
    if call.member.zone is None:
        return zone_card(call.say)
    async with call.store.begin() as tx:  # words of a form that could not be shown again, or that waited for the zone
        draft = await tx.drafts.get(call.person, RecipeGiven.wire_name) or await tx.drafts.get(call.person, WAITING)
    if draft is not None:
        typed = Answers(draft)
        return form_with(call.say, call.library, typed_words(typed), chosen_days(typed))
    return recipe_form(call.say, call.library, nudge and recipe_of(nudge))


@answers(NudgeSetUp)
async def set_up(call: Call, pressed: NudgeSetUp) -> Reply:
    """The same by button."""
    return await on(call)


@answers(Agreed)
async def agreed(call: Call, pressed: Agreed) -> Reply:
    """The new text of what is kept is agreed to; on with what was asked for."""
    async with call.store.begin() as tx:
        await tx.members.consented(call.person, CONSENT, call.now)
        member = await tx.members.get(call.person) or call.member
    return await go_on(replace(call, member=member), GoOn())


@answers(GoOn)
async def go_on(call: Call, pressed: GoOn) -> Reply:
    """The same in the message's place."""
    reply = await on(call)
    return Edit(reply) if isinstance(reply, Message) else reply


@answers(RecipeGiven)
async def recipe_given(call: Call, given: RecipeGiven, typed: Answers) -> Reply:
    """Checks and keeps the recipe, plans the next moment, and tries one direct message as the proof."""
    recipe = read_recipe(call, typed)
    zone = call.member.zone
    if zone is None:
        async with call.store.begin() as tx:
            await tx.members.set_onboarded(call.person, THROUGH)
            await tx.drafts.keep(call.person, WAITING, typed.values, call.now)
        return zone_card(call.say)
    schedule = Schedule(recipe.at, zone, recipe.days)
    async with call.store.begin() as tx:
        await tx.members.consented(call.person, call.member.consent_version or CONSENT, call.now)
        await tx.members.set_onboarded(call.person, THROUGH)
        was = await tx.nudges.get(call.person, lock=True)
        if was is not None and was.runs:
            was = (await tapped(tx, call)).nudge
        moment = (
            call.rooms.when.next_of((schedule,), call.now)
            if was is None
            else after_last(call, replace(was, schedule=schedule, rhythm=was.rhythm if was.runs else "daily"))
        )
        await tx.drafts.drop(call.person, WAITING)
        await tx.nudges.save(
            call.person,
            anchor=recipe.anchor,
            tiny=recipe.tiny,
            celebrate=recipe.celebrate,
            schedule=schedule,
            next=moment,
            now=call.now,
        )
    when = moment_text(call.say, moment.at, zone)
    return saved_card(
        call.say, recipe, when, zone, reachable=await _reaches(call), first=was is None, advice=check(recipe.anchor)
    )


@answers(ReachAgain)
async def reach_again(call: Call, pressed: ReachAgain) -> Reply:
    """After the member opened their direct messages."""
    nudge = await mine(call)
    if nudge is None or not nudge.runs:
        return await on(call)
    reachable = await _reaches(call)
    async with call.store.begin() as tx:
        nudge = must_run(call, (await tapped(tx, call)).nudge)
        until = nudge.paused_until if nudge.paused_until and nudge.paused_until > today(call, nudge) else None
        moment = pause_ends(call, nudge, until) if until else after_last(call, nudge)
        if reachable:
            await tx.nudges.pause(call.person, until, moment, call.now)
    if until:
        return Edit(paused_card(call.say, moment, reachable=reachable))
    when = moment_text(call.say, moment.at, nudge.schedule.zone) if moment else ""
    return Edit(saved_card(call.say, recipe_of(nudge), when, nudge.schedule.zone, reachable=reachable))


@answers(StepNow)
async def step_at_once(call: Call, pressed: StepNow) -> Reply:
    """A first step while the wish is warm."""
    return await step_now(call)


async def _newest_zone(call: Call, nudge: Nudge | None) -> Call:
    """Where nothing runs, a newer zone of the platform is taken over without a question: no moment hangs on the old."""
    member = call.member
    if not member.zone_moved or member.zone_seen is None or (nudge is not None and nudge.runs):
        return call
    async with call.store.begin() as tx:
        await tx.members.set_zone(call.person, member.zone_seen, "profile")
        newer = await tx.members.get(call.person)
    return replace(call, member=newer or member)


async def _resume(call: Call, nudge: Nudge) -> Message:
    """The old recipe at the smallest size, from the next own moment on."""
    zone = call.member.zone or nudge.schedule.zone
    schedule = replace(nudge.schedule, zone=zone)
    back = replace(nudge, schedule=schedule, rhythm="daily")
    first = free_from(nudge.standing(), today(call, back))
    moment = call.rooms.when.next_of(back.week, call.now, first_day=first) if call.member.reachable else None
    async with call.store.begin() as tx:
        await tx.nudges.change(
            call.person, call.now, schedule=schedule, state="active", rhythm="daily", dose=0, unanswered=0,
            started_on=today(call, back), paused_until=None, next=moment,
        )  # fmt: skip
    when = moment and moment_text(call.say, moment.at, zone)
    return back_card(call.say, recipe_of(back), when)


async def _reaches(call: Call) -> bool:
    """Sends the welcome through the ledger, at most five times a local day; True when it arrived (or already had)."""
    day = today(call)
    async with call.store.begin() as tx:
        tried = [row for row in await tx.deliveries.recent(call.person, 20) if row.kind == "welcome" and row.day == day]
        if call.member.reachable and any(row.state == "sent" for row in tried):
            return True
        if len(tried) >= RETRIES_A_DAY:
            return False
        planned = await tx.deliveries.plan_one(
            NewDelivery(call.person, "welcome", day, call.now, ordinal=len(tried), subject="welcome", subject_rev=1)
        )
    if planned is None:
        return call.member.reachable
    return (await call.rooms.deliver(call.person, planned.id)).state != "dead"


def saved_card(
    say: Say,
    recipe: Recipe,
    when: str,
    zone: str,
    *,
    reachable: bool,
    first: bool = False,
    advice: tuple[Advice, ...] = (),
) -> Message:
    """The recipe read back, the next moment, and either a first step or what to do about closed messages."""
    parts: list[Part] = [recipe_lines(say, recipe)]
    row = [Button(say("My first ten seconds"), StepNow(), "primary")]
    if not reachable:
        parts.append(Text(unreachable_text(say)))
        row = list(unreachable_row(say).items)
    else:
        parts.append(Text(say("Your next step comes {when}.", when=escape(when))))
        if first:
            parts.append(Text(say("Your first step is ten seconds. Do it now?")))
    if advice:
        parts.append(Text(anchor_advice(say, advice[0])))
        row += [Button(say("Sharpen it"), NudgeSetUp()), Button(say("Keep it as it is"), RecipeKept())]
    parts += [
        Note(say("Time zone: {zone}", zone=zone)),
        Row(tuple(row)),
        Note(say("Want it smaller, later or not at all? /nudge on, /nudge pause, /nudge off.")),
    ]
    return Message(say("Kept"), tuple(parts))


def back_card(say: Say, recipe: Recipe, when: str | None) -> Message:
    """Somebody is back: warmth, and the smallest step. `when` is None while direct messages are closed."""
    text = say("Your next step comes {when}.", when=escape(when)) if when else unreachable_text(say)
    row = (
        Button(say("My first ten seconds"), StepNow(), "primary")
        if when
        else Button(say("Try again"), ReachAgain(), "primary"),
        Button(say("Change it"), NudgeSetUp()),
    )
    return Message(say("Good to see you. Ten seconds?"), (recipe_lines(say, recipe), Text(text), Row(row)))
