"""/interview-match offer: give somebody twenty minutes about the work one does, as many times a month as one likes."""

from __future__ import annotations

from dataclasses import replace

from chat.form import Answers
from chat.message import Message
from chat.platform import Edit, Reply
from commands._call import Call
from commands._matching import kindly, mine, role_name, welcome, zones
from commands._profile import host_form, read_host, typed
from commands._registry import _, answers, command
from content import interview_cards as cards
from content import interview_forms as forms
from content.interview_ways import HostGiven, OfferAgain, TalkOffered
from store.hosts import Host

WAITING = "host-waiting"
"""The draft of a form that waits for the rules to be agreed to."""


@command("interview-match offer", _("Give a talk about your work now and then"), also=("提供", "帮人"))
async def offer(call: Call) -> Reply:
    """The rules, or the form with what is known."""
    async with call.store.begin() as tx:
        own = await mine(tx, call)
        draft = await tx.drafts.get(call.person, HostGiven.wire_name) or await tx.drafts.get(call.person, WAITING)
    if (first := welcome(call, own, "host")) is not None:
        return first
    if draft is not None:
        return forms.host_form(call.say, call.library, typed(Answers(draft)))
    return host_form(call, own.seeker, own.host)


@answers(TalkOffered)
async def take_up(call: Call, pressed: TalkOffered) -> Reply:
    """For the one who pressed alone; the invitation stays for the others."""
    return await offer(call)


@answers(OfferAgain)
async def again(call: Call, pressed: OfferAgain) -> Reply:
    """With the profile there is; without one, the form."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call)
            if (first := welcome(call, own, "host")) is not None:
                return first
            if own.host is None:
                return host_form(call, own.seeker, own.host)
            saved = await tx.hosts.save(_opened(call, own.host), call.now)
            return Edit(_kept(call, saved))


@answers(HostGiven)
async def given(call: Call, sent: HostGiven, answers: Answers) -> Reply:
    """Keeps the profile; who offers is open to questions, unless they paused."""
    with kindly(call.say):
        async with call.store.begin() as tx:
            own = await mine(tx, call)
            if (first := welcome(call, own, "host")) is not None:
                await tx.drafts.keep(call.person, WAITING, answers.values, call.now)
                return first
            was = own.host or Host(person=call.person, call_me="", languages=frozenset())
            saved = await tx.hosts.save(_opened(call, read_host(call, answers, was)), call.now)
            await tx.drafts.drop(call.person, HostGiven.wire_name)
            await tx.drafts.drop(call.person, WAITING)
            return _kept(call, saved)


def _opened(call: Call, host: Host) -> Host:
    rules_at = host.rules_at or call.now
    if host.state == "paused":
        return replace(host, rules_at=rules_at)
    return replace(host, state="open", paused_until=None, idle_since=host.idle_since or call.now, rules_at=rules_at)


def _kept(call: Call, host: Host) -> Message:
    return cards.offer_kept_card(call.say, role_name(call, host.role), host.capacity, zones(call))
