"""The forms that make a match better, and the first ones again: each kept by itself, none needed."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TypeVar

from chat.errors import Tellable
from chat.form import Answers
from chat.platform import Reply
from commands._call import Call
from commands._matching import Mine, kindly, mine, welcome
from commands._profile import companies, filled, host_form, read_ground, read_times, seeker_form, typed
from commands._registry import answers
from content.interview_cards import profile_kept_card
from content.interview_forms import NONE, ground_form, times_form
from content.interview_ways import GroundGiven, ProfileAsked, Side, TimesGiven
from store import Tx
from store.hosts import Host
from store.seekers import Seeker

P = TypeVar("P", Seeker, Host)


@answers(ProfileAsked)
async def open_form(call: Call, asked: ProfileAsked) -> Reply:
    """One of the forms, filled with what is known."""
    side: Side = "host" if asked.side == "host" else "seeker"
    async with call.store.begin() as tx:
        own = await mine(tx, call)
    if (first := welcome(call, own, side)) is not None:
        return first
    if asked.step == "first" or (own.seeker if side == "seeker" else own.host) is None:
        opens = seeker_form if side == "seeker" else host_form
        return opens(call, own.seeker, own.host)
    known = filled(call, own.seeker, own.host, side)
    if asked.step == "times":
        return times_form(call.say, call.library, side, known)
    return ground_form(call.say, side, known)


@answers(TimesGiven)
async def keep_times(call: Call, given: TimesGiven, answers: Answers) -> Reply:
    """When, which industry, which topics and ways; for a search also a second role."""
    side: Side = "host" if given.side == "host" else "seeker"
    availability, hours = read_times(call, answers, side)
    sent = typed(answers)
    paths, topics = frozenset(sent.paths), tuple(one for one in call.library.topics if one in sent.topics)

    def times(profile: P) -> P:
        return replace(
            profile, availability=availability, hours=hours, industry=sent.industry or None, paths=paths, topics=topics
        )

    async with _editing(call, side) as (tx, own):
        if side == "host" and own.host is not None:
            await tx.hosts.save(times(own.host), call.now)
        elif own.seeker is not None:
            second = sent.second if sent.second in call.library.roles and sent.second != own.seeker.role else None
            await tx.seekers.save(replace(times(own.seeker), second=second if sent.second != NONE else None), call.now)
    return profile_kept_card(call.say)


@answers(GroundGiven)
async def keep_ground(call: Call, given: GroundGiven, answers: Answers) -> Reply:
    """School, company, team, first language; for a search also where somebody would like to be."""
    side: Side = "host" if given.side == "host" else "seeker"
    sent = read_ground(call, answers, side)

    def ground(profile: P) -> P:
        return replace(
            profile, school=sent.school or None, company=sent.company or None, team=sent.team or None,
            native=sent.native or None,
        )  # fmt: skip

    async with _editing(call, side) as (tx, own):
        if side == "host" and own.host is not None:
            await tx.hosts.save(ground(own.host), call.now)
        elif own.seeker is not None:
            await tx.seekers.save(replace(ground(own.seeker), companies=companies(sent.companies)), call.now)
    return profile_kept_card(call.say)


@asynccontextmanager
async def _editing(call: Call, side: Side) -> AsyncGenerator[tuple[Tx, Mine]]:
    """One transaction on one's own profile. Raises Tellable where there is none of that side."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call, lock=True)
            if own.closed:
                raise Tellable(own.closed)
            if (own.seeker if side == "seeker" else own.host) is None:
                raise Tellable(call.say("There is nothing to change yet. `/interview-match` begins it."))
            yield tx, own
