"""/interview-match: rules, both profiles, honest waiting, pause and leave, as members live them on both platforms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chat.message import Button, Message, Row
from content.interview_ways import SearchAgain
from store.proposals import Terms
from tests.acceptance.days import Life, labels
from tests.acceptance.talks import LABELS, ROLE, Two, offer, plain, seek
from tests.kit.house import House
from tests.kit.people import Person

NAME, ASK = LABELS["en"]["name"], LABELS["en"]["ask"]
WHEN = "When could you talk, by your clock?"


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def test_the_rules_come_first_and_then_one_form_begins_the_search(two: Two) -> None:
    ada = two.ada.person
    rules = await ada.type("/interview-match find")
    assert rules.only_you
    assert "It is no job application" in rules.text
    await ada.press(rules, "I agree")
    assert len(ada.dialog().fields) == 5
    kept = await ada.fill({NAME: "Ada", LABELS["en"]["role"]: ROLE, ASK: "How did you start?\nWhat next?"})
    assert "I look for somebody: Machine learning engineer." in plain(kept)
    assert "Saturday, 21 November" in plain(kept)
    seeker = await two.seeker()
    assert (seeker.state, seeker.call_me, seeker.role) == ("open", "Ada", ROLE)
    assert seeker.curiosities == ("How did you start?", "What next?")
    assert len(seeker.asked) == 1
    status = await ada.type("/interview-match status")
    assert "Nobody offers talks here yet." in plain(status)
    assert "the next time on Saturday, 21 November" in plain(status)
    agreed = await ada.type("/interview-match rules")
    assert "You agreed to this on Friday, 20 November." in agreed.text


async def test_a_role_named_at_once_stands_in_the_form(two: Two) -> None:
    ada = two.ada.person
    await ada.press(await ada.type("/interview-match find"), "I agree")
    await ada.world.dismiss(ada.id)
    await ada.type(
        "/interview-match find data scientist" if two.platform == "slack" else "/interview-match find role:mle"
    )
    chosen = "role.data-scientist" if two.platform == "slack" else ROLE
    assert chosen in str([field.value for field in ada.dialog().fields])


async def test_a_role_named_at_once_is_kept_over_the_rules_and_an_unknown_one_is_said_to_be_so(two: Two) -> None:
    ada, option = two.ada.person, "" if two.platform == "slack" else "role:"
    told = await ada.type(f"/interview-match find {option}astronaut")
    assert "“astronaut” is not among the roles I know." in told.text
    await ada.press(await ada.type(f"/interview-match find {option}mle"), "I agree")
    assert ROLE in str([field.value for field in ada.dialog().fields])


async def test_a_host_offers_and_reads_what_will_happen(two: Two) -> None:
    kept = await offer(two.kofi.person)
    assert "at most 1 talk a month" in plain(kept)
    assert "a no is never passed on" in plain(kept)
    host = await two.host()
    assert (host.state, host.capacity, host.role) == ("open", 1, ROLE)
    assert "1 talk left this month" in (await two.kofi.person.type("/interview-match status")).text


async def test_what_is_typed_wrong_is_explained_and_no_word_is_lost(two: Two) -> None:
    ada = two.ada.person
    await ada.press(await ada.type("/interview-match find"), "I agree")
    words = {NAME: "Ada", LABELS["en"]["role"]: ROLE, ASK: "write to me: ada@example.org"}
    seen = await ada.fill(words)
    told = seen.text if two.platform == "discord" else str(ada.dialog().errors)
    assert "No addresses or numbers here, please" in told
    if two.platform == "discord":  # Slack leaves the form open as it is
        await ada.type("/interview-match find")
        assert "write to me: ada@example.org" in [field.value for field in ada.dialog().fields]
    async with two.rooms.store.begin() as tx:
        assert await tx.seekers.get(two.ada.someone) is None
    kept = await ada.fill(words | {ASK: "How is a week?"})
    assert "I look for somebody" in plain(kept)


async def test_the_better_forms_are_kept_each_by_itself(two: Two) -> None:
    ada = two.ada.person
    kept = await seek(ada)
    await ada.press(kept, "Times and interests")
    await ada.fill({WHEN: "weekdays 18:00-20:00, Sat 10-12", "Which industry?": "health"})
    await two.searches(lambda row: row.industry == "health")
    seeker = await two.seeker()
    assert seeker.availability == "stated"
    assert (5, 600, 720) in seeker.hours
    await ada.press(kept, "Times and interests")
    assert "Mon, Tue, Wed, Thu, Fri 18:00-20:00; Sat 10:00-12:00" in [field.value for field in ada.dialog().fields]
    await ada.fill({WHEN: "whenever"})
    told = ada.here()[-1].text if two.platform == "discord" else str(ada.dialog().errors)
    assert "I read times such as" in told
    if two.platform == "slack":
        await ada.world.dismiss(ada.id)
    await ada.press(kept, "School, work, language")
    await ada.fill({"Where you work": "Green Dragon", "Where you would like to work, one a line": "Bree\nRivendell"})
    await two.searches(lambda row: row.company == "Green Dragon")
    assert (await two.seeker()).companies == ("Bree", "Rivendell")
    assert len((await two.seeker()).asked) == 1, "a change is no new request"


async def test_two_requests_a_month_and_then_a_date(two: Two) -> None:
    ada = two.ada.person
    await seek(ada)
    await leave(two)
    await seek(ada)
    await leave(two)
    again = await seek(ada)
    assert "Two requests a month is what I ask of hosts; the next one from Tuesday, 1 December" in plain(again)
    assert (await two.seeker()).state == "off"
    status = await ada.type("/interview-match status")
    assert "the next one from Tuesday, 1 December" in plain(status)
    assert "Look for a talk" not in labels(status)
    two.home.sandbox.clock.advance(timedelta(days=12))
    status = await ada.type("/interview-match status")
    searching = await ada.press(status, "Look for a talk")
    assert "I look for somebody" in searching.text
    assert (await two.seeker()).state == "open"


async def leave(two: Two) -> None:
    """Out, by its two steps."""
    ada = two.ada.person
    card = await ada.type("/interview-match leave")
    left = await ada.press(card, "Leave")
    assert "You are out" in left.text


async def test_a_pause_has_a_date_and_ends_by_one_press(two: Two) -> None:
    ada = two.ada.person
    await seek(ada)
    quiet = await ada.type("/interview-match pause 1w")
    assert "Quiet until Friday, 27 November. It goes on by itself then." in quiet.text
    assert (await two.seeker()).state == "paused"
    assert "Quiet until Friday, 27 November" in (await ada.type("/interview-match status")).text
    back = await ada.press(quiet, "I am back")
    assert "I am looking for someone" in plain(back)
    assert (await two.seeker()).state == "open"
    offered = await ada.type("/interview-match pause")
    quiet = await ada.press(offered, "Until I say")
    assert "Quiet until you say so." in quiet.text
    assert "I read pauses such as" in (await ada.type("/interview-match pause soon")).text


async def test_a_pause_ends_by_itself_for_search_and_offer(two: Two) -> None:
    ada = two.ada.person
    await seek(ada)
    await offer(ada)
    await ada.type("/interview-match pause 3d")
    assert plain(await ada.type("/interview-match status")).count("Quiet until Monday, 23 November") == 2
    two.home.sandbox.clock.advance(timedelta(days=3))
    status = plain(await ada.type("/interview-match status"))
    assert "I am looking for someone" in status
    assert "You offer talks" in status
    assert "Nobody offers talks here yet." in status, "nobody talks with themselves"


async def test_who_takes_no_part_has_nothing_to_pause(two: Two) -> None:
    for words in ("pause 1w", "leave"):
        told = await two.sam.person.type(f"/interview-match {words}")
        assert "nothing to pause or to leave" in told.text


async def test_leaving_as_a_host_lets_a_seeker_search_on_who_reads_nothing(two: Two) -> None:
    id_ = await two.asked()
    kofi = two.kofi.person
    card = await kofi.type("/interview-match leave")
    assert "is told kindly" in card.text
    await kofi.press(card, "Leave")
    talk = await two.talk(id_)
    assert (talk.state, len(talk.persons)) == ("gone", 2), "either may still report the other"
    await two.searches(lambda row: row.state == "open")
    assert two.ada.person.dms() == []
    host = await two.host()
    assert (host.state, host.call_me) == ("off", "Kofi"), "what was typed stays for a return"


async def test_a_pause_takes_questions_back_the_ones_to_a_host_and_ones_own(two: Two) -> None:
    id_ = await two.asked()
    quiet = await two.kofi.person.type("/interview-match pause 4w")
    assert "in the middle of" not in quiet.text
    assert (await two.talk(id_)).state == "expired"
    await two.searches(lambda row: row.state == "open")
    assert two.ada.person.dms() == [], "and reads nothing of it"
    host, now = await two.host(), two.home.sandbox.clock.now()
    assert host.state == "paused"
    async with two.rooms.store.begin() as tx:
        second = await tx.proposals.propose(two.ada.someone, two.kofi.someone, Terms(next=None), now)
    assert "in the middle of" not in (await two.ada.person.type("/interview-match pause 1w")).text
    assert (await two.talk(second.id)).state == "closed"
    assert (await two.seeker()).state == "paused"


async def test_a_question_stands_in_the_status_too_so_that_closed_messages_lose_nothing(two: Two) -> None:
    id_ = await two.asked()
    status = await two.kofi.person.type("/interview-match status")
    assert "Ada would like to talk with you: Machine learning engineer." in plain(status)
    assert "How did you start?" in plain(status)
    yes = await two.kofi.person.press(status, "Yes")
    assert "I introduce you and Ada" in plain(yes)
    assert (await two.talk(id_)).state in {"accepted", "introduced"}


async def test_whom_one_asked_is_never_named_before_they_say_yes(two: Two) -> None:
    await two.asked()
    status = await two.ada.person.type("/interview-match status")
    assert "I have asked somebody: Machine learning engineer." in plain(status)
    assert "Kofi" not in plain(status)


async def test_a_guest_from_another_workspace_takes_part_only_where_the_owner_lets_them(home: House) -> None:
    two = Two(home, "slack")
    owner = two.ada.person
    shown = await owner.type("/admin talks")
    assert "Guests from other workspaces do not." in shown.text
    shown = await owner.type("/admin talks guests:on")
    assert "Guests from other workspaces take part." in shown.text
    guest = _guest(home)
    await two.rooms.platforms["slack"].send(two.ada.someone, _open_to_all(), key="k", place=guest.place)
    post = next(seen for seen in guest.here() if "Open to all" in seen.text)
    await guest.press(post, "Look")
    assert "It is no job application" in guest.here()[-1].text, "the rules, as for everybody"
    await owner.type("/admin talks guests:off")
    await guest.press(post, "Look")
    assert "You are a guest from another workspace." in guest.here()[-1].text
    shown = await owner.type("/admin talks state:off")
    assert "Talks are off" in shown.text
    assert "switched off in this community" in (await two.kofi.person.type("/interview-match find")).text


def _guest(home: House) -> Person:
    """Noor, who belongs to another workspace and sees a channel of this one."""
    slack = home.sandbox.slack
    slack.add_member("T01MAKERS", "UNOOR", "Noor", "en-US", "Asia/Dubai", home_team="T99OTHER")
    slack.spaces["T01MAKERS"].channels["C01GENERAL"].members.add("UNOOR")
    return home.person("slack", "Noor")


def _open_to_all() -> Message:
    return Message("Open to all", (Row((Button("Look", SearchAgain()),)),))


async def test_where_the_platform_does_not_know_the_clock_it_is_asked_in_passing(home: House) -> None:
    two = Two(home, "discord")
    ada = two.ada.person
    kept = await seek(ada)
    assert "I do not know your clock yet" in kept.text
    await ada.press(kept, "London")
    assert "It is 12:00 for you now." in plain(ada.here()[-1])
    assert "I do not know your clock yet" not in (await ada.type("/interview-match status")).text


async def test_in_chinese_from_the_rules_to_the_kept_card(home: House, platform: str) -> None:
    lin = home.person(platform, "林雨")
    kept = await seek(lin, "您是怎么开始的？", "zh-CN")
    assert "我来找人：" in plain(kept)
    status = await lin.type("/interview-match status")
    assert "这里还没有人说愿意聊" in plain(status)
    two = Two(home, platform)
    async with two.rooms.store.begin() as tx:
        found = await tx.seekers.get(Life(home, lin, platform).someone)
    assert found is not None
    assert "zh" in found.languages


async def test_who_seeks_and_offers_pauses_one_and_leaves_the_other(two: Two) -> None:
    await two.ready()
    ada, now = two.ada.person, two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        kofi = await tx.hosts.get(two.kofi.someone)
        assert kofi is not None
        await tx.hosts.save(replace(kofi, person=two.ada.someone, version=0), now)
        asked = await tx.proposals.propose(two.sam.someone, two.ada.someone, Terms(next=None), now)
    card = await ada.press(await ada.type("/interview-match pause"), "Only my search")
    assert "How long shall nobody be asked for you?" in card.text
    quiet = await ada.press(card, "2 weeks")
    assert "Your offer stays as it is." in quiet.text
    assert await _states(two) == ("paused", "open")
    assert (await two.talk(asked.id)).state == "proposed", "a question to the host waits on"
    card = await ada.press(await ada.type("/interview-match leave"), "Only my offer")
    assert "Your search stays as it is." in (await ada.press(card, "Leave")).text
    assert await _states(two) == ("paused", "off")
    assert (await two.talk(asked.id)).state == "gone"
    alone = await ada.type("/interview-match pause")
    assert "Only my search" not in labels(alone), "there is one thing to pause"


async def _states(two: Two) -> tuple[str, str]:
    async with two.rooms.store.begin() as tx:
        seeker, host = await tx.seekers.get(two.ada.someone), await tx.hosts.get(two.ada.someone)
    assert seeker is not None
    assert host is not None
    return seeker.state, host.state
