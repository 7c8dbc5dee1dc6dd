"""Somebody who talks to the bot as a person would: types, presses what it says on a button, reads what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sandbox.world import Dialog, Resident, Room, Seen, World


class Person:
    """One resident. Stories written with it run on both platforms unchanged."""

    def __init__(self, world: World, resident: Resident) -> None:
        self.world, self.resident = world, resident
        self.id = resident.id
        self.place = next(room.id for room in world.rooms(self.id) if room.kind == "channel" and room.id != "home")

    def dms(self) -> list[Seen]:
        """What the bot wrote directly to this person, oldest first."""
        rooms = [room.id for room in self.world.rooms(self.id) if room.kind == "dm"]
        return [seen for room in rooms for seen in self.world.messages(self.id, room) if seen.by_bot]

    def groups(self) -> list[Room]:
        """The group messages or private threads this person can open, with us in them."""
        return [room for room in self.world.rooms(self.id) if room.members]

    def inside(self, place: str) -> list[Seen]:
        """What the person sees of the bot in any place, oldest first."""
        return [seen for seen in self.world.messages(self.id, place) if seen.by_bot]

    def here(self) -> list[Seen]:
        """What the person sees of the bot in their channel."""
        return [seen for seen in self.world.messages(self.id, self.place) if seen.by_bot]

    def find(self, words: str) -> Seen:
        """The newest message anywhere that contains `words`."""
        found = [seen for seen in [*self.here(), *self.dms()] if words in seen.text]
        assert found, f"nothing says {words!r}; seen: {[seen.text for seen in [*self.here(), *self.dms()]][-4:]}"
        return max(found, key=lambda seen: seen.at) if not self.here() else found[-1]

    async def type(self, text: str) -> Seen:
        """Types into the channel; gives back the bot's answer there, or nothing when a form opened instead."""
        before = self._newest()
        await self.world.say(self.id, self.place, text)
        await self._until(lambda: self._newest().id != before.id or self.world.dialog(self.id) is not None)
        return self._newest()

    def _newest(self) -> Seen:
        here = self.here()
        return here[-1] if here else _NOTHING

    async def _until(self, true: Callable[[], bool]) -> None:
        """Slack answers by response_url after its acknowledgement, Discord "…" while the bot thinks, and a slow machine
        later still: a person waits for the answer."""
        await self._seen(true)
        await self._seen(lambda: all(seen.text != THINKING for seen in self.here()[-1:]))

    async def _seen(self, true: Callable[[], bool]) -> None:
        for _ in range(400):
            if true():
                return
            await asyncio.sleep(0.02)

    async def press(self, seen: Seen, label: str) -> Seen:
        """Presses a button, or picks an option of a select, by its label; gives back that message as it is then."""
        now, last = self._again(seen), self._newest().id
        for control in now.controls:
            if control.kind == "button" and control.label == label:
                await self.world.press(self.id, now.id, control.id)
                return await self._settled(now, last)
            for value, text in control.options:
                if text.startswith(label):
                    await self.world.press(self.id, now.id, control.id, [value])
                    return await self._settled(now, last)
        raise AssertionError(f"no control says {label!r}: {[(c.label, c.options) for c in now.controls]}")

    async def _settled(self, before: Seen, last: str) -> Seen:
        await self._until(
            lambda: self._again(before) != before or self.world.dialog(self.id) is not None or self._newest().id != last
        )
        return self._again(before)

    def _again(self, seen: Seen) -> Seen:
        return next((m for m in self.world.messages(self.id, seen.place) if m.id == seen.id), seen)

    def dialog(self) -> Dialog:
        """The open form."""
        dialog = self.world.dialog(self.id)
        assert dialog is not None, "no form is open"
        return dialog

    async def fill(self, answers: Mapping[str, str | list[str]]) -> Seen:
        """Fills the open form by its labels and sends it; gives back the newest answer in the channel."""
        fields = {field.label: field for field in self.dialog().fields}
        before, sent = self._newest(), self.dialog().fields
        await self.world.submit(self.id, {fields[label].id: value for label, value in answers.items()})

        def answered() -> bool:  # by a message, a change of the newest one, mistakes, or the next form in the window
            dialog = self.world.dialog(self.id)
            again = dialog is not None and (bool(dialog.errors) or dialog.fields != sent)
            return self._newest() != before or again

        await self._until(answered)
        return self._newest()


THINKING = "…"
_NOTHING = Seen("", "", "", False, "", (), True, False, datetime.min.replace(tzinfo=UTC), {})
