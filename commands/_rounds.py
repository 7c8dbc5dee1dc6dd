"""What an owner's commands about rounds share: which programme is meant, the round that waits, its page."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from chat.errors import Tellable
from chat.people import Person
from commands._call import Call
from content import round_words as words
from content.round_cards import Item, Preview, Who
from content.round_ways import tag
from content.say import Say
from matching.apart import run
from matching.left_out import LeftOut
from matching.rounds import Match
from matching.rounds import Round as Planned
from store import Conflict, Tx
from store.member_hours import zone_of
from store.members import Member
from store.owners import wants_notices
from store.programmes import Programme
from store.proposals import INTERVIEWS
from store.round_plan import met_before, planned_of
from store.round_pool import CIRCLES, COFFEE_PREFIX, RoundPool, read_round_pool
from store.rounds import Group, Round

PAGE = 5


HERE = 300
"""Members up to whom a plan is reckoned here; a larger one in another process, and in no transaction."""


@dataclass(frozen=True, slots=True)
class Waits:
    """A matched round as it stands now, read in one transaction. `names`: the first name of everybody in its pool, by
    id; `told`: whether this owner hears of rounds."""

    pool: RoundPool
    groups: tuple[Group, ...]
    names: dict[str, str]
    told: bool

    @property
    def this(self) -> Round:
        """The round."""
        return self.pool.this

    def who(self, id_: str) -> Who:
        """A member of it."""
        return Who(id_, self.names.get(id_, ""))

    def tagged(self, mark: str) -> Who | None:
        """The member whom a button meant; None when they take part no more."""
        return next((self.who(id_) for id_ in self.pool.peers if tag(id_) == mark), None)

    def called(self, name: str) -> list[Who]:
        """Everybody of that first name."""
        folded = " ".join(name.casefold().split())
        return [self.who(id_) for id_, own in self.names.items() if " ".join(own.casefold().split()) == folded]

    def same(self, other: Waits) -> bool:
        """Whether a plan made for the other one holds for this one: the same people, who may meet as before."""
        mine, theirs = self.pool, other.pool
        return (mine.peers, mine.blocks, self.groups) == (theirs.peers, theirs.blocks, other.groups)

    def persons(self, ids: Sequence[str]) -> list[Person]:
        """As the store knows them."""
        return [person for person in self.pool.members if person.id in ids]


@contextmanager
def unchanged(say: Say) -> Generator[None]:
    """Another owner, a member or the clock was first: the one who comes second is told so."""
    try:
        yield
    except Conflict as error:
        raise Tellable(say("This round has changed meanwhile. `/admin round` shows how it stands.")) from error


async def programmes(tx: Tx, call: Call, *, talks: bool) -> list[str]:
    """The names of what runs here or did; `talks`: also interviews, which have no rounds."""
    names = [one.name for one in await tx.programmes.all(call.person.space)]
    with_rounds = [name for name in names if name == CIRCLES or name.startswith(COFFEE_PREFIX)]
    return [*with_rounds, *([INTERVIEWS] if talks else [])]


def meant(call: Call, names: Sequence[str], word: str) -> str | None:
    """The programme that a typed word means; without one that of this channel, or the only one. None where it is not
    clear."""
    folded = " ".join(word.casefold().split())
    if not folded:
        own = f"{COFFEE_PREFIX}{call.place.id}"
        return own if own in names else names[0] if len(names) == 1 else None
    exact = [name for name in names if folded == name.casefold()]
    called = [name for name in names if folded in words.programme_name(call.say, name, call.place.id).casefold()]
    found = exact or called or [name for name in names if name.casefold().startswith(folded)]
    return found[0] if len(found) == 1 else None


async def newest(tx: Tx, call: Call, programme: str) -> Round | None:
    """The round that waits for its owner, else the last one that was planned."""
    rounds = await tx.rounds.newest(call.person.space, programme, 3)
    waiting = [this for this in rounds if this.state == "matched"]
    return (waiting or list(rounds) or [None])[0]


def clock(member: Member, programme: Programme) -> str:
    """The zone in which an owner reads times: their own where it is known, else the programme's."""
    return zone_of(member) if member.zone else programme.zone


async def waits(tx: Tx, call: Call, programme: str, version: int | None = None) -> Waits:
    """The matched round, nobody else's to change before this transaction ends where `version` is given: that of the
    page the owner saw. Raises Conflict when it is not there (any more) or another one."""
    this = await newest(tx, call, programme)
    if this is not None and version is not None:
        this = await tx.rounds.get(this.space, programme, this.number, lock=True)
    settings = await tx.programmes.get(call.person.space, programme)
    if this is None or settings is None or this.state != "matched" or version not in {None, this.version}:
        raise Conflict("this round took another step meanwhile: read it again")
    pool = await read_round_pool(tx, this, settings, call.now)
    late = {one.person.id for one in await tx.rounds.present(this) if one.state == "late"}  # the clock seats them
    pool = replace(pool, peers={id_: peer for id_, peer in pool.peers.items() if id_ not in late})
    groups = await tx.rounds.groups(this)
    names = {person.id: str(part.profile.get("call_me", "")) for person, part in pool.participants.items()}
    return Waits(pool, groups, names, await wants_notices(tx, call.person))


async def plan_of(found: Waits) -> Planned:
    """The round as matching reckons it today: in no transaction, for with many members it takes seconds."""
    if len(found.pool.peers) <= HERE:
        return planned_of(found.pool, found.groups)
    return await run(planned_of, found.pool, found.groups)


def preview_of(call: Call, found: Waits, planned: Planned, page: int) -> Preview:
    """One page of it."""
    matches = planned.matches
    numbers = {tuple(sorted(person.id for person in group.persons)): group for group in found.groups}
    placed = sorted(((numbers.get(match.members), match) for match in matches), key=lambda one: _number(found, one[0]))
    left = [out for out in planned.left if out.cause not in {"paused", "external"}]
    pages = max(1, -(-(len(placed) + len(left)) // PAGE))
    page = min(max(1, page), pages)
    shown = slice((page - 1) * PAGE, page * PAGE)
    items = [
        _group_item(call.say, found, *one) if isinstance(one, tuple) else _left_item(call.say, found, one)
        for one in (*placed, *left)[shown]
    ]
    return Preview(
        programme=found.this.programme,
        number=found.this.number,
        version=found.this.version,
        open=True,
        goes_at=found.this.next_at or found.this.introduces_at,
        zone=clock(call.member, found.pool.programme),
        items=items,
        page=page,
        pages=pages,
        placed=sum(len(match.members) for match in matches),
        left=len(left),
        repeats=sum(met_before(found.pool, match.members) for match in matches),
        fit=planned.score // max(1, len(matches)),
        here=call.place.id,
        told=found.told,
    )


def _group_item(say: Say, found: Waits, group: Group | None, match: Match) -> Item:
    meetings = group.reasons.get("meetings", ()) if group is not None and group.reasons else ()
    why = (*words.why(say, meetings), words.level(say, int(match.level)))
    return Item(
        _number(found, group),
        tuple(found.who(id_) for id_ in match.members),
        tuple(filter(None, why)),
        match.fit,
        met_before(found.pool, match.members),
    )


def _number(found: Waits, group: Group | None) -> int:
    return group.number if group is not None else len(found.groups) + 1


def _left_item(say: Say, found: Waits, out: LeftOut) -> Item:
    waited = found.pool.peers[out.member].wait + 1
    return Item(0, (found.who(out.member),), (words.cause(say, out.cause),), waited=waited)
