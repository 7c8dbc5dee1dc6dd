"""A member's life, day by day: taps, silence, pauses, off and on, lost messages; behaviour.md section 10 holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from habit.days import shown
from habit.ladder import easier, harder
from habit.silence import MOST_UNANSWERED
from habit.taper import easier_offer, offer
from habit.today import Standing, Today, after_tap, free_from, may_send, plan_today, returns

START = date(2026, 11, 16)
DAY = timedelta(days=1)
TABLE = [1, 2, 3, 5, 9, 17]  # R19, counted from the day of the last answer


class Life(RuleBasedStateMachine):
    """The scheduler and the buttons in miniature. Messages come in the morning, members act after them."""

    def __init__(self) -> None:
        super().__init__()
        self.today = START
        self.days: frozenset[int] = frozenset(range(7))
        self.standing = Standing("off", "daily", 0, 0, START, None, None)
        self.next: date | None = None
        self.paused_until: date | None = None
        self.sent: list[tuple[date, Today]] = []
        self.shown: list[date] = []
        self.answers: list[str] = []
        self.offered: dict[str, date] = {}
        self.lost = 0
        self.answered_on: date | None = None  # day 0 of R19's table, while nothing has disturbed it
        self.since: list[date] = []
        self.waits: list[
            date | None
        ] = []  # of each message that arrived since the last tap: until when it may be answered
        self.highest_asked_for = 0
        self.totals = (0, 0)

    @initialize(
        days=st.frozensets(st.integers(0, 6), min_size=1) | st.just(frozenset(range(7))),
        reflect_day=st.none() | st.integers(0, 6),
    )
    def set_up(self, days: frozenset[int], reflect_day: int | None) -> None:
        self.days = days if reflect_day is None else days | {reflect_day}
        self.standing = replace(self.standing, reflect_day=reflect_day)

    def week(self) -> frozenset[int]:
        if self.standing.rhythm == "daily":
            return self.days
        return frozenset({min(self.days) if self.standing.reflect_day is None else self.standing.reflect_day})

    def scheduled(self, first: date) -> date:
        return next(day for day in (first + n * DAY for n in range(7)) if day.weekday() in self.week())

    def morning(self, *, arrives: bool) -> None:
        if self.next is None or self.next > self.today:
            return
        assert self.standing.state not in {"off", "dormant", "graduated"}
        assert self.paused_until is None or self.paused_until <= self.today
        if not may_send(self.standing):
            self.standing, self.next = replace(self.standing, state="dormant"), None
            return
        message = plan_today(self.standing, self.today)
        assert message.dose in {0, self.standing.dose}
        self.sent.append((self.today, message))
        self.since.append(self.today)
        count = self.standing.unanswered + arrives
        self.standing = replace(self.standing, state=message.state, last_day=self.today, unanswered=count)
        self.next = message.not_before and self.scheduled(message.not_before)
        if arrives:
            self.waits.append(self.next)
        else:
            self.lost, self.answered_on = self.lost + 1, None

    def acts(self) -> None:
        """Any tap."""
        back = returns(self.standing, due=self.next is not None and self.next <= self.today)
        was = self.standing.state
        silent = sum(until is None or until <= self.today for until in self.waits)  # R18, by the word
        assert back == (silent >= 3 and was != "off"), (silent, self.standing)
        state, unanswered = after_tap(self.standing)
        self.standing = replace(self.standing, state=state, unanswered=unanswered)
        if was == "off":
            assert state == "off"
            return
        if back:
            self.standing = replace(self.standing, dose=0)
        self.from_here(self.today + DAY)

    def from_here(self, first: date) -> None:
        self.next = self.scheduled(max(first, free_from(self.standing, self.today)))
        self.paused_until, self.since, self.waits, self.lost = None, [], [], 0
        every_day = self.standing.rhythm == "daily" and len(self.days) == 7
        self.answered_on = self.today if every_day and first == self.today + DAY else None

    @rule(arrives=st.sampled_from([True] * 9 + [False]))
    def a_day_goes_by(self, arrives: bool) -> None:
        self.today += DAY
        self.morning(arrives=arrives)

    @rule(days=st.integers(2, 40))
    def silence(self, days: int) -> None:
        for _ in range(days):
            self.a_day_goes_by(arrives=True)

    @rule(weeks=st.integers(1, 9), keen=st.booleans())
    def weeks_of_good_days(self, weeks: int, keen: bool) -> None:
        for _ in range(weeks * 7):
            self.a_day_goes_by(arrives=True)
            if self.sent and self.sent[-1][0] == self.today:
                self.done(accepts=keen)

    @precondition(lambda self: self.sent)
    @rule(accepts=st.booleans())
    def done(self, accepts: bool) -> None:
        self.acts()
        self.shown.append(self.sent[-1][0])
        self.answers.append("done")
        kind = offer(self.standing, self.shown, self.today, self.offered)
        if kind is None:
            return
        assert self.standing.state == "active"
        self.offered[kind] = self.today
        if accepts:
            self.accept(kind)

    def accept(self, kind: str) -> None:
        match kind:
            case "weekly":
                self.standing = replace(self.standing, rhythm="weekly")
                self.from_here(self.today + DAY)
            case "stop":
                self.standing, self.next = replace(self.standing, state="graduated"), None
                self.answered_on = None
            case _:
                self.asks_for_more()

    @precondition(lambda self: self.sent)
    @rule(accepts=st.booleans())
    def shrink(self, accepts: bool) -> None:
        self.acts()
        self.shown.append(self.sent[-1][0])
        self.answers.append("shrunk")
        if easier_offer(self.answers, self.standing.dose) and accepts:
            self.standing = replace(self.standing, dose=easier(self.standing.dose))

    @precondition(lambda self: self.sent)
    @rule()
    def not_today(self) -> None:
        self.acts()
        self.answers.append("not_today")

    @precondition(lambda self: self.standing.state != "off")
    @rule()
    def asks_for_more(self) -> None:
        self.standing = replace(self.standing, dose=harder(self.standing.dose))
        self.highest_asked_for = max(self.highest_asked_for, self.standing.dose)

    @precondition(lambda self: self.standing.state != "off")
    @rule(days=st.integers(1, 20))
    def pause(self, days: int) -> None:
        self.acts()
        self.paused_until = self.today + days * DAY
        self.next, self.answered_on = self.scheduled(self.paused_until), None

    @rule()
    def off(self) -> None:
        self.standing, self.next, self.answered_on = replace(self.standing, state="off"), None, None

    @rule(later_today=st.booleans())
    def on(self, later_today: bool) -> None:
        self.standing = replace(self.standing, state="active", unanswered=0, started_on=self.today)
        self.from_here(self.today if later_today else self.today + DAY)
        self.morning(arrives=True)

    @rule()
    def the_clock_moves(self) -> None:
        self.standing = replace(self.standing, zone_moved=not self.standing.zone_moved)

    @precondition(lambda self: self.lost and self.standing.state == "cooling")
    @rule()
    def a_lost_message_turns_up(self) -> None:
        if self.standing.unanswered < MOST_UNANSWERED:
            self.lost -= 1
            self.waits.append(self.today)
            self.standing = replace(self.standing, unanswered=self.standing.unanswered + 1)

    @invariant()
    def never_two_messages_on_one_date(self) -> None:
        dates = [day for day, _ in self.sent]
        assert dates == sorted(set(dates))

    @invariant()
    def at_most_six_stay_unanswered(self) -> None:
        assert self.standing.unanswered <= MOST_UNANSWERED

    @invariant()
    def nothing_is_due_where_nothing_may_come(self) -> None:
        if self.standing.state in {"off", "dormant", "graduated"}:
            assert self.next is None

    @invariant()
    def silence_keeps_exactly_to_the_table(self) -> None:
        if self.answered_on is None:
            return
        elapsed = (self.today - self.answered_on).days
        assert [(day - self.answered_on).days for day in self.since] == [n for n in TABLE if n <= elapsed]
        assert (self.standing.state == "dormant") == (elapsed >= TABLE[-1])

    @invariant()
    def with_days_off_and_losses_the_gaps_are_never_shorter(self) -> None:
        for (day, message), (after, _) in zip(self.sent, self.sent[1:], strict=False):
            if day in self.since and after in self.since:
                assert message.not_before is not None
                assert after >= message.not_before

    @invariant()
    def the_design_is_questioned_once_a_silence(self) -> None:
        kinds = [message.kind for day, message in self.sent if day in self.since]
        assert kinds.count("trouble") <= 1 + self.lost
        assert kinds.count("last") <= 1

    @invariant()
    def counters_never_decrease(self) -> None:
        totals = (shown(self.shown, self.today)[0], len(self.sent))
        assert totals >= self.totals
        assert totals[0] >= self.totals[0]
        self.totals = totals

    @invariant()
    def the_dose_never_grows_by_itself(self) -> None:
        assert self.standing.dose <= self.highest_asked_for
        self.highest_asked_for = self.standing.dose


Life.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase


def test_merry_falls_silent_and_the_bot_with_him() -> None:
    """The table of R19 told once, day by day, and the way back."""
    life = Life()
    life.on(later_today=False)
    life.silence(60)
    assert [(day - START).days for day, _ in life.sent] == TABLE
    assert [message.kind for _, message in life.sent] == ["prompt"] * 3 + ["trouble", "prompt", "last"]
    assert life.standing.state == "dormant"
    life.asks_for_more()
    life.done(accepts=False)
    assert (life.standing.state, life.standing.dose) == ("active", 0)
    life.a_day_goes_by(arrives=True)
    assert life.sent[-1] == (life.today, Today("prompt", 0, "", "active", life.today + DAY))


def test_galadriel_outgrows_it() -> None:
    """Every day for sixteen weeks, taking each offer: more after ten days, weekly at eight weeks, an end at sixteen."""
    life = Life()
    life.on(later_today=False)
    life.weeks_of_good_days(weeks=20, keen=True)
    assert life.standing.state == "graduated"
    made: Mapping[str, date] = life.offered
    assert (made["weekly"] - START).days >= 56
    assert (made["stop"] - START).days >= 112
    assert life.next is None
    sent = len(life.sent)
    life.silence(40)
    assert len(life.sent) == sent


def test_pippins_lost_message_turns_up_and_counts() -> None:
    """One of six was thought lost; found, it makes six unanswered, so no goodbye comes on top of them."""
    life = Life()
    life.on(later_today=False)
    life.a_day_goes_by(arrives=False)
    life.silence(12)
    assert (life.standing.state, life.standing.unanswered, len(life.sent)) == ("cooling", 5, 6)
    life.a_lost_message_turns_up()
    life.silence(30)
    assert (life.standing.state, len(life.sent)) == ("dormant", 6)
