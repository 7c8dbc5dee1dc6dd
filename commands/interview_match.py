"""/interview-match status and rules: how a search and an offer stand, and what everybody agreed to."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.markup import escape
from chat.message import Button, Message, Part, Row, Text
from chat.moment import zones as known_zones
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import (
    CONDUCT,
    Mine,
    guests_allowed,
    mine,
    name_of,
    next_month,
    other_side,
    own_day,
    requests_left,
    role_name,
    tomorrow,
    until_text,
    zones,
)
from commands._registry import _, answers, command
from commands._waiting import LOOKED_AT, looked_at, waits_for
from commands.interview_match_find import find
from commands.interview_match_offer import offer
from content import interview_cards as cards
from content.interview_status import Offer, Question, Search, status_card
from content.interview_ways import AdultConfirmed, ConductAgreed, MatchShown, MatchZone
from content.introduction_cards import On, way_out
from content.introduction_ways import PrepOpened, TalkMet, TalkMissed, TimeFound
from store import Tx
from store.conducts import ADULT
from store.introductions import Introduction
from store.seekers import Seeker


@command("interview-match status", _("How your search and your offer stand"), bare=True, also=("状态", "查看"))
async def status(call: Call) -> Reply:
    """Both at a glance."""
    return await standing(call)


async def standing(call: Call) -> Message:
    """A question that waits for an answer stands here too, so that closed messages lose nothing."""
    async with call.store.begin() as tx:
        own = await mine(tx, call)
        agreed = next((one for one in own.talks if one.state in {"introduced", "scheduled"}), None)
        name = await name_of(tx, agreed, other_side(agreed, call.person)) if agreed else ""
        parts = _talk_parts(call, agreed, name) if agreed else ()
        if own.closed:  # what is agreed on goes on
            if not parts:
                raise Tellable(own.closed)
            return Message("", (Text(own.closed), *parts))
        if own.agreed and not own.of_age:
            return cards.adult_card(call.say, AdultConfirmed(""))
        talk = own.seeking(call.person)
        search = await _search(tx, call, own, talk) if own.seeker else None
        offered = await _offer(tx, call, own)
        question = await _question(tx, call, own)
    asks = zones(call) if search or offered else ()
    takes_part = any(one is not None and one.state != "off" for one in (own.seeker, own.host))
    reachable = call.member.reachable or not takes_part
    return status_card(call.say, search, offered, question, parts, asks, reachable=reachable)


@answers(MatchShown)
async def show(call: Call, pressed: MatchShown) -> Reply:
    """In the message's place."""
    return Edit(await standing(call))


@command("interview-match rules", _("How people treat each other in these talks"), also=("规则", "约定"))
async def rules(call: Call) -> Reply:
    """The rules, to agree to or to read again."""
    async with call.store.begin() as tx:
        at = await tx.conducts.accepted(call.person, CONDUCT)
    zone = ZoneInfo(call.member.zone or "UTC")
    agreed = call.say.date(at.astimezone(zone).date()) if at else ""
    return cards.conduct_card(call.say, agreed, then=ConductAgreed(""))


@answers(ConductAgreed)
async def agree(call: Call, agreed: ConductAgreed) -> Reply:
    """On to what somebody came for."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, CONDUCT, call.now)
    return await _on(call, agreed.side, agreed.role)


@answers(AdultConfirmed)
async def of_age(call: Call, confirmed: AdultConfirmed) -> Reply:
    """Said once; on as after the rules."""
    async with call.store.begin() as tx:
        await tx.conducts.accept(call.person, ADULT, call.now)
    return await _on(call, confirmed.side, confirmed.role) if confirmed.side else Edit(await standing(call))


async def _on(call: Call, side: str, role: str) -> Reply:
    match side:
        case "seeker":
            return await find(call, role)
        case "host":
            return await offer(call)
        case _:
            return await rules(call)


@answers(MatchZone)
async def set_zone(call: Call, chosen: MatchZone) -> Reply:
    """The clock, where none is known yet; one that a daily step hangs on is changed where its step is."""
    if chosen.zone not in known_zones():
        raise Tellable(call.say("I do not know this time zone. Please choose another one."))
    if call.member.zone is None:
        async with call.store.begin() as tx:
            await tx.members.set_zone(call.person, chosen.zone, "member")
    local = call.now.astimezone(ZoneInfo(chosen.zone)).time().replace(second=0, microsecond=0)
    return cards.zone_kept_card(call.say, call.say.time(local))


async def _search(tx: Tx, call: Call, own: Mine, talk: Introduction | None) -> Search:
    seeker, say, day = own.seeker, call.say, own_day(call)
    assert seeker is not None
    left = requests_left(seeker, day)
    made = Search(state="off", role=role_name(call, seeker.role), left=max(left, 0), again=say.date(next_month(day)))
    over = seeker.state == "paused" and seeker.paused_until is not None and seeker.paused_until <= day
    match talk.state if talk else "open" if over else seeker.state:
        case "proposed":
            return replace(made, state="asked")
        case "accepted" | "introduced" | "scheduled" as state:
            return replace(made, state=state)
        case "paused":
            return replace(made, state="paused", until=until_text(say, seeker.paused_until))
        case "open" | "matched":
            if await _unanswered(tx, call, seeker):
                return replace(made, state="asked")
            if not call.member.reachable:
                return replace(made, state="open", since=_since(call, seeker))
            space, roles = call.person.space, {seeker.role, seeker.second}
            hosts = looked_at(seeker, await tx.hosts.open(space, day, roles=roles))
            hosts = hosts or looked_at(seeker, await tx.hosts.open(space, day, limit=LOOKED_AT))
            known = await tx.members.of([seeker.person, *(host.person for host in hosts)])
            clocks = {person: member.zone for person, member in known.items() if member.zone}
            why = waits_for(seeker, hosts, clocks, call.now, external=await guests_allowed(tx, space))
            place = await tx.seekers.before(seeker, day) + 1
            return replace(made, state="open", since=_since(call, seeker), why=why, next=tomorrow(call), place=place)
        case _:
            return made


async def _unanswered(tx: Tx, call: Call, seeker: Seeker) -> bool:
    """Whether a question of this request could still be answered if it had not been: in a small community nobody reads
    a no off the time it came."""
    ended = await tx.introductions.of(call.person, states=("declined", "expired", "gone", "closed"))
    return any(
        one.the("seeker") == call.person
        and (one.state in {"declined", "expired"} or one.decided_at is None)
        and (one.expires_at is not None and one.expires_at > call.now)
        and (seeker.since is None or one.proposed_at >= seeker.since)
        for one in ended
    )


def _since(call: Call, seeker: Seeker) -> str:
    since = (seeker.since or call.now).astimezone(ZoneInfo(call.member.zone or "UTC"))
    return call.say.date(since.date())


async def _offer(tx: Tx, call: Call, own: Mine) -> Offer | None:
    host = own.host
    if host is None:
        return None
    back = host.state == "paused" and host.paused_until is not None and host.paused_until <= own_day(call)
    return Offer(
        state="open" if back else host.state, role=role_name(call, host.role), capacity=host.capacity,
        seats=await tx.hosts.seats_left(call.person, call.now), until=until_text(call.say, host.paused_until),
    )  # fmt: skip


async def _question(tx: Tx, call: Call, own: Mine) -> Question | None:
    waiting = own.asked(call.person)
    seeker = waiting and waiting.the("seeker")
    asks = await tx.seekers.get(seeker) if seeker else None
    if waiting is None or asks is None:
        return None
    return Question(waiting.id, asks.call_me, role_name(call, asks.role), asks.curiosities)


def _talk_parts(call: Call, talk: Introduction, name: str) -> tuple[Part, ...]:
    say, row = call.say, [Button(call.say("Prepare"), PrepOpened(talk.id))]
    whose = say("Your talk with {name}", name=escape(name)) if name else say("Your talk")
    if talk.state == "introduced":
        row.append(Button(say("We found a time"), TimeFound(talk.id)))
    row += [Button(say("We met"), TalkMet(talk.id)), Button(say("It did not happen"), TalkMissed(talk.id))]
    return Text(f"**{whose}**"), Row(tuple(row)), way_out(say, On(talk.id, ""))
