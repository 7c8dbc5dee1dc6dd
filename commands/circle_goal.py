"""One's own goal in a circle: sealed, and nobody else sees it."""

from __future__ import annotations

from chat.form import Answers
from chat.platform import Reply
from commands._call import Call
from commands._circles import own_circle
from commands._notes import lines, sealed
from commands._registry import answers
from content import circle_cards as cards
from content import circle_forms as forms
from content.circle_help import start_of
from content.circle_ways import CircleGoalAsked, CircleGoalGiven


@answers(CircleGoalAsked)
async def ask(call: Call, pressed: CircleGoalAsked) -> Reply:
    """The form, with what was kept, or the beginning of a line."""
    async with call.store.begin() as tx:
        circle = await own_circle(tx, call, pressed.circle)
        with sealed(call.say):
            goal = await tx.circles.goal(call.person, circle.id)
    return forms.goal_form(call.say, circle.id, start_of(call.say, pressed.start) or goal or "")


@answers(CircleGoalGiven)
async def keep(call: Call, given: CircleGoalGiven, typed: Answers) -> Reply:
    """Kept, or gone where it was emptied."""
    goal = lines(typed, "goal", forms.GOAL)
    async with call.store.begin() as tx:
        circle = await own_circle(tx, call, given.circle)
        with sealed(call.say):
            await tx.circles.set_goal(call.person, circle.id, goal)
    return cards.circle_goal_card(call.say, goal)
