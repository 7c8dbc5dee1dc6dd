"""The messages of `/interview-match` that are answers and no letters: a part of `tests.golden.messages`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from chat.form import Form
from chat.message import Message
from chat.people import Person, Space
from commands import admin_reports, admin_talks
from content import (
    interview_cards,
    interview_forms,
    interview_status,
    invite_card,
    prep_cards,
    safety_cards,
    talk_cards,
)
from content.interview_forms import Filled
from content.interview_status import Offer, Question, Search
from content.interview_ways import AdultConfirmed, ConductAgreed
from content.introduction_cards import On, way_out
from content.library import Library
from content.prep_cards import Prep
from content.prep_file import crib_file_card, crib_text
from content.safety_cards import Shown
from content.say import Say
from store.programmes import Programme

ID = "0123456789abcdef01234567"
DAY = date(2026, 11, 23)
TALKS = Programme(space=Space("slack", "T01MAKERS"), name="interviews", zone="UTC", state="on", place="C1")
ASKED = replace(TALKS, place=None, settings={"adults": True, "invite": "U001", "external": True})
HOSTILE = "*Kofi* <@U1> @everyone"
SAM = Person(Space("slack", "T01MAKERS"), "U001")
FILLED = Filled(
    call_me=HOSTILE,
    role="role.data-scientist",
    second="role.ml-engineer",
    curiosities="How did you start?\nWhat next?",
    about="Seven years of *pipelines*",
    languages=("en", "zh"),
    format="chat",
    capacity="2",
    hours="Sat 10:00-12:00",
    industry="health",
    topics=("math", "job"),
    paths=("switched_role",),
    school="Bree",
    company="Green Dragon",
    companies="Rivendell\nBree",
    team="Shire",
    native="zh",
)
PREP = Prep("Sam", {"person": HOSTILE, "product": "A map"}, "how they *chose*", (1, 4), ("What does your company do?",))


def interviews(say: Say, library: Library) -> Mapping[str, Message | Form]:
    """By the name of the function that makes it."""
    day, role = say.date(DAY), library.roles["role.ml-engineer"].name.get(say.lang)
    zones = (("Lagos", "Africa/Lagos"), ("Pune", "Asia/Kolkata"))
    six = prep_cards.six_questions(say, library)
    found = Search(state="open", role=role, since=day, why="hours", next=day, left=1, place=2)
    gives = Offer(state="open", role=role, seats=1, capacity=2)
    asks = Question(ID, HOSTILE, role, ("How *did* you start?", "What next?"))
    out = way_out(say, On("f" * 24, ""))
    shown = Shown(ID, SAM, "selling", HOSTILE, day, 2)
    return {
        "conduct_card": interview_cards.conduct_card(say, then=ConductAgreed("seeker")),
        "conduct_card.agreed": interview_cards.conduct_card(say, day, then=ConductAgreed("")),
        "status_card": interview_status.status_card(say, None, None),
        "status_card.both": interview_status.status_card(say, found, gives, asks, (out,), zones),
        "status_card.off": interview_status.status_card(
            say, Search(state="off", role=role, again=day), Offer(state="paused", role=role, until=day)
        ),
        "status_card.unreachable": interview_status.status_card(
            say, replace(found, why="", next="", place=0), None, reachable=False
        ),
        "reach_card": interview_status.reach_card(say),
        "report_waits_card": safety_cards.report_waits_card(say),
        "reported_card.unread": safety_cards.reported_card(say, ID, read=False),
        "search_kept_card": interview_cards.search_kept_card(say, role, [day], zones),
        "search_rests_card": interview_cards.search_rests_card(say, role, day),
        "offer_kept_card": interview_cards.offer_kept_card(say, role, 2),
        "profile_kept_card": interview_cards.profile_kept_card(say),
        "zone_kept_card": interview_cards.zone_kept_card(say, "13:05"),
        "pause_card": interview_cards.pause_card(say),
        "pause_card.both": interview_cards.pause_card(say, both=True),
        "pause_card.host": interview_cards.pause_card(say, "host", both=True),
        "quiet_card.talk": interview_cards.quiet_card(say, day, talk=True),
        "leave_card": interview_cards.leave_card(say, talk=True),
        "leave_card.both": interview_cards.leave_card(say, talk=True, both=True),
        "leave_card.seeker": interview_cards.leave_card(say, talk=True, side="seeker", both=True),
        "left_card.seeker": interview_cards.left_card(say, "seeker"),
        "left_card.host": interview_cards.left_card(say, "host"),
        "left_card": interview_cards.left_card(say),
        "seeker_form": interview_forms.seeker_form(say, library, FILLED),
        "seeker_form.new": interview_forms.seeker_form(say, library, Filled()),
        "host_form": interview_forms.host_form(say, library, FILLED),
        "times_form": interview_forms.times_form(say, library, "seeker", FILLED),
        "times_form.host": interview_forms.times_form(say, library, "host", FILLED),
        "ground_form": interview_forms.ground_form(say, "seeker", FILLED),
        "yes_card": talk_cards.yes_card(say, HOSTILE, ID),
        "full_card": talk_cards.full_card(say, 1),
        "no_card": talk_cards.no_card(say, ID),
        "moved_on_card": talk_cards.moved_on_card(say),
        "when_card": talk_cards.when_card(say, ID, [DAY, date(2026, 11, 24)]),
        "on_card": talk_cards.on_card(say, ID, DAY),
        "reminded_card": talk_cards.reminded_card(say, ID, datetime(2026, 11, 24, 18, 30, tzinfo=UTC)),
        "reminded_card.none": talk_cards.reminded_card(say, ID, None),
        "not_yet_card": talk_cards.not_yet_card(say, ID),
        "given_up_card": talk_cards.given_up_card(say, ID, seeker=True),
        "met_card": talk_cards.met_card(say, ID, seeker=True),
        "met_card.host": talk_cards.met_card(say, ID, seeker=False),
        "missed_card": talk_cards.missed_card(say, ID, seeker=True),
        "thanks_form": talk_cards.thanks_form(say, ID, HOSTILE, ""),
        "thanks_card": talk_cards.thanks_card(say, ID, HOSTILE, "the *first* year", "read a paper."),
        "came_card": talk_cards.came_card(say, ID, HOSTILE, "read a paper"),
        "thanked_card": talk_cards.thanked_card(say, ID),
        "research_form": prep_cards.research_form(say, "own:1", PREP),
        "questions_form": prep_cards.questions_form(say, library, ID, PREP),
        "crib_card": prep_cards.crib_card(say, ID, HOSTILE, PREP, prep_cards.to_take(PREP, six), [3]),
        "crib_card.longest": prep_cards.crib_card(
            say, ID, "*" * 80, _longest(), prep_cards.to_take(_longest(), six), ()
        ),
        "crib_file_card": crib_file_card(say, ID, crib_text(say, HOSTILE, PREP, prep_cards.to_take(PREP, six))),
        "after_form": prep_cards.after_form(say, ID, {"thing": HOSTILE}),
        "after_card": prep_cards.after_card(say, ID, "*" * 500),
        "dropped_card": prep_cards.dropped_card(say),
        "preps_card": prep_cards.preps_card(say, [("own:1", HOSTILE), (ID, "")], "own:2"),
        "block_card": safety_cards.block_card(say, ID, HOSTILE, SAM),
        "whom_card": safety_cards.whom_card(say, ID, [SAM], report=True),
        "blocked_card": safety_cards.blocked_card(say, ID, talked=True),
        "nothing_done_card": safety_cards.nothing_done_card(say),
        "report_form": safety_cards.report_form(say, ID, SAM),
        "reported_card": safety_cards.reported_card(say, ID),
        "cleared_card": safety_cards.cleared_card(say),
        "report_answer_card": safety_cards.report_answer_card(say, "nothing", ID),
        "report_answer_card.only": safety_cards.report_answer_card(say, "only", ID),
        "talks_card": admin_talks.talks_card(say, TALKS),
        "talks_card.asked": admin_talks.talks_card(say, ASKED),
        "invite_card": invite_card.invite_card(say, role, 3, ID),
        "invite_card.few": invite_card.invite_card(say, HOSTILE, 2, ID),
        "adult_card": interview_cards.adult_card(say, AdultConfirmed("host")),
        "met_card.quiet": talk_cards.met_card(say, ID, seeker=False, quiet=True),
        "crib_card.quiet": prep_cards.crib_card(say, ID, HOSTILE, PREP, prep_cards.to_take(PREP, six), (), quiet=True),
        "after_card.quiet": prep_cards.after_card(say, ID, "", quiet=True),
        "no_reports_card": admin_reports.no_reports_card(say),
        "report_card": admin_reports.report_card(say, shown, 1, 2, seen=True),
        "report_card.left": admin_reports.report_card(say, replace(shown, about=None), 1, 1, seen=False),
        "reported_card.left": safety_cards.reported_card(say, ID, left=True),
        "outcome_form": admin_reports.outcome_form(say, ID),
    }


def _longest() -> Prep:
    """As much as anybody may write, and all of it escaped."""
    notes: dict[str, str] = dict.fromkeys(prep_cards.RESEARCH, "*" * prep_cards.NOTE)
    own = ("*" * prep_cards.OWN, "#" * prep_cards.OWN, "_" * prep_cards.OWN)
    return Prep("*" * prep_cards.WHO, notes, "*" * prep_cards.GOAL, (1, 2, 3, 4, 5, 6), own)
