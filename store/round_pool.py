"""Who is in a round and may meet, from what the store keeps to what matching goes by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from chat.people import Person, Space
from matching.history import Blocks, History
from matching.person import Peer
from matching.rules import CIRCLE_RULES, COFFEE_RULES, Rules
from matching.week import Week
from matching.weights import COFFEE, COFFEE_ALIKE, COFFEE_DIFFERENT, Weights
from store import Tx
from store.adults import adults_among
from store.member_hours import hours_of, local_day, week_of, zone_of
from store.members import Member
from store.participants import Participant, is_in
from store.programmes import Programme
from store.rounds import Round
from store.seekers import Availability, Hours

CIRCLES = "circles"
COFFEE_PREFIX = "coffee:"
JOIN_LATE = timedelta(hours=24)
"""How long after its introductions somebody may still join a round."""
AHEAD = timedelta(days=1)
"""By which the furthest calendar may be ahead of UTC's."""
REMEMBERED = max(CIRCLE_RULES.remember, COFFEE_RULES.remember)
"""Rounds back that are read; which of them count is for the rules to say."""
_WHO: Mapping[str, Weights] = {"anyone": COFFEE, "alike": COFFEE_ALIKE, "different": COFFEE_DIFFERENT}
"""By a coffee programme's setting `who`."""


@dataclass(frozen=True, slots=True)
class RoundPool:
    """One round at one moment. `peers`: by id, sorted; who skips it, paused, left or cannot be reached is not among
    them. `members` and `participants`: the same people. `history`: as this round sees it. `week`: the one after the
    introduction."""

    this: Round
    programme: Programme
    peers: dict[str, Peer]
    members: dict[Person, Member]
    blocks: Blocks
    history: History
    rules: Rules
    week: Week
    participants: dict[Person, Participant]


async def read_round_pool(tx: Tx, this: Round, programme: Programme, now: datetime) -> RoundPool:
    """Read anew whenever it is needed: somebody may have left, paused or blocked somebody since, or an owner lets
    adults alone meet."""
    present = [one for one in await tx.rounds.present(this) if one.state != "skipped"]
    members = await tx.members.of([one.person for one in present])
    taking_part = {one.person: one for one in await who_takes_part(tx, this.space, this.programme, now)}
    may = await adults_among(tx, this.space, members)
    rules = rules_of(programme)
    peers: dict[str, Peer] = {}
    for one in present:
        member, part = members.get(one.person), taking_part.get(one.person)
        if part is None or member is None or member.left_at is not None or not member.reachable:
            continue
        if one.person not in may or (part.external and not rules.external_allowed):
            continue
        peers[one.person.id] = peer_of(part, zone_of(member), one.wait, part.new)
    return RoundPool(
        this, programme, peers,
        {person: member for person, member in members.items() if person.id in peers},
        await tx.blocks.within(this.space),
        await history_of(tx, this.space, this.programme, this.number),
        rules, week_of(this.introduces_at),
        {person: part for person, part in taking_part.items() if person.id in peers},
    )  # fmt: skip


async def who_takes_part(tx: Tx, space: Space, programme: str, now: datetime) -> tuple[Participant, ...]:
    """Who takes part at this moment, sorted by id: a pause ends with the member's own day."""
    parts = await tx.participants.in_(space, programme, now.astimezone(UTC).date() + AHEAD)
    members = await tx.members.of([one.person for one in parts if one.state == "paused"])
    return tuple(one for one in parts if is_in(one, local_day(members.get(one.person), now)))


def peer_of(participant: Participant, zone: str, wait: int, new: bool) -> Peer:
    """As matching sees them. The keys of a profile: call_me, languages, hours, availability, native, stage, goals,
    team, theme, comfort, hosts; what was not said is missing."""
    said = participant.profile
    hours = cast("Hours", tuple(tuple(part) for part in said.get("hours", ())))
    theme = _text(said.get("theme"))
    return Peer(
        id=participant.person.id, languages=frozenset(said.get("languages", ())), zone=zone,
        hours=hours_of(hours, cast("Availability", said.get("availability", "waking"))),
        native=_text(said.get("native")), stage=said.get("stage"),
        goals=frozenset(said.get("goals", ())) | ({theme} if theme else set[str]()),
        team=_folded(said.get("team")), wait=wait, new=new, external=participant.external,
        hosts=bool(said.get("hosts")),
    )  # fmt: skip


def late_until(this: Round) -> datetime:
    """Until when somebody may join a round that has gone out."""
    kept = this.report.get("late_until")
    return datetime.fromisoformat(str(kept)) if kept else this.introduces_at + JOIN_LATE


def rules_of(programme: Programme) -> Rules:
    """What a programme's owner chose, as rules."""
    external = bool(programme.settings.get("external"))
    if programme.name == CIRCLES:
        return replace(CIRCLE_RULES, external_allowed=external)
    weights = _WHO.get(str(programme.settings.get("who")), COFFEE)
    return replace(
        COFFEE_RULES,
        weights=weights,
        triad_before_repeat=programme.triad_before_repeat,
        external_allowed=external,
    )


async def history_of(tx: Tx, space: Space, programme: str, number: int) -> History:
    """Who met in earlier rounds of this programme, and how many rounds before round `number`."""
    met = await tx.met.before(space, [programme], since=number - REMEMBERED)
    return {(one.a, one.b): number - one.round for one in met if one.round is not None and one.round < number}


def _text(value: Any) -> str | None:
    return str(value) if value else None


def _folded(value: Any) -> str | None:
    return " ".join(str(value).casefold().split()) or None if value else None
