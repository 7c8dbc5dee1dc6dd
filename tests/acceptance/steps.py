"""What several stories begin with."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from sandbox.world import Seen
from tests.kit.house import House, until
from tests.kit.people import Person

LABELS = {
    "en": ("After I …", "I will …", "When is that, usually?", "Yes, go on"),
    "zh-CN": ("在我……之后", "我会……", "通常是几点？", "对，继续"),
}


WALK = {
    "en": ("In my own words", "Start", "Yes, go on", "Skip"),
    "zh-CN": ("我自己写", "开始", "对，继续", "跳过"),
}


async def opt_in(
    person: Person,
    *,
    anchor: str = "pour my coffee",
    tiny: str = "open the course",
    at: str = "08:30",
    lang: str = "en",
) -> Seen:
    """`/nudge on` to the answer, past every question that can be skipped; where the platform does not know the zone,
    the person's own city is chosen."""
    after, will, when, _ = LABELS[lang]
    await walk_to_form(person, await person.type("/nudge on"), lang)
    return await person.fill({after: anchor, will: tiny, when: at})


async def walk_to_form(person: Person, seen: Seen, lang: str = "en") -> None:
    """From any card of the first setting up to the open form."""
    own_words, start, go_on, skip = WALK[lang]
    zone = person.resident.zone
    for _ in range(10):
        if person.world.dialog(person.id) is not None:
            return
        shown = {control.label for control in seen.controls}
        options = [option for control in seen.controls for option in control.options]
        city = next((text for value, text in options if zone in unquote(value)), skip)
        label = next((one for one in (own_words, start, go_on) if one in shown), city)
        seen = await person.press(seen, label)
    raise AssertionError(f"no form opened; the last card says {seen.text!r}")


def local(home: House, person: Person) -> datetime:
    """What the person's clock shows."""
    return home.sandbox.clock.now().astimezone(ZoneInfo(person.resident.zone))


async def go_to(home: House, person: Person, hour: int, minute: int, *, days: int = 0, second: int = 0) -> None:
    """Moves the clock to the person's next such local time, `days` further on."""
    now = local(home, person)
    then = now.replace(hour=hour, minute=minute, second=second, microsecond=0)
    then += timedelta(days=days + (1 if then <= now else 0))
    home.sandbox.clock.set(then)


async def nudges(person: Person, count: int) -> Seen:
    """Waits until that many steps (welcome not counted) have come by DM; gives back the newest."""
    await until(lambda: len(steps(person)) >= count, f"{person.resident.name} should have {count} step(s)")
    assert len(steps(person)) == count
    return steps(person)[-1]


def steps(person: Person) -> list[Seen]:
    """The daily steps among the bot's direct messages."""
    return [seen for seen in person.dms() if "/nudge pause" not in seen.text]  # the welcome names the way out
