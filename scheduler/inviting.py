"""Only seekers: an invitation to offer a talk, in the channel an owner chose for it, once a week at most.

Its row in the ledger is the owner's who allowed it, since a row is somebody's; it is read in the channel. Where they
are gone, another owner has to allow it anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from chat.moment import Occurrence
from chat.people import Person, Space
from content.invite_card import invite_card
from content.letters import ChannelLetter
from content.library import Library
from content.say import pick_language, speaker
from scheduler._rooms import Rooms
from scheduler.interview_pool import Pool, read_pool
from scheduler.letter_state import Letter, held
from scheduler.post import by_day, hand_over, letter, today
from store import Tx
from store.deliveries import Delivery
from store.member_hours import zone_of
from store.programmes import Programme
from store.proposals import INTERVIEWS

INVITE: ChannelLetter = "invite-hosts"
RARELY = timedelta(days=7)


def lacking(pool: Pool) -> Mapping[str, int]:
    """For each role how many wait for it, of those for whom no host of their first or second role has a seat."""
    free = {host.role for host in pool.hosts.values() if host.seats > 0}
    waits = (seeker for seeker in pool.seekers.values() if not {seeker.role, seeker.second} & free)
    return Counter(seeker.role for seeker in waits if seeker.role is not None)


async def invite_in(rooms: Rooms, space: Space, now: datetime) -> bool:
    """Whether an invitation is on its way now: for the role that most wait for."""
    async with rooms.store.begin() as tx:
        programme = await tx.programmes.get(space, INTERVIEWS)
        owner = _allowed_by(programme, space)
        last = await tx.house.fact(_name(space))
        if programme is None or owner is None or (last and now - datetime.fromisoformat(last) < RARELY):
            return False
        member = (await tx.members.of([owner])).get(owner)
        pool = await read_pool(tx, space, now)
        if member is None or member.left_at is not None or pool is None or not (wanted := lacking(pool)):
            return False
        role = min(wanted, key=lambda one: (-wanted[one], one))
        at = by_day(zone_of(member), now)
        week = now.strftime("%G-W%V")
        moment = Occurrence(today(zone_of(member), at), at)
        await hand_over(rooms, tx, [letter(owner, INVITE, f"{role}/{week}", moment, programme.place)])
        await tx.house.keep_fact(_name(space), now.isoformat())
    return True


async def invite_letter(tx: Tx, library: Library, delivery: Delivery, id_: str, now: datetime) -> Letter:
    """At the moment of sending: nothing when somebody offers a talk by now, or the owner thought better of it."""
    role, space = library.roles.get(id_.partition("/")[0]), delivery.person.space
    programme = await tx.programmes.get(space, INTERVIEWS)
    member = (await tx.members.of([delivery.person])).get(delivery.person)
    pool = await read_pool(tx, space, now)
    count = lacking(pool).get(role.id, 0) if pool is not None and role is not None else 0
    allowed = programme is not None and programme.place == delivery.place
    if not allowed or _allowed_by(programme, space) is None or not count or role is None or member is None:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await held(tx, delivery, INVITE, [zone_of(member)], now)) is not None:
        return Letter(delivery, until=until)
    say = speaker(pick_language(member.language, member.locale))
    return Letter(delivery, invite_card(say, role.name.get(say.lang), count, delivery.id))


def _allowed_by(programme: Programme | None, space: Space) -> Person | None:
    """The owner who allowed it last, where there is a channel for it and talks are on."""
    if programme is None or programme.state == "off" or programme.place is None:
        return None
    owner = programme.settings.get("invite")
    return Person(space, str(owner)) if owner else None


def _name(space: Space) -> str:
    return f"invited {space.key}"
