"""Every error a platform may raise, and what becomes of the row, of its space and of the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from chat.errors import DeliveryError, Rejected, Revoked, Throttled, Unavailable, Uncertain, Unreachable
from chat.people import Person, Space
from scheduler.outcome import AGAIN, PARKED, POLICY, TRIES, Rest, broken, certain, outcome, unsent, unsettled, waits
from store.claims import PARK
from store.deliveries import DOUBT, REPEAT, Delivery, Kind

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
ADA = Person(Space("slack", "T1"), "U1")
ROW = Delivery(
    id="a" * 24, person=ADA, kind="prompt", day=date(2026, 11, 20), ordinal=0, subject="p", subject_rev=1, dose=0,
    extra="", why="", state="claimed", attempt=1, not_before=None, first_claimed_at=NOW, sent=None, error=None,
    planned_at=NOW, sent_at=None, answer=None, answered_at=None, celebration=None, note=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("error", "settles", "state", "told", "again", "rests"),
    [
        (Unreachable("cannot_dm_bot"), True, "dead", "cannot_dm_bot", None, None),
        (Rejected("invalid_blocks"), True, "dead", "invalid_blocks", None, None),
        (Throttled("ratelimited", 20), True, "retry", "ratelimited", 20, "slack:T1"),
        (Throttled("ratelimited", 0), True, "retry", "ratelimited", 1, "slack:T1"),
        (Throttled("global", 5, scope="platform"), True, "retry", "global", 5, "slack"),
        (Throttled("40003", 600, scope="openings"), True, "retry", "40003", 600, "slack/openings"),
        (Unavailable("connection_refused"), True, "retry", "connection_refused", 2, "slack:T1"),
        (Revoked("token_revoked"), True, "retry", PARK + "token_revoked", PARKED.total_seconds(), "slack:T1"),
        (Uncertain("connection_lost"), True, "retry", DOUBT + "connection_lost", AGAIN.total_seconds(), None),
        (Uncertain("connection_lost"), False, "ambiguous", "connection_lost", None, None),
    ],
    ids=str,
)
def test_what_becomes_of_a_failed_send(
    error: DeliveryError, settles: bool, state: str, told: str, again: float | None, rests: str | None
) -> None:
    came = outcome(ROW, error, NOW, failures=0, settles=settles)
    assert (came.result.state, came.result.error) == (state, told)
    assert came.result.at == (None if again is None else NOW + timedelta(seconds=again))
    assert came.rest == (None if rests is None else Rest(rests, NOW + timedelta(seconds=again or 0), told))
    assert came.unreachable == isinstance(error, Unreachable)
    assert came.failing == isinstance(error, Unavailable | Revoked | Uncertain)


def test_a_platform_that_is_away_is_asked_less_and_less_often_but_never_more_than_half_a_minute_apart() -> None:
    rests = [outcome(ROW, Unavailable("503"), NOW, failures=n, settles=True).result.at for n in range(8)]
    assert [round((at - NOW).total_seconds()) for at in rests if at] == [2, 4, 8, 16, 30, 30, 30, 30]


@pytest.mark.parametrize("settles", [True, False])
def test_a_row_of_lost_answers_is_an_outage_and_one_is_not(settles: bool) -> None:
    lost = [outcome(ROW, Uncertain("502"), NOW, failures=n, settles=settles).rest for n in range(4)]
    assert [rest and rest.scope for rest in lost] == [None, None, "slack:T1", "slack:T1"]


@pytest.mark.parametrize("error", [Throttled("ratelimited", 3), Unavailable("503"), Revoked("revoked")], ids=str)
def test_a_doubt_stays_with_the_row_whatever_happens_to_it_afterwards(error: DeliveryError) -> None:
    doubtful = replace(ROW, error=DOUBT + "lease_expired")
    again = outcome(doubtful, error, NOW, failures=0, settles=True).result
    assert again.error is not None
    assert replace(ROW, error=again.error).doubtful
    assert replace(ROW, error=waits(doubtful, "rests", NOW).error).doubtful


@pytest.mark.parametrize("kind", sorted(POLICY))
def test_what_cannot_be_settled_follows_the_policy_of_its_kind(kind: Kind) -> None:
    result = unsettled(replace(ROW, kind=kind, error=DOUBT + "x"), "x", NOW)
    assert (result.state, result.error) == {"skip": ("ambiguous", "x"), "resend": ("retry", REPEAT)}[POLICY[kind]]


def test_a_possible_repeat_is_not_repeated_again() -> None:
    assert unsettled(replace(ROW, error=REPEAT), "x", NOW).state == "ambiguous"


def test_our_own_mistakes_are_tried_again_a_few_times_then_given_up() -> None:
    row, states = ROW, list[str]()
    for _ in range(TRIES):
        result = broken(row, NOW, doubt=False)
        states.append(result.state)
        row = replace(row, error=result.error)
    assert states == ["retry"] * (TRIES - 1) + ["dead"]
    assert row.error == "broke"


@pytest.mark.parametrize("doubtful_before", [False, True])
def test_what_broke_in_doubt_is_given_up_as_in_doubt(doubtful_before: bool) -> None:
    row = replace(ROW, error=DOUBT + "lease_expired") if doubtful_before else ROW
    for _ in range(TRIES - 1):
        result = broken(row, NOW, doubt=not doubtful_before)
        row = replace(row, error=result.error)
        assert (result.state, row.doubtful) == ("retry", True)
    assert broken(row, NOW, doubt=False).state == "ambiguous"


def test_waiting_is_no_try_and_does_not_hide_how_often_a_row_broke() -> None:
    row = replace(ROW, attempt=90)
    for _ in range(TRIES - 1):
        row = replace(row, error=broken(row, NOW, doubt=False).error)
        for reason in ("rests", "openings_rest", "platform_off"):
            row = replace(row, error=waits(row, reason, NOW).error)
        row = replace(row, error=outcome(row, Throttled("429", 1), NOW, failures=0, settles=True).result.error)
        assert row.error is not None
    assert broken(row, NOW, doubt=False).state == "dead"
    assert broken(replace(ROW, attempt=90), NOW, doubt=False).state == "retry"


@pytest.mark.parametrize("why", ["late", "paused", "opted_out", "prompt_gone"])
def test_what_may_have_arrived_is_never_said_to_have_been_skipped(why: str) -> None:
    assert unsent(ROW, why, NOW).state == ("skipped_late" if why == "late" else "dead")
    for error in (DOUBT + "lease_expired", REPEAT, REPEAT + ":429", DOUBT + "broke:2"):
        assert unsent(replace(ROW, error=error), why, NOW).state == "ambiguous"
    assert unsent(certain(replace(ROW, error=DOUBT + "lease_expired")), why, NOW).state != "ambiguous"


@pytest.mark.parametrize("error", [Unreachable("50007"), Rejected("invalid_blocks")], ids=str)
def test_a_refusal_says_nothing_of_an_earlier_try_in_doubt(error: DeliveryError) -> None:
    came = outcome(replace(ROW, error=DOUBT + "lease_expired"), error, NOW, failures=0, settles=True)
    assert (came.result.state, came.result.error) == ("ambiguous", f"lease_expired, {error.reason}")
    assert came.unreachable == isinstance(error, Unreachable)


def test_a_repeat_that_has_to_wait_is_still_a_repeat_and_one_lost_again_is_looked_up_first() -> None:
    repeat = replace(ROW, error=REPEAT)
    waited = replace(ROW, error=waits(repeat, "rests", NOW).error)
    assert waited.repeats
    assert replace(ROW, error=waits(waited, "rests", NOW).error).error == REPEAT + ":rests"
    lost = replace(ROW, error=outcome(waited, Uncertain("502"), NOW, failures=0, settles=True).result.error)
    assert (lost.repeats, lost.repeated, lost.doubtful) == (False, True, True)
