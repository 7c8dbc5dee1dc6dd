"""What the commands of `/circle` share: the programme, one's own wish and circles, who sits in them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from chat.errors import Tellable
from chat.people import Person
from commands._call import Call
from commands._matching import own_day
from commands._notes import sealed
from content import circle_words as words
from content.circle_cards import Mine, Waiting
from content.circle_words import Seat
from content.say import Say
from store import Conflict, Tx
from store.circles import Circle
from store.circling import PAIR, course_of, next_slot
from store.member_hours import known_zone, zone_of
from store.participants import Participant
from store.programmes import Programme
from store.round_pool import CIRCLES
from store.rounds import Round

CONDUCT = "circles-1"
"""The edition of the rules in content/circle_cards.py: a new one is agreed to anew."""


@contextmanager
def gently(say: Say) -> Generator[None]:
    """Two windows, two devices, a race with the clock: whoever comes second is told so."""
    try:
        yield
    except Conflict as error:
        raise Tellable(say("Something has changed meanwhile. `/circle guide` shows how it stands.")) from error


async def programme(tx: Tx, call: Call) -> Programme:
    """The community's circles, made on first sight without a date: that is for its owners to set."""
    found = await tx.programmes.get(call.person.space, CIRCLES)
    if found is not None:
        return found
    made = Programme(space=call.person.space, name=CIRCLES, zone=call.member.zone or "UTC", state="on", size=4)
    return await tx.programmes.save(made, call.now)


async def barred(tx: Tx, call: Call) -> None:
    """Raises Tellable where somebody cannot take part here at all."""
    found = await tx.programmes.get(call.person.space, CIRCLES)
    if found is not None and found.state == "off":
        raise Tellable(call.say("Circles are switched off in this community just now."))
    if call.profile.external and not (found and found.settings.get("external")):
        raise Tellable(
            call.say(
                "You are a guest from another workspace. Here circles are for members of this one, unless its owners "
                "open them for guests."
            )
        )


async def own_circle(tx: Tx, call: Call, id_: str, *, lock: bool = False) -> Circle:
    """The circle, if the one who pressed is in it and it goes on: an id in a button is no authority. Raises Tellable
    with the same words whatever is wrong."""
    circle = await tx.circles.get(call.person.space, id_, lock=lock)
    if circle is not None and circle.state != "closed":
        inside = await tx.circles.members(circle.space, circle.id)
        if any(member.person == call.person for member in inside):
            return circle
    raise Tellable(call.say("This circle is not among yours. `/circle guide` shows how yours stand."))


async def seats(tx: Tx, circle: Circle, *, but: Person | None = None) -> tuple[Seat, ...]:
    """Who is in it, by the first names they typed."""
    inside = await tx.circles.members(circle.space, circle.id)
    known = await tx.members.of([member.person for member in inside])
    made: list[Seat] = []
    for member in inside:
        if member.person != but:
            part = await tx.participants.get(member.person, circle.programme)
            call_me = str(part.profile.get("call_me", "")) if part else ""
            made.append(Seat(member.person, call_me, known_zone(known.get(member.person)), member.hosts))
    return tuple(made)


async def mine(tx: Tx, call: Call) -> tuple[Mine, ...]:
    """The circles of whoever asks."""
    found: list[Mine] = []
    for circle in await tx.circles.of(call.person):
        course = course_of(circle)
        with sealed(call.say):
            goal = await tx.circles.goal(call.person, circle.id)
        goes_on = circle.state in {"forming", "running"}
        at = words.weekly(call.say, next_slot(circle, call.now), known_zone(call.member)) if goes_on else ""
        found.append(
            Mine(circle=circle.id, theme=circle.theme, seats=await seats(tx, circle), week=circle.week, next=at,
                 goal=goal or "", asked=course.polls)
        )  # fmt: skip
    return tuple(found)


async def waiting(tx: Tx, call: Call, part: Participant | None) -> Waiting | None:
    """How a wish stands, in honest figures; None where there is none."""
    if part is None or part.state == "out":
        return None
    theme, said = str(part.profile.get("theme", "")), part.profile
    if part.state == "paused" and not (part.paused_until and part.paused_until <= own_day(call)):
        until = call.say.date(part.paused_until) if part.paused_until else ""
        return Waiting(theme=theme, paused=True, until=until)
    everybody = await tx.participants.in_(call.person.space, CIRCLES, call.now.astimezone(UTC).date())
    others = [one for one in everybody if one.person != call.person and one.profile.get("wish") == said.get("wish")]
    speak = [one for one in others if set(one.profile.get("languages", ())) & set(said.get("languages", ()))]
    return Waiting(
        theme=theme, pair=said.get("wish") == PAIR, alike=sum(one.profile.get("theme") == theme for one in others),
        language=len(speak), round=await _round(tx, call),
    )  # fmt: skip


async def _round(tx: Tx, call: Call) -> str:
    """The day on which people are next brought together, "" where none is known."""
    newest = await tx.rounds.newest(call.person.space, CIRCLES)
    under_way = [one.introduces_at for one in newest if await _takes(tx, one, call.person)]
    found = await tx.programmes.get(call.person.space, CIRCLES)
    planned = found.next_round_at + timedelta(hours=found.notice_hours) if found and found.next_round_at else None
    moments = [*under_way, *([planned] if planned else [])]
    if not moments:
        return ""
    return call.say.date(moments[0].astimezone(ZoneInfo(zone_of(call.member))).date())


async def _takes(tx: Tx, this: Round, person: Person) -> bool:
    """Whether this round brings them together with others: one that is only planned takes everybody who waits."""
    if this.state not in {"opened", "matched", "approved"}:
        return this.state == "planned"
    present = await tx.rounds.presence(this, person)
    return present is not None and present.state in {"in", "placed"}


async def into_round(tx: Tx, part: Participant) -> None:
    """Into the round that is open, where there is one; one that is matched takes nobody any more."""
    for this in await tx.rounds.newest(part.person.space, CIRCLES):
        if this.state not in {"planned", "opened"}:
            continue
        await tx.rounds.join(this, {part.person: part.waited})
        present = await tx.rounds.presence(this, part.person)
        if present is not None and present.state == "skipped":
            await tx.rounds.mark(this, [part.person], "in")
