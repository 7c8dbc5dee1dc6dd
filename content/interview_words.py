"""How what matching goes by is called in the member's language: industries, ways of talking, paths, hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from content.library import Library
from content.say import Say

LANGUAGES = (
    "en", "zh", "es", "hi", "ar", "pt", "bn", "ru", "ja", "de", "fr", "ko", "tr", "vi", "it", "ur", "fa", "id", "sw",
    "pl", "uk", "nl", "ta", "te", "th",
)  # fmt: skip
Hours = tuple[tuple[int, int, int], ...]
"""(weekday, from minute, to minute) each, as in store/seekers.py."""
Options = tuple[tuple[str, str], ...]
"""(value, label) of each."""


def languages(say: Say) -> Options:
    """Languages to talk in, one's own first."""
    own = say.lang.partition("-")[0]
    order = sorted(LANGUAGES, key=lambda code: code != own)
    return tuple((code, say.language(code)) for code in order)


def industries(say: Say) -> Options:
    """Where people work."""
    return (
        ("software", say("Software and internet")), ("finance", say("Finance and insurance")),
        ("health", say("Health and medicine")), ("education", say("Education")), ("research", say("Research")),
        ("manufacturing", say("Manufacturing")), ("retail", say("Retail and e-commerce")), ("media", say("Media")),
        ("games", say("Games")), ("telecom", say("Telecommunications")), ("transport", say("Transport and logistics")),
        ("energy", say("Energy and climate")), ("food", say("Food and farming")), ("building", say("Building")),
        ("public", say("Public service")), ("nonprofit", say("Non-profit work")), ("law", say("Law")),
        ("consulting", say("Consulting")), ("art", say("Art and design")), ("other", say("Something else")),
    )  # fmt: skip


def formats(say: Say) -> Options:
    """How a talk can go."""
    return (
        ("call", say("A call of 20 to 30 minutes")),
        ("chat", say("Typing at the same time")),
        ("async", say("Messages, each at their own time")),
    )


def paths(say: Say) -> Options:
    """Ways somebody may have gone before."""
    return (
        ("switched_role", say("Changed to this role from another")),
        ("switched_industry", say("Changed industry")),
        ("first_job", say("Found a first job in AI")),
        ("same_school", say("Went to the same school")),
    )


def roles(say: Say, library: Library) -> Options:
    """The roles of the pack."""
    return tuple((role.id, role.name.get(say.lang)[:75]) for role in library.roles.values())[:25]


def topics(say: Say, library: Library) -> Options:
    """The topics of the pack."""
    return tuple((topic.id, topic.name.get(say.lang)[:75]) for topic in library.topics.values())[:25]


def name(options: Options, value: str | None) -> str:
    """The label of a value, "" where it is none of them."""
    return dict(options).get(value or "", "")


def names(say: Say, options: Options, values: Sequence[str] | frozenset[str]) -> str:
    """Labels in the order of the options, in one line."""
    return say.join(label for value, label in options if value in values)


def hours_text(say: Say, hours: Hours) -> str:
    """Weekly hours as they could be typed again: "Mon, Wed 18:00-20:00; Sat 10:00-12:00"."""
    by_span: dict[tuple[int, int], set[int]] = {}
    for weekday, start, end in hours:
        by_span.setdefault((start, end), set()).add(weekday)
    spans = sorted(by_span.items(), key=lambda item: (min(item[1]), item[0]))
    return "; ".join(
        f"{say.weekdays(frozenset(days))} {_clock(say, start)}-{_clock(say, end)}" for (start, end), days in spans
    )


def _clock(say: Say, minute: int) -> str:
    return "24:00" if minute == 1_440 else say.time(time(minute // 60, minute % 60))
