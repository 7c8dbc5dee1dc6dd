"""How settings are called in the member's language: sizes, tracks, rhythms, families, days of reflection."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time
from typing import Literal, get_args

from content.say import Say
from content.step_card import length
from habit.ladder import DOSES

Track = Literal["learn", "build", "job", "any"]
TRACKS: tuple[Track, ...] = get_args(Track)
FAMILIES = ("days", "wellbeing")


def size(say: Say, rung: int) -> str:
    """ "10 seconds", "2 minutes"."""
    return length(say, DOSES[rung])


def looks(say: Say, rung: int) -> str:
    """What a step of this size is."""
    if rung == 0:
        return say("You get the ten-second version of each step. It is complete as it is.")
    if rung <= 2:
        return say("You get the step itself, one of up to {size}.", size=size(say, rung))
    return say("You get the step itself, with room to go on for about {size}.", size=size(say, rung))


def track_name(say: Say, track: str) -> str:
    """What somebody is here for."""
    names = {"learn": say("Learn"), "build": say("Build something"), "job": say("Look for work")}
    return names.get(track, say("Not sure yet"))


def rhythm_name(say: Say, rhythm: str) -> str:
    """ "daily" or "weekly"."""
    return say("Once a week") if rhythm == "weekly" else say("Daily")


def family_name(say: Say, family: str) -> str:
    """A sensitive family of steps."""
    return say("Making days count") if family == "days" else say("Doubt and setbacks")


def families(say: Say, optins: Collection[str]) -> str:
    """Those somebody asked for, or "none"."""
    return say.join(family_name(say, one) for one in FAMILIES if one in optins) or say("none")


def language_name(say: Say, setting: str) -> str:
    """As the language card calls it."""
    return {"en": "English", "zh-CN": "中文"}.get(setting, say("Automatic"))


def reflection(say: Say, day: int | None, at: time | None) -> str:
    """ "Sunday, 17:00" or "off"."""
    if day is None:
        return say("off")
    return say("{day}, {time}", day=say.weekday(day), time=say.time(at)) if at else say.weekday(day)
