"""A running house full of people with one moment, made without typing: for faults that need more than two members."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chat.moment import Occurrence, Schedule
from chat.people import Person, Profile, Space, SpaceInfo
from sandbox.world import World
from store import Keyring, Store, open_store
from store.deliveries import Delivery
from tests.kit.house import House
from tests.kit.waiting import until

POST = {"slack": "chat.postMessage", "discord": "POST /channels/{channel}/messages"}
OPEN = {"slack": "conversations.open", "discord": "POST /users/@me/channels"}


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """Somebody whose moment comes; `place` is our conversation with them."""

    person: Person
    place: str


class Town:
    """`people` by platform; `world` and `posts` look at what the platforms saw."""

    def __init__(self, home: House) -> None:
        self.home = home
        self.people: dict[str, list[Inhabitant]] = {"slack": [], "discord": []}

    @property
    def now(self) -> datetime:
        """The house's clock."""
        return self.home.sandbox.clock.now()

    @property
    def store(self) -> Store:
        """Of the running bot."""
        assert self.home.app is not None
        return self.home.app.store

    def world(self, platform: str) -> World:
        """Either platform's world."""
        return self.home.worlds[platform]

    def of(self, space: Space) -> list[Inhabitant]:
        """Everybody of one space."""
        return [one for one in self.people[space.platform] if one.person.space == space]

    def spaces(self, platform: str) -> list[Space]:
        """Where they live."""
        return list(dict.fromkeys(one.person.space for one in self.people[platform]))

    def log(self, platform: str, methods: Iterable[str] = ()) -> list[Mapping[str, Any]]:
        """What the bot asked of a platform, oldest first; without `methods`, everything."""
        wanted = set(methods)
        return [e for e in self.world(platform).ledger(20_000) if not wanted or e["method"] in wanted]

    def posts(self, platform: str) -> dict[str, list[Mapping[str, Any]]]:
        """Accepted messages by place. A repeated key of Discord shows nothing new and is not counted twice."""
        seen: set[tuple[str, str]] = set()
        found: dict[str, list[Mapping[str, Any]]] = {}
        for entry in self.log(platform, [POST[platform]]):
            if entry["ok"] and (entry["place"], entry["message"]) not in seen:
                seen.add((entry["place"], entry["message"]))
                found.setdefault(entry["place"], []).append(entry)
        return found

    def count(self, platform: str, people: Iterable[Inhabitant] | None = None) -> Counter[int]:
        """How many of them got so many messages."""
        posts = self.posts(platform)
        return Counter(len(posts.get(one.place, [])) for one in (people or self.people[platform]))

    async def rows(self, one: Inhabitant) -> list[Delivery]:
        """Their rows of the ledger, newest first."""
        async with self.store.begin() as tx:
            return list(await tx.deliveries.recent(one.person, 20))

    async def states(self) -> dict[str, int]:
        """How many rows stand where."""
        async with self.store.begin() as tx:
            return dict(await tx.deliveries.counts_by_state())

    async def resting(self) -> Mapping[str, tuple[datetime, str]]:
        """Who rests until when, and why."""
        async with self.store.begin() as tx:
            return await tx.claims.resting(self.now)

    async def step(self, total: timedelta, by: timedelta, pause: float = 0.05) -> None:
        """Moves the clock on in steps, with time in between for the bot to do something."""
        end = self.now + total
        while self.now < end:
            self.home.sandbox.clock.set(min(end, self.now + by))
            await asyncio.sleep(pause)

    async def everybody_taps(self) -> None:
        """As if each had answered: nobody falls silent, which would have its own longer quiet."""
        async with self.store.begin() as tx:
            for people in self.people.values():
                for one in people:
                    await tx.nudges.change(one.person, self.now, unanswered=0, state="active")

    async def all_have(self, platform: str, messages: int, seconds: float = 20.0) -> None:
        """Waits until everybody got so many."""
        await until(
            lambda: min(self.count(platform)) >= messages, f"everybody's message no. {messages} on {platform}", seconds
        )


async def settle(
    home: House,
    at: datetime,
    *,
    spaces: int = 2,
    each: int = 3,
    platforms: Iterable[str] = ("slack", "discord"),
    opened: Callable[[int], bool] = lambda _: True,
    moments: Callable[[int], timedelta] = lambda _: timedelta(0),
) -> Town:
    """Restarts the house with that many more spaces, each with so many people whose daily moment is `at`, the n-th of
    a space later by `moments(n)`. `opened(n)`: our conversation exists and is on record."""
    await home.stop()
    town = Town(home)
    tokens: list[str] = []
    for platform in platforms:
        for number in range(spaces):
            tokens += _build(town, platform, number, each)
    known = home.settings.slack_bot_tokens
    home.settings = replace(home.settings, slack_bot_tokens=" ".join([known, *tokens]))
    store = await open_store(home.settings.database, keyring=Keyring.parse(home.settings.keys))
    try:
        for platform in platforms:
            await _move_in(store, town, platform, at, moments, opened)
    finally:
        await store.close()
    await home.start()
    return town


def _build(town: Town, platform: str, number: int, each: int) -> list[str]:
    sandbox, tokens = town.home.sandbox, list[str]()
    if platform == "slack":
        space, token = f"T{number:03}TOWN", f"xoxb-town-{number}"
        sandbox.slack.add_space(space, f"Town {number}", token)
        tokens.append(token)
    else:
        space = f"9100000000000000{number:02}"
        sandbox.discord.add_guild(space, f"Town {number}")
    for n in range(each):
        id_ = f"U{number:02}{n:04}" if platform == "slack" else f"81000000000{number:03}{n:04}"
        if platform == "slack":
            sandbox.slack.add_member(space, id_, f"N{n}", "en-US", "UTC")
        else:
            sandbox.discord.add_member(space, id_, f"N{n}", "en-US", "UTC")
        town.people[platform].append(Inhabitant(Person(Space(platform, space), id_), ""))
    return tokens


async def _move_in(
    store: Store, town: Town, platform: str, at: datetime, moments: Callable[[int], timedelta],
    opened: Callable[[int], bool],
) -> None:  # fmt: skip
    people, now, numbers = town.people[platform], town.now, Counter[Space]()
    async with store.begin() as tx:
        for index, one in enumerate(people):
            person = one.person
            due, known = at + moments(numbers[person.space]), opened(numbers[person.space])
            numbers[person.space] += 1
            if numbers[person.space] == 1:
                await tx.spaces.joined(SpaceInfo(person.space, "Town", now), now)
            await tx.members.meet(person, Profile("en-US", "UTC"), now)
            await tx.members.set_zone(person, "UTC", "member")
            schedule = Schedule(due.time(), "UTC")
            await tx.nudges.save(
                person, anchor="pour my coffee", tiny="open the course", celebrate="smile", schedule=schedule,
                next=Occurrence(due.date(), due), now=now,
            )  # fmt: skip
            if known:
                sandbox = town.home.sandbox
                slack = platform == "slack"
                channel = (sandbox.slack.spaces[person.space.id] if slack else sandbox.discord).dm_with(person.id)
                people[index] = Inhabitant(person, channel.id)
                await tx.members.reached([(person, channel.id)])
