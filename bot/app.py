"""The one place where rooms are joined: settings in, a running bot out."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from bot.checking import unshowable
from bot.discord.platform import DiscordPlatform
from bot.keeper import PATIENCE, Keeper
from bot.pulse import Pulse
from bot.settings import Settings
from bot.slack.manifest import escaping
from bot.slack.platform import SlackPlatform
from chat.errors import DeliveryError
from chat.people import NOTHING_SAID, Person, Profile
from chat.platform import KnowsProfile, OpensGroupChat, Platform
from commands._call import Rooms as CallRooms
from commands._dispatch import Dispatcher
from commands._registry import Registry
from commands._registry import load as load_commands
from content.read import PackError
from content.shelf import Shelf
from scheduler import jump, when
from scheduler._rooms import Rooms
from scheduler.clock import Clock, SystemClock
from scheduler.courier import Courier
from scheduler.jobs import stay_alive
from scheduler.pacer import Pacer
from scheduler.runner import Runner
from store import Keyring, Store, open_store

log = logging.getLogger(__name__)


class App:
    """A joined house. `start` and `stop` once each."""

    def __init__(
        self, rooms: Rooms, platforms: dict[str, Platform], dispatcher: Dispatcher, courier: Courier, shelf: Shelf
    ) -> None:
        self.store, self.platforms, self._dispatcher, self.courier = rooms.store, platforms, dispatcher, courier
        self.shelf, self.rooms, self._runner = shelf, rooms, Runner(rooms)
        self.keeper = Keeper(platforms, pace=rooms.pace)
        self.pulse = Pulse()
        self.pulse.on_jump.append(self._jumped)
        self._following: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Connects every platform that has a token, then lets time run, a few seconds later also without those that are
        slow. Raises SteppingstoneError when every platform refused us; one that is away is tried again."""
        self.pulse.start()
        self.keeper.start(self._dispatcher)
        await self.keeper.tried(PATIENCE)
        await stay_alive.run(self.rooms)  # what the process before us had claimed is found before anything is sent
        await self.rooms.dispatcher.start(self.courier)
        self._runner.start()
        await self.keeper.tried()

    async def stop(self) -> None:
        """Time first, then the sends under way, then the platforms, then the store."""
        await self._runner.stop()
        if self._following:
            await asyncio.wait(self._following)
        await self.rooms.dispatcher.stop()
        await self.keeper.stop()
        async with self.store.begin() as tx:
            await tx.house.gone(self.rooms.worker)
        await self.pulse.stop()
        await self.store.close()

    async def follow_jump(self, seconds: float) -> None:
        """The wall clock was set by so much: nothing may wait for an instant of the old one."""
        try:
            await jump.follow(self.rooms, timedelta(seconds=seconds))
        except Exception:
            log.exception("waits could not be moved along with the clock")
        self._runner.again()
        self.rooms.dispatcher.wake()

    def _jumped(self, by: float) -> None:
        """Pulse calls it in the loop; the store has to be asked."""
        task = asyncio.create_task(self.follow_jump(by))
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def reload(self) -> None:
        """Takes the pack's folder as it is now; a wrong one is logged with file and line, and the old one stays."""
        try:
            edition = await asyncio.to_thread(self.shelf.reload)
        except PackError as error:
            log.error("the pack was not taken, the old one stays:\n%s", error)
        else:
            log.info(
                "the pack was read again", extra={"pack": edition.library.slug, "version": edition.library.version}
            )

    def health(self) -> dict[str, bool]:
        """Platform name -> connected."""
        return {name: platform.healthy() for name, platform in self.platforms.items()}

    def trouble(self) -> list[str]:
        """What keeps the bot from its work now, in words an operator can act on; empty when all is well."""
        found = [f"{name}: {error}" for name, error in self.keeper.refused.items()]
        for name, platform in self.platforms.items():
            health = platform.health()
            if not health.connected and name not in self.keeper.refused:
                found.append(
                    f"{name} is not connected for {health.seconds:.0f} s: {health.reason or 'no reason given'}"
                )
        if self.courier.recorder.stuck:
            found.append("results of sends cannot be written: look at the database's disk; nothing more is sent")
        if self.pulse.stalled():
            found.append(f"the event loop stood still for {self.pulse.lag():.0f} s: the log says where")
        return found


async def build(
    settings: Settings, clock: Clock | None = None, registry: Registry | None = None, shelf: Shelf | None = None
) -> App:
    """Opens the store, loads the pack (unless one is given) and joins everything. Raises with advice when something is
    wrong."""
    settings.checked()
    clock = clock or SystemClock()
    registry = registry or load_commands()
    shelf = shelf or Shelf(Path(settings.pack) if settings.pack else None, unshowable)
    keyring = Keyring.parse(settings.keys) if settings.keys else None
    store = await open_store(settings.database, keyring=keyring)
    platforms = _platforms(settings, store, registry, clock.now)

    async def profile_of(person: Person) -> Profile:
        platform = platforms.get(person.space.platform)
        return await platform.profile_of(person) if isinstance(platform, KnowsProfile) else NOTHING_SAID

    async def part(person: Person, place: str) -> bool:
        platform = platforms.get(person.space.platform)
        try:
            if isinstance(platform, OpensGroupChat):
                return await platform.leave(place, person)
        except DeliveryError as error:  # the circle's next step does it again
            log.warning("somebody is still in a conversation", extra={"place": place, "reason": error.reason})
        return False

    worker = f"{socket.gethostname()}/{secrets.token_hex(6)}"
    pacer = Pacer(platforms, enabled=settings.paced)
    rooms = Rooms(store, shelf, clock, platforms, pacer, worker, settings.tick_pace)
    courier = Courier(rooms)
    call_rooms = CallRooms(store, shelf, registry, when, courier.deliver_now, profile_of, part)
    dispatcher = Dispatcher(registry, call_rooms, clock.now)
    return App(rooms, platforms, dispatcher, courier, shelf)


def _platforms(
    settings: Settings, store: Store, registry: Registry, now: Callable[[], datetime]
) -> dict[str, Platform]:
    """A platform without a token is switched off."""
    platforms: dict[str, Platform] = {}
    if settings.slack_app_token:
        slack = SlackPlatform(
            app_token=settings.slack_app_token,
            bot_tokens=[token for token in settings.slack_bot_tokens.replace(",", " ").split() if token],
            store=store,
            clock=now,
            base_url=settings.slack_api,
            pace=settings.tick_pace,
            remembers_keys=settings.slack_remembers_keys.casefold() in {"1", "yes", "true", "on"},
            escaping=escaping(registry),
        )
        platforms[slack.name] = slack
    if settings.discord_token:
        discord = DiscordPlatform(
            token=settings.discord_token,
            registry=registry,
            store=store,
            clock=now,
            api=settings.discord_api or None,
            gateway=settings.discord_gateway or None,
            fast_start=settings.fast_start,
        )
        platforms[discord.name] = discord
    return platforms
