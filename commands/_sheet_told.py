"""What a member reads beside "saved": a sheet on the same thing is there already, a long paste found no room."""

from __future__ import annotations

from chat.message import Button, Note, Part, Row
from commands._call import Call
from commands._sheets import Own
from content.say import Say, speaker
from content.worksheet import Step
from sheets.naming import shortened, title_of
from sheets.twins import tells, twin
from sheets.ways import SheetOpened
from store import Tx

SEARCHED = 50  # of one's own sheets of this worksheet, the newest


async def about_twin(tx: Tx, call: Call, own: Own, step: Step) -> list[Part]:
    """The other sheet on the same thing, and the way there; both may stay."""
    if not tells(own.worksheet, step.key):
        return []
    slug = own.worksheet.slug
    others = await tx.sheets.of(call.person, worksheet=slug, states=("open", "done", "away"), limit=SEARCHED)
    if (other := twin(own.worksheet, own.sheet, others)) is None:
        return []
    name = shortened(title_of(speaker(other.lang), own.worksheet, other), 80)
    told = own.say("You have a sheet on this already: “{name}”. Go on there, or keep both.", name=name)
    return [Note(told), Row((Button(own.say("Open that one"), SheetOpened(other.id, here=True)),))]


def about_room(say: Say, waiting: int) -> list[Part]:
    """How many lines of a long paste wait."""
    if not waiting:
        return []
    return [
        Note(
            say.plural(
                "The list is full now. {n} more line waits in the form until there is room.",
                "The list is full now. {n} more lines wait in the form until there is room.",
                waiting,
            )
        )
    ]
