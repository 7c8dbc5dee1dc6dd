"""From a question to a thank-you: who may answer, what each answer does once, and what the other side never reads."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from content.introduction_ways import (
    HostNotFit,
    HostNotNow,
    HostYes,
    NoteReminder,
    PayForward,
    Rematch,
    TalkMet,
    TalkMissed,
    TalkNotYet,
    TalkScheduled,
    ThankDraft,
    Thanked,
    TimeFound,
    TimeGiveUp,
    TimeNotYet,
    WhatCame,
)
from sandbox.world import Seen
from store import following as steps
from store.budget import Wish
from store.proposals import Terms
from tests.acceptance.days import labels
from tests.acceptance.talks import Two, comes, plain, press
from tests.kit.house import House, until


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def test_a_yes_is_one_yes_however_often_it_is_pressed(two: Two) -> None:
    id_ = await two.asked()
    letter = await two.hand(two.kofi, HostYes(id_))
    said = await press(two.kofi, letter, "host-yes")
    assert "I introduce you and Ada as soon as it is day for both of you." in plain(said)
    assert {"Block", "Report"} <= set(labels(said))
    talk = await two.talk(id_)
    assert talk.state in {"accepted", "introduced"}
    again = await press(two.kofi, await two.hand(two.kofi, HostYes(id_)), "host-yes")
    assert "I introduce you and Ada" in plain(again)
    assert (await two.talk(id_)).decided_at == talk.decided_at


@pytest.mark.parametrize("action", [HostNotNow, HostNotFit])
async def test_a_no_reaches_nobody(two: Two, action: type[HostNotNow | HostNotFit]) -> None:
    id_ = await two.asked()
    before = len(two.ada.person.dms())
    said = await press(two.kofi, await two.hand(two.kofi, action(id_)), action.wire_name)
    assert "Nobody is told" in said.text
    talk = await two.talk(id_)
    assert talk.state == "declined"
    await asyncio.sleep(0.3)
    assert len(two.ada.person.dms()) == before
    status = plain(await two.ada.person.type("/interview-match status"))
    assert "I am looking for someone" in status
    assert "Kofi" not in status
    late = await press(two.kofi, await two.hand(two.kofi, HostYes(id_)), "host-yes")
    assert "This has moved on meanwhile" in late.text


async def test_nobody_answers_for_another(two: Two) -> None:
    id_ = await two.asked()
    for life, actions in ((two.sam, (HostYes, TalkMet, Rematch)), (two.ada, (HostYes,))):
        for action in actions:
            told = await press(life, await two.hand(life, action(id_)), action.wire_name)
            assert "This talk is not among yours." in told.text
    assert (await two.talk(id_)).state == "proposed"


async def test_a_full_month_is_said_kindly_and_the_question_stays_open(two: Two) -> None:
    first = await two.asked()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        await tx.proposals.accept(two.kofi.someone, first, now, next=None)
        host = await tx.hosts.get(two.kofi.someone)
        assert host is not None
        await tx.hosts.save(replace(host, capacity=2), now)
        second = await tx.proposals.propose(two.sam.someone, two.kofi.someone, Terms(next=None), now)
        host = await tx.hosts.get(two.kofi.someone)
        assert host is not None
        await tx.hosts.save(replace(host, capacity=1), now)
    told = await press(two.kofi, await two.hand(two.kofi, HostYes(second.id)), "host-yes")
    assert "You set 1 talk a month, and those of this month are taken. The question stays open." in told.text
    assert (await two.talk(second.id)).state == "proposed"
    await press(two.kofi, told, "Offer one more")
    await two.kofi.person.fill({"How many talks a month, at most?": "2"})
    yes = await press(two.kofi, await two.hand(two.kofi, HostYes(second.id)), "host-yes")
    assert "Thank you. I introduce you" in yes.text


async def test_they_found_a_time_and_the_day_is_known(two: Two) -> None:
    id_ = await two.introduced()
    when = await press(two.ada, await two.hand(two.ada, TimeFound(id_)), "time-found")
    assert "On which day is it?" in when.text
    assert (await two.talk(id_)).state == "scheduled"
    said = await pick(two, "Tuesday, 24 November")
    assert "Tuesday, 24 November it is." in plain(said)
    talk = await two.talk(id_)
    assert talk.next_step == steps.HOW_WAS_IT
    assert talk.next_at == datetime(2026, 11, 25, 10, tzinfo=UTC), "the morning after, on Ada's clock"
    reminded = await press(two.ada, said, "Remind me to note it down")
    assert "On Tuesday, 24 November at 18:30 I remind you, once." in reminded.text
    again = await press(two.kofi, await two.hand(two.kofi, TalkScheduled(id_)), "talk-scheduled")
    assert "On which day is it?" in again.text, "the other side may say so, too"

    for _ in range(2):
        await press(two.ada, await two.hand(two.ada, NoteReminder(id_, date(2026, 11, 24))), "note-remind")
    two.home.sandbox.clock.advance(timedelta(days=4, hours=6, minutes=31))
    letter = await comes(two.ada, "You wanted to note down what stayed of your talk with Kofi.")
    await press(two.ada, letter, "Write it down")
    assert "What surprised me" in [field.label for field in two.ada.person.dialog().fields]
    assert [row.subject for row in await two.ada.rows(["letter"])] == [f"note-down {id_}/2026-11-24"]
    async with two.rooms.store.begin() as tx:
        day = Wish(two.ada.someone.account, date(2026, 11, 24), "prompt", two.home.sandbox.clock.now())
        assert await tx.budget.take([day]) == frozenset(), "it was the day's one message"


async def test_a_reminder_finds_the_evening_taken_and_a_talk_that_was_put_off(two: Two) -> None:
    id_, tuesday = await two.introduced(), date(2026, 11, 24)
    async with two.rooms.store.begin() as tx:
        await tx.budget.take([Wish(two.ada.someone.account, tuesday, "prompt", two.home.sandbox.clock.now())])
    await press(two.ada, await two.hand(two.ada, TimeFound(id_)), "time-found")
    said = await press(two.ada, await pick(two, "Tuesday, 24 November"), "Remind me to note it down")
    assert "On Wednesday, 25 November at 10:00 I remind you, once." in said.text
    await press(two.ada, await two.hand(two.ada, TimeFound(id_)), "time-found")
    await pick(two, "Friday, 4 December")
    two.home.sandbox.clock.advance(timedelta(days=5))
    errors = list[str | None]()
    for _ in range(400):
        if (errors := [row.error for row in await two.ada.rows(["letter"])]) == ["not_true_any_more"]:
            break
        await asyncio.sleep(0.05)
    assert errors == ["not_true_any_more"]
    assert not any("wanted to note down" in seen.text for seen in two.ada.person.dms()), "the talk is still to come"


async def test_a_reminder_of_anothers_talk_is_refused(two: Two) -> None:
    id_ = await two.introduced()
    told = await press(two.sam, await two.hand(two.sam, NoteReminder(id_, date(2026, 11, 24))), "note-remind")
    assert "not among yours" in told.text


async def pick(two: Two, label: str) -> Seen:
    """Chooses an option of a picker in a direct message of Ada's."""
    person, card = two.ada.person, two.ada.person.dms()[-1]
    [(control, value)] = [(c, v) for c in card.controls for v, text in c.options if text == label]
    await person.world.press(person.id, card.id, control.id, [value])
    await until(lambda: person.dms()[-1] != card, "an answer")
    return person.dms()[-1]


async def test_not_yet_is_asked_about_once_more_and_not_at_once(two: Two) -> None:
    id_ = await two.introduced()
    said = await press(two.ada, await two.hand(two.ada, TimeNotYet(id_)), "time-not-yet")
    assert "there is time" in said.text
    async with two.rooms.store.begin() as tx:
        talk = await tx.introductions.get(two.ada.someone.space, id_)
        assert talk is not None
        await tx.introductions.then(talk, steps.unanswered(two.home.sandbox.clock.now()))
    await press(two.ada, await two.hand(two.ada, TalkNotYet(id_)), "talk-not-yet")
    assert (await two.talk(id_)).next_step == steps.HOW_AGAIN


async def test_they_met_and_the_search_has_found_what_it_was_for(two: Two) -> None:
    id_ = await two.introduced()
    met = await press(two.ada, await two.hand(two.ada, TalkMet(id_)), "talk-met")
    assert labels(met) == ["Write it down", "A draft of thanks", "Thanks are said", "Block", "Report"]
    talk = await two.talk(id_)
    assert (talk.state, talk.next_step) == ("met", steps.THANK_YOU)
    assert (await two.seeker()).state == "off"
    assert (await two.host()).idle_since == two.home.sandbox.clock.now()
    other = await press(two.kofi, await two.hand(two.kofi, TalkMissed(id_)), "talk-missed")
    assert "moved on" in other.text, "the first word counts"
    same = await press(two.kofi, await two.hand(two.kofi, TalkMet(id_)), "talk-met")
    assert "Thank you for your time." in same.text
    assert (await two.talk(id_)).version == talk.version


async def test_what_did_not_happen_is_nobodys_fault_and_the_same_request_goes_on(two: Two) -> None:
    id_ = await two.introduced()
    missed = await press(two.ada, await two.hand(two.ada, TalkMissed(id_)), "talk-missed")
    assert "It happens." in missed.text
    talk = await two.talk(id_)
    assert (talk.state, talk.next_step) == ("missed", ""), "the way on stands on the card already"
    assert (await two.host()).no_shows == 1
    again = await press(two.ada, missed, "Look for somebody else")
    assert "I look for somebody" in again.text
    seeker = await two.seeker()
    assert (seeker.state, len(seeker.asked)) == ("open", 1)
    await press(two.ada, await two.hand(two.ada, Rematch(id_)), "rematch")
    assert len((await two.seeker()).asked) == 1


async def test_a_host_of_whom_it_is_said_twice_gets_a_rest(two: Two) -> None:
    id_, now = await two.introduced(), two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        await tx.hosts.talked(two.kofi.someone, now, shown_up=False)
    await press(two.ada, await two.hand(two.ada, TalkMissed(id_)), "talk-missed")
    host = await two.host()
    assert (host.state, host.paused_until) == ("paused", (now + timedelta(days=30)).date())


async def test_where_the_host_gives_up_the_seeker_is_offered_somebody_else(two: Two) -> None:
    id_ = await two.introduced()
    said = await press(two.kofi, await two.hand(two.kofi, TimeGiveUp(id_)), "time-give-up")
    assert "I close it" in said.text
    assert "Look for somebody else" not in labels(said)
    talk = await two.talk(id_)
    assert talk.state == "closed"
    assert (await two.host()).no_shows == 0


async def test_the_thank_you_is_a_draft_that_the_member_sends(two: Two) -> None:
    id_ = await two.met()
    before = len(two.kofi.person.dms())
    await press(two.ada, await two.hand(two.ada, ThankDraft(id_)), "thank-draft")
    await two.ada.fill(
        {"What they said that stayed with me": "start *small*", "What I will do with it": "one page a day"}
    )
    await until(lambda: "Your thank-you" in two.ada.person.dms()[-1].text, "the draft")
    draft = two.ada.person.dms()[-1]
    assert "Hello Kofi, thank you for your time. What stayed with me: start *small*." in draft.text.replace("\\", "")
    assert "I send nothing to them." in draft.text
    said = await press(two.ada, draft, "I have sent it")
    assert "One day somebody will be where you were." in said.text
    talk = await two.talk(id_)
    assert (talk.state, talk.next_step) == ("thanked", steps.PAY_FORWARD)
    again = await press(two.ada, await two.hand(two.ada, Thanked(id_)), "thanked")
    assert "One day" in again.text
    assert (await two.talk(id_)).version == talk.version
    came = await press(two.ada, await two.hand(two.ada, WhatCame(id_)), "what-came")
    assert "I wanted to do this: one page a day." in came.text
    assert len(two.kofi.person.dms()) == before
    await press(two.ada, await two.hand(two.ada, PayForward(id_)), "pay-forward")
    assert "Ada" in [field.value for field in two.ada.person.dialog().fields]


async def test_a_rematch_of_a_talk_that_happened_is_a_request_of_its_own(two: Two) -> None:
    id_ = await two.introduced()
    await press(two.ada, await two.hand(two.ada, TalkMet(id_)), "talk-met")
    async with two.rooms.store.begin() as tx:
        await tx.introductions.transition(
            two.ada.someone.space, id_, ["met"], "closed", two.home.sandbox.clock.now(), next=None
        )
    await press(two.ada, await two.hand(two.ada, Rematch(id_)), "rematch")
    seeker = await two.seeker()
    assert (seeker.state, len(seeker.asked)) == ("open", 2)


async def test_two_hosts_presses_at_once_make_one_answer(two: Two) -> None:
    id_ = await two.asked()
    letter = await two.hand(two.kofi, HostYes(id_), HostNotNow(id_))
    person = two.kofi.person
    ids = {control.label: control.id for control in letter.controls}
    await asyncio.gather(
        person.world.press(person.id, letter.id, ids["host-yes"]),
        person.world.press(person.id, letter.id, ids["host-not-now"]),
    )
    await until(lambda: person.dms()[-1] != letter, "an answer")
    for _ in range(100):
        if (await two.talk(id_)).state != "proposed":
            break
        await asyncio.sleep(0.02)
    assert (await two.talk(id_)).state in {"accepted", "introduced", "declined"}
