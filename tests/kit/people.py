"""Somebody who talks to the bot as a person would: types, presses what it says on a button, reads what is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from sandbox.world import Dialog, Resident, Seen, World


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

    def here(self) -> list[Seen]:
        """What the person sees of the bot in their channel."""
        return [seen for seen in self.world.messages(self.id, self.place) if seen.by_bot]

    def find(self, words: str) -> Seen:
        """The newest message anywhere that contains `words`."""
        found = [seen for seen in [*self.here(), *self.dms()] if words in seen.text]
        assert found, f"nothing says {words!r}; seen: {[seen.text for seen in [*self.here(), *self.dms()]][-4:]}"
        return max(found, key=lambda seen: seen.at) if not self.here() else found[-1]

    async def type(self, text: str) -> Seen:
        """Types into the channel; gives back the bot's newest answer there."""
        await self.world.say(self.id, self.place, text)
        return await self._newest()

    async def _newest(self) -> Seen:
        for _ in range(100):
            if self.here() or self.world.dialog(self.id):
                break
            await asyncio.sleep(0.01)
        return self.here()[-1] if self.here() else _NOTHING

    async def press(self, seen: Seen, label: str) -> Seen:
        """Presses a button, or picks an option of a select, by its label; gives back that message as it is then."""
        now = self._again(seen)
        for control in now.controls:
            if control.kind == "button" and control.label == label:
                await self.world.press(self.id, now.id, control.id)
                return await self._settled(now)
            for value, text in control.options:
                if text.startswith(label):
                    await self.world.press(self.id, now.id, control.id, [value])
                    return await self._settled(now)
        raise AssertionError(f"no control says {label!r}: {[(c.label, c.options) for c in now.controls]}")

    async def _settled(self, before: Seen) -> Seen:
        """Slack edits by response_url, after its acknowledgement: wait until something changed."""
        for _ in range(100):
            now = self._again(before)
            if now != before or self.world.dialog(self.id) or self._last_id() != before.id:
                return now
            await asyncio.sleep(0.01)
        return self._again(before)

    def _last_id(self) -> str:
        mine = self.world.messages(self.id, self.place)
        return mine[-1].id if mine else ""

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
        await self.world.submit(self.id, {fields[label].id: value for label, value in answers.items()})
        await asyncio.sleep(0.05)
        return self.here()[-1] if self.here() else _NOTHING


_NOTHING = Seen("", "", "", False, "", (), True, False, __import__("datetime").datetime.min, {})
