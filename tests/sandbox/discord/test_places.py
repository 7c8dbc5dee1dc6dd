"""Permissions, threads, files, members, roles, guilds: where the bot may do what."""

from __future__ import annotations

import io

import aiohttp
import pytest

from sandbox.demo import GUILDS
from sandbox.discord.messages import LARGEST_FILE
from sandbox.server import Sandbox
from sandbox.world import Refused
from tests.sandbox.raw import Json, Web

ADA_ID, KOFI_ID, PLACE = "800000000000000001", "800000000000000003", "700000000000000001"
ADA, KOFI = f"{GUILDS[0]}/{ADA_ID}", f"{GUILDS[0]}/{KOFI_ID}"
TEXT = {"type": 10, "content": "words"}


async def code(web: Web, method: str, path: str, body: Json | None = None) -> int:
    """The code of a refusal, 0 when there was none."""
    answer = await web.discord(method, path, body)
    return answer["code"] if web.status >= 400 else 0


async def test_a_channel_may_be_closed_to_the_bot(sandbox: Sandbox, web: Web) -> None:
    post = ("POST", f"/channels/{PLACE}/messages", {"content": "x"})
    assert await code(web, *post) == 0
    sandbox.discord.deny_bot(PLACE, "SEND_MESSAGES")
    assert await code(web, *post) == 50013
    sandbox.discord.deny_bot(PLACE, "VIEW_CHANNEL")
    assert await code(web, *post) == 50001
    assert await code(web, "GET", f"/channels/{PLACE}") == 50001
    assert PLACE not in {c["id"] for c in await web.discord("GET", f"/guilds/{GUILDS[0]}/channels")}
    sandbox.discord.deny_bot(PLACE)
    assert await code(web, *post) == 0
    sandbox.discord.deny_bot(PLACE, "READ_MESSAGE_HISTORY")
    assert await web.discord("GET", f"/channels/{PLACE}/messages") == [], "history is simply empty"


async def test_an_embed_and_a_thread_need_their_permissions(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.set_bot_permissions(GUILDS[0], "VIEW_CHANNEL", "SEND_MESSAGES")
    embed: Json = {"embeds": [{"title": "t"}]}
    assert await code(web, "POST", f"/channels/{PLACE}/messages", embed) == 50013
    assert await code(web, "POST", f"/channels/{PLACE}/threads", {"name": "t"}) == 50013
    assert await code(web, "DELETE", f"/channels/{PLACE}/messages/1") == 10008


async def test_somebody_elses_message_is_deleted_only_with_the_right(sandbox: Sandbox, web: Web) -> None:
    await sandbox.discord.say(ADA, PLACE, "mine")
    hers = sandbox.discord.messages(ADA, PLACE)[0].id
    assert await code(web, "PATCH", f"/channels/{PLACE}/messages/{hers}", {"content": "x"}) == 50005
    assert await code(web, "DELETE", f"/channels/{PLACE}/messages/{hers}") == 50013
    sandbox.discord.set_bot_permissions(GUILDS[0], "VIEW_CHANNEL", "MANAGE_MESSAGES")
    assert await code(web, "DELETE", f"/channels/{PLACE}/messages/{hers}") == 0
    assert sandbox.discord.messages(ADA, PLACE) == ()


async def test_a_private_thread_is_for_those_who_were_added(sandbox: Sandbox, web: Web) -> None:
    thread = await web.discord("POST", f"/channels/{PLACE}/threads", {"name": "two of us", "type": 12})
    assert (thread["type"], thread["parent_id"]) == (12, PLACE)
    here = f"/channels/{thread['id']}"
    assert await code(web, "PUT", f"{here}/thread-members/{ADA_ID}") == 0
    assert await code(web, "PUT", f"{here}/thread-members/1") == 10013
    assert await code(web, "POST", f"{here}/messages", {"content": "hello"}) == 0
    assert [(r.kind, r.parent) for r in sandbox.discord.rooms(ADA) if r.id == thread["id"]] == [("thread", PLACE)]
    assert thread["id"] not in {room.id for room in sandbox.discord.rooms(KOFI)}
    with pytest.raises(Refused):
        sandbox.discord.messages(KOFI, thread["id"])
    members = {m["user_id"] for m in await web.discord("GET", f"{here}/thread-members")}
    assert members == {ADA_ID, sandbox.discord.bot.id}
    assert await code(web, "GET", f"{here}/thread-members/{KOFI_ID}") == 10007
    active = await web.discord("GET", f"/guilds/{GUILDS[0]}/threads/active")
    assert [t["id"] for t in active["threads"]] == [thread["id"]]
    assert (await web.discord("PATCH", here, {"archived": True}))["thread_metadata"]["archived"] is True
    assert await code(web, "PUT", f"{here}/thread-members/{KOFI_ID}") == 50083
    assert await code(web, "POST", f"{here}/messages", {"content": "wakes it"}) == 0
    sandbox.discord.deny_bot(PLACE, "SEND_MESSAGES_IN_THREADS")
    assert await code(web, "POST", f"{here}/messages", {"content": "x"}) == 50013
    assert await code(web, "DELETE", here) == 0


async def test_who_made_a_private_thread_takes_people_out_and_a_mention_brings_them_in(
    sandbox: Sandbox, web: Web
) -> None:
    private = {"name": "of us", "type": 12, "invitable": False, "auto_archive_duration": 10080}
    made = await web.discord("POST", f"/channels/{PLACE}/threads", private)
    assert (made["thread_metadata"]["invitable"], made["thread_metadata"]["auto_archive_duration"]) == (False, 10080)
    here, ada = f"/channels/{made['id']}", f"/channels/{made['id']}/thread-members/{ADA_ID}"
    assert await code(web, "PUT", ada) == 0
    assert await code(web, "DELETE", ada) == 0
    assert await code(web, "DELETE", ada) == 0, "who is out already stays out"
    silent: Json = {"content": f"<@{ADA_ID}>", "allowed_mentions": {"parse": []}}
    assert await code(web, "POST", f"{here}/messages", silent) == 0
    assert made["id"] not in {room.id for room in sandbox.discord.rooms(ADA)}
    meant: Json = {"content": f"<@{ADA_ID}> <@{KOFI_ID}>", "allowed_mentions": {"users": [int(ADA_ID)]}}
    assert await code(web, "POST", f"{here}/messages", meant) == 0
    (room,) = [room for room in sandbox.discord.rooms(ADA) if room.id == made["id"]]
    assert room.members == ("Ada", sandbox.discord.bot.name)
    assert [seen.told for seen in sandbox.discord.messages(ADA, room.id)] == [(), (ADA_ID,)]
    assert made["id"] not in {room.id for room in sandbox.discord.rooms(KOFI)}
    await web.discord("PATCH", here, {"archived": True})
    assert await code(web, "DELETE", ada) == 50083
    public = await web.discord("POST", f"/channels/{PLACE}/threads", {"name": "of all", "type": 11})
    assert await code(web, "DELETE", f"/channels/{public['id']}/thread-members/{ADA_ID}") == 50013


async def test_archived_private_threads_we_are_in_are_listed_newest_first(sandbox: Sandbox, web: Web) -> None:
    path = f"/channels/{PLACE}/users/@me/threads/archived/private"
    made = [await web.discord("POST", f"/channels/{PLACE}/threads", {"name": f"{n}", "type": 12}) for n in range(4)]
    for thread in made[:3]:
        await web.discord("PATCH", f"/channels/{thread['id']}", {"archived": True})
    await web.discord("PATCH", f"/channels/{made[3]['id']}", {"name": "still active"})
    assert [t["name"] for t in (await web.discord("GET", path))["threads"]] == ["2", "1", "0"]
    first = await web.discord("GET", f"{path}?limit=2")
    assert ([t["name"] for t in first["threads"]], first["has_more"]) == (["2", "1"], True)
    rest = await web.discord("GET", f"{path}?limit=2&before={made[1]['id']}")
    assert ([t["name"] for t in rest["threads"]], rest["has_more"]) == (["0"], False)
    sandbox.discord.deny_bot(PLACE, "READ_MESSAGE_HISTORY")
    assert await code(web, "GET", path) == 50013


async def test_a_thread_hangs_on_one_message(sandbox: Sandbox, web: Web) -> None:
    msg = await web.discord("POST", f"/channels/{PLACE}/messages", {"content": "root"})
    path = f"/channels/{PLACE}/messages/{msg['id']}/threads"
    thread = await web.discord("POST", path, {"name": "about it"})
    assert (thread["id"], thread["type"]) == (msg["id"], 11)
    assert await code(web, "POST", path, {"name": "again"}) == 160004
    assert await code(web, "POST", f"/channels/{PLACE}/threads", {"name": ""}) == 50035
    assert await code(web, "POST", f"/channels/{thread['id']}/threads", {"name": "deeper"}) == 50024
    await sandbox.discord.say(KOFI, thread["id"], "open to all")
    (root,) = sandbox.discord.messages(ADA, PLACE)
    assert (root.thread, root.replies) == (thread["id"], 1)


async def test_files_come_with_a_message_and_a_component_may_show_them(sandbox: Sandbox, web: Web) -> None:
    shown = {"type": 12, "items": [{"media": {"url": "attachment://dots.png"}, "description": "28 days"}]}
    payload = {"flags": 32768, "components": [TEXT, shown], "attachments": [{"id": "0", "description": "dots"}]}
    headers = {"Authorization": f"Bot {sandbox.discord.bot_token}"}
    url = f"{sandbox.discord_api}/channels/{PLACE}/messages"

    def form(name: str = "dots.png", body: bytes = b"png") -> aiohttp.FormData:
        data = aiohttp.FormData()
        data.add_field("files[0]", io.BytesIO(body), filename=name)
        data.add_field("payload_json", aiohttp.JsonPayload(payload))
        return data

    async with web.session.post(url, data=form(), headers=headers) as answer:
        made = await answer.json()
        assert answer.status == 200, made
    served = made["components"][1]["items"][0]["media"]["url"]
    assert served == made["attachments"][0]["url"]
    async with web.session.get(served) as answer:
        assert (await answer.read(), answer.content_type) == (b"png", "image/png")
    (file,) = sandbox.discord.messages(ADA, PLACE)[0].files
    assert (file.name, file.alt, file.size) == ("dots.png", "dots", 3)
    async with web.session.post(url, data=form(name="other.png"), headers=headers) as answer:
        assert (await answer.json())["code"] == 50035, "the component names a file that did not come"
    async with web.session.post(url, data=form(body=b"x" * (LARGEST_FILE + 1)), headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (413, 40005)
    sandbox.discord.deny_bot(PLACE, "ATTACH_FILES")
    async with web.session.post(url, data=form(), headers=headers) as answer:
        assert (await answer.json())["code"] == 50013


async def test_who_left_cannot_be_written_to_nor_act(sandbox: Sandbox, web: Web) -> None:
    discord = sandbox.discord
    dm = (await web.discord("POST", "/users/@me/channels", {"recipient_id": KOFI_ID}))["id"]
    await discord.leave(KOFI)
    assert await code(web, "POST", f"/channels/{dm}/messages", {"content": "x"}) == 50278
    assert await code(web, "GET", f"/guilds/{GUILDS[0]}/members/{KOFI_ID}") == 10007
    with pytest.raises(Refused, match="left"):
        await discord.say(KOFI, PLACE, "/go")
    assert next(r for r in discord.residents() if r.id == KOFI).gone
    assert discord.names(ADA)[KOFI_ID] == "Kofi", "mentions of who left keep the name"
    assert [room.kind for room in discord.rooms(KOFI)] == ["dm"], "the conversation with the bot stays"


async def test_a_bot_that_was_removed_has_no_guild(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.kick_bot(GUILDS[0])
    assert await code(web, "GET", f"/guilds/{GUILDS[0]}") == 10004
    assert await code(web, "POST", f"/channels/{PLACE}/messages", {"content": "x"}) == 50001
    assert (await web.discord("GET", "/applications/@me"))["approximate_guild_count"] == 1
    sandbox.discord.invite_bot(GUILDS[0])
    assert (await web.discord("GET", f"/guilds/{GUILDS[0]}"))["name"] == "AI Makers"


async def test_roles_are_given_below_ones_own(sandbox: Sandbox, web: Web) -> None:
    discord, role = sandbox.discord, "910000000000000000"
    discord.add_role(GUILDS[0], role, "mentor")
    path = f"/guilds/{GUILDS[0]}/members/{ADA_ID}/roles/{role}"
    assert await code(web, "PUT", path) == 50013
    discord.set_bot_permissions(GUILDS[0], "MANAGE_ROLES")
    assert await code(web, "PUT", path) == 0
    assert (await web.discord("GET", f"/guilds/{GUILDS[0]}/members/{ADA_ID}"))["roles"] == [role]
    assert role in {r["id"] for r in await web.discord("GET", f"/guilds/{GUILDS[0]}/roles")}
    assert await code(web, "DELETE", path) == 0
    assert await code(web, "PUT", path.replace(role, "1")) == 10011
    own = discord.guilds[GUILDS[0]].bot_role.id
    assert await code(web, "PUT", path.replace(role, own)) == 50013


async def test_listing_members_needs_the_privileged_intent(sandbox: Sandbox, web: Web) -> None:
    path = f"/guilds/{GUILDS[0]}/members?limit=2"
    assert await code(web, "GET", path) == 50001
    sandbox.discord.gateway.allow_privileged = True
    first = await web.discord("GET", path)
    second = await web.discord("GET", f"{path}&after={first[-1]['user']['id']}")
    assert [m["user"]["global_name"] for m in first + second] == ["Ada", "林雨", "Kofi", "Priya"]


async def test_commands_for_one_guild_and_one_at_a_time(sandbox: Sandbox, web: Web) -> None:
    app = sandbox.discord.bot.id
    here = f"/applications/{app}/guilds/{GUILDS[0]}/commands"
    made = await web.discord("POST", here, {"name": "here", "description": "d"})
    await web.discord("POST", f"/applications/{app}/commands", {"name": "everywhere", "description": "d"})
    assert {hint.name for hint in sandbox.discord.commands(ADA)} == {"here", "everywhere"}
    assert {h.name for h in sandbox.discord.commands(f"{GUILDS[1]}/{ADA_ID}")} == {"everywhere"}
    assert [c["name"] for c in await web.discord("GET", here)] == ["here"]
    assert await code(web, "DELETE", f"{here}/{made['id']}") == 0
    assert await code(web, "DELETE", f"{here}/{made['id']}") == 10063
    assert await code(web, "GET", "/applications/1/commands") == 10002
    assert await code(web, "POST", here, {"name": "Bad Name", "description": "d"}) == 50035


async def test_pages_of_messages_typing_and_unknown_routes(sandbox: Sandbox, web: Web) -> None:
    sandbox.discord.enforce_limits = False
    ids = [(await web.discord("POST", f"/channels/{PLACE}/messages", {"content": f"{n}"}))["id"] for n in range(5)]
    path = f"/channels/{PLACE}/messages"
    assert [m["content"] for m in await web.discord("GET", f"{path}?limit=2")] == ["4", "3"]
    assert [m["content"] for m in await web.discord("GET", f"{path}?before={ids[1]}")] == ["0"]
    assert [m["content"] for m in await web.discord("GET", f"{path}?after={ids[2]}&limit=1")] == ["3"]
    assert await code(web, "GET", f"{path}?limit=0") == 50035
    assert await code(web, "POST", f"/channels/{PLACE}/typing") == 0
    assert (await web.discord("GET", "/nowhere"))["message"] == "404: Not Found"
    reply = await web.discord("POST", path, {"content": "re", "message_reference": {"message_id": ids[0]}})
    assert reply["type"] == 19
    assert await code(web, "POST", path, {"content": "re", "message_reference": {"message_id": "1"}}) in {50035, 0}
