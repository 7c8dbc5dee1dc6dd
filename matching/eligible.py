"""The hard rules for two members in plain Python: reference for the fast scorer, and the check of a single pair."""

from __future__ import annotations

from matching.history import NO_BLOCKS, NO_HISTORY, Blocks, History, pair
from matching.left_out import Cause, barred
from matching.person import Level, Member, Seeker
from matching.rules import Rules
from matching.week import Week


def why_not(
    a: Member,
    b: Member,
    week: Week,
    rules: Rules,
    *,
    level: Level = Level.STATED,
    blocks: Blocks = NO_BLOCKS,
    history: History = NO_HISTORY,
) -> Cause | None:
    """The first rule, in the order of `Cause`, that keeps a (the seeker) from meeting b; None where they may meet.

    "taken" is what a block looks like from outside. Who shows a cause for one chosen pair must not show this one, for
    there a pair that is merely taken does not exist: say no more than "not possible" for all causes alike."""
    if a.id == b.id:
        return "alone"
    cause = barred(a, rules) or barred(b, rules)
    if cause is not None:
        return cause
    if not a.languages & b.languages:
        return "language"
    if rules.role_needed and (b.role is None or b.role not in {a.role, a.second}):
        return "role"
    if rules.team_apart and a.team is not None and a.team == b.team:
        return "team"
    if level is not Level.ANY and _calls(a) and _calls(b) and shared(a, b, week, level).bit_count() < rules.least:
        return "hours"
    if rules.never_again and pair(a.id, b.id) in history:
        return "met"
    return "taken" if pair(a.id, b.id) in blocks else None


def shared(a: Member, b: Member, week: Week, level: Level = Level.STATED) -> int:
    """The half hours of a week that both have, as a bit set."""
    return week.mask(a.zone, a.local(level)) & week.mask(b.zone, b.local(level))


def _calls(member: Member) -> bool:
    return not isinstance(member, Seeker) or member.format == "call"
