"""/admin rounds: an owner sets up coffees of a channel and circles, switches them on or off, and invites."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from chat.errors import Mistakes, Tellable
from chat.form import Answers
from chat.message import Message
from chat.moment import Schedule
from chat.platform import Edit, Reply
from commands._call import Call
from commands._coffee import named
from commands._matching import kindly
from commands._notes import line
from commands._owners import owners_only
from commands._read import read_when
from commands._registry import Option, _, answers, command
from commands._rhythm import changed, noticed, opening
from commands.admin_talks import SWITCH
from content import coffee_forms as forms
from content import programme_cards as cards
from content.coffee_words import who
from content.interview_forms import NAME
from content.programme_ways import (
    CirclesAsked,
    CirclesGiven,
    CoffeesAsked,
    CoffeesGiven,
    InvitationPosted,
    ProgrammeSwitched,
    RoundsShown,
)
from content.say import Say
from content.talk_times import clock_time
from store import Tx
from store.member_hours import zone_of
from store.owners import looks_after
from store.programmes import Programme
from store.round_pool import CIRCLES, COFFEE_PREFIX

NOTICES = (("24", _("a day")), ("48", _("two days")), ("0", _("not at all")))
SIZES = ("2", "3")
"""Of a coffee. In a circle sit three to five, whatever the owner wishes: matching goes by that."""


@command("admin rounds", _("Owners: coffees of this channel, and circles"), owner=True)
async def rounds(
    call: Call,
    guests: Annotated[str, Option(_("whether guests from other workspaces take part"), choices=SWITCH)] = "",
    notice: Annotated[str, Option(_("how long before members are told that a coffee comes"), choices=NOTICES)] = "",
) -> Reply:
    """All programmes, after what was asked for this channel's coffees."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            if guests or notice:
                await _change(tx, call, guests, notice)
            return await _listed(tx, call)


@answers(RoundsShown)
async def show(call: Call, pressed: RoundsShown) -> Reply:
    """In the message's place."""
    owners_only(call)
    async with call.store.begin() as tx:
        return Edit(await _listed(tx, call))


@answers(CoffeesAsked)
async def ask_coffees(call: Call, pressed: CoffeesAsked) -> Reply:
    """The form, filled with how it is."""
    owners_only(call)
    _in_a_channel(call, pressed.channel)
    async with call.store.begin() as tx:
        was = await tx.programmes.get(call.person.space, COFFEE_PREFIX + pressed.channel)
    return forms.coffees_form(call.say, pressed.channel, _filled(call.say, was))


@answers(CirclesAsked)
async def ask_circles(call: Call, pressed: CirclesAsked) -> Reply:
    """The same for circles."""
    owners_only(call)
    async with call.store.begin() as tx:
        was = await tx.programmes.get(call.person.space, CIRCLES)
    filled = _filled(call.say, was)
    return forms.circles_form(call.say, filled if was else replace(filled, cadence="6"))


@answers(CoffeesGiven)
async def coffees(call: Call, given: CoffeesGiven, typed: Answers) -> Reply:
    """Keeps it and switches it on."""
    owners_only(call)
    _in_a_channel(call, given.channel)
    space, name = call.person.space, COFFEE_PREFIX + given.channel
    filled = _typed(typed)
    with kindly(call.say):
        async with call.store.begin() as tx:
            was = await tx.programmes.get(space, name)
            filled = replace(filled, zone=_zone(was))
            schedule = _schedule(call, filled)
            if schedule is None:
                raise Mistakes({"when": _when_hint(call.say)}, forms.coffees_form(call.say, given.channel, filled))
            base = was or Programme(space=space, name=name, zone=schedule.zone, place=given.channel)
            chosen = filled.who if filled.who in dict(who(call.say)) else "anyone"
            made = await _made(tx, call, base, filled, schedule)
            saved = await tx.programmes.save(replace(made, settings={**made.settings, "who": chosen}), call.now)
            await looks_after(tx, call.person, call.now)
            return cards.kept_card(call.say, await _line(tx, call, saved))


@answers(CirclesGiven)
async def circles(call: Call, given: CirclesGiven, typed: Answers) -> Reply:
    """Keeps when new circles are formed, and switches them on."""
    owners_only(call)
    filled = _typed(typed)
    with kindly(call.say):
        async with call.store.begin() as tx:
            was = await tx.programmes.get(call.person.space, CIRCLES)
            filled = replace(filled, zone=_zone(was))
            schedule = _schedule(call, filled)
            if schedule is None:
                raise Mistakes({"when": _when_hint(call.say)}, forms.circles_form(call.say, filled))
            place = None if call.place.direct else call.place.id
            base = was or Programme(space=call.person.space, name=CIRCLES, zone=schedule.zone, size=4)
            made = await _made(tx, call, replace(base, place=base.place or place), filled, schedule)
            await looks_after(tx, call.person, call.now)
            return cards.kept_card(call.say, await _line(tx, call, await tx.programmes.save(made, call.now)))


@answers(ProgrammeSwitched)
async def switch(call: Call, pressed: ProgrammeSwitched) -> Reply:
    """Off ends what is not matched yet; on begins with the next date."""
    owners_only(call)
    with kindly(call.say):
        async with call.store.begin() as tx:
            was = await tx.programmes.get(call.person.space, pressed.programme)
            if was is not None and pressed.to in {"on", "off"}:
                on = pressed.to == "on"
                begins = await opening(tx, call, was) if on else None
                now = replace(was, state="on" if on else "off", next_round_at=begins)
                await tx.programmes.save(now, call.now)
            return Edit(await _listed(tx, call, ended=await _ended(tx, was) if pressed.to == "off" else False))


@answers(InvitationPosted, private=False)
async def invite(call: Call, pressed: InvitationPosted) -> Reply:
    """Where the owner pressed, for everybody; the bot posts none by itself."""
    owners_only(call)
    async with call.store.begin() as tx:
        found = await tx.programmes.get(call.person.space, COFFEE_PREFIX + pressed.channel)
    if found is None or found.state == "off":
        raise Tellable(call.say("The coffees of this channel are switched off just now."))
    if call.place.id != pressed.channel:
        raise Tellable(call.say("An invitation belongs into its own channel: please ask for /admin rounds there."))
    return cards.invitation_card(call.say, pressed.channel, _rhythm(call, found))


def _in_a_channel(call: Call, channel: str) -> None:
    """Raises Tellable for a conversation of few: coffees bring people of a channel together."""
    if call.place.direct and channel == call.place.id:
        raise Tellable(call.say("Coffees belong to a channel: /admin rounds in that channel sets them up."))


async def _ended(tx: Tx, was: Programme | None) -> bool:
    """Whether a programme that was on had told its members of a round that is not matched yet."""
    if was is None or was.state != "on" or was.name == CIRCLES or not was.notice_hours:
        return False
    return any(one.state == "opened" for one in await tx.rounds.newest(was.space, was.name))


async def _listed(tx: Tx, call: Call, *, ended: bool = False) -> Message:
    every = await tx.programmes.all(call.person.space)
    mine = [one for one in every if one.name == CIRCLES or one.name.startswith(COFFEE_PREFIX)]
    mine.sort(key=lambda one: (named(one) != call.place.id, one.name == CIRCLES, one.name))
    here = "" if call.place.direct else call.place.id
    return cards.rounds_card(call.say, here, [await _line(tx, call, one) for one in mine], ended=ended)


async def _line(tx: Tx, call: Call, one: Programme) -> cards.Listed:
    people = await tx.participants.in_(one.space, one.name, call.now.astimezone(UTC).date())
    channel = "" if one.name == CIRCLES else named(one)
    name = call.say("Circles") if not channel else call.say("Coffees of this channel")
    elsewhere = bool(channel) and channel != call.place.id
    if elsewhere:
        name = call.say("Coffees")
    return cards.Listed(
        programme=one.name, name=name, channel=channel, on=one.state == "on", rhythm=_rhythm(call, one), size=one.size,
        people=len(people), approve=one.approve, next=_next(call, one), elsewhere=elsewhere,
    )  # fmt: skip


def _next(call: Call, one: Programme) -> str:
    if one.next_round_at is None:
        return ""
    at: datetime = one.next_round_at + timedelta(hours=one.notice_hours)
    local = at.astimezone(ZoneInfo(zone_of(call.member)))
    return call.say("{day}, {time}", day=call.say.date(local.date()), time=clock_time(call.say, local))


def _rhythm(call: Call, one: Programme) -> str:
    weeks = call.say.plural("Every week", "Every {n} weeks", one.cadence)
    day, at = call.say.weekday(one.weekday), call.say.time(one.at)
    return call.say("{weeks}, {day} {time}", weeks=weeks, day=day, time=at)


def _filled(say: Say, was: Programme | None) -> forms.Rounds:
    if was is None:
        return forms.Rounds()
    return forms.Rounds(
        cadence=str(was.cadence), when=f"{say.weekday(was.weekday)} {say.time(was.at)}", size=str(was.size),
        who=str(was.settings.get("who", "anyone")), approve="yes" if was.approve else "no",
        zone=_zone(was),
    )  # fmt: skip


def _zone(was: Programme | None) -> str:
    """The clock its owners chose; "" where a member's wish made it, and no owner has yet."""
    return was.zone if was is not None and (was.next_round_at is not None or was.state == "off") else ""


def _typed(answers: Answers) -> forms.Rounds:
    return forms.Rounds(
        cadence=answers.text("cadence"), when=line(answers, "when", NAME), size=answers.text("size"),
        who=answers.text("who"), approve=answers.text("approve"),
    )  # fmt: skip


def _schedule(call: Call, filled: forms.Rounds) -> Schedule | None:
    """One weekday and a time, on the programme's clock, at first the owner's; None where they are not understood."""
    read = read_when(filled.when)
    if read is None or read[0] is None or read[1] is None or len(read[1]) != 1:
        return None
    return Schedule(read[0], filled.zone or zone_of(call.member), read[1])


async def _made(tx: Tx, call: Call, base: Programme, filled: forms.Rounds, schedule: Schedule) -> Programme:
    """The programme as the form says, on; its next date stays where the rhythm does."""
    made = replace(
        base, state="on", cadence=int(filled.cadence) if filled.cadence in {"1", "2", "4", "6"} else 2,
        weekday=min(schedule.days), at=schedule.at, zone=schedule.zone,
        size=int(filled.size) if filled.size in SIZES else base.size, approve=filled.approve == "yes",
    )  # fmt: skip
    return await changed(tx, call, base, made)


async def _change(tx: Tx, call: Call, guests: str, notice: str) -> None:
    was = await tx.programmes.get(call.person.space, COFFEE_PREFIX + call.place.id)
    if was is None:
        raise Tellable(call.say("There are no coffees in this channel yet: `/admin rounds` sets them up."))
    now = was
    if guests:
        now = replace(
            now, settings={**now.settings, "external": guests.strip().casefold() in {"on", "yes", "开", "是"}}
        )
    if notice in dict(NOTICES):
        now = await noticed(tx, call, now, int(notice))
    await tx.programmes.save(now, call.now)


def _when_hint(say: Say) -> str:
    return say("One weekday and a time, please, such as: Tuesday 9:00.")
