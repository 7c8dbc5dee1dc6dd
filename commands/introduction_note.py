"""One reminder to note down what stayed of a talk, asked for by whoever wants it once the day of the talk is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import own_day
from commands._registry import answers
from commands._talks import own_talk
from content import talk_cards as cards
from content.introduction_ways import NoteReminder
from content.letters import subject_of
from store import Tx
from store.budget import Wish
from store.deliveries import NewDelivery, letter_id
from store.following import note_times
from store.member_hours import zone_of

AHEAD = timedelta(days=31)


@answers(NoteReminder)
async def remind(call: Call, pressed: NoteReminder) -> Reply:
    """It takes the one unasked message of its day, and goes once, however often this is pressed."""
    async with call.store.begin() as tx:
        talk = await own_talk(tx, call, pressed.introduction)
        today = own_day(call)
        if talk.state not in {"scheduled", "met"} or not today - timedelta(days=1) <= pressed.day <= today + AHEAD:
            return Edit(cards.moved_on_card(call.say))
        at = await _planned(tx, call, talk.id, pressed.day)
    return Edit(cards.reminded_card(call.say, talk.id, at))


async def _planned(tx: Tx, call: Call, introduction: str, on: date) -> datetime | None:
    """When it comes, on the member's clock; None where both days have their message."""
    subject, zone = subject_of("note-down", f"{introduction}/{on}"), zone_of(call.member)
    known = await tx.deliveries.get(call.person, letter_id(call.person, subject))
    if known is not None:
        return known.planned_at.astimezone(ZoneInfo(zone))
    for at in note_times(call.now, on, zone):
        if await tx.budget.take([Wish(call.person.account, at.date(), "note-down", at.astimezone(UTC))]):
            await tx.deliveries.plan(
                [NewDelivery(call.person, "letter", at.date(), at.astimezone(UTC), subject=subject)]
            )
            return at
    return None
