"""Posting on Slack: text, blocks, threads, editing, later; and every refusal with its documented code."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sandbox.demo import SLACK_TOKENS
from sandbox.server import Sandbox
from tests.sandbox.raw import Json, Web, until

ADA, KOFI, PLACE = "T01MAKERS/U001", "T01MAKERS/U003", "C01GENERAL"
SECTION: Json = {"type": "section", "text": {"type": "plain_text", "text": "words"}}


async def refused(web: Web, method: str, **args: Any) -> str:
    """The code of a refusal."""
    answer = await web.slack(method, **args)
    assert answer["ok"] is False
    assert web.status == 200, "almost every error of Slack is HTTP 200"
    return answer["error"]


async def test_arguments_may_come_in_every_encoding(sandbox: Sandbox, web: Web) -> None:
    url, token = sandbox.slack_api + "chat.postMessage", SLACK_TOKENS[0]
    auth = {"Authorization": f"Bearer {token}"}
    blocks = '[{"type": "divider"}]'
    requests: list[dict[str, Any]] = [
        {"json": {"channel": PLACE, "text": "json 0"}, "headers": auth},
        {"data": {"channel": PLACE, "text": "form 1", "blocks": blocks}, "headers": auth},
        {"params": {"channel": PLACE, "text": "query 2", "token": token}},
        {"params": {"channel": PLACE, "text": "query 3"}, "headers": auth | {"Content-Type": "application/json"}},
    ]  # fmt: skip
    for number, request in enumerate(requests):
        async with web.session.post(url, **request) as answer:
            assert (await answer.json())["ok"], number
    async with web.session.get(url, params={"channel": PLACE, "text": "get 4"}, headers=auth) as answer:
        assert (await answer.json())["ok"]
    async with web.session.post(url, data="{nonsense", headers=auth | {"Content-Type": "application/json"}) as answer:
        assert (await answer.json())["error"] == "invalid_json"
    assert len(sandbox.slack.messages(ADA, PLACE)) == 5


async def test_codes_of_a_message_that_cannot_be_posted(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    post = "chat.postMessage"
    slack.enforce_limits = False
    assert await refused(web, post, channel="CNOWHERE", text="x") == "channel_not_found"
    assert await refused(web, post, channel=PLACE) == "no_text"
    assert await refused(web, post, channel=PLACE, text="x" * 40_001) == "msg_too_long"
    assert await refused(web, post, channel=PLACE, text="x", blocks=[SECTION] * 51) == "msg_blocks_too_long"
    assert await refused(web, post, channel=PLACE, text="x", blocks=[{"type": "hologram"}]) == "invalid_blocks"
    assert await refused(web, post, channel=PLACE, text="x", thread_ts="1.1") == "thread_not_found"
    assert await refused(web, post, channel=PLACE, text="x", metadata={"a": 1}) == "invalid_metadata_format"
    assert await refused(web, post, channel=PLACE, text="x", token="") == "not_authed"
    assert await refused(web, "chat.postMassage", channel=PLACE, text="x") == "unknown_method"
    slack.archive("T01MAKERS", PLACE)
    assert await refused(web, post, channel=PLACE, text="x") == "is_archived"
    slack.spaces["T01MAKERS"].channels["C02LEARN"].has_bot = False
    assert await refused(web, post, channel="C02LEARN", text="x") == "not_in_channel"
    assert slack.messages(ADA, PLACE) == ()


async def test_direct_messages_to_those_who_closed_them_left_or_are_strangers(sandbox: Sandbox, web: Web) -> None:
    slack = sandbox.slack
    dm = (await web.slack("conversations.open", users="U003"))["channel"]["id"]
    slack.set_dms_open(KOFI, False)
    assert await refused(web, "chat.postMessage", channel=dm, text="x") == "restricted_action"
    assert await refused(web, "conversations.open", users="U003") == "user_disabled"
    slack.set_dms_open(KOFI, True)
    await slack.leave(KOFI)
    assert await refused(web, "chat.postMessage", channel=dm, text="x") == "is_archived"
    assert await refused(web, "conversations.open", users="U003") == "user_disabled"
    assert (await web.slack("users.info", user="U003"))["user"]["deleted"] is True
    slack.add_member("T01MAKERS", "USTRANGE", "Noor", "en-US", "Asia/Dubai", home_team="T99OTHER")
    assert await refused(web, "conversations.open", users="USTRANGE") == "user_not_visible"
    shown = (await web.slack("users.info", user="USTRANGE"))["user"]
    assert (shown["is_stranger"], shown["team_id"]) == (True, "T99OTHER")


async def test_a_group_message_is_the_same_for_the_same_people(sandbox: Sandbox, web: Web) -> None:
    first = (await web.slack("conversations.open", users="U001,U003"))["channel"]["id"]
    again = (await web.slack("conversations.open", users=["U003", "U001"]))["channel"]["id"]
    assert first == again
    assert (await web.slack("chat.postMessage", channel=first, text="meet"))["ok"]
    room = next(room for room in sandbox.slack.rooms(KOFI) if room.kind == "group")
    assert [seen.text for seen in sandbox.slack.messages(KOFI, room.id)] == ["meet"]
    assert await refused(web, "conversations.open", users=",".join(f"U{n}" for n in range(9))) == "too_many_users"


async def test_group_messages_need_scopes_of_their_own(sandbox: Sandbox, web: Web) -> None:
    makers = sandbox.slack.spaces["T01MAKERS"]
    group = (await web.slack("conversations.open", users="U001,U003"))["channel"]["id"]
    room = next(room for room in sandbox.slack.rooms(KOFI) if room.id == group)
    assert (room.name, room.members) == ("Ada", ("Ada", "Kofi", sandbox.slack.bot_name))
    makers.grant.scopes = frozenset({"im:write", "im:history"})
    direct = (await web.slack("conversations.open", users="U003"))["channel"]["id"]
    assert (await web.slack("conversations.history", channel=direct))["ok"]
    for method, args in (("conversations.open", {"users": "U001,U003"}), ("conversations.history", {"channel": group})):
        refused_ = await web.slack(method, **args)
        assert (refused_["error"], refused_["needed"][:5]) == ("missing_scope", "mpim:")
    makers.grant.scopes = frozenset({"mpim:write", "mpim:history", "chat:write"})
    named = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U001"}]}
    blocks = [{"type": "rich_text", "elements": [named]}]
    assert (await web.slack("chat.postMessage", channel=group, text="x", blocks=blocks))["ok"]
    assert [seen.told for seen in sandbox.slack.messages(KOFI, group)] == [("U001",)]
    assert (await web.slack("conversations.history", channel=group))["ok"]
    assert await refused(web, "conversations.open", users="U003") == "missing_scope"
    await sandbox.slack.leave(KOFI)
    assert sandbox.slack.names(ADA)["U003"] == "Kofi", "mentions of who left keep the name"


async def test_replies_stand_in_their_thread(sandbox: Sandbox, web: Web) -> None:
    root = (await web.slack("chat.postMessage", channel=PLACE, text="root"))["ts"]
    reply = await web.slack("chat.postMessage", channel=PLACE, text="reply", thread_ts=root)
    assert reply["message"]["thread_ts"] == root
    await sandbox.slack.say(ADA, PLACE, "mine", thread=root)
    listed = (await web.slack("conversations.replies", channel=PLACE, ts=root))["messages"]
    assert [message["text"] for message in listed] == ["root", "reply", "mine"]
    assert [message["text"] for message in (await web.slack("conversations.history", channel=PLACE))["messages"]] == [
        "root"
    ]
    seen = sandbox.slack.messages(ADA, PLACE)
    assert [(m.text, m.thread, m.replies) for m in seen] == [("root", "", 2), ("reply", root, 0), ("mine", root, 0)]
    await web.slack("chat.delete", channel=PLACE, ts=reply["ts"])
    assert sandbox.slack.messages(ADA, PLACE)[0].replies == 1


async def test_editing_and_deleting_ones_own_only(sandbox: Sandbox, web: Web) -> None:
    ts = (await web.slack("chat.postMessage", channel=PLACE, text="one"))["ts"]
    assert (await web.slack("chat.update", channel=PLACE, ts=ts, text="two"))["text"] == "two"
    assert sandbox.slack.messages(ADA, PLACE)[0].edited
    await sandbox.slack.say(ADA, PLACE, "hers")
    hers = sandbox.slack.messages(ADA, PLACE)[-1].id
    assert await refused(web, "chat.update", channel=PLACE, ts=hers, text="x") == "cant_update_message"
    assert await refused(web, "chat.delete", channel=PLACE, ts=hers) == "cant_delete_message"
    assert await refused(web, "chat.update", channel=PLACE, ts="1.1", text="x") == "message_not_found"
    assert (await web.slack("chat.getPermalink", channel=PLACE, message_ts=ts))["permalink"].endswith(
        ts.replace(".", "")
    )


async def test_a_private_message_is_seen_by_one_person(sandbox: Sandbox, web: Web) -> None:
    await web.slack("chat.postEphemeral", channel=PLACE, user="U001", text="psst")
    assert [(seen.text, seen.only_you) for seen in sandbox.slack.messages(ADA, PLACE)] == [("psst", True)]
    assert sandbox.slack.messages(KOFI, PLACE) == ()
    assert await refused(web, "chat.postEphemeral", channel=PLACE, user="UNOBODY", text="x") == "user_not_in_channel"


async def test_a_scheduled_message_comes_when_the_clock_says_so(sandbox: Sandbox, web: Web) -> None:
    due = int(sandbox.clock.now().timestamp()) + 3600
    later: Json = {"channel": PLACE, "text": "later", "post_at": due}
    kept = await web.slack("chat.scheduleMessage", **later)
    dropped = await web.slack("chat.scheduleMessage", **later)
    ids = [m["id"] for m in (await web.slack("chat.scheduledMessages.list"))["scheduled_messages"]]
    assert ids == [kept["scheduled_message_id"], dropped["scheduled_message_id"]]
    await web.slack("chat.deleteScheduledMessage", channel=PLACE, scheduled_message_id=ids[1])
    assert sandbox.slack.messages(ADA, PLACE) == ()
    sandbox.clock.advance(timedelta(hours=1))
    await until(lambda: sandbox.slack.messages(ADA, PLACE), "the message came by itself")
    assert [seen.text for seen in sandbox.slack.messages(ADA, PLACE)] == ["later"]
    assert await refused(web, "chat.scheduleMessage", **later) == "time_in_past"
    far = later | {"post_at": due + 121 * 86_400}
    assert await refused(web, "chat.scheduleMessage", **far) == "time_too_far"
    assert (
        await refused(web, "chat.deleteScheduledMessage", scheduled_message_id="Q1") == "invalid_scheduled_message_id"
    )


async def test_lists_come_in_pages(sandbox: Sandbox, web: Web) -> None:
    first = await web.slack("users.list", limit=4, include_locale=True)
    second = await web.slack("users.list", limit=4, cursor=first["response_metadata"]["next_cursor"])
    names = [user["name"] for user in first["members"] + second["members"]]
    assert names == ["ada", "林雨", "kofi", "priya", "sam", "bot"]
    assert first["members"][1]["locale"] == "zh-CN"
    assert first["members"][1]["tz_offset"] == 8 * 3600
    assert second["response_metadata"]["next_cursor"] == ""
    assert await refused(web, "users.list", cursor="made up") == "invalid_cursor"
    listed = await web.slack("conversations.list", types="public_channel,im", exclude_archived=True)
    assert {c["name"] for c in listed["channels"] if c["is_channel"]} == {"general", "learning"}
    assert await refused(web, "conversations.list", types="street") == "invalid_types"
    assert "U001" in (await web.slack("conversations.members", channel=PLACE))["members"]
    assert (await web.slack("team.info"))["team"]["id"] == "T01MAKERS"


async def test_the_bot_joins_an_open_channel(sandbox: Sandbox, web: Web) -> None:
    sandbox.slack.add_channel("T01MAKERS", "C05NEW", "new", ["U001"], has_bot=False)
    sandbox.slack.add_channel("T01MAKERS", "C06SECRET", "secret", ["U001"], private=True, has_bot=False)
    assert (await web.slack("conversations.join", channel="C05NEW"))["channel"]["is_member"]
    assert (await web.slack("chat.postMessage", channel="C05NEW", text="hello"))["ok"]
    assert await refused(web, "conversations.info", channel="C06SECRET") == "channel_not_found"


@pytest.mark.parametrize("dedupe", [False, True])
async def test_client_msg_id_is_no_key_unless_one_asks_for_it(sandbox: Sandbox, web: Web, dedupe: bool) -> None:
    sandbox.slack.dedupe_keys = dedupe
    for _ in range(2):
        await web.slack("chat.postMessage", channel=PLACE, text="x", client_msg_id="k-1")
    assert len(sandbox.slack.messages(ADA, PLACE)) == (1 if dedupe else 2)
    assert [entry["key"] for entry in sandbox.slack.ledger()] == ["k-1", "k-1"]
