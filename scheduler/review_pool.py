"""Who could read a sheet of somebody else, from what the store keeps to what matching goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import Person, Space
from matching.history import pair
from matching.person import Host, Seeker
from matching.reviews import REVIEW_RULES, Reader, readers
from scheduler.interview_pool import AHEAD
from scheduler.post import today
from store import Tx
from store.adults import adults_among
from store.member_hours import folded, week_of, zone_of
from store.members import Member
from store.participants import Participant, is_in
from store.programmes import Programme
from store.proposals import INTERVIEWS
from store.sheet_people import WRITERS
from store.sheet_reviews import EDITION, REVIEWS, SheetReview

MONTH, LATELY = timedelta(days=30), timedelta(days=90)
"""Over which a reader's own limit counts, and over which whose turn it is."""


async def free_readers(
    tx: Tx, review: SheetReview, owner: Person, lang: str, now: datetime
) -> tuple[tuple[Reader, ...], Mapping[Person, Member]]:
    """Whom this sheet may be offered to, the best first, and who they are; nobody where its owner switched it off."""
    space = review.space
    programme = await tx.programmes.get(space, REVIEWS)
    if programme is None or programme.state == "off":
        return (), {}
    offers = await tx.participants.in_(space, REVIEWS, now.astimezone(UTC).date() + AHEAD)
    members = await tx.members.of(sorted({one.person for one in offers} | {owner}))
    may = await adults_among(tx, space, members) & await tx.conducts.all(space, EDITION)
    month = await tx.sheet_asks.asked_since(space, now - MONTH)
    lately = await tx.sheet_asks.asked_since(space, now - LATELY)
    people = await tx.sheet_people.of(space, review.sheet)
    writers = [one.person.id for one in people if one.state != "out" and one.part in WRITERS]
    blocks = frozenset(pair(*two) for two in await tx.blocks.within(space))
    on = {one.person.id for one in people}
    on |= {one.person.id for one in await tx.sheet_asks.of(space, review.sheet)}
    hosts = [
        await _host(tx, one, members[one.person], month.get(one.person.id, 0))
        for one in offers
        if one.person in may
        and one.person.id not in on
        and _here(one, members.get(one.person), now)
        and not any(pair(one.person.id, writer) in blocks for writer in writers)
    ]
    asks = Seeker(
        id=owner.id, languages=frozenset({lang}), format="async", team=await _team(tx, owner),
        topics=frozenset({review.field} if review.field else ()),
    )  # fmt: skip
    rules = replace(REVIEW_RULES, external_allowed=await _external(tx, space))
    found = readers(
        asks, hosts, lately, week_of(now), seed=int(review.sheet[:8], 16), rules=rules, blocks=blocks
    )  # fmt: skip
    return tuple(found), members


def seats_left(part: Participant, asked: int) -> int:
    """How many more this month."""
    return int(part.profile.get("month", 1)) - asked


async def _host(tx: Tx, part: Participant, member: Member, asked: int) -> Host:
    said = part.profile
    return Host(
        id=part.person.id, languages=frozenset(said.get("languages", ())), zone=zone_of(member),
        topics=frozenset(said.get("fields", ())), team=await _team(tx, part.person), external=part.external,
        seats=max(0, seats_left(part, asked)),
    )  # fmt: skip


async def _team(tx: Tx, person: Person) -> str | None:
    """What they said for talks and nobody asks again here: colleagues of a team are not put together."""
    known = await tx.seekers.get(person) or await tx.hosts.get(person)
    return folded(known.team) if known is not None else None


async def _external(tx: Tx, space: Space) -> bool:
    programme: Programme | None = await tx.programmes.get(space, INTERVIEWS)
    return programme is not None and bool(programme.settings.get("external"))


def _here(part: Participant, member: Member | None, now: datetime) -> bool:
    if member is None or member.left_at is not None or not member.reachable:
        return False
    return is_in(part, today(zone_of(member), now))
