"""Discord as a Platform: one bot account in any number of guilds, its parts joined, started and stopped in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import aiohttp
import discord

from bot.discord import inbound, rest, tree
from bot.discord.again import KeptForms
from bot.discord.client import Client
from bot.discord.direct import DirectMessages
from bot.discord.interactions import Desk
from bot.discord.login import PATIENCE, close, log_in, register, token_refused
from bot.discord.spaces import Spaces
from bot.discord.starts import Starts
from bot.discord.supervisor import QUICK, Pauses, Supervisor
from bot.discord.threads import Threads
from bot.inbox import Inbox
from chat.errors import DeliveryError, PlatformAway, PlatformSetup, Revoked, Unavailable
from chat.health import Health
from chat.message import Message
from chat.people import Person, Sent, Space
from chat.platform import GATHERINGS, Found, Handle, Pace
from store import Store

log = logging.getLogger(__name__)

HANDLERS_PATIENCE = 10.0
PACE = Pace(per_second=48.0)  # of 50: requests that answer members are exempt, the gateway's own are few
CONVERSATION = Pace(per_second=1.0, burst=3)
GATHERING, REQUESTS = Pace(per_second=0.5, burst=3), 6  # new threads have a narrow limit that is told nowhere


@dataclass(frozen=True, slots=True)
class _Running:
    client: Client
    session: aiohttp.ClientSession
    supervisor: Supervisor
    direct: DirectMessages
    threads: Threads
    spaces: Spaces
    desk: Desk


class DiscordPlatform:
    """Implements `chat.platform.Platform` and `OpensGroupChat`. `api` (".../api/v10") and `gateway` ("ws://…") point
    it at a sandbox, None is the real Discord; `fast_start` leaves out the pauses that only the real Discord needs."""

    def __init__(
        self,
        *,
        token: str,
        registry: tree.Registry,
        store: Store,
        clock: Callable[[], datetime],
        api: str | None = None,
        gateway: str | None = None,
        fast_start: bool = False,
    ) -> None:
        self._token, self._registry, self._store, self._clock = token.strip(), registry, store, clock
        self._api, self._gateway, self._quick = api, gateway, fast_start
        self._forms, self.inbox = KeptForms(store, clock), Inbox(store, self.name, clock)
        self._running: _Running | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        """ "discord" """
        return inbound.PLATFORM

    @property
    def key_window(self) -> timedelta:
        """How long a nonce is surely remembered; Discord says "a few minutes"."""
        return timedelta(seconds=120)

    async def start(self, handle: Handle) -> None:
        """Returns when READY arrived, every guild is recorded and the commands are registered; sooner, and not healthy
        yet, when there were so many starts lately that this one has to wait. Raises PlatformSetup with advice, also
        when Discord cannot be reached for a minute."""
        logger = logging.getLogger("discord")
        logger.setLevel(max(logging.INFO, logger.level))  # at DEBUG it logs what members write, and tokens
        client = await log_in(self, self._token, api=self._api, quick=self._quick)
        running = self._running = self._join(client, handle)
        try:
            await register(client, self._registry)
            running.supervisor.start()
            if await _first_ready(running.supervisor):
                await running.spaces.all(client.guilds)
            self.inbox.start(running.desk.again, pace=0.1 if self._quick else 1.0)
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Leaves the gateway first, then waits for the handlers under way, then closes the connections."""
        if (running := self._running) is None:
            return
        await running.supervisor.stop()
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks, timeout=HANDLERS_PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self.inbox.stop(HANDLERS_PATIENCE)
        self._running = None
        await running.session.close()
        await close(running.client)

    @property
    def at_once(self) -> int:
        """Enough for fifty a second at the latency of a real API, few enough that a dead token costs little."""
        return 8

    def paces(self, to: Person) -> tuple[tuple[str, Pace], ...]:
        """Fifty requests a second for the whole bot account, five messages in five seconds a conversation."""
        return ((self.name, PACE), (f"{self.name}/{to.id}", CONVERSATION))

    async def send(self, to: Person, message: Message, *, key: str, place: str | None = None) -> Sent:
        """See `DirectMessages.send`."""
        if self._running is None:
            raise Unavailable("not started")
        return await self._running.direct.send(to, message, key, place)

    async def find(self, to: Person, key: str, *, place: str | None, since: datetime) -> Found:
        """By the controls of our own messages in the direct conversation. A message without controls is not found; all
        that go through the ledger have some, except the welcome."""
        if self._running is None:
            raise Unavailable("not started")
        return await self._running.direct.find(to, key, place=place, since=since)

    async def gather(self, people: Sequence[Person], *, title: str, key: str, home: str | None) -> str:
        """A private thread below `home`, for at least two; see `Threads.gather`."""
        if self._running is None:
            raise Unavailable("not started")
        return await self._running.threads.gather(people, title, key, home)

    def gathering_paces(self, space: Space) -> tuple[tuple[str, Pace], ...]:
        """Looking for the thread, making it and filling it are six of the account's requests."""
        return (*((self.name, PACE),) * REQUESTS, (f"{space.key}{GATHERINGS}", GATHERING))

    async def leave(self, place: str, person: Person) -> bool:
        """Out of the thread; a mention would bring them back."""
        if self._running is None:
            raise Unavailable("not started")
        await self._running.threads.leave(place, person)
        return True

    async def is_here(self, person: Person) -> bool | None:
        """Asked for one member, which needs no privileged intent."""
        if self._running is None:
            raise Unavailable("not started")
        return await self._running.direct.is_here(person)

    def healthy(self) -> bool:
        """True while the gateway connection is up."""
        return self._running is not None and self._running.supervisor.connected

    def health(self) -> Health:
        """Since when, and why not."""
        return self._running.supervisor.health() if self._running is not None else Health(False, 0.0, "not started")

    @property
    def failure(self) -> PlatformSetup | None:
        """Why nothing is tried any more; a person has to change something."""
        failure = self._running.supervisor.failure if self._running is not None else None
        return token_refused() if isinstance(failure, Revoked) else failure

    async def ended(self) -> None:
        """Waits until there is a `failure`; only after `start`."""
        if self._running is not None:
            await self._running.supervisor.ended.wait()

    # What the client hears (client.Listener): the receiving loop must not wait, so each becomes a task.

    def interaction(self, payload: Mapping[str, object]) -> None:
        """A member did something."""
        if self._running is not None:
            self._spawn(self._running.desk(payload))

    def guild_present(self, guild: discord.Guild) -> None:
        """A guild added us, or came back."""
        if self._running is not None:
            self._spawn(self._running.spaces.present(str(guild.id), guild.name))

    def guild_gone(self, guild_id: int) -> None:
        """A guild removed us."""
        if self._running is not None:
            self._spawn(self._running.spaces.gone(str(guild_id)))

    def up(self) -> None:
        """The gateway is up."""
        if self._running is not None:
            self._running.supervisor.up()

    def ready(self) -> None:
        """The guilds are known: at start, and again after a session that could not be resumed."""
        if self._running is None:
            return
        supervisor = self._running.supervisor
        if supervisor.settled.is_set():
            self._spawn(self._running.spaces.all(self._running.client.guilds))
        supervisor.ready.set()
        supervisor.settled.set()

    def _join(self, client: Client, handle: Handle) -> _Running:
        session = aiohttp.ClientSession(
            connector=client.http.connector,
            connector_owner=False,
            timeout=rest.TIMEOUT,
            trace_configs=[rest.one_try()],
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        pauses = QUICK if self._quick else Pauses()
        bot = str(client.application_id or "unknown")
        starts = Starts(client.http, self._store, self._clock, bot, pauses.between_starts, patient=pauses.patient)
        supervisor = Supervisor(client, self._gateway, pauses, Random(), starts)  # noqa: S311  # jitter is no secret
        spaces = Spaces(self._store, self._clock, handle)
        desk = Desk(self._store, spaces, self._forms, rest.Callbacks(self._api), session, handle, self.inbox)
        threads = Threads(client.http, str(client.user.id if client.user else bot))
        return _Running(client, session, supervisor, DirectMessages(client.http), threads, spaces, desk)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _first_ready(supervisor: Supervisor) -> bool:
    """False when it has to wait for its turn."""
    try:
        async with asyncio.timeout(PATIENCE):
            await supervisor.settled.wait()
    except TimeoutError as error:
        raise PlatformAway("Discord's gateway cannot be reached: check the network") from error
    if isinstance(supervisor.failure, Revoked):
        raise token_refused() from supervisor.failure
    if supervisor.failure is not None:
        raise supervisor.failure
    return supervisor.ready.is_set()


async def _logged(work: Coroutine[None, None, None]) -> None:
    """The handler never raises; what is left to go wrong is our own last answer."""
    try:
        await work
    except DeliveryError as error:
        log.warning("Discord refused an answer", extra={"reason": error.reason})
    except Exception:
        log.exception("an event of Discord was not handled")
