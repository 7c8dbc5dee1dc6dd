"""What time does after a question and after an introduction: a reminder, the next host, how it went, thanks, an end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chat.people import Person
from content.letters import Name
from scheduler._rooms import Rooms
from scheduler.due_introductions import each_due, unless_changed
from scheduler.failpoints import point
from scheduler.gone import end, somebody_left
from scheduler.interview_pool import is_open
from scheduler.post import post
from store import Tx
from store import following as steps
from store.introductions import TELL_GONE, Introduction
from store.member_hours import zone_of
from store.seekers import Seeker

EVERY = timedelta(seconds=10)


async def run(rooms: Rooms) -> None:
    """Each step in a transaction of its own: what changes, the letters, and what comes next. Killed in between, none of
    it happened."""
    await each_due(rooms, "interview", STEPS, follow)


async def follow(rooms: Rooms, found: Introduction, now: datetime) -> None:
    """Whoever comes second finds another version, and nothing is done twice."""
    async with unless_changed(rooms, found) as tx:
        await tx.introductions.hold(found)
        if (seeker := found.the("seeker")) is not None:
            await tx.seekers.get(seeker, lock=True)  # a search before its introduction: see Tx
        if await somebody_left(tx, found):
            await end(tx, found, now)
        else:
            await STEPS[found.next_step](_Step(rooms, tx, found, now))
        point("following")


class _Step:
    """One due introduction in its transaction. Each step ends with `then` or `end`, which fail when anything has
    changed since it was read."""

    def __init__(self, rooms: Rooms, tx: Tx, found: Introduction, now: datetime) -> None:
        self.rooms, self.tx, self.found, self.now = rooms, tx, found, now
        self.seeker, self.host = found.the("seeker"), found.the("host")

    async def post(self, name: Name, *persons: Person | None) -> None:
        """A letter to each of them who is still there."""
        readers: list[tuple[Person, Name]] = [(person, name) for person in persons if person is not None]
        await post(self.rooms, self.tx, readers, self.found.id, self.now)

    async def then(self, next_: steps.Next | None) -> None:
        """The state stays."""
        await self.tx.introductions.then(self.found, next_)

    async def host_open(self) -> bool:
        """Whether the host takes questions now."""
        if self.host is None:
            return False
        members = await self.tx.members.of([self.host])
        return is_open(await self.tx.hosts.get(self.host), zone_of(members.get(self.host)), self.now)

    async def search_on(self) -> None:
        """The seeker waits for the next host, unless they changed their mind meanwhile."""
        if self.seeker is not None and await self._matched() is not None:
            await self.tx.seekers.searching(self.seeker, self.now)

    async def rest(self) -> None:
        """After the last try: told honestly, and the search goes on by itself later."""
        await self.post("not-available", self.seeker)
        if (seeker := await self._matched()) is not None:
            until = (self.now + steps.REST).astimezone(UTC).date()
            await self.tx.seekers.save(replace(seeker, state="paused", paused_until=until), self.now)

    async def done(self) -> None:
        """The request is over, unless another one has found a host; the next one is the seeker's own to make."""
        open_ = await self.tx.introductions.of(self.seeker) if self.seeker is not None else ()
        if any(one.id != self.found.id and one.the("seeker") == self.seeker for one in open_):
            return
        if (seeker := await self._matched()) is not None:
            await self.tx.seekers.save(replace(seeker, state="off", since=None, waited=0), self.now)

    async def _matched(self) -> Seeker | None:
        seeker = await self.tx.seekers.get(self.seeker, lock=True) if self.seeker is not None else None
        return seeker if seeker is not None and seeker.state == "matched" else None


async def _remind(step: _Step) -> None:
    end = step.found.expires_at or step.now
    if step.found.state == "proposed" and end > step.now and await step.host_open():
        await step.post("host-reminder", step.host)
    await step.then((steps.EXPIRE, end))


async def _expire(step: _Step) -> None:
    await step.tx.introductions.then(step.found, None)
    if step.found.state == "proposed":
        await step.tx.introductions.transition(
            step.found.space, step.found.id, ["proposed"], "expired", step.now, next=None
        )
        await _look_on(step)


async def _another(step: _Step) -> None:
    await step.then(None)
    await _look_on(step)


async def _look_on(step: _Step) -> None:
    if step.found.attempt >= steps.TRIES:
        await step.rest()
    else:
        await step.search_on()


async def _tell_gone(step: _Step) -> None:
    """A seeker to whom nobody had been named yet searches on and reads nothing."""
    named = step.found.decided_at is not None
    await step.post("gone", step.host, step.seeker if named else None)
    await (step.done() if named else step.search_on())
    await step.then(None)


async def _tell_seeker(step: _Step) -> None:
    """Their host is out of it. As above."""
    if step.found.decided_at is None:
        await step.search_on()
    else:
        await step.post("gone", step.seeker)
        await step.done()
    await step.then(None)


async def _tell_host(step: _Step) -> None:
    """The seeker is out of it."""
    await step.post("gone", step.host)
    await step.then(None)


async def _found_time(step: _Step) -> None:
    """The seeker is asked: the time of the host is the gift."""
    if step.found.state == "introduced":
        await step.post("found-time", step.seeker)
    await step.then(steps.asked_for_time(step.found.introduced_at or step.now))


async def _how(step: _Step) -> None:
    await step.post("how-was-it", *step.found.persons)
    await step.then(steps.unanswered(step.now))


async def _how_again(step: _Step) -> None:
    await step.post("how-was-it-again", *step.found.persons)
    await step.then(steps.unanswered(step.now))


async def _lapse(step: _Step) -> None:
    """Nobody said how it was: over without a word."""
    await step.then(None)
    if step.found.state in {"introduced", "scheduled"}:
        await step.tx.introductions.transition(
            step.found.space, step.found.id, [step.found.state], "closed", step.now, next=steps.lapsed(step.now)
        )
    await step.done()


async def _forgotten(step: _Step) -> None:
    """Nobody has said since that they met after all."""
    await step.then(None)


async def _thank(step: _Step) -> None:
    if step.found.state == "met":
        await step.post("thank-you", step.seeker)
    await step.done()
    await step.then(steps.thanked(step.now))


async def _pay_forward(step: _Step) -> None:
    """Whoever offers talks already is not asked to."""
    offers = await step.tx.hosts.get(step.seeker) if step.seeker is not None else None
    if offers is None or offers.state == "off":
        await step.post("pay-forward", step.seeker)
    await step.then(steps.passed_on(step.now))


async def _what_came(step: _Step) -> None:
    await step.post("what-came", step.seeker)
    await step.then(None)


async def _rematch(step: _Step) -> None:
    await step.post("rematch", step.seeker)
    await step.done()
    await step.then(None)


async def _host_rests(step: _Step) -> None:
    await step.post("host-rests", step.host)
    await step.then(None)


STEPS: Mapping[str, Callable[[_Step], Awaitable[None]]] = {
    steps.REMIND: _remind, steps.EXPIRE: _expire, steps.ANOTHER: _another, TELL_GONE: _tell_gone,
    steps.FOUND_TIME: _found_time, steps.HOW_WAS_IT: _how, steps.HOW_AGAIN: _how_again, steps.LAPSE: _lapse,
    steps.LAPSED: _forgotten, steps.HOST_RESTS: _host_rests,
    steps.TELL_SEEKER: _tell_seeker, steps.TELL_HOST: _tell_host,
    steps.THANK_YOU: _thank, steps.PAY_FORWARD: _pay_forward, steps.WHAT_CAME: _what_came, steps.REMATCH: _rematch,
}  # fmt: skip
"""What each next step does; `introduce` has a job of its own."""
