"""Letters about a report: that one waits, to moderators; what they did, in general words, to whoever reported."""

from __future__ import annotations

from datetime import datetime

from content.letters import ReportLetter
from content.safety_cards import report_answer_card, report_waits_card
from content.say import pick_language, speaker
from scheduler.letter_state import Letter, held
from store import Tx
from store.deliveries import Delivery
from store.member_hours import zone_of


async def report_letter(tx: Tx, delivery: Delivery, name: ReportLetter, id_: str, now: datetime) -> Letter:
    """At the moment of sending, by day. The words of the report are not read for it."""
    if name == "report-new":
        return await _waits(tx, delivery, id_, now)
    report, _, answer = id_.partition("/")
    member = (await tx.members.of([delivery.person])).get(delivery.person)
    wrote = await tx.reports.reporter(delivery.person.space, report)
    if wrote != delivery.person or member is None or member.left_at is not None:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await held(tx, delivery, name, [zone_of(member)], now)) is not None:
        return Letter(delivery, until=until)
    say = speaker(pick_language(member.language, member.locale))
    return Letter(delivery, report_answer_card(say, answer, delivery.id))


async def _waits(tx: Tx, delivery: Delivery, id_: str, now: datetime) -> Letter:
    """Nothing when another moderator looks after it by now."""
    member = (await tx.members.of([delivery.person])).get(delivery.person)
    state = await tx.reports.state(delivery.person.space, id_)
    if state != "open" or member is None or member.left_at is not None:
        return Letter(delivery, nothing="not_true_any_more")
    if not delivery.doubtful and (until := await held(tx, delivery, "report-new", [zone_of(member)], now)) is not None:
        return Letter(delivery, until=until)
    return Letter(delivery, report_waits_card(speaker(pick_language(member.language, member.locale))))
