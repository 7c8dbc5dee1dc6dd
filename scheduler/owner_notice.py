"""A round waits for its owner: whoever looks after the community hears of it once, in figures and without a name."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from chat.message import Message
from chat.people import Space
from content.round_cards import Waiting, notice_card
from content.say import pick_language, speaker
from scheduler._rooms import Rooms
from scheduler.letter_state import Letter, held
from scheduler.post import post, zone_of
from store import Tx
from store.deliveries import Delivery
from store.members import Member
from store.owners import owners_of
from store.rounds import Round

NOTICE = "round-waits"


async def tell_owners(rooms: Rooms, tx: Tx, space: Space, programme: str, number: int, now: datetime) -> None:
    """In the transaction that takes the round to `matched`. Once each, by day where they are, within their one message
    a day as long as that comes before the round goes out."""
    this, readers = await tx.rounds.get(space, programme, number), await owners_of(tx, space, now)
    before = this.next_at if this is not None else None
    await post(rooms, tx, [(person, NOTICE) for person in readers], f"{programme}/{number}", now, before=before)


async def owner_letter(tx: Tx, delivery: Delivery, id_: str, now: datetime) -> Letter:
    """At the moment of sending: nothing when another owner decided, or it went out by itself."""
    programme, _, number = id_.rpartition("/")
    member = (await tx.members.of([delivery.person])).get(delivery.person)
    this = await tx.rounds.get(delivery.person.space, programme, int(number))
    if this is None or this.state != "matched" or member is None or member.left_at is not None:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await held(tx, delivery, NOTICE, [zone_of(member)], now)) is not None:
        return Letter(delivery, until=until)
    return Letter(delivery, await _message(tx, this, member))


async def _message(tx: Tx, this: Round, member: Member) -> Message:
    became = Counter(one.state for one in await tx.rounds.present(this))
    programme = await tx.programmes.get(this.space, this.programme)
    zone = programme.zone if programme is not None and not member.zone else zone_of(member)
    say = speaker(pick_language(member.language, member.locale))
    waiting = Waiting(
        this.programme, this.number, became["placed"], len(await tx.rounds.groups(this)), became["waiting"],
        this.next_at or this.introduces_at, zone,
    )  # fmt: skip
    return notice_card(say, waiting)
