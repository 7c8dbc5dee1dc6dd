"""What stories about talks begin with: somebody looks for one, somebody offers one, a question stands between them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chat.action import Action
from chat.message import Button, Message, Row, Text
from chat.people import NOTHING_SAID
from sandbox.world import Seen
from store import Tx
from store import following as steps
from store.hosts import Host
from store.introductions import Introduction, State
from store.nudges import Nudge
from store.proposals import Terms
from store.seekers import Seeker
from tests.acceptance.days import Community, Life
from tests.kit.house import until
from tests.kit.people import Person

ROLE = "role.ml-engineer"
EVERY: tuple[State, ...] = (
    "proposed", "accepted", "declined", "expired", "introduced", "scheduled", "met", "missed", "thanked", "closed",
    "gone",
)  # fmt: skip
LABELS = {
    "en": {
        "agree": "I agree", "name": "What shall others call you?", "role": "Which role are you curious about?",
        "ask": "What would you ask? Up to three lines", "mine": "Which role comes nearest to your work?",
    },
    "zh-CN": {
        "agree": "我同意", "name": "别人怎么称呼你？", "role": "你对哪个岗位好奇？", "ask": "你想问什么？最多三行",
        "mine": "哪个岗位最接近你的工作？",
    },
}  # fmt: skip


async def seek(person: Person, ask: str = "How did you start?", lang: str = "en", role: str = ROLE) -> Seen:
    """`/interview-match find` to the answer, past the rules where they are not agreed to yet."""
    say = LABELS[lang]
    seen = await person.type("/interview-match find")
    if person.world.dialog(person.id) is None:
        await person.press(seen, say["agree"])
    return await person.fill({say["name"]: person.resident.name, say["role"]: role, say["ask"]: ask})


async def offer(person: Person, lang: str = "en", role: str = ROLE) -> Seen:
    """`/interview-match offer` to the answer."""
    say = LABELS[lang]
    seen = await person.type("/interview-match offer")
    if person.world.dialog(person.id) is None:
        await person.press(seen, say["agree"])
    return await person.fill({say["name"]: person.resident.name, say["mine"]: role})


async def comes(life: Life, words: str) -> Seen:
    """The newest direct message that says so, once there is one."""
    await until(lambda: any(words in plain(seen) for seen in life.person.dms()), f"a letter: {words}", 30)
    return [seen for seen in life.person.dms() if words in plain(seen)][-1]


def plain(seen: Seen) -> str:
    """What is read, without Discord's marks of bold words."""
    return seen.text.replace("**", "")


@dataclass(frozen=True, slots=True)
class Two(Community):
    """Ada looks for a talk, Kofi offers one. What the clock does is the scheduler's own story: here an introduction is
    put where a story begins, by the same statements."""

    @property
    def ada(self) -> Life:
        """Who asks."""
        return self.life("Ada")

    @property
    def kofi(self) -> Life:
        """Who is asked."""
        return self.life("Kofi")

    @property
    def sam(self) -> Life:
        """Somebody else."""
        return self.life("Sam")

    async def ready(self) -> None:
        """Both have their profiles; nobody is asked by the clock, so that the story asks itself."""
        now = self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            for life in (self.ada, self.kofi, self.sam):
                await tx.members.meet(life.someone, NOTHING_SAID, now)
            en = frozenset({"en"})
            ada = Seeker(
                person=self.ada.someone, call_me="Ada", languages=en, role=ROLE, curiosities=("How did you start?",),
                state="matched", since=now, asked=(now.date(),), rules_at=now,
            )  # fmt: skip
            kofi = Host(
                person=self.kofi.someone, call_me="Kofi", languages=en, role=ROLE, state="open", idle_since=now,
                rules_at=now,
            )  # fmt: skip
            await tx.seekers.save(ada, now)
            await tx.hosts.save(kofi, now)
            for life in (self.ada, self.kofi):
                await tx.conducts.accept(life.someone, "talks-1", now)

    async def asked(self) -> str:
        """Kofi is asked; gives back the introduction's id."""
        await self.ready()
        now = self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            made = await tx.proposals.propose(self.ada.someone, self.kofi.someone, Terms(next=None), now)
        return made.id

    async def introduced(self) -> str:
        """They know of each other."""
        id_, now = await self.asked(), self.home.sandbox.clock.now()
        async with self.rooms.store.begin() as tx:
            await tx.proposals.accept(self.kofi.someone, id_, now, next=None)
            await self._step(tx, id_, "accepted", "introduced")
        return id_

    async def met(self) -> str:
        """They met, and the thanks are a day away."""
        id_ = await self.introduced()
        async with self.rooms.store.begin() as tx:
            await self._step(tx, id_, "introduced", "met")
        return id_

    async def _step(self, tx: Tx, id_: str, of: State, to: Literal["introduced", "met"]) -> None:
        now = self.home.sandbox.clock.now()
        space = self.ada.someone.space
        if to == "met":
            next_, day = steps.met(now), now.date()
            await tx.introductions.transition(space, id_, [of], "met", now, next=next_, met_on=day)
        else:
            await tx.introductions.transition(space, id_, [of], "introduced", now, next=None)

    async def talk(self, id_: str) -> Introduction:
        """As stored."""
        async with self.rooms.store.begin() as tx:
            found = await tx.introductions.get(self.ada.someone.space, id_)
        assert found is not None
        return found

    async def talks(self, life: Life) -> tuple[Introduction, ...]:
        """All of somebody's."""
        async with self.rooms.store.begin() as tx:
            return await tx.introductions.of(life.someone, states=EVERY)

    async def seeker(self) -> Seeker:
        """Ada's search as stored."""
        async with self.rooms.store.begin() as tx:
            found = await tx.seekers.get(self.ada.someone)
        assert found is not None
        return found

    async def searches(self, true: Callable[[Seeker], bool]) -> None:
        """Waits until Ada's search is so."""
        for _ in range(200):
            if true(await self.seeker()):
                return
            await asyncio.sleep(0.02)
        raise AssertionError("it never came so")

    async def host(self) -> Host:
        """Kofi's offer as stored."""
        async with self.rooms.store.begin() as tx:
            found = await tx.hosts.get(self.kofi.someone)
        assert found is not None
        return found

    async def nudges(self, life: Life) -> Nudge | None:
        """Somebody's daily step."""
        async with self.rooms.store.begin() as tx:
            return await tx.nudges.get(life.someone)

    async def hand(self, life: Life, *actions: Action) -> Seen:
        """A direct message of ours with these buttons, by the platform itself: as letters bring them. Each button says
        the wire name of its action."""
        buttons = tuple(Button(action.wire_name, action) for action in actions)
        key = f"story{len(life.person.dms())}"
        message = Message("A letter", (Text("It brings these."), Row(buttons)))
        await self.rooms.platforms[self.platform].send(life.someone, message, key=key)
        await until(lambda: any("It brings these." in seen.text for seen in life.person.dms()), "the letter")
        return life.person.dms()[-1]


async def press(life: Life, seen: Seen, label: str) -> Seen:
    """Presses a button of a direct message; gives back that message once it has changed, else the newest one there."""
    before = {one.id for one in life.person.dms()}
    [control] = [control for control in seen.controls if control.label == label]
    await life.person.world.press(life.person.id, seen.id, control.id)

    def now() -> list[Seen]:
        return [one for one in life.person.dms() if one.id not in before or (one.id == seen.id and one != seen)]

    def answered() -> bool:
        return life.person.world.dialog(life.person.id) is not None or any(one.text != "…" for one in now())

    await until(answered, f"an answer to {label}")
    return now()[-1] if now() else seen
