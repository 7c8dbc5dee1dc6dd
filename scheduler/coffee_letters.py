"""Letters of coffee rounds at the moment of sending: read anew, held until it is day, dropped when no longer true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chat.markup import escape
from chat.message import Message
from chat.people import Person
from content import coffee_letters as cards
from content.coffee_words import stages
from content.interview_words import languages, names
from content.introduction_parts import On, Side
from content.letters import COFFEES, ROUNDS, CoffeeLetter, RoundLetter
from content.say import Say
from content.talk_times import clock_time
from matching.left_out import LeftOut
from scheduler.letter_state import Letter, held
from scheduler.shared_language import speaker_for_all
from store import Tx
from store.deliveries import Delivery
from store.introductions import Introduction, State
from store.member_hours import known_zone, local_day, zone_of
from store.members import Member
from store.participants import Participant, is_in
from store.programmes import Programme
from store.round_pool import COFFEE_PREFIX, late_until
from store.rounds import Present, Round

TRUE_IN: Mapping[CoffeeLetter, tuple[State, ...]] = {
    "coffee-intro": ("introduced", "scheduled"), "coffee-alone": ("introduced", "scheduled"),
    "coffee-how": ("introduced", "scheduled"), "coffee-gone": ("gone", "closed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything a letter about an introduction may speak of; `parts` of those who still take part or did; `grown`: a
    pair of them was introduced before."""

    introduction: Introduction
    members: Mapping[Person, Member]
    parts: Mapping[Person, Participant]
    grown: bool


async def coffee_letter(
    tx: Tx, delivery: Delivery, name: CoffeeLetter | RoundLetter, id_: str, now: datetime
) -> Letter:
    """As `compose_letter`, for these."""
    if (about := COFFEES.get(name)) is not None:
        return await _of_introduction(tx, delivery, about, id_, now)
    return await _of_round(tx, delivery, ROUNDS.get(name, "coffee-left"), id_, now)


def left_out_text(out: LeftOut) -> str:
    """What the row of a "coffee-left" keeps of why.

    >>> from datetime import UTC
    >>> left_out_text(LeftOut("U1", "hours", (datetime(2026, 11, 24, 18, tzinfo=UTC),)))
    'hours 2026-11-24T18:00:00+00:00'
    """
    return " ".join((out.cause, *(at.isoformat() for at in out.times)))


def channel_of(programme: str) -> str:
    """Where a coffee programme lives."""
    return programme.removeprefix(COFFEE_PREFIX)


async def _of_introduction(tx: Tx, delivery: Delivery, name: CoffeeLetter, id_: str, now: datetime) -> Letter:
    found = await tx.introductions.get(delivery.person.space, id_)
    if found is None or delivery.person not in found.persons or found.state not in TRUE_IN[name]:
        return Letter(delivery, nothing="not_true_any_more")
    members = await tx.members.of(found.persons)
    here = [person for person in found.persons if person in members and members[person].left_at is None]
    if delivery.person not in here or (len(here) < 2 and name != "coffee-gone"):
        return Letter(delivery, nothing="not_true_any_more")
    if name != "coffee-gone" and await tx.blocks.between(found.persons):
        return Letter(delivery, nothing="not_true_any_more")
    parts = {person: part for person in here if (part := await tx.participants.get(person, found.programme))}
    known = _Known(found, {person: members[person] for person in here}, parts, await _grown(tx, found, here))
    zones = [zone_of(members[person]) for person in sorted(here, key=lambda one: one != delivery.person)]
    if not delivery.doubtful and (until := await held(tx, delivery, name, zones, now)) is not None:
        return Letter(delivery, until=until)
    return Letter(delivery, _card(known, delivery, name))


async def _grown(tx: Tx, found: Introduction, here: Sequence[Person]) -> bool:
    """Whether two of three read of each other in this round before."""
    if len(here) < 3:
        return False
    before = [talk for person in here for talk in await tx.introductions.of(person, states=["closed"])]
    same = [talk for talk in before if (talk.programme, talk.round) == (found.programme, found.round)]
    return any(talk.introduced_at is not None and set(talk.persons) < set(found.persons) for talk in same)


def _card(known: _Known, delivery: Delivery, name: CoffeeLetter) -> Message:
    found, group = known.introduction, delivery.place is not None
    readers = list(known.members) if group else [delivery.person]
    say = speaker_for(
        [known.members[one] for one in readers], [known.parts[one] for one in readers if one in known.parts]
    )
    on = On(found.id, delivery.id)
    sides = [side_of(say, person, member, known.parts.get(person)) for person, member in known.members.items()]
    you = next(side for side in sides if side.person == delivery.person)
    others = [side for side in sides if side.person != delivery.person]
    slots = tuple(datetime.fromisoformat(slot) for slot in found.slots)
    made_at = found.introduced_at or found.proposed_at
    match name:
        case "coffee-intro":
            return cards.intro_card(say, on, sides, found.reasons, slots, made_at, grown=known.grown)
        case "coffee-alone":
            return cards.alone_card(say, on, you, others, found.reasons, slots, made_at, grown=known.grown)
        case "coffee-how":
            return cards.how_card(say, on, others)
        case "coffee-gone":
            return cards.gone_card(say, channel_of(found.programme), delivery.id)


async def _of_round(tx: Tx, delivery: Delivery, name: RoundLetter, id_: str, now: datetime) -> Letter:
    person, (name_of, _, number) = delivery.person, id_.rpartition("/")
    this = await tx.rounds.get(person.space, name_of, int(number)) if number.isdecimal() else None
    programme = await tx.programmes.get(person.space, name_of)
    member, part = (await tx.members.of([person])).get(person), await tx.participants.get(person, name_of)
    present = await tx.rounds.presence(this, person) if this is not None else None
    if (
        this is None
        or present is None
        or programme is None
        or member is None
        or member.left_at is not None
        or part is None
    ):
        return Letter(delivery, nothing="not_true_any_more")
    soon, before = name == "coffee-soon", this.matches_at if name == "coffee-soon" else None
    if not (_is_true(name, this, present, now) and is_in(part, local_day(member, now))):
        return Letter(delivery, nothing="not_true_any_more")
    zones = [zone_of(member)]
    if not delivery.doubtful and (until := await held(tx, delivery, name, zones, now, before=before)) is not None:
        return Letter(delivery, until=until)
    say, channel, zone = speaker_for([member], [part]), channel_of(name_of), zone_of(member)
    if soon:
        when, by = local_text(say, this.introduces_at, zone), this.introduces_at > this.matches_at
        return Letter(delivery, cards.soon_card(say, channel, delivery.id, when, by=by))
    if name == "coffee-off":
        return Letter(delivery, cards.off_card(say, channel, delivery.id))
    cause, *times = delivery.why.split()
    at = [datetime.fromisoformat(time) for time in times]
    again, door = _again(say, programme, zone), now < late_until(this)
    return Letter(delivery, cards.left_card(say, channel, delivery.id, cause, at, known_zone(member), again, door=door))


def _is_true(name: RoundLetter, this: Round, present: Present, now: datetime) -> bool:
    match name:
        case "coffee-soon":
            return present.state == "in" and this.state in {"planned", "opened"} and now < this.matches_at
        case "coffee-left":
            return present.state == "waiting"
        case "coffee-off":
            return present.state == "in" and this.state == "closed"


def side_of(say: Say, person: Person, member: Member | None, part: Participant | None) -> Side:
    """Somebody on a card, in up to three lines: what they typed for this programme, no more."""
    profile: Mapping[str, Any] = part.profile if part is not None else {}
    name = str(profile.get("call_me", "")) or "?"
    stage = dict(stages(say)).get(str(profile.get("stage")), "")
    about = " · ".join(escape(text) for text in (stage, str(profile.get("team") or "")) if text)
    speaks = names(say, languages(say), frozenset(profile.get("languages", ())))
    head = f"**{escape(name)}**" + (f" · {about}" if about else "")
    lines = (head, say("Speaks {languages}", languages=escape(speaks))) if speaks else (head,)
    return Side(person, name, known_zone(member), lines)


def local_text(say: Say, at: datetime, zone: str) -> str:
    """A moment on somebody's clock."""
    local = at.astimezone(ZoneInfo(zone))
    return say("{day}, {time}", day=say.date(local.date()), time=clock_time(say, local))


def _again(say: Say, programme: Programme, zone: str) -> str:
    if programme.state != "on" or programme.next_round_at is None:
        return ""
    at = programme.next_round_at + timedelta(hours=programme.notice_hours)
    return say.date(at.astimezone(ZoneInfo(zone)).date())


def speaker_for(readers: Sequence[Member], parts: Sequence[Participant]) -> Say:
    """The language all of them read, else the one they talk in, where we have it."""
    talks = [set(part.profile.get("languages", ())) for part in parts]
    shared = set[str].intersection(*talks) if talks else set[str]()
    return speaker_for_all(readers, "zh-CN" if "zh" in shared and "en" not in shared else "en")
