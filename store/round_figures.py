"""Rounds and talks in figures, for owners: counts alone, of what the store knows and what members tapped."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from chat.people import Space
from content.round_report_cards import RoundFigures, TalkFigures
from matching.stranded import short_of_hosts
from store import Tx
from store.hosts import GIVEN
from store.proposals import INTERVIEWS
from store.rounds import Round

LAST = 6
TALKS_OF = timedelta(days=30)


async def last_rounds(tx: Tx, space: Space, programme: str, limit: int = LAST) -> tuple[RoundFigures, ...]:
    """The last ones that were matched, the oldest first."""
    newest = await tx.rounds.newest(space, programme, limit + 2)  # one may be planned, one open
    done = [this for this in newest if this.state not in {"planned", "opened"}][:limit]
    return tuple([await _figures(tx, this) for this in reversed(done)])


async def talks(tx: Tx, space: Space, now: datetime) -> TalkFigures:
    """What became of questions to hosts, and who waits."""
    today = now.astimezone(UTC).date()
    found = await tx.introductions.since(space, INTERVIEWS, now - TALKS_OF)
    seekers, hosts = await tx.seekers.open(space, today), await tx.hosts.open(space, today)
    seats = await tx.hosts.seats(space, now)
    return TalkFigures(
        proposed=len(found),
        accepted=sum(talk.decided_at is not None and talk.state in GIVEN for talk in found),
        introduced=sum(talk.introduced_at is not None for talk in found),
        met=sum(talk.met_on is not None for talk in found),
        waiting=len(seekers),
        longest_wait=max(((now - one.since).days for one in seekers if one.since), default=0),
        free_hosts=sum(seats.get(one.person, 0) > 0 for one in hosts),
        short=short_of_hosts(
            [one.role for one in seekers if one.role],
            [(one.role, seats.get(one.person, 0)) for one in hosts if one.role],
        ),
    )


async def _figures(tx: Tx, this: Round) -> RoundFigures:
    """A closed round keeps its own figures, because members may be forgotten."""
    present = await tx.rounds.present(this)
    states = Counter(one.state for one in present)
    told = await tx.introductions.in_round(this.space, this.programme, this.number)
    now = {
        "members": len(present) - states["skipped"],
        "placed_at_last": states["placed"],
        "longest_wait": max((one.wait + 1 for one in present if one.state == "waiting"), default=0),
        "met": sum(talk.met_on is not None or talk.state in {"met", "thanked"} for talk in told),
        "missed": sum(talk.state == "missed" for talk in told),
    }
    kept = dict(this.report) if this.state == "closed" else {}
    repeats = this.report.get("repeats")

    def figure(name: str) -> int:
        return int(kept.get(name, now[name]))

    return RoundFigures(
        number=this.number,
        at=this.matches_at,
        members=max(figure("members"), figure("placed_at_last")),
        placed=figure("placed_at_last"),
        groups=len(await tx.rounds.groups(this)),
        skipped=states["skipped"],
        longest_wait=figure("longest_wait"),
        repeats=int(repeats) if repeats is not None else None,
        met=figure("met"),
        missed=figure("missed"),
    )
