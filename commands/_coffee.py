"""What the commands of `/coffee` share: which programme is meant, how one stands in it, and its next date."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.message import Message
from commands._call import Call
from commands._matching import until_text, zones
from content import coffee_cards as cards
from content.coffee_ways import CoffeeAdult
from content.interview_cards import adult_card
from content.say import Say
from content.talk_times import clock_time
from store import Conflict, Tx
from store.adults import of_age
from store.introductions import Introduction
from store.member_hours import zone_of
from store.participants import Participant
from store.programmes import HOLD, Programme
from store.round_pool import COFFEE_PREFIX, late_until
from store.rounds import Present, Round


@dataclass(frozen=True, slots=True)
class Mine:
    """One programme as one member stands in it: their part, the newest round, and theirs in that."""

    programme: Programme
    part: Participant | None
    round: Round | None
    present: Present | None

    @property
    def channel(self) -> str:
        """Where it lives."""
        return self.programme.name.removeprefix(COFFEE_PREFIX)

    @property
    def may_skip(self) -> bool:
        """Whether they are in a round that has not gone out yet."""
        return self.under_way and self.present is not None and not self.has_skipped

    @property
    def has_skipped(self) -> bool:
        """Whether they skip the newest round."""
        return self.present is not None and self.present.state == "skipped"

    @property
    def skips(self) -> bool:
        """Whether they skip a round that has not gone out yet."""
        return self.under_way and self.has_skipped

    @property
    def under_way(self) -> bool:
        """Whether a round has begun and not gone out yet."""
        return self.round is not None and self.round.state in {"planned", "opened", "matched", "approved"}

    def takes_late(self, now: datetime) -> bool:
        """Whether a round has been matched and still takes in who comes late."""
        if self.round is None or self.present is not None:
            return False
        begun = self.round.state in {"matched", "approved"}
        return begun or (self.round.state == "introduced" and now < late_until(self.round))


@contextmanager
def gently(say: Say) -> Generator[None]:
    """Two windows, two devices, a race with the clock: whoever comes second is told so."""
    try:
        yield
    except Conflict as error:
        raise Tellable(say("Something has changed meanwhile. `/coffee status` shows how it stands.")) from error


async def programmes(tx: Tx, call: Call) -> tuple[Programme, ...]:
    """The coffees of this community that are on, and those this member is in."""
    mine = {part.programme for part in await tx.participants.of(call.person) if part.state != "out"}
    every = await tx.programmes.all(call.person.space)
    return tuple(one for one in every if one.name.startswith(COFFEE_PREFIX) and (one.state == "on" or one.name in mine))


async def chosen(tx: Tx, call: Call, channel: str = "") -> Mine | Message:
    """The programme of `channel`, else the one where the member is, else the only one there is; where there are
    several, the question which. Raises Tellable where there is none."""
    every = await programmes(tx, call)
    for wanted in (channel, "" if channel else call.place.id):
        for one in every:
            if wanted and one.name == COFFEE_PREFIX + wanted:
                return await mine(tx, call, one)
    if len(every) == 1 and not channel:
        return await mine(tx, call, every[0])
    if not every or channel:
        raise Tellable(call.say("There are no coffees here yet. Those who look after this community can begin them."))
    return cards.which_card(call.say, [(named(one), label(call, one)) for one in every])


async def mine(tx: Tx, call: Call, programme: Programme) -> Mine:
    """How they stand in one of them."""
    found = await tx.rounds.newest(programme.space, programme.name)
    this = found[0] if found and found[0].state != "closed" else None
    present = await tx.rounds.presence(this, call.person) if this is not None else None
    return Mine(programme, await tx.participants.get(call.person, programme.name), this, present)


async def must_be_in(tx: Tx, call: Call, channel: str = "") -> Mine:
    """Their part, when they have one. Raises Tellable with the way to join."""
    found = await chosen(tx, call, channel)
    if isinstance(found, Message):
        took = [one for one in await tx.participants.of(call.person) if one.programme.startswith(COFFEE_PREFIX)]
        only = [one.programme for one in took if one.state != "out"]
        programme = await tx.programmes.get(call.person.space, only[0]) if len(only) == 1 else None
        if programme is None:
            raise Tellable(call.say("Several channels have coffees here: please ask in the channel you mean."))
        found = await mine(tx, call, programme)
    if found.part is None or found.part.state == "out":
        raise Tellable(call.say("You do not take part in these coffees. `/coffee join` begins."))
    return found


def barred(call: Call, own: Mine) -> None:
    """Raises Tellable where somebody cannot take part at all."""
    if own.programme.state == "off":
        raise Tellable(call.say("The coffees of this channel are switched off just now."))
    if call.profile.external and not own.programme.settings.get("external"):
        raise Tellable(
            call.say(
                "You are a guest from another workspace. Here coffees are for members of this one, unless its owners "
                "open them for guests."
            )
        )


async def standing(tx: Tx, call: Call, own: Mine) -> Message:
    """How it is, as a card; first whether they are of age, where an owner asks it."""
    part, present = own.part, own.present
    today = call.now.astimezone(UTC).date()
    state: cards.Standing = "out"
    if part is not None and part.state != "out":
        away = part.state == "paused" and (part.paused_until is None or part.paused_until > today)
        state = "paused" if away else "skipped" if present is not None and present.state == "skipped" else "in"
    if state != "out" and not await of_age(tx, call.person):
        return adult_card(call.say, CoffeeAdult(own.channel, joins=False))
    meeting = await _meeting(tx, call, own)
    now = cards.Now(
        channel=own.channel, standing=state, next=next_text(call, own), by=own.programme.approve,
        until=until_text(call.say, part.paused_until) if part is not None else "",
        waiting=state == "in" and present is not None and present.state == "waiting", meeting=meeting,
    )  # fmt: skip
    return cards.status_card(call.say, now, zones(call) if state != "out" else ())


def next_at(own: Mine) -> datetime | None:
    """When people are brought together next."""
    if own.round is not None and own.round.state in {"planned", "opened"}:
        return own.round.matches_at
    if own.programme.state == "off" or own.programme.next_round_at is None:
        return None
    return own.programme.next_round_at + timedelta(hours=own.programme.notice_hours)


def meets_at(own: Mine) -> datetime | None:
    """When this member is introduced next; where an owner looks first, at the latest."""
    if own.round is not None and own.under_way and not (own.skips and own.round.state in {"matched", "approved"}):
        return own.round.introduces_at
    at = next_at(own)
    return at + HOLD if at is not None and own.programme.approve else at


def next_text(call: Call, own: Mine) -> str:
    """The same on the member's clock, "" where it is not known."""
    at = meets_at(own)
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(zone_of(call.member)))
    return call.say("{day}, {time}", day=call.say.date(local.date()), time=clock_time(call.say, local))


def named(programme: Programme) -> str:
    """The channel of a programme."""
    return programme.name.removeprefix(COFFEE_PREFIX)


def label(call: Call, programme: Programme) -> str:
    """When a programme brings people together, for a choice among several."""
    return f"{call.say.weekday(programme.weekday)} {call.say.time(programme.at)}"


async def _meeting(tx: Tx, call: Call, own: Mine) -> tuple[str, tuple[str, ...]] | None:
    talks = await tx.introductions.of(call.person, states=("introduced", "scheduled"))
    found: Introduction | None = next((talk for talk in talks if talk.programme == own.programme.name), None)
    if found is None:
        return None
    names: list[str] = []
    for person in found.persons:
        part = await tx.participants.get(person, found.programme) if person != call.person else None
        if part is not None:
            names.append(str(part.profile.get("call_me", "")) or "?")
    return (found.id, tuple(names)) if names else None
