"""Try again, where direct messages did not arrive: a short one through the ledger is the proof."""

from __future__ import annotations

from dataclasses import replace

from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import own_day
from commands._registry import answers
from commands.interview_match import standing
from content.interview_ways import MatchReach
from content.letters import subject_of
from store.deliveries import NewDelivery

TRIES_A_DAY = 5


@answers(MatchReach)
async def reach(call: Call, pressed: MatchReach) -> Reply:
    """In the status's place: how it stands now."""
    return Edit(await standing(replace(call, member=replace(call.member, reachable=await _arrives(call)))))


async def _arrives(call: Call) -> bool:
    day = own_day(call)
    async with call.store.begin() as tx:
        member = (await tx.members.of([call.person])).get(call.person, call.member)
        if member.reachable:
            return True
        tried = [row for row in await tx.deliveries.recent(call.person, 20) if row.subject.startswith(f"reach {day}/")]
        if len(tried) >= TRIES_A_DAY:
            return False
        subject = subject_of("reach", f"{day}/{len(tried) + 1}")
        planned = await tx.deliveries.plan_one(NewDelivery(call.person, "letter", day, call.now, subject=subject))
    return planned is not None and (await call.rooms.deliver(call.person, planned.id)).state == "sent"
