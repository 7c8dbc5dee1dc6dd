"""Whoever cannot be written to is left in peace and told what to do; new conversations stop when Discord says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from faults._town import POST, settle
from faults.platforms import CLOSED, MOMENT, closed, openings
from sandbox.world import Fault
from tests.acceptance.steps import go_to, opt_in
from tests.kit.house import House, until

DOCUMENTED = {
    "slack": {
        "channel_not_found", "is_archived", "not_in_channel", "cannot_dm_bot", "messages_tab_disabled",
        "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "user_disabled",
        "user_not_found", "user_not_visible", "users_not_found", "invalid_user_combination",
        "method_not_supported_for_channel_type",
    },
    "discord": {"10003", "10013", "50001", "50007", "50278"},
}  # fmt: skip
"""As chat.postMessage and conversations.open list them, and Discord's table of JSON codes."""


async def test_every_documented_code_pauses_the_person_and_is_not_tried_again(home: House, platform: str) -> None:
    assert set(CLOSED[platform]) >= DOCUMENTED[platform]
    town = await settle(home, MOMENT, spaces=2, each=-(-len(CLOSED[platform]) // 2), platforms=[platform])
    await closed(town, platform)


async def test_nudge_show_says_what_to_do(home: House, platform: str) -> None:
    ada = home.person(platform, "Ada")
    await opt_in(ada)
    where, code = (POST["slack"], "messages_tab_disabled") if platform == "slack" else ("/messages", "50007")
    ada.world.faults().add(Fault(where, "refuse", status=403, code=code))
    await go_to(home, ada, 8, 30)
    await until(lambda: not ada.world.faults().pending(), "the refusal")
    await home.restart()  # what was recorded is what counts
    assert "Please allow direct messages" in (await ada.type("/nudge show")).text


@pytest.mark.parametrize("restart", [False, True], ids=["one process", "started again in between"])
async def test_discord_halts_new_conversations_for_ten_minutes_and_known_ones_go_on(home: House, restart: bool) -> None:
    town = await settle(
        home, MOMENT, spaces=2, each=3, platforms=["discord"], opened=lambda n: n > 0,
        moments=lambda n: timedelta(minutes=5 * (n == 2)),
    )  # fmt: skip
    assert await openings(town, restart=restart) <= 2
