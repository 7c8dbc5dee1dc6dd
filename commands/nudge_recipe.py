"""/nudge recipe: one's recipe read back, with advice on its moment that may be let pass, and one rehearsal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chat.action import Action
from chat.markup import escape
from chat.message import LABEL, Button, Choice, Message, Note, Picker, Row, Text
from chat.platform import Edit, Reply
from commands._call import Call
from commands._nudges import mine, recipe_of
from commands._ready import ready_for
from commands._registry import _, answers, command
from commands.nudge import HomeShown, NudgeSetUp, WelcomeStep, off_card
from commands.nudge_form import picked_form
from content.library import Library
from content.nudge_card import Recipe, recipe_lines
from content.say import Say
from habit.anchor import Advice, check


@dataclass(frozen=True)
class AnchorPicked(Action, name="anchor-picked"):
    """This moment of my day; "" lets me choose again."""

    anchor: str


@dataclass(frozen=True)
class RecipeAsked(Action, name="recipe-asked"):
    """The form, filled with what was picked."""

    anchor: str
    ready: str


@dataclass(frozen=True)
class RecipeKept(Action, name="recipe-kept"):
    """The recipe is good as it is."""


@dataclass(frozen=True)
class RecipeRehearsed(Action, name="recipe-rehearsed"):
    """Walk me through it once."""


@command("nudge recipe", _("Your recipe read back, and ways to sharpen it"), also=("配方",))
async def recipe(call: Call) -> Reply:
    """The recipe, with advice where its moment is fuzzy."""
    nudge = await mine(call)
    if nudge is None:
        return off_card(call.say)
    return recipe_card(call.say, recipe_of(nudge), check(nudge.anchor))


@answers(RecipeKept)
async def keep(call: Call, pressed: RecipeKept) -> Reply:
    """No further advice; what a member decides is right."""
    nudge = await mine(call)
    return Edit(off_card(call.say) if nudge is None else recipe_card(call.say, recipe_of(nudge), ()))


@answers(RecipeRehearsed)
async def rehearse(call: Call, pressed: RecipeRehearsed) -> Reply:
    """Once, now: a rehearsed plan is kept more often."""
    nudge = await mine(call)
    return Edit(off_card(call.say) if nudge is None else rehearsal(call.say, recipe_of(nudge)))


@answers(AnchorPicked)
async def anchor_picked(call: Call, picked: AnchorPicked) -> Reply:
    """On to the tiny act, or back to the moments."""
    if picked.anchor not in call.library.anchors:
        return Edit(recipe_offer(call.say, call.library))
    return Edit(act_offer(call.say, call.library, picked.anchor, call.member.track))


@answers(RecipeAsked)
async def open_form(call: Call, asked: RecipeAsked) -> Reply:
    """What was picked stands in the form and can be changed."""
    return picked_form(call.say, call.library, asked.anchor, asked.ready)


def recipe_offer(say: Say, library: Library) -> Message:
    """The first recipe begins with a moment that is there already."""
    moments = tuple(Choice(_short(anchor.get(say.lang)), AnchorPicked(id_)) for id_, anchor in library.anchors.items())
    return Message(
        say("Your recipe"),
        (
            Text(say("After something you do every day anyway, one tiny act. Which moment can it hang on?")),
            Picker(say("After I …"), moments[:25]),
            Row((Button(say("In my own words"), RecipeAsked("", "")), Button(say("Skip"), WelcomeStep("recipe")))),
        ),
    )


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1] + "…"


def act_offer(say: Say, library: Library, anchor: str, track: str) -> Message:
    """Nine tiny acts, and the question of the worst day."""
    acts = tuple(Choice(say.look_up(one.text), RecipeAsked(anchor, one.id)) for one in ready_for(track))
    moment = escape(library.anchors[anchor].get(say.lang))
    return Message(
        say("Your recipe"),
        (
            Text(say("After I **{anchor}**, I will …", anchor=moment)),
            Picker(say("I will …"), acts),
            Note(say("On your worst day this week, would you still do it? If not, take a smaller one.")),
            Row(
                (
                    Button(say("In my own words"), RecipeAsked(anchor, "")),
                    Button(say("Another moment"), AnchorPicked("")),
                    Button(say("Skip"), WelcomeStep("recipe")),
                )
            ),
        ),
    )


def recipe_card(say: Say, recipe: Recipe, advice: Sequence[Advice]) -> Message:
    """The recipe in its words; advice is a question, and keeping it as it is an answer like any other."""
    row = [Button(say("Change it"), NudgeSetUp(), "primary"), Button(say("Rehearse once"), RecipeRehearsed())]
    if advice:
        row.append(Button(say("Keep it as it is"), RecipeKept()))
    row.append(Button(say("My page"), HomeShown()))
    hints = tuple(Text(anchor_advice(say, one)) for one in advice[:2])
    return Message(say("Your recipe"), (recipe_lines(say, recipe), *hints, Row(tuple(row))))


def anchor_advice(say: Say, advice: Advice) -> str:
    """One question about the moment a recipe hangs on."""
    match advice:
        case "vague":
            return say("A stretch of time is hard to catch. What is the very last thing you do in it?")
        case "clock":
            return say("An hour passes by unseen. What do you do around that time, with your hands?")
        case "place":
            return say("Being somewhere has no clear start. What is the first thing you do there?")
        case "condition":
            return say("It may not come on some days. Which moment comes every day, whatever happens?")
        case "rare":
            return say("It may not come every day. Is there one that does?")
        case "often":
            return say("It comes many times a day. Which one of them is yours: the first, the last?")


def rehearsal(say: Say, recipe: Recipe) -> Message:
    """Three lines to walk through once."""
    lines = (
        say("1. Picture it: you have just done this: **{anchor}**.", anchor=escape(recipe.anchor)),
        say("2. Do it now, the tiny way: **{tiny}**.", tiny=escape(recipe.tiny)),
        say("3. And at once: **{celebrate}**.", celebrate=escape(recipe.celebrate)),
    )
    done = Note(say("That was the whole of it. Once is enough for now."))
    buttons = Row((Button(say("Change it"), NudgeSetUp()), Button(say("My page"), HomeShown())))
    return Message(say("Once, now"), (Text("\n".join(lines)), done, buttons))
