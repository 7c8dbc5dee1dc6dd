"""What a day's message is, and what a tap does: the nudge's state machine (behaviour.md section 10), pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, assert_never

from chat.errors import LimitError
from habit.silence import Turn, silent_days, turn

State = Literal["off", "active", "cooling", "dormant", "graduated"]
Rhythm = Literal["daily", "weekly"]
Kind = Literal["prompt", "reflection", "trouble", "last"]
Extra = Literal["", "zone", "weekly", "tiny"]

FIRST_REFLECTION = timedelta(days=7)
"""A week has to be there before one looks back on it (R24)."""
BACK_AFTER = 3
"""A tap after so many unanswered is a return from silence (R15). The newest message is unanswered only once the next
one is due (R18); `Standing.unanswered` holds it from its arrival, for the next message is planned by it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a member's nudge stands. `unanswered`: messages that arrived since the last tap; pauses, weekdays off and
    what did not arrive never count (R20). `dose`: a rung of habit.ladder. `reflect_day`: weekday, Monday is 0.
    `last_day`: nominal date of the last message. `zone_moved`: the platform says another zone and nobody asked yet."""

    state: State
    rhythm: Rhythm
    unanswered: int
    dose: int
    started_on: date
    reflect_day: int | None
    last_day: date | None
    zone_moved: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """The message of one nominal local date. `dose`: the rung it is shown at, 0 for the ten-second version and for what
    is no step. `extra`: what rides along; "zone": your clock moved, keep the time there or here? "weekly": weekly
    instead? "tiny": it came as the ten-second version by itself. `state`: after it. `not_before`: the first nominal
    date of the next message if this one stays unanswered; None after the last."""

    kind: Kind
    dose: int
    extra: Extra
    state: State
    not_before: date | None


def may_send(standing: Standing) -> bool:
    """Whether a message may come unasked at all. False with state active or cooling means six stayed unanswered (one
    may have been found to have arrived later): the state to keep is then "dormant" (R19)."""
    return standing.state in {"active", "cooling"} and turn(standing.unanswered) is not None


def plan_today(standing: Standing, day: date) -> Today:
    """The message of nominal local date `day` (R18, R19, R24). It does not look at `last_day`: that a date is used once
    is `free_from`'s and the budget's. Raises LimitError where `may_send` is False.

    >>> quiet = Standing("active", "daily", 3, 2, date(2026, 11, 2), None, date(2026, 11, 18))
    >>> today = plan_today(quiet, date(2026, 11, 20))
    >>> today.kind, today.state, today.not_before.isoformat()
    ('trouble', 'cooling', '2026-11-24')
    """
    now = turn(standing.unanswered)
    if now is None or not may_send(standing):
        raise LimitError(f"no message may come: {standing.state}, {standing.unanswered} unanswered")
    next_ = None if now == "last" else day + timedelta(days=1 + silent_days(standing.unanswered + 1))
    kind = _kind(now, standing, day)
    dose = standing.dose if kind == "prompt" and now == "step" else 0
    return Today(kind, dose, _extra(now, standing), _state(now, standing), next_)


def after_tap(standing: Standing) -> tuple[State, int]:
    """State and unanswered count after any tap of the member: active again from everywhere but off, which only an
    explicit `on` leaves (R1, R19). The rhythm stays. Ask `returns` before.

    >>> after_tap(Standing("dormant", "daily", 6, 0, date(2026, 1, 1), None, None))
    ('active', 0)
    """
    return ("off", standing.unanswered) if standing.state == "off" else ("active", 0)


def returns(standing: Standing, *, due: bool = False) -> bool:
    """Whether a tap now is a return from silence: warmth, today's smallest step, dose back to ten seconds (R15). `due`:
    the next moment has come, so that no message can be answered on time any more.

    >>> third = Standing("active", "daily", 3, 2, date(2026, 11, 2), None, date(2026, 11, 18))
    >>> returns(third), returns(third, due=True)
    (False, True)
    """
    if standing.state == "off":
        return False
    silent = standing.unanswered if due else standing.unanswered - 1
    return silent >= BACK_AFTER or standing.state in {"cooling", "dormant"}


def free_from(standing: Standing, today: date) -> date:
    """The first nominal date, from local `today` on, that has had no message of the nudge: for whoever turns it on,
    resumes it or moves its time (R2).

    >>> free_from(Standing("active", "daily", 0, 0, date(2026, 1, 1), None, date(2026, 3, 4)), date(2026, 3, 4))
    datetime.date(2026, 3, 5)
    """
    return today if standing.last_day is None else max(today, standing.last_day + timedelta(days=1))


def _kind(now: Turn, standing: Standing, day: date) -> Kind:
    match now:
        case "trouble" | "last":
            return now
        case "tiny" | "weekly":
            return "prompt"
        case "step":
            due = day.weekday() == standing.reflect_day and day - standing.started_on >= FIRST_REFLECTION
            return "reflection" if due else "prompt"
        case _:
            assert_never(now)


def _extra(now: Turn, standing: Standing) -> Extra:
    """One question at most. A moved clock may be why nobody answered, so it is asked first, prompt before ability;
    the troubleshooting message asks by itself, and weekly members need no "weekly instead?"."""
    match now:
        case "trouble" | "last":
            return ""
        case "weekly":
            return "weekly" if standing.rhythm == "daily" else "tiny"
        case "tiny":
            return "zone" if standing.zone_moved else "tiny"
        case "step":
            return "zone" if standing.zone_moved else ""
        case _:
            assert_never(now)


def _state(now: Turn, standing: Standing) -> State:
    match now:
        case "trouble" | "weekly":
            return "cooling"
        case "last":
            return "dormant"
        case "step" | "tiny":
            return standing.state
        case _:
            assert_never(now)
