"""/admin round report: how rounds and talks go, in figures; of what members said privately no small counts."""

from __future__ import annotations

from dataclasses import replace

from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._owners import owners_only
from commands._registry import answers
from commands._rounds import clock, newest, programmes
from content.interview_words import name as label
from content.interview_words import roles
from content.round_cards import Who
from content.round_report_cards import more_row, rounds_report_card, talks_report_card
from content.round_ways import RoundReported
from store import Tx
from store.proposals import INTERVIEWS
from store.round_figures import last_rounds, talks


@answers(RoundReported)
async def report(call: Call, pressed: RoundReported) -> Reply:
    """In the place of what was shown."""
    owners_only(call)
    async with call.store.begin() as tx:
        return Edit(await report_of(tx, call, pressed.programme))


async def report_of(tx: Tx, call: Call, programme: str) -> Message:
    """Of one programme, with the way to the others."""
    message = await (_talks(tx, call) if programme == INTERVIEWS else _rounds(tx, call, programme))
    others = [name for name in await programmes(tx, call, talks=True) if name != programme]
    return Message(message.title, (*message.parts, more_row(call.say, others, call.place.id))) if others else message


async def _talks(tx: Tx, call: Call) -> Message:
    found = await talks(tx, call.person.space, call.now)
    named = roles(call.say, call.library)
    short = tuple((label(named, role) or role, seekers, seats) for role, seekers, seats in found.short)
    return talks_report_card(call.say, replace(found, short=short))


async def _rounds(tx: Tx, call: Call, programme: str) -> Message:
    found = await last_rounds(tx, call.person.space, programme)
    waiting = await _waiting(tx, call, programme)
    settings = await tx.programmes.get(call.person.space, programme)
    zone = clock(call.member, settings) if settings else "UTC"
    return rounds_report_card(call.say, programme, found, waiting, zone, call.place.id)


async def _waiting(tx: Tx, call: Call, programme: str) -> list[tuple[str, int]]:
    """First names and rounds so far, the longest wait first."""
    this = await newest(tx, call, programme)
    if this is None:
        return []
    left = [one for one in await tx.rounds.present(this) if one.state == "waiting"]
    names: list[tuple[str, int]] = []
    for one in sorted(left, key=lambda one: (-one.wait, one.person)):
        part = await tx.participants.get(one.person, programme)
        if part is not None:
            names.append((Who(one.person.id, str(part.profile.get("call_me", ""))).short, one.wait + 1))
    return names
