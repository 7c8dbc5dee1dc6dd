"""Votes of a circle: heard in private, the last word counts, and nobody is shown who said what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chat.errors import Tellable
from chat.platform import Reply
from commands._call import Call
from commands._circles import gently, own_circle
from commands._registry import answers
from content import circle_cards as cards
from content.circle_ways import CircleVoted
from store import Tx
from store.circles import Circle
from store.circling import BELONGS, PAUSE, WEEKLY, all_answered, count, course_of, next_slot, votes_open


@answers(CircleVoted)
async def vote(call: Call, pressed: CircleVoted) -> Reply:
    """A new message in the presser's eyes alone. An old card says nothing about a new question."""
    with gently(call.say):
        async with call.store.begin() as tx:
            circle = await own_circle(tx, call, pressed.circle, lock=True)
            course = course_of(circle)
            if pressed.vote not in votes_open(circle) or (pressed.vote not in WEEKLY and pressed.asked != course.polls):
                raise Tellable(
                    call.say("This question is settled already. `/circle guide` shows how your circle stands.")
                )
            if not await _stands(tx, call, circle, pressed.vote):
                await tx.circles.vote(call.person, circle.id, pressed.vote)
            if pressed.vote == "pause" and await _rests(tx, circle):
                return cards.circle_voted_card(call.say, "rests")
            if circle.state != "running" and pressed.vote != "quiet":
                await _settle_early(tx, call, circle)
    return cards.circle_voted_card(call.say, pressed.vote)


async def _stands(tx: Tx, call: Call, circle: Circle, vote: str) -> bool:
    """Whether their answer to another circle stands: that they talk, or not, does not take it away."""
    if vote not in {"alive", "quiet"} or not course_of(circle).by:
        return False
    members = await tx.circles.members(circle.space, circle.id)
    return any(member.person == call.person and member.vote in BELONGS["merge"] for member in members)


async def _rests(tx: Tx, circle: Circle) -> bool:
    """Two weeks later, once more than half of all ask for it."""
    members = await tx.circles.members(circle.space, circle.id)
    if 2 * count(members, "pause") <= len(members) or circle.next_at is None:
        return False
    later = next_slot(circle, circle.next_at + PAUSE - timedelta(days=1))
    for member in members:
        await tx.circles.vote(member.person, circle.id, "")
    await tx.circles.advance(circle, "running", next_at=later)
    return True


async def _settle_early(tx: Tx, call: Call, circle: Circle) -> None:
    """Once everybody has answered, nobody waits for the date. A circle that would join another one waits for it."""
    course = course_of(circle)
    members = await tx.circles.members(circle.space, circle.id)
    if course.step in {"renew", "pair"} and all_answered(members, BELONGS[course.step]):
        kept = replace(course, settled=course.step == "renew").kept()
        await tx.circles.advance(circle, circle.state, next_at=call.now, question=kept)
