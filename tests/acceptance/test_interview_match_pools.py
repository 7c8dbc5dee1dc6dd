"""Few hosts, full ones, silent and far ones: who is asked next, and what whoever waits reads meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.days import Life, labels
from tests.acceptance.talks import Two, comes, offer, plain, press, seek
from tests.kit.house import House, until

ASKS = "would like to ask you something"
TAKEN = "Those who would fit have their talks for now."


@pytest.fixture
def two(home: House, platform: str) -> Two:
    """Ada, Kofi and Sam in a running house."""
    return Two(home, platform)


def later(two: Two, **by: float) -> None:
    """Time goes by."""
    two.home.sandbox.clock.advance(timedelta(**by))


async def status(life: Life) -> str:
    """What `/interview-match status` says."""
    return plain(await life.person.type("/interview-match status"))


async def test_after_a_no_the_next_host_is_asked_and_the_seeker_reads_nothing_of_it(two: Two) -> None:
    await offer(two.kofi.person)
    await seek(two.ada.person)
    asked = await comes(two.kofi, f"Ada {ASKS}")
    await offer(two.sam.person)
    later(two, hours=6)  # Los Angeles is awake
    assert "Nobody is told" in (await press(two.kofi, asked, "Not now")).text
    await comes(two.sam, f"Ada {ASKS}")
    assert "I have asked somebody" in await status(two.ada)
    assert two.ada.person.dms() == []
    assert "1 talk left this month" in await status(two.kofi), "a no takes no place"
    assert len(two.kofi.person.dms()) == 1


async def test_without_an_answer_a_host_is_reminded_once_and_then_the_next_one_is_asked(two: Two) -> None:
    await offer(two.kofi.person)
    await seek(two.ada.person)
    asked = await comes(two.kofi, f"Ada {ASKS}")
    await offer(two.sam.person)
    later(two, days=3)
    reminded = await comes(two.kofi, "Ada would still like to ask you something")
    assert "goes away by itself on Wednesday, 25 November" in reminded.text
    later(two, days=2, hours=6)
    await comes(two.sam, f"Ada {ASKS}")
    assert "This has moved on meanwhile" in (await press(two.kofi, asked, "Yes")).text
    assert len(two.kofi.person.dms()) == 2, "the reminder was the last word"
    assert two.ada.person.dms() == []
    assert [talk.state for talk in await two.talks(two.ada)] == ["proposed", "expired"]


async def test_a_full_host_is_asked_again_when_a_new_month_begins(two: Two) -> None:
    await introduced(two)
    await seek(two.sam.person)
    assert TAKEN in await status(two.sam)
    assert "0 talks left this month" in await status(two.kofi)
    assert not any("Sam" in seen.text for seen in two.kofi.person.dms())
    later(two, days=10, hours=20)  # the morning of 1 December, before Kofi is asked how it was
    await comes(two.kofi, f"Sam {ASKS}")


async def introduced(two: Two) -> None:
    """From Ada's wish to Kofi's yes and the conversation of both."""
    await two.ada.person.type("/admin talks place:here")
    await offer(two.kofi.person)
    await seek(two.ada.person)
    await press(two.kofi, await comes(two.kofi, f"Ada {ASKS}"), "Yes")
    await until(lambda: bool(two.ada.person.groups()), "a conversation of both")
    [room] = two.ada.person.groups()
    await until(lambda: bool(two.ada.person.inside(room.id)), "the introduction")


async def test_a_host_who_leaves_in_the_middle_is_gone_without_a_word_why(two: Two) -> None:
    await introduced(two)
    before = len(two.kofi.person.dms())
    card = await two.kofi.person.type("/interview-match leave")
    assert "is told kindly that it will not come about" in card.text
    await two.kofi.person.press(card, "Leave")
    gone = await comes(two.ada, "The person you were going to talk with is no longer available.")
    assert "Kofi" not in gone.text
    assert "I look for somebody" in plain(await press(two.ada, gone, "Look for somebody else"))
    assert "Nobody offers talks here yet." in await status(two.ada)
    assert len(two.kofi.person.dms()) == before
    [room] = two.ada.person.groups()
    intro = two.ada.person.inside(room.id)[0]
    [prepare] = [control for control in intro.controls if control.label == "Prepare the talk"]
    await two.ada.person.world.press(two.ada.person.id, intro.id, prepare.id)
    await until(lambda: two.ada.person.world.dialog(two.ada.person.id) is not None, "the form: one's notes stay")


async def test_a_seeker_who_leaves_in_the_middle_gives_the_place_back(two: Two) -> None:
    await introduced(two)
    card = await two.ada.person.type("/interview-match leave")
    await two.ada.person.press(card, "Leave")
    gone = await comes(two.kofi, "The person you were going to talk with is no longer available.")
    assert "your seat is free again" in gone.text
    assert labels(gone) == ["See my offer"]
    assert "You are not looking at the moment" in await status(two.ada)
    await seek(two.sam.person)
    later(two, days=1)  # one question a day
    await comes(two.kofi, f"Sam {ASKS}")


async def test_on_opposite_sides_of_the_world_nobody_is_woken_and_each_reads_their_own_clock(
    home: House, platform: str
) -> None:
    two = Two(home, platform)
    await two.kofi.person.world.change_member(two.kofi.person.id, zone="Pacific/Auckland")
    await two.ada.person.type("/admin talks place:here")
    kept = await offer(two.kofi.person)
    if platform == "discord":  # which does not tell anybody's zone: each says it in passing
        await two.kofi.person.press(kept, "Auckland")
        await two.ada.person.press(await seek(two.ada.person), "London")
    else:
        await seek(two.ada.person)
    await two.searches(lambda row: row.state == "matched")
    assert two.kofi.person.dms() == [], "one o'clock at night in Auckland"
    later(two, hours=9.5)  # a letter that waited comes at ten
    asked = await comes(two.kofi, f"Ada {ASKS}")
    later(two, hours=3)
    assert "as soon as it is day for both of you" in (await press(two.kofi, asked, "Yes")).text
    assert two.ada.person.groups() == [], "midnight in London"
    later(two, hours=19)
    await until(lambda: bool(two.ada.person.groups()), "half past seven in the evening in London, the morning there")
    [room] = two.ada.person.groups()
    await until(lambda: bool(two.ada.person.inside(room.id)), "the introduction")
    intro = plain(two.ada.person.inside(room.id)[0])
    [talk] = await two.talks(two.ada)
    assert len(talk.slots) == 3
    assert "You share" not in intro, "the times say it better"
    for slot in talk.slots:
        at = datetime.fromisoformat(slot)
        for name, zone in (("Ada", "Europe/London"), ("Kofi", "Pacific/Auckland")):
            local = at.astimezone(ZoneInfo(zone))
            assert 8 <= local.hour < 22, "in nobody's night"
            assert f"{local:%H:%M} for {name}" in intro


async def test_in_a_pool_of_three_each_asks_somebody_and_nobody_themselves_or_back(two: Two) -> None:
    trio = (two.ada, two.kofi, two.sam)
    for life in trio:
        await offer(life.person)
    for life in trio:
        await seek(life.person)
    later(two, hours=6)  # Los Angeles is awake
    for life in trio:
        await comes(life, ASKS)
    pairs = {(talk.the("seeker"), talk.the("host")) for life in trio for talk in await two.talks(life)}
    everybody = {life.someone for life in trio}
    assert {seeker for seeker, _host in pairs} == {host for _seeker, host in pairs} == everybody
    assert len(pairs) == 3, "a ring: each asks one, and is asked by another"
    assert all(len(life.person.dms()) == 1 for life in trio)


async def test_where_all_only_seek_each_is_told_so_and_the_first_offer_goes_to_who_waited_longest(two: Two) -> None:
    await seek(two.ada.person)
    later(two, hours=1)
    await seek(two.sam.person)
    for life in (two.ada, two.sam):
        assert "Nobody offers talks here yet. When somebody does, I ask them." in await status(life)
    later(two, days=1)
    assert "the next time on Sunday, 22 November" in await status(two.ada)
    assert two.ada.person.dms() == two.sam.person.dms() == []
    await offer(two.kofi.person)
    await comes(two.kofi, f"Ada {ASKS}")
    assert "I have asked somebody" in await status(two.ada)
    assert TAKEN in await status(two.sam)
    assert len(two.kofi.person.dms()) == 1
