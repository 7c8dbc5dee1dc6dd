"""What time does next with an interview: the names of its next steps, and when each comes.

Commands set them where a member's answer decides, the clock does them: see scheduler/jobs. A letter of the same name
goes out at most steps. A member who does not answer is never asked the same twice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from store.introductions import Next

TRIES = 3
"""Hosts asked for one request, one after the other."""
ANSWER_WITHIN, REMINDER_AFTER = timedelta(days=5), timedelta(days=3)
"""How long a host may take, and when they are reminded, from when their letter goes out."""
REST = timedelta(days=14)
"""After so many tries nobody is asked for so long; then the search goes on by itself."""

INTRODUCE, ANOTHER, EXPIRE, REMIND = "introduce", "another", "expire", "host-reminder"
FOUND_TIME, HOW_WAS_IT, HOW_AGAIN, LAPSE = "found-time", "how-was-it", "how-was-it-again", "lapse"
THANK_YOU, PAY_FORWARD, WHAT_CAME, REMATCH = "thank-you", "pay-forward", "what-came", "rematch"


def accepted(now: datetime) -> Next:
    """The host says yes: both are introduced as soon as it is day for both."""
    return INTRODUCE, now


def declined(now: datetime) -> Next:
    """The host says not now or not a fit: the search goes on. The seeker is told nothing; this step sees to them."""
    return ANOTHER, now


def introduced(now: datetime) -> Next:
    """Have they found a time? Asked once, on the fourth day."""
    return FOUND_TIME, now + timedelta(days=4)


def asked_for_time(introduced_at: datetime) -> Next:
    """Whoever does not say whether there is a time is asked once how it was."""
    return HOW_WAS_IT, introduced_at + timedelta(days=11)


def scheduled(now: datetime, on: date | None = None) -> Next:
    """They found a time (`on`, where they said when): a day after it, or after a week, how was it?"""
    week = now + timedelta(days=7)
    return HOW_WAS_IT, week if on is None else max(now, now + (on - now.date() + timedelta(days=1)))


def not_yet(now: datetime) -> Next:
    """Not yet, or agreed on after all: asked once more, a week later."""
    return HOW_AGAIN, now + timedelta(days=7)


def unanswered(now: datetime) -> Next:
    """Nobody says how it was: closed without a word after two weeks."""
    return LAPSE, now + timedelta(days=14)


def met(now: datetime) -> Next:
    """They met: the day after, a thank-you unless it is said by then."""
    return THANK_YOU, now + timedelta(days=1)


def thanked(now: datetime) -> Next:
    """Somebody is where they were: two weeks after the talk."""
    return PAY_FORWARD, now + timedelta(days=13)


def passed_on(now: datetime) -> Next:
    """What came of it? A month after the talk."""
    return WHAT_CAME, now + timedelta(days=16)


def missed(now: datetime) -> Next:
    """It did not happen: the seeker is offered somebody else."""
    return REMATCH, now
