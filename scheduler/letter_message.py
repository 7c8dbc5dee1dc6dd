"""Which card a letter becomes: pure, from what was read at the moment of sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from chat.message import Message
from chat.people import Person
from content import follow_cards as follow
from content import interview_words as words
from content import introduction_cards as cards
from content.interview_status import reach_card
from content.introduction_parts import On, Side, host_lines, seeker_lines
from content.introduction_reasons import SCHOOL, Fact, Reader, reasons
from content.letters import TalkLetter
from content.library import Library
from content.say import Say
from scheduler.post import today, zone_of
from scheduler.shared_language import speaker_for_all
from store import Tx
from store.deliveries import Delivery
from store.following import REST
from store.hosts import Host
from store.introductions import Introduction
from store.member_hours import known_zone
from store.members import Member
from store.seekers import Seeker


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a letter may speak of. `seeker`, `host`: what they said of themselves; None for who was forgotten."""

    introduction: Introduction
    reader: Member
    members: Mapping[Person, Member]
    seeker: Seeker | None
    host: Host | None

    @property
    def to_host(self) -> bool:
        """Whether the reader is the one who is asked."""
        return self.reader.person == self.introduction.the("host")

    @property
    def zones(self) -> tuple[str, ...]:
        """Of everybody in it, the reader first."""
        others = sorted(person for person in self.introduction.persons if person != self.reader.person)
        return zone_of(self.reader), *(zone_of(self.members.get(person)) for person in others)


def letter_message(
    library: Library, name: TalkLetter, known: Known, delivery: str, now: datetime, *, group: bool
) -> Message | None:
    """The card in the reader's language; in a group conversation in the one all of them read, else in English. None
    where somebody is gone of whom it would speak."""
    say = speaker_for_all(known.members.values() if group else [known.reader])
    on = On(known.introduction.id, delivery)
    match name:
        case "not-available":
            return cards.not_available_card(say, on, today(zone_of(known.reader), now + REST))
        case "gone":
            began = known.introduction.decided_at is not None
            return cards.gone_card(say, on, seeker=not known.to_host, began=began)
        case "rematch":
            return follow.rematch_card(say, on)
        case "pay-forward":
            return follow.pay_forward_card(say, on)
        case "host-rests":
            until = known.host.paused_until if known.host is not None else None
            return follow.host_rests_card(say, on, until) if until is not None else None
        case _:
            pass
    if known.seeker is None or known.host is None:
        return None
    return _of_both(say, library, name, known, known.seeker, known.host, on)


async def reach_message(tx: Tx, delivery: Delivery) -> Message:
    """What proves that direct messages arrive."""
    return reach_card(speaker_for_all((await tx.members.of([delivery.person])).values()))


def _of_both(
    say: Say, library: Library, name: TalkLetter, known: Known, seeker: Seeker, host: Host, on: On
) -> Message | None:
    found = known.introduction
    asks, answers = _asks(say, library, known, seeker), _answers(say, library, known, host)
    you, them = (answers, asks) if known.to_host else (asks, answers)
    slots = tuple(datetime.fromisoformat(slot) for slot in found.slots)
    made_at = found.introduced_at or found.proposed_at
    clocks = asks.zone and answers.zone
    hours = clocks and not slots  # the times say it better
    facts = [as_typed(fact, host) for fact in found.reasons if hours or fact.get("term") != "hours"]
    why = reasons(say, library, facts, Reader("host" if known.to_host else "seeker", you.zone, them.zone))
    match name:
        case "ask-host":
            return cards.ask_host_card(say, on, asks, why, words.name(words.formats(say), found.format))
        case "host-reminder":
            return cards.host_reminder_card(say, on, asks, today(zone_of(known.reader), found.expires_at or made_at))
        case "intro":
            return cards.intro_card(say, on, asks, answers, why, slots, made_at)
        case "intro-alone":
            return cards.intro_alone_card(say, on, you, them, why, slots, made_at)
        case "found-time":
            return follow.found_time_card(say, on, them)
        case "how-was-it" | "how-was-it-again":
            return follow.how_was_it_card(say, on, them)
        case "thank-you":
            return follow.thank_you_card(say, on, them)
        case "what-came":
            return follow.what_came_card(say, on, them)
        case "note-down":
            return follow.note_down_card(say, on, them)
        case "not-available" | "gone" | "rematch" | "pay-forward" | "host-rests":
            return None  # said above
        case _:
            assert_never(name)


def as_typed(fact: Fact, host: Host) -> Fact:
    """Names as the host typed them: matching compares them folded."""
    match fact:
        case {"term": "company"} if host.company:
            return {**fact, "name": host.company}
        case {"term": "paths", "tags": tags} if host.school:
            named = [f"{SCHOOL}{host.school}" if str(tag).startswith(SCHOOL) else tag for tag in tags]
            return {**fact, "tags": named}
        case _:
            return fact


def _asks(say: Say, library: Library, known: Known, seeker: Seeker) -> Side:
    lines = seeker_lines(
        say,
        seeker.call_me,
        words.name(words.roles(say, library), seeker.role),
        words.name(words.industries(say), seeker.industry),
        seeker.curiosities or _topics(say, library, seeker.topics),
        words.names(say, words.languages(say), seeker.languages),
    )
    return Side(seeker.person, seeker.call_me, known_zone(known.members.get(seeker.person)), lines)


def _answers(say: Say, library: Library, known: Known, host: Host) -> Side:
    lines = host_lines(
        say,
        host.call_me,
        words.name(words.roles(say, library), host.role),
        words.name(words.industries(say), host.industry),
        _topics(say, library, host.topics),
        host.about,
        words.names(say, words.languages(say), host.languages),
    )
    return Side(host.person, host.call_me, known_zone(known.members.get(host.person)), lines)


def _topics(say: Say, library: Library, topics: tuple[str, ...]) -> tuple[str, ...]:
    options = words.topics(say, library)
    return tuple(words.name(options, topic) or topic for topic in topics)
