"""A member who crosses zones, delivered to by the rules of `scheduler.when`; every promise is checked on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chat.moment import Occurrence, Schedule
from scheduler.when import APART, LONGEST, QUIET_FROM, QUIET_UNTIL, after_move, next_of

DATE_LINE = ("Pacific/Kiritimati", "Pacific/Midway", "Pacific/Apia", "Pacific/Pago_Pago", "Pacific/Chatham",
             "Pacific/Auckland", "Pacific/Niue", "Pacific/Honolulu", "Pacific/Tongatapu", "Etc/GMT+12")  # fmt: skip


class Traveller:
    """Every day is on. `moves` keeps where the member was since when, to judge how long a night lasted."""

    def __init__(self, at: time, zone: str, now: datetime) -> None:
        self.at, self.zone, self.now = at, zone, now
        self.moves = [(now, zone)]
        self.delivered: list[Occurrence] = []
        self.gaps: list[timedelta] = []
        self.due = next_of([self._schedule], now)

    @property
    def _schedule(self) -> Schedule:
        return Schedule(self.at, self.zone)

    @property
    def overdue(self) -> bool:
        """Whether 48 hours are over and the night alone holds the next message back."""
        return bool(self.delivered) and self.now >= self.delivered[-1].at + LONGEST

    def wait(self, span: timedelta) -> None:
        """Time passes; what falls due is delivered at its instant, and the next planned as the planner does."""
        self.now += span
        while self.due.at <= self.now:
            self._deliver(self.due)
            self.due = next_of([self._schedule], self.due.at, first_day=self.due.day + timedelta(days=1))

    def move(self, zone: str) -> None:
        """To another zone, now."""
        self.zone = zone
        self.moves.append((self.now, zone))
        last = self.delivered[-1] if self.delivered else None
        self.due = after_move([self._schedule], last_day=last and last.day, last_at=last and last.at, now=self.now)
        assert self.due.at > self.now

    def _deliver(self, due: Occurrence) -> None:
        if self.delivered:
            last = self.delivered[-1]
            assert due.day > last.day, ("a nominal date twice", last, due, self.moves)
            assert due.at - last.at >= APART, ("two within twelve hours", last, due, self.moves)
            assert due.at - last.at <= LONGEST or self._slept(last.at + LONGEST, due.at), (
                "48 h",
                last,
                due,
                self.moves,
            )
            self.gaps.append(due.at - last.at)
        self.delivered.append(due)

    def _slept(self, since: datetime, until: datetime) -> bool:
        """Whether the member's clocks showed quiet hours all the time between."""
        moment = since
        while moment < until:
            zone = next(zone for at, zone in reversed(self.moves) if at <= moment)
            local = moment.astimezone(ZoneInfo(zone)).time()
            if QUIET_UNTIL <= local < QUIET_FROM:
                return False
            moment += timedelta(minutes=1)
        return True


def some_day() -> datetime:
    """Where journeys begin: before both seasons' changes of one winter."""
    return datetime.combine(date(2027, 9, 20), time(0), UTC)
