"""What the commands of `/interview-match` share: who may take part, one's profiles and talks, one's own calendar."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from chat.errors import Tellable
from chat.message import Message
from chat.people import Person, Space
from commands._call import Call
from commands._nudges import today
from commands.nudge_zone import usual
from content.cities import full_name
from content.interview_cards import adult_card, conduct_card
from content.interview_ways import AdultConfirmed, ConductAgreed
from content.say import Say
from store import Conflict, Tx
from store.adults import of_age
from store.hosts import Host
from store.introductions import OPEN, Introduction
from store.proposals import INTERVIEWS
from store.seekers import Seeker

CONDUCT = "talks-1"
"""The edition of the rules in content/interview_cards.py: a new one is agreed to anew."""
REQUESTS = 2
"""How many requests a month one member may make."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Everything of one member that decides what comes next, read in one transaction. `talks`: the open ones, the
    newest first; `closed`: not taking part, and why, in words; `of_age`: they said so, or nobody asks."""

    seeker: Seeker | None
    host: Host | None
    talks: tuple[Introduction, ...]
    agreed: bool
    closed: str
    of_age: bool

    def seeking(self, person: Person) -> Introduction | None:
        """The open talk somebody asked for."""
        return next((talk for talk in self.talks if talk.kind == "interview" and talk.the("seeker") == person), None)

    def asked(self, person: Person) -> Introduction | None:
        """The oldest question to a host that waits for their answer."""
        waiting = [talk for talk in self.talks if talk.state == "proposed" and talk.the("host") == person]
        return waiting[-1] if waiting else None


async def mine(tx: Tx, call: Call, *, lock: bool = False) -> Mine:
    """`lock`: nobody else changes the search before this transaction ends."""
    person = call.person
    return Mine(
        await tx.seekers.get(person, lock=lock),
        await tx.hosts.get(person),
        await tx.introductions.of(person, states=OPEN),
        await tx.conducts.accepted(person, CONDUCT) is not None,
        await barred(tx, call),
        await of_age(tx, person),
    )


async def barred(tx: Tx, call: Call) -> str:
    """Why somebody cannot take part here at all, in words; "" when they can."""
    programme = await tx.programmes.get(call.person.space, INTERVIEWS)
    if programme is not None and programme.state == "off":
        return call.say("Talks are switched off in this community just now.")
    if call.profile.external and not (programme and programme.settings.get("external")):
        return call.say(
            "You are a guest from another workspace. Here talks are for members of this one, unless its owners open "
            "them for guests."
        )
    return ""


async def guests_allowed(tx: Tx, space: Space) -> bool:
    """Whether the owner opened talks for guests from other workspaces."""
    programme = await tx.programmes.get(space, INTERVIEWS)
    return programme is not None and bool(programme.settings.get("external"))


def welcome(call: Call, own: Mine, side: str, role: str = "") -> Message | None:
    """The rules where they are not agreed to yet, and the question whether somebody is of age where an owner asks it;
    both lead on, with the role somebody came for. Raises Tellable where somebody cannot take part, or there is nothing
    to talk about."""
    if own.closed:
        raise Tellable(own.closed)
    if not call.library.roles:
        raise Tellable(call.say("There are no roles in what I know here. `/step` shows what there is."))
    if not own.agreed:
        return conduct_card(call.say, then=ConductAgreed(side, role))
    return None if own.of_age else adult_card(call.say, AdultConfirmed(side, role))


@contextmanager
def kindly(say: Say) -> Generator[None]:
    """Two windows, two devices, a race with the clock: whoever comes second is told so."""
    try:
        yield
    except Conflict as error:
        raise Tellable(
            say("Something has changed meanwhile. `/interview-match status` shows how it stands.")
        ) from error


def requests_left(seeker: Seeker | None, day: date) -> int:
    """How many searches somebody may still begin in their own month."""
    return REQUESTS - (seeker.asked_since(day.replace(day=1)) if seeker else 0)


def next_month(day: date) -> date:
    """The first day of the next one."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def role_name(call: Call, role: str | None) -> str:
    """What the pack calls it; the id where the pack has it no more."""
    known = call.library.roles.get(role or "")
    return known.name.get(call.say.lang) if known else (role or "").removeprefix("role.")


def zones(call: Call) -> tuple[tuple[str, str], ...]:
    """(label, zone) to choose from where the member's clock is not known, else none."""
    return () if call.member.zone else tuple((full_name(place, call.say.lang), place.zone) for place in usual())


def own_day(call: Call) -> date:
    """The member's own date."""
    return today(call)


def tomorrow(call: Call) -> str:
    """In the member's words."""
    return call.say.date(own_day(call) + timedelta(days=1))


def until_text(say: Say, until: date | None) -> str:
    """The end of a pause, "" where it has none."""
    return say.date(until) if until else ""


def other_side(talk: Introduction, person: Person) -> Person | None:
    """Whom somebody talks with; None where that one is gone, or there are several."""
    others = [one for one in talk.persons if one != person]
    return others[0] if len(others) == 1 else None


async def name_of(tx: Tx, talk: Introduction, person: Person | None) -> str:
    """The first name that side typed, for an interview or for coffees; "" where it is not known any more."""
    if person is None:
        return ""
    if talk.kind != "interview":
        part = await tx.participants.get(person, talk.programme)
        return str(part.profile.get("call_me", "")) if part else ""
    found = await (tx.seekers.get(person) if talk.the("seeker") == person else tx.hosts.get(person))
    return found.call_me if found else ""
