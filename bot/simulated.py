"""What `python -m bot simulate` answers: the rounds side by side, then who is stranded and why, as counts."""

from __future__ import annotations

from argparse import Namespace
from calendar import day_abbr
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from babel import Locale

from bot.rehearsal import Community, SimulateError, made_up, stored
from bot.settings import from_env
from matching.progress import Progress
from matching.simulate import STRANDED, Ahead, Rehearsed, RoundAhead, rehearse
from matching.stranded import Hour, Stranded, short_of_hosts, stranded

HEADS = ("round", "came", "placed", "share", "groups", "left", "repeats", "longest wait", "mean fit")
Answer = dict[str, Any]  # as JSON
NAMES: Mapping[str, str] = Locale("en").languages


async def run_ahead(arguments: Namespace, progress: Progress | None = None) -> tuple[Community, Rehearsed]:
    """Raises SimulateError and StoreError with advice."""
    if bool(arguments.space) == bool(arguments.synthetic):
        raise SimulateError("give either --space slack:T… for real members, or --synthetic 200 for made-up ones")
    if arguments.synthetic:
        community = made_up(arguments.programme, arguments.synthetic, arguments.seed)
    else:
        community = await stored(from_env().database, arguments.space, arguments.programme, datetime.now(UTC))
    try:
        ahead = Ahead(
            rounds=arguments.rounds, seed=arguments.seed, attend=arguments.attend, join=arguments.join,
            weeks=community.weeks, rest=community.rest,
        )  # fmt: skip
    except ValueError as error:
        raise SimulateError("--rounds is at least 1, --join at least 0, --attend from 0 to 1") from error
    run = rehearse(
        community.members, community.planner(ahead), community.week, ahead,
        rules=community.rules, history=community.history, progress=progress,
    )  # fmt: skip
    return community, run


def why(community: Community, run: Rehearsed) -> tuple[Stranded, ...]:
    """Who is stranded, by cause."""
    return stranded(run, community.others, community.week, community.rules, least=community.least, zone=community.zone)


def as_json(community: Community, run: Rehearsed, *, ids: bool) -> Answer:
    """The same as data."""
    told: Answer = {
        "title": community.title,
        "setting": asdict(run.ahead),
        "rounds": [asdict(one) for one in run.rounds],
        "members": len(run.members),
        "placed_once": sum(one.placed > 0 for one in run.members.values()),
        "stranded": [_group(one, ids=ids) for one in why(community, run)],
        "short_of_hosts": [list(row) for row in _short(community)],
    }
    if ids:
        told["by_member"] = {
            id_: {
                "came": one.came, "placed": one.placed, "longest_wait": one.longest_wait, "causes": dict(one.causes)
            }
            for id_, one in run.members.items()
        }  # fmt: skip
    return told


def printed(community: Community, run: Rehearsed, *, ids: bool) -> list[str]:
    """As lines for people."""
    ahead = run.ahead
    every = "week" if ahead.weeks == 1 else f"{ahead.weeks} weeks"
    lines = [
        f"{community.title}: {ahead.rounds} rounds, one every {every}",
        f"attendance {ahead.attend:.0%}, {ahead.join} join before each round, seed {ahead.seed}",
        "",
        *_table(run.rounds),
        "",
    ]
    groups = why(community, run)
    count = sum(len(group.members) for group in groups)
    least = min(STRANDED, ahead.rounds)
    if not count:
        lines.append(f"Nobody is stranded: nobody's last {least} rounds were all in vain.")
    else:
        lines.append(f"Stranded: {_members(count)}, whose last {least} rounds or more were in vain")
        for group in groups:
            lines.append(f"  {_sentence(group, community)}")
            lines += [f"    {', '.join(group.members)}"] if ids else []
    lines += [
        f"{role.removeprefix('role.')}: {seekers} look for it now, free seats: {seats}"
        for role, seekers, seats in _short(community)
    ]
    came = [one for one in run.members.values() if one.came]
    longest = max((one.longest_wait for one in came), default=0)
    once = sum(one.placed > 0 for one in came)
    lines.append(f"{once} of {len(came)} who came were placed at least once; the longest wait was {longest} rounds.")
    return lines


def _table(rounds: Sequence[RoundAhead]) -> list[str]:
    rows = [HEADS, *(_row(one) for one in rounds)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEADS))]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def _row(one: RoundAhead) -> tuple[str, ...]:
    share = f"{one.placed / one.members:.0%}" if one.members else "-"
    counts = (one.groups, one.members - one.placed, one.repeats, one.longest_wait, one.mean_fit)
    return (str(one.number), str(one.members), str(one.placed), share, *map(str, counts))


def _sentence(group: Stranded, community: Community) -> str:
    count = len(group.members)
    who, many = _members(count), count > 1
    match group.why:
        case "language":
            languages = " and ".join(_language(code) for code in group.languages)
            nobody = "no host" if community.hosts else "nobody else"
            return f"{who} {'speak' if many else 'speaks'} only {languages}: {nobody} does"
        case "role":
            role = (group.role or "any role").removeprefix("role.")
            return f"{who} {'look' if many else 'looks'} for {role}: no host who speaks with them does it"
        case "hours":
            times = ", ".join(_hour(hour) for hour in group.times)
            helps = f"; times that would help: {times} ({community.zone})" if times else ""
            return f"{who} {'share' if many else 'shares'} no hour with anybody they could talk with{helps}"
        case "few":
            return f"{who} {'have' if many else 'has'} fewer than two others who share a language and an hour with them"
        case "team":
            return f"{who} could only meet their own team"
        case "met":
            return f"{who} {'have' if many else 'has'} met everybody who fits"
        case "alone":
            return f"{who}: nobody else takes part"
        case "taken" | "paused" | "external":
            seats = "the seats of those who fit are taken" if community.hosts else "those who fit meet others"
            return f"{who}: {seats}"


def _short(community: Community) -> tuple[tuple[str, int, int], ...]:
    if not community.hosts:
        return ()
    wanted = [one.role for one in community.members if one.role]
    return short_of_hosts(wanted, [(host.role, host.seats) for host in community.hosts if host.role])


def _group(group: Stranded, *, ids: bool) -> Answer:
    told: Answer = {
        "why": group.why, "count": len(group.members), "languages": list(group.languages), "role": group.role,
        "times": [_hour(hour) for hour in group.times],
    }  # fmt: skip
    return told | ({"ids": list(group.members)} if ids else {})


def _members(count: int) -> str:
    return "1 member" if count == 1 else f"{count} members"


def _hour(hour: Hour) -> str:
    return f"{day_abbr[hour[0]]} {hour[1]:02}:00"


def _language(code: str) -> str:
    return str(NAMES.get(code, code))
