"""A report reaches somebody by itself: moderators read that one waits, and never a word of it."""

from __future__ import annotations

import pytest

from content.introduction_ways import ReportAsked
from scheduler.jobs import tell_moderators
from store.owners import set_notices
from tests.acceptance.days import Life
from tests.acceptance.talks import Two, comes, plain, press
from tests.kit.house import House, until

WAITS = "A report waits for somebody who looks after this community."
NOBODY = "I know no moderator here whom I could tell of it"


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada, who owns the community, and Kofi."""
    return Two(home, platform)


async def report(two: Two, life: Life, id_: str) -> str:
    """With the words it says; gives back the answer."""
    person = life.person
    await press(life, await two.hand(life, ReportAsked(id_)), "report-asked")
    fields = {field.label: field.id for field in person.dialog().fields}
    words = {fields["What is it about?"]: ["selling"], fields["What happened, in your words"]: "zebra"}
    await person.world.submit(person.id, words)
    await until(lambda: any("shown to nobody" in seen.text for seen in person.dms()), "thanks")
    return next(plain(seen) for seen in reversed(person.dms()) if "shown to nobody" in seen.text)


async def test_a_moderator_hears_once_that_a_report_waits_and_nothing_of_it(two: Two) -> None:
    id_ = await two.introduced()
    await two.ada.person.type("/admin reports")
    async with two.rooms.store.begin() as tx:
        now = two.home.sandbox.clock.now()
        await set_notices(tx, two.ada.someone, now, wanted=False)  # of rounds: a report is something else
        filed = await tx.reports.file(two.ada.someone, two.kofi.someone, "selling", "zebra", now, introduction=id_)
    for _ in range(2):
        await tell_moderators.run(two.rooms)
    seen = await comes(two.ada, WAITS)
    assert "/admin reports" in seen.text
    for word in ("zebra", "Kofi", "Selling", filed):
        assert word not in str(seen)
    assert len([one for one in two.ada.person.dms() if WAITS in one.text]) == 1
    assert not [one for one in two.kofi.person.dms() if WAITS in one.text]


async def test_whom_it_is_about_is_not_told_and_the_reporter_reads_that_nobody_is(two: Two) -> None:
    id_ = await two.introduced()
    await two.ada.person.type("/admin reports")
    assert NOBODY in await report(two, two.kofi, id_)
    await tell_moderators.run(two.rooms)
    assert not [one for one in two.ada.person.dms() if WAITS in one.text]
    assert [row.subject for row in await two.ada.rows(["letter"])] == []


async def test_what_a_moderator_looks_after_waits_for_nobody(two: Two) -> None:
    id_ = await two.introduced()
    await two.ada.person.type("/admin reports")
    async with two.rooms.store.begin() as tx:
        now = two.home.sandbox.clock.now()
        filed = await tx.reports.file(two.sam.someone, two.kofi.someone, "selling", "zebra", now, introduction=id_)
        await tx.reports.handle(two.ada.someone.space, filed, ["open"], "seen", two.ada.someone, now)
    await tell_moderators.run(two.rooms)
    assert [row.subject for row in await two.ada.rows(["letter"])] == []
