"""The messages of circles, letters and answers: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from chat.form import Form
from chat.message import Message
from chat.people import Person, Space
from content import circle_cards as cards
from content import circle_forms as forms
from content import circle_help as more
from content import circle_letters as letters
from content.circle_cards import Mine, Waiting
from content.circle_forms import Seated
from content.circle_letters import OnCircle
from content.circle_questions import BANK
from content.circle_words import Seat
from content.library import Library
from content.say import Say

ID = "0123456789abcdef01234567"
HOSTILE = "*Kofi* <@U1> @everyone"
AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
ON = OnCircle(ID, "fedcba9876543210fedcba98", 12)
MAKERS = Space("slack", "T01MAKERS")
SEATS = (
    Seat(Person(MAKERS, "U001"), "Ada", "Europe/London", hosts=True),
    Seat(Person(MAKERS, "U003"), HOSTILE, "Africa/Accra"),
    Seat(Person(MAKERS, "U002"), "林雨", "Asia/Shanghai"),
)
HELP = {"lines": "Samaritans 116 123, *all day*\n<https://example.org>", "contact": "#moderators"}


def circle_letters(say: Say) -> Mapping[str, Message]:
    """What time sends."""
    question = say.look_up(BANK["learning"][1].text)
    return {
        "circle_welcome_card": letters.circle_welcome_card(say, ON, SEATS, "learning", AT, alone=False, merged=False),
        "circle_welcome_card.pair": letters.circle_welcome_card(
            say, ON, SEATS[:2], "search", AT, alone=True, merged=False
        ),
        "circle_welcome_card.grown": letters.circle_welcome_card(
            say, ON, SEATS, "company", AT, alone=False, merged=True
        ),
        "circle_week_card": letters.circle_week_card(say, ON, 2, question, alive=False),
        "circle_week_card.alive": letters.circle_week_card(say, ON, 3, "", alive=True),
        "circle_last_card": letters.circle_last_card(say, ON),
        "circle_quiet_card": letters.circle_quiet_card(say, ON),
        "circle_merge_card": letters.circle_merge_card(say, ON, small=True, many=3),
        "circle_merge_card.large": letters.circle_merge_card(say, ON, small=False, many=1),
        "circle_pair_card": letters.circle_pair_card(say, ON),
        "circle_closed_card": letters.circle_closed_card(say, ON),
    }


def circles(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    waiting = Waiting(theme="project", alike=2, language=1, round=say.date(AT.date()))
    mine = Mine(circle=ID, theme="learning", seats=SEATS, week=2, next="18:00", goal=HOSTILE, asked=3)
    seated = Seated(call_me=HOSTILE, theme="search", languages=("en", "zh"), hours="Sat 10-12", way="pair-voice")
    return {
        **circle_letters(say),
        "circle_waits_card": letters.circle_waits_card(
            say, ON.letter, say("Nobody else took part this time."), HOSTILE, say.date(AT.date())
        ),
        "circle_conduct_card": cards.circle_conduct_card(say, hosts=True),
        "circle_guide_card": cards.circle_guide_card(say, (), None),
        "circle_guide_card.mine": cards.circle_guide_card(say, (mine,), waiting),
        "circle_kept_card": cards.circle_kept_card(say, waiting, (("Lagos", "Africa/Lagos"),)),
        "circle_kept_card.pair": cards.circle_kept_card(say, Waiting(theme="company", pair=True)),
        "circle_changed_card": cards.circle_changed_card(say),
        "circle_reported_card.unread": more.circle_reported_card(say, ID, read=False),
        "circle_zone_card": cards.circle_zone_card(say, "13:05"),
        "circle_pause_card": cards.circle_pause_card(say, (mine,), waits=True),
        "circle_rests_card": cards.circle_rests_card(say, say.date(AT.date())),
        "circle_leave_card": cards.circle_leave_card(say, ID, SEATS),
        "circle_leave_card.wish": cards.circle_leave_card(say, "", ()),
        "circle_left_card": cards.circle_left_card(say, together=True),
        "circle_voted_card": cards.circle_voted_card(say, "on"),
        "circle_voted_card.pause": cards.circle_voted_card(say, "pause"),
        "circle_goal_card": cards.circle_goal_card(say, HOSTILE),
        "circle_hosting_card": cards.circle_hosting_card(say),
        "circle_form": forms.circle_form(say, seated, hosts=False),
        "circle_form.host": forms.circle_form(say, Seated(), hosts=True),
        "goal_form": forms.goal_form(say, ID, "a *garden*"),
        "help_form": forms.help_form(say, HELP["lines"], HELP["contact"]),
        "circle_more_card": more.circle_more_card(say, HELP),
        "circle_more_card.none": more.circle_more_card(say, {}),
        "circle_help_kept_card": more.circle_help_kept_card(say, HELP),
        "circle_doubts_card": more.circle_doubts_card(say, library),
        "circle_step_card": more.circle_step_card(say, "lift", ID),
        "circle_whom_card": more.circle_whom_card(say, ID, SEATS, report=True),
        "circle_block_card": more.circle_block_card(say, ID, SEATS[1]),
        "circle_blocked_card": more.circle_blocked_card(say, ID),
        "circle_reported_card": more.circle_reported_card(say, ID),
    }
