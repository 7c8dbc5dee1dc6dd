"""Why a search has found nobody yet: the one rule that binds, never a person, a block or anybody's rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import get_args

from chat.people import Person
from matching.eligible import why_not
from matching.left_out import Cause
from matching.person import Host as Answering
from matching.person import Member
from matching.person import Seeker as Asking
from matching.rules import INTERVIEW_RULES
from store.hosts import Host
from store.member_hours import folded, hours_of, week_of
from store.seekers import Seeker

_ORDER: tuple[Cause, ...] = get_args(Cause)
_TAKEN: Cause = "taken"
LOOKED_AT = 1_000
"""Hosts of the chosen roles that are looked at: the binding rule shows in far fewer."""


def looked_at(seeker: Seeker, hosts: Sequence[Host]) -> tuple[Host, ...]:
    """Those of the chosen roles, or, where there are none, some of the others."""
    others = [host for host in hosts if host.person != seeker.person]
    wanted = [host for host in others if host.role in {seeker.role, seeker.second}]
    return tuple((wanted or others)[:LOOKED_AT])


def waits_for(
    seeker: Seeker, hosts: Sequence[Host], zones: Mapping[Person, str], now: datetime, *, external: bool = False
) -> Cause:
    """The rule that lets the fewest through: the furthest that anybody came, in the order of `Cause`. Blocks are not
    looked at, so whoever is blocked reads what everybody reads: that those who would fit have their talks. `hosts`: see
    `looked_at`; `external`: the owner lets guests take part."""
    if not hosts:
        return "alone"
    me, week = _asking(seeker, zones.get(seeker.person, "UTC")), week_of(now)
    rules = replace(INTERVIEW_RULES, external_allowed=external)
    furthest: Cause = "paused"
    for host in hosts:
        cause = why_not(me, _answering(host, zones.get(host.person, "UTC")), week, rules)
        furthest = max((furthest, cause or _TAKEN), key=_ORDER.index)
    return furthest


def _asking(row: Seeker, zone: str) -> Member:
    return Asking(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        role=row.role, second=row.second, team=folded(row.team), external=row.external, format=row.format,
    )  # fmt: skip


def _answering(row: Host, zone: str) -> Member:
    return Answering(
        id=row.person.id, languages=row.languages, zone=zone, hours=hours_of(row.hours, row.availability),
        role=row.role, team=folded(row.team), external=row.external,
    )  # fmt: skip
