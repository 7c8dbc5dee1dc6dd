"""Block and report: silent, for ever, read by moderators alone, with the reporter hidden from everybody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commands.admin_reports import ReportClosed, ReportPage, ReportSeen
from content.interview_ways import BlockMeant
from content.introduction_ways import BlockAsked, ReportAsked
from scheduler.jobs import tell_moderators
from store import Conflict
from store.following import SEVERED_AFTER
from store.proposals import Terms
from tests.acceptance.days import Life, labels
from tests.acceptance.talks import Two, comes, offer, plain, press, seek
from tests.kit.house import House, until


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada and Kofi in a running house."""
    return Two(home, platform)


async def newest(two: Two, words: str) -> str:
    """What Ada reads once it says these words."""
    await until(lambda: any(words in plain(seen) for seen in two.ada.person.dms()), words)
    return next(plain(seen) for seen in reversed(two.ada.person.dms()) if words in plain(seen))


async def test_a_block_is_asked_once_and_silent_both_ways(two: Two) -> None:
    id_ = await two.introduced()
    before = [seen.text for seen in two.kofi.person.dms()]
    asked = await press(two.ada, await two.hand(two.ada, BlockAsked(id_)), "block-asked")
    assert "Block Kofi? You two will never be introduced again. They are not told." in plain(asked)
    kept = await press(two.ada, asked, "No")
    assert "all stays as it is" in kept.text
    assert (await two.talk(id_)).state == "introduced"

    asked = await press(two.ada, await two.hand(two.ada, BlockAsked(id_)), "block-asked")
    done = await press(two.ada, asked, "Yes, block")
    assert "Nobody is told why." in done.text
    assert (await two.talk(id_)).state == "gone"
    assert [seen.text for seen in two.kofi.person.dms()] == before
    assert (await two.seeker()).state == "off"
    now = two.home.sandbox.clock.now()
    for seeker, host in ((two.ada, two.kofi), (two.kofi, two.ada)):
        with pytest.raises(Conflict):
            async with two.rooms.store.begin() as tx:
                await tx.proposals.propose(seeker.someone, host.someone, Terms(next=None), now)
    status = plain(await two.kofi.person.type("/interview-match status"))
    assert "block" not in status.casefold()


async def test_who_blocks_is_out_of_the_conversation_and_the_other_side_reads_later_that_it_is_off(two: Two) -> None:
    await two.ada.person.type("/admin talks place:here")
    await offer(two.kofi.person)
    await seek(two.ada.person)
    await press(two.kofi, await comes(two.kofi, "Ada would like to ask you something"), "Yes")
    await until(lambda: bool(two.kofi.person.groups()), "a conversation of both")
    await until(lambda: bool(two.kofi.person.inside(two.kofi.person.groups()[0].id)), "the introduction")
    [talk] = await two.talks(two.kofi)
    asked = await press(two.kofi, await two.hand(two.kofi, BlockAsked(talk.id)), "block-asked")
    done = await press(two.kofi, asked, "Yes, block")
    assert "you may leave or hide it there" in done.text
    if two.platform == "discord":  # Slack takes nobody out of a group message
        assert two.kofi.person.groups() == []
    assert len(two.ada.person.groups()) == 1
    assert not any("no longer available" in plain(seen) for seen in two.ada.person.dms())
    two.home.sandbox.clock.advance(SEVERED_AFTER)
    gone = await comes(two.ada, "The person you were going to talk with is no longer available.")
    assert "Kofi" not in gone.text
    assert "I look for somebody" in plain(await press(two.ada, gone, "Look for somebody else"))


async def test_who_leaves_takes_nobodys_way_to_block_or_report_along(two: Two) -> None:
    id_ = await two.introduced()
    card = await two.kofi.person.type("/interview-match leave")
    await two.kofi.person.press(card, "Leave")
    assert (await two.talk(id_)).state == "gone"
    await _report(two, two.ada, id_)
    asked = await press(two.ada, await two.hand(two.ada, BlockAsked(id_)), "block-asked")
    await press(two.ada, asked, "Yes, block")
    async with two.rooms.store.begin() as tx:
        assert await tx.blocks.by(two.ada.someone) == {two.kofi.someone.account}
        assert await tx.introductions.paired(two.ada.someone.space) != frozenset(), "nor are they proposed again"


async def test_who_is_blocked_as_a_seeker_goes_on_being_looked_for(two: Two) -> None:
    id_ = await two.asked()
    asked = await press(two.kofi, await two.hand(two.kofi, BlockAsked(id_)), "block-asked")
    await press(two.kofi, asked, "Yes, block")
    assert (await two.seeker()).state == "open"
    status = plain(await two.ada.person.type("/interview-match status"))
    assert "I am looking for someone" in status
    assert "Those who would fit have their talks for now." in status, "as everybody reads it"


async def test_nobody_blocks_or_reports_whom_they_never_met(two: Two) -> None:
    id_ = await two.introduced()
    for action in (BlockMeant(id_, two.kofi.someone.id), BlockAsked(id_), ReportAsked(id_)):
        told = await press(two.sam, await two.hand(two.sam, action), action.wire_name)
        assert "This talk is not among yours." in told.text
    told = await press(two.ada, await two.hand(two.ada, BlockMeant(id_, two.sam.someone.id)), "block-meant")
    assert "not here any more" in told.text
    async with two.rooms.store.begin() as tx:
        assert await tx.blocks.by(two.sam.someone) == frozenset()
        assert await tx.blocks.by(two.ada.someone) == frozenset()


async def test_a_report_reaches_the_moderators_and_its_writer_nobody(two: Two) -> None:
    await two.ready()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        talk = await tx.proposals.propose(two.sam.someone, two.kofi.someone, Terms(next=None), now)
    await _report(two, two.sam, talk.id)
    async with two.rooms.store.begin() as tx:
        [report] = await tx.reports.queue(two.ada.someone.space)
        assert await tx.reports.reporter(report.space, report.id) == two.sam.someone
    assert (report.about, report.reason, report.words) == (two.kofi.someone, "selling", "*zebra*")

    owner = two.ada.person
    queue = await owner.type("/admin reports")
    assert "Report 1 of 1" in queue.text
    assert "Selling, recruiting or advertising" in queue.text
    assert "zebra" in queue.text
    assert "Sam" not in str(queue)
    assert two.sam.someone.id not in str(queue)
    seen = await owner.press(queue, "I look after it")
    assert "Somebody looks after it." in seen.text
    assert "I look after it" not in labels(seen)
    await owner.press(seen, "Close it")
    await owner.fill({"What was done about it?": "talked with them", "What may whoever wrote it read?": "spoke"})
    await until(lambda: any("No report waits for you." in one.text for one in owner.here()), "the queue is empty")
    async with two.rooms.store.begin() as tx:
        closed = await tx.reports.get(report.space, report.id)
    assert closed is not None
    assert (closed.state, closed.outcome, closed.handled_by) == ("closed", "talked with them", two.ada.someone)

    two.home.sandbox.clock.advance(timedelta(hours=4))  # it is early where Sam lives
    answer = await comes(two.sam, "Thank you for telling the moderators.")
    assert "They talked with those it concerned." in plain(answer)
    assert "Kofi" not in str(answer)
    assert two.kofi.someone.id not in str(answer)
    assert not any("moderators" in seen.text for seen in two.kofi.person.dms()), "whoever it is about reads nothing"
    assert "Cleared." in (await two.sam.person.press(answer, "Clear this message")).text


async def test_who_left_meanwhile_is_written_no_answer(two: Two) -> None:
    await two.ready()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        talk = await tx.proposals.propose(two.sam.someone, two.kofi.someone, Terms(next=None), now)
    await _report(two, two.sam, talk.id)
    async with two.rooms.store.begin() as tx:
        await tx.leaving.left([two.sam.someone], now)
    owner = two.ada.person
    await owner.press(await owner.type("/admin reports"), "Close it")
    await owner.fill({"What was done about it?": ""})
    await until(lambda: any("No report waits for you." in one.text for one in owner.here()), "the queue is empty")
    async with two.rooms.store.begin() as tx:
        rows = await tx.deliveries.recent(two.sam.someone, 50)
    assert not [row for row in rows if row.subject.startswith("report-answer")]


async def test_a_report_about_an_owner_is_not_theirs_to_read(two: Two) -> None:
    id_ = await two.introduced()
    await _report(two, two.kofi, id_)
    assert "No report waits for you." in (await two.ada.person.type("/admin reports")).text


async def _report(two: Two, life: Life, talk: str) -> None:
    person = life.person
    await press(life, await two.hand(life, ReportAsked(talk)), "report-asked")
    fields = {field.label: field.id for field in person.dialog().fields}
    words = {fields["What is it about?"]: ["selling"], fields["What happened, in your words"]: "*zebra*"}
    await person.world.submit(person.id, words)
    await until(lambda: any("Who wrote it is shown to nobody" in seen.text for seen in person.dms()), "thanks")


async def test_who_deleted_everything_can_be_reported_without_a_name(two: Two) -> None:
    id_ = await two.introduced()
    async with two.rooms.store.begin() as tx:
        await tx.forget.here(two.kofi.someone, two.home.sandbox.clock.now())
    await _report(two, two.ada, id_)
    assert not any("Block" in labels(seen) for seen in two.ada.person.dms() if "shown to nobody" in seen.text)
    owner = two.ada.person
    queue = await owner.type("/admin reports")
    assert "About somebody who has left." in queue.text
    assert "zebra" in queue.text
    assert two.kofi.someone.id not in str(queue)
    await tell_moderators.run(two.rooms)
    await comes(two.ada, "A report waits for somebody who looks after this community.")
    await owner.press(queue, "Close it")
    await owner.fill({"What was done about it?": ""})
    await until(lambda: any("No report waits for you." in one.text for one in owner.here()), "the queue is empty")


async def test_only_owners_look_into_the_queue_also_by_its_buttons(two: Two) -> None:
    id_ = await two.introduced()
    now = two.home.sandbox.clock.now()
    async with two.rooms.store.begin() as tx:
        report = await tx.reports.file(two.ada.someone, two.kofi.someone, "other", "zebra", now, introduction=id_)

    for action in (ReportPage(""), ReportSeen(report), ReportClosed(report)):
        told = await press(two.kofi, await two.hand(two.kofi, action), action.wire_name)
        assert "those who look after this community" in told.text
    async with two.rooms.store.begin() as tx:
        [still] = await tx.reports.queue(two.ada.someone.space)
    assert still.state == "open"
