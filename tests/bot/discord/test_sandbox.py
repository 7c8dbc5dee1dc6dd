"""The platform in the sandbox's Discord, with members who type, press, fill forms and close their messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import web

from bot.discord.platform import DiscordPlatform
from chat.action import Action
from chat.errors import Uncertain, Unreachable
from chat.event import ActionTaken, CommandUsed, Completing, FormSent
from chat.form import Ask, Choose, Form
from chat.markup import escape
from chat.message import Button, Choice, Facts, Message, Note, Picker, Row, Text, short
from chat.people import Person, Profile, Sent, Space
from chat.platform import Responder
from sandbox.clock import SandboxClock
from sandbox.discord.protocol import routes
from sandbox.discord.world import DiscordWorld
from sandbox.world import Fault, Seen
from store import Store
from tests.bot.discord.conftest import House
from tests.bot.discord.test_tree import Cmd, Opt, Walks
from tests.bot.discord.wire import until

TOKEN = "sandbox-discord-token"
SHIRE, ROHAN, USER, HALL, MEAD = "100000000000000001", "100000000000000002", "900000000000000001", "31", "32"
SAM, SAM_IN_ROHAN = f"{SHIRE}/{USER}", f"{ROHAN}/{USER}"
PERSON = Person(Space("discord", SHIRE), USER)
COMMANDS = Walks(
    Cmd("garden", "Your garden"),
    Cmd("plant seed", "Plant something", (Opt("what", required=True, completes=True),)),
)


@dataclass(frozen=True)
class Watered(Action, name="t-watered"):
    """The garden was watered."""

    times: int


@dataclass(frozen=True)
class Sown(Action, name="t-sown"):
    """The plan came back."""


class Here:
    """A sandbox on the loopback and the platform in it."""

    def __init__(self, store: Store, url: str, world: DiscordWorld) -> None:
        self._store, self._url, self.world = store, url, world
        self.house = House(store)

    @asynccontextmanager
    async def bot(self) -> AsyncGenerator[DiscordPlatform]:
        made = DiscordPlatform(
            token=TOKEN,
            registry=COMMANDS,
            store=self._store,
            clock=self.world.clock.now,
            api=f"http://{self._url}/discord/api/v10",
            gateway=f"ws://{self._url}/discord/gateway",
            fast_start=True,
        )
        await made.start(self.house)
        try:
            yield made
        finally:
            await made.stop()

    def seen(self, member: str = SAM, room: str = "channel") -> list[Seen]:
        """The bot's messages a member sees in rooms of a kind, oldest first."""
        rooms = [place for place in self.world.rooms(member) if place.kind == room]
        return [m for place in rooms for m in self.world.messages(member, place.id) if m.by_bot]

    def asked(self, path: str) -> list[Mapping[str, Any]]:
        """The bot's requests that end so."""
        return [row for row in self.world.ledger() if str(row["method"]).endswith(path)]


@pytest.fixture
async def here(store: Store) -> AsyncGenerator[Here]:
    world = DiscordWorld(SandboxClock())
    world.bot_token = TOKEN
    for guild, name, channel in ((SHIRE, "The Shire", HALL), (ROHAN, "Rohan", MEAD)):
        world.add_guild(guild, name)
        world.add_channel(guild, channel, "hall")
        world.add_member(guild, USER, "Sam", "zh-CN", "Europe/London")
    app = web.Application()
    app.add_routes(routes(world))
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield Here(store, f"127.0.0.1:{runner.addresses[0][1]}", world)
    finally:
        await runner.cleanup()


def garden(times: int) -> Message:
    button = Button("Water", Watered(times + 1), "primary")
    picker = Picker("How often?", (Choice("A dozen", Watered(12)), Choice("A score", Watered(20))))
    return Message("Your garden", (Text(f"Watered {times} times."), Row((button,)), picker))


async def gardener(event: Any, responder: Responder) -> None:
    match event:
        case CommandUsed(name="garden"):
            await responder.show(garden(0), private=True)
        case CommandUsed(name="plant seed"):
            await responder.open(plan(event.options["what"]))
        case ActionTaken(wire=wire):
            await responder.edit(garden(int(wire.partition("|")[2])))
        case FormSent() if event.answers.text("what") == "ring":
            await responder.correct(plan("ring"), {"what": "Rings do not grow."}, event.answers)
        case FormSent():
            days = ",".join(event.answers.chosen("days"))
            await responder.show(short(f"{escape(event.answers.text('what'))} on {days}"), private=True)
        case Completing(partial=partial):
            await responder.suggest([(partial + "ato", f"{partial}ato seeds")])
        case _:
            pass


def plan(what: str) -> Form:
    days = Choose("days", "Which days?", (("0", "Monday"), ("1", "Tuesday")), chosen=("1",), many=True)
    return Form("Garden", (Ask("what", "What grows?", value=what, most=3_000), days), Sown())


async def test_a_command_answers_a_button_edits_and_an_old_button_works_after_a_restart(here: Here) -> None:
    here.house.answer = gardener
    async with here.bot():
        await here.world.say(SAM, HALL, "/garden")
        [card] = here.seen()
        assert card.only_you
        assert "Watered 0 times" in card.text
        button, menu = card.controls
        await here.world.press(SAM, card.id, button.id)
        assert "Watered 1 times" in here.seen()[0].text
        assert here.seen()[0].edited
    async with here.bot():
        [card] = here.seen()
        await here.world.press(SAM, card.id, card.controls[0].id)
        assert "Watered 2 times" in here.seen()[0].text
        await here.world.press(SAM, card.id, menu.id, [menu.options[1][0]])
        assert "Watered 20 times" in here.seen()[0].text
    event = here.house.heard(CommandUsed)[0]
    assert (event.person, event.profile) == (PERSON, Profile(locale="zh-CN"))


async def test_a_form_with_a_mistake_comes_back_with_what_was_typed(here: Here) -> None:
    here.house.answer = gardener
    async with here.bot():
        await here.house.meet(PERSON)
        await here.world.say(SAM, HALL, "/plant seed what:ring")
        await here.world.submit(SAM, {"days": ["0", "1"]})
        [told] = here.seen()
        assert told.only_you
        assert "Rings do not grow." in told.text.replace("\\", "")
        await here.world.press(SAM, told.id, told.controls[0].id)
        again = here.world.dialog(SAM)
        assert again is not None
        assert again.fields[0].value == "ring"
        await here.world.submit(SAM, {"what": "potatoes"})
        assert "potatoes on 1" in here.seen()[-1].text


async def test_completion_asks_the_bot(here: Here) -> None:
    here.house.answer = gardener
    async with here.bot():
        offered = await here.world.complete(SAM, "/plant seed what:pot")
    assert any("potato" in value for value, _label in offered)
    assert here.house.heard(Completing)[0].command == "plant seed"


async def test_a_slow_command_is_answered_after_the_three_seconds(here: Here) -> None:
    async def slow(event: Any, responder: Responder) -> None:
        if isinstance(event, CommandUsed):
            await responder.defer(private=True)
            await asyncio.sleep(3.2)  # the platform's own window: what is tested is that it is over
            await responder.show(garden(7), private=True)

    here.house.answer = slow
    async with here.bot():
        await here.world.say(SAM, HALL, "/garden")
        await until(lambda: any("Watered 7 times" in seen.text for seen in here.seen()))
        assert all(seen.only_you for seen in here.seen())
    assert here.house.failures == []


async def test_a_button_in_a_direct_message_comes_back_to_its_guild(here: Here) -> None:
    here.house.answer = gardener
    rohirrim = Person(Space("discord", ROHAN), USER)
    async with here.bot() as bot:
        await here.house.meet(PERSON)
        await here.house.meet(rohirrim)
        await bot.send(PERSON, garden(1), key="from-the-shire")
        await bot.send(rohirrim, garden(5), key="from-rohan")
        for card in here.seen(room="dm"):
            await here.world.press(SAM, card.id, card.controls[0].id)
        assert [event.person for event in here.house.heard(ActionTaken)] == [PERSON, rohirrim]
        assert ["Watered 2" in here.seen(room="dm")[0].text, "Watered 6" in here.seen(room="dm")[1].text] == [
            True,
            True,
        ]


async def test_the_same_key_twice_is_one_message(here: Here) -> None:
    async with here.bot() as bot:
        first = await bot.send(PERSON, garden(0), key="once")
        second = await bot.send(PERSON, garden(0), key="once")
    assert first == second
    assert isinstance(first, Sent)
    assert len(here.seen(room="dm")) == 1


async def test_a_connection_cut_after_the_message_was_taken_is_uncertain_and_the_retry_finds_it(here: Here) -> None:
    async with here.bot() as bot:
        await bot.send(PERSON, garden(0), key="warm")
        before = len(here.asked("/messages"))
        here.world.faults().add(Fault("/messages", "drop"))
        with pytest.raises(Uncertain):
            await bot.send(PERSON, garden(1), key="cut")
        assert len(here.asked("/messages")) == before + 1
        await bot.send(PERSON, garden(1), key="cut")
    assert len(here.seen(room="dm")) == 2


async def test_closed_messages_are_unreachable_until_they_are_opened(here: Here) -> None:
    async with here.bot() as bot:
        here.world.set_dms_open(SAM, False)
        with pytest.raises(Unreachable) as raised:
            await bot.send(PERSON, garden(0), key="a")
        assert raised.value.reason == "50007"
        here.world.set_dms_open(SAM, True)
        assert isinstance(await bot.send(PERSON, garden(0), key="b"), Sent)


@pytest.mark.parametrize(
    "hostile",
    ["@everyone @here", f"<@{USER}> <@&1> <#31>", "\u202eevil\u202c", "🦆", "\\@everyone", "`<@1>`", "a\x00b"],
)
async def test_nothing_a_member_types_pings_anybody(here: Here, hostile: str) -> None:
    message = Message(hostile, (Text(escape(hostile)), Note(hostile), Facts((("Typed", hostile),))))

    async def echo(event: Any, responder: Responder) -> None:
        if isinstance(event, CommandUsed):
            await responder.show(message, private=False)

    here.house.answer = echo
    async with here.bot() as bot:
        await bot.send(PERSON, message, key="k")
        await here.world.say(SAM, HALL, "/garden")
        assert len(here.seen()) == 1
    assert sum(row["pings"] for row in here.world.ledger()) == 0


async def test_it_hears_again_after_every_connection_was_dropped(here: Here) -> None:
    here.house.answer = gardener
    async with here.bot() as bot:
        here.world.faults().drop_connections()
        await until(lambda: bot.healthy() and here.world.connected() == 1)
        await here.world.say(SAM, HALL, "/garden")
        assert here.seen()
    await until(lambda: here.world.connected() == 0)


async def test_one_user_in_two_guilds_is_two_persons(here: Here) -> None:
    here.house.answer = gardener
    async with here.bot():
        await here.world.say(SAM, HALL, "/garden")
        await here.world.say(SAM_IN_ROHAN, MEAD, "/garden")
    spaces = [event.person.space.id for event in here.house.heard(CommandUsed)]
    assert spaces == [SHIRE, ROHAN]
