"""What the courier makes of a platform's trouble: nothing lost, nothing twice, nobody asked for ever."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sandbox.world import Fault
from store.deliveries import Delivery
from tests.acceptance.steps import go_to, nudges, opt_in, steps
from tests.kit.house import House, until
from tests.kit.people import Person

SEND = {"slack": "chat.postMessage", "discord": "/messages"}


async def _row(home: House, person: Person) -> Delivery:
    """The newest prompt row of everybody's (one member is opted in)."""
    assert home.app is not None
    from chat.people import Person as Known
    from chat.people import Space

    space, _, id_ = person.id.partition("/")
    async with home.app.store.begin() as tx:
        rows = await tx.deliveries.recent(Known(Space(person.world.platform, space), id_), 5)
    return next(row for row in rows if row.kind == "prompt")


async def test_a_dropped_connection_after_acceptance_never_shows_a_step_twice(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    ada.world.faults().add(Fault(SEND[platform], "drop"))
    await go_to(home, ada, 8, 30)
    await until(lambda: len(steps(ada)) == 1, "it was accepted")
    row = await _row(home, ada)
    for _ in range(30):  # the try after the lost one may be planned later than the clock was moved
        if row.state in {"sent", "ambiguous"}:
            break
        home.sandbox.clock.advance(timedelta(seconds=5))
        await asyncio.sleep(0.2)
        row = await _row(home, ada)
    assert len(steps(ada)) == 1
    # Discord knows the key and says which message it was; Slack cannot be asked, so the row stays honest.
    assert row.state == {"discord": "sent", "slack": "ambiguous"}[platform]


async def test_a_server_error_before_acceptance_is_tried_again_later(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    ada.world.faults().add(Fault(SEND[platform], "status", status=503))
    await go_to(home, ada, 8, 30)
    await until(lambda: not ada.world.faults().pending(), "the fault should have been met")
    await asyncio.sleep(0.2)
    assert steps(ada) == []
    home.sandbox.clock.advance(timedelta(seconds=30))
    await nudges(ada, 1)


async def test_retry_after_is_honoured_and_others_are_not_held_up(home: House, platform: str) -> None:
    ada, sam = home.person(platform, "Ada"), home.person(platform, "Sam")
    await opt_in(ada)
    ada.world.faults().add(Fault(SEND[platform], "rate_limit", seconds=20))
    await go_to(home, ada, 8, 30)
    await until(lambda: not ada.world.faults().pending(), "the fault should have been met")
    before = len(list(ada.world.ledger()))
    await sam.type("/help")
    assert "/nudge on" in sam.here()[-1].text
    home.sandbox.clock.advance(timedelta(seconds=10))
    await asyncio.sleep(0.4)
    assert steps(ada) == []
    again = [
        e for e in list(ada.world.ledger())[before:] if SEND[platform] in e["method"] and "callback" not in e["method"]
    ]
    assert again == []
    home.sandbox.clock.advance(timedelta(seconds=15))
    await nudges(ada, 1)


async def test_a_night_of_downtime_skips_the_stale_step_and_sends_the_next(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    await home.stop()
    await go_to(home, ada, 12, 0, days=1)
    await home.start()
    await asyncio.sleep(0.4)
    assert steps(ada) == []
    assert (await _row(home, ada)).state == "skipped_late"
    await go_to(home, ada, 8, 30)
    await nudges(ada, 1)


async def test_connections_heal_by_themselves(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    ada.world.faults().drop_connections()
    await until(lambda: ada.world.connected() == 1, "the bot should come back", seconds=20)
    await until(lambda: home.app is not None and home.app.health()[platform], "and know it", seconds=10)
    assert "/nudge on" in (await ada.type("/help")).text
