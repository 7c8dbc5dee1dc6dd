"""Conversations of some members and us: private threads below a channel the owner chose, one for each key.

Discord takes no key for a new thread. So the key leaves a mark of six letters at the end of the thread's name, and
before one is made we look for it among the threads we are in, archived ones too: whatever answer was lost and whatever
process died, the next try finds what the first one made. Everything else here may be done twice.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from discord.http import HTTPClient

from bot.discord import markdown
from bot.discord.errors import translated
from chat.errors import DeliveryError, Rejected, Unavailable, Uncertain, Unreachable
from chat.people import Person

if TYPE_CHECKING:
    from discord.types.threads import Thread

log = logging.getLogger(__name__)

NAME, MARK, PRIVATE, WEEK = 100, 6, 12, 10_080  # characters; letters; Discord's kind of channel; minutes
REASONS = {
    "10003": "no_home",  # the channel is gone
    "10007": "unknown_person",
    "10013": "unknown_person",
    "50001": "missing_access",
    "50013": "missing_permissions",
    "50024": "wrong_home",  # a forum, a voice channel
    "160006": "too_many_threads",
}
GONE, ARCHIVED = frozenset({"10003", "10007", "10013"}), "50083"


class Threads:
    """`me` is our own user id. Two processes must not gather under one key at the same time; two tasks may."""

    def __init__(self, http: HTTPClient, me: str) -> None:
        self._http, self._me = http, me
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def gather(self, people: Sequence[Person], title: str, key: str, home: str | None) -> str:
        """The thread's id, everybody in it. The same key again finds the same thread and brings back who is missing.
        Raises Rejected (see REASONS; "one_person", "two_spaces", "no_home") or another DeliveryError, after which the
        same call may be made again."""
        if len(set(people)) < 2:
            raise Rejected("one_person")
        if len({person.space for person in people}) > 1:
            raise Rejected("two_spaces")
        if home is None:
            raise Rejected("no_home")
        guild = people[0].space.id
        turn = self._turns.setdefault(key, asyncio.Lock())
        async with turn:
            with _refusals():
                if str((await self._http.get_channel(home)).get("guild_id")) != guild:
                    raise Rejected("no_home")
            mark = mark_of(key)
            found = await self._found(guild, home, mark)
            thread = found or await self._made(home, _name(title, mark))
            try:
                await self._add(thread, people)
            except Rejected:
                if found is None:
                    await self._dissolve(thread, people)
                raise
        return str(thread["id"])

    async def leave(self, thread: str, person: Person) -> None:
        """Nothing when the person or the thread is gone already. Raises a DeliveryError."""
        try:
            await self._remove(thread, person)
        except (Rejected, Unreachable) as error:
            if error.reason in GONE:
                return
            if error.reason != ARCHIVED:
                raise
            await self._archive(thread, archived=False)  # nobody can be taken out of an archived thread
            await self._remove(thread, person)
            await self._archive(thread, archived=True)

    async def _found(self, guild: str, home: str, mark: str) -> Thread | None:
        with _refusals():
            active = await self._http.get_active_threads(guild)
            found = self._marked(active["threads"], home, mark)
            if found is not None:
                return found
            archived = await self._http.get_joined_private_archived_threads(home, limit=100)
        return self._marked(archived["threads"], home, mark)

    def _marked(self, threads: Iterable[Thread], home: str, mark: str) -> Thread | None:
        """Ours alone: a member can give any name to a thread of their own."""
        here = (t for t in threads if (t["type"], str(t["parent_id"]), str(t["owner_id"])) == (PRIVATE, home, self._me))
        return next((thread for thread in here if thread["name"].endswith(mark)), None)

    async def _made(self, home: str, name: str) -> Thread:
        with _refusals():
            return await self._http.start_thread_without_message(
                home, name=name, auto_archive_duration=WEEK, type=PRIVATE, invitable=False
            )

    async def _add(self, thread: Thread, people: Sequence[Person]) -> None:
        with _refusals():
            if thread["thread_metadata"]["archived"]:
                await self._archive(str(thread["id"]), archived=False)
            for person in dict.fromkeys(people):
                await self._http.add_user_to_thread(thread["id"], person.id)

    async def _dissolve(self, thread: Thread, people: Sequence[Person]) -> None:
        """Nobody stays alone in a thread that was never whole."""
        id_ = str(thread["id"])
        try:
            for person in people:
                await self.leave(id_, person)
            await self._archive(id_, archived=True)
        except DeliveryError as error:
            log.warning("a thread that could not be filled is left", extra={"place": id_, "reason": error.reason})

    async def _remove(self, thread: str, person: Person) -> None:
        with translated():
            await self._http.remove_user_from_thread(thread, person.id)

    async def _archive(self, thread: str, *, archived: bool) -> None:
        with translated():
            await self._http.edit_channel(thread, archived=archived)


def mark_of(key: str) -> str:
    """What a thread's name ends with.

    >>> mark_of("introduction-1")
    ' · owk4sf'
    """
    return f" · {base64.b32encode(hashlib.sha256(key.encode()).digest()).decode().lower()[:MARK]}"


def _name(title: str, mark: str) -> str:
    return markdown.label(title)[: NAME - len(mark)].rstrip() + mark


@contextmanager
def _refusals() -> Generator[None]:
    """Whatever cannot be done for these people here is Rejected; what may have happened may be done again."""
    try:
        with translated():
            yield
    except (Rejected, Unreachable) as error:
        raise Rejected(REASONS.get(error.reason, error.reason)) from error
    except Uncertain as error:
        raise Unavailable(error.reason) from error
