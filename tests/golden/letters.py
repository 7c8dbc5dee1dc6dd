"""The letters of introductions: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from chat.form import Form
from chat.message import Message
from chat.people import Person, Space
from content import follow_cards as follow
from content import introduction_cards as cards
from content.introduction_parts import On, Side, host_lines, seeker_lines
from content.introduction_reasons import Reader, reasons
from content.library import Library
from content.say import Say

HOSTILE = "*bold* <@U1> @everyone"
AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
SLOTS = tuple(AT + timedelta(days=n) for n in range(3))
ON = On("0123456789abcdef01234567", "fedcba9876543210fedcba98")
FACTS = (
    {"term": "role", "name": "role.ml-engineer"},
    {"term": "paths", "tags": ["same school: *Bag End*"]},
    {"term": "hours", "hours": 6.5, "at": AT.isoformat()},
)


def letters(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    makers = Space("slack", "T01MAKERS")
    speaks = say.join(say.language(code) for code in ("en", "zh"))
    curious = ("How is a week?", HOSTILE, "Which maths do you use?")
    ada = Side(
        Person(makers, "U001"), "Ada", "Europe/London",
        seeker_lines(say, "Ada", "ML engineer", "Health", curious, speaks),
    )  # fmt: skip
    kofi = Side(
        Person(makers, "U003"), HOSTILE, "Africa/Accra",
        host_lines(say, HOSTILE, "ML engineer", "", ("Portfolio",), "gardens, *too*", speaks),
    )  # fmt: skip
    why = reasons(say, library, FACTS, Reader("host", "Africa/Accra", "Asia/Shanghai"))
    theirs = reasons(say, library, FACTS, Reader("seeker", "Europe/London", "Africa/Accra"))
    return {
        "ask_host_card": cards.ask_host_card(say, ON, ada, why, say("A call of 20 to 30 minutes")),
        "ask_host_card.bare": cards.ask_host_card(say, ON, kofi, (), say("Messages, each at their own time")),
        "host_reminder_card": cards.host_reminder_card(say, ON, ada, date(2026, 11, 26)),
        "not_available_card": cards.not_available_card(say, ON, date(2026, 12, 9)),
        "intro_card": cards.intro_card(say, ON, ada, kofi, theirs, SLOTS, AT),
        "intro_card.async": cards.intro_card(say, ON, ada, kofi, (), (), AT),
        "intro_alone_card": cards.intro_alone_card(say, ON, kofi, ada, why, SLOTS[:1], AT),
        "gone_card": cards.gone_card(say, ON, seeker=True, began=True),
        "gone_card.host": cards.gone_card(say, ON, seeker=False, began=False),
        "found_time_card": follow.found_time_card(say, ON, kofi),
        "how_was_it_card": follow.how_was_it_card(say, ON, ada),
        "thank_you_card": follow.thank_you_card(say, ON, kofi),
        "note_down_card": follow.note_down_card(say, ON, kofi),
        "pay_forward_card": follow.pay_forward_card(say, ON),
        "what_came_card": follow.what_came_card(say, ON, kofi),
        "rematch_card": follow.rematch_card(say, ON),
        "host_rests_card": follow.host_rests_card(say, ON, AT.date()),
        "intro_card.clockless": cards.intro_card(say, ON, replace(ada, zone=""), kofi, (), (), AT),
    }
