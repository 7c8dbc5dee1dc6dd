"""Whom `python -m bot simulate` runs ahead: the members of a stored programme, read and never written, or made-up
ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from chat.errors import LimitError, SteppingstoneError
from chat.people import Space
from matching import synthetic
from matching.history import Blocks, History, blocks
from matching.person import Host, Member, Peer
from matching.rehearse import MONTH, circles, coffees, interviews
from matching.rules import CIRCLE_RULES, COFFEE_RULES, INTERVIEW_RULES, Rules
from matching.simulate import Ahead, Planner
from matching.week import Week
from scheduler.interview_pool import read_pool
from store import Tx
from store.circles import CircleState
from store.circling import PAIR, WEEKS
from store.hosts import Host as HostRow
from store.member_hours import week_of, zone_of
from store.participants import Participant
from store.proposals import INTERVIEWS
from store.reading import open_to_read
from store.round_pool import CIRCLES, COFFEE_PREFIX, history_of, peer_of, rules_of

COFFEE = "coffee"
_RUNNING: tuple[CircleState, ...] = ("forming", "running", "merging", "closing")


class SimulateError(SteppingstoneError):
    """What was asked for makes no sense or is not there; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Members and all that a rehearsal of theirs needs. `others`: whom they could meet; `least`: of the smallest group;
    `rest`: see Ahead; `planner` makes one for a rehearsal: it may count seats."""

    title: str
    members: tuple[Member, ...]
    others: tuple[Member, ...]
    rules: Rules
    week: Week
    weeks: int
    planner: Callable[[Ahead], Planner]
    history: History
    rest: int = 0
    least: int = 2
    zone: str = "UTC"

    @property
    def hosts(self) -> tuple[Host, ...]:
        """Those who answer, where members ask."""
        return tuple(one for one in self.others if isinstance(one, Host))


async def stored(database: str, space: str, programme: str, now: datetime) -> Community:
    """Raises SimulateError where there is no such programme, and StoreError."""
    where = _space(space)
    store = await open_to_read(database)
    try:
        async with store.begin() as tx:
            if await tx.spaces.get(where) is None:
                raise SimulateError(f"there is no community {space} in this database: write it as in the log, slack:T…")
            return await (_talks(tx, where, now) if programme == INTERVIEWS else _rounds(tx, where, programme, now))
    finally:
        await store.close()


def made_up(programme: str, count: int, seed: int) -> Community:
    """So many members of a synthetic community; for interviews a third of them are hosts."""
    name = programme.partition(":")[0]
    if not 1 <= count <= 100_000:
        raise SimulateError(f"--synthetic {count}: give 1 to 100000 members")
    title = f"{name}, {count} made-up member{'' if count == 1 else 's'}"
    if name == INTERVIEWS:
        hosts = tuple(synthetic.hosts(count // 3, seed))
        seekers = tuple(synthetic.seekers(count - len(hosts), seed))
        never = synthetic.blocks([one.id for one in (*seekers, *hosts)], seed=seed)
        return _interviews(title, seekers, hosts, None, never, INTERVIEW_RULES, synthetic.WEEK)
    peers = tuple(synthetic.peers(count, seed))
    never = synthetic.blocks([one.id for one in peers], seed=seed)
    if name == CIRCLES:
        return _circles(title, peers, frozenset(), never, {}, CIRCLE_RULES, synthetic.WEEK, 2, "UTC")
    if name == COFFEE:
        return _coffee(title, peers, never, {}, COFFEE_RULES, synthetic.WEEK, 2, 2, "UTC")
    raise SimulateError(f"--programme {programme}: write coffee, circles or interviews")


async def _rounds(tx: Tx, space: Space, name: str, now: datetime) -> Community:
    programme = await tx.programmes.get(space, name)
    if programme is None or not (name == CIRCLES or name.startswith(COFFEE_PREFIX)):
        known = [one.name for one in await tx.programmes.all(space) if one.name.startswith((COFFEE_PREFIX, CIRCLES))]
        there = ", ".join([*known, INTERVIEWS])
        raise SimulateError(f"{space.key} has no programme {name!r}: it has {there}")
    parts = await tx.participants.in_(space, name, now.astimezone(UTC).date())
    members = await tx.members.of([one.person for one in parts])
    here = [one for one in parts if (it := members.get(one.person)) is not None and it.left_at is None and it.reachable]
    last = await tx.rounds.newest(space, name)
    peers = tuple(peer_of(one, zone_of(members[one.person]), one.waited, one.new) for one in here)
    history = await history_of(tx, space, name, last[0].number + 1 if last else 1)
    never, rules = await tx.blocks.within(space), rules_of(programme)
    week, title = week_of(programme.next_round_at or now), f"{name} of {space.key}, {_members(len(peers))}"
    if name == CIRCLES:
        twos = _wishing_one(here)
        seated = [one for circle in await tx.circles.all(space, _RUNNING) for one in
                  await tx.circles.members(space, circle.id) if circle.programme == name]  # fmt: skip
        title += f" who wait; {_members(len(seated))} in a circle now, not counted" if seated else ""
        return _circles(title, peers, twos, never, history, rules, week, programme.cadence, programme.zone)
    return _coffee(title, peers, never, history, rules, week, programme.cadence, programme.size, programme.zone)


async def _talks(tx: Tx, space: Space, now: datetime) -> Community:
    pool = await read_pool(tx, space, now)
    if pool is None:
        raise SimulateError(f"talks are switched off in {space.key}: /admin talks state:on")
    rows: tuple[HostRow, ...] = await tx.hosts.open(space, now.astimezone(UTC).date())
    capacity = {row.person.id: row.capacity for row in rows if row.person.id in pool.hosts}
    seekers, hosts = tuple(pool.seekers.values()), tuple(pool.hosts.values())
    title = f"{INTERVIEWS} of {space.key}, {len(seekers)} seekers and {len(hosts)} hosts"
    return _interviews(title, seekers, hosts, capacity, pool.never, pool.rules, pool.week)


def _coffee(
    title: str, peers: tuple[Peer, ...], never: Blocks, history: History, rules: Rules, week: Week, weeks: int,
    size: int, zone: str,
) -> Community:  # fmt: skip
    return Community(
        title=title, members=peers, others=peers, rules=rules, week=week, weeks=weeks, history=history, zone=zone,
        planner=lambda _: coffees(rules, blocks=blocks(never), size=size),
    )  # fmt: skip


def _circles(
    title: str, peers: tuple[Peer, ...], twos: frozenset[str], never: Blocks, history: History, rules: Rules,
    week: Week, weeks: int, zone: str,
) -> Community:  # fmt: skip
    return Community(
        title=title, members=peers, others=peers, rules=rules, week=week, weeks=weeks, history=history, zone=zone,
        planner=lambda _: circles(rules, blocks=blocks(never), twos=twos), rest=-(-WEEKS // weeks) - 1, least=3,
    )  # fmt: skip


def _interviews(
    title: str, seekers: tuple[Member, ...], hosts: tuple[Host, ...], capacity: dict[str, int] | None, never: Blocks,
    rules: Rules, week: Week,
) -> Community:  # fmt: skip
    def planner(ahead: Ahead) -> Planner:
        return interviews(
            hosts, rules, weeks=1, seed=ahead.seed, attend=ahead.attend, capacity=capacity, blocks=blocks(never)
        )

    return Community(
        title=title, members=seekers, others=hosts, rules=rules, week=week, weeks=1, history={}, planner=planner,
        rest=MONTH - 1,
    )  # fmt: skip


def _members(count: int) -> str:
    return f"{count} member{'' if count == 1 else 's'}"


def _wishing_one(parts: list[Participant]) -> frozenset[str]:
    return frozenset(one.person.id for one in parts if one.profile.get("wish") == PAIR)


def _space(key: str) -> Space:
    try:
        return Space.parse(key)
    except LimitError as error:
        raise SimulateError(f"--space {key}: write the platform, a colon and the id, such as slack:T024") from error
