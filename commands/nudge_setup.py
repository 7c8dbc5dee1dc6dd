"""/nudge on: consent, the time zone where nobody knows it, the recipe form, and the proof that messages arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from chat.action import Action
from chat.errors import Mistakes
from chat.form import Answers, Ask, Choose, Form
from chat.markup import clean, escape
from chat.message import Button, Message, Note, Row, Text
from chat.moment import EVERY_DAY, Schedule
from chat.platform import Edit, Reply
from commands._call import Call
from commands._read import read_time
from commands._registry import _, answers, command
from commands.nudge import NudgeSetUp, moment_text, unreachable_text
from commands.nudge_step import step_now
from commands.nudge_zone import zone_card
from content.library import Library
from content.nudge_card import Recipe, recipe_lines
from content.say import Say
from store.deliveries import NewDelivery

ANCHOR, TINY, CELEBRATE, AT = 80, 120, 60, 20
DEFAULT_AT = time(8, 30)
RETRIES_A_DAY = 5


@dataclass(frozen=True)
class RecipeGiven(Action, name="recipe-given"):
    """The recipe form came back."""


@dataclass(frozen=True)
class StepNow(Action, name="step-now"):
    """Give me a step right away."""


@dataclass(frozen=True)
class ReachAgain(Action, name="reach-again"):
    """Try once more whether direct messages arrive."""


@command("nudge on", _("Start your daily step, or change it"), also=("start", "开", "开启", "开始"))
async def on(call: Call) -> Reply:
    """The recipe form, or first the question for the zone."""
    if call.member.zone is None:
        return zone_card(call.say)
    async with call.store.begin() as tx:
        draft = await tx.drafts.get(call.person, RecipeGiven.wire_name)
    if draft is not None:  # a form with mistakes that could not be opened again: its words come back
        typed = Answers(draft)
        return _form(call.say, call.library, _words(typed), _days(typed))
    return recipe_form(call.say, call.library, await _recipe(call))


@answers(NudgeSetUp)
async def set_up(call: Call, pressed: NudgeSetUp) -> Reply:
    """The same by button."""
    return await on(call)


@answers(RecipeGiven)
async def recipe_given(call: Call, given: RecipeGiven, typed: Answers) -> Reply:
    """Checks and keeps the recipe, plans the next moment, and tries one direct message as the proof."""
    recipe = _read(call, typed)
    zone = call.member.zone
    if zone is None:
        return zone_card(call.say)
    schedule = Schedule(recipe.at, zone, recipe.days)
    moment = call.rooms.next_moment(schedule, call.now)
    async with call.store.begin() as tx:
        await tx.members.consented(call.person, call.now)
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
    return saved_card(call.say, recipe, when, zone, reachable=await _reaches(call))


@answers(ReachAgain)
async def reach_again(call: Call, pressed: ReachAgain) -> Reply:
    """After the member opened their direct messages."""
    async with call.store.begin() as tx:
        nudge = await tx.nudges.get(call.person)
    if nudge is None or not nudge.runs:
        return await on(call)
    recipe = Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)
    reachable = await _reaches(call)
    moment = call.rooms.next_moment(nudge.schedule, call.now, first_day=nudge.paused_until)
    if reachable:
        async with call.store.begin() as tx:
            await tx.nudges.resume(call.person, moment, call.now)
    when = moment_text(call.say, moment.at, nudge.schedule.zone)
    return Edit(saved_card(call.say, recipe, when, nudge.schedule.zone, reachable=reachable))


@answers(StepNow)
async def step_at_once(call: Call, pressed: StepNow) -> Reply:
    """A first step while the wish is warm."""
    return await step_now(call)


async def _reaches(call: Call) -> bool:
    """Sends the welcome through the ledger, at most five times a local day; True when it arrived (or already had)."""
    today = call.now.astimezone(ZoneInfo(call.member.zone or "UTC")).date()
    async with call.store.begin() as tx:
        tried = [
            row for row in await tx.deliveries.recent(call.person, 20) if row.kind == "welcome" and row.day == today
        ]
        if call.member.reachable and any(row.state == "sent" for row in tried):
            return True
        if len(tried) >= RETRIES_A_DAY:
            return False
        planned = await tx.deliveries.plan_one(
            NewDelivery(call.person, "welcome", today, call.now, ordinal=len(tried), subject="welcome", subject_rev=1)
        )
    if planned is None:
        return call.member.reachable
    return (await call.rooms.deliver(call.person, planned.id)).state != "dead"


async def _recipe(call: Call) -> Recipe | None:
    async with call.store.begin() as tx:
        nudge = await tx.nudges.get(call.person)
    return nudge and Recipe(nudge.anchor, nudge.tiny, nudge.celebrate, nudge.schedule.at, nudge.schedule.days)


def _read(call: Call, typed: Answers) -> Recipe:
    """The answers as a recipe. Raises Mistakes with one sentence a field; what was typed stays in the form."""
    say = call.say
    words = _words(typed)
    wrong: dict[str, str] = {}
    for key, most in (("anchor", ANCHOR), ("tiny", TINY)):
        if not 2 <= len(words[key]) <= most:
            wrong[key] = say("Between 2 and {most} characters, please.", most=most)
    if len(words["celebrate"]) > CELEBRATE:
        wrong["celebrate"] = say("At most {most} characters, please.", most=CELEBRATE)
    at = read_time(words["at"])
    if at is None:
        wrong["at"] = say("I read times such as 08:30 or 8:30 pm.")
    days = _days(typed)
    if not days:
        wrong["days"] = say("At least one day, please.")
    if wrong or at is None:
        raise Mistakes(wrong, _form(say, call.library, words, days))
    return Recipe(words["anchor"], words["tiny"], words["celebrate"] or say("smile"), at, days)


def _words(typed: Answers) -> dict[str, str]:
    """What was typed, shortened to what a field can show again."""
    keys = {"anchor": 3_000, "tiny": 3_000, "celebrate": 3_000, "at": 100}
    return {key: clean(typed.text(key)).replace("\n", " ").strip()[:most] for key, most in keys.items()}


def _days(typed: Answers) -> frozenset[int]:
    return frozenset(int(day) for day in typed.chosen("days") if day.isdecimal()) & EVERY_DAY


def recipe_form(say: Say, library: Library, recipe: Recipe | None) -> Form:
    """After I … I will … then I …, its moment and days; filled with the recipe there is."""
    if recipe is None:
        return _form(say, library, {"at": say.time(DEFAULT_AT)}, EVERY_DAY)
    words = {"anchor": recipe.anchor, "tiny": recipe.tiny, "celebrate": recipe.celebrate, "at": say.time(recipe.at)}
    return _form(say, library, words, recipe.days)


def _form(say: Say, library: Library, words: dict[str, str], days: frozenset[int]) -> Form:
    """Fields accept more than we keep, so that too long a text is explained and not cut by the window."""
    anchor = next(iter(library.anchors.values())).get(say.lang)
    return Form(
        say("Your recipe"),
        (
            Ask("anchor", say("After I …"), hint=anchor, value=words.get("anchor", ""), least=2, most=3_000),
            Ask(
                "tiny",
                say("I will …"),
                hint=say("open the course tab"),
                value=words.get("tiny", ""),
                least=2,
                most=3_000,
            ),
            Ask(
                "celebrate",
                say("then I …"),
                hint=say("smile, or say “begun”"),
                value=words.get("celebrate", ""),
                required=False,
                most=3_000,
            ),
            Ask("at", say("When is that, usually?"), hint="08:30", value=words.get("at", ""), least=1, most=100),
            Choose(
                "days",
                say("On which days?"),
                tuple((str(day), say.weekday(day)) for day in range(7)),
                tuple(str(day) for day in sorted(days)),
                many=True,
            ),
        ),
        RecipeGiven(),
        say("Keep it"),
    )


def saved_card(say: Say, recipe: Recipe, when: str, zone: str, *, reachable: bool) -> Message:
    """The recipe read back, the next moment, and either a first step or what to do about closed messages."""
    first = Button(say("My first ten seconds"), StepNow(), "primary")
    trouble = (Text(unreachable_text(say)),) if not reachable else ()
    buttons = (
        (first,)
        if reachable
        else (Button(say("Try again"), ReachAgain(), "primary"), Button(say("A step now"), StepNow()))
    )
    return Message(
        say("Kept"),
        (
            recipe_lines(say, recipe),
            *trouble,
            *((Text(say("Your next step comes {when}.", when=escape(when))),) if reachable else ()),
            Note(say("Time zone: {zone}", zone=zone)),
            Row(buttons),
            Note(say("Want it smaller, later or not at all? /nudge on, /nudge pause, /nudge off.")),
        ),
    )
