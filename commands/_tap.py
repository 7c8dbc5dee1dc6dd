"""What any tap on a message of ours does to the daily step: somebody is there, so nothing is silent any more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from commands._call import Call
from commands._nudges import is_return, moment_text, today
from habit.today import BACK_AFTER, after_tap
from store import Tx
from store.nudges import Changes, Nudge


@dataclass(frozen=True, slots=True)
class Tap:
    """The nudge as the tap left it, None where there is none; `back`: it was a return from silence, so a warm word is
    in order and the next step is the smallest."""

    nudge: Nudge | None
    back: bool = False

    def when(self, call: Call) -> str:
        """When the next step comes, in words, if this was a return; else ""."""
        if not self.back or self.nudge is None or self.nudge.next_at is None:
            return ""
        return moment_text(call.say, self.nudge.next_at, self.nudge.schedule.zone)


async def tapped(tx: Tx, call: Call) -> Tap:
    """Writes the tap down. Off stays off and graduated stays graduated: only `/nudge on` brings messages back to
    whoever ended them (R1). A return from silence (R15) sets the size to ten seconds. Where the next step had been put
    off, it comes at the member's next ordinary moment, from tomorrow on."""
    nudge = await tx.nudges.get(call.person, lock=True)
    if nudge is None or nudge.state in {"off", "graduated"}:
        return Tap(nudge)
    back = is_return(call, nudge)
    if not back and not nudge.unanswered:
        return Tap(nudge)
    state, unanswered = after_tap(nudge.standing())
    dose = 0 if back else nudge.dose
    changes: Changes = {"state": state, "unanswered": unanswered, "dose": dose}
    after = replace(nudge, state=state, unanswered=unanswered, dose=dose)
    if (back or nudge.unanswered >= BACK_AFTER) and _comes(call, nudge):
        following = call.rooms.when.next_of(nudge.week, call.now, first_day=_first_day(call, nudge))
        changes["next"] = following
        after = replace(after, next_day=following.day, next_at=following.at)
    await tx.nudges.change(call.person, call.now, **changes)
    return Tap(after, back)


def _comes(call: Call, nudge: Nudge) -> bool:
    """Whether a next moment is planned at all: not during a pause, and not where messages do not arrive."""
    paused = nudge.paused_until is not None or (nudge.next_at is None and nudge.state != "dormant")
    return call.member.reachable and not paused


def _first_day(call: Call, nudge: Nudge) -> date:
    """Tomorrow, or later where a later date has had its message already (after a flight over the date line)."""
    tomorrow = today(call, nudge) + timedelta(days=1)
    return max(tomorrow, nudge.last_day + timedelta(days=1)) if nudge.last_day else tomorrow
