"""/circle guide: what a circle is, how one's own stands, how to host one, and what to do when doubt comes."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.message import Message
from chat.moment import zones as known_zones
from chat.platform import Edit, Reply
from commands._call import Call
from commands._circles import mine, waiting
from commands._registry import _, answers, command
from content import circle_cards as cards
from content import circle_help as help_cards
from content.circle_ways import (
    CircleAdult,
    CircleDoubts,
    CircleGuide,
    CircleHelp,
    CircleHosting,
    CircleStays,
    CircleZone,
    DoubtStep,
)
from content.interview_cards import adult_card
from store.adults import of_age
from store.round_pool import CIRCLES


@command("circle guide", _("What a circle is, how yours stands, and how to host one"), bare=True, also=("指南", "查看"))
async def guide(call: Call) -> Message:
    """Everything of circles at a glance; first whether they are of age, where an owner asks it of those who wait."""
    async with call.store.begin() as tx:
        part = await tx.participants.get(call.person, CIRCLES)
        if part is not None and part.state != "out" and not await of_age(tx, call.person):
            return adult_card(call.say, CircleAdult(joins=False, hosts=False))
        return cards.circle_guide_card(call.say, await mine(tx, call), await waiting(tx, call, part))


@answers(CircleGuide)
async def guide_again(call: Call, pressed: CircleGuide) -> Reply:
    """In the message's place."""
    return Edit(await guide(call))


@answers(CircleHosting)
async def hosting(call: Call, pressed: CircleHosting) -> Reply:
    """The hosts' guide."""
    return Edit(cards.circle_hosting_card(call.say))


@answers(CircleDoubts)
async def doubts(call: Call, pressed: CircleDoubts) -> Reply:
    """How common they are."""
    return Edit(help_cards.circle_doubts_card(call.say, call.library))


@answers(DoubtStep)
async def one_step(call: Call, pressed: DoubtStep) -> Reply:
    """One thing to do, which may become one's own goal."""
    async with call.store.begin() as tx:
        circles = await tx.circles.of(call.person)
    return Edit(help_cards.circle_step_card(call.say, pressed.step, circles[0].id if circles else ""))


@answers(CircleHelp)
async def more(call: Call, pressed: CircleHelp) -> Reply:
    """Who else is there: a new message, for the card it stood on belongs to others too. It is noted nowhere."""
    async with call.store.begin() as tx:
        found = await tx.programmes.get(call.person.space, CIRCLES)
    return help_cards.circle_more_card(call.say, found.settings.get("help", {}) if found else {})


@answers(CircleStays)
async def stays(call: Call, pressed: CircleStays) -> Reply:
    """Nothing was done."""
    return Edit(await guide(call))


@answers(CircleZone)
async def set_zone(call: Call, chosen: CircleZone) -> Reply:
    """The clock, where none is known yet."""
    if chosen.zone not in known_zones():
        raise Tellable(call.say("I do not know this time zone. Please choose another one."))
    if call.member.zone is None:
        async with call.store.begin() as tx:
            await tx.members.set_zone(call.person, chosen.zone, "member")
    local = call.now.astimezone(ZoneInfo(chosen.zone)).time().replace(second=0, microsecond=0)
    return cards.circle_zone_card(call.say, call.say.time(local))
