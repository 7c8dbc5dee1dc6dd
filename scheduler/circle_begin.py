"""A circle begins, or is undone before anybody has read of it: who is in none after all waits on and is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chat.people import Person
from scheduler.circle_room import Turn
from scheduler.post import post
from store.circling import FIRST, next_slot, too_small


async def begin(turn: Turn) -> None:
    """Who is in it, and how it goes; undone where a block or a farewell since the plan leaves too few."""
    room = turn.room
    fallen = [one.person for one in room.gone if (it := room.members.get(one.person)) is not None and not it.left_at]
    if too_small(turn.course, turn.size):
        await turn.to("closed", None)
        await _wait_on(turn, [*fallen, *room.persons])
        return
    course = replace(turn.course, polls=turn.course.polls + 1)
    await turn.write("circle-welcome", course.polls)
    await turn.to("running", next_slot(room.circle, turn.now + FIRST), course, week=0)
    await _wait_on(turn, fallen)


async def _wait_on(turn: Turn, persons: Sequence[Person]) -> None:
    """They look for a circle as before their round, which counts as one more without a group."""
    circle, tx = turn.room.circle, turn.tx
    if not persons or circle.round is None:
        return
    this = await tx.rounds.get(circle.space, circle.programme, circle.round)
    waited = dict.fromkeys(persons, 1)
    if this is not None:
        waited |= {one.person: one.wait + 1 for one in await tx.rounds.present(this) if one.person in waited}
        await tx.rounds.mark(this, persons, "waiting")
    await tx.participants.unseated(circle.programme, waited, turn.now)
    id_ = f"{circle.programme}/{circle.round}"
    await post(turn.rooms, tx, [(person, "circle-waits") for person in persons], id_, turn.now)
