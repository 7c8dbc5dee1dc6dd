"""A letter in doubt, sent once more at an operator's wish: by the rules of its first sending."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.operating import answer, printed
from store import tables
from store.budget import Wish
from store.deliveries import Delivery
from tests.kit.house import House
from tests.scheduler.matchmaking import Match

REPEAT = "This may be a repeat."


@pytest.fixture
def match(home: House, platform: str) -> Match:
    """On this platform; Kofi has been asked."""
    return Match(home, platform)


async def _doubtful(match: Match, reader: str, name: str) -> Delivery:
    """Nobody can say of this one whether it arrived; the platform has forgotten its key."""
    match.home.sandbox.clock.advance(timedelta(minutes=10))
    (row,) = [row for row in await match.letters(reader) if row.subject.startswith(f"{name} ")]
    async with match.rooms.store.begin() as tx:
        lost = sa.update(tables.deliveries).where(tables.deliveries.c.id == row.id)
        doubt = lost.values(state="ambiguous", error="connection_lost", sent_at=None, message=None)
        await tx.deliveries._db.execute(doubt)  # pyright: ignore[reportPrivateUsage]
    return row


async def _told(match: Match, **request: str) -> str:
    assert match.home.app is not None
    shelf = match.home.app.shelf
    now = match.home.sandbox.clock.now()
    told = await answer(match.rooms.store, {k.strip("_"): v for k, v in request.items()}, now, lambda: shelf.library)
    match.rooms.dispatcher.wake()
    return str(told["error"]) if "error" in told else "\n".join(printed(told))


def _repeats(match: Match, name: str) -> int:
    return sum(REPEAT in seen.text for seen in match.reads(name))


async def test_a_question_to_a_host_is_listed_by_its_name_and_goes_out_once_more(match: Match) -> None:
    await match.begin()
    row = await _doubtful(match, "Kofi", "ask-host")
    assert f"letter ask-host of {row.day}, ambiguous" in await _told(match)
    assert "it goes out now" in await _told(match, id=row.id, as_="resend")
    await match.settled()
    assert _repeats(match, "Kofi") == 1
    assert await match.names("Kofi") == ["ask-host"]


async def test_at_night_it_waits_and_then_for_a_day_with_no_other_message(match: Match) -> None:
    await match.begin()
    row = await _doubtful(match, "Kofi", "ask-host")
    kofi, clock = match.someone("Kofi"), match.home.sandbox.clock
    clock.advance(timedelta(hours=11))
    async with match.rooms.store.begin() as tx:
        tomorrow = clock.now().date() + timedelta(days=1)
        await tx.budget.take([Wish(kofi.account, tomorrow, "prompt", clock.now())])
    said = await _told(match, id=row.id, as_="resend")
    assert f"held until {tomorrow + timedelta(days=1)} 10:00" in said
    assert "one message of today is used" in said
    await match.passes(timedelta(hours=20))
    assert _repeats(match, "Kofi") == 0
    await match.passes(timedelta(days=1))
    assert _repeats(match, "Kofi") == 1


async def test_what_is_not_true_any_more_is_not_sent_again(match: Match) -> None:
    await match.begin()
    row = await _doubtful(match, "Kofi", "ask-host")
    await match.no("Kofi")
    assert "is not true any more" in await _told(match, id=row.id, as_="resend")
    (same,) = [one for one in await match.letters("Kofi") if one.id == row.id]
    assert same.state == "ambiguous"


async def test_an_introduction_goes_once_more_into_the_conversation_of_both_and_by_day_for_both(match: Match) -> None:
    await match.begin()
    await match.yes("Kofi")
    row = await _doubtful(match, "Ada", "intro")
    assert row.place == (await match.talk("Ada")).place
    match.home.sandbox.clock.advance(timedelta(hours=11))
    assert "for it is night where it is read" in await _told(match, id=row.id, as_="resend")
    await match.settled()
    assert _repeats(match, "Ada") == 0
    await match.passes(timedelta(hours=12))
    for name in ("Ada", "Kofi"):
        (room,) = match.life(name).person.groups()
        assert sum(REPEAT in seen.text for seen in match.life(name).person.inside(room.id)) == 1
