"""What time does next with an interview: the names of its next steps, and when each comes.

Commands set them where a member's answer decides, the clock does them: see scheduler/jobs. A letter of the same name
goes out at most steps. A member who does not answer is never asked the same twice.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chat.people import Person
from store.introductions import TELL_GONE, Introduction, Next

TRIES = 3
"""Hosts asked for one request, one after the other."""
ANSWER_WITHIN, REMINDER_AFTER = timedelta(days=5), timedelta(days=3)
"""How long a host may take, and when they are reminded, from when their letter goes out."""
REST = timedelta(days=14)
"""After so many tries nobody is asked for so long; then the search goes on by itself."""

MORNING, EVENING = time(10), time(18, 30)
SEVERED_AFTER = timedelta(hours=1)
"""How long after a block the other side is told that their talk is off: not in the same moment."""

INTRODUCE, ANOTHER, EXPIRE, REMIND = "introduce", "another", "expire", "host-reminder"
FOUND_TIME, HOW_WAS_IT, HOW_AGAIN = "found-time", "how-was-it", "how-was-it-again"
LAPSE, LAPSED = "lapse", "lapsed"
TELL_SEEKER, TELL_HOST = "tell-seeker", "tell-host"
"""The other side is out of it, and this one has not been told."""
THANK_YOU, PAY_FORWARD, WHAT_CAME = "thank-you", "pay-forward", "what-came"
REMATCH, HOST_RESTS = "rematch", "host-rests"


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


def scheduled(now: datetime) -> Next:
    """They found a time, and nobody says for which day: after a week, how was it?"""
    return HOW_WAS_IT, now + timedelta(days=7)


def day_known(now: datetime, on: date, zone: str) -> Next:
    """They found a time `on` a day in the zone of who says so: how was it is asked on the next morning there."""
    morning = datetime.combine(on + timedelta(days=1), MORNING, ZoneInfo(zone))
    return HOW_WAS_IT, max(now, morning.astimezone(UTC))


def note_times(now: datetime, on: date, zone: str) -> tuple[datetime, ...]:
    """When somebody may be reminded of their notes of a talk on a day: that evening or the morning after (local), as
    far as it is still to come."""
    days = ((on, EVENING), (on + timedelta(days=1), MORNING))
    moments = [datetime.combine(day, at, ZoneInfo(zone)) for day, at in days]
    return tuple(moment for moment in moments if moment > now)


def not_yet(now: datetime) -> Next:
    """Not yet, or agreed on after all: asked once more, a week later."""
    return HOW_AGAIN, now + timedelta(days=7)


def unanswered(now: datetime) -> Next:
    """Nobody says how it was: closed without a word after two weeks."""
    return LAPSE, now + timedelta(days=14)


def lapsed(now: datetime) -> Next:
    """Closed for want of an answer: for thirty days whoever says that they met is believed."""
    return LAPSED, now + timedelta(days=30)


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


def left(introduction: Introduction, who: Person, now: datetime) -> Next:
    """This side takes no part any more: the other one is told, without a reason."""
    return (TELL_HOST if introduction.the("seeker") == who else TELL_SEEKER), now


def severed(introduction: Introduction, who: Person, now: datetime) -> Next | None:
    """This side blocked another one. Who was told of a yes, or introduced, reads a little later what everybody reads
    whose other side is out of it; a question that was not answered is taken back without a word."""
    match introduction.state:
        case "accepted" if introduction.kind != "interview":
            return TELL_GONE, now
        case "accepted" if introduction.the("host") == who:
            return None  # the search goes on
        case "accepted" | "introduced" | "scheduled" if introduction.kind == "interview":
            return left(introduction, who, now + SEVERED_AFTER)
        case _:
            return None


def host_rests(now: datetime) -> Next:
    """Talks with this host did not come about, and nobody asks them for a while: they are told."""
    return HOST_RESTS, now
